"""Published and hand-worked values of concentration, and the refusals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from monazite.errors import MethodError
from monazite.methods import concentration as c
from monazite.methods.interval import from_percent
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable

THREE = (0.5, 0.3, 0.2)  # the textbook market: H 0.38, entropy 1.0297
ANTIMONY = (0.55, 0.12, 0.08, 0.06)  # USGS MCS 2026, metal and oxide, 2021-24; other countries 0.19


def test_three_suppliers() -> None:
    assert c.hhi(THREE) == pytest.approx(0.38, abs=1e-12)
    assert c.effective_number(THREE) == pytest.approx(2.632, abs=5e-4)
    assert c.shannon(THREE) == pytest.approx(1.0297, abs=5e-5)
    assert c.shannon_effective_number(THREE) == pytest.approx(2.800, abs=5e-4)
    assert c.evenness(THREE) == pytest.approx(1.029653 / math.log(3), abs=1e-6)
    assert c.theil(THREE) == pytest.approx(sum(s * math.log(3 * s) for s in THREE), abs=1e-12)
    assert c.normalised_hhi(THREE) == pytest.approx((0.38 - 1 / 3) / (2 / 3), abs=1e-12)


def test_points_antitrust_authorities_print() -> None:
    assert round(10_000 * c.hhi([30, 30, 20, 20])) == 2600


def test_concentration_ratio() -> None:
    assert c.concentration_ratio([20, 50, 30], 1) == 0.5
    assert c.concentration_ratio([20, 50, 30], 2) == pytest.approx(0.8)
    assert c.concentration_ratio([20, 50, 30], 7) == 1.0


def test_one_supplier() -> None:
    assert c.hhi([7]) == 1.0
    assert c.effective_number([7]) == 1.0
    assert c.shannon([7]) == 0.0
    assert c.shannon_effective_number([7, 0]) == 1.0


@pytest.mark.parametrize("index", [c.normalised_hhi, c.evenness, c.theil])
@pytest.mark.parametrize("amounts", [[7], [7, 0, 0]])
def test_one_supplier_is_neither_even_nor_uneven(
    index: Callable[[list[float]], float], amounts: list[float]
) -> None:
    with pytest.raises(MethodError, match="at least two suppliers"):
        index(amounts)


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ([3, -1], r"amount 1 is -1.*at least 0"),
        ([3, math.nan], r"amount 1 is nan"),
        ([math.inf, 1], r"amount 0 is inf"),
        ([0, 0], "nothing is supplied"),
        ([], "nothing is supplied"),
        ([[1, 2], [3, 4]], r"shape \(2, 2\)"),
        (5, r"shape \(\)"),
        (["5", "W"], "must be a number"),
    ],
)
def test_what_is_no_market(amounts: object, told: str) -> None:
    for index in (c.hhi, c.normalised_hhi, c.effective_number, c.shannon, c.evenness, c.theil):
        with pytest.raises(MethodError, match=told):
            index(amounts)  # type: ignore[arg-type] # the wrong type is the test


@pytest.mark.parametrize("k", [0, -1])
def test_ratio_of_no_suppliers(k: int) -> None:
    with pytest.raises(MethodError, match="k at least 1"):
        c.concentration_ratio([1, 2], k)
    with pytest.raises(MethodError, match="k at least 1"):
        c.concentration_ratio_bounds([0.6, 0.4], 0, k)


def test_antimony_bounds() -> None:
    known = 0.55**2 + 0.12**2 + 0.08**2 + 0.06**2
    one = c.hhi_bounds(ANTIMONY, 0.19)
    assert one.low == pytest.approx(known)
    assert one.high == pytest.approx(known + 0.19**2)
    listed = c.hhi_bounds(ANTIMONY, 0.19, largest_unknown=0.06)
    assert listed.high == pytest.approx(known + 3 * 0.06**2 + 0.01**2)
    assert str(listed) == "(0.3269, 0.3378]"  # infinitely many is a limit, never reached


def test_nothing_unspecified_is_exact() -> None:
    assert c.hhi_bounds(THREE, 0).low == c.hhi_bounds(THREE, 0).high == pytest.approx(0.38)
    assert c.hhi_bounds([1.0], 0.0) == Interval.exact(1.0)
    assert c.hhi_bounds([0.7, 0.2, 0.1], 0.0).high == pytest.approx(0.54)  # though 0.7+0.2+0.1 < 1 in floats


def test_nothing_known() -> None:
    assert str(c.hhi_bounds([], 1.0)) == "(0, 1]"
    assert c.hhi_bounds([], 1.0, largest_unknown=0.25).high == pytest.approx(0.25)
    assert str(c.leading_share_bounds([], 1.0, largest_unknown=0.25)) == "(0, 0.25]"


def test_rounded_shares_need_not_sum_to_one_hundred() -> None:
    shares = [from_percent(p, rounded_to=1) for p in (34, 33, 32)]  # sum 99
    with pytest.raises(MethodError, match=r"sum to 0.99.*rounded_to"):
        c.hhi_bounds([0.34, 0.33, 0.32], 0)
    bounds = c.hhi_bounds(shares, 0)
    assert bounds.low == pytest.approx(0.34**2 + 0.335**2 + 0.325**2)  # 33 and 32 are full, 34 takes the rest
    assert bounds.high == pytest.approx(0.345**2 + 0.335**2 + 0.32**2, abs=0.01**2 / 4)
    assert bounds.low <= c.hhi([34.4, 33.2, 32.4]) <= bounds.high


def test_more_than_ninety_nine_percent() -> None:
    """Copper in ore and concentrate, MCS 2026: Canada >99, other countries <1."""
    canada, others = Interval(0.99, 1.0, low_open=True), Interval(0.0, 0.01, high_open=True)
    bounds = c.hhi_bounds([canada], others)
    assert bounds.low == pytest.approx(0.9801)
    assert bounds.high == 1.0
    assert str(c.leading_share_bounds([canada], others)) == "(0.99, 1]"


def test_a_bound_that_a_known_market_reaches_is_closed() -> None:
    halves = [Interval(0.4, 0.6), Interval(0.4, 0.6)]
    assert str(c.hhi_bounds(halves, 0)) == "[0.5, 0.52]"
    assert (
        str(c.leading_share_bounds([Interval(0.3, 0.7, low_open=True), Interval(0.3, 0.7)], 0))
        == "[0.5, 0.7]"
    )


def test_rounded_shares_are_cut_to_what_a_share_can_be() -> None:
    """100, 0 and 0 percent: none is above 1 or below 0, so little is left for others."""
    shares = [from_percent(p, rounded_to=1) for p in (100, 0, 0)]
    bounds = c.hhi_bounds(shares, Interval(0, 0.05))
    assert bounds.low == pytest.approx(0.995**2)
    assert bounds.high == 1.0
    assert c.concentration_ratio_bounds(shares, Interval(0, 0.05), 3).low == pytest.approx(0.995)


@pytest.mark.parametrize("third", [0.3333333334, 0.3333333333])
def test_sums_may_miss_one_by_what_a_fraction_does(third: float) -> None:
    assert c.hhi_bounds([third] * 3, 0).high == pytest.approx(1 / 3)
    with pytest.raises(MethodError, match="not 1"):
        c.hhi_bounds([round(third, 4)] * 3, 0)


def test_an_unknown_supplier_that_is_full() -> None:
    """0.35 + [0, 0.1] + others of at most 0.3: two full others and 0.05 are the most uneven."""
    found = c.hhi_bounds([0.35, Interval(0, 0.1)], Interval(0, 1), largest_unknown=0.3)
    assert 0.35**2 + 2 * 0.3**2 + 0.05**2 <= found.high <= 0.35**2 + 2 * 0.3**2 + 0.05**2 + 0.1**2 / 4


def test_the_leader_may_hide_in_the_remainder() -> None:
    """Cobalt, MCS 2026: Norway 26, Finland 16, Canada 14, Japan 14, others 30."""
    cobalt = (0.26, 0.16, 0.14, 0.14)
    assert str(c.leading_share_bounds(cobalt, 0.30)) == "[0.26, 0.3]"
    assert str(c.leading_share_bounds(cobalt, 0.30, largest_unknown=0.14)) == "0.26"
    assert str(c.concentration_ratio_bounds(cobalt, 0.30, 4)) == "[0.7, 0.86]"
    five = c.concentration_ratio_bounds(cobalt, 0.30, 5, largest_unknown=0.14)
    assert str(five) == "(0.7, 0.84]"
    six = c.concentration_ratio_bounds(cobalt, 0.30, 6, largest_unknown=0.14)
    assert six.high == pytest.approx(0.98)
    assert c.concentration_ratio_bounds(cobalt, 0.30, 7, largest_unknown=0.14).high == pytest.approx(1)


@pytest.mark.parametrize(
    ("shares", "remainder", "cap", "told"),
    [
        ([0.5, 0.6], 0.0, None, "sum to 1.1"),
        ([0.5], 0.2, None, "sum to 0.7"),
        ([Interval(0.1, 0.2)], Interval(0.1, 0.2), None, r"sum to \[0.2, 0.4\], not 1"),
        ([-0.2, 1.2], 0.0, None, "share 0 is -0.2"),
        ([0.5, math.nan], 0.5, None, "nan"),
        ([0.5], 0.5, 0.0, "largest_unknown is 0"),
        ([0.5], 0.5, -0.1, "largest_unknown is -0.1"),
        ([0.5], 0.5, math.nan, "largest_unknown is nan"),
    ],
)
def test_what_is_no_list_of_shares(
    shares: list[float | Interval], remainder: float | Interval, cap: float | None, told: str
) -> None:
    with pytest.raises(MethodError, match=told):
        c.hhi_bounds(shares, remainder, largest_unknown=cap)
    with pytest.raises(MethodError, match=told):
        c.leading_share_bounds(shares, remainder, largest_unknown=cap)
