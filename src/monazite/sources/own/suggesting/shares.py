"""How many of a column's different cells pass a test, and how much that says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monazite.sources.own import cells as reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.suggesting.samples import Sample


@dataclass(frozen=True, slots=True)
class Content:
    """How well a column's cells suit a core column.

    ``fits`` is the share of its different cells that can be read, ``telling`` how much that says: every
    number fits every column of numbers, but few columns hold names of countries. ``options`` is what a
    mapping must say for the cells to be read.
    """

    fits: float
    telling: float
    options: dict[str, Any] = field(default_factory=dict)
    why: str = ""


def plain(cell: Cell) -> str:
    """A cell as folded text."""
    return reading.plain(cell)[:200].casefold()


def share(
    sample: Sample, fit: Callable[[Cell], bool], telling: float, what: str, **options: str
) -> Content:  # fmt: skip
    """Content by a test of single cells."""
    cells = [cell for cell in sample.distinct if not reading.absent(cell, frozenset())]
    if not cells:
        return Content(0.0, 0.0)
    count = sum(_holds(fit, cell) for cell in cells)
    why = f"{count} of {len(cells)} different cells are {what}"
    return Content(eased(count, len(cells)), telling, dict(options), why)


def eased(count: int, total: int) -> float:
    """A share that one odd cell among a handful does not decide: as if one more had fitted."""
    return (count + 1) / (total + 1) if count else 0.0


def _holds(fit: Callable[[Cell], bool], cell: Cell) -> bool:
    """Whether a test holds; a cell that cannot be read fails it."""
    try:
        return fit(cell)
    except ValueError:
        return False
