"""When a stock runs out, in closed form, and alternatives that ramp up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._draws import inside, spread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


def stock_out_time(  # noqa: PLR0913 - each a quantity of the formula, named where it is given
    stock: ArrayLike,
    demand: ArrayLike,
    supply: ArrayLike,
    *,
    alternatives: ArrayLike = 0.0,
    delay: ArrayLike = 0.0,
    build: ArrayLike = 0.0,
    safety: ArrayLike = 0.0,
) -> NDArray[np.float64]:
    r"""Time until a stock is used up, or down to its safety stock.

    .. math:: \int_0^T (D - s - a(t))\, dt = (1 - \psi) S, \qquad
              T = \frac{(1 - \psi) S}{D - s} \text{ without alternatives}

    Alternatives a(t) are 0 until the delay, grow linearly to their capacity over the time to build, and
    stay there: the integral is a piece of a line, of a parabola and of a line, each solved exactly.

    Parameters
    ----------
    stock
        S, at the start; any one unit, say days of demand; at least 0.
    demand, supply
        D and s, per unit of time; what the stock is counted in, for each unit of time; at least 0.
    alternatives
        Capacity of the alternatives once built; the unit of supply, at least 0.
    delay, build
        Time before the first comes, and from there until all comes; the unit of time, at least 0. A build
        of 0 is a step.
    safety
        Share of the stock that is not to be touched, in [0, 1]: T is then when rationing begins.

    All are broadcast against each other; draws stand on the leading axis.

    Returns
    -------
    ndarray
        T, of the broadcast shape, in the unit of time; ``inf`` where the stock never runs out.

    Raises
    ------
    MethodError
        If a number is negative or not finite, the safety stock is no share, or shapes do not fit.

    References
    ----------
    .. [1] The stock balance, integrated. The case without alternatives is the usual days of cover.

    Examples
    --------
    Sixty days of demand, and 70 percent of supply cut:

    >>> float(stock_out_time(60, 1, 0.3).round(1))
    85.7

    Alternatives of half the demand, from day 30 on, built in 100 days. By then 39 are left, and
    0.7 u − 0.0025 u² = 39 at u = (0.7 − √0.1) / 0.005 = 76.8:

    >>> float(stock_out_time(60, 1, 0.3, alternatives=0.5, delay=30, build=100).round(1))
    106.8
    """
    given = (stock, demand, supply, alternatives, delay, build)
    nouns = ("stock", "demand", "supply", "alternatives", "delay", "build")
    each = [inside(one, noun) for one, noun in zip(given, nouns, strict=True)]
    try:
        whole, wanted, comes, capacity, wait, rise, kept = np.broadcast_arrays(
            *each, inside(safety, "safety stock", high=1)
        )
    except ValueError as error:
        raise MethodError(f"shapes {[one.shape for one in each]} do not fit each other") from error
    free, gap = (1 - kept) * whole, wanted - comes
    with np.errstate(all="ignore"):  # pieces are solved everywhere and chosen where they hold
        return _first_piece(free, gap, capacity, wait, rise)


def _first_piece(free: Array, gap: Array, capacity: Array, wait: Array, rise: Array) -> Array:
    """Time at which the integral of gap less alternatives first reaches the free stock."""
    left = free - gap * wait  # when the first alternatives come
    root = np.sqrt(gap**2 - 2 * capacity * left / rise)
    in_ramp = 2 * left / (gap + root)  # the smaller root, without a difference
    after = wait + rise + (left - (gap - capacity / 2) * rise) / (gap - capacity)
    pieces = (gap <= 0, left <= 0, (rise > 0) & (in_ramp <= rise), gap > capacity)
    choices = (np.full_like(gap, np.inf), free / gap, wait + in_ramp, after)
    return np.asarray(np.select(pieces, choices, default=np.inf))


def ramp(capacity: ArrayLike, months: int, delay: ArrayLike, build: ArrayLike) -> NDArray[np.float64]:
    r"""Supply that grows linearly to its capacity, month by month.

    .. math:: a_t = K \int_t^{t+1} \min\!\Big(1, \max\!\Big(0, \frac{u - d}{b}\Big)\Big)\, du

    A month counts what comes within it, so that the sum over months is what :func:`stock_out_time`
    integrates.

    Parameters
    ----------
    capacity
        K, for each draw once built; shape (n,) or a scalar, any one unit per month, at least 0.
    months
        T, at least 0.
    delay, build
        d and b: months before the first comes, and from there until all comes; shape (n,) or a scalar, at
        least 0. A build of 0 is a step.

    Returns
    -------
    ndarray
        Shape (n, T), the unit of the capacity; month 0 is the first.

    Raises
    ------
    MethodError
        If a number is negative or not finite, or shapes do not fit.

    References
    ----------
    .. [1] The integral of a piecewise linear function.

    Examples
    --------
    Full after two months of building, which begin after one:

    >>> ramp(1, 4, 1, 2).tolist()
    [[0.0, 0.25, 0.75, 1.0]]
    """
    if months < 0:
        raise MethodError(f"{months} months; a horizon has at least 0")
    given = ((capacity, "capacity"), (delay, "delay"), (build, "build"))
    each = [np.atleast_1d(inside(one, noun)) for one, noun in given]
    count = max((one.size for one in each), default=1)
    full, wait, rise = (
        spread(one, noun, (count,))[:, None] for one, (_, noun) in zip(each, given, strict=True)
    )
    return full * np.diff(_come(np.arange(months + 1.0) - wait, rise), axis=1)


def _come(since: Array, rise: Array) -> Array:
    """Integral of the ramp from its beginning, in months of full capacity."""
    on_the_way = np.clip(since, 0, rise)
    part = np.divide(on_the_way, 2 * rise, out=np.zeros_like(on_the_way), where=rise > 0)
    return on_the_way * part + np.maximum(since - rise, 0)
