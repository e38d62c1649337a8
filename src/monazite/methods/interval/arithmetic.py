"""Sums, products and quotients of figures that are known only within bounds.

An end is open when no number inside the operands reaches it: ``1 - (0.5, 1]`` is ``[0, 0.5)``.
Operands are taken as independent, so a figure that enters a formula twice gives bounds that
are true but wider than need be; `extremes` of the whole formula avoids that. Ends are
double-precision numbers, rounded to nearest and not outwards.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from monazite.errors import MethodError
from monazite.methods.interval._between import between
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable

Quantity: TypeAlias = float | Interval
"""A figure: a number, or an interval that holds it."""


def as_interval(quantity: Quantity, name: str = "quantity") -> Interval:
    """A quantity as an interval; a missing or infinite number is refused by its name.

    Parameters
    ----------
    quantity
        A finite number or an interval, in any unit.
    name
        What the caller's argument is called, for the message.

    Returns
    -------
    Interval
        In the same unit, above or below 0; exact for a number.

    Raises
    ------
    MethodError
        If the number is NaN or infinite.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    >>> as_interval(0.67)
    Interval(low=0.67, high=0.67, low_open=False, high_open=False)
    """
    if isinstance(quantity, Interval):
        return quantity
    if not math.isfinite(quantity):
        raise MethodError(f"{name} is {quantity}; give a finite number, or an Interval for what is not known")
    return Interval.exact(float(quantity))


def add(*quantities: Quantity) -> Interval:
    r"""Sum of quantities.

    .. math:: [a, b] + [c, d] = [a + c,\; b + d]

    Parameters
    ----------
    *quantities
        Any count of numbers or intervals, in any one unit; at least 0 of them.

    Returns
    -------
    Interval
        In the same unit; 0 for none. Each end is rounded once, so the order does not matter.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    >>> str(add(Interval(1, 2), Interval(10, 20, low_open=True), 100))
    '(111, 122]'
    """
    terms = [as_interval(quantity) for quantity in quantities]
    return between(
        math.fsum(term.low for term in terms),
        math.fsum(term.high for term in terms),
        low_open=any(term.low_open for term in terms),
        high_open=any(term.high_open for term in terms),
    )


def subtract(left: Quantity, right: Quantity) -> Interval:
    r"""Left less right.

    .. math:: [a, b] - [c, d] = [a - d,\; b - c]

    Parameters
    ----------
    left, right
        Numbers or intervals in any one unit, above or below 0.

    Returns
    -------
    Interval
        In the same unit.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    >>> str(subtract(1, Interval(0.5, 1, low_open=True)))
    '[0, 0.5)'
    """
    taken = as_interval(right)
    return add(left, Interval(-taken.high, -taken.low, taken.high_open, taken.low_open))


def multiply(left: Quantity, right: Quantity) -> Interval:
    r"""Product of two quantities.

    .. math:: [a, b] \cdot [c, d] = [\min(ac, ad, bc, bd),\; \max(ac, ad, bc, bd)]

    Parameters
    ----------
    left, right
        Numbers or intervals, each in its unit, above or below 0.

    Returns
    -------
    Interval
        In the product of the units. 0 times an unbounded quantity is 0.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    >>> str(multiply(Interval(-1, 2), Interval(-3, 5)))
    '[-6, 10]'
    """
    return extremes(lambda x, y: x * y if x and y else 0.0, left, right)


def divide(numerator: Quantity, denominator: Quantity) -> Interval:
    r"""Quotient of two quantities.

    .. math:: [a, b] / [c, d] = [a, b] \cdot [1/d,\; 1/c], \qquad 0 \notin [c, d]

    Parameters
    ----------
    numerator
        A number or an interval, in any unit.
    denominator
        A number or an interval above 0 or below it throughout, in any unit.

    Returns
    -------
    Interval
        In the ratio of the units.

    Raises
    ------
    MethodError
        If the denominator reaches 0 at or between its ends, even if that end is open.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    >>> str(divide(Interval(8_850, 8_950), Interval(26_500, 27_500)))
    '[0.3218181818, 0.3377358491]'
    """
    below = as_interval(denominator)
    if below.low <= 0 <= below.high:
        raise MethodError(f"cannot divide by {below}, which reaches 0")
    return extremes(lambda x, y: x / y, numerator, below)


def extremes(function: Callable[[float, float], float], left: Quantity, right: Quantity) -> Interval:
    r"""Range of a function of two independent quantities, from its values at their ends.

    .. math:: \left[\min_{x, y} f(x, y),\; \max_{x, y} f(x, y)\right], \quad x \in \{a, b\},\; y \in \{c, d\}

    Parameters
    ----------
    function
        Strictly monotone in each argument while the other stays, in either direction, except
        that where one argument is 0 the other may make no difference (as in a product).
    left, right
        Its arguments, each a number or an interval in the unit the function expects.

    Returns
    -------
    Interval
        In the function's unit. An end is open if only open or infinite ends reach it.

    References
    ----------
    .. [1] Fateman, R. J. (2016). Interval arithmetic for Maxima: a brief summary.
       University of California, Berkeley.

    Examples
    --------
    Net import reliance from production between 0 and 50 and net imports of 50 tonnes:

    >>> str(extremes(lambda production, trade: trade / (production + trade), Interval(0, 50), 50))
    '[0.5, 1]'
    """
    corners = [
        (function(x, y), (x_inside and y_inside) or (x_inside and x == 0) or (y_inside and y == 0))
        for x, x_inside in _ends(as_interval(left))
        for y, y_inside in _ends(as_interval(right))
    ]
    # infinity over infinity: the other three corners already hold its limits
    corners = [(value, inside) for value, inside in corners if not math.isnan(value)]
    low, high = min(value for value, _ in corners), max(value for value, _ in corners)
    return between(low, high, low_open=(low, True) not in corners, high_open=(high, True) not in corners)


def _ends(interval: Interval) -> tuple[tuple[float, bool], tuple[float, bool]]:
    """Both ends, each with whether the interval reaches it."""
    return (
        (interval.low, not interval.low_open and math.isfinite(interval.low)),
        (interval.high, not interval.high_open and math.isfinite(interval.high)),
    )
