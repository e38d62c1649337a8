"""What is known to be wrong in the publishers' own files is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.studies.audit import audit

if TYPE_CHECKING:
    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.audit import Audit

pytestmark = pytest.mark.needs("real-data")


@pytest.fixture(scope="module")
def result(real_store: Store) -> Audit:
    """An audit of codes of BACI, DataWeb's exports, World Mining Data and a table of the Census Bureau."""
    return audit(store=real_store, rows=100_000)


def found(result: Audit, rule: str, **where: object) -> list[Row]:
    """Rows the audit itself found under a rule."""
    return list(result.details["rows"].where(rule=rule, told_by="audit", **where))


def test_graphite_to_canada_is_a_wrong_quantity_and_to_korea_a_true_fall(result: Audit) -> None:
    """All US graphite exports of BACI fall from 50,369 t to 8,476 t in 2023 at 98 percent of the value."""
    (row,) = found(result, "quantity-implausible", exporter="USA", importer="CAN", code="250410", year=2022)
    assert row["amount"] == 45346.184
    assert row["expected_low"] < 3010.621 < row["expected_high"]  # what the customs record has
    assert "dataweb (USA domestic-export, 2504) contradicts: 3,011 t against 45,357 t here" in row["evidence"]
    korea = {"exporter": "USA", "importer": "KOR", "code": "250410", "year": 2023}
    assert found(result, "quantity-implausible", **korea) == []
    (fall,) = found(result, "trade-fell", **korea)
    assert "773.8 → 40.75 t and $5.21 M → $528,949" in fall["found"]
    assert fall["evidence"] == "dataweb (USA domestic-export, 2504): 1,510 → 75.54 t"


def test_a_thousandth_of_the_rare_earths_to_china(result: Audit) -> None:
    (row,) = found(result, "quantity-implausible", exporter="USA", importer="CHN", code="284690", year=2019)
    assert row["amount"] == 26.89
    assert row["expected_low"] < 32657 < row["expected_high"]
    assert "contradicts: 45,601 t against 45.32 t here" in row["evidence"]


def test_germanium_lost_its_code(result: Audit) -> None:
    dead = {row["code"]: row for row in found(result, "code-dead", source="baci")}
    assert set(dead) == {"811230", "283030"}
    assert dead["811230"]["year"] == 2007
    assert "$80.67 M in the year before, $4.58 M in 2007" in dead["811230"]["found"]


def test_baci_lacks_quantities_most_in_the_nineties(result: Audit) -> None:
    told = result.table.one(rule="quantity-missing", source="baci", told_by="audit")
    rows = {
        row["year"]: row["found"] for row in found(result, "quantity-missing", source="baci", kind="year")
    }
    assert told["found"] > 5000
    assert min(rows) == 1995
    assert set(rows) == set(range(1995, 2025))


def test_phosphate_of_australia_and_its_like(result: Audit) -> None:
    rows = found(result, "figure-implausible", source="wmd", kind="inside the series")
    assert [row["subject"] for row in rows[:2]] == [
        "Phosphate Rock (P2O5), Production, AUS, 2022",
        "Phosphate Rock (P2O5), Production, AUS, 2021",
    ]
    assert all("a slip of 3 decimal places" in row["found"] for row in rows[:2])
    others = {row["subject"] for row in rows[2:]}
    assert {
        "Lead, Production, CHL, 2019",
        "Baryte, Production, NGA, 2023",
        "Tungsten (W), Production, PRK, 2021",
    } <= others
    assert len(rows) == 13


def test_world_mining_data_that_misses_its_totals(result: Audit) -> None:
    rows = found(result, "total-mismatch", source="wmd")
    assert rows[0]["subject"] == "Perlite, Production, WLD, 2022"
    assert {row["subject"].split(",")[0] for row in rows} == {
        "Perlite",
        "Selenium",
        "Vermiculite",
        "Oil Shales",
    }


def test_the_european_union_beside_slovakia(result: Audit) -> None:
    (row,) = found(result, "double-count", source="census")
    assert row["found"].endswith("beside SVK")
    assert row["kind"] == "marked"


def test_magnets_change_their_unit_in_2019(result: Audit) -> None:
    (row,) = found(result, "unit-regime", source="dataweb", code="8505")
    assert row["year"] == 2019
    assert row["found"].startswith("no quantity collected")
    assert "kg" in row["found"]
