"""Origin tracing: the vector of methods.md, hand-worked networks, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods import tracing as t

NAN = math.nan
PRODUCTION = [100, 0, 10]  # A mines 100, B nothing, C 10
FLOWS: list[list[float]] = [[0, 0, 0], [60, 0, 0], [0, 40, 0]]  # A → B 60, B → C 40


def test_face_value_says_b_and_origin_says_a() -> None:
    traced = t.trace_origins(PRODUCTION, FLOWS)
    assert traced.consumption.tolist() == [40, 20, 50]
    assert traced.origin.tolist() == [[40, 0, 0], [20, 0, 0], [40, 0, 10]]


def test_imports_are_traced_for_net_exporters_too() -> None:
    flows = np.array([[0, 10, 0], [90, 0, 0], [5, 0, 0]])  # 1 sends a ninth of what it got back to 0
    traced = t.trace_imports(t.apparent_production(flows), flows)
    assert traced == pytest.approx(np.array([[10, 0, 0], [90, 0, 0], [5, 0, 0]]))
    assert t.trace_imports(PRODUCTION, FLOWS).tolist() == [[0, 0, 0], [60, 0, 0], [40, 0, 0]]


def test_a_hub_that_sends_goods_back_is_traced_through_the_loop() -> None:
    # 0 mines 90 and keeps none; 1 and 2 send each other 30 and 10, and consume the rest
    traced = t.trace_origins([90, 10, 0], [[0, 0, 0], [90, 0, 10], [0, 30, 0]])
    assert traced.consumption.tolist() == pytest.approx([0, 80, 20])
    assert traced.origin[2].tolist() == pytest.approx([18, 2, 0])
    assert traced.origin[1].tolist() == pytest.approx([72, 8, 0])


def test_a_leak_too_small_for_an_inverse_is_traced_exactly() -> None:
    leak = 1e-14  # 2 and 3 hand a hundred to and fro; all they ever get is from 0 and 1, one to three
    flows = np.zeros((5, 5))
    flows[2, 0], flows[2, 1], flows[2, 3], flows[3, 2] = leak, 3 * leak, 100, 100
    flows[4, 3] = 1e-15
    traced = t.trace_origins([leak, 3 * leak, 0, 0, 0], flows)
    assert traced.origin[4] / traced.consumption[4] == pytest.approx(np.array([0.25, 0.75, 0, 0, 0]))


def test_a_country_without_supply_consumes_nothing() -> None:
    traced = t.trace_origins([5, 0], [[0, 0], [0, 0]])
    assert traced.origin.tolist() == [[5, 0], [0, 0]]
    assert t.trace_origins([0, 0], [[0, 0], [0, 0]]).consumption.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("production", "flows", "told"),
    [
        ([1, -1], [[0, 0], [0, 0]], r"production 1 is -1"),
        ([1, NAN], [[0, 0], [0, 0]], r"production 1 is nan"),
        ([1, 0], [[0, 0], [NAN, 0]], r"flow 0 → 1 is nan"),
        ([1, 0], [[0, 0], [-2, 0]], r"flow 0 → 1 is -2"),
        ([1, 0], [[0, 0], [2, 3]], r"country 1 supplies itself with 3"),
        ([1, 0, 0], [[0, 0], [0, 0]], r"\(3, 3\), found \(2, 2\)"),
        ([1, 0], [[0, 0], ["W", 0]], "each flow must be a number"),
        ([5, 0, 0], [[0, 0, 0], [0, 0, 4], [0, 4, 0]], r"while none produces: 1, 2; .*give their production"),
        ([10, 0, 0], [[0, 0, 0], [5, 0, 0], [0, 8, 0]], r"country 1 exports 8 but has 5 \(0 produced, 5 rec"),
    ],
)
def test_what_cannot_be_traced_is_told(production: object, flows: object, told: str) -> None:
    with pytest.raises(MethodError, match=told):
        t.trace_origins(production, flows)  # type: ignore[arg-type] # some are the wrong type on purpose


def test_a_country_that_exports_all_it_has_consumes_nothing() -> None:
    assert t.trace_origins([0, 1], [[0, 1], [0, 0]]).consumption.tolist() == [1, 0]


def test_exports_over_supply_by_rounding_are_not_refused() -> None:
    traced = t.trace_origins([0.1 + 0.2, 0], np.array([[0, 0], [0.30000000000000016, 0]]))
    assert traced.consumption[0] == 0


def test_loops_are_told_by_their_members_and_who_lives_off_them_is_not_one() -> None:
    flows = np.zeros((7, 7))
    flows[1, 2] = flows[2, 1] = 4  # a loop
    flows[3, 2] = 1  # lives off it
    flows[4, 5] = flows[5, 6] = flows[6, 4] = 2  # another, of three
    assert t.closed_loops(np.zeros(7), flows) == ((1, 2), (4, 5, 6))
    assert t.closed_loops([0, 0, 0, 0, 0, 1e-30, 0], flows) == ((1, 2),)
    flows[1, 0] = 1e-9
    assert t.closed_loops([1, 0, 0, 0, 0, 1, 0], flows) == ()


def test_hubs_produce_nothing_and_pass_on() -> None:
    assert t.hubs(PRODUCTION, FLOWS).tolist() == [False, True, False]
    assert t.hubs([100, 1, 0], FLOWS).tolist() == [False, False, False]


def test_unrecorded_supply_covers_exports_and_no_more() -> None:
    production, flows = np.array([10.0, 0, 0]), np.array([[0, 0, 0], [5, 0, 0], [0, 8, 0]])
    gap = t.unrecorded_supply(production, flows)
    assert gap.tolist() == [0, 3, 0]
    assert t.trace_origins(production + gap, flows).consumption.tolist() == [5, 0, 8]


def test_net_exporters_are_the_producers_where_nobody_counts() -> None:
    assert t.apparent_production(FLOWS).tolist() == [60, 0, 0]
    traced = t.trace_origins(t.apparent_production(FLOWS), FLOWS)
    assert traced.origin.tolist() == [[0, 0, 0], [20, 0, 0], [40, 0, 0]]


def test_the_mix_of_mines_is_handed_to_the_refinery() -> None:
    mined = t.Stage([90, 10, 0], [[0, 0, 0], [90, 0, 0], [0, 0, 0]])
    refined = t.Stage([0, 80, 0], [[0, 0, 0], [0, 0, 0], [0, 50, 0]])  # a fifth is lost
    traced = t.trace_stages([mined, refined])
    assert traced.last.origin[2].tolist() == [0, 50, 0]
    assert traced.first.tolist() == [[0, 0, 0], [27, 3, 0], [45, 5, 0]]
    assert traced.unknown.tolist() == [0, 0, 0]


def test_a_refinery_without_recorded_ore_is_kept_apart() -> None:
    mined = t.Stage([100, 0, 0], np.zeros((3, 3)))
    refined = t.Stage([10, 30, 0], [[0, 0, 0], [0, 0, 0], [10, 30, 0]])
    sold = t.Stage([0, 0, 8], np.zeros((3, 3)))
    traced = t.trace_stages([mined, refined, sold])
    assert traced.first[2].tolist() == [2, 0, 0]
    assert traced.unknown.tolist() == [0, 0, 6]


def test_one_stage_is_plain_tracing() -> None:
    traced = t.trace_stages([t.Stage(PRODUCTION, FLOWS)])
    assert (traced.first == t.trace_origins(PRODUCTION, FLOWS).origin).all()


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        ([], "no stage"),
        ([t.Stage([1], [[0]]), t.Stage([1, 1], [[0, 0], [0, 0]])], r"\[1, 2\]"),
        ([t.Stage([1], [[0]]), t.Stage([NAN], [[0]])], "stage 1: production 0 is nan"),
    ],
)
def test_a_chain_that_cannot_be_traced_names_its_stage(stages: list[t.Stage], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        t.trace_stages(stages)
