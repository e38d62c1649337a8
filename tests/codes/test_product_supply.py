"""Suppliers of cells, magnets and active ingredients: published shares, bounds and scopes kept apart."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from monazite.codes import reviewed
from monazite.codes.countries import OTHER, country
from monazite.codes.materials import materials
from monazite.codes.product_supply import (
    ACTIVE_INGREDIENTS,
    ANTIBIOTICS,
    SCOPES,
    antibiotics,
    supplies,
    supply_shares,
)
from monazite.codes.products import products
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (*reviewed.rows("product_supply.csv"), *reviewed.rows("active_ingredients.csv"))
KNOWN = sorted({(row["product"], row["scope"]) for row in ROWS})


@pytest.mark.parametrize(("name", "scope"), KNOWN)
def test_shares_fit_into_a_whole(name: str, scope: str) -> None:
    shares = supply_shares(name, scope)
    assert sum(one.central for one in shares.values()) <= 1.001
    assert sum(one.low for one in shares.values()) <= 1
    assert all(0 <= one.low <= one.high <= 1 for one in shares.values())


def test_rows_name_known_products_countries_and_scopes() -> None:
    known = (
        {one.id for one in products()} | {one.id for one in materials()} | {ANTIBIOTICS, ACTIVE_INGREDIENTS}
    )
    assert {row["product"] for row in ROWS} <= known
    assert {row["scope"] for row in ROWS} <= set(SCOPES)
    places = {row["country"] for row in ROWS} - {OTHER, "european-union"}
    assert all(country(place).id == place for place in places)
    assert all(row["basis"] and row["year"].isdigit() for row in ROWS)
    keys = [(row["product"], row["scope"], row["country"]) for row in ROWS]
    assert len(set(keys)) == len(keys)


@pytest.mark.needs("golden")
def test_cells_imported_in_2022_as_published(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        told = {
            r["quantity"]: float(r["value"])
            for r in csv.DictReader(file)
            if r["method"] == "BATTERY" and r["year"] == "2022"
        }
    shares = supply_shares("lithium_ion_batteries", "imports")
    for name, code in (("China", "CHN"), ("Korea", "KOR"), ("Japan", "JPN"), ("Poland", "POL")):
        expected = told[f"from {name}"] / told["Li-ion imports total"]
        assert shares[code].central == pytest.approx(expected, abs=5e-5)
        assert shares[code].low < expected < shares[code].high
    assert 100 * shares["CHN"].central == pytest.approx(told["China share by value"], abs=0.05)


@pytest.mark.needs("golden")
def test_medicines_as_published(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["method"] == "PHARMA"]
    for row in rows:
        if row["quantity"] == "China share of imports":
            share = supply_shares(row["material"].replace("penicillin", "penicillins"), "imports")["CHN"]
            low, _, high = row["value"].partition("-")
            assert share.low <= float(low) / 100 <= share.central + 0.03
            assert share.high >= float(high or low) / 100
        if row["material"] == "all active API DMFs":
            place = {"EU": "european-union"}.get(row["economy"], row["economy"])
            filings = supply_shares(ACTIVE_INGREDIENTS, "filings")
            assert filings[place].central == float(row["value"]) / 100
    china = next(r for r in rows if r["quantity"] == "KSMs solely from China")
    assert supply_shares(ANTIBIOTICS, "starting_materials")["CHN"].central == float(china["value"]) / 100


def test_supply_is_imports_and_what_is_made_at_home() -> None:
    imports, supply = supply_shares(ANTIBIOTICS, "imports"), supply_shares(ANTIBIOTICS, "supply")
    abroad = 1 - supply["USA"].central
    for place, share in imports.items():
        assert supply[place].central == pytest.approx(abroad * share.central, abs=0.002)


def test_an_antibiotic_has_the_shares_of_all_where_it_has_none() -> None:
    assert len(antibiotics()) == 7
    assert supply_shares("tetracyclines") == supply_shares(ANTIBIOTICS)
    own = supply_shares("penicillins", "imports")
    assert own != supply_shares(ANTIBIOTICS, "imports")
    assert {row.product for row in supplies("penicillins")} == {"penicillins", ANTIBIOTICS}


def test_the_largest_comes_first_and_the_unknown_is_refused() -> None:
    assert next(iter(supply_shares("neodymium_magnets"))) == "CHN"
    assert next(iter(supply_shares("lithium_ion_batteries"))) == "CHN"
    with pytest.raises(UnknownCodeError, match="scope"):
        supply_shares("neodymium_magnets", "filings")
    with pytest.raises(UnknownCodeError, match="known suppliers"):
        supply_shares("vitamin_c")
    with pytest.raises(UnknownCodeError, match="vitamin_c"):
        supply_shares("vitamin_cc")
