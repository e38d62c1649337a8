"""What a supplier's removal leaves unserved, and the shape of a network."""

from __future__ import annotations

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.network import (
    betweenness,
    keystone_scores,
    percolation,
    removal_loss,
    spectral_radius,
)

FLOWS = np.array([[0, 0, 0], [60, 0, 40], [0, 0, 0.0]])
MADE = [60, 0, 40]


def test_nothing_removed_loses_nothing() -> None:
    found = removal_loss(MADE, FLOWS, [])
    assert (found.unserved, found.share) == (0, 0)


def test_others_step_in_as_far_as_they_and_their_routes_can() -> None:
    assert removal_loss(MADE, FLOWS, [0], slack=0.5).unserved == pytest.approx(60)
    assert removal_loss(MADE, FLOWS, [0], route_slack=np.inf).unserved == pytest.approx(60)
    assert removal_loss(MADE, FLOWS, [0], slack=2, route_slack=np.inf).unserved == pytest.approx(0)
    assert removal_loss(MADE, FLOWS, [0], slack=[0, 0, 1], route_slack=np.inf).unserved == pytest.approx(20)


def test_who_is_removed_does_not_count_as_demand() -> None:
    found = removal_loss([100, 10], [[0, 0], [0, 0]], [0])
    assert found.unserved == 0
    assert removal_loss([100], [[0]], [0]).share == 0


def test_a_hub_without_mines_can_be_a_keystone() -> None:
    scores = keystone_scores([60, 0, 0], [[0, 0, 0], [60, 0, 0], [0, 60, 0]])
    assert scores.tolist() == [1.0, np.inf, 0.0]


def test_who_goes_without_is_between_its_least_and_its_most() -> None:
    flows = np.zeros((4, 4))
    flows[1, 0] = flows[1, 3] = 30
    flows[2, 1] = 40
    found = removal_loss([30, 0, 0, 30], flows, [0], importers=[1, 2])
    assert found.unserved == pytest.approx(30)
    assert found.low == pytest.approx((0, 10))
    assert found.high == pytest.approx((20, 30))


def test_supply_is_lost_in_the_order_of_size() -> None:
    assert percolation(MADE, FLOWS) == pytest.approx([1, 0.4, 0])


def test_brandes_counts_ways_that_are_equally_short() -> None:
    flows = np.zeros((4, 4))
    flows[1, 0] = flows[2, 0] = flows[3, 1] = flows[3, 2] = 1
    assert betweenness(flows) == pytest.approx([0, 0.5 / 6, 0.5 / 6, 0])


def test_goods_that_do_not_come_back_do_not_circle() -> None:
    assert spectral_radius(MADE, FLOWS) == pytest.approx(0, abs=1e-12)
    assert 0.99 < spectral_radius([1, 0], [[0, 999], [1000, 0]]) <= 1


def test_bad_input_is_refused() -> None:
    with pytest.raises(MethodError, match="numbers between 0 and 2"):
        removal_loss(MADE, FLOWS, [3])
    with pytest.raises(MethodError, match="exports 60 but has 50"):
        removal_loss([50, 0, 40], FLOWS, [0])
    with pytest.raises(MethodError, match="slack 0 is -1"):
        removal_loss(MADE, FLOWS, [0], slack=-1)
    with pytest.raises(MethodError, match="route slack"):
        removal_loss(MADE, FLOWS, [0], route_slack=-0.1)
    with pytest.raises(MethodError, match="supplies itself"):
        betweenness(np.eye(3))
    with pytest.raises(MethodError, match="finite"):
        keystone_scores([np.nan, 0, 40], FLOWS)
