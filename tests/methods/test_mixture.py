"""The mixture at its plain cases: two prices, one price, missing and wrong quantities, declared shares."""

from __future__ import annotations

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.mixture import SLACK, split

NIOBIUM, GERMANIUM = 5e4, 2e6
PRICES, DEVIATIONS = [NIOBIUM, GERMANIUM], [0.3, 0.3]
VALUES = [9.8e6, 2.3e6, 7.2e6, 0.6e6]
MASSES = [200.0, 45.0, 3.6, 0.3]


def test_two_materials_far_apart_are_told_apart_by_value_and_by_mass() -> None:
    found = split(VALUES, MASSES, prices=PRICES, deviations=DEVIATIONS)
    assert found.value.share == pytest.approx([12.1 / 19.9, 7.8 / 19.9], abs=0.01)
    assert found.mass.share == pytest.approx([245 / 248.9, 3.9 / 248.9], abs=0.01)
    assert found.posterior.argmax(axis=1).tolist() == [0, 0, 1, 1]
    assert found.price.price == pytest.approx([NIOBIUM, GERMANIUM], rel=0.15)


def test_the_dear_material_is_a_small_share_of_mass_and_a_large_one_of_value() -> None:
    found = split(VALUES, MASSES, prices=PRICES, deviations=DEVIATIONS)
    assert found.value.share[1] > 20 * found.mass.share[1]


def test_materials_of_one_price_are_not_told_apart() -> None:
    found = split(VALUES[:2], MASSES[:2], prices=[NIOBIUM] * 3, deviations=[0.3] * 3).value
    assert found.low.max() < 0.05
    assert found.high.min() > 0.9


def test_one_material_is_all_of_it_whatever_the_quantities() -> None:
    found = split([5.0, 2.0, 1.0], [1.0, 0.0, 1e9], prices=[3.0], deviations=[0.1])
    for shares in (found.value, found.mass):
        assert [*shares.low, *shares.share, *shares.high] == pytest.approx([1, 1, 1])


def test_lines_without_a_quantity_widen_the_interval_by_their_value() -> None:
    values, masses = [*VALUES, 10e6], [*MASSES, np.nan]
    found = split(values, masses, prices=PRICES, deviations=DEVIATIONS)
    assert found.value.low[0] == pytest.approx(12.1 / 29.9, abs=0.02)
    assert found.value.high[0] == pytest.approx(22.1 / 29.9, abs=0.02)
    assert found.doubt[-1] == 1
    assert found.posterior[-1] == pytest.approx([0.5, 0.5])


def test_without_any_quantity_nothing_is_known() -> None:
    found = split([1.0, 2.0], [0.0, 0.0], prices=PRICES, deviations=DEVIATIONS, occurrence=[3, 1])
    assert found.value.share == pytest.approx([0.75, 0.25])
    assert (found.value.low[0], found.value.high[0]) == (0, 1)
    assert found.mass.share[0] > 0.95


def test_a_wrong_quantity_does_not_become_a_material() -> None:
    values, masses = [*[1e6] * 40, 3e5], [*[20.0] * 40, 3e5 / 1e12]
    found = split(values, masses, prices=PRICES, deviations=DEVIATIONS)
    assert found.doubt[-1] > 0.9
    assert found.price.high[1] < 10 * GERMANIUM


def test_a_mis_stated_price_is_moved_by_the_lines() -> None:
    found = split([1e6] * 50, [1e6 / 8e4] * 50, prices=PRICES, deviations=DEVIATIONS)
    assert found.price.price[0] == pytest.approx(8e4, rel=0.05)
    assert found.value.low[0] > 0.9


def test_a_declared_share_settles_what_unit_values_cannot() -> None:
    found = split(
        VALUES, MASSES, prices=[NIOBIUM, NIOBIUM, GERMANIUM], deviations=[0.3] * 3,
        declared_low=[0.1, np.nan, np.nan], declared_high=[0.2, np.nan, np.nan],
    )  # fmt: skip
    assert not found.contradicted.any()
    assert found.value.low[0] >= 0.1 - 1e-9
    assert found.value.high[0] <= 0.2 + 1e-9
    assert found.value.low[1] > 0.35
    assert found.value.high[1] < 0.55


