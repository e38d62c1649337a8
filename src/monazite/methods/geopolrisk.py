"""GeoPolRisk: concentration of world production, times the risk of what is imported."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

COPPER = 0.409412948
"""Score times price of copper, mean over the OECD 2017 to 2021, USD/kg: what factors are relative to."""


def import_risk(imports: ArrayLike, instabilities: ArrayLike, production: float) -> float:
    r"""Share of supply that comes from unstable countries, each by how unstable it is.

    .. math:: R = \frac{\sum_i g_i f_i}{p + F}, \qquad F = \sum_i f_i

    Parameters
    ----------
    imports
        From each country; shape (n,), any one unit of mass, each at least 0.
    instabilities
        Of each country, see :func:`monazite.methods.governance.instability`; shape (n,), dimensionless,
        in [0, 1]; 0 for members of the importer's own economic area.
    production
        Domestic, of the same stage and basis as the imports; the same unit, at least 0. 0 for a company's
        own purchases.

    Returns
    -------
    float
        A share in [0, 1].

    Raises
    ------
    MethodError
        If an amount is negative or not finite, an instability lies outside [0, 1], they differ in number,
        or there is neither import nor production.

    References
    ----------
    .. [1] Koyamparambath, A., et al. (2024). GeoPolRisk: a Python library. As given in monazite's notes on
       methods, with the published test workbook of geopolrisk-py 2.0.1.

    Examples
    --------
    >>> import_risk([1500, 500], [0.6, 0.2], 500)
    0.4
    """
    sent, weights = vector(imports, "import"), vector(instabilities, "instability")
    if sent.shape != weights.shape or (weights > 1).any():
        raise MethodError("each import has one instability in [0, 1]; found others")
    return risk_of_sums(float(sent @ weights), float(sent.sum()), production)


def risk_of_sums(weighted: float, imports: float, production: float) -> float:
    r"""Import risk from its sums: imports weighted by instability over all supply.

    .. math:: R = \frac{\sum_i g_i f_i}{p + F}

    Parameters
    ----------
    weighted
        :math:`\sum_i g_i f_i`; any one unit of mass, at least 0 and at most ``imports``.
    imports
        :math:`F`; the same unit, at least 0.
    production
        Domestic; the same unit, at least 0.

    Returns
    -------
    float
        A share in [0, 1].

    Raises
    ------
    MethodError
        If an amount is out of its domain, or there is neither import nor production.

    References
    ----------
    .. [1] Koyamparambath, A., et al. (2024). GeoPolRisk: a Python library. As given in monazite's notes on
       methods, with the published test workbook of geopolrisk-py 2.0.1.

    Examples
    --------
    Graphite of the United States in 2022, published as 0.5842266:

    >>> round(risk_of_sums(50585.911, 86586.111, 0), 7)
    0.5842266
    """
    part, whole, made = vector([weighted, imports, production], "amount").tolist()
    if part > whole * (1 + 1e-12):
        raise MethodError(f"weighted imports {part:g} exceed imports {whole:g}; weights are at most 1")
    if whole + made == 0:
        raise MethodError("there is neither import nor production; there is no supply at risk")
    return float(part / (made + whole))


def geopolrisk_score(hhi: float, risk: float) -> float:
    r"""GeoPolRisk score: concentration of world production times import risk.

    .. math:: S = HHI \cdot \frac{\sum_i g_i f_i}{p + F}

    Parameters
    ----------
    hhi
        Of world production by country; a share in [0, 1].
    risk
        Import risk, see :func:`import_risk`; a share in [0, 1].

    Returns
    -------
    float
        In [0, 1], dimensionless.

    Raises
    ------
    MethodError
        If one is no share.

    References
    ----------
    .. [1] Koyamparambath, A., et al. (2024). GeoPolRisk: a Python library. As given in monazite's notes on
       methods, with the published test workbook of geopolrisk-py 2.0.1.

    Examples
    --------
    The unit test of the published package: 1000 of 2000, production 500, HHI 0.3:

    >>> geopolrisk_score(0.3, risk_of_sums(1000, 2000, 500))
    0.12
    """
    for noun, share in (("HHI", hhi), ("import risk", risk)):
        if not 0 <= share <= 1:
            raise MethodError(f"{noun} {share:g} is not a share in [0, 1]")
    return hhi * risk


def characterisation_factor(score: float, price_usd_per_kg: float, reference: float = COPPER) -> float:
    r"""Characterisation factor: score times price, relative to copper.

    .. math:: CF = S \cdot \pi / 0.409412948

    Parameters
    ----------
    score
        GeoPolRisk score; in [0, 1], dimensionless.
    price_usd_per_kg
        Mean price of five years, USD/kg, at least 0.
    reference
        Score times price of copper, USD/kg, above 0.

    Returns
    -------
    float
        kg copper equivalents per kg, at least 0.

    Raises
    ------
    MethodError
        If a figure is out of its domain.

    References
    ----------
    .. [1] Koyamparambath, A., et al. (2024). GeoPolRisk: a Python library. As given in monazite's notes on
       methods, with the published test workbook of geopolrisk-py 2.0.1.

    Examples
    --------
    >>> round(characterisation_factor(0.2749741, 2.226907), 6)
    1.495658
    """
    vector([score, price_usd_per_kg], "figure")
    if not (math.isfinite(reference) and reference > 0):
        raise MethodError(f"reference {reference:g} must be finite and above 0")
    return score * price_usd_per_kg / reference


def geopolrisk_scores(
    hhi: ArrayLike, weighted: ArrayLike, imports: ArrayLike, production: ArrayLike
) -> Array:
    r"""Scores of many materials and importers at once.

    .. math:: S_{mc} = HHI_m \cdot \frac{W_{mc}}{p_{mc} + F_{mc}}

    Parameters
    ----------
    hhi
        Of world production of each material; shape (n_materials,), shares in [0, 1].
    weighted
        Imports weighted by instability; shape (n_materials, n_importers), any one unit, each at least 0.
    imports
        The same unweighted, same shape and unit.
    production
        Domestic, same shape and unit.

    Returns
    -------
    ndarray
        Shape (n_materials, n_importers), in [0, 1]; NaN where there is neither import nor production.

    Raises
    ------
    MethodError
        If a figure is negative or not finite, or a shape does not fit.

    References
    ----------
    .. [1] Koyamparambath, A., et al. (2024). GeoPolRisk: a Python library. As given in monazite's notes on
       methods, with the published test workbook of geopolrisk-py 2.0.1.

    Examples
    --------
    >>> geopolrisk_scores([0.3], [[1000, 0]], [[2000, 0]], [[500, 0]]).tolist()
    [[0.12, nan]]
    """
    shares = vector(hhi, "HHI")
    tables = [np.asarray(one, dtype=np.float64) for one in (weighted, imports, production)]
    for noun, table in zip(("weighted imports", "imports", "production"), tables, strict=True):
        if table.shape != tables[0].shape or table.ndim != 2 or len(table) != shares.size:  # noqa: PLR2004
            raise MethodError(f"{noun}: shape {table.shape}; expected ({shares.size}, n_importers)")
        if not (table >= 0).all() or not np.isfinite(table).all():
            raise MethodError(f"{noun}: each must be finite and at least 0")
    supply = tables[1] + tables[2]
    risk = np.divide(tables[0], supply, out=np.full(supply.shape, np.nan), where=supply > 0)
    return np.asarray(shares[:, np.newaxis] * risk)
