"""Laws of the bounds of origins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods.origin_bounds import origin_bounds

SIZE = 5


@st.composite
def networks(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Production and flows in which every country produces, so that nothing circles without an origin."""
    cells = draw(st.lists(st.integers(0, 20), min_size=SIZE * SIZE, max_size=SIZE * SIZE))
    flows = np.array(cells, dtype=float).reshape(SIZE, SIZE)
    flows[flows < 8] = 0
    np.fill_diagonal(flows, 0)
    extra = np.array(draw(st.lists(st.integers(1, 30), min_size=SIZE, max_size=SIZE)), dtype=float)
    return extra + np.maximum(0, flows.sum(axis=0) - flows.sum(axis=1)), flows


@given(networks(), st.integers(0, SIZE - 1))
def test_bounds_lie_in_order_and_within_what_there_is(
    network: tuple[np.ndarray, np.ndarray], at: int
) -> None:
    production, flows = network
    found = origin_bounds(production, flows, at)
    assert (found.low >= 0).all()
    assert (found.low <= found.high + 1e-9).all()
    assert (found.high <= production + 1e-6).all()


@given(networks(), st.integers(0, SIZE - 1), st.permutations(range(SIZE)))
def test_relabelling_countries_relabels_the_bounds(
    network: tuple[np.ndarray, np.ndarray], at: int, order: list[int]
) -> None:
    production, flows = network
    found = origin_bounds(production, flows, at)
    other = origin_bounds(production[order], flows[np.ix_(order, order)], order.index(at))
    assert other.low == pytest.approx(found.low[order], abs=1e-6)
    assert other.high == pytest.approx(found.high[order], abs=1e-6)


@given(networks(), st.integers(0, SIZE - 1), st.floats(1e-6, 1e6))
def test_bounds_scale_with_the_unit(network: tuple[np.ndarray, np.ndarray], at: int, unit: float) -> None:
    production, flows = network
    found, scaled = (origin_bounds(by * production, by * flows, at) for by in (1.0, unit))
    assert scaled.low == pytest.approx(unit * found.low, abs=1e-6 * unit)
    assert scaled.high == pytest.approx(unit * found.high, abs=1e-6 * unit)


@given(networks(), st.integers(0, SIZE - 1))
def test_what_is_not_recorded_never_lowers_the_top_nor_raises_the_bottom(
    network: tuple[np.ndarray, np.ndarray], at: int
) -> None:
    production, flows = network
    half = production / 2
    found = origin_bounds(production, flows, at)
    part = origin_bounds(half, flows, at, unrecorded=half)
    assert (part.low <= found.low + 1e-6).all()
    assert (part.high + part.unrecorded_high >= found.high - 1e-6).all()
