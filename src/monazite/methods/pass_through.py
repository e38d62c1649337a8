"""What dearer materials add to the cost of a product, and to the bill for imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


def cost_contributions(
    intensity: ArrayLike, price_change: ArrayLike, fraction: ArrayLike = 1.0, theta: ArrayLike = 1.0
) -> Array:
    r"""Cost that each material adds to one unit of a product when its price changes.

    .. math:: \Delta C_m = \frac{I_m}{\varphi_m} \, \Delta P_m \, \theta

    Parameters
    ----------
    intensity
        I_m, kg of the element in one unit of the product (a kilowatt-hour, a car, a megawatt), each at
        least 0. Shape (n_materials,) or (n_draws, n_materials); the four arguments are broadcast against
        each other, the materials on the last axis.
    price_change
        ΔP_m, dollars per kg of the form that is priced, of any sign.
    fraction
        φ_m, kg of the element in one kg of the form that is priced, above 0 and at most 1; 1 for a metal.
    theta
        Share of the change that is passed on, between 0 and 1.

    Returns
    -------
    ndarray
        Dollars per unit of the product, shape of the broadcast arguments.

    Raises
    ------
    MethodError
        If an argument is not finite or outside its domain, or the shapes do not fit.

    References
    ----------
    .. [1] Argonne National Laboratory, BatPaC 5.1 (kg per kWh); U.S. Geological Survey (2026). Mineral
       Commodity Summaries 2026 data release, lithium (dollars per tonne). doi:10.5066/P1WKQ63T

    Examples
    --------
    Lithium and cobalt in a battery pack of NMC622; the price of each rises by 10 dollars per kg [1]_:

    >>> cost_contributions([0.1102, 0.183], 10, fraction=[0.1879, 1]).round(2).tolist()
    [5.86, 1.83]
    """
    amount = _within(intensity, "intensity", 0.0, np.inf)
    change = _within(price_change, "change of a price", -np.inf, np.inf)
    content = _within(fraction, "mass fraction", 0.0, 1.0)
    passed = _within(theta, "share passed on", 0.0, 1.0)
    if (content == 0).any():
        raise MethodError("a mass fraction is 0: what is priced holds none of the element; name its form")
    try:
        return np.asarray(amount / content * change * passed, dtype=np.float64)
    except ValueError as error:
        found = [one.shape for one in (amount, change, content, passed)]
        raise MethodError(f"shapes {found} do not fit; the materials are on the last axis") from error


def cost_change(
    intensity: ArrayLike, price_change: ArrayLike, fraction: ArrayLike = 1.0, theta: ArrayLike = 1.0
) -> Array:
    r"""Cost that all materials together add to one unit of a product.

    .. math:: \Delta C = \sum_m \frac{I_m}{\varphi_m} \, \Delta P_m \, \theta

    Nothing is substituted and nothing is used more sparingly: an upper bound where prices stay high.

    Parameters
    ----------
    intensity
        I_m, kg of the element in one unit of the product, each at least 0. Shape (n_materials,) or
        (n_draws, n_materials); all arguments are broadcast, the materials on the last axis.
    price_change
        ΔP_m, dollars per kg of the form that is priced, of any sign.
    fraction
        φ_m, kg of the element in one kg of the form that is priced, above 0 and at most 1.
    theta
        Share of the change that is passed on, between 0 and 1.

    Returns
    -------
    ndarray
        Dollars per unit of the product: a scalar array, or one number a draw, shape (n_draws,).

    Raises
    ------
    MethodError
        If an argument is not finite or outside its domain, or the shapes do not fit.

    References
    ----------
    .. [1] Argonne National Laboratory, BatPaC 5.1 (kg per kWh); U.S. Geological Survey (2026). Mineral
       Commodity Summaries 2026 data release, lithium (dollars per tonne). doi:10.5066/P1WKQ63T

    Examples
    --------
    Lithium carbonate from the 9,000 dollars per tonne of 2025 to the 63,700 of 2022, NMC622 [1]_:

    >>> float(cost_change([0.1102], [(63_700 - 9_000) / 1_000], fraction=[0.1879]).round(2))
    32.08
    """
    parts = np.atleast_1d(cost_contributions(intensity, price_change, fraction, theta))
    return np.asarray(parts.sum(axis=-1))


@dataclass(frozen=True, slots=True)
class BillChange:
    """Change of a bill, in dollars: in total, by dearer goods that still come, by goods that do not come."""

    total: Array
    price: Array
    quantity: Array


def import_bill(
    quantity: ArrayLike, price: ArrayLike, quantity_after: ArrayLike, price_after: ArrayLike
) -> BillChange:
    r"""Change of the bill for imports, split into price and quantity.

    .. math:: P_1 Q_1 - P_0 Q_0 = Q_1 (P_1 - P_0) + P_0 (Q_1 - Q_0)

    Parameters
    ----------
    quantity
        Q_0, tonnes imported before, each at least 0; any shape, draws on the leading axis.
    price
        P_0, dollars per tonne before, each at least 0.
    quantity_after
        Q_1, tonnes imported after, each at least 0.
    price_after
        P_1, dollars per tonne after, each at least 0.

    Returns
    -------
    BillChange
        Dollars, in the shape of the broadcast arguments. ``price`` is what is paid more for what still
        comes, ``quantity`` what is no longer paid because it does not come; they sum to ``total``.

    Raises
    ------
    MethodError
        If a number is negative or not finite, or the shapes do not fit.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release, lithium.
       doi:10.5066/P1WKQ63T

    Examples
    --------
    1,000 t of lithium carbonate at the price of 2025, 800 t at that of 2022 [1]_:

    >>> change = import_bill(1_000, 9_000, 800, 63_700)
    >>> float(change.total), float(change.price), float(change.quantity)
    (41960000.0, 43760000.0, -1800000.0)
    """
    before, after = _within(quantity, "quantity", 0, np.inf), _within(quantity_after, "quantity", 0, np.inf)
    old, new = _within(price, "price", 0, np.inf), _within(price_after, "price", 0, np.inf)
    try:
        by_price, by_quantity = after * (new - old), old * (after - before)
        return BillChange(np.asarray(by_price + by_quantity), np.asarray(by_price), np.asarray(by_quantity))
    except ValueError as error:
        found = [one.shape for one in (before, old, after, new)]
        raise MethodError(f"shapes {found} of quantities and prices do not fit") from error


def _within(values: ArrayLike, noun: str, low: float, high: float) -> Array:
    """Finite numbers between two bounds, or the error that says which is not."""
    found = numbers(values, noun)
    inside = np.isfinite(found) & (found >= low) & (found <= high)
    if not inside.all():
        first = found[~inside].flat[0]
        raise MethodError(f"{noun} is {first:g}; each must be finite and between {low:g} and {high:g}")
    return found
