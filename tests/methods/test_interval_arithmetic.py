"""Interval arithmetic: the ends, and whether they are inside."""

from __future__ import annotations

import math

import pytest

from monazite.errors import MethodError
from monazite.methods import interval as i
from monazite.schema.interval import Interval

OVER_50 = Interval(50, 100, low_open=True)


def test_sums_and_differences() -> None:
    assert i.add(Interval(1, 2), Interval(10, 20), 100) == Interval(111, 122)
    assert i.add() == Interval.exact(0)
    assert i.subtract(Interval(1, 2), Interval(10, 20)) == Interval(-19, -8)
    assert i.subtract(1, OVER_50) == Interval(-99, -49, high_open=True)
    assert i.add(OVER_50, 1) == Interval(51, 101, low_open=True)
    assert i.add(Interval(0, 1, high_open=True), Interval(0, 1)) == Interval(0, 2, high_open=True)
    assert i.subtract(Interval(0, 1), Interval(0, 1, low_open=True)) == Interval(-1, 1, high_open=True)


def test_products() -> None:
    assert i.multiply(Interval(-1, 2), Interval(-3, 5)) == Interval(-6, 10)
    assert i.multiply(-2, Interval(1, 3, low_open=True)) == Interval(-6, -2, high_open=True)
    assert i.multiply(0, Interval(1, 2, low_open=True, high_open=True)) == Interval.exact(0)
    assert i.multiply(Interval(0, 1), Interval(2, math.inf)) == Interval(0, math.inf)
    assert i.multiply(Interval(0, 1, low_open=True), 2) == Interval(0, 2, low_open=True)
    assert i.multiply(0, Interval(-math.inf, math.inf)) == Interval.exact(0)


def test_an_end_of_a_product_is_closed_if_any_way_reaches_it() -> None:
    between = Interval(1, 2, low_open=True, high_open=True)
    assert i.multiply(Interval(0, 1), between) == Interval(0, 2, high_open=True)
    assert i.multiply(between, Interval(0, 1)) == Interval(0, 2, high_open=True)
    assert i.multiply(Interval(-1, 1), Interval(-2, 2, low_open=True)) == Interval(-2, 2)
    assert i.multiply(Interval(-1, 1), Interval(-2, 2, high_open=True)) == Interval(-2, 2)


def test_quotients() -> None:
    assert i.divide(1, Interval(2, 4)) == Interval(0.25, 0.5)
    assert i.divide(Interval(-1, 1), Interval(-4, -2)) == Interval(-0.5, 0.5)
    assert i.divide(1, Interval(1, math.inf)) == Interval(0, 1, low_open=True)
    assert i.divide(1, OVER_50) == Interval(0.01, 0.02, high_open=True)
    assert i.divide(0, OVER_50) == Interval.exact(0)
    assert i.divide(Interval(-math.inf, -1), Interval(-math.inf, -1)) == Interval(0, math.inf, low_open=True)


@pytest.mark.parametrize("denominator", [0, Interval(-1, 1), Interval(0, 1), Interval(-1, 0, high_open=True)])
def test_no_quotient_by_what_may_be_zero(denominator: float | Interval) -> None:
    with pytest.raises(MethodError, match="0"):
        i.divide(1, denominator)


def test_clip() -> None:
    assert i.clip(Interval(-1, 2), 0, 1) == Interval(0, 1)
    assert i.clip(OVER_50, 0, 100) == OVER_50
    assert i.clip(Interval(-1, 2, low_open=True, high_open=True), 0, 1) == Interval(0, 1)
    assert i.clip(Interval(2, 3, low_open=True), 0, 1) == Interval.exact(1)
    assert i.clip(Interval(0, 1, low_open=True, high_open=True), 0, 1) == Interval(0, 1, True, True)  # noqa: FBT003 - as the type prints itself
    assert i.clip(5, 0, 1) == Interval.exact(1)


def test_percent() -> None:
    assert str(i.from_percent(OVER_50)) == "(0.5, 1]"
    assert i.to_percent(Interval(0.5, 1, low_open=True)) == OVER_50
    assert i.from_percent(22, rounded_to=1) == Interval(0.215, 0.225)
    assert i.from_percent(67) == Interval.exact(0.67)
    with pytest.raises(MethodError, match="rounded_to is -1"):
        i.from_percent(22, rounded_to=-1)


def test_hull() -> None:
    assert i.hull(Interval(1, 2, high_open=True), 5, Interval(0, 1, low_open=True)) == Interval(
        0, 5, low_open=True
    )
    assert i.hull(Interval(1, 2, low_open=True), Interval(1, 2, high_open=True)) == Interval(1, 2)
    with pytest.raises(MethodError, match="nothing"):
        i.hull()


def test_intersect() -> None:
    assert i.intersect(OVER_50, Interval(0, 75, high_open=True)) == Interval(50, 75, True, True)  # noqa: FBT003 - as the type prints itself
    assert i.intersect(Interval(50, 60), OVER_50) == Interval(50, 60, low_open=True)
    assert i.intersect(Interval(0, 50), Interval(50, 100)) == Interval.exact(50)


@pytest.mark.parametrize("other", [Interval(0, 50), Interval(0, 49), Interval(101, 102)])
def test_figures_that_contradict(other: Interval) -> None:
    with pytest.raises(MethodError, match="no number"):
        i.intersect(OVER_50, other)


def test_a_missing_number_is_refused() -> None:
    for method in (i.add, i.subtract, i.multiply, i.divide):
        with pytest.raises(MethodError, match="nan"):
            method(1, math.nan)


@pytest.mark.parametrize(
    ("published", "half_width"),
    [
        ("9,600", 50),
        ("14,000", 500),
        ("2,000", 50),  # two digits at least: 2.0 thousand
        ("1,500", 50),
        ("10,800", 50),
        ("1,010", 5),
        ("956", 0.5),
        ("100", 5),
        ("50", 0.5),
        ("7", 0.5),
        ("0", 0.5),
        ("-31", 0.5),
        ("24.21", 0.005),
        ("0.50", 0.005),
        (15.48, 0.005),
        (9600, 50),
        (9600.0, 50),
        (0.5, 0.05),
    ],
)
def test_half_of_the_last_published_digit(published: str | float, half_width: float) -> None:
    assert i.rounding_half_width(published) == half_width
    value = float(str(published).replace(",", ""))
    found = i.as_published(published)
    assert found.low == pytest.approx(value - half_width)
    assert found.high == pytest.approx(value + half_width)


def test_more_digits_when_the_publisher_says_so() -> None:
    assert i.rounding_half_width("2,000", significant=3) == 5
    assert i.rounding_half_width("2,000", significant=1) == 500
    with pytest.raises(MethodError, match="significant is 0"):
        i.rounding_half_width("2,000", significant=0)


@pytest.mark.parametrize("text", ["W", ">50", "blank ", "-nan", "Infinity", math.nan, math.inf])
def test_what_is_no_published_number(text: str | float) -> None:
    with pytest.raises(MethodError, match="published number"):
        i.rounding_half_width(text)
