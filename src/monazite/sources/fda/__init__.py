"""FDA drug establishments: the firms currently registered to make drugs for the United States.

The list comes in two forms: the search site's own download, three columns (``duns_number``,
``address``, ``firm_name``), and the daily archive ``drls_reg.zip`` with a tab-separated
``drls_reg.txt`` of fourteen. The latter names contacts and their e-mail addresses: they are empty in
the copy that is kept, and never read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.errors import SourceError, UnknownCodeError
from monazite.schema.indicators import ESTABLISHMENT
from monazite.sources.fda.lists import LIMIT, content, is_list, is_zip, member, records, redact
from monazite.sources.source import Licence, Request, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from monazite.sources.source import Account, Given, Row, Sample

URL = "https://www.accessdata.fda.gov/cder/drls_reg.zip"
DIGITS = 9
"""Digits of a DUNS number."""

_DUNS = re.compile(r"\d{1,9}", re.ASCII)
_FEI = re.compile(r"\d{1,10}", re.ASCII)
_CODED = re.compile(r"\(([A-Z]{3})\)$", re.ASCII)
_LONGEST_NAME = 80
_MOST_PLACES = 1000
"""Different endings of addresses that are looked up: more are no countries."""


def recognises(sample: Sample) -> bool:
    """Whether the first line is the header of either form, or the archive holds the second."""
    if not sample.head.startswith(b"PK"):
        return is_list(sample.text.partition("\n")[0])
    try:
        return bool(member(sample.name, sample.path))
    except SourceError:
        return False


def edition(given: Given) -> str:
    """The day of the list, as ``decrs-2026-01-05``: the archive's, otherwise the day it was fetched.

    Raises
    ------
    SourceError
        If the file is an archive without a list.
    """
    if not is_zip(given.path):
        return f"decrs-{given.retrieved.isoformat()}"
    year, month, day, *_ = member(given.name, given.path).date_time
    return f"decrs-{year:04}-{month:02}-{day:02}"


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Every establishment of the list.

    Raises
    ------
    SourceError
        If the file has neither form.
    """
    yield Rows(ESTABLISHMENT, _rows(given, account))


def _rows(given: Given, account: Account) -> Iterator[Row]:
    """Rows of the records; then what was found."""
    seen = _Seen(given.name)
    for line, record in records(given.name, content(given.name, given.path)):
        account.records += 1
        number = _number(record)
        if number and record["firm"]:
            yield seen.row(line, number, record)
            continue
        found = "no name" if number else f"DUNS {record['duns'][:20]!r}, FEI {record['fei'][:20]!r}"
        account.refuse(
            ESTABLISHMENT, "reader", found=found, expected="a DUNS or FEI number, and a name",
            content=", ".join(record.values()), line=line,
        )  # fmt: skip
    seen.tell(account)


def _number(record: Mapping[str, str]) -> str:
    """Number of an establishment: DUNS with its leading zeros, otherwise FEI; empty if it has neither.

    >>> _number({"duns": "1234567", "fei": ""}), _number({"duns": "000000000", "fei": "3001234567"})
    ('001234567', 'FEI3001234567')
    """
    duns, fei = record["duns"], record["fei"]
    if _DUNS.fullmatch(duns) and duns.strip("0"):
        return duns.zfill(DIGITS)
    return f"FEI{fei}" if _FEI.fullmatch(fei) and fei.strip("0") else ""


@dataclass(slots=True)
class _Seen:
    """The numbers and countries of one file, and what is odd about them."""

    file: str
    numbers: Counter[str] = field(default_factory=Counter)
    short: int = 0
    places: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[int]] = field(default_factory=dict)

    def row(self, line: int, number: str, record: Mapping[str, str]) -> Row:
        """Row of a record; a number that stands again is numbered."""
        self.numbers[number] += 1
        self.short += number.isdecimal() and len(record["duns"]) < DIGITS
        again = self.numbers[number]
        return {
            "registration": number if again == 1 else f"{number}-{again}",
            "firm": record["firm"],
            "address": record["address"] or None,
            "country": self._country(line, record["address"]) or None,
            "operations": record["operations"] or None,
            "_line": line,
        }

    def _country(self, line: int, address: str) -> str:
        """Country of an address: the code as it stands where nobody knows it, empty where none stands."""
        named = _named(address)
        if named not in self.places and len(self.places) < _MOST_PLACES:
            self.places[named] = _known(named) if named else ""
        found = self.places.get(named, "")
        if found or not _CODED.search(address):
            return found
        self.unknown.setdefault(named, []).append(line)
        return named

    def tell(self, account: Account) -> None:
        """Record what was found."""
        if again := {number: count for number, count in self.numbers.items() if count > 1}:
            account.tell(
                "key-duplicated", "registration", where=self.file,
                found=f"{len(again)} numbers in several rows", expected="one row for each number",
                rows=sum(again.values()),
                hint="The second and later rows carry -2, -3, ... in the order of the file.",
            )  # fmt: skip
        if self.short:
            account.tell(
                "code-shortened", "registration", where=self.file, found="DUNS numbers of fewer digits",
                expected=f"{DIGITS} digits", rows=self.short, hint="The zeros are put back.",
            )  # fmt: skip
        for code, lines in self.unknown.items():
            account.tell(
                "country-unknown", code, where=f"{self.file}, line {lines[0]}, column address",
                found=f"({code})", expected="an ISO 3166-1 code", rows=len(lines),
            )  # fmt: skip


def _named(address: str) -> str:
    """What may be the country of an address: the code in brackets at its end, or its last part.

    >>> _named("167 Songpa-daero, Seoul, - 05855, Korea, South (KOR)"), _named("Praha,  149 00, Czechia")
    ('KOR', 'Czechia')
    """
    if coded := _CODED.search(address):
        return coded[1]
    last = address.rpartition(",")[2].strip()
    return "" if len(last) > _LONGEST_NAME or any(map(str.isdigit, last)) else last


def _known(text: str) -> str:
    """Id of the country of that code or name; empty if nobody knows it."""
    try:
        return country(text).id
    except UnknownCodeError:
        return ""


def _check(path: Path) -> None:
    """Refuse an answer that is not the archive with the list."""
    next(records(path.name, content(path.name, path)))


def locate(_: Mapping[str, str]) -> tuple[Request, ...]:
    """The daily archive."""
    accepts = ("application/zip", "application/x-zip-compressed", "application/octet-stream")
    return (Request(url=URL, file="drls_reg.zip", accepts=accepts, check=_check, limit=LIMIT),)


SOURCE = Source(
    id="fda",
    title="Drug Establishments Current Registration Site",
    publisher="U.S. Food and Drug Administration",
    homepage="https://www.fda.gov/drugs/drug-approvals-and-databases/"
    "drug-establishments-current-registration-site",
    licence=Licence(
        "US public domain", "https://www.fda.gov/about-fda/about-website/website-policies", "free"
    ),
    tables=(ESTABLISHMENT,),
    recognises=recognises,
    read=read,
    edition=edition,
    hosts=("www.accessdata.fda.gov",),
    locate=locate,
    redact=redact,
)
