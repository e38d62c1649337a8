"""How alike two mixes of suppliers are: of one importer over time, or of two importers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import shares

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def finger_kreinin(amounts: ArrayLike, others: ArrayLike) -> float:
    r"""Finger–Kreinin similarity of two mixes of suppliers.

    .. math:: FK = \sum_i \min(s_i, r_i), \qquad s_i = x_i / \sum_j x_j, \quad r_i = y_i / \sum_j y_j

    Parameters
    ----------
    amounts
        What each supplier supplies in the first mix; shape (n,), any one unit, each at least 0.
    others
        What the same suppliers, in the same order, supply in the second; shape (n,), any one unit, each
        at least 0. A supplier of one mix only stands with 0 in the other.

    Returns
    -------
    float
        A share in [0, 1]: 1 if the mixes are the same, 0 if they have no supplier in common.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, the mixes are not over the same suppliers, or one of them
        is empty: nothing is like nothing.

    References
    ----------
    .. [1] Finger, J. M., Kreinin, M. E. (1979). A measure of 'export similarity' and its possible uses.
       *The Economic Journal*, 89(356), 905.

    Examples
    --------
    >>> round(finger_kreinin([50, 30, 20], [40, 40, 20]), 4)
    0.9
    """
    ours, theirs = _mix(amounts, "first"), _mix(others, "second")
    if ours.shape != theirs.shape:
        raise MethodError(
            f"two mixes are over the same suppliers, found {ours.size} and {theirs.size}; give those of one"
            " mix only with 0 in the other"
        )
    return min(1.0, math.fsum(np.minimum(ours, theirs)))


def _mix(amounts: ArrayLike, name: str) -> NDArray[np.float64]:
    """Shares of a mix."""
    empty = f"nothing is supplied in the {name} mix; an empty mix is like no other"
    return shares(amounts, f"amount of the {name} mix", empty)
