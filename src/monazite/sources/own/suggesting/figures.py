"""Columns of numbers: how many cells are, and which words stand for numbers that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.sources.own import cells as reading
from monazite.sources.own import numerals, units
from monazite.sources.own.headings import unit_in
from monazite.sources.own.kinds import unit_column
from monazite.sources.own.suggesting.shares import Content, eased, plain

if TYPE_CHECKING:
    from monazite.schema.columns import Column
    from monazite.sources.own.cells import Cell
    from monazite.sources.own.numerals import Writing
    from monazite.sources.own.suggesting.samples import Sample

WITHHELD = frozenset(("w", "d", "(d)", "(w)", "withheld", "suppressed", "c", "conf", "confidential"))


def silences(sample: Sample) -> dict[str, list[str]]:
    """Words instead of numbers that a mapping must explain: dashes as missing, W as withheld."""
    words = {plain(cell) for cell in sample.cells if isinstance(cell, str) and _is_word(cell)} - {""}
    found = {
        "missing": sorted(word for word in words if set(word) <= reading.DASHES),
        "withheld": sorted(words & WITHHELD),
    }
    return {key: listed for key, listed in found.items() if listed}


def numbers(sample: Sample, column: Column, writing: Writing) -> Content:
    """Numbers; words among them that say why there is none are named."""
    if not _measurable(sample.header, column):
        return Content(0.0, 0.0, why="its unit measures something else")
    options: dict[str, Any] = dict(silences(sample))
    silent = reading.NO_FIGURE.union(*options.values())
    cells = [cell for cell in sample.distinct if plain(cell) not in silent]
    if cells and all(isinstance(cell, str) and cell.rstrip().endswith("%") for cell in cells):
        options["unit"] = "percent"
    count = sum(_is_number(cell, writing) for cell in cells)
    return Content(
        eased(count, len(cells)), 0.0, options, f"{count} of {len(cells)} different cells are numbers"
    )


def _is_word(cell: str) -> bool:
    """Whether a text holds no digit."""
    return not any(letter.isdigit() for letter in cell)


def _is_number(cell: Cell, writing: Writing) -> bool:
    """Whether a cell is a number in the file's writing."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return False
    try:
        return not isinstance(cell, str) or bool(
            numerals.number(cell.strip().removesuffix("%"), writing).is_finite()
        )
    except numerals.NotANumberError:
        return False


def _measurable(header: str, column: Column) -> bool:
    """Whether the unit in a header, if there is one, is of what the column measures."""
    named = unit_in(header)
    if named is None or unit_column(column):
        return True
    base = {base: measures for measures, base in units.BASE.items()}
    return base.get(column.unit, named.measures) == named.measures
