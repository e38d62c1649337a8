"""Four ways to share what is left of a material, from the least loss to the worst."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

CASES = ("low", "central", "high", "worst")
ROUNDING = 1e-9


class Cases(NamedTuple):
    """Loss of each user in each case, shape (..., m), in the unit of the value at stake.

    Attributes
    ----------
    low
        All save what they can, and the least valuable uses per tonne go first.
    central
        All save what they can and are cut alike.
    high
        All are cut alike and save nothing.
    worst
        Nothing is saved, and the most valuable uses per tonne go first.
    """

    low: Array
    central: Array
    high: Array
    worst: Array


def allocation_cases(available: ArrayLike, use: ArrayLike, value: ArrayLike, thrift: ArrayLike) -> Cases:
    r"""Loss of every user of a material of which only a part is left.

    With need :math:`w_i`, value at stake :math:`v_i` and the share :math:`\tau_i` that can be saved, a
    user's activity :math:`a_i` in [0, 1] takes :math:`w_i a_i (1 - \tau_i)` and its loss is
    :math:`v_i (1 - a_i)`. All cases respect :math:`\sum_i w_i a_i (1 - \tau_i) \le q \sum_i w_i`; the low
    one is the optimum of that fractional knapsack, so that :math:`low \le central \le high \le worst`
    for the sum over users.

    Parameters
    ----------
    available
        q, share of normal use that is left, in [0, 1]; shape (...).
    use
        w, share of the material that each user takes, at least 0, one positive; shape (..., m).
    value
        v, what each user loses if it stops, in any one unit, at least 0; shape (..., m).
    thrift
        :math:`\tau`, share that each user can save without making less, in [0, 1); shape (..., m).

    Returns
    -------
    Cases
        Losses in the unit of the value.

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    .. [1] Nassar, N. T., Shojaeddini, E., Alonso, E., Jaskula, B., Tolcin, A. (2024). U.S. Geological
       Survey Open-File Report 2024-1057, whose abstract names the programme; the cases are ours.
    .. [2] Dantzig, G. B. (1957). Discrete-variable extremum problems. *Operations Research*, 5(2), 266:
       the fractional knapsack is filled in the order of value per unit.

    Examples
    --------
    Two users take half each of a material of which 60 % are left; one makes twice as much of it:

    >>> cases = allocation_cases(0.6, [0.5, 0.5], [200.0, 100.0], [0.0, 0.0])
    >>> [one.round(6).tolist() for one in cases]
    [[0.0, 80.0], [80.0, 40.0], [80.0, 40.0], [160.0, 0.0]]
    """
    q, w, v, tau = (np.asarray(one, dtype=np.float64) for one in (available, use, value, thrift))
    _check(q, w, v, tau)
    total = w.sum(-1, keepdims=True)
    if not (total > 0).all():
        raise MethodError("nobody uses the material.")
    w, left = w / total, np.asarray(np.minimum(q, 1.0))[..., None]
    alike = np.minimum(left / (1.0 - tau), 1.0)
    least = _served(left, w * (1.0 - tau), v, best=True)
    most = _served(left, w, v, best=False)
    return Cases(*(np.asarray(v * (1.0 - a)) for a in (least, alike, left + 0.0 * w, most)))


def _check(q: Array, w: Array, v: Array, tau: Array) -> None:
    """Refuse numbers outside their domain."""
    for told, numbers, most in (
        ("a share available", q, 1.0 + ROUNDING),
        ("a use", w, np.inf),
        ("a value", v, np.inf),
    ):
        if not ((numbers >= 0) & (numbers <= most)).all():
            raise MethodError(f"{told} outside its domain: {numbers.min():g} to {numbers.max():g}.")
    if not ((tau >= 0) & (tau < 1)).all():
        raise MethodError("a share that can be saved outside [0, 1).")


def _served(left: Array, need: Array, value: Array, *, best: bool) -> Array:
    """Activity if users are served one after the other by value per need; who needs nothing always runs."""
    need, value, _ = np.broadcast_arrays(need, value, left)
    worth = np.where(need > 0, value / np.where(need > 0, need, 1.0), np.inf if best else -np.inf)
    order = np.argsort(-worth if best else worth, axis=-1, kind="stable")
    queue = np.take_along_axis(need, order, -1)
    before = queue.cumsum(-1) - queue
    got = np.clip(left - before, 0.0, queue)
    part = np.where(queue > 0, got / np.where(queue > 0, queue, 1.0), 1.0)
    found = np.empty_like(part)
    np.put_along_axis(found, order, part, -1)
    return found
