"""Laws of a market after a cut."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods.market import chain_equilibrium, equilibrium, inside_price, slack_price, two_blocs

CUTS = st.floats(0.0, 0.95)
ELASTICITIES = st.floats(0.05, 2.0)
IDLE = st.floats(0.0, 1.0)
SHARES = st.floats(0.0, 1.0)
CLOSE = 1e-9


@given(CUTS, ELASTICITIES, ELASTICITIES, IDLE, SHARES)
def test_demand_meets_supply(cut: float, demand: float, supply: float, idle: float, delivered: float) -> None:
    capacity = (1 - cut) * (1 + idle)
    found = equilibrium(cut, demand, supply, capacity=capacity, delivered=delivered)
    made = delivered * cut + min((1 - cut) * float(found.price) ** supply, capacity)
    assert np.isclose(found.quantity, made, rtol=1e-7)
    assert np.isclose(found.quantity, found.price**-demand, rtol=1e-7)
    assert 0 < found.quantity <= 1 + CLOSE
    assert found.price >= 1 - CLOSE


@given(ELASTICITIES, ELASTICITIES)
def test_no_cut_no_change(demand: float, supply: float) -> None:
    assert np.isclose(equilibrium(0.0, demand, supply, capacity=1.0).price, 1.0)


@given(CUTS, CUTS, ELASTICITIES, ELASTICITIES, IDLE)
def test_a_deeper_cut_never_eases(
    one: float, other: float, demand: float, supply: float, idle: float
) -> None:
    less, more = sorted((one, other))
    cuts = np.array([less, more])
    found = equilibrium(cuts, demand, supply, capacity=(1 - cuts) * (1 + idle))
    assert found.price[1] >= found.price[0] * (1 - CLOSE)


@given(CUTS, ELASTICITIES, ELASTICITIES, IDLE, IDLE)
def test_idle_capacity_never_hurts(
    cut: float, demand: float, supply: float, one: float, other: float
) -> None:
    idle = np.array(sorted((one, other)))
    found = equilibrium(cut, demand, supply, capacity=(1 - cut) * (1 + idle))
    assert found.price[1] <= found.price[0] * (1 + CLOSE)


@given(CUTS, ELASTICITIES, ELASTICITIES)
def test_infinite_capacity_is_the_slack_form(cut: float, demand: float, supply: float) -> None:
    found = equilibrium(cut, demand, supply)
    assert np.isclose(found.price, slack_price(cut, demand, supply), rtol=1e-9)


@given(st.lists(st.tuples(CUTS, ELASTICITIES, IDLE), min_size=1, max_size=4), ELASTICITIES)
def test_a_chain_clears(stages: list[tuple[float, float, float]], demand: float) -> None:
    cut, supply, idle = (np.array(column) for column in zip(*stages, strict=True))
    weights = np.full(len(stages), 1 / len(stages))
    capacity = (1 - cut) * (1 + idle)
    found = chain_equilibrium(cut, demand, supply, weights, capacity=capacity)
    assert found.quantity <= capacity.min() * (1 + 1e-6)
    assert np.isclose(found.price[-1], found.quantity ** (-1 / demand), rtol=1e-6)
    if found.binding < 0:
        margins = (found.quantity / (1 - cut)) ** (1 / supply)
        assert np.isclose((weights * margins).sum(), found.price[-1], rtol=1e-6)


@given(CUTS, CUTS, ELASTICITIES, ELASTICITIES)
def test_a_chain_is_no_better_than_its_worst_stage(
    one: float, other: float, demand: float, supply: float
) -> None:
    both = chain_equilibrium([one, other], demand, [supply, supply], [0.5, 0.5]).quantity
    alone = chain_equilibrium([0.0, other], demand, [supply, supply], [0.5, 0.5]).quantity
    assert both <= alone * (1 + CLOSE)


@given(CUTS, st.floats(0.05, 0.95), ELASTICITIES, ELASTICITIES, SHARES, SHARES, SHARES)
def test_blocs_balance_and_the_hit_pay_no_less(  # noqa: PLR0917, PLR0913 - the numbers of two markets
    cut: float, share: float, demand: float, supply: float, leaked: float, resold: float, moves: float
) -> None:
    found = two_blocs(cut, share, demand, supply, leaked=leaked, redirected=resold, divertible=moves)
    assert found.hit.price >= found.spared.price * (1 - 1e-6)
    sold = share * found.hit.quantity + (1 - share) * found.spared.quantity
    sent = cut * (1 - share) + cut * share * (leaked + (1 - leaked) * resold)
    others = (1 - cut) * (share * found.hit.price**supply + (1 - share) * found.spared.price**supply)
    assert np.isclose(sold, sent + others, rtol=1e-6)
    assert -CLOSE <= found.diverted <= moves * (1 - cut) * (1 - share) + CLOSE


@given(st.floats(0.05, 1.0), ELASTICITIES, ELASTICITIES, SHARES)
def test_inside_prices_fall(used: float, demand: float, supply: float, delivered: float) -> None:
    price = inside_price(used, demand, supply, delivered=delivered)
    assert 0 < price <= 1 + CLOSE
    assert np.isclose(used * price**-demand + (1 - used) * delivered, price**supply, rtol=1e-6)
