"""Hand-worked values of the robust statistics, verdicts at their boundaries, and the refusals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods import outliers as o

if TYPE_CHECKING:
    from collections.abc import Callable

LN3 = math.log(3)


def test_mad_of_a_few_numbers() -> None:
    assert o.median_absolute_deviation([1, 1, 2, 2, 4, 6, 9]) == 1
    assert o.median_absolute_deviation([5]) == 0
    assert o.median_absolute_deviation([-2, 2]) == 2


def test_a_modified_z_is_so_many_normal_standard_deviations() -> None:
    """For normal numbers the MAD is 0.6745 standard deviations."""
    numbers = np.random.default_rng(1).normal(10, 3, 100_001)
    scores = o.modified_z(numbers)
    assert scores[np.argmax(numbers)] == pytest.approx((numbers.max() - 10) / 3, rel=0.02)


def test_scores_at_the_threshold() -> None:
    """Median 0, MAD 1: the score of 5.19 is 0.6745 × 5.19 = 3.5007."""
    scores = o.modified_z([-1, -1, 0, 1, 5.19])
    assert scores[-1] == pytest.approx(0.6745 * 5.19)
    assert scores[-1] > o.JUMP_Z


def test_more_than_half_equal_needs_a_least_spread() -> None:
    with pytest.raises(MethodError, match="least_spread"):
        o.modified_z([1, 1, 1, 2])
    assert list(o.modified_z([1, 1, 1, 2], least_spread=0.5)) == pytest.approx([0, 0, 0, 0.6745 / 0.5])


def test_expected_mass_of_steady_prices_lies_within_the_least_spread() -> None:
    mass, low, high = o.expected_mass(1000, [10, 10, 10])
    width = math.exp(2.5 * 0.1 / 0.6745)
    assert (mass, low, high) == pytest.approx((100, 100 / width, 100 * width))


@pytest.mark.parametrize(
    ("ratio", "places"),
    [
        (1000, 3),
        (0.001, -3),
        (1151, 3),
        (10, 1),
        (14.0, 1),
        (14.2, 0),
        (7.2, 1),
        (7.0, 0),
        (1, 0),
        (1.4, 0),
        (2, 0),
    ],
)
def test_decimal_slips(ratio: float, places: int) -> None:
    assert o.decimal_slip(ratio) == places


def verdict(value: float, mass: float, *, market: float = 0.0, spread: float = 0.1, off: float = 5.0) -> str:
    """The verdict on one change of value and mass, as ratios."""
    (told,) = o.told_apart(
        [math.log(value)],
        [math.log(mass)],
        market_change=[market],
        market_spread=[spread],
        deviation_before=[0],
        deviation_after=[off],
    )
    return told


def test_a_sixth_of_the_mass_at_the_same_value_is_a_wrong_quantity() -> None:
    assert verdict(1.0, 1 / 6) == "quantity"
    assert verdict(1.0, 6) == "quantity"


def test_a_sixth_of_both_is_trade() -> None:
    assert verdict(1 / 6, 1 / 6) == "trade"
    assert verdict(6, 6) == "trade"


def test_half_way_on_the_log_scale_is_along() -> None:
    assert verdict(1 / math.sqrt(10) * 0.999, 1 / 10) == "trade"
    assert verdict(1 / math.sqrt(10) * 1.01, 1 / 10) != "trade"


def test_a_value_that_goes_the_other_way_is_not_along() -> None:
    assert verdict(5, 1 / 5) == "quantity"


def test_less_than_threefold_is_calm() -> None:
    assert verdict(1, 2.99) == "calm"
    assert verdict(1, 3.01) != "calm"


def test_a_price_that_moved_for_all_is_no_wrong_quantity() -> None:
    assert verdict(1, 1 / 6, market=math.log(6)) == "unclear"


def test_a_jump_within_the_scatter_of_others_is_unclear() -> None:
    assert verdict(1, 1 / 6, spread=1.0) == "unclear"


def test_a_jump_to_the_usual_level_accuses_nobody() -> None:
    assert verdict(1, 1 / 6, off=LN3 - 0.01) == "unclear"
    assert verdict(1, 1 / 6, off=LN3 + 0.01) == "quantity"


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no value": (lambda: o.median_absolute_deviation([]), "n at least 1"),
    "a table": (lambda: o.median_absolute_deviation([[1, 2]]), r"\(1, 2\)"),
    "not a number": (lambda: o.modified_z([1, math.nan]), "value 1 is nan"),
    "infinite": (lambda: o.modified_z([1, math.inf]), "value 1 is inf"),
    "a word": (lambda: o.modified_z(["W"]), "must be a number"),
    "no dollars": (lambda: o.expected_mass(0, [1]), "value 0 is 0.*above 0"),
    "no price": (lambda: o.expected_mass(1, [0]), "unit value 0 is 0.*above 0"),
    "no prices": (lambda: o.expected_mass(1, []), "n at least 1"),
    "no ratio": (lambda: o.decimal_slip(0), "ratio 0 is 0.*above 0"),
    "a negative ratio": (lambda: o.decimal_slip(-10), "ratio 0 is -10.*above 0"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_outside_the_domain(what: str) -> None:
    call, told = REFUSED[what]
    with pytest.raises(MethodError, match=told):
        call()


def test_lists_of_a_change_are_equally_long() -> None:
    with pytest.raises(MethodError, match="equally long"):
        o.told_apart(
            [1, 2],
            [1],
            market_change=[0],
            market_spread=[0],
            deviation_before=[0],
            deviation_after=[0],
        )
