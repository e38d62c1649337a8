"""One cell of a file, turned into what its core column takes, or refused with what was expected."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from monazite.sources.own import goods, numerals, periods, places, units, vocabulary
from monazite.sources.own.kinds import Kind

if TYPE_CHECKING:
    from monazite.schema.columns import Column
    from monazite.sources.own.mapping import ColumnMap
    from monazite.sources.own.numerals import Writing

Cell = str | int | float | bool | date | None
"""A cell as a reader of files gives it; a moment is a ``datetime``, which is a ``date``."""

LONGEST = 10_000
_SHOWN = 100
_EXACT = 1e15
LARGEST_INTEGER = 2**53
NEVER = frozenset(("", "null", "none", "nan", "n/a", "#n/a"))
"""What stands for nothing in any column. ``NA`` is not among them: it is Namibia."""

NO_FIGURE = NEVER | frozenset(("na", "n.a.", "..", "...", "…", ":", "not available"))
DASHES = frozenset("-–—−")
_PERCENT = Decimal("0.01")
_BOUND = re.compile(r"^([<>≤≥])\s*(.+)$")
_BETWEEN = re.compile(r"^([0-9][0-9.,' ]*?)\s*[–-]\s*([0-9][0-9.,' ]*)$")


class CellError(ValueError):
    """A cell that is refused: the rule, and what was expected."""

    def __init__(self, rule: str, expected: str) -> None:
        """Keep the rule beside the expectation."""
        super().__init__(expected)
        self.rule, self.expected = rule, expected


class Figure(NamedTuple):
    """A number in our unit, or why there is none; censored figures have ends and no value."""

    value: float | None
    status: str = "normal"
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False


def shown(cell: Cell) -> str:
    """A cell as it is told to people: as the file holds it, cut where it is long."""
    text = cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)[: _SHOWN + 1]
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return text if text.isprintable() else "".join(each if each.isprintable() else " " for each in text)


def plain(cell: Cell) -> str:
    """A cell as text: whole numbers without decimals, days in ISO 8601, blanks closed up."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def absent(cell: Cell, own: frozenset[str], usual: frozenset[str] = NEVER) -> bool:
    """Whether a cell says that there is nothing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    if not isinstance(cell, str):
        return bool(own) and plain(cell).casefold() in own
    folded = plain(cell).casefold()
    return folded in usual or folded in own


def read_text(cell: Cell) -> str:
    """A cell as text of a sane length."""
    text = plain(cell)
    if len(text) > LONGEST or "\0" in text:
        raise CellError("text-unreadable", f"text of at most {LONGEST:,} characters")
    return text


def read_coded(cell: Cell, column: Column, own: ColumnMap) -> str:
    """A cell as one of the column's codes, by the mapping's own words first."""
    text = read_text(cell)
    found = own.codes.get(text.casefold()) or vocabulary.code(column, text)
    if found is None:
        listed = ", ".join(each for each in column.codes if each)
        raise CellError(f"{column.name}-code", f"one of {listed}, or a word the mapping's codes explain")
    return found


def read_boolean(cell: Cell, column: Column) -> bool:
    """A cell as yes or no."""
    folded = plain(cell).casefold()
    if isinstance(cell, bool) or folded in vocabulary.YES | vocabulary.NO:
        return cell if isinstance(cell, bool) else folded in vocabulary.YES
    raise CellError(f"{column.name}-code", "yes or no")


def read_unit(cell: Cell, column: Column, own: ColumnMap) -> tuple[str, Decimal]:
    """A cell as a unit, and what numbers in it are multiplied by; one no list holds stays as written."""
    text = read_text(cell)
    text = own.codes.get(text.casefold(), text)
    known = units.stored(text, column.codes)
    if known is None and column.codes:
        raise CellError(f"{column.name}-code", f"one of {', '.join(each for each in column.codes if each)}")
    return known or (text, Decimal(1))


def read_period(cell: Cell, own: ColumnMap) -> periods.Period:
    """A cell as a year, month or span of months."""
    try:
        found = _period(cell, own.date)
    except (periods.NotAPeriodError, ValueError) as error:
        raise CellError(f"{own.column}-unreadable", str(error)) from error
    return periods.as_year(found) if own.keep == "year" else found


def _period(cell: Cell, writing: str) -> periods.Period:
    """A cell as a period in the mapping's writing; a spreadsheet's date is one already."""
    if isinstance(cell, bool):
        raise periods.NotAPeriodError("a year or month")
    if isinstance(cell, date):
        return periods.of_date(cell)
    return periods.period(plain(cell)[:LONGEST], writing)


def read_day(cell: Cell) -> str:
    """A cell as a day, ISO 8601."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    try:
        return date.fromisoformat(plain(cell)).isoformat()
    except ValueError as error:
        raise CellError("day-unreadable", "a day such as 2024-04-15") from error


