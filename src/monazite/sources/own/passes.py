"""One pass over a table: every record becomes a row or is refused, and what is odd is told at the end."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from monazite.sources.own import shifting, units
from monazite.sources.own.delimited import Delimited
from monazite.sources.own.headings import told, unit_in
from monazite.sources.own.kinds import Kind, columns, kind
from monazite.sources.own.layouts import across, placed
from monazite.sources.own.notes import Seen
from monazite.sources.own.refusing import Refusals, shift
from monazite.sources.own.rows import RowError, RowReader, fields
from monazite.sources.own.unit_values import UnitValues
from monazite.sources.own.writings import decided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.grids import Grid
    from monazite.sources.own.headings import Heading
    from monazite.sources.own.layouts import Across
    from monazite.sources.own.mapping import Mapping
    from monazite.sources.source import Account

Row = dict[str, Any]
_SAMPLE = 200


class Pass:
    """One reading of a table."""

    def __init__(self, grid: Grid, heading: Heading, mapping: Mapping, account: Account) -> None:
        """Find the columns and how their numbers are written."""
        self.grid, self.heading, self.mapping, self.account = grid, heading, mapping, account
        self.places = placed(grid, heading, mapping)
        self.across = across(grid, heading, mapping)
        writings, doubts = decided(grid, heading, mapping, self._numbers())
        made = fields(mapping, self.places, writings)
        self.reader = RowReader(mapping, made, grid.file)
        self.refusals = Refusals(self.reader, heading, account, grid.part)
        self.down = [place for each in made if each.own.fill_down for place in each.places]
        self.carried: dict[int, Cell] = {}
        self.values, self.blank, self.first_blank = UnitValues(), 0, 0
        for doubt in doubts:
            self.reader.notes.note("separator-ambiguous", *doubt)
        self._note_units()

    def _numbers(self) -> dict[str, tuple[int, ...]]:
        """Places of the columns that hold numbers."""
        known, wide = columns(self.mapping.table), tuple(each.place for each in self.across)
        return {
            name: self.places[name] or wide
            for name, own in self.mapping.columns.items()
            if own.value is None and kind(self.mapping.table, known[name]) is Kind.NUMBER
        }

    def _note_units(self) -> None:
        """Note a header that says another unit than the mapping."""
        for each in self.reader.fields:
            header = each.own.headers[0] if each.own.headers and each.kind is Kind.NUMBER else ""
            named, said = unit_in(header), each.own.unit or units.unit(each.column.unit)
            if named and said and named.measures == said.measures and named.factor != said.factor:
                seen = Seen(
                    self.heading.line, header, f"{named.text} in the header", f"{said.text}, as mapped"
                )
                self.reader.notes.note("unit-doubtful", each.column.name, seen)

    def rows(self) -> Iterator[Row]:
        """Every row that is kept; the findings are told at the end."""
        sample = [row for _, row in islice(self._records(), _SAMPLE)]
        off = shifting.shifted_file(self.refusals.strong, sample)
        self.blank = 0
        for line, row in self._records():
            for each in self.across or (None,):
                self.account.records += 1
                kept = self._kept(line, row, each, off)
                if kept is not None:
                    yield kept
        self._tell()

    def _records(self) -> Iterator[tuple[int, list[Cell]]]:
        """Records below the header that hold something; blank ones are counted."""
        for line, row in self.grid.rows():
            if line <= self.heading.line:
                continue
            if any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row):
                yield line, row
            else:
                self.first_blank = self.first_blank if self.blank else line
                self.blank += 1

    def _kept(self, line: int, row: list[Cell], at: Across | None, off: int) -> Row | None:
        """The row of the core table, or nothing if it is refused."""
        try:
            self._check(row, off)
            done = self.reader.read(line, self._filled(row), at)
        except RowError as error:
            self.refusals.keep(line, row, error)
            return None
        self.refusals.sums.add(done)
        self.values.hear(done)
        return done

    def _check(self, row: list[Cell], off: int) -> None:
        """Refuse a row of a shifted file, and one that is torn: cells beyond the header, or too few."""
        if off:
            raise RowError(None, "column-shifted", shift(off), "cells under their own header")
        width = len(self.heading.names)
        if self.grid.ragged and width and len(row) != width and (len(row) < width or any(row[width:])):
            raise RowError(None, "row-torn", f"{len(row)} cells", f"{width}, as in the header")

    def _filled(self, row: list[Cell]) -> list[Cell]:
        """A row whose empty cells hold what stands above, in columns that are filled down."""
        for place in self.down:
            if place < len(row):
                self.carried[place] = self.carried.get(place) if row[place] is None else row[place]
                row = [*row[:place], self.carried[place], *row[place + 1 :]]
        return row

    def _tell(self) -> None:
        """Tell everything noticed."""
        file = told(self.grid)
        if self.mapping.table.name == "trade":
            self.values.tell(self.reader.notes)
        self.reader.notes.tell(self.account, file)
        if self.blank:
            where = f"{file}, line {self.first_blank}"
            self.account.tell(
                "row-empty", file, where=where, found="blank lines", expected="rows", rows=self.blank
            )
        if isinstance(self.grid, Delimited):
            self._tell_bytes(self.grid)

    def _tell_bytes(self, grid: Delimited) -> None:
        """Tell of lines that are not UTF-8, where others are or the mapping says so."""
        heard = grid.heard
        if heard.other and (heard.utf8 or grid.form.encoding == "utf-8"):
            self.account.tell(
                "encoding-mixed",
                grid.file,
                where=f"{grid.file}, line {heard.line}",
                found=f"bytes of Windows-1252, read as {heard.text!r}",
                expected="UTF-8, as elsewhere in the file",
                rows=heard.other,
            )
