"""The workbooks analysts download: a sheet for each measure, one more for the year to date, one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources import workbook
from monazite.sources.dataweb import query as queries
from monazite.sources.dataweb.figures import figure
from monazite.sources.dataweb.periods import span
from monazite.sources.dataweb.tables import Table, layout, split
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.dataweb.query import Query
    from monazite.sources.source import Given
    from monazite.sources.workbook import Cell, Workbook

HEADINGS = 3
"""Row of a sheet that holds its headings, below a title and the number of lines."""

LINES = "Data Row Count"
YEAR_TO_DATE = " YTD"


def report(given: Given) -> tuple[Query, list[Table]]:
    """The query and the tables of a workbook.

    Raises
    ------
    SourceError
        If a sheet is missing, cut short, or not in DataWeb's layout.
    """
    book = workbook.opened(given.path, file=given.name)
    asked = queries.query(book.rows(queries.SHEET), given.name, given.retrieved)
    tables = [_table(book, sheet) for sheet in book.sheets if sheet != queries.SHEET]
    if not tables:
        raise SourceError(given.name, found="only a query sheet", expected="a sheet of figures")
    return asked, tables


def _table(book: Workbook, sheet: str) -> Table:
    """One sheet of figures."""
    rows, place = book.rows(sheet), f"{book.file}/{sheet}"
    if len(rows) < HEADINGS or text_of(rows[1][0]) != LINES:
        found = repr(text_of(rows[1][0])) if len(rows) > 1 else f"{len(rows)} lines"
        raise SourceError(place, line=2, found=found, expected=f"{LINES!r} above the headings")
    read = layout(rows[HEADINGS - 1], span(text_of(rows[0][0])), place, HEADINGS)
    lines = [
        (number, row) for number, row in enumerate(rows[HEADINGS:], HEADINGS + 1) if any(map(_held, row))
    ]
    kept, totals = split(lines)
    _check_count(rows[1], kept, place)
    return Table(sheet, sheet.removesuffix(YEAR_TO_DATE), read, kept, totals)


def _held(cell: Cell) -> bool:
    """Whether a cell holds anything."""
    return cell != ""


def _check_count(row: Sequence[Cell], lines: Sequence[object], place: str) -> None:
    """Refuse a sheet that holds fewer lines than it says, or more."""
    said = figure(row[1]) if len(row) > 1 else None
    if said != len(lines):
        told = f"{said:,.0f}" if isinstance(said, float) else "a number"
        raise SourceError(
            place, line=2, found=f"{len(lines):,} lines", expected=f"{told} as the sheet says",
            hint="It was cut short or changed; download it again",
        )  # fmt: skip
