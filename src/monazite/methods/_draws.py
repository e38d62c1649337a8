"""The door through which arrays with draws on the leading axis enter a method."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def inside(values: ArrayLike, noun: str, *, low: float = 0.0, high: float = math.inf) -> NDArray[np.float64]:
    """Finite numbers in [low, high], any shape, or an error that names the first other.

    >>> inside([0.2, 1.5], "safety stock", high=1)
    Traceback (most recent call last):
    ...
    monazite.errors.MethodError: safety stock 1.5 at (1,) is not a finite number in [0, 1]
    """
    found = numbers(values, noun)
    wrong = ~(np.isfinite(found) & (found >= low) & (found <= high))
    if wrong.any():
        place = tuple(np.argwhere(wrong)[0].tolist())
        told = f"{found[place]:g} at {place}" if place else f"{found:g}"
        domain = f"in [{low:g}, {high:g}]" if math.isfinite(high) else f"at least {low:g}"
        raise MethodError(f"{noun} {told} is not a finite number {domain}")
    return found


def spread(
    values: ArrayLike, noun: str, shape: tuple[int, ...], *, high: float = math.inf
) -> NDArray[np.float64]:
    """Numbers in [0, high], spread over a shape as numpy does, or an error that tells both shapes.

    >>> spread([[1.0], [2.0]], "demand", (2, 3))
    array([[1., 1., 1.],
           [2., 2., 2.]])
    >>> spread([1.0, 2.0], "demand", (2, 3))
    Traceback (most recent call last):
    ...
    monazite.errors.MethodError: demand of shape (2,) does not fit (2, 3)
    """
    found = inside(values, noun, high=high)
    try:
        return np.broadcast_to(found, shape)
    except ValueError as error:
        raise MethodError(f"{noun} of shape {found.shape} does not fit {shape}") from error


def axes(values: ArrayLike, noun: str, named: str) -> NDArray[np.float64]:
    """Numbers at least 0 with as many axes as are named, or an error.

    >>> axes([1.0, 2.0], "supply", "n, T")
    Traceback (most recent call last):
    ...
    monazite.errors.MethodError: supply has the shape (n, T), found (2,)
    """
    found = inside(values, noun)
    if found.ndim != len(named.split(",")):
        raise MethodError(f"{noun} has the shape ({named}), found {found.shape}")
    return found
