"""The door through which a network of flows enters: checked once, read everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array: TypeAlias = NDArray[np.float64]

NEGLIGIBLE = 1e-9
"""Below this share of a country's supply, what is left after its exports is rounding."""


def network(production: ArrayLike, flows: ArrayLike) -> tuple[Array, Array]:
    """Production (n,) and flows (n, n), or an error that names the first that cannot be.

    >>> network([1, 0], [[0, 0], [2, 3]])
    Traceback (most recent call last):
    ...
    monazite.errors.MethodError: country 1 supplies itself with 3; what it keeps is production, not a flow
    """
    produced = vector(production, "production")
    received = amounts(flows, produced.size)
    if received.diagonal().any():
        first = int(received.diagonal().argmax())
        told = f"country {first} supplies itself with {received[first, first]:g}"
        raise MethodError(f"{told}; what it keeps is production, not a flow")
    return produced, received


def amounts(flows: ArrayLike, n: int, noun: str = "flow") -> Array:
    """Amounts (n, n), each finite and at least 0.

    >>> amounts([[0, -1], [2, 0]], 2)
    Traceback (most recent call last):
    ...
    monazite.errors.MethodError: flow 1 → 0 is -1; each must be finite and at least 0, and absent ones are 0
    """
    try:
        found = np.asarray(flows, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"each {noun} must be a number: {error}") from error
    if found.shape != (n, n):
        raise MethodError(f"{noun}s among {n} countries have the shape ({n}, {n}), found {found.shape}")
    inside = np.isfinite(found) & (found >= 0)
    if not inside.all():
        into, out = np.unravel_index(int(np.argmin(inside)), found.shape)
        told = f"{noun} {out} → {into} is {found[into, out]:g}"
        raise MethodError(f"{told}; each must be finite and at least 0, and absent ones are 0")
    return found
