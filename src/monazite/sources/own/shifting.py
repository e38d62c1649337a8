"""Rows shifted against their header: cells that do not fit their own column and fit its neighbour's.

A file in which every row is one column off can parse without an error: a net weight lands under the
value. What tells is the domains: countries, codes, periods and words have narrow ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.sources.own import cells as reading
from monazite.sources.own.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.rows import Field

_NARROW = (Kind.COUNTRY, Kind.GOODS, Kind.PERIOD, Kind.YEAR, Kind.CODED, Kind.NUMBER)
_FEWEST = 3
_MOSTLY, _SELDOM = 0.9, 0.7
AROUND = (1, -1)


def strong(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Fields whose cells show whether they belong there."""
    return tuple(each for each in fields if each.kind in _NARROW and len(each.places) == 1)


def fits(each: Field, cell: Cell) -> bool:
    """Whether a cell belongs under a field; an empty one does not show it."""
    try:
        return _fits(each, cell)
    except reading.CellError:
        return False


def _fits(each: Field, cell: Cell) -> bool:
    """Read the cell as the field would, a country strictly."""
    if reading.absent(cell, each.own.missing):
        return False
    if each.kind is Kind.COUNTRY:
        return reading.read_place(cell, each.own, None).known
    if each.kind is Kind.GOODS:
        code = reading.read_goods(cell, each.own, harmonized=True).code
        return code.isdecimal() and 1 < len(code) <= len("2846100010")
    if each.kind in (Kind.PERIOD, Kind.YEAR):
        reading.read_period(cell, each.own)
    elif each.kind is Kind.CODED:
        reading.read_coded(cell, each.column, each.own)
    elif each.figures is not None:
        each.figures(cell, each.factor)
    return True


def fitting(fields: Sequence[Field], row: Sequence[Cell], by: int) -> int:
    """How many fields their cell fits, if the row stood ``by`` columns further right."""
    width = len(row)
    return sum(fits(each, row[at]) for each in fields if 0 <= (at := each.places[0] + by) < width)


def shifted(fields: Sequence[Field], row: Sequence[Cell]) -> int:
    """By how many columns a row that does not fit is shifted; 0 if that explains nothing.

    All cells but one must fit after the shift, at least three, and two fewer without it.
    """
    here = fitting(fields, row, 0)
    best = max(AROUND, key=lambda by: fitting(fields, row, by))
    there = fitting(fields, row, best)
    return best if there >= max(_FEWEST, len(fields) - 1) and there >= here + 2 else 0


def shifted_file(fields: Sequence[Field], rows: Sequence[Sequence[Cell]]) -> int:
    """By how many columns all the rows of a sample are shifted; 0 if they are not."""
    if len(fields) < _FEWEST or not rows:
        return 0
    full = len(rows) * len(fields)
    here = sum(fitting(fields, row, 0) for row in rows) / full
    for by in AROUND:
        there = sum(fitting(fields, row, by) for row in rows) / full
        if there >= _MOSTLY and here <= _SELDOM:
            return by
    return 0
