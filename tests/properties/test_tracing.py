"""Laws of origin tracing and look-through (docs/methods/tracing.md), against obvious ways to compute them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods import lookthrough as lt
from monazite.methods import tracing as t

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Network = tuple[Array, Array]
near = pytest.approx
seeds = st.integers(0, 2**32 - 1)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Production and flows in which nobody exports more than there is and every loop has a source."""
    chance, n = np.random.default_rng(draw(seeds)), draw(st.integers(1, 9))
    flows = chance.lognormal(0, 2, (n, n)) * (chance.random((n, n)) < draw(st.floats(0, 1)))
    np.fill_diagonal(flows, 0)
    production = t.unrecorded_supply(np.zeros(n), flows)
    production += chance.lognormal(0, 2, n) * (chance.random(n) < draw(st.floats(0, 1)))
    for loop in t.closed_loops(production, flows):
        production[loop[0]] = 1.0
    return production, flows


@given(networks())
def test_rows_sum_to_consumption_and_columns_to_production(network: Network) -> None:
    traced = t.trace_origins(*network)
    assert (traced.origin >= 0).all()
    assert traced.origin.sum(axis=1) == near(traced.consumption, abs=1e-12)
    scale = 1e-9 * (1 + network[1].sum())
    assert traced.origin.sum(axis=0) == near(network[0], abs=scale)
    assert traced.consumption.sum() == near(network[0].sum(), abs=scale)


@given(networks())
def test_imports_are_consumption_and_exports_less_own_production(network: Network) -> None:
    production, flows = network
    traced = t.trace_imports(production, flows)
    assert traced.sum(axis=1) == near(flows.sum(axis=1), rel=1e-9, abs=1e-12)
    supply = production + flows.sum(axis=1)
    used = t.trace_origins(production, flows)
    mixes = (traced + np.diag(production)) / np.where(supply > 0, supply, 1.0)[:, np.newaxis]
    assert mixes * used.consumption[:, np.newaxis] == near(used.origin, rel=1e-6, abs=1e-9)


@given(networks())
def test_the_inverse_gives_the_same(network: Network) -> None:
    production, flows = network
    supply = production + flows.sum(axis=1)
    safe = np.where(supply > 0, supply, 1.0)
    traced = t.trace_origins(production, flows)
    through = np.linalg.inv(np.eye(len(flows)) - flows / safe) * production
    assert traced.origin == near(through * (traced.consumption / safe)[:, np.newaxis], rel=1e-6, abs=1e-9)


@given(networks())
def test_a_tonne_that_walks_to_its_source_ends_where_tracing_says(network: Network) -> None:
    """Absorbing Markov chain: step to suppliers many times, and count where the walk has ended."""
    production, flows = network
    supply = production + flows.sum(axis=1)
    safe = np.where(supply > 0, supply, 1.0)[:, np.newaxis]
    walk, ended = flows / safe, np.diag(production) / safe
    for _ in range(40):  # doubles the steps each time
        ended = ended + walk @ ended
        walk = walk @ walk
    traced = t.trace_origins(production, flows)
    assert traced.origin == near(ended * traced.consumption[:, np.newaxis], rel=1e-6, abs=1e-9)


@given(networks(), seeds)
def test_relabelling_countries_relabels_the_answer(network: Network, seed: int) -> None:
    production, flows = network
    order = np.random.default_rng(seed).permutation(len(flows))
    traced = t.trace_origins(production, flows)
    relabelled = t.trace_origins(production[order], flows[np.ix_(order, order)])
    assert relabelled.consumption == near(traced.consumption[order])
    assert relabelled.origin == near(traced.origin[np.ix_(order, order)], abs=1e-12)


@given(networks(), st.floats(1e-6, 1e6))
def test_unit_free(network: Network, factor: float) -> None:
    traced = t.trace_origins(*network)
    scaled = t.trace_origins(factor * network[0], factor * network[1])
    assert scaled.origin == near(factor * traced.origin, rel=1e-9, abs=1e-12 * factor)


@given(networks())
def test_who_has_no_supply_consumes_nothing_and_who_makes_nothing_is_no_origin(network: Network) -> None:
    production, flows = network
    traced = t.trace_origins(production, flows)
    assert (traced.consumption[(production == 0) & ~flows.any(axis=1)] == 0).all()
    assert (traced.origin[:, production == 0] == 0).all()


@given(networks())
def test_products_at_once_are_traced_as_one(network: Network) -> None:
    production, flows = network
    importer, exporter = np.nonzero(flows)
    lists = t.FlowLists(np.array([0, importer.size]), importer, exporter, flows[importer, exporter])
    n = len(flows)
    found = t.origins_of_many(lists, n, production=production[np.newaxis], importers=range(n))
    traced = t.trace_origins(production, flows)
    assert found.origin[0] == near(traced.origin, rel=1e-6, abs=1e-12)


