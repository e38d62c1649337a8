"""Workbooks of imports, and of months and districts, in the layout of the true one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.sources.load import Reading

    Read = Callable[..., Reading]

HEAD = ["Data Type", "Country", "HTS Number", "Description", "Quantity Description"]
GOODS = ["China", "2846100000", "CERIUM COMPOUNDS"]


def sheet(name: str, unit: str, *figures: object, head: list[str] | None = None) -> list[list[Any]]:
    """A sheet of one line: headings and figures of 2023 and 2024."""
    return [[*HEAD, *(head or ["2023", "2024"])], [name, *GOODS, unit, *figures]]


def last(reading: Reading) -> dict[str, Any]:
    return next(row for row in reading.tables["trade"] if row["period"] == "2024")


def test_value_duty_and_quantity_of_imports_meet_in_one_row(read: Read) -> None:
    reading = read({
        "Customs Value": sheet("Customs Value", "Value for: kilograms", 10, 20),
        "First Unit of Quantity": sheet("First Unit of Quantity", "kilograms", 1000, 2000),
        "Calculated Duties": sheet("Calculated Duties", "Value for: kilograms", 1, 2),
    })  # fmt: skip
    row = last(reading)
    assert (row["importer"], row["exporter"], row["flow"]) == ("USA", "CHN", "import")
    assert (row["value_usd"], row["duty_usd"], row["mass_t"]) == (20, 2, 2)
    assert (row["regime"], row["valuation"], row["nomenclature"]) == ("consumption", "customs", "HTS")
    assert (reading.records, len(reading.tables["trade"])) == (2, 2)


def test_general_imports_are_another_regime_in_the_same_workbook(read: Read) -> None:
    reading = read({
        "Customs Value": sheet("Customs Value", "Value for: kilograms", 10, 20),
        "General Customs Value": sheet("General Customs Value", "Value for: kilograms", 11, 21),
    })  # fmt: skip
    values = {row["regime"]: row["value_usd"] for row in reading.tables["trade"] if row["year"] == 2024}
    assert values == {"consumption": 20, "general": 21}


def test_cif_beside_customs_value_is_a_breakdown_and_alone_the_value(read: Read) -> None:
    customs = sheet("Customs Value", "Value for: kilograms", 10, 20)
    cif = sheet("CIF Import Value", "Value for: kilograms", 11, 22)
    alone, both = read({"CIF Import Value": cif}), read({"Customs Value": customs, "CIF Import Value": cif})
    assert (last(alone)["valuation"], last(alone)["breakdown"], last(alone)["value_usd"]) == ("cif", "", 22)
    rows = {row["breakdown"]: row["value_usd"] for row in both.tables["trade"] if row["year"] == 2024}
    assert rows == {"": 20, "valuation=cif": 22}


@pytest.mark.parametrize("name", ["General Import Charges", "Import Charges", "Landed Duty-Paid Value"])
def test_what_looks_like_a_value_and_is_none_is_refused_figure_by_figure(read: Read, name: str) -> None:
    reading = read({
        "General Customs Value": sheet("General Customs Value", "Value for: kilograms", 10, 20),
        name: sheet(name, "Value for: kilograms", 3, 4),
    })  # fmt: skip
    assert (reading.records, len(reading.refused)) == (4, 2)
    assert all(row["value_usd"] in {10, 20} for row in reading.tables["trade"])
    assert {one["found"] for one in reading.refused} == {f"{name}: 3.0", f"{name}: 4.0"}
    assert "value" in reading.refused[0]["expected"] or "freight" in reading.refused[0]["expected"]


def test_an_unknown_measure_is_refused_by_name(read: Read) -> None:
    reading = read({"Mystery": sheet("Mystery", "", 1, 2)})
    assert [one["rule"] for one in reading.refused] == ["measure", "measure"]


def test_months_stand_in_columns_under_a_year_in_the_row(read: Read) -> None:
    head = [*HEAD, "Year", "January", "February"]
    lines = [["Customs Value", *GOODS, "Value for: kilograms", year, year, 5] for year in (2023, 2024)]
    reading = read({"Customs Value": [head, *lines]})
    values = {row["period"]: row["value_usd"] for row in reading.tables["trade"]}
    assert values == {"2023-01": 2023, "2023-02": 5, "2024-01": 2024, "2024-02": 5}


def test_districts_and_programs_are_breakdowns(read: Read) -> None:
    head = [*HEAD[:4], "District", "Rate Provision Code", HEAD[4], "2024"]
    reading = read({"Customs Value": [
        head,
        ["Customs Value", *GOODS, "Savannah, GA", "61", "Value for: kilograms", 7],
        ["Customs Value", *GOODS, "New York; NY", "61", "Value for: kilograms", 8],
    ]})  # fmt: skip
    assert {row["breakdown"]: row["value_usd"] for row in reading.tables["trade"]} == {
        "district=Savannah, GA;provision=61": 7,
        "district=New York, NY;provision=61": 8,
    }


def test_without_countries_the_partner_is_the_world_and_is_marked(read: Read) -> None:
    head = [HEAD[0], *HEAD[2:], "2024"]
    reading = read({"Customs Value": [head, ["Customs Value", *GOODS[1:], "Value for: kilograms", 7]]})
    assert [(row["exporter"], row["aggregate"]) for row in reading.tables["trade"]] == [("WLD", True)]


def test_an_aggregate_beside_its_members_is_marked(read: Read) -> None:
    lines = [["Customs Value", name, "2846", "", "", 1] for name in ("European Union", "Estonia")]
    reading = read({"Customs Value": [[*HEAD, "2024"], *lines]})
    assert {row["exporter"]: row["aggregate"] for row in reading.tables["trade"]} == {
        "european-union": True, "EST": False,
    }  # fmt: skip


def test_an_unknown_partner_keeps_its_name_and_is_told_once(read: Read) -> None:
    lines = [["Customs Value", "Ruritania", code, "", "", 1, 2] for code in ("2846", "2805")]
    reading = read({"Customs Value": [[*HEAD, "2023", "2024"], *lines]})
    assert {row["exporter"] for row in reading.tables["trade"]} == {"Ruritania"}
    assert [(one.rule, one.rows) for one in reading.findings] == [("country-unknown", 4)]


def test_ten_digits_of_exports_are_schedule_b_and_of_imports_hts(read: Read) -> None:
    exports = read({"FAS Value": sheet("FAS Value", "", 1, 2)}, trade_flow="Domestic Exports")
    imports = read({"Customs Value": sheet("Customs Value", "", 1, 2)})
    assert (last(exports)["nomenclature"], last(imports)["nomenclature"]) == ("ScheduleB", "HTS")


def test_a_code_read_as_a_number_gets_its_leading_zero_back(read: Read) -> None:
    reading = read({"Customs Value": [[*HEAD, "2024"], ["Customs Value", "China", 901, "COFFEE", "", 1]]})
    assert [row["code"] for row in reading.tables["trade"]] == ["0901"]


def test_units_of_gold_content_and_unknown_units_are_no_mass(read: Read) -> None:
    def unit(text: str) -> tuple[str, float | None, str]:
        reading = read({
            "FAS Value": sheet("FAS Value", f"Value for: {text}", 5, 6),
            "First Unit of Quantity": sheet("First Unit of Quantity", text, 7, 8),
        }, trade_flow="Domestic Exports")  # fmt: skip
        row = last(reading)
        return row["quantity_unit"], row["mass_t"], row["mass_status"]

    assert unit("gold content grams") == ("g gold content", None, "not-collected")
    assert unit("fluid furlongs") == ("fluid furlongs", None, "not-collected")
    assert unit("grams") == ("g", 0.000008, "normal")


def test_a_quantity_of_zero_beside_a_value_is_missing_and_told(read: Read) -> None:
    reading = read({
        "FAS Value": sheet("FAS Value", "Value for: kilograms", 5, 6),
        "First Unit of Quantity": sheet("First Unit of Quantity", "kilograms", 7, 0),
    }, trade_flow="Domestic Exports")  # fmt: skip
    assert (last(reading)["quantity"], last(reading)["quantity_status"]) == (None, "not-available")
    assert [(one.rule, one.rows) for one in reading.findings] == [("quantity-missing-as-zero", 1)]


def test_numbers_written_as_text_lose_their_separators(read: Read) -> None:
    reading = read({"Customs Value": sheet("Customs Value", "", "1,234,567", "")})
    assert [(row["value_usd"], row["value_status"]) for row in reading.tables["trade"]] == [
        (1_234_567, "normal"), (None, "not-available"),
    ]  # fmt: skip


def test_a_total_that_is_not_the_sum_is_told(read: Read) -> None:
    rows = sheet("Customs Value", "", 10, 20)
    reading = read({"Customs Value": [*rows, ["Total: ", "", "", "", "", "10", "29"]]})
    assert [(one.rule, one.subject) for one in reading.findings] == [
        ("total-mismatch", "Customs Value, 2024")
    ]
    assert len(reading.tables["trade"]) == 2


def test_classifications_whose_edition_is_not_stated_are_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="SITC"):
        read({"Customs Value": sheet("Customs Value", "", 1, 2)}, classification_system="SITC Items")
