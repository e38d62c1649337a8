"""The supply risk of the U.S. Geological Survey, and the early warning of the science council.

Ability and willingness to supply rest on scores that may not be shipped (Fraser Institute, Freedom
House); they are given by the user. Every term lies between 0 and 1, 1 being worst.
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

THRESHOLD = 0.40
"""Recency-weighted supply risk from which a commodity was recommended for the list (OFR 2021-1045)."""


def inability(policy_perception: ArrayLike) -> Array:
    r"""Inability to supply: one less the policy perception index of the Fraser Institute.

    .. math:: ASI_c = 1 - PPI_c / 100

    Parameters
    ----------
    policy_perception
        Index of each country, shape (n,), points in [0, 100], 100 being the most attractive policy.

    Returns
    -------
    ndarray
        Shape (n,), shares in [0, 1]; 1 is least able.

    Raises
    ------
    MethodError
        If an index lies outside [0, 100].

    References
    ----------
    .. [1] Nassar, N. T., et al. (2020). Evaluating the mineral commodity supply risk of the U.S.
       manufacturing sector. *Science Advances*, 6(8), eaay8647.

    Examples
    --------
    >>> inability([90, 25]).round(2).tolist()
    [0.1, 0.75]
    """
    points = vector(policy_perception, "policy perception index")
    if (points > 100).any():  # noqa: PLR2004 - points
        raise MethodError(f"policy perception index {points.max():g} is above 100")
    return np.asarray(1 - points / 100)


def unwillingness(trade_ties: ArrayLike, value_distance: ArrayLike, cooperation: ArrayLike) -> Array:
    r"""Unwillingness to supply: weak trade ties and distant values, eased by military cooperation.

    .. math:: WSI_c = \tfrac12 (TT_c + SV_c)\,(1 - m_c)

    Parameters
    ----------
    trade_ties
        Weakness of the ties of trade between the two countries, scaled over countries; shape (n,), shares
        in [0, 1], 0 for the closest partner.
    value_distance
        Distance of shared values, scaled over countries; shape (n,), shares in [0, 1], 0 for the same.
    cooperation
        Military cooperation; shape (n,), shares in [0, 1]. 1 for the importer itself and for allies whose
        supply is taken as willing, 0 for none.

    Returns
    -------
    ndarray
        Shape (n,), shares in [0, 1]; 1 is least willing.

    Raises
    ------
    MethodError
        If a share lies outside [0, 1], or the arrays differ in number.

    Notes
    -----
    The paper adjusts for military cooperation; how much is not known to us. The factor here is 1 less the
    share given, so that the choice is the user's and stands in the inputs.

    References
    ----------
    .. [1] Nassar, N. T., et al. (2020). Evaluating the mineral commodity supply risk of the U.S.
       manufacturing sector. *Science Advances*, 6(8), eaay8647.

    Examples
    --------
    >>> unwillingness([0.8, 0.2, 0.5], [0.6, 0.4, 0.0], [0, 0.5, 1]).round(3).tolist()
    [0.7, 0.15, 0.0]
    """
    ties, values, allied = _shares(
        trade_ties=trade_ties, value_distance=value_distance, cooperation=cooperation
    )
    return np.asarray((ties + values) / 2 * (1 - allied))


def disruption_potential(production: ArrayLike, unable: ArrayLike, unwilling: ArrayLike) -> float:
    r"""Disruption potential: concentration of world production among the unable and unwilling.

    .. math:: DP = \sum_c PS_c^2 \, ASI_c \, WSI_c, \qquad PS_c = P_c / \sum_k P_k

    Parameters
    ----------
    production
        Of each country, the importer's own included; shape (n,), any one unit, each at least 0.
    unable
        Inability to supply, see :func:`inability`; shape (n,), shares in [0, 1].
    unwilling
        Unwillingness, see :func:`unwillingness`; shape (n,), shares in [0, 1], 0 for the importer itself.

    Returns
    -------
    float
        In [0, 1], dimensionless.

    Raises
    ------
    MethodError
        If a figure is out of its domain, the arrays differ in number, or nothing is produced.

    References
    ----------
    .. [1] Nassar, N. T., et al. (2020). Evaluating the mineral commodity supply risk of the U.S.
       manufacturing sector. *Science Advances*, 6(8), eaay8647.

    Examples
    --------
    >>> round(disruption_potential([70, 20, 10], [0.5, 0.4, 0.2], [0.8, 0.3, 0.0]), 4)
    0.2008
    """
    made = shares(production, "production", "nothing is produced; there is nothing to disrupt")
    weak, distant = _shares(unable=unable, unwilling=unwilling)
    if made.shape != weak.shape:
        raise MethodError(f"{made.size} producers have {weak.size} scores; give one for each")
    return math.fsum(made**2 * weak * distant)


def trade_exposure(
    imports: float, exports: float, stock_change: float, production: float, secondary: float = 0.0
) -> float:
    r"""Trade exposure: net imports over apparent consumption, 0 for a net exporter.

    .. math:: TE = \max\Bigl(0, \frac{I - E + \Delta S}{P + SP + I - E + \Delta S}\Bigr)

    Parameters
    ----------
    imports, exports
        Of the importer; any one unit of contained mass, each at least 0.
    stock_change
        Stocks at the beginning less those at the end: positive adds to supply; the same unit.
    production, secondary
        Primary production, and from old scrap; the same unit, each at least 0.

    Returns
    -------
    float
        A share in [0, 1].

    Raises
    ------
    MethodError
        If an amount is not finite or negative, or consumption is not above 0.

    References
    ----------
    .. [1] Nassar, N. T., et al. (2020). Evaluating the mineral commodity supply risk of the U.S.
       manufacturing sector. *Science Advances*, 6(8), eaay8647.

    Examples
    --------
    >>> trade_exposure(80, 10, 0, 20, 10), trade_exposure(5, 40, 0, 100)
    (0.7, 0.0)
    """
    amounts = vector([imports, exports, production, secondary], "amount")
    if not math.isfinite(stock_change):
        raise MethodError(f"stock change {stock_change} must be finite")
    net = float(amounts[0] - amounts[1]) + stock_change
    used = float(amounts[2] + amounts[3]) + net
    if used <= 0:
        raise MethodError(f"consumption {used:g} is not above 0; production, trade and stocks do not fit")
    return min(1.0, max(0.0, net / used))


def economic_vulnerability(
    value_added: ArrayLike, expenditure: ArrayLike, operating_profit: ArrayLike, gdp: float
) -> float:
    r"""Economic vulnerability: what industries spend on a commodity over their profit, weighted by size.

    .. math:: EV = \sum_k \frac{VA_k}{GDP} \cdot \frac{EXP_k}{OP_k}

    The figure is heavy-tailed over commodities: scale it with :func:`scaled` before it enters
    :func:`supply_risk`.

    Parameters
    ----------
    value_added
        Of each industry that uses it; shape (n,), USD, each at least 0.
    expenditure
        What each spends on it; shape (n,), USD, each at least 0. Not published by commodity.
    operating_profit
        Of each industry; shape (n,), USD, each above 0: over a loss there is no ratio.
    gdp
        Gross domestic product; USD, above 0.

    Returns
    -------
    float
        Dimensionless, at least 0.

    Raises
    ------
    MethodError
        If a figure is out of its domain or the arrays differ in number.

    References
    ----------
    .. [1] Nassar, N. T., et al. (2020). Evaluating the mineral commodity supply risk of the U.S.
       manufacturing sector. *Science Advances*, 6(8), eaay8647.

    Examples
    --------
    >>> round(economic_vulnerability([200, 50], [1, 2], [20, 10], 1000), 4)
    0.02
    """
    added, spent = vector(value_added, "value added"), vector(expenditure, "expenditure")
    profit = vector(operating_profit, "operating profit", positive=True)
    if not added.shape == spent.shape == profit.shape:
        raise MethodError(f"industries: {added.size}, {spent.size}, {profit.size} figures; give one for each")
    if not (math.isfinite(gdp) and gdp > 0):
        raise MethodError(f"gross domestic product {gdp} must be finite and above 0")
    return float((added / gdp * spent / profit).sum())


def scaled(values: ArrayLike, *, logarithmic: bool = False) -> Array:
    r"""Figures of several commodities on a scale from 0 to 1, of themselves or of their logarithms.

    .. math:: y_i = \frac{x_i - \min x}{\max x - \min x}

    Parameters
    ----------
    values
        One for each commodity; shape (n,) with n at least 2, any one unit; above 0 if logarithmic.
    logarithmic
        Whether logarithms are scaled, for figures with a heavy tail.

    Returns
    -------
    ndarray
        Shape (n,), dimensionless, in [0, 1]. It depends on which commodities are compared.

    Raises
    ------
    MethodError
        If a figure is not finite or out of its domain, or all are alike.

    References
    ----------
    .. [1] McCullough, E., Nassar, N. T. (2017). Assessment of critical minerals: updated application of an
       early-warning screening methodology. *Mineral Economics*, 30, 257.

    Examples
    --------
    >>> scaled([1, 10, 100], logarithmic=True).tolist()
    [0.0, 0.5, 1.0]
    """
    found = np.log(vector(values, "figure", positive=True)) if logarithmic else numbers(values, "figure")
    if found.ndim != 1 or found.size == 0 or not np.isfinite(found).all() or np.ptp(found) == 0:
        raise MethodError(f"a scale needs two finite figures that differ, shape (n,); found {found.tolist()}")
    return np.asarray((found - found.min()) / np.ptp(found))


def supply_risk(disruption: float, exposure: float, vulnerability: float) -> float:
    r"""Supply risk: the geometric mean of disruption potential, trade exposure and vulnerability.

    .. math:: SR = (DP \cdot TE \cdot EV)^{1/3}

    Parameters
    ----------
    disruption, exposure, vulnerability
        The three terms, each a share in [0, 1].

    Returns
    -------
    float
        In [0, 1], dimensionless; 0 if one term is: a net exporter has no exposure.

    Raises
    ------
    MethodError
        If a term lies outside [0, 1].

    References
    ----------
    .. [1] Nassar, N. T., et al. (2020). Evaluating the mineral commodity supply risk of the U.S.
       manufacturing sector. *Science Advances*, 6(8), eaay8647.

    Examples
    --------
    >>> round(supply_risk(0.4, 0.8, 0.2), 4), supply_risk(0.4, 0.0, 0.2)
    (0.4, 0.0)
    """
    return _geometric_mean(disruption=disruption, exposure=exposure, vulnerability=vulnerability)


def early_warning(risk: float, growth: float, market: float) -> float:
    r"""Early warning of the National Science and Technology Council: potential criticality.

    .. math:: C = (R \cdot G \cdot M)^{1/3}

    Parameters
    ----------
    risk
        Production concentration weighted by governance, scaled over commodities; a share in [0, 1].
    growth
        Growth of world production, scaled; a share in [0, 1].
    market
        Volatility of the price, scaled; a share in [0, 1].

    Returns
    -------
    float
        In [0, 1], dimensionless.

    Raises
    ------
    MethodError
        If a term lies outside [0, 1].

    References
    ----------
    .. [1] McCullough, E., Nassar, N. T. (2017). Assessment of critical minerals: updated application of an
       early-warning screening methodology. *Mineral Economics*, 30, 257.

    Examples
    --------
    >>> round(early_warning(0.9, 0.3, 0.1), 4)
    0.3
    """
    return _geometric_mean(risk=risk, growth=growth, market=market)


def recency_weighted_mean(values: ArrayLike) -> float:
    r"""Mean of yearly figures with weights that rise linearly with recency.

    .. math:: \bar y = \sum_{k=1}^{n} k\,y_k \Big/ \sum_{k=1}^{n} k

    Parameters
    ----------
    values
        One for each year, the earliest first; shape (n,), any one unit, each at least 0.

    Returns
    -------
    float
        In the same unit, between the least and the most.

    Raises
    ------
    MethodError
        If a figure is not finite or negative, or there is none.

    Notes
    -----
    The report says that recent years weigh more; the weights themselves were not read. Linear ones are a
    judgement (U). Its threshold is 0.40.

    References
    ----------
    .. [1] Nassar, N. T., Fortier, S. M. (2021). *Methodology and technical input for the 2021 review and
       revision of the U.S. critical minerals list*. USGS Open-File Report 2021-1045.

    Examples
    --------
    >>> round(recency_weighted_mean([0.3, 0.4, 0.4, 0.5]), 2)
    0.43
    """
    years = vector(values, "figure")
    if years.size == 0:
        raise MethodError("a mean needs at least one year")
    weights = np.arange(1, years.size + 1)
    return float(weights @ years / weights.sum())


def _shares(**given: ArrayLike) -> tuple[Array, ...]:
    """Shares in [0, 1], of one number for each country."""
    found = {noun: vector(values, noun.replace("_", " ")) for noun, values in given.items()}
    for noun, values in found.items():
        if (values > 1).any():
            raise MethodError(f"{noun.replace('_', ' ')} {values.max():g} is above 1; give shares")
    if len({values.shape for values in found.values()}) > 1:
        raise MethodError(f"one figure for each country: found {[one.size for one in found.values()]}")
    return tuple(found.values())


def _geometric_mean(**terms: float) -> float:
    """Geometric mean of terms in [0, 1]."""
    for noun, value in terms.items():
        if not 0 <= value <= 1:
            raise MethodError(f"{noun} {value:g} is not a share in [0, 1]")
    return float(math.prod(terms.values()) ** (1 / len(terms)))
