"""Who gets what of too little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from monazite.errors import MethodError
from monazite.methods._draws import axes, spread
from monazite.methods._vector import numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

Rule = Literal["proportional", "priority", "willingness"]

RULES: tuple[Rule, ...] = get_args(Rule)
"""All alike; in the order given; the highest willingness to pay first."""


def ration(
    available: ArrayLike, demands: ArrayLike, rule: Rule, values: ArrayLike | None = None
) -> NDArray[np.float64]:
    r"""What each user gets of what there is.

    .. math:: g_i = d_i \min\Big(1, \frac{V}{\sum_j d_j}\Big) \quad\text{or}\quad
              g_i = \min\Big\{d_i, \Big(V - \sum_{j \text{ before } i} d_j\Big)^+\Big\}

    ``proportional``: all users get the same share of their demand. ``priority``: one after the other in
    the order in which they are given, so give defence and health first. ``willingness``: one after the
    other, who pays most first; who pays the same, in the order given.

    Parameters
    ----------
    available
        V; shape (n,) or a scalar; any one unit, say t; at least 0.
    demands
        d; shape (n, k), a column for each user; the same unit, at least 0.
    rule
        ``proportional``, ``priority`` or ``willingness``.
    values
        What each user would pay; shape (k,) or (n, k), any one unit; for ``willingness`` only.

    Returns
    -------
    ndarray
        Shape (n, k), the same unit: nobody gets more than it demands, and together they get all there is
        or all they demand, whichever is less.

    Raises
    ------
    MethodError
        If a number is out of its domain, shapes do not fit, the rule is unknown, or values are missing
        where the rule needs them or given where it does not.

    References
    ----------
    .. [1] Definitions; proportional rationing is that of the ARIO models, see :mod:`monazite.methods.ario`.

    Examples
    --------
    Six tonnes for defence, health and all others, who want 1, 2 and 9:

    >>> ration(6, [[1, 2, 9]], "proportional").tolist()
    [[0.5, 1.0, 4.5]]
    >>> ration(6, [[1, 2, 9]], "priority").tolist()
    [[1.0, 2.0, 3.0]]
    >>> ration(6, [[1, 2, 9]], "willingness", values=[30, 10, 20]).tolist()
    [[1.0, 0.0, 5.0]]
    """
    if rule not in RULES:
        raise MethodError(f"no rule of rationing named {rule!r}; there are {', '.join(RULES)}")
    if (values is not None) != (rule == "willingness"):
        raise MethodError("values are what users would pay: give them with the rule willingness, only there")
    wanted = axes(demands, "demands", "n, k")
    there_is = spread(available, "available", wanted.shape[:1])[:, None]
    if rule == "proportional":
        total = wanted.sum(axis=1, keepdims=True)
        share: Array = np.divide(there_is, total, out=np.ones_like(total), where=total > there_is)
        return wanted * share
    return _in_turn(there_is, wanted, _turns(values, wanted.shape))


def _turns(values: ArrayLike | None, shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Who comes first, second, third, for each draw."""
    if values is None:
        return np.broadcast_to(np.arange(shape[1]), shape)
    found = numbers(values, "value")
    if found.shape not in {shape, shape[1:]} or not np.isfinite(found).all():
        raise MethodError(f"values are finite, one for each of {shape[1]} users; found shape {found.shape}")
    return np.argsort(-np.broadcast_to(found, shape), axis=1, kind="stable")


def _in_turn(there_is: Array, wanted: Array, turns: NDArray[np.intp]) -> Array:
    """Serve users one after the other."""
    queue = np.take_along_axis(wanted, turns, axis=1)
    before = np.cumsum(queue, axis=1) - queue
    served = np.minimum(queue, np.maximum(there_is - before, 0))
    given = np.empty_like(served)
    np.put_along_axis(given, turns, served, axis=1)
    return given
