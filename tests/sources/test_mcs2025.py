"""What is odd about the zips of MCS 2025, and how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs import Reading

Row = dict[str, Any]


@pytest.fixture(scope="module")
def reading(specimens: dict[str, Reading]) -> Reading:
    return specimens["mcs2025"]


def one(reading: Reading, series: str, year: int, country: str = "USA") -> Row:
    """The row of a series, year and country."""
    keys = [(row, (row["series"], row["year"], row["country"])) for row in reading.statistics]
    (row,) = [row for row, key in keys if key == (series, year, country)]
    return row


def places(reading: Reading, rule: str) -> set[str]:
    """Where findings of a rule stand, without the zip they are in."""
    return {told.where.partition("/")[2] for told in reading.findings if told.rule == rule}


def test_the_year_behind_a_blank_in_its_heading(reading: Reading) -> None:
    row = one(reading, "Cobalt | Mine production, cobalt content, estimated", 2024, "COD")
    assert (row["measure"], row["unit"], row["estimated"]) == ("production", "t", True)


def test_germanium_under_its_misspelt_name_has_no_figure(reading: Reading) -> None:
    assert [row for row in reading.statistics if row["chapter"] == "Gemanium"] == []
    (told,) = [told for told in reading.findings if told.subject.startswith("Gemanium")]
    assert (told.rule, told.rows) == ("row-empty", 40)


def test_reliance_under_a_heading_of_tonnes_is_a_share(reading: Reading) -> None:
    row = one(reading, "Rare Earths | NIR_Compounds-Metals_t", 2024)
    assert (row["published"], row["value"], row["unit"]) == ("80", 0.8, "1")
    told = "mcs2025-rareee_salient.csv, line 1, column NIR_Compounds-Metals_t"
    assert told in places(reading, "unit-mislabelled")


def test_the_table_of_lithium_is_found_by_its_ending(reading: Reading) -> None:
    assert one(reading, "Lithium | NIR_pct", 2024)["published"] == ">50"


def test_a_footnote_in_brackets_is_no_negative_export(reading: Reading) -> None:
    row = one(reading, "Diamond (Industrial) | Stones_Exports_mct", 2022)
    assert (row["published"], row["value"], row["low"], row["obs_status"]) == ("-4", None, None, "unreadable")
    assert len(places(reading, "footnote-as-number")) == 2


def test_a_price_rounded_to_nothing_is_no_price(reading: Reading) -> None:
    row = one(reading, "Diamond (Industrial) | Bort_Price_Imports_mct", 2024)
    assert (row["published"], row["value"]) == ("0", None)


def test_less_than_fifty_thousand_tons_with_a_hard_blank(reading: Reading) -> None:
    row = one(reading, "Iron and Steel Slag | Exports_mmt", 2021)
    assert (row["low"], row["high"], row["high_open"], row["obs_status"]) == (0, 50_000, True, "censored")


def test_two_columns_of_one_name_are_both_kept(reading: Reading) -> None:
    assert one(reading, "Iodine | Consump_t", 2021)["published"] == "W"
    assert one(reading, "Iodine | Consump_t (2)", 2021)["published"] == "3720"
    assert "mcs2025-iodin_salient.csv, line 1, column Consump_t (2)" in places(reading, "key-duplicated")


def test_two_rows_of_one_country_are_told_apart_by_its_remark(reading: Reading) -> None:
    series = "Helium | Production, helium gas content"
    assert one(reading, f"{series} (extracted from natural gas)", 2023)["published"] == "64"
    assert one(reading, f"{series} (from Cliffside Field)", 2023)["published"] == "18"


def test_a_footnote_on_a_country_is_taken_off(reading: Reading) -> None:
    row = one(reading, "Antimony | Mine production, antimony content", 2023, "WLD")
    assert row["value"] == 106_000
    assert "MCS2025_World_Data.csv, line 2, column Country" in places(reading, "name-corrected")


def test_a_mark_in_a_note_stands_for_the_empty_cell(reading: Reading) -> None:
    less = one(reading, "Helium | Production, helium gas content", 2023, "ZAF")
    assert (less["obs_status"], less["high"]) == ("below-half-unit", 500_000)
    assert (
        one(reading, "Helium | Production, helium gas content | reserves", 2024, "QAT")["published"]
        == "Large"
    )


def test_marks_in_notes_of_the_whole_file(readings: dict[str, Reading]) -> None:
    world = [row for row in readings["mcs2025"].statistics if row["section"] == "world"]
    held = [row["obs_status"] for row in world]
    counted = {
        name: held.count(name) for name in ("withheld", "not-applicable", "below-half-unit", "described")
    }
    assert counted == {"withheld": 28, "not-applicable": 8, "below-half-unit": 2, "described": 38}


def test_an_estimate_of_a_year_already_reported_is_marked(readings: dict[str, Reading]) -> None:
    world = [row for row in readings["mcs2025"].statistics if row["section"] == "world"]
    earlier = [row for row in world if row["measure"] == "production" and row["year"] == 2023]
    assert {row["estimated"] for row in earlier} == {True, False}
    assert all(row["estimated"] for row in world if row["year"] == 2024 and row["measure"] == "production")
    titled = [row for row in earlier if "estimated" in row["series"]]
    assert {row["estimated"] for row in titled} == {True, False}


def test_figure_2_gives_the_order_of_sources_and_no_share(reading: Reading) -> None:
    rows = [row for row in reading.import_sources if row["series"] == "Figure 2 | ARSENIC, all forms"]
    assert [row["partner"] for row in rows] == ["CHN", "MAR", "MYS", "BEL"]
    assert {row["obs_status"] for row in rows} == {"not-available"}
    assert [row["includes_hong_kong"] for row in rows] == [True, False, False, False]
    assert one(reading, "Figure 2 | ARSENIC, all forms", 2024)["value"] == 1


def test_a_figure_of_the_latest_year_is_an_estimate(reading: Reading) -> None:
    assert one(reading, "Cobalt | Imports_t", 2024)["estimated"]
    assert not one(reading, "Cobalt | Imports_t", 2023)["estimated"]


def test_empty_columns_and_rows_are_explained(reading: Reading) -> None:
    rows = {told.where.partition("/")[2]: told.rows for told in reading.findings if told.rule == "row-empty"}
    assert rows["mcs2025-asbes_salient.csv"] == 15
    assert rows["mcs2025-mercu_salient.csv"] == 10