def test_a_declared_share_that_the_unit_values_contradict_is_told_and_the_interval_holds_both() -> None:
    values, masses = VALUES * 20, MASSES * 20
    found = split(
        values,
        masses,
        prices=PRICES,
        deviations=DEVIATIONS,
        declared_low=[0.1, 0.8],
        declared_high=[0.2, 0.9],
    )
    assert found.contradicted.all()
    assert found.value.low[0] == 0.1
    assert found.value.high[0] > 0.55
    assert found.value.share[0] == pytest.approx(12.1 / 19.9, abs=0.02)


def test_a_declared_share_within_two_points_is_no_contradiction() -> None:
    alone = split(VALUES * 20, MASSES * 20, prices=PRICES, deviations=DEVIATIONS).value
    near, far = alone.high[0] + 0.9 * SLACK, alone.high[0] + 1.1 * SLACK
    for low, told in ((near, False), (far, True)):
        found = split(
            VALUES * 20, MASSES * 20, prices=PRICES, deviations=DEVIATIONS, declared_low=[low, np.nan]
        )
        assert bool(found.contradicted[0]) is told


def test_a_sum_of_two_materials_is_not_taken_for_a_third() -> None:
    truth = 0.5  # of the value of each line is germanium; its unit value is that of neither
    unit = 1 / (truth / GERMANIUM + (1 - truth) / NIOBIUM)
    values = [1e6] * 30
    masses = [1e6 / unit] * 30
    found = split(values, masses, prices=PRICES, deviations=DEVIATIONS, sums=True).value
    assert found.low[1] < truth < found.high[1]
    assert not split(values, masses, prices=PRICES, deviations=DEVIATIONS).value.high[1] > truth


def test_one_seed_gives_one_answer_and_another_seed_a_like_one() -> None:
    first, again, other = (
        split(VALUES, MASSES, prices=PRICES, deviations=DEVIATIONS, seed=seed).value for seed in (1, 1, 2)
    )
    assert np.array_equal(first.share, again.share)
    assert other.share == pytest.approx(first.share, abs=0.03)
    assert not np.array_equal(first.share, other.share)


def test_a_hundred_thousand_lines_of_eight_materials_are_split() -> None:
    random = np.random.default_rng(1)
    places = np.log(1000) + np.arange(8.0)
    who = random.integers(0, 8, 100_000)
    values = np.exp(random.normal(10, 2, who.size))
    masses = values / np.exp(places[who] + 0.2 * random.standard_normal(who.size))
    found = split(values, masses, prices=np.exp(places), deviations=[0.3] * 8).value
    truth = np.bincount(who, values) / values.sum()
    assert found.share == pytest.approx(truth, abs=0.02)
    assert (found.high - found.low).max() < 0.1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"values": [-1, 2, 3, 4]}, "value 0 is -1"),
        ({"values": [0, 0, 0, 0]}, "nothing is traded"),
        ({"masses": [1, 2]}, "4 values and 2 masses"),
        ({"prices": [0, 1]}, "price 0 is 0"),
        ({"deviations": [0.3]}, "2 prices, 1 deviations"),
        ({"occurrence": [1, 0]}, "occurrence 1 is 0"),
        ({"declared_low": [0.6, 0.6]}, "some choice of them sums to 1"),
        ({"declared_high": [0.2, 0.2]}, "some choice of them sums to 1"),
        ({"declared_low": [0.6]}, "one end for each of 2 materials"),
        ({"prices": [], "deviations": []}, "at least one material"),
    ],
)
def test_what_cannot_be_split_is_refused(given: dict[str, list[float]], told: str) -> None:
    usual = {"values": VALUES, "masses": MASSES, "prices": PRICES, "deviations": DEVIATIONS}
    with pytest.raises(MethodError, match=told):
        split(**{**usual, **given})  # type: ignore[arg-type] # a list for each of its arguments
