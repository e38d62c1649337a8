"""Bisection, many at once, and what the arguments of a market may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

HALVINGS = 64
"""After so many, an interval of any width a price can have is as narrow as its numbers are."""


def root(falling: Callable[[Array], Array], low: Array, high: Array) -> Array:
    """Where a falling function, taken element by element, is zero between low and high."""
    for _ in range(HALVINGS):
        middle = np.asarray(0.5 * (low + high))
        above = falling(middle) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray(0.5 * (low + high))


def within(values: ArrayLike, noun: str, low: float, high: float = np.inf, *, above: bool = False) -> Array:
    """Numbers in [low, high], or above low.

    Raises
    ------
    MethodError
        If one is not.
    """
    array = np.asarray(values, dtype=np.float64)
    bad = ~((array > low if above else array >= low) & (array <= high))
    if bad.any():
        ends = f"above {low:g}" if above else f"at least {low:g}"
        told = ends if high == np.inf else f"{ends} and at most {high:g}"
        raise MethodError(f"{noun} of {array[bad].flat[0]:g}: expected {told}.")
    return array
