"""Supply risk and economic importance of the European Union, for any importer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import MethodError
from monazite.methods._vector import vector
from monazite.methods.governance import weighted_hhi

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

RISKY, IMPORTANT = 1.0, 2.8
"""Supply risk and economic importance from which a material is critical."""
SCALE = 10.0


class StageRisk(NamedTuple):
    """The higher of the risks of the stages, and the stage it is of."""

    stage: str
    risk: float


def governance_trade_hhi(amounts: ArrayLike, governance: ArrayLike, trade: ArrayLike) -> float:
    r"""Concentration weighted by scaled governance and the trade parameter.

    .. math:: HHI^{(WGI,t)} = \sum_c S_c^2 \, WGI_c \, t_c

    Parameters
    ----------
    amounts
        What each country supplies; shape (n,), any one unit, each at least 0.
    governance
        Scaled score of each, 0 best to 10 worst: ten times :func:`monazite.methods.governance.instability`
        of the mean of the six indicators; shape (n,), points in [0, 10].
    trade
        Trade parameter of each, shape (n,), dimensionless, above 0: 1 as a rule, more for a tax, quota or
        ban on exports, 0.8 for a member or a partner in a trade agreement.

    Returns
    -------
    float
        Points, at least 0; at most 10 times the largest trade parameter.

    Raises
    ------
    MethodError
        If a figure is out of its domain, the arrays differ in number, or nothing is supplied.

    References
    ----------
    .. [1] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    One supplier of scaled governance 5.657, without restriction (as heavy rare earths in 2023):

    >>> governance_trade_hhi([100], [5.657], [1.0])
    5.657
    """
    scores, parameters = (
        vector(governance, "scaled governance"),
        vector(trade, "trade parameter", positive=True),
    )
    if scores.shape != parameters.shape:
        raise MethodError(f"{scores.size} scores and {parameters.size} trade parameters; give one for each")
    if (scores > SCALE).any():
        raise MethodError(f"scaled governance {scores.max():g} is above 10; 0 is best and 10 worst")
    return weighted_hhi(amounts, scores * parameters)


def eu_import_reliance(imports: float, exports: float, production: float) -> float:
    r"""Import reliance of the European Union's method: net imports over apparent use, between 0 and 1.

    .. math:: IR = \min\Bigl(1, \max\Bigl(0, \frac{I - E}{P + I - E}\Bigr)\Bigr)

    Parameters
    ----------
    imports, exports
        From and to countries outside; any one unit of contained mass, each at least 0.
    production
        Inside; the same unit, at least 0.

    Returns
    -------
    float
        A share in [0, 1]; 0 for a net exporter.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, or nothing is left to use: more is exported than there is.

    References
    ----------
    .. [1] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    >>> eu_import_reliance(90, 10, 20), eu_import_reliance(10, 30, 100), eu_import_reliance(50, 0, 0)
    (0.8, 0.0, 1.0)
    """
    bought, sold, made = vector([imports, exports, production], "amount").tolist()
    if (used := made + bought - sold) <= 0:
        raise MethodError(
            f"nothing is left to use: {made:g} produced, {bought:g} imported, {sold:g} exported"
        )
    return float(max(0.0, (bought - sold) / used))


def eu_supply_risk(
    global_hhi: float,
    sourcing_hhi: float | None,
    reliance: float,
    *,
    recycling: float = 0.0,
    substitution: float = 1.0,
) -> float:
    r"""Supply risk at one stage.

    .. math::

        SR = \bigl[HHI_{GS}\,IR/2 + HHI_{EU}\,(1 - IR/2)\bigr]\,(1 - EoL_{RIR})\,SI_{SR}

    Where the importer's sourcing is not known the global index stands alone (``GS only``).

    Parameters
    ----------
    global_hhi
        :math:`HHI^{(WGI,t)}` of world supply, see :func:`governance_trade_hhi`; points, at least 0.
    sourcing_hhi
        The same of what the importer actually sources, its own production included; None for GS only.
    reliance
        Import reliance; a share in [0, 1].
    recycling
        End-of-life recycling input rate; a share in [0, 1]. 0 gives the upper bound where it is not known.
    substitution
        Substitution index for supply risk; a share in [0, 1]. 1 gives the upper bound.

    Returns
    -------
    float
        Points, at least 0; critical from 1.0.

    Raises
    ------
    MethodError
        If a term is out of its domain.

    References
    ----------
    .. [1] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    Erbium in 2023, GS only, published as 5.6:

    >>> round(eu_supply_risk(5.657, None, 1.0, recycling=0.01), 1)
    5.6
    """
    _check_share(reliance=reliance, recycling=recycling, substitution=substitution)
    for index in (global_hhi, 0.0 if sourcing_hhi is None else sourcing_hhi):
        if not (math.isfinite(index) and index >= 0):
            raise MethodError(f"weighted HHI {index:g} must be finite and at least 0")
    half = reliance / 2
    mixed = global_hhi if sourcing_hhi is None else global_hhi * half + sourcing_hhi * (1 - half)
    return mixed * (1 - recycling) * substitution


def eu_supply_risk_by_stage(**stages: float) -> StageRisk:
    """Supply risk of a material: that of the bottleneck, the stage where it is higher.

    Parameters
    ----------
    stages
        Supply risk of each stage that was assessed, by its name (``extraction``, ``processing``); points,
        each at least 0.

    Returns
    -------
    StageRisk
        The stage, and its risk in points; of equal ones the first.

    Raises
    ------
    MethodError
        If no stage was assessed, or a risk is negative or not finite.

    References
    ----------
    .. [1] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    >>> eu_supply_risk_by_stage(extraction=0.9, processing=1.9)
    StageRisk(stage='processing', risk=1.9)
    """
    if not stages:
        raise MethodError("no stage was assessed; give extraction, processing or both")
    vector(list(stages.values()), "supply risk")
    stage = max(stages, key=stages.__getitem__)
    return StageRisk(stage, stages[stage])


def economic_importance(
    shares: ArrayLike, value_added: ArrayLike, largest: float, *, substitution: float = 1.0
) -> float:
    r"""Economic importance: value added of the sectors that use a material, by share of use.

    .. math:: EI = \sum_s A_s Q_s \cdot SI_{EI} \cdot \frac{10}{\max_s Q_s}

    Parameters
    ----------
    shares
        Share of each sector in the use; shape (n,), in [0, 1], together 1 within half a percent.
    value_added
        Gross value added of each sector; shape (n,), any one currency, each at least 0.
    largest
        Value added of the largest manufacturing sector, used or not; the same currency, above 0.
    substitution
        Substitution index for economic importance; a share in [0, 1].

    Returns
    -------
    float
        Points in [0, 10]; important from 2.8.

    Raises
    ------
    MethodError
        If a figure is out of its domain, the shares do not sum to 1, or a sector is larger than the largest.

    References
    ----------
    .. [1] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    >>> round(economic_importance([0.5, 0.3, 0.2], [100, 60, 20], 200, substitution=0.95), 3)
    3.42
    """
    parts, sectors = vector(shares, "share of use"), vector(value_added, "value added")
    if parts.shape != sectors.shape:
        raise MethodError(f"{parts.size} shares and {sectors.size} sectors; give one for each")
    if abs(total := float(parts.sum()) - 1) > 0.005:  # noqa: PLR2004 - rounding of whole percents
        raise MethodError(f"shares of use sum to {total + 1:.3f}, not to 1")
    if not (math.isfinite(largest) and 0 < largest >= sectors.max()):
        raise MethodError(f"largest value added {largest:g} must be above 0 and no sector larger")
    _check_share(substitution=substitution)
    return float(parts @ sectors * substitution * SCALE / largest)


def is_critical(risk: float, importance: float) -> bool:
    """Whether a material is critical: supply risk at least 1.0 and economic importance at least 2.8.

    Parameters
    ----------
    risk
        Supply risk as published, to one decimal; points, at least 0.
    importance
        Economic importance as published, to one decimal; points in [0, 10].

    Returns
    -------
    bool
        True if both thresholds are met.

    Raises
    ------
    MethodError
        If a figure is negative or not finite.

    References
    ----------
    .. [1] Blengini, G. A., et al. (2017). EU methodology for critical raw materials assessment. *Resources
       Policy*, 53, 12.

    Examples
    --------
    Tungsten, and molybdenum, in 2023:

    >>> is_critical(1.2, 8.7), is_critical(0.8, 6.7)
    (True, False)
    """
    found = vector([risk, importance], "figure")
    return bool(found[0] >= RISKY and found[1] >= IMPORTANT)


def _check_share(**given: float) -> None:
    """Refuse what is no share."""
    for noun, value in given.items():
        if not 0 <= value <= 1:
            raise MethodError(f"{noun} {value:g} is not a share in [0, 1]")
