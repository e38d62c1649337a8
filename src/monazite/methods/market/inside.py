"""Inside the restricting country, and measures that work through the price: tariffs, floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.methods.market._bisection import root, within
from monazite.methods.market.equilibrium import Market

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

DEEPEST = 700.0
"""Logarithm of the largest factor a price may change by."""


def inside_price(
    own_use: ArrayLike, demand: ArrayLike, supply: ArrayLike, *, delivered: ArrayLike = 0.0
) -> Array:
    r"""Price inside the restricting country, where what is not exported stays.

    .. math:: u\, p^{-\varepsilon_d} = p^{\varepsilon_s} - (1 - u)\, r

    Parameters
    ----------
    own_use
        u, share of its output that it uses itself before, in (0, 1].
    demand, supply
        Price elasticities inside: of demand positive, of supply at least 0.
    delivered
        r, share of its exports that still leaves, in [0, 1].

    Returns
    -------
    ndarray
        Multiple of the price before, in (0, 1]: quotes inside fall while those outside rise.

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    As for :func:`.slack_price`; with r = 0 it is :math:`u^{1/(\varepsilon_d + \varepsilon_s)}`.

    Examples
    --------
    It used half of its output; nothing leaves any more:

    >>> float(inside_price(0.5, 0.3, 0.2).round(6))
    0.25
    """
    used, elastic, steep, leaves = np.broadcast_arrays(
        within(own_use, "a share of own use", 0.0, 1.0, above=True),
        within(demand, "an elasticity of demand", 0.0, above=True),
        within(supply, "an elasticity of supply", 0.0),
        within(delivered, "a share delivered", 0.0, 1.0),
    )

    def short(log_price: Array) -> Array:
        bought = used * np.exp(-elastic * log_price)
        return np.asarray(bought - np.exp(steep * log_price) + (1.0 - used) * leaves)

    lowest = np.log(used) / (elastic + steep)
    return np.asarray(np.exp(root(short, lowest, np.zeros(lowest.shape))))


def tariff_equilibrium(
    share: ArrayLike, rate: ArrayLike, demand: ArrayLike, supply: ArrayLike, *, capacity: ArrayLike = np.inf
) -> Market:
    r"""Price and quantity in an importer's market under a duty on what one supplier sends.

    .. math:: P^{-\varepsilon_d} = s\,(P/(1 + t))^{\varepsilon_s} + \min\{(1 - s) P^{\varepsilon_s}, K\}

    Parameters
    ----------
    share
        s, share of the market that pays the duty, in [0, 1].
    rate
        t, the duty as a share of the price before it, at least 0.
    demand, supply
        Price elasticities: of demand positive, of supply (all suppliers') at least 0.
    capacity
        K of the suppliers that do not pay, as a share of the quantity before; at least 1 − s.

    Returns
    -------
    Market
        Price with the duty and quantity, as multiples of before; the price is in [1, 1 + t].

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    As for :func:`.slack_price`.

    Examples
    --------
    >>> found = tariff_equilibrium(1.0, 0.25, 0.5, 0.5)
    >>> float(found.price.round(4)), float(found.quantity.round(4))
    (1.118, 0.9457)
    """
    paying, duty, elastic, steep, most = np.broadcast_arrays(
        within(share, "a share of the market", 0.0, 1.0),
        within(rate, "a rate of duty", 0.0, DEEPEST),
        within(demand, "an elasticity of demand", 0.0, above=True),
        within(supply, "an elasticity of supply", 0.0),
        within(capacity, "a capacity", 0.0),
    )
    dearer = np.log1p(duty)

    def short(log_price: Array) -> Array:
        sent = paying * np.exp(steep * (log_price - dearer))
        made = np.minimum((1.0 - paying) * np.exp(steep * log_price), most)
        return np.asarray(np.exp(-elastic * log_price) - sent - made)

    log_price = root(short, np.zeros(dearer.shape), dearer)
    return Market(np.exp(log_price), np.exp(-elastic * log_price))


def floor_quantity(floor: ArrayLike, demand: ArrayLike) -> Array:
    r"""Quantity bought where the price may not fall below a floor.

    .. math:: Q/Q_0 = \max(F, 1)^{-\varepsilon_d}

    Parameters
    ----------
    floor
        F, the floor as a multiple of the price before, positive; at most 1 it changes nothing.
    demand
        Price elasticity of demand, positive.

    Returns
    -------
    ndarray
        Share of the quantity before, in (0, 1].

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    As for :func:`.slack_price`.

    Examples
    --------
    >>> float(floor_quantity(1.5, 0.3).round(4))
    0.8855
    """
    lowest = np.maximum(within(floor, "a floor", 0.0, above=True), 1.0)
    return np.asarray(lowest ** -within(demand, "an elasticity of demand", 0.0, above=True))
