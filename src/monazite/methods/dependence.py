"""Apparent consumption, net import reliance, and whether a publisher's figures agree.

Every argument is a :data:`~monazite.methods.interval.Quantity`: a number or the interval it is
known to lie in. Every result is an interval, exact (``float(...)`` gives its number) when all
arguments are. All amounts of one call share one unit and one basis, usually tonnes of contained
element: gross and contained amounts do not add up.

Definitions differ by chapter: gallium's base is reported consumption, rhenium's output excludes
scrap. The caller chooses the amounts by the chapter's own definition.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from monazite.errors import MethodError
from monazite.methods.interval import add, as_interval, divide, extremes, subtract
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from monazite.methods.interval import Quantity


def stock_change(opening_stock: Quantity, closing_stock: Quantity) -> Interval:
    r"""Draw-down of stocks over a year: positive adds to supply, negative is a build.

    .. math:: \Delta S = S_{t-1} - S_t

    Parameters
    ----------
    opening_stock, closing_stock
        Stocks at the end of the year before and of the year, any one unit, each at least 0.

    Returns
    -------
    Interval
        In the same unit, of either sign.

    Raises
    ------
    MethodError
        If a stock is negative or NaN.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Notes and figures of each chapter's table.

    Examples
    --------
    US industry stocks of cobalt, tonnes, at the end of 2024 and 2025 [1]_:

    >>> float(stock_change(956, 1_500))
    -544.0
    """
    return subtract(_amount(opening_stock, "opening_stock"), _amount(closing_stock, "closing_stock"))


def apparent_consumption(
    production: Quantity, secondary: Quantity, imports: Quantity, exports: Quantity, stock_change: Quantity
) -> Interval:
    r"""What a country uses up, from what it makes, trades and takes out of stock.

    .. math:: AC = P + SP + I - E + \Delta S

    Parameters
    ----------
    production
        Primary output P, mined or refined as the chapter defines; at least 0.
    secondary
        Output SP from old scrap; at least 0. New scrap would count twice.
    imports, exports
        I and E; each at least 0.
    stock_change
        ΔS, positive for a draw-down; see :func:`stock_change`.

    Returns
    -------
    Interval
        In the unit of the arguments. May reach below 0 where the amounts do not fit each other.

    Raises
    ------
    MethodError
        If production, secondary, imports or exports is negative or NaN.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Notes and figures of each chapter's table.

    Examples
    --------
    US cobalt in 2024, tonnes; published: 7,960 [1]_:

    >>> float(apparent_consumption(0, 2_050, 10_800, 4_880, stock_change(925, 956)))
    7939.0
    """
    return add(_output(production, secondary), _net_trade(imports, exports), stock_change)


def net_import_reliance(production: Quantity, consumption: Quantity) -> Interval:
    r"""Share of consumption that domestic output does not cover.

    .. math:: NIR = 1 - P / AC

    The primary form: it reproduces published values where trade, stocks and consumption are
    rounded apart from each other.

    Parameters
    ----------
    production
        Domestic output P, primary and from old scrap together; at least 0.
    consumption
        Apparent consumption AC as published, in the same unit; above 0, known apart from P.
        Where it was computed from P, :func:`net_import_reliance_from_components` is narrower.

    Returns
    -------
    Interval
        A share of at most 1. Negative for a net exporter, and kept so.

    Raises
    ------
    MethodError
        If production is negative, if consumption may be 0 or less, or if either is NaN.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Notes and figures of each chapter's table.

    Examples
    --------
    US rare-earth compounds and metals in 2025, tonnes; published: 67 percent [1]_:

    >>> round(float(net_import_reliance(8_900, 27_000)), 3)
    0.67
    """
    return subtract(1, divide(_amount(production, "production"), _consumption(consumption)))


def net_import_reliance_from_trade(
    imports: Quantity, exports: Quantity, stock_change: Quantity, consumption: Quantity
) -> Interval:
    r"""Share of consumption that net trade and stocks cover.

    .. math:: NIR = (I - E + \Delta S) / AC

    Equal to :func:`net_import_reliance` where the identity closes; where it does not, the
    difference is a finding about the data.

    Parameters
    ----------
    imports, exports
        I and E; each at least 0.
    stock_change
        ΔS, positive for a draw-down; see :func:`stock_change`.
    consumption
        Apparent consumption AC as published; above 0.

    Returns
    -------
    Interval
        A share. Negative for a net exporter; above 1 where the published figures disagree.

    Raises
    ------
    MethodError
        If imports or exports is negative, if consumption may be 0 or less, or if one is NaN.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Notes and figures of each chapter's table.

    Examples
    --------
    US rhenium in 2025, kilograms: imports 23,000 and 7,800; published: 75 percent [1]_:

    >>> round(float(net_import_reliance_from_trade(30_800, 2_200, 0, 38_000)), 3)
    0.753
    """
    return divide(add(_net_trade(imports, exports), stock_change), _consumption(consumption))


def net_import_reliance_from_components(
    production: Quantity, secondary: Quantity, imports: Quantity, exports: Quantity, stock_change: Quantity
) -> Interval:
    r"""Net import reliance when consumption is not published but follows from its parts.

    .. math:: NIR = \frac{T}{P + T}, \qquad T = I - E + \Delta S

    Output stands above and below the line of 1 - P/AC; in this form it enters once more than
    trade but monotonically, so the ends are the narrowest the parts allow.

    Parameters
    ----------
    production, secondary, imports, exports, stock_change
        As for :func:`apparent_consumption`; here P is production and secondary together. A
        withheld output may be unbounded above.

    Returns
    -------
    Interval
        A share of at most 1. Negative for a net exporter. More output lowers it at given trade
        only for a net importer; a net exporter's is drawn towards 0 from below.

    Raises
    ------
    MethodError
        As for :func:`apparent_consumption`, and if the parts may leave nothing to consume.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Notes and figures of each chapter's table.

    Examples
    --------
    Output withheld, but at most 50 t; net imports 50 t (made-up figures):

    >>> str(net_import_reliance_from_components(Interval(0, 50), 0, 60, 10, 0))
    '[0.5, 1]'
    """
    output, trade = _output(production, secondary), add(_net_trade(imports, exports), stock_change)
    least = output.low + trade.low
    if least <= 0:
        raise MethodError(f"consumption may be as low as {least:g}; reliance needs consumption above 0")
    return extremes(lambda p, t: 1.0 if math.isinf(t) else t / (p + t), output, trade)


def identity_gap(components_sum: Quantity, published: Quantity) -> Interval:
    r"""How far the parts miss the published consumption, relative to it.

    .. math:: g = |\Sigma - AC| / AC

    Parameters
    ----------
    components_sum
        Σ, what :func:`apparent_consumption` makes of the published parts.
    published
        Apparent consumption AC as published; above 0. Give both as
        :func:`~monazite.methods.interval.as_published` intervals to allow for rounding.

    Returns
    -------
    Interval
        A share, at least 0: 0.05 is 5 percent of published consumption.

    Raises
    ------
    MethodError
        If published consumption may be 0 or less, or if either is NaN.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Notes and figures of each chapter's table.

    Examples
    --------
    US cobalt in 2025, tonnes: parts sum to 10,956, published 9,600 [1]_:

    >>> round(float(identity_gap(10_956, 9_600)), 3)
    0.141
    """
    return _magnitude(extremes(_miss, components_sum, _consumption(published)))


def identity_is_open(gap: Quantity, tolerance: float = 0.05) -> bool:
    """Whether a gap is certainly more than the tolerance: if rounding may explain it, it is not.

    Parameters
    ----------
    gap
        From :func:`identity_gap`, a share of at least 0.
    tolerance
        The widest gap that still counts as closed, a share; 5 percent is a judgement (U).

    Returns
    -------
    bool
        True if every number in the gap is strictly more than the tolerance.

    Raises
    ------
    MethodError
        If the gap is NaN.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T. Notes and figures of each chapter's table.

    Examples
    --------
    US cobalt in 2025 and 2024 [1]_:

    >>> identity_is_open(identity_gap(10_956, 9_600)), identity_is_open(identity_gap(7_939, 7_960))
    (True, False)
    """
    least = as_interval(gap, "gap")
    return least.low > tolerance or (least.low == tolerance and least.low_open)


def _miss(total: float, base: float) -> float:
    """Relative difference with its sign; the base enters twice, so its interval is counted once here."""
    return -1.0 if math.isinf(base) else (total - base) / base


def _magnitude(signed: Interval) -> Interval:
    """Distances from 0 of the numbers in an interval."""
    if signed.low >= 0:
        return signed
    if signed.high <= 0:
        return subtract(0, signed)
    farthest, reached = max((-signed.low, not signed.low_open), (signed.high, not signed.high_open))
    return Interval(0.0, farthest, high_open=not reached)


def _output(production: Quantity, secondary: Quantity) -> Interval:
    """Domestic output, primary and from old scrap."""
    return add(_amount(production, "production"), _amount(secondary, "secondary"))


def _net_trade(imports: Quantity, exports: Quantity) -> Interval:
    """Imports less exports."""
    return subtract(_amount(imports, "imports"), _amount(exports, "exports"))


def _amount(amount: Quantity, name: str) -> Interval:
    """An amount that cannot be negative."""
    given = as_interval(amount, name)
    if given.low < 0:
        raise MethodError(f"{name} is {given}; an amount is at least 0 (clip an interval that reaches below)")
    return given


def _consumption(consumption: Quantity) -> Interval:
    """Consumption that something can be a share of."""
    given = as_interval(consumption, "consumption")
    if given.low <= 0:
        raise MethodError(f"consumption is {given}; nothing is a share of it unless it lies above 0")
    return given
