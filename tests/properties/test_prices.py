"""Laws of price range and volatility."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods.prices import price_range, volatility

price = st.floats(min_value=1e-3, max_value=1e6)
series = st.lists(price, min_size=3, max_size=30)
factor = st.floats(1e-3, 1e3)


@given(series)
def test_range_holds_every_price(prices: list[float]) -> None:
    found = price_range(prices)
    assert all(found.low <= p <= found.high for p in prices)
    assert {found.low, found.high} <= set(prices)
    assert found.ratio >= 1


@given(series, factor)
def test_unit_free(prices: list[float], unit: float) -> None:
    converted = [unit * p for p in prices]
    assert volatility(converted) == pytest.approx(volatility(prices), abs=1e-9)
    assert price_range(converted).ratio == pytest.approx(price_range(prices).ratio)


@given(series, st.floats(0.5, 2))
def test_a_constant_trend_adds_nothing(prices: list[float], growth: float) -> None:
    trended = [p * growth**year for year, p in enumerate(prices)]
    assert volatility(trended) == pytest.approx(volatility(prices), abs=1e-9)


@given(series)
def test_time_backwards_is_as_restless(prices: list[float]) -> None:
    assert volatility(prices[::-1]) == pytest.approx(volatility(prices), abs=1e-9)


@given(series)
def test_never_negative(prices: list[float]) -> None:
    assert volatility(prices) >= 0


@given(price, st.integers(3, 30))
def test_a_flat_price_is_still(level: float, years: int) -> None:
    assert volatility([level] * years) == 0
    assert price_range([level] * years).ratio == 1
