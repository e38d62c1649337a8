"""Bounds on concentration where publishers round, censor, or lump suppliers together.

A list such as "China 55, Belgium 12, Thailand 8, India 6, other countries 19" has no exact
HHI. Its shares are intervals, its remainder is split among nobody knows whom, and all of it
sums to 1. Among the splits that agree with the list

* the most even one is least concentrated by every index here: the remainder falls to
  infinitely many small suppliers and the listed shares lie as close together as they may
  (every other split majorises it);
* the most uneven one gives the upper bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.interval import add, as_interval, intersect
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from monazite.methods.interval import Quantity

SLACK = 1e-9  # what sums of shares may miss 1 by, in double precision


def hhi_bounds(
    shares: Sequence[Quantity], remainder: Quantity, *, largest_unknown: float | None = None
) -> Interval:
    r"""Bounds of the HHI when a remainder is not split among its suppliers.

    .. math::

        \sum_i s_i^2 \;<\; H \;\le\; \sum_i s_i^2 + k c^2 + (r - k c)^2,
        \qquad k = \lfloor r / c \rfloor

    for listed shares :math:`s_i`, remainder :math:`r` and largest unknown share :math:`c`;
    without :math:`c` the last two terms are :math:`r^2`: one supplier holds the remainder.

    Parameters
    ----------
    shares
        Of the listed suppliers, as shares of 1, in any order; each a number or the interval it
        is known to lie in (``from_percent(22, rounded_to=1)``, or (0.99, 1] for ``>99``).
    remainder
        Share of all others together, 0 if there are none; a number or an interval.
    largest_unknown
        The most any one supplier in the remainder can hold, above 0. Where a publisher lists
        suppliers in descending order it is the (upper end of the) smallest listed share.

    Returns
    -------
    Interval
        In [0, 1]; exact if all is known; open below if there is a remainder. With interval
        shares the upper end may lie above the largest possible HHI, by at most a quarter of
        the square of the widest listed interval (0.000025 for whole percents).

    Raises
    ------
    MethodError
        If a share lies outside [0, 1], if no choice within the intervals sums to 1 (rounded
        shares must be given as intervals), or if largest_unknown is not above 0.

    References
    ----------
    .. [1] Kvålseth, T. O. (2018). Relationship between concentration ratio and
       Herfindahl-Hirschman index: a re-examination based on majorization theory.
       *Heliyon*, 4(10), e00846. doi:10.1016/j.heliyon.2018.e00846
    .. [2] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Import sources 2021–24.

    Examples
    --------
    US imports of antimony metal and oxide, 2021–24: China 55 %, Belgium 12, Thailand 8,
    India 6, other countries 19 [2]_. If none of the others sends more than India:

    >>> antimony = [0.55, 0.12, 0.08, 0.06]
    >>> str(hhi_bounds(antimony, 0.19))
    '(0.3269, 0.363]'
    >>> str(hhi_bounds(antimony, 0.19, largest_unknown=0.06))
    '(0.3269, 0.3378]'
    """
    market = _market(shares, remainder, largest_unknown)
    low = math.fsum(_most_even(market) ** 2)
    high = max(low, min(1.0, _most_squares(market)))
    return Interval(low, high, low_open=low < high and market.rest_high > SLACK)


def concentration_ratio_bounds(
    shares: Sequence[Quantity], remainder: Quantity, k: int, *, largest_unknown: float | None = None
) -> Interval:
    r"""Bounds of the share of the k largest suppliers when a remainder is not split.

    .. math:: CR_k = \sum_{i=1}^{k} s_{(i)}, \qquad s_{(1)} \ge s_{(2)} \ge \dots

    The lower end takes the remainder as infinitely many small suppliers; the upper lets one or
    more of the k largest be among the unknown, none above ``largest_unknown``.

    Parameters
    ----------
    shares, remainder, largest_unknown
        As for :func:`hhi_bounds`.
    k
        How many suppliers, at least 1.

    Returns
    -------
    Interval
        A share in [0, 1].

    Raises
    ------
    MethodError
        As for :func:`hhi_bounds`, and if k is less than 1.

    References
    ----------
    .. [1] Kvålseth, T. O. (2018). Relationship between concentration ratio and
       Herfindahl-Hirschman index: a re-examination based on majorization theory.
       *Heliyon*, 4(10), e00846. doi:10.1016/j.heliyon.2018.e00846
    .. [2] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Import sources 2021–24.

    Examples
    --------
    US imports of cobalt, 2021–24: Norway 26 %, Finland 16, Canada 14, Japan 14, others 30 [2]_.
    The three largest hold more than the list shows only if one of them is not on it:

    >>> cobalt = [0.26, 0.16, 0.14, 0.14]
    >>> str(concentration_ratio_bounds(cobalt, 0.30, 3))
    '[0.56, 0.72]'
    >>> str(concentration_ratio_bounds(cobalt, 0.30, 3, largest_unknown=0.14))
    '0.56'
    """
    if k < 1:
        raise MethodError(f"a concentration ratio needs k at least 1, found {k}")
    market = _market(shares, remainder, largest_unknown)
    even = _most_even(market)
    top = np.argsort(-even, kind="stable")[:k]
    low = math.fsum(even[top])
    high = max(low, min(1.0, _most_in_front(market, k)))
    pressed = bool((even[top] == market.lows[top]).all() and market.lows_open[top].any())
    nameless = k > even.size and market.rest_high > SLACK  # some of the k are never quite nothing
    return Interval(low, high, low_open=low < high and (pressed or nameless))


def leading_share_bounds(
    shares: Sequence[Quantity], remainder: Quantity, *, largest_unknown: float | None = None
) -> Interval:
    """Bounds of the largest supplier's share when a remainder is not split.

    The case k = 1 of :func:`concentration_ratio_bounds`: the leader may be hidden among
    suppliers that are not listed.

    Parameters
    ----------
    shares, remainder, largest_unknown
        As for :func:`hhi_bounds`.

    Returns
    -------
    Interval
        A share in [0, 1].

    Raises
    ------
    MethodError
        As for :func:`hhi_bounds`.

    References
    ----------
    .. [1] Kvålseth, T. O. (2018). Relationship between concentration ratio and
       Herfindahl-Hirschman index: a re-examination based on majorization theory.
       *Heliyon*, 4(10), e00846. doi:10.1016/j.heliyon.2018.e00846
    .. [2] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Import sources 2021–24.

    Examples
    --------
    US imports of cobalt, 2021–24, with others at 30 % [2]_:

    >>> str(leading_share_bounds([0.26, 0.16, 0.14, 0.14], 0.30))
    '[0.26, 0.3]'
    """
    return concentration_ratio_bounds(shares, remainder, 1, largest_unknown=largest_unknown)


@dataclass(frozen=True, slots=True)
class _Market:
    """Ends of the listed shares, of what the others hold together, and of each other's share."""

    lows: NDArray[np.float64]
    highs: NDArray[np.float64]
    lows_open: NDArray[np.bool_]
    rest_low: float
    rest_high: float
    cap: float


