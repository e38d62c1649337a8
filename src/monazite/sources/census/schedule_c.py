"""Schedule C, the publisher's list of countries: codes, names, ISO codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.errors import SourceError, UnknownCodeError
from monazite.schema.indicators import CODE
from monazite.sources.source import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Row

SCHEME = "schedule-c"
LARGEST = 2**20
_ENTRY = re.compile(r"\s*(\d{1,4})\s*\|\s*(.*?)\s*\|\s*([a-z]{0,20})([A-Z]{2})\s*")
_CONTENT = 400
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def produced(head: str) -> str:
    """The day a list was produced, or nothing.

    >>> produced("Schedule C - Country List (by code) [Produced: 27JAN21]")
    '2021-01-27'
    """
    found = re.search(r"Produced:?\s*(\d\d)([A-Z]{3})(\d\d)", head)
    if found is None or found[2] not in _MONTHS:
        return ""
    return f"20{found[3]}-{_MONTHS.index(found[2]) + 1:02d}-{found[1]}"


def schedule_c(given: Given, account: Account) -> Rows:
    """The list as rows of ``code``.

    Raises
    ------
    SourceError
        If it is far too long to be that list.
    """
    size = given.path.stat().st_size
    if size > LARGEST:
        raise SourceError(
            given.name, found=f"{size:,} bytes", expected=f"a list of countries, at most {LARGEST:,}"
        )
    lines = given.path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return Rows(CODE, list(_entries(lines, account)), {"scheme": SCHEME})


def _entries(lines: list[str], account: Account) -> Iterator[Row]:
    """One row for each country; lines with a column sign that are neither entry nor heading are refused."""
    for number, line in enumerate(lines, 1):
        if "|" not in line or line.lstrip().startswith("Code"):
            continue
        account.records += 1
        found = _ENTRY.fullmatch(line)
        if found is None:
            account.refuse(
                CODE, "row-shape", found=line.strip()[:_CONTENT], expected="a code, a name and an ISO code",
                content=line[:_CONTENT], line=number,
            )  # fmt: skip
            continue
        code, name, spilt, iso2 = found.groups()
        if spilt:
            account.tell(
                "column-shifted", name, where=f"line {number}", found=f"{spilt}{iso2}", expected="an ISO code"
            )
        yield {"code": code.rjust(4, "0"), "name": name, "iso3": _iso3(iso2), "_line": number}


def _iso3(iso2: str) -> str | None:
    """ISO 3166-1 alpha-3 of the two letters that the list prints."""
    try:
        return country(iso2, "iso2").iso3 or None
    except UnknownCodeError:
        return None
