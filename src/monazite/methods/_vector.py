"""The one door through which arrays enter a method: numbers, amounts, shares of amounts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def vector(values: ArrayLike, noun: str, *, positive: bool = False) -> NDArray[np.float64]:
    """Finite numbers at least 0 (``positive``: above 0), shape (n,), or an error that names the first other.

    >>> vector([30, 20], "amount")
    array([30., 20.])
    >>> vector([30, -2], "amount")
    Traceback (most recent call last):
    ...
    monazite.errors.MethodError: amount 1 is -2; each must be finite and at least 0, and absent ones left out
    """
    found = numbers(values, noun)
    if found.ndim != 1:
        raise MethodError(f"each {noun} is one number in a list of shape (n,), found shape {found.shape}")
    inside = np.isfinite(found) & ((found > 0) if positive else (found >= 0))
    if not inside.all():
        first = int(np.argmin(inside))
        domain = "above 0" if positive else "at least 0"
        hint = f"each must be finite and {domain}, and absent ones left out"
        raise MethodError(f"{noun} {first} is {found[first]:g}; {hint}")
    return found


def numbers(values: ArrayLike, noun: str) -> NDArray[np.float64]:
    """Numbers of any shape, NaN where one is not known, or an error that says what is none.

    >>> numbers([1, None], "score")
    array([ 1., nan])
    """
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"each {noun} must be a number: {error}") from error


def shares(amounts: ArrayLike, noun: str, empty: str) -> NDArray[np.float64]:
    """Share of each amount in their sum, or the error ``empty`` where there is nothing to share.

    Amounts are taken as parts of the largest first, so that no sum overflows; the sum is exactly rounded, so
    that the order of the amounts does not change a bit.

    >>> shares([30, 10], "amount", "nothing is supplied")
    array([0.75, 0.25])
    """
    given = vector(amounts, noun)
    largest = given.max(initial=0.0)
    if largest == 0:
        raise MethodError(empty)
    parts: NDArray[np.float64] = given / largest
    return parts / math.fsum(parts)
