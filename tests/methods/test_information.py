"""What splitting a code tells: published and hand-worked entropies, bounds against every choice."""

from __future__ import annotations

import itertools
import math

import pytest

from monazite.errors import MethodError
from monazite.methods.concentration import shannon
from monazite.methods.information import expected_information, split_entropy
from monazite.schema.interval import Interval

STEPS = 20


def bits(*shares: float) -> float:
    return -sum(share * math.log2(share) for share in shares if share > 0)


def test_three_materials() -> None:
    found = float(split_entropy([0.5, 0.3, 0.2]))
    assert found * math.log(2) == pytest.approx(1.0297, abs=5e-5)  # nats, as published
    assert found == pytest.approx(shannon([0.5, 0.3, 0.2]) / math.log(2))


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_equal_shares_have_the_logarithm_of_their_number(count: int) -> None:
    assert float(split_entropy([1 / count] * count)) == pytest.approx(math.log2(count))


def test_nothing_known_of_two_materials_is_anything_up_to_one_bit() -> None:
    assert split_entropy([Interval(0, 1), Interval(0, 1)]) == Interval(0.0, 1.0)


def test_a_share_at_most_so_much() -> None:
    found = split_entropy([Interval(0.6, 0.9), Interval(0.1, 0.4)])
    assert found.low == pytest.approx(bits(0.9, 0.1))
    assert found.high == pytest.approx(bits(0.6, 0.4))


@pytest.mark.parametrize(
    "boxes",
    [
        [(2, 10), (3, 12), (4, 9)],
        [(0, 20), (0, 5), (0, 5)],
        [(5, 5), (0, 15), (0, 15)],
        [(1, 6), (1, 6), (2, 8), (4, 9)],
        [(0, 20), (1, 1)],
    ],
)
def test_bounds_against_every_split(boxes: list[tuple[int, int]]) -> None:
    found = split_entropy([Interval(low / STEPS, high / STEPS) for low, high in boxes])
    splits = itertools.product(*(range(low, high + 1) for low, high in boxes))
    every = [bits(*(part / STEPS for part in split)) for split in splits if sum(split) == STEPS]
    assert found.low <= min(every) + 1e-9
    assert max(every) <= found.high + 1e-9
    assert min(every) - found.low < 0.1
    assert found.high - max(every) < 0.01


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([], "0 shares sum to"),
        ([0.5, 0.6], "1.1 to 1.1"),
        ([1.2, -0.2], "share 0 is 1.2"),
        ([Interval(0, 0.4), Interval(0, 0.4)], "from 0 to 0.8"),
        ([0.5, math.nan], "share 1 is nan"),
    ],
)
def test_what_is_no_split(shares: list[float | Interval], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        split_entropy(shares)


def test_information_is_entropy_times_value_times_concentration() -> None:
    assert float(expected_information(1.5, 2_000_000, 0.5)) == 1_500_000
    found = expected_information(Interval(0.5, 1.0), 1_000_000, Interval(0.2, 0.4))
    assert [found.low, found.high] == pytest.approx([100_000, 400_000])
    assert float(expected_information(0.0, 5e9, 1.0)) == 0
    assert float(expected_information(2.0, 0.0, 1.0)) == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((-1.0, 1.0, 0.5), "entropy is -1"),
        ((1.0, -1.0, 0.5), "value_usd is -1"),
        ((1.0, 1.0, 3800.0), "at most 1, not 10,000 points"),
        ((1.0, math.nan, 0.5), "value_usd is nan"),
    ],
)
def test_what_tells_nothing(given: tuple[float, float, float], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        expected_information(*given)
