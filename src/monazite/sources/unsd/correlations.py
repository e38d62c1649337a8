"""Workbooks of two nomenclatures: the sheet of correlations is read, that of conversions is left.

The conversion sheet keeps one partner for each code; the correlation sheet keeps them all, with their
relation. Its place in the workbook, its title and its headings differ from file to file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.sources.unsd import links
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Row
    from monazite.sources.workbook import Cell, Workbook

TITLE = "Correlation Table"
RELATIONSHIP = "Relationship"
HEADED = 10
"""Rows among which the headings must stand."""

WIDTH = 3


class Table(NamedTuple):
    """A correlation sheet: its name, the two nomenclatures, the row of its headings, all its rows."""

    sheet: str
    pair: tuple[str, str]
    headed: int
    rows: list[list[Cell]]


def sheet_of(book: Workbook) -> str:
    """Name of the sheet of correlations; nothing if there is none."""
    return next((name for name in book.sheets if name.strip().startswith(TITLE)), "")


def table(book: Workbook) -> Table:
    """The sheet of correlations, with what its headings say.

    Raises
    ------
    SourceError
        If its headings are others.
    """
    sheet = sheet_of(book)
    rows = book.rows(sheet)
    for number, cells in enumerate(rows[:HEADED], 1):
        headings = [text_of(cell) for cell in cells]
        if len(headings) == WIDTH and headings[-1] == RELATIONSHIP:
            after, before = (links.nomenclature(heading) for heading in headings[:2])
            if not after or not before or after == before:
                found, expected = ", ".join(headings)[:80], "two editions of HS or SITC, Relationship"
                raise SourceError(f"{book.file}/{sheet}", line=number, found=found, expected=expected)
            return Table(sheet, (after, before), number, rows)
    found = f"no heading {RELATIONSHIP} in the third of {WIDTH} columns"
    expected = f"it, in the first {HEADED} rows"
    raise SourceError(f"{book.file}/{sheet}", line=1, found=found, expected=expected)


def rows(book: Workbook, account: Account) -> Iterator[Row]:
    """Links of a workbook; rows without any text, which fill up one of the sheets, are passed over.

    Raises
    ------
    SourceError
        If the sheet has other headings.
    """
    held = table(book)
    lines = (
        links.Line(number, held.pair, cells)
        for number, cells in enumerate(held.rows[held.headed :], held.headed + 1)
        if any(text_of(cell) for cell in cells)
    )
    yield from links.rows(lines, account, held.sheet)
