"""The published workbook of GeoPolRisk, to a millionth; laws; bad input."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MethodError
from monazite.methods.geopolrisk import (
    characterisation_factor,
    geopolrisk_score,
    geopolrisk_scores,
    import_risk,
    risk_of_sums,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def workbook(golden: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    with golden.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["method"] == "GEOPOLRISK" and row["economy"] == "USA":
                found.setdefault(row["material"], {})[row["quantity"]] = float(row["value"])
    return found


@pytest.mark.parametrize("material", ["Manganese", "Graphite", "Nickel"])
def test_the_published_workbook(material: str, workbook: dict[str, dict[str, float]]) -> None:
    told = workbook[material]
    production = told.get("DomesticProduction_t", 0.0)
    risk = risk_of_sums(told["numerator"], told["TotalTrade_t"], production)
    score = geopolrisk_score(told["HHI"], risk)
    assert risk == pytest.approx(told["ImportRisk"], abs=1e-6)
    assert score == pytest.approx(told["Score"], abs=1e-6)
    factor = characterisation_factor(score, told["Price_USD_per_kg"])
    assert factor == pytest.approx(told["CF_kgCu_eq"], abs=1e-6)


shares = st.lists(st.floats(0, 1), min_size=3, max_size=3)
amounts = st.lists(st.floats(0.1, 1e6), min_size=3, max_size=3)


@given(amounts, shares, st.floats(0, 1e6), st.floats(1e-3, 1e3))
def test_risk_has_no_unit_and_falls_with_production(
    sent: list[float], weights: list[float], made: float, unit: float
) -> None:
    risk = import_risk(sent, weights, made)
    assert import_risk(np.array(sent) * unit, weights, made * unit) == pytest.approx(risk)
    assert import_risk(sent, weights, made + 1) <= risk
    assert min(weights) * sum(sent) / (sum(sent) + made) - 1e-9 <= risk <= max(weights) + 1e-9


def test_one_table_is_the_scores_one_by_one() -> None:
    random = np.random.default_rng(0)
    imports = random.random((4, 5))
    weighted, made, hhi = imports * random.random((4, 5)), random.random((4, 5)), random.random(4)
    table = geopolrisk_scores(hhi, weighted, imports, made)
    for m in range(4):
        for c in range(5):
            risk = risk_of_sums(weighted[m, c], imports[m, c], made[m, c])
            assert table[m, c] == pytest.approx(geopolrisk_score(hhi[m], risk))


def test_bad_input_is_refused() -> None:
    with pytest.raises(MethodError, match="neither import nor production"):
        risk_of_sums(0, 0, 0)
    with pytest.raises(MethodError, match="exceed imports"):
        risk_of_sums(3, 2, 0)
    with pytest.raises(MethodError, match="import 0 is -1"):
        import_risk([-1, 2], [0, 0], 0)
    with pytest.raises(MethodError, match=r"in \[0, 1\]"):
        import_risk([1, 2], [0, 1.5], 0)
    with pytest.raises(MethodError, match=r"HHI 1\.2"):
        geopolrisk_score(1.2, 0.5)
    with pytest.raises(MethodError, match="finite"):
        geopolrisk_scores([0.3], [[np.nan]], [[1]], [[0]])
    with pytest.raises(MethodError, match="shape"):
        geopolrisk_scores([0.3], [[1.0, 2.0]], [[1]], [[0]])
    with pytest.raises(MethodError, match="above 0"):
        characterisation_factor(0.1, 1, 0)
