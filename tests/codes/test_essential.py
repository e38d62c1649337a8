"""Essential demand: shares in bounds, platforms as published, and never nothing by silence."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from monazite.codes import reviewed
from monazite.codes.essential import DEFAULT, SECTORS, essential, platforms, subject, yearly
from monazite.codes.materials import listed, materials
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path

POUND = 0.45359237
NAMES = {
    "F-35": "F-35 fighter",
    "DDG-51": "DDG-51 destroyer",
    "Virginia-class submarine": "Virginia-class submarine",
}


@pytest.mark.parametrize("name", [m.id for m in materials()])
def test_every_material_has_both_sectors(name: str) -> None:
    found = essential(name)
    assert tuple(one.sector for one in found) == SECTORS
    assert all(0 <= one.share.low <= one.share.high <= 1 for one in found)
    assert sum(one.share.high for one in found) <= 1
    assert all(one.share.central > 0 and one.what for one in found)


def test_rows_are_of_known_materials_each_once() -> None:
    rows = reviewed.rows("essential.csv")
    keys = [(row["material"], row["stage"], row["sector"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(row["material"] == DEFAULT or subject(row["material"]) == row["material"] for row in rows)
    assert {row["sector"] for row in rows} == set(SECTORS)
    assert all(row["unit"] == "1" for row in rows)


def test_what_nobody_publishes_is_marked_as_judged() -> None:
    tags = {row["tag"] for row in reviewed.rows("essential.csv") if "No share was read" in row["source"]}
    assert tags == {"U"}
    named = {row["material"] for row in reviewed.rows("essential.csv") if row["sector"] == "defence"}
    assert {"germanium", "gallium", "antimony", "tungsten", "titanium", "beryllium", "tantalum"} <= named


def test_a_stage_goes_before_the_whole_and_the_whole_before_the_default() -> None:
    metal, ore = essential("titanium", "refined")[0], essential("titanium", "ore")[0]
    assert metal.share.low > ore.share.high
    assert essential("germanium", "refined") == essential("germanium")
    assert essential("asbestos")[0].share == essential("talc")[0].share
    assert len(listed(2025)) == 60


def test_products_have_essential_demand_too() -> None:
    assert essential("penicillins") == essential("antibiotics")
    assert essential("antibiotics")[1].share.low >= 0.9
    assert essential("neodymium_magnets")[0].material == "neodymium_magnets"
    with pytest.raises(UnknownCodeError, match="germanium"):
        essential("germaniun")


@pytest.mark.needs("golden")
def test_platforms_hold_every_published_value(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["method"] == "INTENSITY" and r["unit"] == "lb per unit"]
    held = {one.name: one.amount for one in platforms("rare_earths")}
    assert len(rows) == 5
    for row in rows:
        kg = float(row["value"].strip(">")) * POUND
        judged = held[NAMES[row["material"]]]
        assert judged.low - 0.1 <= kg <= judged.high + 0.1, row
        assert not row["value"].startswith(">") or judged.high > kg


def test_conflicting_figures_are_intervals() -> None:
    assert all(one.amount.low < one.amount.high for one in platforms("rare_earths"))
    assert platforms("lithium") == ()
    assert yearly("lithium") == (0, 0, 0)


def test_the_share_of_rare_earths_follows_from_magnets_and_platforms() -> None:
    """Consumption of 27,000 t in 2025 and 9,010 t in 2024 (USGS MCS 2026)."""
    magnets = 175 * 0.30 / 0.8574
    share = essential("rare_earths")[0].share
    assert share.low == pytest.approx(magnets / 27_000, rel=0.02)
    assert share.high == pytest.approx((magnets + yearly("rare_earths")[2]) / 9_010, rel=0.1)


@pytest.mark.needs("golden")
def test_magnets_of_weapons_as_published(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        printed = [r["value"] for r in csv.DictReader(file) if r["material"] == "US weapons systems"]
    assert [one.amount.central / 1_000 for one in platforms("neodymium_magnets")] == [float(printed[0])]
