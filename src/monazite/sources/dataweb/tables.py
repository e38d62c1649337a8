"""A table of a report: its headings, its lines, its total."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.dataweb.periods import period
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monazite.sources.dataweb.periods import Period
    from monazite.sources.workbook import Cell

    Line = tuple[int, Sequence[Cell]]

PLACES = {
    "data type": "measure",
    "country": "partner",
    "quantity description": "unit",
    "year": "year",
}
BREAKDOWNS = {
    "district": "district",
    "customs district": "district",
    "import program": "program",
    "special import program": "program",
    "extended import program": "program",
    "csc": "program",
    "rate provision code": "provision",
    "provision code": "provision",
    "rpcode": "provision",
}
PASSED_OVER = re.compile(r"(.*\bdescription|.*percent change.*|.*% change.*)")
CODE = re.compile(r"(.*\bnumber|hts ?\d*|naics? ?\d*|end[- ]use.*)")
SUPPRESSED = "_suppressed"
TOTAL, SUBTOTAL = "total", "sub"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's columns stand; ``suppressed`` gives the flag of each column of figures."""

    places: Mapping[str, int]
    breakdowns: tuple[tuple[str, int], ...]
    periods: tuple[Period, ...]
    columns: tuple[int, ...]
    suppressed: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under headings: ``measure`` is what its figures are where no column says so.

    ``place`` names the sheet or table in errors and findings.
    """

    place: str
    measure: str
    layout: Layout
    lines: Sequence[Line]
    totals: Sequence[Line]


def split(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines of figures, and lines of totals; subtotals are neither."""
    first = [text_of(cells[0]).casefold() for _, cells in lines]
    named = list(zip(lines, first, strict=True))
    kept = [line for line, name in named if not name.startswith((TOTAL, SUBTOTAL))]
    return kept, [line for line, name in named if name.startswith(TOTAL)]


def layout(headings: Sequence[Cell], to_date: tuple[int, int] | None, file: str, line: int) -> Layout:
    """Read the headings of a table.

    Raises
    ------
    SourceError
        If a heading is none of DataWeb's, if one stands twice, or if there is no column of figures.
    """
    names = [text_of(cell) for cell in headings]
    while names and not names[-1]:
        names.pop()
    _check_names(names, file, line)
    places: dict[str, int] = {}
    breakdowns, found = [], []
    for index, name in enumerate(names):
        folded = name.casefold()
        if when := period(name, to_date):
            found.append((index, when))
        elif place := _place(folded):
            places[place] = index
        elif folded in BREAKDOWNS:
            breakdowns.append((BREAKDOWNS[folded], index))
        elif not folded.endswith(SUPPRESSED) and not PASSED_OVER.fullmatch(folded):
            expected = "a column of DataWeb: country, number, description, district, year, month, ..."
            raise SourceError(file, line=line, column=name, found=repr(name), expected=expected)
    _check_periods([when for _, when in found], places, file, line)
    flags = {name.casefold(): index for index, name in enumerate(names)}
    return Layout(
        places,
        tuple(breakdowns),
        tuple(when for _, when in found),
        tuple(index for index, _ in found),
        tuple(flags.get(names[index].casefold() + SUPPRESSED) for index, _ in found),
    )


def _place(name: str) -> str:
    """What a column that is no figure holds."""
    return PLACES.get(name) or ("code" if CODE.fullmatch(name) else "")


def _check_names(names: Sequence[str], file: str, line: int) -> None:
    """Refuse a heading that stands twice: nobody could say which column is meant."""
    twice = {name for name, count in Counter(names).items() if count > 1 and name.casefold() != "description"}
    if twice:
        raise SourceError(file, line=line, found=f"{min(twice)!r} twice", expected="each heading once")


def _check_periods(periods: Sequence[Period], places: Mapping[str, int], file: str, line: int) -> None:
    """Refuse a table without figures, or whose periods lack a year or have two."""
    if not periods:
        raise SourceError(file, line=line, found="no column of figures", expected="years or months")
    if len(set(periods)) < len(periods):
        raise SourceError(file, line=line, found="a period twice", expected="each period once")
    dated = {when.year is not None for when in periods}
    if len(dated) > 1 or (dated == {True}) == ("year" in places):
        expected = "a column Year beside months without one, or periods with their year"
        raise SourceError(file, line=line, found="periods " + str(len(periods)), expected=expected)
