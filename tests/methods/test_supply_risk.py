"""Supply risk of two governments: published figures, edges, bad input."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from monazite.errors import MethodError
from monazite.methods.supply_risk import (
    disruption_potential,
    early_warning,
    economic_importance,
    economic_vulnerability,
    eu_import_reliance,
    eu_supply_risk,
    eu_supply_risk_by_stage,
    governance_trade_hhi,
    inability,
    is_critical,
    recency_weighted_mean,
    scaled,
    supply_risk,
    trade_exposure,
    unwillingness,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def study(golden: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with golden.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["method"] == "EU_CRM_2023":
                found.setdefault(row["material"], {})[row["quantity"]] = row["value"]
    return found


ONE_SUPPLIER = {
    **dict.fromkeys(("Erbium", "Europium", "Holmium", "Thulium", "Ytterbium", "Lutetium"), 5.657),
    "Gadolinium": 5.650,
}


@pytest.mark.parametrize(("name", "published"), ONE_SUPPLIER.items())
def test_inverting_a_published_risk_gives_the_one_supplier_behind_it(
    name: str, published: float, study: dict[str, dict[str, str]]
) -> None:
    row = study[name]
    left = float(row["substitution index SI_SR"]) * (1 - float(row["EoL-RIR"]) / 100)
    index = float(row["supply risk SR"]) / left
    assert index == pytest.approx(published, abs=0.0005)
    again = eu_supply_risk(
        index, None, 1.0, recycling=0.01, substitution=float(row["substitution index SI_SR"])
    )
    assert again == pytest.approx(float(row["supply risk SR"]))
    assert governance_trade_hhi([1], [index], [1]) == pytest.approx(index)


def test_published_verdicts_follow_from_the_published_figures(study: dict[str, dict[str, str]]) -> None:
    critical = {
        name
        for name, row in study.items()
        if {"supply risk SR", "economic importance EI"} <= set(row)
        and is_critical(float(row["supply risk SR"]), float(row["economic importance EI"]))
    }
    assert {"Niobium", "Strontium", "Arsenic", "Phosphate rock"} <= critical
    assert not {"Molybdenum", "Silver", "Natural teak wood", "Copper", "Nickel"} & critical


def test_the_bottleneck_is_the_riskier_stage() -> None:
    assert eu_supply_risk_by_stage(extraction=1.9, processing=0.4).stage == "extraction"
    with pytest.raises(MethodError, match="no stage"):
        eu_supply_risk_by_stage()


def test_a_net_exporter_has_no_exposure_and_no_risk() -> None:
    assert trade_exposure(10, 50, 0, 100) == 0
    assert supply_risk(0.5, trade_exposure(10, 50, 0, 100), 0.5) == 0
    assert eu_import_reliance(10, 50, 100) == 0


def test_world_sourcing_and_reliance_enter_as_the_formula_has_them() -> None:
    mixed = eu_supply_risk(4.0, 2.0, 0.5, recycling=0.25, substitution=0.8)
    assert mixed == pytest.approx((4.0 * 0.25 + 2.0 * 0.75) * 0.75 * 0.8)
    assert governance_trade_hhi([60, 40], [5, 2], [1.1, 0.8]) == pytest.approx(0.36 * 5.5 + 0.16 * 1.6)
    assert economic_importance([0.5, 0.3, 0.2], [100, 60, 20], 200, substitution=0.95) == pytest.approx(3.42)
    assert eu_import_reliance(90, 10, 20) == pytest.approx(0.8)


def test_the_terms_of_the_survey() -> None:
    made = disruption_potential([70, 20, 10], [0.5, 0.4, 0.2], [0.8, 0.3, 0.0])
    assert made == pytest.approx(0.49 * 0.4 + 0.04 * 0.12)
    assert disruption_potential([1e308, 1e308], [1, 1], [1, 1]) == 0.5
    assert trade_exposure(80, 10, 5, 20, 5) == pytest.approx(75 / 100)
    assert economic_vulnerability([200, 50], [1, 2], [20, 10], 1000) == pytest.approx(0.02)
    assert supply_risk(0.4, 0.8, 0.2) == pytest.approx(0.4)
    assert early_warning(0.9, 0.3, 0.1) == pytest.approx(0.3)
    assert scaled([1, 10, 100], logarithmic=True).tolist() == [0, 0.5, 1]


def test_thresholds_are_met_not_exceeded() -> None:
    assert is_critical(1.0, 2.8)
    assert not is_critical(0.9, 2.8)
    assert not is_critical(1.0, 2.7)


def test_the_importer_itself_is_willing() -> None:
    alone = disruption_potential([100], [0.9], unwillingness([0.9], [0.9], [1]))
    assert alone == 0


def test_means_and_scales() -> None:
    assert recency_weighted_mean([0.4]) == 0.4
    assert recency_weighted_mean([0.0, 1.0]) == pytest.approx(2 / 3)
    assert scaled([2, 4, 6]).tolist() == [0, 0.5, 1]
    assert early_warning(1, 1, 1) == 1
    assert inability([100, 0]).tolist() == [0, 1]
    assert economic_vulnerability([100], [0], [5], 1000) == 0
    assert economic_importance([1.0], [50], 50) == 10


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: inability([101]), "above 100"),
        (lambda: unwillingness([1.2], [0], [0]), "trade ties 1.2 is above 1"),
        (lambda: unwillingness([0.2, 0.1], [0], [0]), "one figure for each country"),
        (lambda: disruption_potential([0], [0], [0]), "nothing is produced"),
        (lambda: disruption_potential([-1, 2], [0, 0], [0, 0]), "production 0 is -1"),
        (lambda: disruption_potential([1, 2], [0], [0]), "2 producers have 1 scores"),
        (lambda: trade_exposure(1, 5, 0, 1), "not above 0"),
        (lambda: trade_exposure(1, 1, float("nan"), 1), "stock change"),
        (lambda: economic_vulnerability([1], [1], [0], 10), "operating profit 0 is 0"),
        (lambda: economic_vulnerability([1], [1], [1], 0), "gross domestic product"),
        (lambda: supply_risk(1.2, 0.5, 0.5), "disruption 1.2 is not a share"),
        (lambda: early_warning(0.5, float("nan"), 0.5), "growth nan"),
        (lambda: scaled([1, 1]), "two finite figures that differ"),
        (lambda: recency_weighted_mean([]), "at least one year"),
        (lambda: governance_trade_hhi([1], [11], [1]), "above 10"),
        (lambda: governance_trade_hhi([1, 2], [1], [1]), "2 suppliers have 1"),
        (lambda: eu_import_reliance(0, 0, 0), "nothing is left"),
        (lambda: eu_import_reliance(5, 30, 10), "nothing is left.*30 exported"),
        (lambda: eu_supply_risk(1, 1, 0.5, recycling=1.2), "recycling 1.2"),
        (lambda: eu_supply_risk(1, 1, 0.5, substitution=float("nan")), "substitution nan"),
        (lambda: eu_supply_risk(1, float("inf"), 0.5), "weighted HHI inf"),
        (lambda: eu_supply_risk_by_stage(extraction=-1.0), "supply risk 0 is -1"),
        (lambda: governance_trade_hhi([1], [1], [0]), "trade parameter 0 is 0"),
        (lambda: governance_trade_hhi([1], [1, 2], [1]), "2 scores and 1 trade"),
        (lambda: economic_importance([0.5, 0.5], [1], 10), "2 shares and 1 sectors"),
        (lambda: scaled(["W", "1"]), "each figure must be a number"),
        (lambda: economic_vulnerability([1], [1, 2], [1], 10), "industries: 1, 2, 1"),
        (lambda: eu_supply_risk(-1, None, 1), "at least 0"),
        (lambda: eu_supply_risk(1, 1, 1.1), "reliance 1.1"),
        (lambda: economic_importance([0.5, 0.3], [1, 1], 10), "sum to 0.800"),
        (lambda: economic_importance([1.0], [20], 10), "no sector larger"),
        (lambda: is_critical(float("nan"), 1), "figure 0 is nan"),
    ],
)
def test_bad_input_is_told(call: Callable[[], object], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        call()
