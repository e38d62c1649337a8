"""Months of use in stock: from the published figures to the digit, by judgement where they are withheld."""

from __future__ import annotations

import pytest

from monazite.codes import reviewed
from monazite.codes.materials import materials
from monazite.codes.stocks import judged_stock
from monazite.store.shipped import query
from monazite.studies.stress.stocks import _ratio, government_stock, stock_to_use

SERIES = reviewed.rows("stock_series.csv")
WITHHELD = {"tungsten", "titanium", "magnesium", "silicon", "tellurium", "selenium"}


@pytest.mark.parametrize(
    ("name", "stocks", "used"),
    [
        ("gallium", 3_400, 19_000),
        ("cobalt", 1_500 + 34, 9_600),
        ("tin", 8_100, 43_000),
        ("zinc", 110, 820),
        ("vanadium", 240, 13_000),
        ("nickel", 25_000 + 110, 220_000),
        ("copper", 450, 2_200),
    ],
)
def test_yearend_stocks_over_consumption_of_2025(name: str, stocks: float, used: float) -> None:
    held = stock_to_use(name)
    assert held.central == pytest.approx(12 * stocks / used)
    assert (held.tag, held.unit) == ("C", "month")
    assert "Mineral Commodity Summaries 2026" in held.source
    assert "2023-2025" in held.source


def test_the_interval_spans_the_last_three_years() -> None:
    held = stock_to_use("copper")
    assert held.low < 1 < held.central
    assert held.high == pytest.approx(held.central)


@pytest.mark.parametrize("name", sorted(WITHHELD))
def test_what_is_withheld_is_judged_and_not_none(name: str) -> None:
    assert stock_to_use(name) == judged_stock(name)
    assert stock_to_use(name).tag == "U"
    assert stock_to_use(name).low > 0


def test_every_series_is_shipped_and_on_one_basis() -> None:
    for row in SERIES:
        names = [*row["stocks"].split(" + "), row["consumption"]]
        found = query(
            "SELECT DISTINCT series, unit, basis FROM mineral_statistic WHERE as_of = $1"
            " AND list_contains($2::VARCHAR[], series)",
            [row["as_of"], names],
        )
        assert {one["series"] for one in found} == set(names), row
        assert {(one["unit"], one["basis"]) for one in found} == {("t", found[0]["basis"])}, row


def test_every_material_has_stocks_of_users_and_of_the_government() -> None:
    published = {row["material"] for row in SERIES} - WITHHELD
    for material in materials():
        held = stock_to_use(material.id)
        assert held.low > 0
        assert (held.tag == "C") == (material.id in published | {"antimony"})
    assert government_stock("beryllium").high == pytest.approx(12 * 78 / 230, abs=0.05)
    assert stock_to_use("antibiotics").tag == "U"


def test_of_intervals_the_ends_cross() -> None:
    low, central, high = _ratio([{"low": 10, "high": 20}, {"low": 0, "high": 4}], {"low": 50, "high": 100})
    assert low == pytest.approx(12 * 10 / 100)
    assert central == pytest.approx(12 * 34 / 150)
    assert high == pytest.approx(12 * 24 / 50)
