"""Lines of trade as the mixture reads them: sorted, scaled, and gathered into cells where they are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_CELLS = 600
"""Up to so many lines each is a cell of its own."""

WIDTH = 0.02
"""Beyond that, lines whose unit values are within two percent are one cell."""


class Cells(NamedTuple):
    """Lines with a unit value, gathered; one entry a cell, but ``of`` one a line that has a unit value.

    ``place`` is the mean log unit value over that of the prices' mean, ``lines`` how many there are,
    ``value`` and ``mass`` their sums, each ``_alike`` how many equal lines would spread as much.
    """

    place: NDArray[np.float64]
    lines: NDArray[np.float64]
    value: NDArray[np.float64]
    value_alike: NDArray[np.int64]
    mass: NDArray[np.float64]
    mass_alike: NDArray[np.int64]
    of: NDArray[np.intp]


def gathered(values: NDArray[np.float64], masses: NDArray[np.float64], centre: float) -> Cells:
    """Cells of lines that have a value and a mass above 0, the same whatever order the lines come in.

    Lines are sorted by value and mass, which a change of the currency's unit leaves in order. The mass
    of a cell is in the unit in which a value of 1 at the mean price has a mass of 1.
    """
    order = np.lexsort((masses, values))
    value = values[order]
    place = np.log(value / masses[order]) - centre
    cell = _cells(place)
    lines = np.bincount(cell).astype(np.float64)
    mass = value * np.exp(-place)
    of = np.empty_like(cell)
    of[order] = cell
    return Cells(
        np.bincount(cell, place) / lines, lines, *_summed(cell, value), *_summed(cell, mass), of
    )  # fmt: skip


def _cells(place: NDArray[np.float64]) -> NDArray[np.intp]:
    """The cell of each line."""
    if place.size <= MOST_CELLS:
        return np.arange(place.size)
    steps = np.floor((place - place.min()) / WIDTH)
    return np.unique(steps, return_inverse=True)[1]


def _summed(
    cell: NDArray[np.intp], amount: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Sums by cell, and how many equal lines would spread as much: (sum x)² / sum x²."""
    largest = amount.max(initial=np.finfo(float).tiny)
    part = amount / largest
    sums = np.bincount(cell, part).astype(np.float64)
    alike = np.rint(sums**2 / np.bincount(cell, part**2)).astype(np.int64)
    return sums * largest, np.maximum(alike, 1)
