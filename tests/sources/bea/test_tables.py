"""Scraps of true tables, tables in their layout, and what is wrong with some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError
from monazite.sources.bea import SOURCE
from monazite.sources.load import read_file
from monazite.sources.source import Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.sources.load import Reading

    Write = Callable[..., Reading]

USE: list[list[object]] = [
    ["The Use of Commodities by Industries - Summary"],
    ["2022, (Millions of dollars)"],
    ["Bureau of Economic Analysis"],
    [],
    ["", "Commodities/Industries", "111CA", "212", "T001", "F010", "T019"],
    ["", "Name", "Farms", "Mining", "Total Intermediate", "Personal consumption", "Total use"],
    ["111CA", "Farms", 10, "---", 10, 5, 15],
    [212, "Mining", 1, 2, 3, "---", 3],
    ["T005", "Total Intermediate", 11, 2, 13, 5, 18],
    ["V001", "Compensation", 4, "---", 4, "---", "---"],
    ["", "Note. Detail may not add."],
]
TITLE = '"Total Requirements, Industry-by-Commodity - Summary"'
REQUIREMENTS = f"{TITLE}\n{TITLE}\n\n,Industries/Commodities,111CA,212\n,Industry Description,Farms,Mining\n"


def values(reading: Reading) -> dict[tuple[str, str], Any]:
    return {(row["row_code"], row["column_code"]): row["value"] for row in reading.tables["input_output"]}


def with_cell(line: int, column: int, cell: object) -> dict[str, list[list[object]]]:
    rows = [list(row) for row in USE]
    rows[line][column] = cell
    return {"Table": rows}


# ── scraps ────────────────────────────────────────────────────────────────────────────────────


def test_a_scrap_of_requirements_is_read_and_its_totals_hold(specimen: Path) -> None:
    path = specimen / "BEA - Total Requirements, Industry-by-Commodities - Summary - 2024.csv"
    reading = read_file(SOURCE, path)
    assert (reading.records, len(reading.tables["input_output"]), reading.refused) == (504, 432, ())
    assert values(reading)["111CA", "111CA"] == 1.3109840
    assert values(reading)["TOTAL", "111CA"] == 2.2643741
    assert reading.findings == ()
    assert {(row["year"], row["detail"]) for row in reading.tables["input_output"]} == {(2024, "summary")}


def test_a_scrap_of_the_supply_table_has_its_years_and_its_codes_as_text(specimen: Path) -> None:
    reading = read_file(SOURCE, specimen / "BEA_Supply_2017_DET_slice.xlsx")
    rows = {(row["year"], row["row_code"], row["column_code"]): row for row in reading.tables["input_output"]}
    assert reading.records == sum(len(rows) for rows in reading.tables.values())
    assert rows[2017, "111200", "111200"]["value"] == 18_582_000_000
    assert rows[2017, "331410", "T016"]["value"] == 39_059_000_000
    assert rows[2007, "331410", "T016"]["value"] != 39_059_000_000
    assert (2017, "111200", "1111A0") not in rows  # a blank cell
    assert rows[2017, "111200", "TRADE"]["obs_status"] == "normal"
    assert {row["as_of"] for row in rows.values()} == {"bea-detail-2017"}


def test_the_list_of_a_detail_workbook_is_a_tree(specimen: Path) -> None:
    reading = read_file(SOURCE, specimen / "BEA_Supply_2017_DET_slice.xlsx")
    parents = {(row["scheme"], row["code"]): row["parent"] for row in reading.tables["code"]}
    assert parents["bea-detail", "111200"] == "111"
    assert parents["bea-underlying", "111"] == "111CA"
    assert parents["bea-summary", "111CA"] == "11"
    assert parents["bea-sector", "11"] is None
    assert parents["naics2017-to-bea-detail", "11113-6>1111B0"] == "1111B0"
    names = {
        row["code"]: row["name"] for row in reading.tables["code"] if row["scheme"] == "bea-detail-supply"
    }
    assert (names["T016"], names["331410"][:10]) == ("Total product supply (purchaser prices)", "Nonferrous")


# ── made in the layout ────────────────────────────────────────────────────────────────────────


def test_dashes_are_zero_and_in_value_added_of_final_uses_not_applicable(workbook: Write) -> None:
    reading = workbook({"Table": USE})
    assert values(reading)["111CA", "212"] == 0
    assert values(reading)["V001", "212"] == 0
    found = [
        (row["column_code"], row["value"])
        for row in reading.tables["input_output"]
        if row["obs_status"] == "not-applicable"
    ]
    assert sorted(found) == [("F010", None), ("T019", None)]
    assert values(reading)["212", "111CA"] == 1_000_000
    assert (reading.records, reading.findings) == (20 + 7, ())


def test_names_of_rows_and_columns_become_a_list(workbook: Write) -> None:
    rows = workbook({"Table": USE}).tables["code"]
    assert {row["scheme"] for row in rows} == {"bea-summary-use"}
    assert {row["code"]: row["name"] for row in rows}["F010"] == "Personal consumption"


@pytest.mark.parametrize(
    ("line", "column", "subject"),
    [
        (6, 4, "use, 2022, row 111CA"),
        (6, 6, "use, 2022, row 111CA"),
        (8, 2, "use, 2022, column 111CA"),
        (8, 5, "use, 2022, column F010"),
    ],
)
def test_a_total_that_is_not_the_sum_is_told(workbook: Write, line: int, column: int, subject: str) -> None:
    reading = workbook(with_cell(line, column, 99))
    assert subject in {one.subject for one in reading.findings}
    assert {one.rule for one in reading.findings} == {"total-mismatch"}


def test_rounding_of_the_parts_is_no_mismatch(workbook: Write) -> None:
    # One part: it and the total may each be off by half a million.
    assert workbook(with_cell(6, 6, 16)).findings == ()


def test_a_column_of_requirements_is_checked_to_its_last_digit(saved: Write) -> None:
    def told(total: str) -> int:
        body = f"111CA,Farms,1.2000000,0.1000000\n212,Mining,0.0500000,1.0\n,Total,{total},1.1\n"
        return len(saved("requirements 2022.csv", REQUIREMENTS + body).findings)

    assert (told("1.2500001"), told("1.2500010")) == (0, 1)


@pytest.mark.parametrize("cell", ["n.a.", "1,000", True, "1e999", "9" * 40])
def test_a_cell_that_is_no_number_is_refused_with_its_place(workbook: Write, cell: object) -> None:
    reading = workbook(with_cell(6, 2, cell))
    refused = reading.refused[0]
    assert (reading.records, len(reading.refused)) == (27, 1)
    assert (refused["line"], refused["column"], refused["part"]) == (7, "111CA", "Table")


@pytest.mark.parametrize(
    ("line", "column", "cell", "found"),
    [
        (0, 0, "The Make of Commodities", "found 'The Make of Commodities'"),
        (1, 0, "2022", "no unit in the title"),
        (4, 3, "111CA", "code '111CA' twice"),
        (7, 0, "111CA", "code '111CA' twice"),
        (7, 0, "", "rows: code ''"),
        (4, 4, "", "columns: code ''"),
        (4, 6, "", "5 cells, expected 4"),
        (4, 1, "Commodities", "no line of codes"),
    ],
)
def test_a_table_that_is_not_in_the_layout_is_refused(
    workbook: Write, line: int, column: int, cell: object, found: str
) -> None:
    with pytest.raises(SourceError, match=found):
        workbook(with_cell(line, column, cell))


def test_a_year_comes_from_the_title_or_the_name_and_is_never_guessed(saved: Write, workbook: Write) -> None:
    body = "111CA,Farms,1,0\n212,Mining,0,1\n,Total,1,1\n"
    assert saved("requirements 2021.csv", REQUIREMENTS + body).tables["input_output"][0]["year"] == 2021
    with pytest.raises(SourceError, match="no year"):
        saved("requirements.csv", REQUIREMENTS + body)
    assert workbook({"Table": USE}, "use 1999.xlsx").tables["input_output"][0]["year"] == 2022


def test_a_matrix_saved_again_is_named_and_dated_by_its_file(saved: Write) -> None:
    content = "bea_code,111CA,212\n111CA,10,0\n212,1,2\n"
    reading = saved("bea_use_import_2022.csv", content)
    row = reading.tables["input_output"][0]
    assert (row["matrix"], row["year"], row["as_of"]) == ("use-import", 2022, "bea-summary-2022-derived")
    assert saved("bea_use_import.csv", content, year="2020").tables["input_output"][0]["year"] == 2020
    with pytest.raises(SourceError, match="no year"):
        saved("bea_use_import.csv", content)
    with pytest.raises(SourceError, match="a matrix without a title"):
        saved("matrix_2022.csv", content)


def test_a_crosswalk_keeps_a_row_for_each_link(saved: Write) -> None:
    head = "naics_code,naics_description,bea_code,bea_description,match_type\n"
    lines = (
        "336,TRANSPORT,3361MV,Vehicles,split\n336,TRANSPORT,3364OT,Other,split\n910,SCRAP,,None,unmatched\n"
    )
    reading = saved("crosswalk.csv", head + lines)
    assert [(row["code"], row["parent"]) for row in reading.tables["code"]] == [
        ("336>3361MV", "3361MV"), ("336>3364OT", "3364OT"), ("910>", None),
    ]  # fmt: skip


def test_a_code_that_stands_twice_in_a_list_is_refused(saved: Write) -> None:
    reading = saved("codes.csv", "Commodity Code,Description\n111CA,Farms\n111CA,Farms\n,Nothing\n")
    assert (reading.records, len(reading.tables["code"]), len(reading.refused)) == (3, 1, 2)
    assert [one["line"] for one in reading.refused] == [3, 4]


@pytest.mark.parametrize(
    "content",
    ["bea_code,111CA\n111CA,1,2\n", "bea_code,111CA\n", 'bea_code,"111CA\n', "bea_code\0,1\n1,2\n"],
)
def test_a_damaged_text_is_refused(saved: Write, content: str) -> None:
    with pytest.raises(SourceError):
        saved("bea_use_import_2022.csv", content)


def test_other_workbooks_and_tables_are_not_taken_for_bea(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    for head in (b"code,name\n1,2\n", b"{}", b"", b"PK\x03\x04zzz", b"\xff\xfe\0"):
        path.write_bytes(head)
        assert not SOURCE.recognises(Sample("x.csv", head, path))
