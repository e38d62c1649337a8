"""Elasticities have the right sign and order for every material, and say where they were found."""

from __future__ import annotations

import pytest

from monazite.codes.elasticities import INPUTS, elasticities
from monazite.codes.materials import listed, materials
from monazite.codes.products import products
from monazite.schema.minerals import STAGES

ALL = [*(m.id for m in materials()), *(p.id for p in products())]
INELASTIC = 0.5
SPECIFIC = (
    *("gallium", "germanium", "antimony", "graphite", "rare_earths", "neodymium", "dysprosium", "terbium"),
    *("cobalt", "nickel", "lithium", "tungsten", "copper", "aluminum", "manganese", "magnesium", "titanium"),
    *("tin", "zinc", "platinum_group_metals", "lithium_ion_batteries"),
)


@pytest.mark.parametrize("identifier", ALL)
def test_the_long_run_answers_at_least_as_much_as_the_short_one(identifier: str) -> None:
    for stage in STAGES:
        found = elasticities(identifier, stage)
        for side in ("demand", "supply"):
            short, long = getattr(found, f"{side}_short"), getattr(found, f"{side}_long")
            for end in ("low", "central", "high"):
                assert 0 <= getattr(short, end) <= getattr(long, end), (stage, side, end)
        assert found.demand_short.central + found.supply_short.central > 0
        assert found.adjustment.low > 0
        assert found.adjustment.unit == "month"


@pytest.mark.parametrize("identifier", SPECIFIC)
def test_what_is_asked_for_most_has_rows_of_its_own(identifier: str) -> None:
    assert "own" in elasticities(identifier).levels.values()


def test_magnets_and_active_ingredients_have_rows_of_their_groups() -> None:
    for identifier in ("neodymium_magnets", "penicillins", "heparin"):
        assert set(elasticities(identifier, "*").levels.values()) == {"group"}


def test_demand_of_listed_minerals_is_inelastic_within_a_year() -> None:
    assert all(elasticities(m.id).demand_short.central < INELASTIC for m in listed(2025))


def test_by_products_answer_less_than_the_default() -> None:
    default = elasticities("barite").supply_short.central
    assert elasticities("tellurium").supply_short.central < default
    assert elasticities("tellurium").levels["supply_short"] == "by_product"
    assert elasticities("tellurium").levels["demand_short"] == "default"


def test_the_level_is_the_farthest() -> None:
    found = elasticities("indium", "refined")
    assert found.levels["supply_long"] == "own"
    assert found.level == "default"
    assert elasticities("gallium", "refined").level == "own"
    assert set(found.levels) == set(INPUTS)
