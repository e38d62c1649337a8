"""A stock drawn down month by month, with a safety stock kept for those who come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods._draws import axes, spread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

SHORT = 1e-9
"""A smaller share of demand unmet is a matter of rounding."""


class DrawDown(NamedTuple):
    """What a stock does over the months.

    Attributes
    ----------
    used
        What users get; shape (n, T), the unit of demand.
    stock
        What is left at the end of each month; shape (n, T).
    shortage
        Share of demand unmet; shape (n, T), in [0, 1]; 0 where there is no demand.
    untaken
        Supply that neither users nor the stock took, as both were full; shape (n, T). 0 in every month in
        which supply does not exceed demand.
    first_month
        Month, from 0, in which somebody is first rationed; shape (n,), NaN where nobody is.
    """

    used: NDArray[np.float64]
    stock: NDArray[np.float64]
    shortage: NDArray[np.float64]
    untaken: NDArray[np.float64]
    first_month: NDArray[np.float64]


def draw_down(  # noqa: PLR0913 - each a quantity of the rule, named where it is given
    opening: ArrayLike,
    demand: ArrayLike,
    supply: ArrayLike,
    *,
    safety: ArrayLike = 0.0,
    priority: ArrayLike = 0.0,
    rebuild: float = 1.0,
) -> DrawDown:
    r"""Stock, use and shortage month by month.

    .. math:: u_t = \max\big\{\min(D_t,\; s_t + (S_{t-1} - \psi S)^+),\;
              \min(\pi D_t,\; s_t + S_{t-1})\big\}

    The rule, month by month: (1) supply goes to users; (2) what they lack comes from the stock, down to
    the safety stock :math:`\psi S`, where S is the opening stock; (3) from then on users are rationed, and
    the safety stock is opened only as far as the priority users, who are :math:`\pi` of demand, would go
    short even if they got everything; without priority users it stays shut. (4) Where supply exceeds
    demand, and only there, the stock is refilled: at most to its opening level, and in one month by at
    most the share ``rebuild`` of what is missing. What remains is untaken. So in every month

    .. math:: S_{t-1} + s_t = u_t + S_t + \text{untaken}_t

    Parameters
    ----------
    opening
        S; shape (n,) or a scalar; any one unit, say months of normal use or t; at least 0.
    demand
        D; shape (n, T) or what spreads over it; the same unit, per month; at least 0.
    supply
        s; shape (n, T); the same unit, per month; at least 0.
    safety
        :math:`\psi`; shape (n,) or a scalar; a share in [0, 1] of the opening stock.
    priority
        :math:`\pi`; shape (n,) or a scalar; the share of demand, in [0, 1], that comes first.
    rebuild
        Share of the missing stock refilled in one month at most, in [0, 1].

    Returns
    -------
    DrawDown
        Use, closing stock, shortage, untaken supply, first month of rationing.

    Raises
    ------
    MethodError
        If a number is out of its domain, or shapes do not fit.

    References
    ----------
    .. [1] The stock balance. That rationing begins at a safety stock: Hallegatte, S. (2014). Modeling the
       role of inventories and heterogeneity in the assessment of the economic costs of natural disasters.
       *Risk Analysis*, doi:10.1111/risa.12090; as monazite's notes on methods give it.

    Examples
    --------
    A month and a half of stock, half of supply cut for four months, then supply of 1.2:

    >>> found = draw_down([1.5], 1.0, [[0.5, 0.5, 0.5, 0.5, 1.2]])
    >>> found.stock.round(3).tolist()
    [[1.0, 0.5, 0.0, 0.0, 0.2]]
    >>> found.shortage.round(3).tolist(), found.first_month.tolist()
    ([[0.0, 0.0, 0.0, 0.5, 0.0]], [3.0])
    """
    comes = axes(supply, "supply", "n, T")
    wanted = spread(demand, "demand", comes.shape)
    begun = spread(opening, "opening stock", comes.shape[:1])
    kept = begun * spread(safety, "safety stock", comes.shape[:1], high=1)
    first = spread(priority, "priority", comes.shape[:1], high=1)[:, None] * wanted
    if not 0 <= rebuild <= 1:
        raise MethodError(f"rebuild {rebuild:g} is not a share in [0, 1]")
    used, stock, untaken = (np.empty(comes.shape) for _ in range(3))
    left = begun
    for month in range(comes.shape[1]):
        now = (wanted[:, month], comes[:, month], first[:, month])
        used[:, month], left, untaken[:, month] = _month(left, *now, kept, rebuild * (begun - left))
        stock[:, month] = left
    short = np.divide(wanted - used, wanted, out=np.zeros(comes.shape), where=wanted > 0)
    return DrawDown(used, stock, short, untaken, first_month(short > SHORT))


def _month(  # noqa: PLR0913, PLR0917 - the terms of one month's balance
    left: Array, wanted: Array, comes: Array, first: Array, kept: Array, refill: Array
) -> tuple[Array, Array, Array]:
    """Use, closing stock and untaken supply of one month."""
    lacking, surplus = np.maximum(wanted - comes, 0), np.maximum(comes - wanted, 0)
    for_all = np.minimum(lacking, np.maximum(left - kept, 0))
    for_first = np.minimum(np.maximum(first - comes, 0), left)
    drawn, added = np.maximum(for_all, for_first), np.minimum(surplus, np.maximum(refill, 0))
    return np.minimum(comes, wanted) + drawn, left - drawn + added, surplus - added


def first_month(hit: NDArray[np.bool_]) -> NDArray[np.float64]:
    """First month in which something holds.

    Parameters
    ----------
    hit
        Whether it holds; shape (n, T) or (n, T, m), months on the second axis; dimensionless.

    Returns
    -------
    ndarray
        Months counted from 0, at least 0; shape (n,) or (n, m); NaN where it never holds.

    References
    ----------
    .. [1] A definition; nothing to cite.

    Examples
    --------
    >>> first_month(np.array([[False, True, True], [False, False, False]])).tolist()
    [1.0, nan]
    """
    if not hit.shape[1]:
        return np.full((*hit.shape[:1], *hit.shape[2:]), np.nan)
    return np.where(hit.any(axis=1), hit.argmax(axis=1).astype(np.float64), np.nan)
