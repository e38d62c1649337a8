"""How far a price has moved over some years, and how restlessly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FEWEST_PRICES = 3  # two changes: one change has no spread


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The lowest and highest of some prices, in their unit."""

    low: float
    high: float

    @property
    def ratio(self) -> float:
        """The highest as a multiple of the lowest; at least 1, no unit."""
        return self.high / self.low


def price_range(prices: ArrayLike) -> PriceRange:
    r"""Lowest and highest price, and their ratio.

    .. math:: \min_t p_t, \qquad \max_t p_t, \qquad \max_t p_t / \min_t p_t

    Parameters
    ----------
    prices
        Shape (n_years,), any one unit and one price basis, each above 0, n at least 1, in any
        order. Years without a price are left out, not given as NaN.

    Returns
    -------
    PriceRange
        Low and high in the unit of the prices; the ratio has none.

    Raises
    ------
    MethodError
        If there is no price, or one is NaN, infinite, 0 or less.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Cobalt, salient statistics.

    Examples
    --------
    Cobalt, London Metal Exchange, dollars per pound, 2021–25 [1]_:

    >>> cobalt = price_range([23.17, 28.83, 15.48, 11.84, 15])
    >>> cobalt.low, cobalt.high, round(cobalt.ratio, 2)
    (11.84, 28.83, 2.43)
    """
    given = vector(prices, "price", positive=True)
    if given.size == 0:
        raise MethodError("a price range needs at least 1 price, found 0")
    return PriceRange(float(given.min()), float(given.max()))


def volatility(prices: ArrayLike) -> float:
    r"""Standard deviation of year-on-year log changes of a price.

    .. math::

        v = \sqrt{\frac{1}{m - 1} \sum_{t=1}^{m} (c_t - \bar c)^2},
        \qquad c_t = \ln (p_t / p_{t-1})

    Parameters
    ----------
    prices
        Shape (n_years,) of consecutive years in their order, m = n - 1 changes, n at least 3;
        any one unit and one price basis, each above 0. A series with a hole has no
        year-on-year change there: give the unbroken part.

    Returns
    -------
    float
        Per year, in log units, at least 0: 0.2 is a yearly change of about 20 percent either
        way around the trend. A price that grows at a constant rate has none. Four changes
        estimate it roughly: it ranks materials, it does not predict.

    Raises
    ------
    MethodError
        If there are fewer than 3 prices, or one is NaN, infinite, 0 or less.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Cobalt, salient statistics.

    Examples
    --------
    Cobalt, London Metal Exchange, dollars per pound, 2021–25 [1]_:

    >>> round(volatility([23.17, 28.83, 15.48, 11.84, 15]), 2)
    0.41
    """
    given = vector(prices, "price", positive=True)
    if given.size < FEWEST_PRICES:
        raise MethodError(f"volatility needs at least {FEWEST_PRICES} prices, found {given.size}")
    changes = np.diff(np.log(given))
    return math.sqrt(math.fsum((changes - changes.mean()) ** 2) / (changes.size - 1))
