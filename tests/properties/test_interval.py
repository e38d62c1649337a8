"""Laws of interval arithmetic: nothing falls out, and an open end is never reached."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monazite.methods import interval as i
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable

# Multiples of 1/16, so that sums and products are exact and an open end can be told from a closed one.
numbers = st.integers(-160, 160).map(lambda n: n / 16)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Interval, float]:
    """An interval with open or closed ends, and a number in it, often an end."""
    low, high = sorted((draw(numbers), draw(numbers)))
    opens = (draw(st.booleans()), draw(st.booleans())) if low < high else (False, False)
    interval = Interval(low, high, *opens)
    inside = draw(st.sampled_from([low, high, (low + high) / 2, (7 * low + high) / 8]))
    assume(inside in interval)
    return interval, inside


Span = tuple[Interval, float]


@pytest.mark.parametrize(
    ("method", "point"),
    [(i.add, operator.add), (i.subtract, operator.sub), (i.multiply, operator.mul)],
    ids=["add", "subtract", "multiply"],
)
@given(left=spans(), right=spans())
def test_results_hold_every_point(
    method: Callable[[Interval, Interval], Interval],
    point: Callable[[float, float], float],
    left: Span,
    right: Span,
) -> None:
    assert point(left[1], right[1]) in method(left[0], right[0])


@given(spans(), spans())
def test_quotients_hold_every_point(left: Span, right: Span) -> None:
    assume(not right[0].low <= 0 <= right[0].high)
    assert left[1] / right[1] in i.divide(left[0], right[0])


@given(spans(), spans())
def test_a_closed_end_is_reached(left: Span, right: Span) -> None:
    """An end of a product is closed exactly if ends inside the operands multiply to it, or a 0 inside."""
    product = i.multiply(left[0], right[0])
    inside = [
        [x for x in (span.low, span.high, 0.0) if x in span] or [(span.low + span.high) / 2]
        for span in (left[0], right[0])
    ]
    reached = {x * y for x in inside[0] for y in inside[1]}
    if 0.0 in left[0] or 0.0 in right[0]:
        reached.add(0.0)
    assert (product.low in product) == (product.low in reached)
    assert (product.high in product) == (product.high in reached)


@given(spans(), numbers, numbers)
def test_clip_is_the_image_of_clamping(given_span: Span, a: float, b: float) -> None:
    low, high = min(a, b), max(a, b)
    interval, inside = given_span
    clipped = i.clip(interval, low, high)
    assert min(max(inside, low), high) in clipped
    assert low <= clipped.low <= clipped.high <= high
    if low in interval or (interval.low < low < interval.high):
        assert clipped.low == low or interval.low > low


@given(spans(), spans())
def test_hull_holds_both_and_intersection_is_in_both(left: Span, right: Span) -> None:
    hull = i.hull(left[0], right[0])
    assert left[1] in hull
    assert right[1] in hull
    if left[1] in right[0]:
        both = i.intersect(left[0], right[0])
        assert left[1] in both
        for end in (both.low, both.high):
            assert (end in both) == (end in left[0] and end in right[0])


@given(spans())
def test_percent_and_back(given_span: Span) -> None:
    interval, _ = given_span
    back = i.from_percent(i.to_percent(interval))
    assert back.low == pytest.approx(interval.low)
    assert back.high == pytest.approx(interval.high)
    assert (back.low_open, back.high_open) == (interval.low_open, interval.high_open)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=6), st.data())
def test_sums_are_order_free_and_exactly_rounded(terms: list[float], data: st.DataObject) -> None:
    total = i.add(*terms)
    assert i.add(*data.draw(st.permutations(terms))) == total
    assert float(total) == float(sum(map(Fraction, terms)))