@given(seeds, st.integers(2, 7))
def test_loops_are_those_a_search_of_every_subset_finds(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    flows = (chance.random((n, n)) < 1.2 / n) * 1.0
    np.fill_diagonal(flows, 0)
    production = (chance.random(n) < 0.2) * 1.0
    closed = []
    for mask in range(1, 2**n):
        members = [one for one in range(n) if mask >> one & 1]
        others = [one for one in range(n) if one not in members]
        fed = all(flows[one].any() for one in members) and not production[members].any()
        if fed and not flows[np.ix_(members, others)].any():
            closed.append(set(members))
    smallest = sorted(tuple(sorted(one)) for one in closed if not any(other < one for other in closed))
    assert list(t.closed_loops(production, flows)) == smallest


@given(networks(), networks())
def test_stages_conserve_totals(first: Network, second: Network) -> None:
    n = min(len(first[0]), len(second[0]))
    stages = []
    for _, flows in (first, second):
        cut = flows[:n, :n]
        production = t.unrecorded_supply(np.zeros(n), cut) + 1.0
        stages.append(t.Stage(production, cut))
    traced = t.trace_stages(stages)
    total = traced.first.sum(axis=1) + traced.unknown
    assert total == near(traced.last.consumption, rel=1e-9, abs=1e-12)
    assert (traced.unknown >= 0).all()


@given(seeds, st.integers(1, 6), st.floats(0, 0.5))
def test_one_flow_lies_between_its_two_records(seed: int, n: int, margin: float) -> None:
    chance = np.random.default_rng(seed)
    imports, exports = chance.lognormal(0, 1, (2, n, n))
    for one in (imports, exports):
        one[chance.random((n, n)) < 0.3] = np.nan
        np.fill_diagonal(one, 0)
    weights = chance.random(n) + 0.1
    made = t.reconcile_mirrors(imports, exports, reliability=weights, margin=margin)
    known = ~np.isnan(made.flow)
    assert (known == ~(np.isnan(imports) & np.isnan(exports))).all()
    assert (made.flow >= made.low * (1 - 1e-12))[known].all()
    assert (made.flow <= made.high * (1 + 1e-12))[known].all()
    swapped = t.reconcile_mirrors(exports.T, imports.T / (1 + margin), reliability=weights)
    assert near(made.flow, nan_ok=True) == swapped.flow.T


@given(seeds, st.integers(2, 8), st.integers(1, 3), st.floats(1e-6, 1e6))
def test_alarms_are_scale_free_and_constant_series_raise_none(
    seed: int, years: int, window: int, factor: float
) -> None:
    chance = np.random.default_rng(seed)
    direct, through, into = chance.lognormal(0, 1, years), *chance.lognormal(0, 1, (2, years, 3))
    makes = chance.random(3) < 0.3
    found = t.transshipment_alarms(direct, through, makes, into=into, window=window)
    scaled = t.transshipment_alarms(
        factor * direct, factor * through, makes, into=factor * into, window=window
    )
    assert scaled.score == near(found.score, nan_ok=True, abs=1e-12)
    assert scaled.covered == near(found.covered, nan_ok=True, abs=1e-9)
    assert not found.alarm[:, makes].any()
    inside = ~np.isnan(found.score)
    assert ((found.score >= 0) & (found.score <= 1))[inside].all()
    flat = t.transshipment_alarms(
        direct[:1].repeat(years), through[:1].repeat(years, axis=0), makes, window=window
    )
    assert not flat.alarm.any()


@st.composite
def tables(draw: st.DrawFn) -> Array:
    """Input coefficients whose columns sum to less than 1."""
    chance, m = np.random.default_rng(draw(seeds)), draw(st.integers(1, 8))
    a = chance.random((m, m)) * (chance.random((m, m)) < draw(st.floats(0, 1)))
    return np.asarray(a / np.maximum(a.sum(axis=0), 1.0) * draw(st.floats(0.01, 0.9)))


@given(tables())
def test_the_inverse_is_the_sum_of_all_rounds(a: Array) -> None:
    total = step = np.eye(len(a))
    for _ in range(400):
        step = step @ a
        total = total + step
    assert lt.leontief_inverse(a) == near(total, rel=1e-9, abs=1e-12)


@given(tables(), seeds)
def test_exposures_sum_to_one_and_are_relabelled_with_industries(a: Array, seed: int) -> None:
    chance = np.random.default_rng(seed)
    country = np.append(chance.integers(0, 3, len(a) - 1), 2)
    order = chance.permutation(len(a))
    for exposure in (lt.face_value_exposure, lt.lookthrough_exposure):
        found = exposure(a, country)
        buys = a.sum(axis=0) > 0
        assert found[:, buys].sum(axis=0) == near(np.ones(buys.sum()))
        assert np.isnan(found[:, ~buys]).all()
        again = exposure(a[np.ix_(order, order)], country[order])
        assert again == near(found[:, order], nan_ok=True)
