"""Governance as a weight: scores turned into instability, and concentration weighted by it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import numbers, shares, vector
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

WORST, BEST = -2.5, 2.5
"""Ends of the scale of the Worldwide Governance Indicators; estimates beyond it are taken as its ends."""
BEYOND = 5.0
"""No estimate lies as far from 0: what does is no score of this scale."""


def instability(scores: ArrayLike) -> NDArray[np.float64]:
    r"""Scores of the Worldwide Governance Indicators on a scale from 0 (stable) to 1 (not at all).

    .. math:: g = \min\bigl(1, \max\bigl(0, (2.5 - w) / 5\bigr)\bigr)

    The European Union's scale from 0 to 10 is ten times this, of the mean of the six indicators.

    Parameters
    ----------
    scores
        Estimates :math:`w` in standard normal units, any shape, about −2.5 (worst) to 2.5; NaN where a
        country has none.

    Returns
    -------
    ndarray
        Of the same shape, dimensionless, in [0, 1]; NaN where there is no score: absence is not safety.

    Raises
    ------
    MethodError
        If a score is infinite or lies beyond ±5: it is of another scale, such as percentile ranks.

    References
    ----------
    .. [1] World Bank. Worldwide Governance Indicators.
    .. [2] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    >>> instability([2.5, 0.0, -2.5, -2.7, float("nan")]).tolist()
    [0.0, 0.5, 1.0, 1.0, nan]
    """
    found = numbers(scores, "score")
    if (beyond := np.abs(found) > BEYOND).any():
        told = f"score {found[beyond][0]:g} is not between −2.5 and 2.5"
        raise MethodError(f"{told}; give estimates in standard normal units, not ranks")
    return np.clip((BEST - found) / (BEST - WORST), 0.0, 1.0)


def weighted_hhi(amounts: ArrayLike, weights: ArrayLike) -> float:
    r"""Herfindahl–Hirschman index with a weight for each supplier.

    .. math:: H^w = \sum_i w_i s_i^2, \qquad s_i = x_i / \sum_j x_j

    With instability as the weight it is the governance-weighted index; with the EU's scaled governance
    times the trade parameter, :math:`HHI^{(WGI,t)}`.

    Parameters
    ----------
    amounts
        What each supplier supplies; shape (n,), any one unit, each at least 0.
    weights
        Weight of each supplier; shape (n,), dimensionless, each at least 0.

    Returns
    -------
    float
        Between 0 and the largest weight, dimensionless.

    Raises
    ------
    MethodError
        If an amount or weight is negative or not finite, they differ in number, or nothing is supplied.

    References
    ----------
    .. [1] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    >>> round(weighted_hhi([50, 30, 20], [0.7, 0.2, 0.1]), 3)
    0.197
    """
    supplied = shares(amounts, "amount", "nothing is supplied; an empty market has no concentration")
    weight = vector(weights, "weight")
    if supplied.shape != weight.shape:
        raise MethodError(f"{supplied.size} suppliers have {weight.size} weights; give one for each")
    return math.fsum(weight * supplied**2)


def governance_weighted_hhi_bounds(amounts: ArrayLike, instabilities: ArrayLike) -> Interval:
    r"""Bounds of the governance-weighted index where some suppliers have no score.

    .. math:: \sum_{i \text{ scored}} g_i s_i^2 \;\le\; H^g \;\le\;
        \sum_{i \text{ scored}} g_i s_i^2 + \sum_{i \text{ without}} s_i^2

    Parameters
    ----------
    amounts
        What each supplier supplies; shape (n,), any one unit, each at least 0.
    instabilities
        Of each supplier, shape (n,), dimensionless, in [0, 1]; NaN where there is no score.

    Returns
    -------
    Interval
        In [0, 1], dimensionless; exact if every supplier of something has a score.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, an instability lies outside [0, 1], they differ in
        number, or nothing is supplied.

    References
    ----------
    .. [1] Klimek, P., Obersteiner, M., Thurner, S. (2015). Systemic trade risk of critical resources.
       *Science Advances*, 1(10), e1500522.

    Examples
    --------
    A third supplier without a score may be as stable as any or not at all:

    >>> str(governance_weighted_hhi_bounds([50, 30, 20], [0.7, 0.2, float("nan")]))
    '[0.193, 0.233]'
    """
    scores = numbers(instabilities, "instability")
    if (outside := scores[(scores < 0) | (scores > 1)]).size:
        raise MethodError(
            f"instability {outside[0]:g} is no share in [0, 1]; give NaN where there is no score"
        )
    known = ~np.isnan(scores)
    low, high = (weighted_hhi(amounts, np.where(known, scores, end)) for end in (0.0, 1.0))
    return Interval(low, high)


def governance_weighted_import_risk(amounts: ArrayLike, stabilities: ArrayLike) -> NDArray[np.float64]:
    r"""Share of each supplier in imports, weighted by how unstable it is.

    .. math:: V_j = \frac{x_j}{\sum_k x_k} \left(1 - \frac{stability_j}{100}\right)

    Parameters
    ----------
    amounts
        What each supplier supplies; shape (n,), any one unit, each at least 0.
    stabilities
        Percentile rank of each supplier's political stability; shape (n,), percent in [0, 100].

    Returns
    -------
    ndarray
        Shape (n,), shares in [0, 1].

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a rank lies outside [0, 100], they differ in number, or
        nothing is supplied.

    References
    ----------
    .. [1] Klimek, P., Obersteiner, M., Thurner, S. (2015). Systemic trade risk of critical resources.
       *Science Advances*, 1(10), e1500522.

    Examples
    --------
    >>> governance_weighted_import_risk([60, 40], [25, 90]).round(3).tolist()
    [0.45, 0.04]
    """
    supplied = shares(amounts, "amount", "nothing is supplied; an empty market has no risk to weigh")
    ranks = vector(stabilities, "percentile rank")
    if supplied.shape != ranks.shape:
        raise MethodError(f"{supplied.size} suppliers have {ranks.size} percentile ranks; give one for each")
    if (above := ranks[ranks > 100]).size:  # noqa: PLR2004 - percent
        raise MethodError(f"percentile rank {above[0]:g} is above 100; give ranks in percent")
    risk: NDArray[np.float64] = supplied * (1 - ranks / 100)
    return risk
