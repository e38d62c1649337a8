"""Laws of dependence (the table in docs/methods/dependence.md)."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monazite.methods import dependence as d
from monazite.methods.interval import Quantity, add, as_published, rounding_half_width
from monazite.schema.interval import Interval

tonnes = st.floats(min_value=0, max_value=1e7, allow_subnormal=False)
changes = st.floats(min_value=-1e6, max_value=1e6, allow_subnormal=False)
near = pytest.approx

Parts = tuple[Quantity, Quantity, Quantity, Quantity, Quantity]
parts = st.tuples(tonnes, tonnes, tonnes, tonnes, changes)


def consumption(p: tuple[float, ...]) -> float:
    return float(d.apparent_consumption(*p))


consuming = parts.filter(lambda p: consumption(p) > 1.0)


@given(parts)
def test_the_identity_closes(p: tuple[float, float, float, float, float]) -> None:
    production, secondary, imports, exports, change = p
    assert consumption(p) == near(production + secondary + imports - exports + change, abs=1e-6)


@given(consuming)
def test_the_gap_of_its_own_sum_is_nothing(p: tuple[float, float, float, float, float]) -> None:
    total = d.apparent_consumption(*p)
    assert d.identity_gap(total, total) == Interval.exact(0)
    assert not d.identity_is_open(d.identity_gap(total, total))


@given(consuming)
def test_three_forms_agree_where_the_identity_closes(p: tuple[float, float, float, float, float]) -> None:
    production, secondary, imports, exports, change = p
    total = d.apparent_consumption(*p)
    from_parts = float(d.net_import_reliance_from_components(*p))
    slack = 1e-8 * max(1.0, sum(abs(x) for x in p) / consumption(p))
    assert float(d.net_import_reliance(production + secondary, total)) == near(from_parts, abs=slack)
    from_trade = d.net_import_reliance_from_trade(imports, exports, change, total)
    assert float(from_trade) == near(from_parts, abs=slack)


@given(tonnes.filter(bool), st.floats(0, 1e6, allow_subnormal=False))
def test_no_production_and_no_export_is_full_reliance(imports: float, draw_down: float) -> None:
    assert d.net_import_reliance_from_components(0, 0, imports, 0, draw_down) == Interval.exact(1)
    total = d.apparent_consumption(0, 0, imports, 0, draw_down)
    assert d.net_import_reliance(0, total) == Interval.exact(1)
    assert float(d.net_import_reliance_from_trade(imports, 0, draw_down, total)) == near(1)


@given(consuming, st.floats(1e-3, 1e3))
def test_scale_free(p: tuple[float, float, float, float, float], factor: float) -> None:
    scaled = tuple(factor * x for x in p)
    assume(consumption(scaled) > 0)
    slack = 1e-8 * max(1.0, sum(abs(x) for x in p) / consumption(p))
    one, other = (float(d.net_import_reliance_from_components(*q)) for q in (p, scaled))
    assert other == near(one, rel=1e-9, abs=slack)
    gap = d.identity_gap(consumption(p), p[0] + 1)
    scaled_gap = d.identity_gap(factor * consumption(p), factor * (p[0] + 1))
    assert float(scaled_gap) == near(float(gap), rel=1e-9, abs=1e-12)


@given(tonnes, tonnes, tonnes.filter(lambda a: a > 1))
def test_more_output_never_raises_it_at_given_consumption(output: float, more: float, base: float) -> None:
    assert float(d.net_import_reliance(output + more, base)) <= float(d.net_import_reliance(output, base))


@given(consuming, tonnes, st.integers(0, 1))
def test_more_output_never_raises_a_net_importers_reliance(
    p: tuple[float, float, float, float, float], more: float, which: int
) -> None:
    raised = [x + more if place == which else x for place, x in enumerate(p)]
    before = float(d.net_import_reliance_from_components(*p))
    after = float(d.net_import_reliance_from_components(*raised))
    if p[2] - p[3] + p[4] >= 0:
        assert after <= before + 1e-12
    else:
        assert before - 1e-12 <= after <= 0


@given(consuming, tonnes)
def test_more_imports_never_lower_it(p: tuple[float, float, float, float, float], more: float) -> None:
    raised = (*p[:2], p[2] + more, *p[3:])
    before = float(d.net_import_reliance_from_components(*p))
    slack = 1e-9 * max(1.0, sum(abs(x) for x in p) / consumption(p))
    assert float(d.net_import_reliance_from_components(*raised)) >= before - slack


@given(consuming)
def test_reliance_is_at_most_one_and_negative_for_net_exporters(
    p: tuple[float, float, float, float, float],
) -> None:
    reliance = float(d.net_import_reliance_from_components(*p))
    assert reliance <= 1
    trade = float(add(p[2], -p[3], p[4]))
    assert (reliance < 0) == (trade < 0)


# ── Intervals: every number inside the arguments gives a number inside the result ─────────────


@st.composite
def spans(draw: st.DrawFn, numbers: st.SearchStrategy[float]) -> tuple[Interval, float]:
    """An interval and a number in it, its ends among them."""
    low, high = sorted((draw(numbers), draw(numbers)))
    inside = draw(st.sampled_from([low, high]) | st.floats(low, high))
    return Interval(low, high), inside


amount_spans = spans(tonnes)
part_spans = st.tuples(amount_spans, amount_spans, amount_spans, amount_spans, spans(changes))


def holds(interval: Interval, value: float, slack: float = 1e-9) -> bool:
    return (
        interval.low - slack * max(1, abs(interval.low))
        <= value
        <= interval.high + slack * max(1, abs(interval.high))
    )


@given(part_spans)
def test_consumption_holds_every_point(given_parts: tuple[tuple[Interval, float], ...]) -> None:
    interval = d.apparent_consumption(*(span for span, _ in given_parts))
    assert float(d.apparent_consumption(*(point for _, point in given_parts))) in interval


@given(amount_spans, spans(st.floats(1, 1e7)))
def test_primary_form_holds_every_point(output: tuple[Interval, float], base: tuple[Interval, float]) -> None:
    interval = d.net_import_reliance(output[0], base[0])
    assert float(d.net_import_reliance(output[1], base[1])) in interval
    ends = [
        float(d.net_import_reliance(p, a))
        for p in (output[0].low, output[0].high)
        for a in (base[0].low, base[0].high)
    ]
    assert (interval.low, interval.high) == (min(ends), max(ends))  # and no wider than need be


@given(amount_spans, amount_spans, spans(changes), spans(st.floats(1, 1e7)))
def test_trade_form_holds_every_point(
    imports: tuple[Interval, float],
    exports: tuple[Interval, float],
    change: tuple[Interval, float],
    base: tuple[Interval, float],
) -> None:
    arguments = (imports, exports, change, base)
    interval = d.net_import_reliance_from_trade(*(span for span, _ in arguments))
    assert holds(interval, float(d.net_import_reliance_from_trade(*(point for _, point in arguments))))


@given(part_spans)
def test_component_form_holds_every_point_and_is_tight(
    given_parts: tuple[tuple[Interval, float], ...],
) -> None:
    intervals = [span for span, _ in given_parts]
    total = d.apparent_consumption(*intervals)
    assume(total.low > 1)
    interval = d.net_import_reliance_from_components(*intervals)
    point = float(d.net_import_reliance_from_components(*(inside for _, inside in given_parts)))
    assert holds(interval, point)
    loose = d.net_import_reliance(add(*intervals[:2]), total)
    assert holds(loose, interval.low, 1e-6)
    assert holds(loose, interval.high, 1e-6)


@given(part_spans)
def test_component_form_reaches_its_ends(given_parts: tuple[tuple[Interval, float], ...]) -> None:
    intervals = [span for span, _ in given_parts]
    assume(d.apparent_consumption(*intervals).low > 1)
    interval = d.net_import_reliance_from_components(*intervals)
    made, scrap, imports, exports, change = intervals
    corners = [
        float(d.net_import_reliance_from_components(p, s, i, e, c))
        for p, s in ((made.low, scrap.low), (made.high, scrap.high))
        for i, e, c in ((imports.low, exports.high, change.low), (imports.high, exports.low, change.high))
    ]
    assert interval.low == near(min(corners), abs=1e-9)
    assert interval.high == near(max(corners), abs=1e-9)


@given(amount_spans, spans(st.floats(1, 1e7)))
def test_gap_holds_every_point(total: tuple[Interval, float], base: tuple[Interval, float]) -> None:
    assert holds(d.identity_gap(total[0], base[0]), float(d.identity_gap(total[1], base[1])))
    exact = abs(total[1] - base[1]) / base[1]
    assert float(d.identity_gap(total[1], base[1])) == near(exact, rel=1e-12)


@given(st.integers(0, 10**9), st.integers(1, 4))
def test_a_rounded_number_holds_what_it_was_rounded_from(true: int, digits: int) -> None:
    printed = f"{round(true, digits - len(str(true))):,}"
    assert true in as_published(printed, significant=digits)
    assert rounding_half_width(printed, significant=digits) >= 0.5


@given(st.decimals(0, 10_000, places=4), st.integers(1, 3))
def test_a_rounded_decimal_holds_what_it_was_rounded_from(true: float, places: int) -> None:
    assert holds(as_published(f"{true:.{places}f}"), float(true), 1e-12)


@given(part_spans, st.integers(1, 3))
def test_rounding_alone_never_opens_the_identity(
    given_parts: tuple[tuple[Interval, float], ...], digits: int
) -> None:
    """Round the true parts and their true sum to so many digits: the gap may be nothing."""
    whole = [round(inside) for _, inside in given_parts]
    true = whole[0] + whole[1] + whole[2] - whole[3] + whole[4]
    assume(true > 100)
    shown = [
        as_published(f"{round(x, digits - len(str(abs(x)))):,}", significant=digits) for x in (*whole, true)
    ]
    made, scrap, imports, exports = (Interval(max(0.0, x.low), x.high) for x in shown[:4])
    gap = d.identity_gap(d.apparent_consumption(made, scrap, imports, exports, shown[4]), shown[5])
    assert gap.low == 0
    assert not d.identity_is_open(gap)
