"""An interval: its ends, what it holds, how it prints."""

from __future__ import annotations

import math

import pytest

from monazite.schema.interval import Interval


def test_ends_that_cross_or_are_missing() -> None:
    for low, high in [(2, 1), (math.nan, 1), (1, math.nan), (math.inf, math.inf), (-math.inf, -math.inf)]:
        with pytest.raises(ValueError, match="interval needs"):
            Interval(low, high)


@pytest.mark.parametrize("opened", [(True, False), (False, True), (True, True)])
def test_an_open_point_holds_nothing(opened: tuple[bool, bool]) -> None:
    with pytest.raises(ValueError, match="holds no number"):
        Interval(1, 1, *opened)


def test_membership_respects_open_ends() -> None:
    over_50 = Interval(50, 100, low_open=True)
    assert 50 not in over_50
    assert 50.0001 in over_50
    assert 100 in over_50
    assert 100.1 not in over_50
    assert not any(missing in over_50 for missing in (math.nan, -math.inf))
    under_25 = Interval(0, 25, high_open=True)
    assert 0 in under_25
    assert 25 not in under_25
    assert -0.1 not in under_25


def test_exact() -> None:
    assert Interval.exact(3).is_exact
    assert Interval.exact(3).width == 0
    assert float(Interval.exact(3)) == 3.0
    assert not Interval(1, 2).is_exact


def test_an_interval_is_not_one_number() -> None:
    with pytest.raises(ValueError, match=r"\[1, 2\] is not one number"):
        float(Interval(1, 2))


def test_width() -> None:
    assert Interval(1, 3).width == 2
    assert Interval(0, math.inf).width == math.inf


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(0.5, 1.0, low_open=True), "(0.5, 1]"),
        (Interval(0, 25, high_open=True), "[0, 25)"),
        (Interval(0, math.inf), "[0, inf)"),
        (Interval(-math.inf, 0), "(-inf, 0]"),
        (Interval.exact(0.67), "0.67"),
        (Interval.exact(0.1 + 0.2), "0.3"),
        (Interval(9_550_123, 9_650_456), "[9550123, 9650456]"),
    ],
)
def test_prints_as_mathematicians_write(interval: Interval, text: str) -> None:
    assert str(interval) == text
