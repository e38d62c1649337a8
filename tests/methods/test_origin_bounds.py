"""Bounds of origins: known networks, brute force on small ones, bad input."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.origin_bounds import group_origin_bounds, origin_bounds
from monazite.methods.tracing import trace_origins

CHAIN = np.array([[0, 0, 0], [60, 0, 0], [0, 40, 0.0]])


def every_mix(production: np.ndarray, flows: np.ndarray, origin: int) -> tuple[np.ndarray, np.ndarray]:
    """Every whole-numbered mix of one origin: its amount on each flow, and consumed in each country."""
    into, out = np.nonzero(flows)
    consumed = production + flows.sum(axis=1) - flows.sum(axis=0)
    amounts = np.array(list(product(*(range(int(most) + 1) for most in flows[into, out]))), dtype=float)
    routes = np.eye(len(production))[:, into] - np.eye(len(production))[:, out]
    left = amounts @ routes.T
    left[:, origin] += production[origin]
    kept = ((left >= 0) & (left <= consumed)).all(axis=1)
    return amounts[kept], left[kept]


def split_among_all(production: np.ndarray, flows: np.ndarray, first: np.ndarray) -> bool:
    """Whether what one mix of the first of three producers leaves falls apart into the other two."""
    (_, one, other) = np.flatnonzero(production).tolist()
    rest = flows[np.nonzero(flows)] - first
    others = {tuple(mix) for mix in every_mix(production, flows, other)[0]}
    return any(tuple(rest - mix) in others for mix in every_mix(production, flows, one)[0])


def small_networks(count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Networks of four countries and whole numbers, in which every export is covered."""
    random = np.random.default_rng(7)
    found: list[tuple[np.ndarray, np.ndarray]] = []
    while len(found) < count:
        flows = np.where(random.random((4, 4)) < 0.45, random.integers(1, 4, (4, 4)), 0).astype(float)
        np.fill_diagonal(flows, 0)
        production = np.where(random.random(4) < 0.6, random.integers(1, 6, 4), 0).astype(float)
        production += np.maximum(0, flows.sum(axis=0) - production - flows.sum(axis=1))
        if np.count_nonzero(flows) <= 6 and production.any():
            found.append((production, flows))
    return found


def test_a_chain_without_mixing_leaves_nothing_open() -> None:
    found = origin_bounds([100, 0, 10], CHAIN, 2)
    assert found.low == pytest.approx([40, 0, 10])
    assert found.high == pytest.approx([40, 0, 10])


def test_bounds_equal_brute_force() -> None:
    for production, flows in small_networks(60):
        mixes = [every_mix(production, flows, origin)[1] for origin in range(4)]
        for importer in range(4):
            found = origin_bounds(production, flows, importer)
            assert found.low == pytest.approx([mix[:, importer].min() for mix in mixes], abs=1e-12)
            assert found.high == pytest.approx([mix[:, importer].max() for mix in mixes], abs=1e-12)


def test_whatever_one_origin_does_the_others_can_be_dealt_out() -> None:
    circling = 0
    for production, flows in small_networks(200):
        if np.count_nonzero(production) == 3 and np.count_nonzero(flows) <= 5:
            circling += np.abs(np.linalg.eigvals(flows > 0)).max() > 1 / 2
            mixes = every_mix(production, flows, int(np.flatnonzero(production)[0]))[0]
            assert all(split_among_all(production, flows, mix) for mix in mixes)
    assert circling > 5


def test_bounds_contain_the_proportional_answer_in_a_thousand_networks() -> None:
    random, seen = np.random.default_rng(1), 0
    while seen < 1000:
        n = int(random.integers(3, 9))
        flows = np.where(random.random((n, n)) < 0.4, random.lognormal(0, 2, (n, n)), 0)
        np.fill_diagonal(flows, 0)
        production = np.where(random.random(n) < 0.6, random.lognormal(0, 2, n), 0.0)
        production += np.maximum(0, flows.sum(axis=0) - production - flows.sum(axis=1)) * (
            1 + random.random(n)
        )
        try:
            traced = trace_origins(production, flows)
        except MethodError:
            continue  # goods that circle without an origin
        seen += 1
        importer = int(random.integers(n))
        found, slack = origin_bounds(production, flows, importer), 1e-7 * production.sum()
        assert (found.low <= traced.origin[importer] + slack).all()
        assert (found.high >= traced.origin[importer] - slack).all()
        assert found.low.sum() <= traced.consumption[importer] + slack
        assert found.high.sum() >= traced.consumption[importer] - slack


