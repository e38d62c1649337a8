"""Why a row is refused: a total, a remark, a shift, or what its cell says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.sources.own import cells as reading
from monazite.sources.own import places, shifting
from monazite.sources.own.kinds import Kind
from monazite.sources.own.notes import Seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.headings import Heading
    from monazite.sources.own.rows import Field, RowError, RowReader
    from monazite.sources.source import Account

TOLD = frozenset(("column-shifted", "date-mangled", "total-row", "remark-row"))
"""Rules whose refusals are findings as well."""

_FEW = 2
_CLOSE = 1e-9


class Reason(NamedTuple):
    """A rule, what was found and what was expected."""

    rule: str
    found: str
    expected: str


@dataclass(slots=True)
class Sums:
    """What the rows since the last total add up to, by column."""

    fields: tuple[Field, ...]
    figures: dict[str, float] = field(default_factory=dict)
    rows: int = 0

    def add(self, row: dict[str, Any]) -> None:
        """Add a row that was kept."""
        self.rows += 1
        for each in self.fields:
            name = each.column.name
            self.figures[name] = self.figures.get(name, 0.0) + (row.get(name) or 0.0)

    def are(self, row: Sequence[Cell]) -> bool:
        """Whether a row holds these sums, in all its numbers; then the next total starts anew."""
        if self.rows < _FEW or not self.fields or not all(self._is(each, row) for each in self.fields):
            return False
        self.rows, self.figures = 0, {}
        return True

    def _is(self, each: Field, row: Sequence[Cell]) -> bool:
        """Whether one number is the sum."""
        try:
            figure = each.figures(each.cell(row), each.factor).value if each.figures else None
        except reading.CellError:
            return False
        total = self.figures.get(each.column.name, 0.0)
        return figure is not None and abs(figure - total) <= _CLOSE * max(abs(total), 1.0)


class Refusals:
    """Keeps rows aside, each under the rule that explains it best."""

    def __init__(self, reader: RowReader, heading: Heading, account: Account, part: str) -> None:
        """Look up once what every refusal needs; ``part`` is the sheet of a workbook."""
        self.table, self.account, self.part = reader.table, account, part
        self.names = [name for name in heading.names if name]
        self.strong, self.notes = shifting.strong(reader.fields), reader.notes
        self.sums = Sums(tuple(each for each in reader.fields if each.kind is Kind.NUMBER and each.places))

    def keep(self, line: int, row: Sequence[Cell], error: RowError) -> None:
        """Keep a row aside, and note what is worth a finding."""
        rule, found, expected = self.explained(row, error)
        column = error.field.told if error.field and rule == error.rule else ""
        self.account.refuse(
            self.table,
            rule,
            found=found,
            expected=expected,
            content=_content(row),
            line=line,
            column=column,
            part=self.part,
        )
        if rule in TOLD:
            self.notes.note(rule, column or self.table.name, Seen(line, column, found, expected))

    def explained(self, row: Sequence[Cell], error: RowError) -> Reason:
        """The reason that explains a refused row best."""
        own = Reason(error.rule, error.found, error.expected)
        if error.rule in ("column-shifted", "date-mangled", "total-row"):
            return own
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if any(map(places.total, texts)) or (error.rule.endswith("-present") and self.sums.are(row)):
            return Reason("total-row", "a total", "a row that is no total")
        if self._is_remark(row, texts) or self._is_header(row):
            return Reason("remark-row", repr(reading.shown(texts[0])), "a row of figures")
        if by := shifting.shifted(self.strong, row):
            return Reason("column-shifted", shift(by), "cells under their own header")
        return own

    def _is_remark(self, row: Sequence[Cell], texts: list[str]) -> bool:
        """Whether a row holds one or two cells, of words."""
        held = sum(cell is not None for cell in row)
        return held <= _FEW and held == len(texts) and all(any(map(str.isalpha, text)) for text in texts)

    def _is_header(self, row: Sequence[Cell]) -> bool:
        """Whether a row repeats the header."""
        return len(self.names) > 1 and [reading.plain(cell) for cell in row if cell is not None] == self.names


def shift(by: int) -> str:
    """A shift in words.

    >>> shift(-1)
    'cells 1 column to the left'
    """
    return f"cells {abs(by)} column{'s' * (abs(by) > 1)} to the {'right' if by > 0 else 'left'}"


def _content(row: Sequence[Cell]) -> str:
    """A row as it was read, cut where it is long."""
    return "; ".join(reading.shown(cell) for cell in row[:200])[:2000]
