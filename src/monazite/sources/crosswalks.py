"""Crosswalks from ten-digit HTS codes to industries, compiled by others: NAICS, summary industries of BEA.

Who compiled them, when and on which terms is not recorded; they hold codes of several years. Where the
Census Bureau's own concordance says the same (:mod:`~monazite.sources.census_codes`), trust that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.nomenclature import NOMENCLATURE_CODE, NOMENCLATURE_LINK
from monazite.sources import separated
from monazite.sources.census_codes.belonging import Belonging, links, occurring
from monazite.sources.census_codes.years import edition_of, year
from monazite.sources.source import Licence, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Sample

GOOD = "hs10"
INDUSTRIES = {"naics": "NAICS", "bea_code": "BEA"}
"""Nomenclature of the second column, by its name."""

NONE, EMPTY = "NA", "row-empty"
LIMIT = 16 * 2**20
_GOOD = re.compile(r"\d{10}", re.ASCII)
_INDUSTRY = re.compile(r"[0-9][0-9A-Z]{1,5}", re.ASCII)


def recognises(sample: Sample) -> bool:
    """Whether the first line names the two columns."""
    first = sample.text.partition("\n")[0].rstrip("\r")
    return first in {f"{GOOD},{name}" for name in INDUSTRIES}


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Industries that occur, then the link from each good to its own.

    Raises
    ------
    SourceError
        If the file is no crosswalk, is cut short, or nobody says of which year its codes are.
    """
    separated.check_whole(given.name, given.path, LIMIT)
    nomenclature = f"HTS{year(given)}"
    held = list(_held(given, account))
    known = occurring(held, INDUSTRIES.values())
    account.records += len(held) + len(known)
    yield Rows(NOMENCLATURE_CODE, known)
    yield Rows(NOMENCLATURE_LINK, links(nomenclature, held))


def _held(given: Given, account: Account) -> Iterator[Belonging]:
    """Goods and their industries; a line without an industry is refused, and all of them are told."""
    none = 0
    with given.path.open("rb") as stream:
        records = separated.records(given.name, separated.lines(given.name, stream))
        _, header = next(records)
        if header[:1] != [GOOD] or header[1:] not in [[name] for name in INDUSTRIES]:
            expected = f"{GOOD}, then {' or '.join(INDUSTRIES)}"
            raise SourceError(given.name, line=1, found=", ".join(header)[:80], expected=expected)
        for line, cells in records:
            separated.check_width(given.name, line, cells, len(header))
            good, industry = cells
            if _GOOD.fullmatch(good) and _INDUSTRY.fullmatch(industry):
                yield Belonging(good, INDUSTRIES[header[1]], industry, line)
                continue
            none += industry == NONE
            _refuse(account, line, header[1], cells)
    if none:
        account.tell(
            EMPTY, INDUSTRIES[header[1]], where=f"{given.name}, {header[1]}",
            found=f"{none:,} codes with {NONE}", expected="an industry", rows=none,
        )  # fmt: skip


def _refuse(account: Account, line: int, column: str, cells: list[str]) -> None:
    """Keep a line aside that links nothing."""
    good, industry = cells
    wrong = _GOOD.fullmatch(good) is None
    account.records += 1
    account.refuse(
        NOMENCLATURE_LINK, EMPTY if industry == NONE else "reader",
        found=repr((good if wrong else industry)[:80]), content=",".join(cells)[:400], line=line,
        expected="a code of ten digits" if wrong else "an industry", column=GOOD if wrong else column,
    )  # fmt: skip


SOURCE = Source(
    id="crosswalks",
    title="Crosswalks from HTS to NAICS and to industries of BEA",
    publisher="not recorded",
    homepage="https://www.census.gov/foreign-trade/reference/codes/index.html",
    licence=Licence(
        "not recorded", "https://www.census.gov/foreign-trade/reference/codes/index.html", "unclear"
    ),
    tables=(NOMENCLATURE_CODE, NOMENCLATURE_LINK),
    recognises=recognises,
    read=read,
    edition=edition_of,
    by_hand="They were compiled by others; make your own from the concordances of the Census Bureau.",
)
