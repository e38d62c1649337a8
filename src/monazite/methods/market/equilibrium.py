r"""Price and quantity of a market after part of its supply is cut.

The market is the world without the restricting country's own use. Quantities are shares of the
quantity before, prices multiples of the price before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods.market._bisection import root, within

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ROUNDING = 1e-9


class Market(NamedTuple):
    """A market after a cut.

    Attributes
    ----------
    price
        Multiple of the price before; infinite where nothing is supplied.
    quantity
        Share of the quantity before.
    """

    price: NDArray[np.float64]
    quantity: NDArray[np.float64]


def slack_price(cut: ArrayLike, demand: ArrayLike, supply: ArrayLike) -> NDArray[np.float64]:
    r"""Price after a cut if other producers have all the capacity they want.

    .. math:: P_1/P_0 = (1 - s)^{-1/(\varepsilon_d + \varepsilon_s)}

    Parameters
    ----------
    cut
        Share s of the quantity before that is cut, in [0, 1); any shape.
    demand, supply
        Price elasticities: of demand as a positive number, of supply at least 0; shapes that
        broadcast with the cut.

    Returns
    -------
    ndarray
        Multiple of the price before, at least 1.

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    .. [1] Nassar, N. T., Shojaeddini, E., Alonso, E., Jaskula, B., Tolcin, A. (2024). *Quantifying
       potential effects of China's gallium and germanium export restrictions on the U.S. economy*.
       U.S. Geological Survey Open-File Report 2024-1057. The form is our derivation from its abstract.

    Examples
    --------
    >>> float(slack_price(0.5, 0.3, 0.2).round(6))
    4.0
    """
    missing = within(cut, "a cut", 0.0, np.nextafter(1.0, 0.0))
    elastic = within(demand, "an elasticity of demand", 0.0, above=True) + within(
        supply, "an elasticity of supply", 0.0
    )
    return np.asarray((1.0 - missing) ** (-1.0 / elastic), dtype=np.float64)


def capacity_price(capacity: ArrayLike, demand: ArrayLike) -> NDArray[np.float64]:
    r"""Price after a cut if other producers run at capacity.

    .. math:: P_1/P_0 = (K/Q_0)^{-1/\varepsilon_d}

    Parameters
    ----------
    capacity
        All they can make, as a share of the quantity before; positive, any shape.
    demand
        Price elasticity of demand, positive.

    Returns
    -------
    ndarray
        Multiple of the price before, positive.

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    As for :func:`slack_price`.

    Examples
    --------
    >>> float(capacity_price(0.55, 0.3).round(6))
    7.335973
    """
    most = within(capacity, "a capacity", 0.0, above=True)
    return np.asarray(most ** (-1.0 / within(demand, "an elasticity of demand", 0.0, above=True)))


def equilibrium(  # noqa: PLR0913 - the six numbers of a market, by name
    cut: ArrayLike,
    demand: ArrayLike,
    supply: ArrayLike,
    *,
    capacity: ArrayLike = np.inf,
    delivered: ArrayLike = 0.0,
    extra: ArrayLike = 0.0,
) -> Market:
    r"""Price and quantity where demand meets what is still supplied.

    .. math::
        Q_d(P) &= Q_0 (P/P_0)^{-\varepsilon_d} \\
        Q_s(P) &= r s Q_0 + e Q_0 + \min\{(1 - s) Q_0 (P/P_0)^{\varepsilon_s}, K\}

    Both sides are monotone, so that they meet once; bisection on the logarithm of the price.

    Parameters
    ----------
    cut
        Share s of the quantity before that comes from who cuts, in [0, 1].
    demand, supply
        Price elasticities: of demand a positive number, of supply at least 0.
    capacity
        K, all that the other producers can make, as a share of the quantity before; at least 1 − s.
    delivered
        r, share of the cut part that still arrives, in [0, 1].
    extra
        e, what else is supplied at any price (stocks, recycling, allied projects), or, if negative,
        taken away, as a share of the quantity before; something must be left to sell.
        All arguments broadcast.

    Returns
    -------
    Market
        Price and quantity in the shape of the arguments together. Where nothing at all is supplied
        the price is infinite and the quantity 0.

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    As for :func:`slack_price`.

    Examples
    --------
    Half is cut; others make a tenth more than they did, at most:

    >>> found = equilibrium(0.5, 0.3, 0.2, capacity=0.55)
    >>> float(found.price.round(6)), float(found.quantity.round(6))
    (7.335973, 0.55)
    """
    missing, elastic, steep, most, fixed = np.broadcast_arrays(
        within(cut, "a cut", 0.0, 1.0),
        within(demand, "an elasticity of demand", 0.0, above=True),
        within(supply, "an elasticity of supply", 0.0),
        within(capacity, "a capacity", 0.0),
        within(delivered, "a share delivered", 0.0, 1.0) * np.asarray(cut, dtype=np.float64)
        + np.asarray(extra, dtype=np.float64),
    )
    others = 1.0 - missing
    least = fixed + np.minimum(others, most)
    _check(others, most, least)
    end = -np.log(np.where(least > 0, least, 1.0)) / elastic
    log_others = np.log(np.where(others > 0, others, 1.0))

    def short(log_price: NDArray[np.float64]) -> NDArray[np.float64]:
        made = np.where(others > 0, np.exp(np.minimum(log_others + steep * log_price, 700.0)), 0.0)
        return np.asarray(np.exp(-elastic * log_price) - fixed - np.minimum(made, most))

    log_price = root(short, np.minimum(end, 0.0), np.maximum(end, 0.0))
    empty = least <= 0
    price = np.where(empty, np.inf, np.exp(np.minimum(log_price, 700.0)))
    return Market(price, np.where(empty, 0.0, np.exp(-elastic * log_price)))


def _check(others: NDArray[np.float64], most: NDArray[np.float64], least: NDArray[np.float64]) -> None:
    """Refuse a capacity below what is made already, and more taken away than there is."""
    if (most < others - ROUNDING).any():
        at = int(np.argmax((most < others - ROUNDING).ravel()))
        raise MethodError(
            f"a capacity of {most.ravel()[at]:g} below the {others.ravel()[at]:g} that others make already."
        )
    if (least < -ROUNDING).any():
        raise MethodError(f"{-least.min():g} of the quantity more is taken away than there is.")
