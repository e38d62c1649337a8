"""Intervals as sets of numbers: cut them, cover them, find what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import MethodError
from monazite.methods.interval._between import between
from monazite.methods.interval.arithmetic import as_interval
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from monazite.methods.interval.arithmetic import Quantity


def clip(quantity: Quantity, low: float, high: float) -> Interval:
    """A quantity with everything beyond two bounds moved onto them.

    Parameters
    ----------
    quantity
        A number or an interval, in any unit.
    low, high
        The bounds, in the same unit; low at most high.

    Returns
    -------
    Interval
        In the same unit, between low and high.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    >>> str(clip(Interval(-0.1, 0.5, high_open=True), 0, 1))
    '[0, 0.5)'
    """
    given = as_interval(quantity)
    return between(
        min(max(given.low, low), high),
        min(max(given.high, low), high),
        low_open=given.low_open and given.low >= low,
        high_open=given.high_open and given.high <= high,
    )


def hull(*quantities: Quantity) -> Interval:
    """Narrowest interval that holds several quantities.

    Parameters
    ----------
    *quantities
        Numbers or intervals in any one unit; at least 1.

    Returns
    -------
    Interval
        In the same unit.

    Raises
    ------
    MethodError
        If there is no quantity.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    Rare earths 2024, percent, in two editions of the Mineral Commodity Summaries:

    >>> str(hull(53, 80))
    '[53, 80]'
    """
    if not quantities:
        raise MethodError("the hull of nothing is not defined; give at least one quantity")
    given = [as_interval(quantity) for quantity in quantities]
    low, high = min(each.low for each in given), max(each.high for each in given)
    return Interval(
        low,
        high,
        all(each.low_open for each in given if each.low == low),
        all(each.high_open for each in given if each.high == high),
    )


def intersect(left: Quantity, right: Quantity) -> Interval:
    """Numbers that lie in both of two quantities: two accounts of one figure.

    Parameters
    ----------
    left, right
        Numbers or intervals in any one unit; at least one number lies in both.

    Returns
    -------
    Interval
        In the same unit.

    Raises
    ------
    MethodError
        If no number lies in both: the two contradict each other.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    >>> str(intersect(Interval(50, 100, low_open=True), Interval(0, 75)))
    '(50, 75]'
    """
    given = as_interval(left), as_interval(right)
    low, high = max(each.low for each in given), min(each.high for each in given)
    low_open = any(each.low_open for each in given if each.low == low)
    high_open = any(each.high_open for each in given if each.high == high)
    if low > high or (low == high and (low_open or high_open)):
        raise MethodError(f"no number lies in both {given[0]} and {given[1]}; they contradict each other")
    return Interval(low, high, low_open, high_open)
