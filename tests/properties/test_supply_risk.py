"""Laws of weighted concentration, similarity, European supply risk."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods.concentration import hhi
from monazite.methods.governance import governance_weighted_hhi_bounds, instability, weighted_hhi
from monazite.methods.reserves import dynamic_reserve_life, static_reserve_life
from monazite.methods.screens import n_minus_one_of_remaining_demand, n_minus_one_of_total_demand
from monazite.methods.similarity import finger_kreinin
from monazite.methods.supply_risk import eu_import_reliance, eu_supply_risk, trade_exposure

shares = st.floats(0, 1)
indices = st.floats(0, 20)
amounts = st.lists(st.floats(0.01, 1e6), min_size=3, max_size=8)


@given(indices, indices, shares, shares, shares)
def test_risk_is_linear_in_substitution_and_falls_with_recycling(
    world: float, own: float, reliance: float, recycling: float, substitution: float
) -> None:
    whole = eu_supply_risk(world, own, reliance)
    assert eu_supply_risk(world, own, reliance, substitution=substitution) == pytest.approx(
        substitution * whole
    )
    assert eu_supply_risk(world, own, reliance, recycling=recycling) <= whole + 1e-12


@given(indices, indices)
def test_without_imports_own_sourcing_counts_and_with_nothing_else_the_mean(world: float, own: float) -> None:
    assert eu_supply_risk(world, own, 0) == pytest.approx(own)
    assert eu_supply_risk(world, own, 1) == pytest.approx((world + own) / 2)
    assert min(world, own) - 1e-9 <= eu_supply_risk(world, own, 0.3) <= max(world, own) + 1e-9


@given(amounts, st.floats(1e-3, 1e3), st.data())
def test_weighted_concentration_has_no_unit_and_no_order(
    supplied: list[float], unit: float, data: st.DataObject
) -> None:
    weights = data.draw(st.lists(shares, min_size=len(supplied), max_size=len(supplied)))
    order = data.draw(st.permutations(range(len(supplied))))
    found = weighted_hhi(supplied, weights)
    assert weighted_hhi([unit * one for one in supplied], weights) == pytest.approx(found)
    moved = weighted_hhi([supplied[one] for one in order], [weights[one] for one in order])
    assert moved == found
    assert weighted_hhi([*supplied, 0], [*weights, 1]) == pytest.approx(found)
    assert 0 <= found <= max(weights) * hhi(supplied) + 1e-12


@given(amounts, shares, st.data())
def test_merging_suppliers_never_lowers_weighted_concentration(
    supplied: list[float], weight: float, data: st.DataObject
) -> None:
    # the merged supplier is as unstable as the worse of the two: with the better one the index may fall
    weights = data.draw(st.lists(shares, min_size=len(supplied), max_size=len(supplied)))
    merged = [supplied[0] + supplied[1], *supplied[2:]]
    alike = [weight] * len(supplied)
    assert weighted_hhi(merged, alike[1:]) >= weighted_hhi(supplied, alike) - 1e-12
    worse = [max(weights[:2]), *weights[2:]]
    assert weighted_hhi(merged, worse) >= weighted_hhi(supplied, weights) - 1e-12


@given(st.integers(1, 100), st.floats(1e-3, 1e6), shares)
def test_equal_shares_and_weights_are_the_weight_over_their_number(
    n: int, each: float, weight: float
) -> None:
    assert weighted_hhi([each] * n, [1] * n) == pytest.approx(1 / n)
    assert weighted_hhi([each] * n, [weight] * n) == pytest.approx(weight / n)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_a_better_score_is_never_more_unstable(scores: list[float]) -> None:
    found = instability(sorted(scores))
    assert (np.diff(found) <= 0).all()
    assert ((found >= 0) & (found <= 1)).all()


# of a year or more: within the first year production has not grown yet
@given(st.floats(1, 1e6), st.floats(1e-3, 1e6), st.floats(0, 0.2), st.floats(0, 0.2))
def test_a_reserve_never_lasts_longer_the_faster_production_grows(
    years: float, production: float, growth: float, more: float
) -> None:
    reserves = years * production
    static = static_reserve_life(reserves, production)
    slow = dynamic_reserve_life(reserves, production, growth)
    fast = dynamic_reserve_life(reserves, production, growth + more)
    assert fast <= slow * (1 + 1e-9) <= static * (1 + 1e-8)
    assert dynamic_reserve_life(3 * reserves, 3 * production, growth) == pytest.approx(slow)


@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(1, 1e6)), min_size=2, max_size=8), st.data())
def test_what_is_left_without_the_largest_has_no_order_and_no_unit(
    countries: list[tuple[float, float]], data: st.DataObject
) -> None:
    supply, demand = zip(*countries, strict=True)
    moved = zip(*data.draw(st.permutations(countries)), strict=True)
    found = n_minus_one_of_remaining_demand(supply, demand)
    assert n_minus_one_of_remaining_demand(*moved) == found
    assert found == pytest.approx(n_minus_one_of_remaining_demand(*(7 * np.array([supply, demand]))))
    assert n_minus_one_of_total_demand(supply, demand) <= found


@given(amounts, st.data())
def test_bounds_hold_every_score_a_supplier_may_have(supplied: list[float], data: st.DataObject) -> None:
    size = len(supplied)
    scores = np.array(data.draw(st.lists(shares, min_size=size, max_size=size)))
    known = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    bounds = governance_weighted_hhi_bounds(supplied, np.where(known, scores, np.nan))
    assert bounds.low - 1e-12 <= weighted_hhi(supplied, scores) <= bounds.high + 1e-12


@given(amounts, st.data())
def test_similarity_is_mutual_and_one_only_for_the_same_mix(first: list[float], data: st.DataObject) -> None:
    second = data.draw(st.lists(st.floats(0.01, 1e6), min_size=len(first), max_size=len(first)))
    order = data.draw(st.permutations(range(len(first))))
    found = finger_kreinin(first, second)
    assert found == finger_kreinin(second, first)
    assert found == finger_kreinin([first[one] for one in order], [second[one] for one in order])
    assert 0 <= found <= 1
    assert finger_kreinin(first, [3 * one for one in first]) == pytest.approx(1)
    apart = finger_kreinin([*first, *[0.0] * len(second)], [*[0.0] * len(first), *second])
    assert apart == 0


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(1, 1e6))
def test_more_output_at_home_never_raises_exposure(imports: float, exports: float, made: float) -> None:
    if made + imports - exports <= 1e-3:
        return
    assert trade_exposure(imports, exports, 0, made + 1) <= trade_exposure(imports, exports, 0, made) + 1e-12
    assert eu_import_reliance(imports, exports, made) == pytest.approx(
        trade_exposure(imports, exports, 0, made)
    )
