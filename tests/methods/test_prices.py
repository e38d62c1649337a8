"""Price range and volatility against a published series and numbers worked by hand."""

from __future__ import annotations

import math

import pytest

from monazite.errors import MethodError
from monazite.methods.prices import price_range, volatility

COBALT_LME = (23.17, 28.83, 15.48, 11.84, 15)  # dollars per pound, 2021-25, USGS MCS 2026


def test_cobalt_range() -> None:
    found = price_range(COBALT_LME)
    assert (found.low, found.high) == (11.84, 28.83)
    assert found.ratio == pytest.approx(2.435, abs=5e-4)


def test_cobalt_volatility() -> None:
    """Log changes 0.2186, -0.6219, -0.2681, 0.2366: mean -0.1087, squares over three."""
    changes = (0.2186, -0.6219, -0.2681, 0.2366)
    mean = sum(changes) / 4
    by_hand = math.sqrt(sum((c - mean) ** 2 for c in changes) / 3)
    assert volatility(COBALT_LME) == pytest.approx(by_hand, abs=1e-4)
    assert volatility(COBALT_LME) == pytest.approx(0.4143, abs=5e-5)


def test_doubling_then_halving() -> None:
    assert volatility([1, 2, 1]) == pytest.approx(math.sqrt(2) * math.log(2))


def test_steady_growth_is_not_volatile() -> None:
    assert volatility([1, 2, 4, 8]) == pytest.approx(0.0, abs=1e-15)


def test_one_price_has_a_range() -> None:
    assert price_range([5]).ratio == 1.0


@pytest.mark.parametrize(
    ("prices", "told"),
    [
        ([1, 0, 2], r"price 1 is 0.*above 0"),
        ([1, 2, -3], r"price 2 is -3"),
        ([math.nan, 2, 3], r"price 0 is nan"),
        ([1, 2, math.inf], r"price 2 is inf"),
        ([[1, 2, 3]], r"shape \(1, 3\)"),
        ([], "price"),
        (["1", "W", "2"], "must be a number"),
    ],
)
def test_what_is_no_price(prices: object, told: str) -> None:
    for method in (price_range, volatility):
        with pytest.raises(MethodError, match=told):
            method(prices)  # type: ignore[arg-type] # the wrong type is the test


def test_two_prices_have_one_change_and_no_spread() -> None:
    with pytest.raises(MethodError, match="3 prices, found 2"):
        volatility([1, 2])
    assert volatility([1, 2, 4.1]) > 0
