"""What is odd about the long file of MCS 2026, and how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs import Finding, Reading

Row = dict[str, Any]


@pytest.fixture(scope="module")
def reading(specimens: dict[str, Reading]) -> Reading:
    return specimens["mcs2026"]


def figures(reading: Reading, series: str, **place: object) -> dict[int, str]:
    """What is published of a series, by year."""
    rows = [row for row in reading.statistics if row["series"] == series]
    return {row["year"]: row["published"] for row in rows if place.items() <= row.items()}


def found(reading: Reading, rule: str) -> list[Finding]:
    """Findings under a rule."""
    return [told for told in reading.findings if told.rule == rule]


def one(reading: Reading, series: str, year: int, country: str = "USA") -> Row:
    """The row of a series, year and country."""
    keys = [(row, (row["series"], row["year"], row["country"])) for row in reading.statistics]
    (row,) = [row for row, key in keys if key == (series, year, country)]
    return row


def test_sheet_and_scrap_mica_are_told_apart(reading: Reading) -> None:
    assert figures(reading, "Mica (Natural) | Imports (sheet)")[2022] == "4,400"
    assert figures(reading, "Mica (Natural) | Imports (scrap and flake)")[2022] == "22,600"
    reliance = "Mica (Natural) | Net import reliance as a percentage of apparent consumption"
    assert set(figures(reading, f"{reliance} (sheet)").values()) == {"100"}
    assert [told.rows for told in found(reading, "key-duplicated")] == [10, 10, 10, 10]


def test_no_key_is_left_twice(reading: Reading) -> None:
    keys = [tuple(row[name] for name in ("chapter", "series", "country", "year", "section")) for row in
            reading.statistics]  # fmt: skip
    assert len(set(keys)) == len(keys)


def test_a_rounded_world_total_stands_beside_its_countries(reading: Reading) -> None:
    total = one(reading, "Cobalt | Mine production", 2024, "WLD")
    assert one(reading, "Cobalt | Mine production", 2024, "COD")["value"] < total["value"]
    assert not [row["series"] for row in reading.statistics if row["series"].endswith("rounded")]


def test_world_totals_of_the_whole_file_stand_beside_their_countries(readings: dict[str, Reading]) -> None:
    world = [row for row in readings["mcs2026"].statistics if row["section"] == "world"]
    mined = [row for row in world if row["measure"] == "production"]
    with_total = {row["series"] for row in mined if row["country"] == "WLD"}
    with_countries = {row["series"] for row in mined if row["country"] not in {"WLD", "OTH"}}
    for series in (
        "Clays | Mine production: Bentonite",
        "Platinum | Mine production: Platinum",
        "Iron Ore | Mine production: Usable ore",
        "Cobalt | Mine production",
    ):
        assert series in with_total & with_countries
    assert not [series for series in with_total if series.endswith("rounded")]


def test_several_countries_in_one_cell_are_not_divided(reading: Reading) -> None:
    (source,) = [row for row in reading.import_sources if row["chapter"] == "RUBIDIUM"]
    assert source["partner"] == "CHN+DEU+RUS"
    assert source["partner_published"] == "China, Germany, and Russia"
    assert [told.subject for told in found(reading, "partner-group")] == ["RUBIDIUM"]


def test_hong_kong_is_noted_with_china(reading: Reading) -> None:
    noted = [row for row in reading.import_sources if row["includes_hong_kong"]]
    assert {row["partner"] for row in noted} == {"CHN"}
    assert {"RARE EARTHS", "YTTRIUM"} <= {row["chapter"] for row in noted}


def test_sources_are_ranked_in_the_publishers_order(reading: Reading) -> None:
    rows = [
        row
        for row in reading.import_sources
        if row["series"] == "Rare Earths | Rare-earth compounds and metals"
    ]
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert (rows[0]["partner"], rows[-1]["partner"]) == ("CHN", "OTH")
    assert {(row["period_first"], row["period_last"]) for row in rows} == {(2021, 2024)}


def test_a_figure_that_only_a_note_states_is_read(reading: Reading) -> None:
    row = one(reading, "Rubidium | Net import reliance, stated in a note", 2025)
    assert (row["value"], row["unit"], row["obs_status"]) == (1.0, "1", "normal")


def test_a_lost_sign_bounds_the_figure_by_both(reading: Reading) -> None:
    row = one(reading, "Niobium (Columbium) | Shipments from Government stockpile", 2021)
    assert (row["value"], row["low"], row["high"], row["obs_status"]) == (None, -1, 1, "unreadable")
    (told,) = found(reading, "sign-lost")
    assert told.found == "'?1'"
    assert told.where.endswith(f"line {row['line']}, column Value")


def test_corrected_reserves_of_rare_earths(reading: Reading) -> None:
    brazil = one(reading, "Rare Earths | Reserves", 2025, "BRA")
    world = one(reading, "Rare Earths | Reserves", 2025, "WLD")
    assert (brazil["value"], brazil["published"]) == (11_000_000, "11,000,000")
    assert (world["value"], world["low"], world["low_open"]) == (None, 75_000_000, True)
    assert [told.found for told in found(reading, "source-corrected")] == ["21,000,000", ">85,000,000"]


def test_a_shifted_cell_is_told(reading: Reading) -> None:
    (told,) = found(reading, "column-shifted")
    assert (told.subject, told.found) == ("YTTRIUM", "'Yttrium'")


@pytest.mark.parametrize(
    ("series", "year", "value", "unit"),
    [
        ("Gypsum | Wallboard products sold, million square feet", 2023, 27.0e9, "sq ft"),
        ("Gypsum | Consumption, apparent", 2021, 43_200_000, "t"),
        ("Germanium | Imports for consumption: Germanium metal", 2021, 13.0, "t"),
        (
            "Germanium | Price, annual average, dollars per kilogram: Germanium metal",
            2021,
            1_187_000,
            "USD/t",
        ),
        (
            "Cobalt | Price, average, dollars per pound: U.S. spot, cathode",
            2021,
            24.21 / 0.00045359237,
            "USD/t",
        ),
        ("Cesium | 50 grams of 99.9% (metal basis) cesium acetate", 2025, 3_220_000, "USD/t"),
        ("Cobalt | Net import reliance as a percentage of apparent consumption", 2021, 0.73, "1"),
        ("Rare Earths | Employment, mine and mill, annual average, number", 2021, 293, "persons"),
    ],
)
def test_units_become_ours(reading: Reading, series: str, year: int, value: float, unit: str) -> None:
    row = one(reading, series, year)
    assert row["value"] == pytest.approx(value, rel=1e-12)
    assert row["unit"] == unit


def test_thousands_of_carats_behind_a_blank(reading: Reading) -> None:
    rows = [row for row in reading.statistics if row["unit_published"] == "thousands of carats"]
    assert {row["chapter"] for row in rows} == {"GEMSTONES"}
    assert {row["unit"] for row in rows} == {"ct"}
    exact = [row for row in rows if row["value"]]
    assert all(row["value"] == 1000 * float(row["published"].replace(",", "")) for row in exact)


def test_a_price_per_metric_ton_unit_is_a_hundred_to_the_ton(reading: Reading) -> None:
    rows = [row for row in reading.statistics if row["unit_published"] == "dollars per metric ton unit"]
    assert {row["chapter"] for row in rows} == {"MANGANESE"}
    assert all(row["value"] == pytest.approx(100 * float(row["published"])) for row in rows)
    assert len([told for told in found(reading, "unit-mislabelled") if told.subject == "MANGANESE"]) == 5


def test_what_a_mass_counts(reading: Reading) -> None:
    bases = {row["chapter"]: row["basis"] for row in reading.statistics if row["measure"] == "imports"}
    assert bases["YTTRIUM"] == "oxide"
    assert bases["COBALT"] == "content"
    assert bases["NIOBIUM (COLUMBIUM)"] == "content"
    assert bases["GYPSUM"] == ""


def test_estimates_are_marked(reading: Reading) -> None:
    assert one(reading, "Yttrium | Consumption, apparent", 2021)["estimated"]
    assert not one(reading, "Cobalt | Imports for consumption", 2021)["estimated"]
    assert one(reading, "Cobalt | Imports for consumption", 2025)["estimated"]