def _market(shares: Sequence[Quantity], remainder: Quantity, largest_unknown: float | None) -> _Market:
    """Check a list of shares and narrow its remainder to what the listed shares leave."""
    if largest_unknown is not None and not largest_unknown > 0:
        raise MethodError(f"largest_unknown is {largest_unknown}; an unknown share is above 0")
    listed = [_share(share, f"share {place}") for place, share in enumerate(shares)]
    rest = _share(remainder, "remainder")
    known, total = add(*listed), add(rest, *listed)
    if not total.low - SLACK <= 1 <= total.high + SLACK:
        hint = "give rounded shares as intervals: from_percent(34, rounded_to=1)"
        raise MethodError(f"shares and remainder sum to {total}, not 1; {hint}")
    return _Market(
        lows=np.array([share.low for share in listed]),
        highs=np.array([share.high for share in listed]),
        lows_open=np.array([share.low_open for share in listed], dtype=bool),
        rest_low=rest.low,
        rest_high=max(rest.low, min(rest.high, 1 - known.low)),
        cap=1.0 if largest_unknown is None else min(float(largest_unknown), 1.0),
    )


def _share(share: Quantity, name: str) -> Interval:
    """Cut a share to [0, 1]: 100 percent rounded to whole percents reaches no further."""
    given = as_interval(share, name)
    if given.high < 0 or given.low > 1:
        raise MethodError(f"{name} is {given}; a share lies between 0 and 1")
    return intersect(given, Interval(0.0, 1.0))


def _most_even(market: _Market) -> NDArray[np.float64]:
    """Listed shares as close together as their ends allow, when the others hold all they can.

    Water fills the boxes to one level: each share is the level, or the end of its box nearest to it.
    """
    levels = np.unique(np.concatenate([[0.0, 1.0], market.lows, market.highs]))
    filled = np.clip(levels[:, np.newaxis], market.lows, market.highs).sum(axis=1)
    level = np.interp(1 - market.rest_high, filled, levels)
    return np.clip(np.full_like(market.lows, level), market.lows, market.highs)


def _most_squares(market: _Market) -> float:
    """Upper bound of the HHI over every split that agrees with the list.

    A listed square is replaced by its chord, (low + high) s - low high, which it never exceeds;
    then the steepest chords take what there is first. The best remainder lies where a chord is
    used up or, between two such turns, where an unknown supplier is full: at the first such place,
    since a chord long enough for two is steeper than the cap.
    """
    slopes, widths = market.lows + market.highs, market.highs - market.lows
    steepest = np.argsort(-slopes, kind="stable")
    totals = math.fsum(market.lows) + np.append(0.0, np.cumsum(widths[steepest]))
    squares = math.fsum(market.lows**2) + np.append(0.0, np.cumsum((slopes * widths)[steepest]))
    turns = (1 - totals).clip(market.rest_low, market.rest_high)
    rests = np.append(turns, np.ceil(turns / market.cap) * market.cap).clip(None, market.rest_high)
    best = np.interp(1 - rests, totals, squares) + _packed(rests, market.cap)
    return float(best.max())


def _packed(rests: NDArray[np.float64], cap: float) -> NDArray[np.float64]:
    """Squares of a remainder packed into as few suppliers as the cap allows."""
    full = np.floor(rests / cap)
    return full * cap**2 + (rests - full * cap) ** 2


def _most_in_front(market: _Market, k: int) -> float:
    """Upper bound of the share of k suppliers, over how many of them are unknown."""
    lows, highs = _totals_of_largest(market.lows), _totals_of_largest(market.highs)
    best = 0.0
    for unknown in range(min(k, math.ceil(market.rest_high / market.cap)) + 1):
        listed = min(k - unknown, market.lows.size)
        reach = highs[listed] + min(unknown * market.cap, market.rest_high)
        others = lows[-1] - lows[listed] + max(0.0, market.rest_low - unknown * market.cap)
        best = max(best, min(reach, 1 - others))
    return float(best)


def _totals_of_largest(ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums of the 0, 1, 2, ... largest."""
    return np.append(0.0, np.cumsum(np.sort(ends)[::-1]))
