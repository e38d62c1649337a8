"""The layouts the Worldwide Governance Indicators have come in, read as one stream of records.

The publisher has changed its workbook twice: to 2022 a sheet for each dimension with six columns a
year, in 2023 and 2024 one long sheet, since 2025 a long sheet for each dimension. Each is known by its
headings, and so are tables saved from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.sources import separated, workbook
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monazite.sources.source import Given
    from monazite.sources.workbook import Cell

    Cells = Sequence[Cell]
    Line = tuple[int, Cells]

DIMENSIONS = {
    "va": "voice-and-accountability",
    "pv": "political-stability",
    "ge": "government-effectiveness",
    "rq": "regulatory-quality",
    "rl": "rule-of-law",
    "cc": "control-of-corruption",
}
SHEETS = {
    "voiceandaccountability": "va",
    "politicalstabilitynoviolence": "pv",
    "governmenteffectiveness": "ge",
    "regulatoryquality": "rq",
    "ruleoflaw": "rl",
    "controlofcorruption": "cc",
} | {short: short for short in DIMENSIONS}
"""Names of the sheets, without blanks and in lower case."""

ROLES = {
    "code": ("code", "economy (code)", "iso3", "country_code"),
    "name": ("countryname", "economy (name)", "country", "country_name"),
    "year": ("year",),
    "dimension": ("indicator", "governance dimension"),
    "estimate": ("estimate", "governance estimate (approx. -2.5 to +2.5)"),
    "error": ("stddev", "standard error (estimate)"),
}
"""What a column is, by its heading in lower case."""

WIDE = ("country/territory", "code")
LIMIT = 64 * 2**20
HEADED = 40
"""Lines among which the headings must stand."""

SAVED = re.compile(rf"({'|'.join(DIMENSIONS)})_estimate")


class Record(NamedTuple):
    """One estimate as published, and where it stands."""

    part: str
    line: int
    code: str
    name: str
    year: str
    dimension: str
    estimate: str
    error: str


def _tables(given: Given) -> Iterator[tuple[str, Iterable[Line]]]:
    """Tables of a file with their names: the sheets of a workbook, or a comma-separated table."""
    with given.path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    if not packed:
        separated.check_whole(given.name, given.path, LIMIT)
        with given.path.open("rb") as stream:
            yield "", separated.records(given.name, separated.lines(given.name, stream))
        return
    book = workbook.opened(given.path, file=given.name)
    for sheet in book.sheets:
        yield sheet, enumerate(book.rows(sheet), 1)


def records(given: Given) -> Iterator[Record]:
    """Every estimate of a file.

    Raises
    ------
    SourceError
        If no table of it has the headings of the indicators.
    """
    known = False
    for sheet, rows in _tables(given):
        lines: Iterator[Line] = iter(rows)
        before: Cells = ()
        for _, (_, cells) in zip(range(HEADED), lines, strict=False):
            headings = [text_of(cell).lower() for cell in cells]
            layout = _long if _roles(headings) else _wide if tuple(headings[:2]) == WIDE else None
            if layout is not None:
                known = True
                yield from layout(sheet, headings, before, _whole(given.name, len(cells), lines))
                break
            before = cells
    if not known:
        expected = "a table with country code, year and estimate"
        raise SourceError(given.name, line=1, found="other headings", expected=expected)


def _whole(file: str, width: int, lines: Iterator[Line]) -> Iterator[Line]:
    """Lines as wide as their headings, the blank ones left out.

    Raises
    ------
    SourceError
        If one is cut short or too long.
    """
    for line, cells in lines:
        if not any(str(cell).strip() for cell in cells):
            continue
        if len(cells) != width:
            hint = "The line is cut short, shifted or torn; fetch the file again"
            raise SourceError(file, line=line, found=f"{len(cells)} cells", expected=f"{width}", hint=hint)
        yield line, cells


def _roles(headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands, if the headings are those of a long table; otherwise nothing."""
    told = {role: headings.index(n) for role, names in ROLES.items() for n in names if n in headings}
    saved = any(SAVED.fullmatch(heading) for heading in headings)
    return told if {"code", "year"} <= told.keys() and ("estimate" in told or saved) else {}


def _long(sheet: str, headings: list[str], _: Cells, lines: Iterator[Line]) -> Iterator[Record]:
    """Estimates of a table with a line for each country and year."""
    roles = _roles(headings)
    saved = {found[1]: at for at, one in enumerate(headings) if (found := SAVED.fullmatch(one))}
    for line, cells in lines:
        told = {role: text_of(cells[at]) for role, at in roles.items()}
        place = (sheet, line, told["code"], told.get("name", ""), told["year"])
        if "estimate" in roles:
            dimension = told.get("dimension") or of_sheet(sheet)
            yield Record(*place, dimension, told["estimate"], told.get("error", ""))
        for short, at in saved.items():
            error = f"{short}_stderr"
            beside = text_of(cells[headings.index(error)]) if error in headings else ""
            yield Record(*place, short, text_of(cells[at]), beside)


def _wide(sheet: str, headings: list[str], years: Cells, lines: Iterator[Line]) -> Iterator[Record]:
    """Estimates of a sheet with six columns for each year; the year stands above them."""
    filled: list[str] = []
    for at in range(len(headings)):
        year = text_of(years[at]) if at < len(years) else ""
        filled.append(year or (filled[-1] if filled else ""))
    at_estimates = [at for at, heading in enumerate(headings) if heading == "estimate"]
    for line, cells in lines:
        for at in at_estimates:
            beside = text_of(cells[at + 1]) if headings[at + 1 : at + 2] == ["stderr"] else ""
            name, code = text_of(cells[0]), text_of(cells[1])
            yield Record(sheet, line, code, name, filled[at], of_sheet(sheet), text_of(cells[at]), beside)


def of_sheet(sheet: str) -> str:
    """The dimension a sheet is named after."""
    return SHEETS.get(sheet.replace(" ", "").lower(), "")
