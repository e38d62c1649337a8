"""Who goes without: hand-computed cases, brute force, laws, and what conflicts."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monazite.errors import MethodError
from monazite.methods.allocation import Economy, allocate, allocation_cases
from monazite.methods.inputoutput import output

PARTS = arrays(float, 4, elements=st.floats(0.05, 1.0))
SHARES = st.floats(0.0, 1.0)


def economy(**other: object) -> Economy:
    """Three industries: chips, radios that need chips, and paint; gallium goes into chips and paint."""
    a = np.array([[0.1, 0.2, 0.0], [0.0, 0.1, 0.0], [0.05, 0.05, 0.1]])
    final = np.array([30e9, 60e9, 20e9])
    made = output(a, final)
    base = Economy(
        names=("chips", "radios", "paint"),
        materials=("gallium",),
        output=made,
        value_added=made * (1 - a.sum(0)),
        final=final,
        coefficients=a,
        use=np.array([[0.6, 0.0, 0.4]]),
        dependent=np.array([[0.5, 0.0, 0.1]]),
        thrift=np.array([[0.2, 0.0, 0.1]]),
        saving_cost=np.zeros((1, 3)),
        spare=np.zeros(3),
    )
    return replace(base, **other)  # type: ignore[arg-type]


# ── Cases ─────────────────────────────────────────────────────────────────────────────────────


def test_cases_by_hand() -> None:
    """40 % of a material is left; users take 0.5, 0.3, 0.2 and make 50, 60, 10 of it."""
    cases = allocation_cases(0.4, [0.5, 0.3, 0.2], [50.0, 60.0, 10.0], [0.0, 0.0, 0.5])
    # Worth per need: 100, 200, and 10 / 0.1 = 100 after saving half: 0.3 goes first, then 0.1 to the first.
    assert cases.low == pytest.approx([50 * 0.8, 0.0, 10.0])
    assert cases.central == pytest.approx([30.0, 36.0, 2.0])
    assert cases.high == pytest.approx([30.0, 36.0, 6.0])
    # The least valuable first: 0.2 to the third, 0.2 to the first.
    assert cases.worst == pytest.approx([30.0, 60.0, 0.0])


@given(SHARES, PARTS, PARTS, arrays(float, 4, elements=st.floats(0.0, 0.9)))
def test_cases_are_in_order(left: float, use: np.ndarray, value: np.ndarray, thrift: np.ndarray) -> None:
    low, central, high, worst = (one.sum() for one in allocation_cases(left, use, value, thrift))
    assert low <= central + 1e-9
    assert central <= high + 1e-9
    assert high <= worst + 1e-9
    assert worst <= value.sum() + 1e-9


@given(SHARES, SHARES, PARTS, PARTS, PARTS)
def test_a_deeper_cut_never_eases(
    one: float, other: float, use: np.ndarray, value: np.ndarray, thrift: np.ndarray
) -> None:
    less, more = (
        allocation_cases(left, use, value, thrift / 2) for left in sorted((one, other), reverse=True)
    )
    for before, after in zip(less, more, strict=True):
        assert after.sum() >= before.sum() - 1e-9


@given(PARTS, PARTS)
def test_no_cut_no_loss(use: np.ndarray, value: np.ndarray) -> None:
    for one in allocation_cases(1.0, use, value, np.zeros(4)):
        assert np.abs(one).max() < 1e-9


def test_draws_lead() -> None:
    use, value = np.array([0.5, 0.5]), np.array([[2.0, 1.0], [1.0, 2.0]])
    found = allocation_cases([0.5, 0.5], use, value, np.zeros(2))
    assert found.low.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    months = allocation_cases([1.0, 0.5], use, value[0], np.zeros(2))
    assert months.low.tolist() == [[0.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    "arguments",
    [
        (1.5, [1.0], [1.0], [0.0]),
        (0.5, [0.0], [1.0], [0.0]),
        (0.5, [1.0], [-1.0], [0.0]),
        (0.5, [1.0], [1.0], [1.0]),
    ],
)
def test_out_of_domain(arguments: tuple[float, list[float], list[float], list[float]]) -> None:
    with pytest.raises(MethodError):
        allocation_cases(*arguments)


# ── The programme ─────────────────────────────────────────────────────────────────────────────


def test_without_a_cut_nothing_is_lost() -> None:
    found = allocate(economy(), [1.0])
    assert found.loss == pytest.approx(np.zeros(3), abs=10.0)
    assert found.served == pytest.approx(np.ones(3))


def test_the_programme_of_unlinked_industries_is_the_low_case() -> None:
    alone = economy(coefficients=np.zeros((3, 3)))
    alone = replace(alone, final=alone.output)
    for left in (0.2, 0.5, 0.8):
        cases = allocation_cases(left, alone.use[0], alone.dependent[0] * alone.value_added, alone.thrift[0])
        assert allocate(alone, [left]).loss.sum() == pytest.approx(cases.low.sum(), rel=1e-6)


def test_the_programme_equals_brute_force() -> None:
    """Activities on a grid: none that keeps every balance loses less."""
    three = economy(thrift=np.zeros((1, 3)))
    found = allocate(three, [0.5])
    least = np.inf
    for n, b in product(product(np.linspace(0, 1, 11), repeat=3), np.linspace(0, 1, 25)):
        paint = min((0.5 - 0.6 * b) / 0.4, 1.0)
        if paint < 0:
            continue
        activity = (1 - three.dependent[0]) * n + three.dependent[0] * [b, 1.0, paint]
        made = activity * three.output
        if (made - three.coefficients @ made >= -1e-6).all():
            least = min(least, float((three.value_added * (1 - activity)).sum()))
    assert found.loss.sum() <= least * (1 + 1e-9)
    assert found.loss.sum() == pytest.approx(least, rel=0.02)


def test_balances_hold_at_every_node() -> None:
    three = economy()
    found = allocate(three, [0.3])
    made = found.activity * three.output
    short = three.coefficients @ made + found.served * three.final - made
    assert (short <= 1.0).all()


def test_a_deeper_cut_costs_more_and_thrift_less() -> None:
    losses = [allocate(economy(), [left]).loss.sum() for left in (0.9, 0.6, 0.3, 0.0)]
    assert losses == sorted(losses)
    saving = economy(thrift=np.array([[0.5, 0.0, 0.5]]))
    assert allocate(saving, [0.3]).loss.sum() < losses[2]


def test_saving_that_costs_is_between_none_and_free() -> None:
    free, none = economy(), economy(thrift=np.zeros((1, 3)))
    dear = economy(saving_cost=np.full((1, 3), 20e9))
    lost = [allocate(one, [0.5]).loss.sum() for one in (free, dear, none)]
    assert lost[0] <= lost[1] + 10.0
    assert lost[1] <= lost[2] + 10.0
    saved = [allocate(one, [0.5]).saved.sum() for one in (free, dear)]
    assert saved[1] <= saved[0] + 1e-9


def test_what_conflicts_is_named() -> None:
    """All chips must reach final buyers, but half of them cannot be made: paint has no part in that."""
    with pytest.raises(MethodError) as caught:
        allocate(economy(thrift=np.zeros((1, 3))), [0.0], least_served=[1.0, 0.0, 0.0])
    told = str(caught.value)
    assert "gallium: 0.0% of normal use is left" in told
    assert "at least 100.0% of final demand for chips is served" in told
    assert "paint" not in told


def test_two_materials() -> None:
    both = economy(
        materials=("gallium", "germanium"),
        use=np.array([[0.6, 0.0, 0.4], [0.0, 1.0, 0.0]]),
        dependent=np.array([[0.5, 0.0, 0.1], [0.0, 0.2, 0.0]]),
        thrift=np.zeros((2, 3)),
        saving_cost=np.zeros((2, 3)),
    )
    one, other, together = (allocate(both, left).loss.sum() for left in ([0.5, 1.0], [1.0, 0.5], [0.5, 0.5]))
    assert max(one, other) <= together <= one + other + 10.0


def test_shapes_that_do_not_fit() -> None:
    with pytest.raises(MethodError, match="final of shape"):
        allocate(economy(final=np.zeros(2)), [1.0])
    with pytest.raises(MethodError, match="shares of at least 0"):
        allocate(economy(), [1.0, 1.0])