def read_goods(cell: Cell, own: ColumnMap, *, harmonized: bool) -> goods.Goods:
    """A cell as a code of goods."""
    try:
        return goods.goods(plain(cell) if isinstance(cell, str) else cell, own.digits, harmonized=harmonized)
    except goods.NotACodeError as error:
        raise CellError(error.rule, error.expected) from error


@dataclass(frozen=True, slots=True)
class FigureReader:
    """What turns a cell of a number column into a figure.

    ``ends`` tells that the table holds intervals, so that ``>50`` and ``20–30`` may be kept; ``share``
    that a percent sign may stand in the cell.
    """

    column: Column
    own: ColumnMap
    writing: Writing
    ends: bool = False
    share: bool = False

    def __call__(self, cell: Cell, factor: Decimal) -> Figure:
        """The figure of a cell, times ``factor``."""
        silent = _silence(cell, self.own)
        if silent is not None:
            return silent
        try:
            found = self._interval(cell, factor) if self.ends else None
            return found or self._exact(cell, factor)
        except numerals.NotANumberError as error:
            raise CellError(f"{self.column.name}-unreadable", str(error)) from error

    def _exact(self, cell: Cell, factor: Decimal) -> Figure:
        """The figure of a cell that holds one number."""
        if isinstance(cell, date) or (isinstance(cell, str) and goods.dated(plain(cell))):
            raise CellError("date-mangled", "a number, not a date; format the column as numbers")
        if isinstance(cell, bool) or cell is None:
            raise numerals.NotANumberError("a number")
        figure = Decimal(cell) if isinstance(cell, int) else cell
        value = self._read(figure, factor) if isinstance(figure, str) else numerals.scaled(figure, factor)
        if self.column.type == "integer" and not (value.is_integer() and abs(value) < LARGEST_INTEGER):
            raise numerals.NotANumberError("a whole number")
        if value == 0 and self.own.zero_is == "missing":
            return Figure(None, "not-available")
        return Figure(value)

    def _read(self, text: str, factor: Decimal) -> float:
        """A number from text; a percent sign is a unit of its own."""
        text = plain(text)
        if self.share and text.endswith("%"):
            return numerals.scaled(numerals.number(text[:-1], self.writing), _PERCENT)
        return numerals.scaled(numerals.number(text, self.writing), factor)

    def _interval(self, cell: Cell, factor: Decimal) -> Figure | None:
        """The figure of a cell that holds a bound or a range."""
        text = plain(cell) if isinstance(cell, str) else ""
        if match := _BOUND.match(text):
            end, open_ = self._read(match[2], factor), match[1] in "<>"
            if match[1] in ">≥":
                return Figure(None, "censored", low=end, low_open=open_)
            return Figure(None, "censored", low=0.0, high=end, high_open=open_)
        if match := _BETWEEN.match(text):
            low, high = (self._read(each, factor) for each in match.groups())
            return Figure(None, "range", low=low, high=high) if low < high else None
        return None


def _silence(cell: Cell, own: ColumnMap) -> Figure | None:
    """The figure of a cell that holds none, or a word for zero."""
    if absent(cell, own.missing, NO_FIGURE - own.zero - own.withheld):
        return Figure(None, "not-available")
    if not isinstance(cell, str):
        return None
    word = plain(cell).casefold()
    if word in own.withheld:
        return Figure(None, "withheld")
    if word in own.zero:
        return Figure(0.0)
    if word in DASHES:
        raise CellError(
            f"{own.column}-unreadable", 'a number; say missing: ["-"] or zero: ["-"] in the mapping'
        )
    return None


def read_place(cell: Cell, own: ColumnMap, year: int | None) -> places.Named:
    """A cell as a country, in the year of its row."""
    text = read_text(cell)
    text = own.codes.get(text.casefold(), text)
    return places.place(text, own.scheme, year)


READERS = {Kind.TEXT: read_text, Kind.DAY: read_day}
