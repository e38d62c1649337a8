"""The one door through which arrays enter a method."""

from __future__ import annotations

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
    try:
        found = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"each {noun} must be a number: {error}") from error
    if found.ndim != 1:
        raise MethodError(f"each {noun} is one number in a list of shape (n,), found shape {found.shape}")
    inside = np.isfinite(found) & ((found > 0) if positive else (found >= 0))
    if not inside.all():
        first = int(np.argmin(inside))
        domain = "above 0" if positive else "at least 0"
        hint = f"each must be finite and {domain}, and absent ones left out"
        raise MethodError(f"{noun} {first} is {found[first]:g}; {hint}")
    return found
