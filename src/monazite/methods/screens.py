"""Screens for strategic dependence: thresholds on concentration, foreign share and trade balance.

Screens say where to look; they rank nothing. Arrays hold one figure for each product, NaN where it is not
known; a product of which a criterion is not known is not cleared by it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import numbers, shares, vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

CONCENTRATED, FOREIGN = 0.4, 0.5
"""Above which an HHI, and the share from outside, count as a dependence (European Commission, 2021)."""
NO_EXPORTS = 9999.0
"""The ratio of imports to exports where there are no exports, as CEPII writes it."""
YES, NO, OPEN = 1, 0, -1


def eu_dependencies(
    import_hhi: ArrayLike, outside_share: ArrayLike, substitutability: ArrayLike
) -> NDArray[np.int8]:
    r"""Strategic dependencies by the three core indicators of the European Commission.

    .. math:: HHI > 0.4, \qquad \frac{M_{outside}}{M_{all}} > 0.5, \qquad \frac{M_{outside}}{X} > 1

    The third is the substitutability: imports from outside the union over what it could turn to at home,
    measured by its own exports where production is not known.

    Parameters
    ----------
    import_hhi
        HHI of imports from outside by country; shape (n_products,), shares of 1.
    outside_share
        Share of imports from outside in all imports; shape (n_products,), in [0, 1].
    substitutability
        Imports from outside over home supply; shape (n_products,), a ratio, at least 0, infinite where
        there is none.

    Returns
    -------
    ndarray
        Shape (n_products,): 1 dependent, 0 not, −1 where a criterion that could decide is not known.

    Raises
    ------
    MethodError
        If a figure lies outside its domain, or the arrays differ in shape.

    References
    ----------
    .. [1] European Commission (2021). Strategic dependencies and capacities. SWD(2021) 352.
    .. [2] Arjona, R., Connell, W., Herghelegiu, C. (2023). An enhanced methodology to monitor the EU's
       strategic dependencies and vulnerabilities.

    Examples
    --------
    >>> eu_dependencies([0.9, 0.9, 0.3, 0.5], [0.8, 0.4, 0.9, float("nan")], [2, 2, 2, 2]).tolist()
    [1, 0, 0, -1]
    """
    shares = _shares(outside_share, "share from outside")
    return _all(
        (_shares(import_hhi, "HHI of imports"), CONCENTRATED),
        (shares, FOREIGN),
        (_ratios(substitutability, "substitutability"), 1.0),
    )


def imports_over_exports(imports: ArrayLike, exports: ArrayLike) -> Array:
    r"""Ratio of imports to exports, 9999 where there are no exports.

    .. math:: r = M / X, \qquad r = 9999 \text{ if } X = 0

    Parameters
    ----------
    imports
        Shape (n_products,), any one unit, each at least 0.
    exports
        Shape (n_products,), the same unit, each at least 0.

    Returns
    -------
    ndarray
        Shape (n_products,), a ratio; NaN where there is neither.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, or the arrays differ in shape.

    References
    ----------
    .. [1] CEPII. GeoDep: geoeconomic dependencies database, as given in monazite's notes on methods.

    Examples
    --------
    >>> imports_over_exports([30, 30, 0], [20, 0, 0]).tolist()
    [1.5, 9999.0, nan]
    """
    bought, sold = vector(imports, "import"), vector(exports, "export")
    if bought.shape != sold.shape:
        raise MethodError(f"imports of {bought.size} products and exports of {sold.size}; give one for each")
    ratio = np.divide(bought, sold, out=np.full(bought.shape, NO_EXPORTS), where=sold > 0)
    return np.where((bought == 0) & (sold == 0), np.nan, ratio)


def geodep(import_hhi: ArrayLike, export_hhi: ArrayLike, over_exports: ArrayLike) -> NDArray[np.int8]:
    r"""Foreign dependence in one year by the criteria of CEPII's GeoDep.

    .. math:: HHI_{imports} > 0.4, \qquad HHI_{world\ exports} > 0.4, \qquad M / X > 1

    Parameters
    ----------
    import_hhi
        HHI of the importer's imports by country; shape (n_products,), shares of 1.
    export_hhi
        HHI of the world's exports by country; shape (n_products,), shares of 1.
    over_exports
        Imports over exports, see :func:`imports_over_exports`; shape (n_products,), a ratio.

    Returns
    -------
    ndarray
        Shape (n_products,): 1 dependent, 0 not, −1 where a criterion that could decide is not known.

    Raises
    ------
    MethodError
        If a figure lies outside its domain, or the arrays differ in shape.

    References
    ----------
    .. [1] CEPII. GeoDep: geoeconomic dependencies database, as given in monazite's notes on methods.

    Examples
    --------
    >>> geodep([0.5, 0.4, 0.9], [0.6, 0.9, 0.3], [9999.0, 2.0, 2.0]).tolist()
    [1, 0, 0]
    """
    return _all(
        (_shares(import_hhi, "HHI of imports"), CONCENTRATED),
        (_shares(export_hhi, "HHI of world exports"), CONCENTRATED),
        (_ratios(over_exports, "imports over exports"), 1.0),
    )


def persistent(flags: ArrayLike, *, years: int = 3, least: int = 2) -> NDArray[np.int8]:
    """Whether a dependence holds in most of the latest years.

    Parameters
    ----------
    flags
        1, 0 or −1 for each year and product, the latest year last; shape (n_years, n_products),
        dimensionless.
    years
        How many of the latest years count; at least 1, at most n_years.
    least
        In how many of them it must hold; a number of years, at least 1, at most ``years``.

    Returns
    -------
    ndarray
        Shape (n_products,): 1 if it holds in ``least`` of the years, 0 if it cannot, −1 if a year that is
        not known decides.

    Raises
    ------
    MethodError
        If there are fewer years, a flag is none of the three, or ``least`` asks for none or for more than
        ``years``.

    References
    ----------
    .. [1] CEPII. GeoDep: geoeconomic dependencies database, as given in monazite's notes on methods.

    Examples
    --------
    >>> persistent([[1, 0, 1], [0, 0, -1], [1, 1, 0]]).tolist()
    [1, 0, -1]
    """
    if not 1 <= least <= years:
        raise MethodError(
            f"a dependence in {least} of {years} years; give at least 1 and at most all of them"
        )
    found = np.asarray(flags)
    if found.ndim != 2 or len(found) < years or not np.isin(found, (YES, NO, OPEN)).all():  # noqa: PLR2004
        raise MethodError(f"flags are 1, 0 or −1, shape (at least {years} years, n), found {found.shape}")
    latest = found[-years:]
    held, open_ = (latest == YES).sum(axis=0), (latest == OPEN).sum(axis=0)
    return np.where(held >= least, YES, np.where(held + open_ >= least, OPEN, NO)).astype(np.int8)


def n_minus_one_of_remaining_demand(supply: ArrayLike, demand: ArrayLike) -> float:
    r"""N−1: supply without the largest supplier, over the demand of all others.

    .. math:: N_1 = \sum_{c \ne top} S_c \Big/ \sum_{c \ne top} D_c

    The denominator of the International Energy Agency: the demand of the largest supplier itself is taken
    out, since it is assumed to serve itself. Below 1 the others cannot cover their needs. Of several equally
    large suppliers the one that needs least is taken out, which leaves the others worst off.

    Parameters
    ----------
    supply
        Of each country; shape (n,), any one unit, each at least 0.
    demand
        Of the same countries; shape (n,), the same unit, each at least 0.

    Returns
    -------
    float
        A ratio, at least 0; above 1 where the others produce more than they need.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, the arrays differ in shape, nothing is supplied, or the
        others need nothing.

    References
    ----------
    .. [1] International Energy Agency (2025). Global Critical Minerals Outlook 2025.

    Examples
    --------
    >>> n_minus_one_of_remaining_demand([80, 15, 5], [50, 30, 20])
    0.4
    """
    made, needed = _pair(supply, demand)
    top = np.lexsort((needed, -made))[0]
    if (rest := math.fsum(np.delete(needed, top))) == 0:
        raise MethodError("the others need nothing; what they supply covers no demand")
    return math.fsum(np.delete(made, top)) / rest


def n_minus_one_of_total_demand(supply: ArrayLike, demand: ArrayLike) -> float:
    r"""N−1 over the demand of all, the largest supplier's included.

    .. math:: N_1 = \sum_{c \ne top} S_c \Big/ \sum_c D_c

    Lower than :func:`n_minus_one_of_remaining_demand`, and not comparable with it.

    Parameters
    ----------
    supply
        Of each country; shape (n,), any one unit, each at least 0.
    demand
        Of the same countries; shape (n,), the same unit, each at least 0.

    Returns
    -------
    float
        A ratio, at least 0.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, the arrays differ in shape, or nothing is supplied or needed.

    References
    ----------
    .. [1] International Energy Agency (2025). Global Critical Minerals Outlook 2025.

    Examples
    --------
    >>> n_minus_one_of_total_demand([80, 15, 5], [50, 30, 20])
    0.2
    """
    made, needed = _pair(supply, demand)
    if (total := math.fsum(needed)) == 0:
        raise MethodError("nothing is needed; no supply covers it")
    return math.fsum(np.delete(made, made.argmax())) / total


def n_minus_one_of_imports(amounts: ArrayLike) -> float:
    r"""N−1 of an importer: what is left of its imports without the largest supplier.

    .. math:: N_1 = 1 - \max_i s_i

    The denominator is the importer's own imports; nobody sends more to make up for it.

    Parameters
    ----------
    amounts
        What each supplier sends; shape (n,), any one unit, each at least 0.

    Returns
    -------
    float
        A share in [0, 1 − 1/n].

    Raises
    ------
    MethodError
        If an amount is negative or not finite, or nothing is imported.

    References
    ----------
    .. [1] International Energy Agency (2025). Global Critical Minerals Outlook 2025.

    Examples
    --------
    >>> round(n_minus_one_of_imports([70, 20, 10]), 3)
    0.3
    """
    sent = shares(amounts, "amount", "nothing is imported; there is no supplier to lose")
    return float(1 - sent.max())


def _pair(supply: ArrayLike, demand: ArrayLike) -> tuple[Array, Array]:
    """Supply and demand of the same countries."""
    made, needed = vector(supply, "supply"), vector(demand, "demand")
    if made.shape != needed.shape:
        raise MethodError(f"supply of {made.size} and demand of {needed.size} countries; give one for each")
    if not made.any():
        raise MethodError(f"nothing is supplied by {made.size} countries; there is no largest supplier")
    return made, needed


def _shares(values: ArrayLike, noun: str) -> Array:
    """Shares in [0, 1], NaN where not known."""
    found = _ratios(values, noun)
    if (beyond := found > 1).any():
        raise MethodError(f"{noun} {found[beyond][0]:g} is above 1; give shares of 1, not percent or points")
    return found


def _ratios(values: ArrayLike, noun: str) -> Array:
    """Ratios at least 0, NaN where not known."""
    found = np.atleast_1d(numbers(values, noun))
    if (below := found < 0).any():
        raise MethodError(f"{noun} {found[below][0]:g} is negative; give at least 0, NaN where not known")
    return found


def _all(*criteria: tuple[Array, float]) -> NDArray[np.int8]:
    """1 where every figure is above its threshold, 0 where one is not, −1 where it is open."""
    if len({values.shape for values, _ in criteria}) > 1:
        raise MethodError(f"one figure for each product: found shapes {[one.shape for one, _ in criteria]}")
    failed = np.logical_or.reduce([values <= limit for values, limit in criteria])
    met = np.logical_and.reduce([values > limit for values, limit in criteria])
    return np.where(met, YES, np.where(failed, NO, OPEN)).astype(np.int8)
