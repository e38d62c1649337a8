"""How long a reserve lasts, how much comes from scrap, how much hangs on another metal."""

from __future__ import annotations

import math

from monazite.errors import MethodError


def static_reserve_life(reserves: float, production: float) -> float:
    r"""Years a reserve lasts at today's production.

    .. math:: T = R / P

    Parameters
    ----------
    reserves
        What can be mined economically; any one unit of mass, at least 0.
    production
        What is mined in a year; the same unit a year, above 0.

    Returns
    -------
    float
        Years. Reserves are what is known and pays today: they grow with prices and search.

    Raises
    ------
    MethodError
        If an amount is not finite or out of its domain.

    References
    ----------
    .. [1] Meadows, D. H., et al. (1972). *The Limits to Growth*. Universe Books.
    .. [2] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T

    Examples
    --------
    World rare earths, more than 75 million t of oxides at 390,000 t in 2025 [2]_: longer than

    >>> round(static_reserve_life(75e6, 390e3))
    192
    """
    return _amount(reserves, "reserves") / _positive(production, "production")


def dynamic_reserve_life(reserves: float, production: float, growth: float) -> float:
    r"""Years a reserve lasts if production grows by the same share every year.

    .. math:: T = \frac{\ln\bigl(1 + g\,R/P\bigr)}{\ln(1 + g)}, \qquad T \to R/P \text{ as } g \to 0

    which solves :math:`\sum_{t<T} P (1 + g)^t = P\,((1 + g)^T - 1) / g = R`.

    Parameters
    ----------
    reserves
        What can be mined economically; any one unit of mass, at least 0.
    production
        What is mined in the first year; the same unit a year, above 0.
    growth
        Share by which production grows a year, above −1: 0.03 is three percent.

    Returns
    -------
    float
        Years; infinite where production shrinks so fast that the reserve is never used up.

    Raises
    ------
    MethodError
        If a figure is not finite or out of its domain.

    References
    ----------
    .. [1] Meadows, D. H., et al. (1972). *The Limits to Growth*. Universe Books.

    Examples
    --------
    >>> round(dynamic_reserve_life(100, 1, 0.03), 1), dynamic_reserve_life(100, 1, -0.02)
    (46.9, inf)
    """
    years = static_reserve_life(reserves, production)
    if not (math.isfinite(growth) and growth > -1):
        raise MethodError(f"growth is {growth:g}; a share a year above −1, such as 0.03")
    if growth == 0:
        return years
    if 1 + growth * years <= 0:
        return math.inf
    return math.log1p(growth * years) / math.log1p(growth)


def recycling_input_rate(old_scrap: float, new_scrap: float, primary: float, *, of: str = "old") -> float:
    r"""Share of scrap in what goes into manufacturing.

    .. math:: EoL\text{-}RIR = \frac{S_{old}}{P + S_{old} + S_{new}}, \qquad
        RIR = \frac{S_{old} + S_{new}}{P + S_{old} + S_{new}}

    Parameters
    ----------
    old_scrap
        Scrap of products that were used; any one unit of contained mass, at least 0.
    new_scrap
        Scrap of manufacturing; the same unit, at least 0. It moves in circles and replaces no mine.
    primary
        From ores; the same unit, at least 0.
    of
        ``old`` for the end-of-life recycling input rate, ``all`` for scrap of both kinds.

    Returns
    -------
    float
        A share in [0, 1].

    Raises
    ------
    MethodError
        If an amount is negative or not finite, nothing goes in, or ``of`` is neither.

    References
    ----------
    .. [1] UNEP (2011). *Recycling Rates of Metals: A Status Report*.

    Examples
    --------
    >>> recycling_input_rate(20, 10, 70), recycling_input_rate(20, 10, 70, of="all")
    (0.2, 0.3)
    """
    old, new, mined = (_amount(one, "amount") for one in (old_scrap, new_scrap, primary))
    if of not in ("old", "all"):
        raise MethodError(f"of is {of!r}; 'old' for end-of-life scrap or 'all' for both kinds")
    if (total := old + new + mined) == 0:
        raise MethodError("nothing goes into manufacturing; there is no share of scrap")
    return (old if of == "old" else old + new) / total


def companionality(by_product: float, total: float) -> float:
    r"""Share of a metal's primary supply that is won as a by-product of others.

    .. math:: C = Q_{by} / Q

    Parameters
    ----------
    by_product
        Won where another metal pays for the mine; any one unit of contained mass, at least 0.
    total
        All primary supply; the same unit, above 0 and at least ``by_product``.

    Returns
    -------
    float
        A share in [0, 1].

    Raises
    ------
    MethodError
        If an amount is out of its domain, or the part exceeds the whole.

    References
    ----------
    .. [1] Nassar, N. T., Graedel, T. E., Harper, E. M. (2015). By-product metals are technologically
       essential but have problematic supply. *Science Advances*, 1(3), e1400180.

    Examples
    --------
    >>> companionality(90, 100)
    0.9
    """
    part, whole = _amount(by_product, "by-product supply"), _positive(total, "total supply")
    if part > whole:
        raise MethodError(f"by-product supply {part:g} exceeds total supply {whole:g}")
    return part / whole


def by_product_supply_limit(recovered: float, host_growth: float = 0.0) -> float:
    r"""Most that a by-product's supply can grow while it pays for no mine of its own.

    .. math:: \Delta_{max} = \frac{1 + g_{host}}{r} - 1

    Whatever its price, no more can be won than its hosts bring up: the unrecovered part, and what hosts
    grow by. It bounds the response that a supply elasticity would suggest.

    Parameters
    ----------
    recovered
        Share of what the hosts bring up that is recovered today; in (0, 1].
    host_growth
        Share by which the hosts' output grows; at least −1.

    Returns
    -------
    float
        Growth as a share of today's output, at least −1.

    Raises
    ------
    MethodError
        If a figure is out of its domain.

    References
    ----------
    .. [1] Nassar, N. T., Graedel, T. E., Harper, E. M. (2015). By-product metals are technologically
       essential but have problematic supply. *Science Advances*, 1(3), e1400180.

    Examples
    --------
    If 80 percent is recovered and the host grows by 4 percent, at most 30 percent more:

    >>> round(by_product_supply_limit(0.8, 0.04), 3)
    0.3
    """
    if not (0 < recovered <= 1 and math.isfinite(host_growth) and host_growth >= -1):
        raise MethodError(f"recovered {recovered:g} is a share in (0, 1], host growth {host_growth:g} ≥ −1")
    return (1 + host_growth) / recovered - 1


def _amount(value: float, noun: str) -> float:
    """An amount, finite and at least 0."""
    if not (math.isfinite(value) and value >= 0):
        raise MethodError(f"{noun} {value:g} must be finite and at least 0")
    return float(value)


def _positive(value: float, noun: str) -> float:
    """An amount, finite and above 0."""
    if not (math.isfinite(value) and value > 0):
        raise MethodError(f"{noun} {value:g} must be finite and above 0")
    return float(value)
