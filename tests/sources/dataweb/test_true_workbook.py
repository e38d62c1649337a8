"""The workbook of domestic exports 1993–2026: the whole one, and a scrap of it that is always here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources.dataweb import SOURCE
from monazite.sources.load import read_file
from monazite.sources.source import Sample

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.sources.load import Reading

FILE = "usitc_dataweb/us_domestic_exports_1993-2026.xlsx"


def chosen(reading: Reading, **wanted: object) -> dict[str, Any]:
    """The one row that has these values."""
    found = [row for row in reading.tables["trade"] if all(row[key] == wanted[key] for key in wanted)]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture(scope="module")
def whole(real_data: Path) -> Reading:
    return read_file(SOURCE, real_data / FILE)


def test_every_line_and_period_of_the_whole_workbook_is_a_row(whole: Reading) -> None:
    # 474 lines of 34 years, and as many of the years to date.
    assert (whole.records, len(whole.tables["trade"]), len(whole.refused)) == (32_232, 32_232, 0)


def test_values_sum_to_the_printed_totals(whole: Reading) -> None:
    sums: Counter[str] = Counter()
    for row in whole.tables["trade"]:
        sums[row["period"]] += row["value_usd"] or 0
    assert sums["1993"] == 1_052_836_705
    assert sums["2025"] == 4_188_408_582
    assert sums["2026-01/2026-04"] == 1_665_991_430
    assert not [one for one in whole.findings if one.rule == "total-mismatch"]


def test_the_partners_of_the_whole_workbook_are_all_known(whole: Reading) -> None:
    partners = {row["importer"] for row in whole.tables["trade"]}
    assert len(partners) == 18
    assert {"MMR", "COD", "HKG", "KOR"} <= partners
    assert not [one for one in whole.findings if one.rule == "country-unknown"]


def test_the_whole_workbook_and_the_scrap_say_the_same(whole: Reading, scrap: Reading) -> None:
    key = ("period", "importer", "code", "breakdown")
    said = {tuple(row[name] for name in key): {**row, "snapshot": ""} for row in whole.tables["trade"]}
    again = [{**row, "snapshot": ""} for row in scrap.tables["trade"]]
    assert again == [said[tuple(row[name] for name in key)] for row in again]


def test_a_workbook_is_recognised_by_its_query_sheet_whatever_its_name(specimen: Path) -> None:
    assert SOURCE.recognises(Sample("any name.bin", specimen.read_bytes()[:65536], specimen))


def test_the_edition_is_the_day_of_the_download(scrap: Reading) -> None:
    assert {row["as_of"] for row in scrap.tables["trade"]} == {"dataweb-2026-07-10"}


def test_a_scrap_has_a_row_for_each_line_and_period(scrap: Reading) -> None:
    assert scrap.records == len(scrap.tables["trade"])
    assert not scrap.refused


def test_exports_go_from_the_united_states_to_the_partner(scrap: Reading) -> None:
    row = chosen(scrap, importer="CHN", code="2606", period="2024")
    assert (row["reporter"], row["exporter"], row["flow"]) == ("USA", "USA", "domestic-export")
    assert (row["valuation"], row["nomenclature"], row["regime"]) == ("fas", "HTS", "")


def test_metric_tons_are_tonnes(scrap: Reading) -> None:
    row = chosen(scrap, importer="CHN", code="2606", period="2024")
    assert row["quantity_unit"] == "t"
    assert row["mass_t"] == row["quantity"] > 0


def test_the_unit_of_magnets_changes_and_each_unit_is_a_row(scrap: Reading) -> None:
    before = chosen(scrap, importer="CHN", code="8505", period="2018", breakdown="unit=none")
    after = chosen(scrap, importer="CHN", code="8505", period="2025", breakdown="unit=kg")
    assert (before["value_usd"], before["quantity"], before["quantity_status"]) == (
        17_848_032, None, "not-collected",
    )  # fmt: skip
    assert (after["value_usd"], after["quantity"], after["mass_t"]) == (57_806_647, 594_778, 594.778)
    found = next(one for one in scrap.findings if one.rule == "units-several")
    assert found.subject == "8505"
    assert "no units collected 1993–2019" in found.found
    assert "kilograms 2019–2026" in found.found


def test_a_year_that_is_not_over_is_not_available_and_its_months_are(scrap: Reading) -> None:
    year = chosen(scrap, importer="CHN", code="8505", period="2026", breakdown="unit=kg")
    months = chosen(scrap, importer="CHN", code="8505", period="2026-01/2026-04", breakdown="unit=kg")
    assert (year["value_usd"], year["value_status"], year["quantity_status"]) == (
        None, "not-available", "not-available",
    )  # fmt: skip
    assert (months["year"], months["value_usd"], months["value_status"]) == (2026, 28_667_666, "normal")
    assert [one.subject for one in scrap.findings if one.rule == "period-empty"] == ["2026"]


def test_a_suppressed_quantity_is_withheld_and_its_value_is_not(scrap: Reading) -> None:
    row = chosen(scrap, importer="BRA", code="8505", period="1993", breakdown="unit=number")
    assert (row["value_usd"], row["value_status"]) == (274_715, "normal")
    assert (row["quantity"], row["quantity_status"]) == (None, "withheld")
    alloy = chosen(scrap, importer="BRA", code="2606", period="1998")
    assert (alloy["mass_t"], alloy["mass_status"]) == (None, "withheld")


def test_a_second_quantity_stands_beside_the_first_unit_it_belongs_to(scrap: Reading) -> None:
    counted = chosen(scrap, importer="CHN", code="8505", period="2025", breakdown="unit=number")
    assert (counted["quantity_2"], counted["quantity_2_unit"], counted["mass_t"]) == (189_276, "kg", 189.276)
    weighed = chosen(scrap, importer="CHN", code="8505", period="2025", breakdown="unit=kg")
    assert weighed["quantity_2"] is None


def test_the_weight_of_a_component_is_no_mass(scrap: Reading) -> None:
    row = chosen(scrap, importer="BRA", code="7202", period="2024")
    assert (row["quantity_unit"], row["quantity_2_unit"], row["quantity_2"]) == ("kg", "kg content", 138_470)
    assert row["mass_t"] == row["quantity"] / 1000


def test_a_second_quantity_of_zero_beside_a_value_is_missing(scrap: Reading) -> None:
    row = chosen(scrap, importer="CHN", code="8505", period="2018", breakdown="unit=number")
    assert (row["value_usd"], row["quantity_2"], row["mass_status"]) == (5_809_860, None, "not-available")


def test_zeros_are_kept_where_the_period_is_published(scrap: Reading) -> None:
    row = chosen(scrap, importer="CHN", code="8505", period="2025", breakdown="unit=none")
    assert (row["value_usd"], row["value_status"]) == (0, "normal")
