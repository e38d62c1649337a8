"""Laws of stocks: balances hold, a deeper cut never eases, more stock never hurts, rationing conserves."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monazite.methods.stocks import RULES, draw_down, ramp, ration, stock_out_time

SHARES = st.floats(0, 1)
MONTHS = 12
PATHS = arrays(float, (1, MONTHS), elements=st.floats(0, 2))


class Rule(NamedTuple):
    """Safety stock, those who come first, refilling."""

    safety: float
    priority: float
    rebuild: float


RULES_OF_STOCK = st.builds(Rule, SHARES, SHARES, SHARES)


@given(st.floats(0, 10), PATHS, PATHS, RULES_OF_STOCK)
def test_the_balance_of_a_stock_holds_every_month(
    opening: float, demand: np.ndarray, supply: np.ndarray, rule: Rule
) -> None:
    found = draw_down(opening, demand, supply, **rule._asdict())
    before = np.hstack([[[opening]], found.stock[:, :-1]])
    assert before + supply == pytest.approx(found.used + found.stock + found.untaken, abs=1e-9)
    assert ((found.stock >= -1e-12) & (found.stock <= opening + 1e-12)).all()
    assert ((found.used >= 0) & (found.used <= demand + 1e-12)).all()
    assert (found.untaken[supply <= demand] == 0).all()
    assert (found.stock[supply <= demand] <= before[supply <= demand]).all()


@given(st.floats(0, 10), PATHS, RULES_OF_STOCK)
def test_no_cut_no_shortage(opening: float, demand: np.ndarray, rule: Rule) -> None:
    found = draw_down(opening, demand, demand, **rule._asdict())
    assert (found.shortage == 0).all()
    assert (found.stock == opening).all()
    assert np.isnan(found.first_month).all()


@given(st.floats(0, 10), PATHS, PATHS, PATHS, RULES_OF_STOCK)
def test_a_deeper_cut_never_eases_the_shortage_of_any_month(
    opening: float, demand: np.ndarray, supply: np.ndarray, more: np.ndarray, rule: Rule
) -> None:
    cut = draw_down(opening, demand, supply, **rule._asdict())
    less = draw_down(opening, demand, supply + more, **rule._asdict())
    assert (less.used >= cut.used - 1e-9).all()
    assert (less.stock >= cut.stock - 1e-9).all()


# With both a safety stock, a share of the opening stock, and users who come first, a larger stock serves
# these longer and must later be refilled further before others may draw on it: then only sums are ordered.
@given(st.floats(0, 10), st.floats(0, 10), PATHS, PATHS, RULES_OF_STOCK)
def test_more_stock_never_hurts(
    opening: float, more: float, demand: np.ndarray, supply: np.ndarray, rule: Rule
) -> None:
    for one in (rule._replace(safety=0), rule._replace(priority=0)):
        small = draw_down(opening, demand, supply, **one._asdict())
        large = draw_down(opening + more, demand, supply, **one._asdict())
        assert (large.used >= small.used - 1e-9).all()
    small, large = (draw_down(one, demand, supply, **rule._asdict()) for one in (opening, opening + more))
    assert (large.used.cumsum() >= small.used.cumsum() - 1e-9).all()


@given(st.floats(0, 10), PATHS, PATHS, RULES_OF_STOCK)
def test_draws_do_not_know_one_another(
    opening: float, demand: np.ndarray, supply: np.ndarray, rule: Rule
) -> None:
    alone = draw_down(opening, demand, supply, **rule._asdict())
    among = draw_down([opening + 1, opening], demand, np.vstack([2 * supply, supply]), **rule._asdict())
    assert all((one[0] == two[1]).all() for one, two in zip(alone[:4], among[:4], strict=True))


@given(st.floats(0.01, 10), st.floats(0, 0.99), SHARES)
def test_rationing_of_months_begins_in_the_month_of_the_closed_form(
    stock: float, supply: float, safety: float
) -> None:
    day = float(stock_out_time(stock, 1, supply, safety=safety))
    month = draw_down(stock, 1, np.full((1, 40), supply), safety=safety).first_month.item()
    if day < 39:
        assert month - 1e-6 <= day <= month + 1 + 1e-6
    elif day > 41:
        assert math.isnan(month)


@given(
    st.floats(0, 50), st.floats(0, 1), st.floats(0, 1.5), st.floats(0, 20), st.floats(0, 20), st.floats(0, 5)
)
def test_the_stock_is_gone_at_its_time_and_not_before(  # noqa: PLR0913, PLR0917 - the terms of the integral
    stock: float, supply: float, full: float, delay: float, build: float, more: float
) -> None:
    found = float(stock_out_time(stock, 1, supply, alternatives=full, delay=delay, build=build))
    times = np.linspace(0, found if math.isfinite(found) else 2 * (delay + build) + 10, 4001)
    came = np.interp(times, [delay, max(delay + build, delay + 1e-12)], [0, full], left=0, right=full)
    drawn = np.hstack([[0], np.cumsum((1 - supply - (came[1:] + came[:-1]) / 2) * np.diff(times))])
    slack = 1e-6 + full * times[-1] / 4000  # of the trapezoid in which a ramp begins or a step lies
    assert (drawn <= stock + slack).all()
    if math.isfinite(found):
        assert drawn[-1] == pytest.approx(stock, abs=slack)
    later = stock_out_time(stock + more, 1, supply, alternatives=full, delay=delay, build=build)
    assert later >= found * (1 - 1e-12)


@given(st.floats(0, 10), st.floats(0, 20), st.floats(0, 20))
def test_a_ramp_comes_in_full_and_never_falls(capacity: float, delay: float, build: float) -> None:
    found = ramp(capacity, 48, delay, build)[0]
    assert (np.diff(found) >= -1e-9).all()
    assert found.sum() == pytest.approx(capacity * (48 - delay - build / 2))


@given(st.floats(0, 50), arrays(float, (1, 4), elements=st.floats(0, 20)), st.sampled_from(RULES))
def test_rationing_gives_all_there_is_and_nobody_too_much(
    available: float, demands: np.ndarray, rule: str
) -> None:
    values = [3, 1, 2, 1] if rule == "willingness" else None
    found = ration(available, demands, rule, values)  # type: ignore[arg-type] # one of the rules
    assert found.sum() == pytest.approx(min(available, demands.sum()))
    assert ((found >= 0) & (found <= demands)).all()
    more = ration(available + 1, demands, rule, values)  # type: ignore[arg-type] # one of the rules
    assert (more >= found - 1e-9).all()
