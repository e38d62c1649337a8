"""Laws of the most that can pass: balanced, within room, equal to an obvious twin, proven by its cut."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MethodError
from monazite.methods._maximum_flow import MaximumFlow

SIZE = 5


class Question(NamedTuple):
    """Room on each route, supply and demand of each country."""

    room: np.ndarray
    supply: np.ndarray
    demand: np.ndarray


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Whole numbers, many of them 0."""
    amounts = st.integers(-10, 20).map(lambda drawn: float(max(0, drawn)))
    room, supply, demand = (
        np.array(draw(st.lists(amounts, min_size=size, max_size=size))) for size in (SIZE * SIZE, SIZE, SIZE)
    )
    return Question(room.reshape(SIZE, SIZE) * (1 - np.eye(SIZE)), supply, demand)


def by_augmenting(asked: Question) -> float:
    """The most that can pass, one way after the other, as Ford and Fulkerson find it."""
    left = np.zeros((SIZE + 2, SIZE + 2))
    left[:SIZE, :SIZE], left[SIZE, :SIZE], left[:SIZE, SIZE + 1] = asked.room.T, asked.supply, asked.demand
    passed = 0.0
    while way := way_on(left, [SIZE]):
        steps = list(pairwise(way))
        amount = min(left[step] for step in steps)
        passed += amount
        for at, to in steps:
            left[at, to] -= amount
            left[to, at] += amount
    return passed


def way_on(left: np.ndarray, begun: list[int]) -> list[int]:
    """A shortest way from the source to the sink along which something is left, or nothing."""
    ways, seen = [begun], set(begun)
    for way in ways:
        if way[-1] == SIZE + 1:
            return way
        for to in set(np.flatnonzero(left[way[-1]]).tolist()) - seen:
            seen.add(to)
            ways.append([*way, to])
    return []


@given(questions())
def test_the_most_equals_an_obvious_twin_and_is_reached_within_room(asked: Question) -> None:
    into, out = np.nonzero(asked.room)
    room = asked.room[into, out]
    found = MaximumFlow(into, out, SIZE).most(asked.supply, room, asked.demand)
    assert found.amount == by_augmenting(asked)
    assert found.served.sum() == pytest.approx(found.amount, abs=1e-6)
    balance = found.supplied - found.served
    np.add.at(balance, into, found.sent)
    np.subtract.at(balance, out, found.sent)
    assert balance == pytest.approx(np.zeros(SIZE), abs=1e-6)
    parts = [(found.sent, room), (found.supplied, asked.supply), (found.served, asked.demand)]
    assert all((part >= 0).all() and (part <= most + 1e-9).all() for part, most in parts)


@given(questions(), questions())
def test_a_programme_answers_the_same_whatever_it_was_asked_before(one: Question, other: Question) -> None:
    into, out = np.nonzero(one.room)
    fresh, used = (MaximumFlow(into, out, SIZE) for _ in range(2))
    used.most(other.supply, other.room[into, out], other.demand)
    asked = one.supply, one.room[into, out], one.demand
    assert used.most(*asked).amount == fresh.most(*asked).amount


def test_an_answer_that_no_cut_proves_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    program = MaximumFlow(np.array([1]), np.array([0]), 2)
    asked = np.array([5.0, 0.0]), np.array([4.0]), np.array([0.0, 3.0])
    assert program.most(*asked).amount == 3
    monkeypatch.setattr(program, "_solved", lambda _: (np.zeros(5), np.zeros(2, dtype=bool)))
    with pytest.raises(MethodError, match="a gap of 1"):
        program.most(*asked)
