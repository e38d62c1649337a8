"""Markets after a cut: the printed vectors, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.market import (
    capacity_price,
    chain_equilibrium,
    elasticity_at,
    equilibrium,
    floor_quantity,
    inside_price,
    slack_price,
    tariff_equilibrium,
    two_blocs,
)


def test_slack_vector() -> None:
    found = equilibrium(0.5, 0.3, 0.2)
    assert f"{found.price:.6f}" == "4.000000"
    assert f"{found.quantity:.6f}" == "0.659754"
    assert f"{slack_price(0.5, 0.3, 0.2):.6f}" == "4.000000"


def test_capacity_vector() -> None:
    found = equilibrium(0.5, 0.3, 0.2, capacity=0.55)
    assert f"{found.price:.6f}" == "7.335973"
    assert f"{found.quantity:.6f}" == "0.550000"
    assert f"{capacity_price(0.55, 0.3):.6f}" == "7.335973"


def test_everything_cut_has_no_price() -> None:
    found = equilibrium(1.0, 0.3, 0.2)
    assert found.price == np.inf
    assert found.quantity == 0.0


def test_what_still_arrives_eases() -> None:
    shares = np.linspace(0.0, 1.0, 11)
    found = equilibrium(0.5, 0.3, 0.2, delivered=shares)
    assert (np.diff(found.price) < 0).all()
    assert found.price[-1] == pytest.approx(1.0)


def test_more_than_the_cut_lowers_the_price() -> None:
    """0.7 + 0.3 p^0.5 = p^-0.5 has p^0.5 = (sqrt(0.49 + 1.2) - 0.7) / 0.6 = 1; 0.8 gives less."""
    assert equilibrium(0.7, 0.5, 0.5, delivered=1.0).price == pytest.approx(1.0)
    cheaper = equilibrium(0.7, 0.5, 0.5, delivered=1.0, extra=0.1).price
    assert cheaper == pytest.approx(((np.sqrt(0.64 + 1.2) - 0.8) / 0.6) ** 2)


def test_a_small_elasticity_does_not_overflow() -> None:
    found = equilibrium(0.999999, 0.01, 0.0)
    assert found.price == np.inf or found.price > 1e100
    assert 0 < found.quantity < 1


def test_shapes_broadcast() -> None:
    found = equilibrium(np.full((3, 1), 0.2), np.full(4, 0.3), 0.1)
    assert found.price.shape == (3, 4)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((1.1, 0.3, 0.2), "a cut of 1.1"),
        ((-0.1, 0.3, 0.2), "a cut of -0.1"),
        ((0.5, 0.0, 0.2), "an elasticity of demand of 0"),
        ((0.5, 0.3, -0.2), "an elasticity of supply of -0.2"),
        ((np.nan, 0.3, 0.2), "a cut of nan"),
    ],
)
def test_out_of_domain(arguments: tuple[float, float, float], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        equilibrium(*arguments)


def test_a_capacity_below_what_is_made() -> None:
    with pytest.raises(MethodError, match=r"a capacity of 0\.4 below the 0\.5"):
        equilibrium(0.5, 0.3, 0.2, capacity=0.4)


def test_more_taken_away_than_there_is() -> None:
    with pytest.raises(MethodError, match="taken away"):
        equilibrium(0.5, 0.3, 0.2, capacity=0.5, extra=-0.6)


# ── A chain ───────────────────────────────────────────────────────────────────────────────────


def test_a_chain_of_one_stage_is_a_market() -> None:
    """With one stage the price is Q^(-1/0.3) and the margin (Q / 0.5)^(1/0.2): the slack vector."""
    found = chain_equilibrium([0.5], 0.3, [0.2], [1.0])
    assert f"{found.price[0]:.6f}" == "4.000000"
    assert f"{found.quantity:.6f}" == "0.659754"
    bound = chain_equilibrium([0.5], 0.3, [0.2], [1.0], capacity=[0.55])
    assert f"{bound.price[0]:.6f}" == "7.335973"
    assert bound.binding == 0


def test_a_cut_of_refining_by_hand() -> None:
    """0.4 Q^5 + 0.6 (2Q)^5 = 19.6 Q^5 = Q^(-10/3), so that Q = 19.6^(-3/25)."""
    found = chain_equilibrium([0.0, 0.5], 0.3, [0.2, 0.2], [0.4, 0.6])
    assert found.quantity == pytest.approx(19.6**-0.12)
    assert found.price[0] == pytest.approx(19.6**-0.6)
    assert found.price[1] == pytest.approx(19.6**0.4)
    assert found.binding == -1


def test_rent_goes_to_the_stage_at_capacity() -> None:
    found = chain_equilibrium([0.0, 0.5], 0.3, [0.2, 0.2], [0.4, 0.6], capacity=[np.inf, 0.55])
    assert found.binding == 1
    assert found.quantity == pytest.approx(0.55)
    assert found.price[0] == pytest.approx(0.55**5)
    assert found.price[1] == pytest.approx(0.55 ** (-1 / 0.3))


def test_cost_shares_sum_to_one() -> None:
    with pytest.raises(MethodError, match=r"cost shares sum to 0\.9"):
        chain_equilibrium([0.0, 0.5], 0.3, [0.2, 0.2], [0.4, 0.5])


# ── Blocs, inside, tariffs, floors, time ──────────────────────────────────────────────────────


def test_a_cut_aimed_at_all_is_a_cut() -> None:
    """Nothing leaks, is sold elsewhere or moves: the first bloc is alone with its loss."""
    found = two_blocs(0.5, 0.2, 0.3, 0.2, divertible=0.0)
    assert f"{found.hit.price:.6f}" == "4.000000"
    assert found.spared.price == pytest.approx(1.0)
    assert found.diverted == 0.0


def test_free_movement_shares_the_loss() -> None:
    """Half of a fifth of the market is withheld and not resold: a tenth is missing everywhere."""
    found = two_blocs(0.5, 0.2, 0.3, 0.2)
    assert found.hit.price == pytest.approx(found.spared.price)
    sold = 0.2 * found.hit.quantity + 0.8 * found.spared.quantity
    others = 0.5 * found.hit.price**0.2
    assert sold == pytest.approx(0.4 + others)


def test_a_bloc_may_buy_less_from_who_cuts() -> None:
    """It buys a tenth of its needs there, and is alone with that loss."""
    found = two_blocs(0.5, 0.2, 0.3, 0.2, cut_hit=0.1, divertible=0.0)
    assert found.hit.price == pytest.approx(0.9**-2.0)
    with pytest.raises(MethodError, match=r"does not fit in one of 0\.1 of all"):
        two_blocs(0.1, 0.5, 0.3, 0.2, cut_hit=0.9)


def test_inside_vector() -> None:
    assert inside_price(0.5, 0.3, 0.2) == pytest.approx(0.25)
    assert inside_price(0.5, 0.3, 0.2, delivered=1.0) == pytest.approx(1.0)
    assert inside_price(1.0, 0.3, 0.2) == pytest.approx(1.0)


def test_a_duty_by_hand() -> None:
    """All pay it: P^-0.5 = (P/1.25)^0.5, so that P = sqrt(1.25)."""
    found = tariff_equilibrium(1.0, 0.25, 0.5, 0.5)
    assert found.price == pytest.approx(np.sqrt(1.25))
    assert tariff_equilibrium(0.0, 0.25, 0.5, 0.5).price == pytest.approx(1.0)


def test_a_floor_below_the_price_changes_nothing() -> None:
    assert floor_quantity(0.9, 0.3) == 1.0


def test_elasticities_do_not_shrink_with_time() -> None:
    with pytest.raises(MethodError, match="smaller in the long run"):
        elasticity_at(1, 0.5, 0.1, 12)
