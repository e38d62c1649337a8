"""Stocks in a cut: days of cover, ramps, draw-down with a safety stock, rationing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.stocks import draw_down, ramp, ration, stock_out_time


def test_sixty_days_last_eighty_six_when_seventy_percent_is_cut() -> None:
    assert float(stock_out_time(60, 1, 0.3)) == pytest.approx(85.7, abs=0.05)  # methods.md, 6.3
    assert float(stock_out_time(60, 1, 0.3)) == pytest.approx(60 / 0.7)


# S = 60, D − s = 0.7. Alternatives of 0.5 from day 30, built in b days: 60 − 21 = 39 are left on day 30.
# b = 100: 0.7 u − 0.5 u²/200 = 39  →  u = (0.7 − √(0.49 − 0.39)) / 0.005 = 76.754, within the ramp.
# b = 40: on day 70 the stock is 39 − 28 + 0.5 · 20 = 21; from there on 0.2 a day: 105 days more.
# b = 0: 39 at 0.2 a day: 195 days more.
@pytest.mark.parametrize(("build", "days"), [(100, 30 + (0.7 - math.sqrt(0.1)) / 0.005), (40, 175), (0, 225)])
def test_alternatives_that_ramp_up_put_the_day_off(build: float, days: float) -> None:
    found = stock_out_time(60, 1, 0.3, alternatives=0.5, delay=30, build=build)
    assert float(found) == pytest.approx(days, rel=1e-12)


def test_a_stock_that_never_runs_out_lasts_for_ever() -> None:
    # alternatives of 0.7 in 20 days from day 30: 39 − 14 + 7 = 32 are left, and stay
    assert math.isinf(stock_out_time(60, 1, 0.3, alternatives=0.7, delay=30, build=20))
    # alternatives of 1: most is drawn at u = 0.7 · 20 = 14: 39 − 0.49 · 20 / 2 = 34.1 are left
    assert math.isinf(stock_out_time(60, 1, 0.3, alternatives=1.0, delay=30, build=20))
    assert math.isinf(stock_out_time(0, 1, 1))
    assert float(stock_out_time(0, 1, 0.5)) == 0


def test_rationing_begins_at_the_safety_stock() -> None:
    assert float(stock_out_time(60, 1, 0.3, safety=0.25)) == pytest.approx(45 / 0.7)


def test_draws_go_together() -> None:
    found = stock_out_time([60, 10, 0], [[1], [2]], 0.5)
    assert found.tolist() == [[120, 20, 0], [40, 10 / 1.5, 0]]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"stock": -1}, "stock -1 is not a finite number at least 0"),
        ({"demand": math.nan}, "demand nan"),
        ({"safety": 1.5}, r"safety stock 1.5 is not a finite number in \[0, 1\]"),
        ({"supply": [1, 2], "stock": [1, 2, 3]}, "do not fit"),
        ({"demand": "much"}, "must be a number"),
    ],
)
def test_a_stock_that_cannot_be_is_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        stock_out_time(**{"stock": 1, "demand": 1, "supply": 0} | given)  # type: ignore[arg-type] # wrong


# Six months from month 3 on: in month 3 it rises from 0 to 1/6, on average 1/12, then 3/12, 5/12, ...
def test_a_ramp_counts_what_comes_within_each_month() -> None:
    assert ramp(12, 10, 3, 6)[0] == pytest.approx(np.array([0, 0, 0, 1, 3, 5, 7, 9, 11, 12]))
    # half a month late: in month 0 it is on its way for half a month, up to 1/4: 1/2 · 1/8 = 1/16
    assert ramp([1, 2], 3, 0.5, 2).tolist() == [[1 / 16, 1 / 2, 15 / 16], [1 / 8, 1, 15 / 8]]
    assert ramp(1, 3, 1.5, 0).tolist() == [[0, 0.5, 1]]
    assert ramp(1, 0, 1, 1).shape == (1, 0)


def test_ramps_that_cannot_be_are_told() -> None:
    with pytest.raises(MethodError, match="-1 months"):
        ramp(1, -1, 0, 1)
    with pytest.raises(MethodError, match="build -1"):
        ramp(1, 1, 0, -1)
    with pytest.raises(MethodError, match="does not fit"):
        ramp([1, 2], 1, [0, 1, 2], 1)
    with pytest.raises(MethodError, match="does not fit"):
        ramp([[1, 2]], 1, 0, 1)


# Stock 2, safety 1/4 of it, so 1.5 are free; demand 1, supply 0.2, of demand 0.4 come first.
# Month 0: 0.8 drawn, 1.2 left. Month 1: 0.7 free, all drawn: used 0.9, left 0.5; rationing begins.
# Month 2: nothing is free; those first need 0.4 and get 0.2 + 0.2: left 0.3. Month 3: left 0.1.
# Month 4: the last 0.1: used 0.3. Month 5: supply of 1.5: 0.5 more than is used goes into the stock.
# Month 6: supply of 3: half of the missing 1.5 at most goes into the stock; 1.25 are untaken.
def test_a_stock_is_kept_for_those_who_come_first_and_refilled_last() -> None:
    supply = [[0.2, 0.2, 0.2, 0.2, 0.2, 1.5, 3]]
    found = draw_down(2, 1, supply, safety=0.25, priority=0.4, rebuild=0.5)
    assert found.used[0] == pytest.approx(np.array([1, 0.9, 0.4, 0.4, 0.3, 1, 1]))
    assert found.stock[0] == pytest.approx(np.array([1.2, 0.5, 0.3, 0.1, 0, 0.5, 1.25]))
    assert found.shortage[0] == pytest.approx(np.array([0, 0.1, 0.6, 0.6, 0.7, 0, 0]))
    assert found.untaken[0] == pytest.approx(np.array([0, 0, 0, 0, 0, 0, 1.25]))
    assert found.first_month.tolist() == [1]


def test_without_those_who_come_first_the_safety_stock_stays_shut() -> None:
    found = draw_down([2, 2], 1, np.full((2, 12), 0.5), safety=[0, 0.5])
    assert found.stock[:, -1].tolist() == [0, 1]
    assert found.first_month.tolist() == [4, 2]


def test_no_demand_is_no_shortage_and_nobody_is_rationed() -> None:
    found = draw_down(1, [[0, 1]], [[0, 1]])
    assert found.shortage.tolist() == [[0, 0]]
    assert np.isnan(found.first_month).all()
    assert np.isnan(draw_down(1, 1, np.empty((2, 0))).first_month).tolist() == [True, True]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"opening": [1, 2]}, r"opening stock of shape \(2,\) does not fit \(1,\)"),
        ({"supply": [1]}, r"supply has the shape \(n, T\), found \(1,\)"),
        ({"demand": [[1, -1]]}, r"demand -1 at \(0, 1\)"),
        ({"safety": 2}, "safety stock 2"),
        ({"priority": -1}, "priority -1"),
        ({"rebuild": 1.5}, "rebuild 1.5 is not a share"),
    ],
)
def test_a_draw_down_that_cannot_be_is_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        draw_down(**{"opening": 1, "demand": 1, "supply": [[1, 1]]} | given)  # type: ignore[arg-type] # wrong


# 10 for users who want 4, 4, 8: 10/16 each; or 4, 4, 2; or, if they pay 1, 3, 2: 0, 4, 6.
def test_rules_of_rationing() -> None:
    assert ration(10, [[4, 4, 8]], "proportional").tolist() == [[2.5, 2.5, 5]]
    assert ration(10, [[4, 4, 8]], "priority").tolist() == [[4, 4, 2]]
    assert ration(10, [[4, 4, 8]], "willingness", [1, 3, 2]).tolist() == [[0, 4, 6]]


def test_who_pays_the_same_is_served_in_the_order_given() -> None:
    assert ration([5, 5], [[4, 4], [4, 4]], "willingness", [[1, 1], [1, 2]]).tolist() == [[4, 1], [1, 4]]


@pytest.mark.parametrize("rule", ["proportional", "priority"])
def test_plenty_is_not_rationed(rule: str) -> None:
    assert ration([9, 0], [[4, 4], [0, 0]], rule).tolist() == [[4, 4], [0, 0]]  # type: ignore[arg-type] # text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rule": "lottery"}, "no rule of rationing named 'lottery'; there are proportional"),
        ({"rule": "willingness"}, "give them with the rule willingness"),
        ({"values": [1, 2]}, "give them with the rule willingness"),
        ({"rule": "willingness", "values": [1]}, "one for each of 2 users"),
        ({"rule": "willingness", "values": [1, math.nan]}, "finite"),
        ({"available": [1, 2]}, "available of shape"),
        ({"demands": [1, 2]}, "demands has the shape"),
    ],
)
def test_a_rationing_that_cannot_be_is_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        ration(**{"available": 1, "demands": [[1, 2]], "rule": "priority"} | given)  # type: ignore[arg-type] # wrong