def test_supply_that_is_not_recorded_widens_the_top_only() -> None:
    flows = np.array([[0, 0, 0], [60, 0, 0], [0, 70, 0.0]])
    found = origin_bounds([100, 0, 0], flows, 2, unrecorded=[0, 10, 0])
    assert found.low == pytest.approx([60, 0, 0])
    assert found.high == pytest.approx([70, 0, 0])
    assert found.unrecorded_low == pytest.approx([0, 10, 0])
    assert found.unrecorded_high == pytest.approx([0, 10, 0])


def test_what_is_not_recorded_may_be_from_a_producer_without_a_recorded_way() -> None:
    flows = np.array([[0, 0, 0, 0], [60, 0, 0, 0], [0, 70, 0, 0], [0, 0, 0, 0.0]])
    found = origin_bounds([100, 0, 0, 30], flows, 2, unrecorded=[0, 10, 0, 0])
    assert found.low == pytest.approx([60, 0, 0, 0])
    assert found.high == pytest.approx([70, 0, 0, 10])


def test_a_group_is_not_the_sum_of_its_members() -> None:
    flows = np.zeros((4, 4))
    flows[1, 0] = flows[1, 3] = 50
    flows[2, 1] = 60
    alone = [origin_bounds([50, 0, 0, 50], flows, one).low[0] for one in (1, 2)]
    together = group_origin_bounds([50, 0, 0, 50], flows, [1, 2])
    assert sum(alone) == pytest.approx(10)
    assert together.low[0] == pytest.approx(50)


def test_great_and_small_origins_stand_side_by_side() -> None:
    found = origin_bounds([1e9, 0, 1e-3], np.array([[0, 0, 0], [6e8, 0, 0], [0, 4e8, 0]]), 2)
    assert found.low == pytest.approx([4e8, 0, 1e-3], rel=1e-6)
    assert found.high == pytest.approx([4e8, 0, 1e-3], rel=1e-6)


def test_a_small_importer_of_a_large_producer_is_bounded_to_its_own_measure() -> None:
    flows = np.zeros((4, 4))
    flows[1, 0], flows[1, 3], flows[2, 1] = 1, 0.6, 1
    found = origin_bounds([4e9, 0, 0, 0.6], flows, 2)
    assert found.low == pytest.approx([0.4, 0, 0, 0], rel=1e-12)
    assert found.high == pytest.approx([1, 0, 0, 0.6], rel=1e-12)


def test_bad_input_is_refused() -> None:
    with pytest.raises(MethodError, match="numbers between 0 and 2"):
        origin_bounds([100, 0, 10], CHAIN, 3)
    with pytest.raises(MethodError, match="each once"):
        group_origin_bounds([100, 0, 10], CHAIN, [1, 1])
    with pytest.raises(MethodError, match="supplies itself"):
        origin_bounds([100, 0, 10], np.eye(3), 0)
    with pytest.raises(MethodError, match="exports 60 but has 50"):
        origin_bounds([50, 0, 10], CHAIN, 2)
    with pytest.raises(MethodError, match="must be finite"):
        origin_bounds([100, 0, np.nan], CHAIN, 2)
    with pytest.raises(MethodError, match="unrecorded supply of 2"):
        origin_bounds([100, 0, 10], CHAIN, 2, unrecorded=[0, 0])
    with pytest.raises(MethodError, match="none produces"):
        origin_bounds([5, 0, 0], [[0, 0, 0], [0, 0, 10], [0, 10, 0]], 0)
