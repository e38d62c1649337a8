"""Laws of removal: no cut no loss, a deeper cut never eases, capacity never hurts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods.network import percolation, removal_loss

SIZE = 5


@st.composite
def networks(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Production and flows in which every export is covered."""
    cells = draw(st.lists(st.integers(0, 20), min_size=SIZE * SIZE, max_size=SIZE * SIZE))
    flows = np.array(cells, dtype=float).reshape(SIZE, SIZE)
    flows[flows < 8] = 0
    np.fill_diagonal(flows, 0)
    extra = np.array(draw(st.lists(st.integers(0, 30), min_size=SIZE, max_size=SIZE)), dtype=float)
    extra[0] += 1
    return extra + np.maximum(0, flows.sum(axis=0) - flows.sum(axis=1)), flows


@given(networks())
def test_no_cut_means_no_loss(network: tuple[np.ndarray, np.ndarray]) -> None:
    assert removal_loss(*network, []).unserved == 0
    assert percolation(*network)[0] == 1


@given(networks(), st.integers(0, SIZE - 1), st.floats(0, 1), st.floats(0, 1))
def test_capacity_never_hurts(
    network: tuple[np.ndarray, np.ndarray], gone: int, one: float, more: float
) -> None:
    tight = removal_loss(*network, [gone], slack=one, route_slack=one).unserved
    loose = removal_loss(*network, [gone], slack=one + more, route_slack=one + more).unserved
    assert loose <= tight + 1e-6


@given(networks(), st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
def test_a_deeper_cut_never_eases_the_shortage_of_those_who_remain(
    network: tuple[np.ndarray, np.ndarray], gone: int, too: int
) -> None:
    production, flows = network
    before = removal_loss(production, flows, [gone])
    demand = production + flows.sum(axis=1) - flows.sum(axis=0)
    after = removal_loss(production, flows, [gone, too])
    own = demand[too] if too != gone else 0.0
    assert after.unserved >= before.unserved - own - 1e-6


@given(networks(), st.integers(0, SIZE - 1))
def test_the_loss_lies_between_none_and_all_of_the_demand(
    network: tuple[np.ndarray, np.ndarray], gone: int
) -> None:
    production, flows = network
    others = [one for one in range(SIZE) if one != gone]
    found = removal_loss(production, flows, [gone], importers=others)
    assert 0 <= found.share <= 1
    assert sum(found.low) <= found.unserved + 1e-5
    assert sum(found.high) >= found.unserved - 1e-5
    for low, high in zip(found.low, found.high, strict=True):
        assert 0 <= low <= high + 1e-9


@given(networks(), st.integers(0, SIZE - 1), st.floats(1e-4, 1e4))
def test_losses_scale_with_the_unit(network: tuple[np.ndarray, np.ndarray], gone: int, unit: float) -> None:
    production, flows = network
    found = removal_loss(production, flows, [gone], slack=0.2, route_slack=0.3)
    other = removal_loss(unit * production, unit * flows, [gone], slack=0.2, route_slack=0.3)
    assert other.unserved == pytest.approx(unit * found.unserved, abs=1e-5 * unit)
