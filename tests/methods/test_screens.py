"""Similarity, governance, screens and reserves: printed vectors, thresholds, bad input."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.concentration import effective_number, hhi, shannon, shannon_effective_number, theil
from monazite.methods.governance import (
    governance_weighted_hhi_bounds,
    governance_weighted_import_risk,
    instability,
    weighted_hhi,
)
from monazite.methods.reserves import (
    by_product_supply_limit,
    companionality,
    dynamic_reserve_life,
    recycling_input_rate,
    static_reserve_life,
)
from monazite.methods.screens import (
    eu_dependencies,
    geodep,
    imports_over_exports,
    n_minus_one_of_imports,
    n_minus_one_of_remaining_demand,
    n_minus_one_of_total_demand,
    persistent,
)
from monazite.methods.similarity import finger_kreinin

if TYPE_CHECKING:
    from collections.abc import Callable

NAN = float("nan")


def test_printed_vectors() -> None:
    mix = [0.5, 0.3, 0.2]
    assert hhi(mix) == pytest.approx(0.38, abs=0.005)
    assert shannon(mix) == pytest.approx(1.0297, abs=0.00005)
    assert effective_number(mix) == pytest.approx(2.632, abs=0.0005)
    assert shannon_effective_number(mix) == pytest.approx(2.800, abs=0.0005)
    assert theil(mix) == pytest.approx(math.log(3) - 1.0297, abs=0.00005)
    assert finger_kreinin(mix, [0.4, 0.4, 0.2]) == pytest.approx(0.9, abs=1e-12)


def test_thresholds_are_exceeded_not_met() -> None:
    assert geodep([0.4, 0.41], [0.41, 0.41], [1.1, 1.1]).tolist() == [0, 1]
    assert geodep([0.41], [0.41], [1.0]).tolist() == [0]
    assert eu_dependencies([0.41], [0.5], [2]).tolist() == [0]


def test_what_is_not_known_clears_nobody() -> None:
    assert geodep([NAN, NAN], [0.9, 0.1], [2, 2]).tolist() == [-1, 0]
    assert persistent([[1], [-1], [0]]).tolist() == [-1]
    assert persistent([[0], [-1], [0]]).tolist() == [0]


def test_only_the_latest_years_count() -> None:
    assert persistent([[1], [1], [0], [0], [1]]).tolist() == [0]


def test_no_exports_is_the_published_convention() -> None:
    assert imports_over_exports([5], [0]).tolist() == [9999]


def test_denominators_of_n_minus_one_are_not_alike() -> None:
    supply, demand = [80, 15, 5], [50, 30, 20]
    assert n_minus_one_of_remaining_demand(supply, demand) == 0.4
    assert n_minus_one_of_total_demand(supply, demand) == 0.2
    assert n_minus_one_of_imports([1]) == 0
    assert n_minus_one_of_imports([20, 70, 10]) == pytest.approx(0.3)


def test_of_equal_suppliers_the_one_whose_loss_hurts_most_is_lost_in_any_order() -> None:
    supply, demand = [40, 40, 20], [10, 60, 30]
    assert n_minus_one_of_remaining_demand(supply, demand) == pytest.approx(60 / 90)
    assert n_minus_one_of_remaining_demand(supply[::-1], demand[::-1]) == pytest.approx(60 / 90)


def test_amounts_as_large_as_floats_go_do_not_vanish() -> None:
    huge = [1e308, 1e308]
    assert weighted_hhi(huge, [1, 1]) == 0.5
    assert finger_kreinin(huge, [1, 1]) == 1
    assert governance_weighted_import_risk(huge, [0, 0]).tolist() == [0.5, 0.5]
    assert n_minus_one_of_imports(huge) == 0.5


def test_a_supplier_without_a_score_is_anything() -> None:
    found = governance_weighted_hhi_bounds([60, 40], [0.5, NAN])
    assert (found.low, found.high) == pytest.approx((0.18, 0.34))
    assert governance_weighted_hhi_bounds([60, 40], [0.5, 0.2]).is_exact


def test_weights_of_one_are_the_plain_index() -> None:
    assert weighted_hhi([5, 3, 2], [1, 1, 1]) == pytest.approx(hhi([5, 3, 2]))
    assert governance_weighted_import_risk([1, 1], [100, 0]).tolist() == [0, 0.5]


def test_dynamic_life_is_what_sums_to_the_reserve() -> None:
    years, growth, first = dynamic_reserve_life(100, 1, 0.05), 0.05, 1.0
    assert first * ((1 + growth) ** years - 1) / growth == pytest.approx(100)
    assert dynamic_reserve_life(100, 1, 0) == static_reserve_life(100, 1) == 100
    assert dynamic_reserve_life(100, 1, 1e-12) == pytest.approx(100)
    assert math.isinf(dynamic_reserve_life(100, 1, -0.5))
    assert dynamic_reserve_life(10, 1, -0.02) > 10


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: finger_kreinin([1, 2], [1]), "same suppliers"),
        (lambda: finger_kreinin([0, 0], [1, 1]), "nothing is supplied in the first"),
        (lambda: finger_kreinin([1, NAN], [1, 1]), "first mix 1 is nan"),
        (lambda: instability([63.0]), "not between"),
        (lambda: instability([float("inf")]), "score inf is not"),
        (lambda: weighted_hhi([1, 2], [1]), "2 suppliers have 1"),
        (lambda: weighted_hhi([0], [1]), "nothing is supplied"),
        (lambda: weighted_hhi([1], [-1]), "weight 0 is -1"),
        (lambda: governance_weighted_hhi_bounds([1], [1.2]), "instability 1.2 is no share"),
        (lambda: governance_weighted_hhi_bounds([1, 2, 3], [0.5]), "3 suppliers have 1"),
        (lambda: governance_weighted_import_risk([1], [120]), "percentile rank 120 is above 100"),
        (lambda: governance_weighted_import_risk([1, 2], [20]), "2 suppliers have 1 percentile ranks"),
        (lambda: governance_weighted_import_risk([0], [20]), "no risk to weigh"),
        (lambda: instability(["stable"]), "each score must be a number"),
        (lambda: geodep(["W"], [0.5], [1]), "each HHI of imports must be a number"),
        (lambda: persistent([[1], [1], [1]], least=0), "in 0 of 3 years"),
        (lambda: persistent([[1], [1], [1]], years=2, least=3), "in 3 of 2 years"),
        (lambda: n_minus_one_of_total_demand([0, 0], [1, 1]), "nothing is supplied by 2"),
        (lambda: n_minus_one_of_imports([-1]), "amount 0 is -1"),
        (lambda: static_reserve_life(NAN, 1), "reserves nan"),
        (lambda: companionality(1, 0), "total supply 0"),
        (lambda: recycling_input_rate(-1, 0, 1), "amount -1"),
        (lambda: geodep([1.2], [0.5], [1]), "above 1"),
        (lambda: geodep([0.2, 0.3], [0.5], [1]), "shapes"),
        (lambda: geodep([-0.2], [0.5], [1]), "negative"),
        (lambda: persistent([[1], [0]]), "at least 3 years"),
        (lambda: persistent([[2], [0], [1]]), "1, 0 or"),
        (lambda: imports_over_exports([1, 2], [1]), "one for each"),
        (lambda: n_minus_one_of_imports([0]), "nothing is imported"),
        (lambda: n_minus_one_of_total_demand([1], [0]), "nothing is needed"),
        (lambda: n_minus_one_of_remaining_demand([1, 0], [1, 0]), "others need nothing"),
        (lambda: n_minus_one_of_total_demand([1, 2], [1]), "supply of 2 and demand of 1"),
        (lambda: static_reserve_life(1, 0), "above 0"),
        (lambda: dynamic_reserve_life(1, 1, -1), "above −1"),
        (lambda: recycling_input_rate(0, 0, 0), "nothing goes into"),
        (lambda: recycling_input_rate(1, 0, 0, of="new"), "'old' for"),
        (lambda: companionality(2, 1), "exceeds"),
        (lambda: by_product_supply_limit(0), "share in"),
    ],
)
def test_bad_input_is_told(call: Callable[[], object], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        call()


def test_scores_beyond_the_scale_are_its_ends() -> None:
    assert instability(np.array([-3.1, 2.6])).tolist() == [1, 0]


def test_reserves_scrap_and_hosts() -> None:
    assert static_reserve_life(75e6, 390e3) == pytest.approx(192.3, abs=0.05)
    assert dynamic_reserve_life(100, 1, 0.03) == pytest.approx(math.log(4) / math.log(1.03))
    assert recycling_input_rate(20, 10, 70) == pytest.approx(0.2)
    assert recycling_input_rate(20, 10, 70, of="all") == pytest.approx(0.3)
    assert companionality(3, 4) == 0.75
    assert by_product_supply_limit(1) == 0
    assert by_product_supply_limit(0.5, -0.5) == 0
