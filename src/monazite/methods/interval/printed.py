"""What a printed number stands for: percents, and numbers rounded to their last digit."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from monazite.errors import MethodError
from monazite.methods.interval.arithmetic import add, divide, multiply
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from monazite.methods.interval.arithmetic import Quantity


def from_percent(percent: Quantity, *, rounded_to: float = 0.0) -> Interval:
    r"""A share from percent, allowing for rounding.

    .. math:: \left[\frac{a - h/2}{100},\; \frac{b + h/2}{100}\right]

    Parameters
    ----------
    percent
        A number or an interval [a, b], in percent.
    rounded_to
        The step h the publisher rounds to, in percent, at least 0: 1 for whole percents.

    Returns
    -------
    Interval
        A share. May reach beyond [0, 1] by half a step: clip it.

    Raises
    ------
    MethodError
        If the step is negative or NaN.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T.

    Examples
    --------
    Germanium's net import reliance, ``>50``, and Malaysia's part of rare-earth imports, 13:

    >>> str(from_percent(Interval(50, 100, low_open=True)))
    '(0.5, 1]'
    >>> str(from_percent(13, rounded_to=1))
    '[0.125, 0.135]'
    """
    if not rounded_to >= 0:
        raise MethodError(f"rounded_to is {rounded_to}; a step of rounding is at least 0 percent")
    return divide(add(percent, Interval(-rounded_to / 2, rounded_to / 2)), 100)


def to_percent(share: Quantity) -> Interval:
    """Percent from a share, for printing.

    Parameters
    ----------
    share
        A number or an interval, a share of 1.

    Returns
    -------
    Interval
        In percent: 100 at share 1, above it beyond.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T.

    Examples
    --------
    >>> str(to_percent(Interval(0.5, 1, low_open=True)))
    '(50, 100]'
    """
    return multiply(share, 100)


def rounding_half_width(published: str | float, *, significant: int = 2) -> float:
    r"""How far the true number may lie from the one that was printed.

    .. math:: h = \tfrac12 \, 10^{p}

    where :math:`p` is the place of the last digit that carries information. Printed decimals
    all do. Trailing zeros of a whole number do not, but at least ``significant`` digits do.

    Parameters
    ----------
    published
        The number as printed, thousands separators and all, or its value; in any unit.
    significant
        The fewest digits the publisher keeps, at least 1. Two is a judgement (U): in the tables
        of [1]_ most final figures show three digits, most estimates two.

    Returns
    -------
    float
        Half a unit of the last significant place, in the unit of the number.

    Raises
    ------
    MethodError
        If it is no finite number: a mark such as ``W`` or ``>50`` is not rounded but withheld
        or censored. Also if significant is less than 1.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T.

    Examples
    --------
    US apparent consumption of cobalt, tonnes, 2025 and 2024, and a price:

    >>> rounding_half_width("9,600"), rounding_half_width("7,960"), rounding_half_width("24.21")
    (50.0, 5.0, 0.005)
    """
    if significant < 1:
        raise MethodError(f"significant is {significant}; a printed number has at least 1 significant digit")
    number = _decimal(published)
    place = int(number.as_tuple().exponent)
    if place >= 0:
        trailing = int(number.normalize().as_tuple().exponent)
        place = min(trailing, max(0, number.adjusted() + 1 - significant))
    return float(Decimal(5).scaleb(place - 1))


def as_published(published: str | float, *, significant: int = 2) -> Interval:
    r"""Every number that would be printed as this one.

    .. math:: [x - h,\; x + h]

    with :math:`h` from `rounding_half_width`.

    Parameters
    ----------
    published, significant
        As for `rounding_half_width`.

    Returns
    -------
    Interval
        In the unit of the number. A printed 0 gives [-0.5, 0.5]: clip it where the quantity
        cannot be below 0.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T.

    Examples
    --------
    US apparent consumption of cobalt in 2025, tonnes:

    >>> str(as_published("9,600"))
    '[9550, 9650]'
    """
    half = Decimal(str(rounding_half_width(published, significant=significant)))
    number = _decimal(published)
    return Interval(float(number - half), float(number + half))


def _decimal(published: str | float) -> Decimal:
    """Read a printed number; a whole float such as 9600.0 has no printed decimals."""
    whole = isinstance(published, float) and published.is_integer()
    text = str(int(published)) if whole else str(published).replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise MethodError(f"{published!r} is not a published number such as '9,600' or 24.21")
    return number
