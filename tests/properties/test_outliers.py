"""Laws of the robust statistics."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monazite.methods.outliers import (
    decimal_slip,
    expected_mass,
    median_absolute_deviation,
    modified_z,
    told_apart,
)

number = st.floats(-1e6, 1e6)
numbers = st.lists(number, min_size=1, max_size=30)
price = st.floats(1e-3, 1e9)
log = st.floats(-12, 12)


@given(numbers, st.floats(-1e6, 1e6), st.floats(1e-3, 1e3))
def test_mad_ignores_where_and_follows_the_scale(values: list[float], shift: float, scale: float) -> None:
    moved = [scale * value + shift for value in values]
    assert median_absolute_deviation(moved) == pytest.approx(
        scale * median_absolute_deviation(values), rel=1e-6, abs=1e-3
    )


@given(numbers)
def test_half_of_the_values_lie_within_the_mad(values: list[float]) -> None:
    spread = median_absolute_deviation(values)
    near = sum(abs(value - np.median(values)) <= spread * (1 + 1e-12) for value in values)
    assert 2 * near >= len(values)


@given(st.lists(number, min_size=3, max_size=29), st.floats(1e7, 1e12))
def test_a_minority_cannot_carry_the_measure_away(values: list[float], wild: float) -> None:
    spoilt = list(values)
    for place in range((len(values) - 1) // 2):
        spoilt[place] = wild
    assert abs(np.median(spoilt)) <= 1e6
    assert median_absolute_deviation(spoilt) <= 2e6


@given(numbers, st.randoms(use_true_random=False))
def test_order_free(values: list[float], random: object) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis hands over a Random
    assert median_absolute_deviation(shuffled) == median_absolute_deviation(values)
    assert sorted(modified_z(shuffled, least_spread=1)) == sorted(modified_z(values, least_spread=1))


@given(st.lists(price, min_size=1, max_size=20), price, st.floats(1e-3, 1e3))
def test_expected_mass_scales_with_value_and_against_price(
    prices: list[float], value: float, factor: float
) -> None:
    one = expected_mass(value, prices)
    assert one.low_t <= one.mass_t <= one.high_t
    assert expected_mass(factor * value, prices) == pytest.approx([factor * part for part in one])
    dearer = expected_mass(value, [factor * part for part in prices])
    assert dearer == pytest.approx([part / factor for part in one], rel=1e-6)


@given(st.floats(1e-8, 1e8))
def test_a_slip_the_other_way_is_its_opposite(ratio: float) -> None:
    places = math.log10(ratio)
    assume(abs(abs(places - round(places)) - 0.15) > 1e-9)
    assert decimal_slip(ratio) == -decimal_slip(1 / ratio)


@given(log, log, log, st.floats(0, 3), log, log)
def test_time_backwards_gives_the_same_verdict(  # noqa: PLR0913, PLR0917 - the six numbers of a change
    value: float, mass: float, market: float, spread: float, before: float, after: float
) -> None:
    def told(sign: int, first: float, second: float) -> list[str]:
        return list(
            told_apart(
                [sign * value],
                [sign * mass],
                market_change=[sign * market],
                market_spread=[spread],
                deviation_before=[first],
                deviation_after=[second],
            )
        )

    assert told(1, before, after) == told(-1, after, before)


@given(log, log, st.floats(0, 3), log, log)
def test_a_price_change_of_the_whole_market_is_never_a_fault(
    value: float, mass: float, spread: float, before: float, after: float
) -> None:
    (told,) = told_apart(
        [value],
        [mass],
        market_change=[value - mass],
        market_spread=[spread],
        deviation_before=[before],
        deviation_after=[after],
    )
    assert told != "quantity"
