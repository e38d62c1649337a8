"""Laws of concentration (the table in docs/methods/concentration.md), and bounds against brute force."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods import concentration as c
from monazite.schema.interval import Interval

Index = Callable[[list[float]], float]

amount = st.floats(min_value=0, max_value=1e9, allow_subnormal=False)
markets = st.lists(amount, min_size=1, max_size=12).filter(lambda a: sum(a) > 1e-6)
several = markets.filter(lambda a: sum(x > 1e-6 * max(a) for x in a) >= 2)
every_index = pytest.mark.parametrize(
    "index",
    [
        c.hhi,
        c.normalised_hhi,
        c.effective_number,
        c.shannon,
        c.shannon_effective_number,
        c.evenness,
        c.theil,
        lambda amounts: c.concentration_ratio(amounts, 2),
    ],
    ids=["hhi", "normalised", "effective", "shannon", "shannon_effective", "evenness", "theil", "cr2"],
)
near = pytest.approx


def suppliers(amounts: list[float]) -> int:
    return sum(x > 0 for x in np.asarray(amounts) / max(amounts))


@given(markets)
def test_hhi_lies_between_equal_shares_and_one(amounts: list[float]) -> None:
    assert 1 / suppliers(amounts) - 1e-12 <= c.hhi(amounts) <= 1


@given(several)
def test_the_others_lie_in_their_ranges(amounts: list[float]) -> None:
    n = suppliers(amounts)
    assert 0 <= c.normalised_hhi(amounts) <= 1
    assert 0 < c.evenness(amounts) <= 1
    assert 0 <= c.shannon(amounts) <= math.log(n) + 1e-12
    assert 0 <= c.theil(amounts) <= math.log(n)
    assert 1 <= c.effective_number(amounts) <= c.shannon_effective_number(amounts) + 1e-9


@every_index
@given(amounts=several, factor=st.floats(1e-6, 1e6))
def test_unit_free(index: Index, amounts: list[float], factor: float) -> None:
    assert index([factor * a for a in amounts]) == near(index(amounts), rel=1e-9, abs=1e-12)


@every_index
@given(data=st.data(), amounts=several)
def test_order_free_to_the_bit(index: Index, data: st.DataObject, amounts: list[float]) -> None:
    assert index(data.draw(st.permutations(amounts))) == index(amounts)


@given(several, st.integers(1, 5))
def test_merging_never_lowers(amounts: list[float], k: int) -> None:
    merged = [amounts[0] + amounts[1], *amounts[2:]]
    assert c.hhi(merged) >= c.hhi(amounts) - 1e-12
    assert c.concentration_ratio(merged, k) >= c.concentration_ratio(amounts, k) - 1e-12
    assert c.effective_number(merged) <= c.effective_number(amounts) + 1e-9
    assert c.shannon(merged) <= c.shannon(amounts) + 1e-12


@every_index
@given(amounts=several, place=st.integers(0, 12))
def test_a_supplier_of_nothing_changes_nothing(index: Index, amounts: list[float], place: int) -> None:
    assert index([*amounts[:place], 0.0, *amounts[place:]]) == index(amounts)


@given(st.integers(2, 200), st.floats(1e-3, 1e6))
def test_equal_shares(n: int, each: float) -> None:
    equal = [each] * n
    assert c.hhi(equal) == near(1 / n)
    assert 0 <= c.normalised_hhi(equal) < 1e-12
    assert c.effective_number(equal) == near(n)
    assert c.shannon(equal) == near(math.log(n))
    assert c.shannon_effective_number(equal) == near(n)
    assert c.evenness(equal) == near(1)
    assert 0 <= c.theil(equal) < 1e-12
    assert c.concentration_ratio(equal, 1) == near(1 / n)


@given(several, st.floats(0, 1))
def test_moving_supply_to_a_smaller_supplier_never_concentrates(amounts: list[float], part: float) -> None:
    small, large = sorted(amounts[:2])
    moved = part * (large - small) / 2
    evened = [small + moved, large - moved, *amounts[2:]]
    assert c.hhi(evened) <= c.hhi(amounts) + 1e-12
    assert c.shannon(evened) >= c.shannon(amounts) - 1e-12


@given(markets)
def test_ratios_rise_with_k_and_reach_one(amounts: list[float]) -> None:
    ratios = [c.concentration_ratio(amounts, k) for k in range(1, len(amounts) + 2)]
    assert ratios == sorted(ratios)
    assert ratios[-1] == 1.0
    assert ratios[0] <= math.sqrt(c.hhi(amounts)) + 1e-12  # the leader alone makes s² of the index


# ── Bounds: whatever the truth behind a published list, it lies inside ────────────────────────


@st.composite
def published_lists(draw: st.DrawFn) -> tuple[list[float], list[float], float]:
    """A true market, listed in descending order down to some supplier, in whole percents."""
    true = sorted(draw(st.lists(st.integers(1, 1000), min_size=1, max_size=12)), reverse=True)
    shares = [t / sum(true) for t in true]
    listed = draw(st.integers(0, len(shares)))
    return shares, shares[:listed], math.fsum(shares[listed:])


def holds(bounds: Interval, value: float, slack: float = 1e-9) -> bool:
    return bounds.low - slack <= value <= bounds.high + slack


@given(published_lists(), st.integers(1, 6))
def test_bounds_hold_the_true_market(market: tuple[list[float], list[float], float], k: int) -> None:
    true, listed, rest = market
    cap = listed[-1] if listed else None
    for largest in (None, cap):
        assert holds(c.hhi_bounds(listed, rest, largest_unknown=largest), c.hhi(true))
        assert holds(c.leading_share_bounds(listed, rest, largest_unknown=largest), max(true))
        ratio = c.concentration_ratio_bounds(listed, rest, k, largest_unknown=largest)
        assert holds(ratio, c.concentration_ratio(true, k))


def rounded(share: float) -> Interval:
    """As a table prints it: whole percents, with <1 and >99 at the ends."""
    if share < 0.005:
        return Interval(0.0, 0.01, high_open=True)
    if share > 0.995:
        return Interval(0.99, 1.0, low_open=True)
    percent = round(100 * share)
    return Interval((percent - 0.5) / 100, (percent + 0.5) / 100)


@given(published_lists(), st.integers(1, 6))
def test_bounds_of_rounded_lists_hold_the_true_market(
    market: tuple[list[float], list[float], float], k: int
) -> None:
    true, listed, rest = market
    shares = [rounded(share) for share in listed]
    others = rounded(rest) if rest else Interval.exact(0.0)
    cap = min((share.high for share in shares), default=None)
    for largest in (None, cap):
        assert holds(c.hhi_bounds(shares, others, largest_unknown=largest), c.hhi(true))
        assert holds(c.leading_share_bounds(shares, others, largest_unknown=largest), max(true))
        ratio = c.concentration_ratio_bounds(shares, others, k, largest_unknown=largest)
        assert holds(ratio, c.concentration_ratio(true, k))


@given(published_lists())
def test_rounding_and_doubt_only_widen(market: tuple[list[float], list[float], float]) -> None:
    _, listed, rest = market
    one = c.hhi_bounds(listed, rest)
    capped = c.hhi_bounds(listed, rest, largest_unknown=min(listed, default=1.0))
    loose = c.hhi_bounds([rounded(share) for share in listed], rounded(rest) if rest else 0.0)
    assert capped.low == one.low
    assert capped.high <= one.high + 1e-12
    assert holds(loose, one.low)
    assert holds(loose, one.high)


@given(published_lists())
def test_order_of_the_list_does_not_matter(market: tuple[list[float], list[float], float]) -> None:
    _, listed, rest = market
    forward, backward = c.hhi_bounds(listed, rest), c.hhi_bounds(listed[::-1], rest)
    assert forward.low == backward.low
    assert forward.high == near(backward.high, abs=1e-12)


STEPS = 24  # a market of 24 equal crumbs, small enough to try every split


@cache
def splits(total: int, most: int) -> list[tuple[int, ...]]:
    """Every way to break a number of crumbs into suppliers of at most ``most``."""
    if total == 0:
        return [()]
    return [
        (first, *others)
        for first in range(min(total, most), 0, -1)
        for others in splits(total - first, first)
    ]


Box = tuple[int, int]


@st.composite
def boxed_markets(draw: st.DrawFn) -> tuple[list[Box], Box]:
    """Bounds in crumbs around the shares of up to three listed suppliers and of the rest."""
    cuts = sorted(draw(st.lists(st.integers(0, STEPS), max_size=3)))
    listed = [high - low for low, high in pairwise([0, *cuts])]
    boxes = [
        (max(0, share - draw(st.integers(0, 2))), min(STEPS, share + draw(st.integers(0, 2))))
        for share in [*listed, STEPS - sum(listed)]
    ]
    return boxes[:-1], boxes[-1]


def as_shares(boxes: list[Box]) -> list[Interval]:
    return [Interval(low / STEPS, high / STEPS) for low, high in boxes]


@given(boxed_markets(), st.integers(1, STEPS) | st.none(), st.integers(1, 4))
def test_bounds_against_every_allocation(market: tuple[list[Box], Box], most: int | None, k: int) -> None:
    """No allocation lies outside, and the upper end is reached, up to the slack the docstring states."""
    boxes, rest = market
    truths = [
        (*known, *unknown)
        for known in itertools.product(*(range(low, high + 1) for low, high in boxes))
        if rest[0] <= STEPS - sum(known) <= rest[1]
        for unknown in splits(STEPS - sum(known), most or STEPS)
    ]
    squares = [sum(x * x for x in truth) / STEPS**2 for truth in truths]
    fronts = [sum(sorted(truth)[-k:]) / STEPS for truth in truths]
    shares, (remainder,) = as_shares(boxes), as_shares([rest])
    cap = most / STEPS if most else None
    bounds = c.hhi_bounds(shares, remainder, largest_unknown=cap)
    ratio = c.concentration_ratio_bounds(shares, remainder, k, largest_unknown=cap)
    assert holds(bounds, min(squares))
    assert holds(bounds, max(squares))
    assert holds(ratio, min(fronts))
    assert holds(ratio, max(fronts))
    widest = max((share.width for share in shares), default=0.0)
    assert bounds.high <= max(squares) + widest**2 / 4 + 1e-9
    if len({high - low for low, high in boxes}) <= 1:  # of one width, as rounded shares are
        assert ratio.high <= max(fronts) + 1e-9


def even_out(shares: list[Interval], total: float) -> list[float]:
    """The obvious way: raise all to one level, found by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if sum(min(max(middle, s.low), s.high) for s in shares) < total:
            low = middle
        else:
            high = middle
    return [min(max(high, s.low), s.high) for s in shares]


@given(boxed_markets(), st.integers(1, 4))
def test_lower_bounds_are_approached(market: tuple[list[Box], Box], k: int) -> None:
    """Grind the remainder into ten thousand suppliers: the evenest market comes down to the bound."""
    shares, (remainder,) = as_shares(market[0]), as_shares([market[1]])
    left = min(remainder.high, 1 - sum(share.low for share in shares))
    even = even_out(shares, 1 - left)
    truth = [*even, *([left / 10_000] * 10_000 if left > 1e-12 else [])]
    bounds = c.hhi_bounds(shares, remainder)
    assert bounds.low == near(c.hhi(truth), abs=1.1e-4)
    assert bounds.low == near(sum(x * x for x in even), abs=1e-9)
    ratio = c.concentration_ratio_bounds(shares, remainder, k)
    assert ratio.low == near(c.concentration_ratio(truth, k), abs=5e-4)
    if left > 1e-6:
        assert c.hhi(truth) in bounds
        assert bounds.low not in bounds or bounds.is_exact
