"""Intensities: published values, known materials and forms, parts that add up."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from monazite.codes import reviewed
from monazite.codes.intensities import intensities, priced_product, priced_products, products_with
from monazite.codes.materials import material
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.codes.intensities import Intensity

ALL = [held for one in priced_products() for held in intensities(one.id)]
WIND = {"onshore wind": "wind_onshore", "offshore wind": "wind_offshore"}


def amount(product: str, material_id: str) -> float:
    return next(one.amount.central for one in intensities(product) if one.material == material_id)


def half_a_digit(printed: str) -> float:
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


@pytest.mark.needs("golden")
def test_battery_packs_as_published(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["method"] == "INTENSITY" and r["unit"] == "kg/kWh"]
    assert len(rows) == 13
    for row in rows:
        ours = amount(f"battery_{row['material'].lower()}", material(row["quantity"]).id)
        assert ours == pytest.approx(float(row["value"]), abs=half_a_digit(row["value"])), row


@pytest.mark.needs("golden")
def test_wind_turbines_as_published(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["method"] == "INTENSITY" and r["material"] in WIND]
    for row in rows:
        held = {one.material: one for one in intensities(WIND[row["material"]])}
        name = row["quantity"].partition(" (")[0].lower()
        if name in held:
            assert held[name].amount.central == pytest.approx(float(row["value"]), rel=0.002), row
    assert {"neodymium", "praseodymium", "dysprosium", "terbium"} <= {
        row["quantity"].partition(" (")[0].lower() for row in rows
    }


@pytest.mark.parametrize("held", ALL, ids=lambda one: f"{one.product}-{one.material}")
def test_each_amount_has_a_known_material_a_unit_and_a_form_that_holds_it(held: Intensity) -> None:
    assert material(held.material).id == held.material
    assert held.amount.unit == f"kg/{priced_product(held.product).per}"
    assert held.amount.low >= 0
    assert held.amount.central > 0
    assert held.form or held.formula
    assert 0 < held.fraction <= 1


def test_ends_are_a_fifth_from_the_published_value_of_a_pack() -> None:
    lithium = next(one for one in intensities("battery_nmc622") if one.material == "lithium").amount
    assert (lithium.low, lithium.high) == pytest.approx((0.8 * 0.1102, 1.2 * 0.1102), rel=1e-3)


def test_a_car_is_its_parts() -> None:
    assert amount("battery_electric_car", "lithium") == pytest.approx(
        75 * amount("battery_nmc811", "lithium")
    )
    copper = 75 * amount("battery_nmc811", "copper") + amount("electric_car_body", "copper")
    assert amount("battery_electric_car", "copper") == pytest.approx(copper)
    assert amount("battery_electric_car", "neodymium") == pytest.approx(
        1.5 * amount("magnet_neodymium", "neodymium")
    )
    assert {"palladium", "neodymium", "lithium"} <= {one.material for one in intensities("hybrid_car")}


def test_ends_of_parts_are_multiplied_end_by_end() -> None:
    motor = next(one for one in intensities("ev_motor") if one.material == "neodymium").amount
    assert (motor.low, motor.high) == pytest.approx((1 * 0.20, 3 * 0.32))


def test_an_electric_car_holds_what_the_energy_agency_counts_within_a_third() -> None:
    """The agency's car: 75 kWh of NMC622, 53.2 kg of copper, 8.9 kg of lithium, 39.9 of nickel."""
    assert 75 * amount("battery_nmc622", "lithium") == pytest.approx(8.9, rel=0.34)
    assert 75 * amount("battery_nmc622", "nickel") == pytest.approx(39.9, rel=0.34)
    assert amount("battery_electric_car", "copper") == pytest.approx(53.2, rel=0.05)


def test_the_weakest_tag_carries_over_to_the_whole() -> None:
    tags = {one.material: one.amount.tag for one in intensities("battery_electric_car")}
    assert tags["graphite"] == "U"
    assert tags["lithium"] == "C"


def test_parts_and_products_name_one_another() -> None:
    known = {one.id for one in priced_products()}
    assert {row[end] for row in reviewed.rows("product_parts.csv") for end in ("product", "part")} <= known
    assert {row["product"] for row in reviewed.rows("intensities.csv")} <= known
    assert all(intensities(one) for one in known)
    assert all(0 <= one.theta.low <= one.theta.high <= 1 for one in priced_products())


def test_products_by_material_and_by_group() -> None:
    assert products_with("Ga")[-2:] == ("wafer_gallium_arsenide", "wafer_gallium_nitride")
    assert {"wind_offshore", "magnet_samarium", "hybrid_car"} <= set(products_with("rare_earths"))
    assert products_with("asbestos") == ()
    with pytest.raises(UnknownCodeError, match="gallium"):
        products_with("galium")
    with pytest.raises(UnknownCodeError, match="battery_nmc811"):
        intensities("battery_nmc81")


def test_no_material_is_told_twice_of_one_product() -> None:
    told = [(row["product"], row["material"]) for row in reviewed.rows("intensities.csv")]
    assert len(set(told)) == len(told)
