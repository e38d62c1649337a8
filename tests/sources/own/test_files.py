"""Workbooks, Parquet files and wide tables: each is read as what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sources.own.conftest import Kept

    Reader = Callable[..., Kept]

WIDE = """\
mapping: 1
table: trade
as_of: "2025"
columns:
  importer: {value: USA}
  exporter: {from: Country, scheme: name}
  flow: {value: import}
  code: {value: "280530"}
  mass_t: {across: period, unit: kg, missing: ["-"]}
"""
TYPES = (
    ("DATE '2024-04-15'", "2024-04"),
    ("TIMESTAMP '2024-04-15 13:45:10.5'", "2024-04"),
    ("TIMESTAMP WITH TIME ZONE '2024-04-15 13:45:10+00'", "2024-04"),
    ("2024::SMALLINT", "2024"),
    ("2024.0::FLOAT", "2024"),
    ("202404::DECIMAL(8, 0)", "2024-04"),
    ("'Apr-24'::VARCHAR", "2024-04"),
)


@pytest.mark.parametrize(("written", "period"), TYPES)
def test_a_parquet_column_of_any_type_is_a_period(
    read_parquet: Reader, trade: str, written: str, period: str
) -> None:
    told = trade.replace("year: Year", "period: Year")
    kept = read_parquet(f"SELECT {written} AS Year, 'Japan' AS Country, 280530 AS Code", told)
    assert (kept.refused, [row["period"] for row in kept.rows]) == ([], [period])


@pytest.mark.parametrize(
    ("written", "value"),
    [("1234.5::DOUBLE", 1234.5), ("1234.5::DECIMAL(9, 2)", 1234.5), ("7::HUGEINT", 7.0), ("'1,234'", 1234.0)],
)
def test_a_parquet_number_is_read(read_parquet: Reader, trade: str, written: str, value: float) -> None:
    select = f"SELECT 2024 AS Year, 'Japan' AS Country, '280530' AS Code, {written} AS Value"
    kept = read_parquet(select, trade + "  value_usd: Value\n")
    assert [row["value_usd"] for row in kept.rows] == [value]


@pytest.mark.parametrize(
    "written", ["[1, 2]", "{'a': 1}", "'x'::BLOB", "true", "'inf'::DOUBLE", "TIME '12:00'"]
)
def test_a_parquet_cell_that_is_no_number_is_refused(read_parquet: Reader, trade: str, written: str) -> None:
    select = f"SELECT 2024 AS Year, 'Japan' AS Country, '280530' AS Code, {written} AS Value"
    kept = read_parquet(select, trade + "  value_usd: Value\n")
    assert kept.refused == [(2, "value_usd-unreadable")]


def test_a_missing_cell_of_parquet_is_missing(read_parquet: Reader, trade: str) -> None:
    select = "SELECT 2024 AS Year, 'Japan' AS Country, '280530' AS Code, 'nan'::DOUBLE AS Value, NULL AS Mass"
    kept = read_parquet(select, trade + "  value_usd: Value\n  mass_t: Mass\n")
    (row,) = kept.rows
    assert (row["value_usd"], row["value_status"], row["mass_status"]) == (None, *["not-available"] * 2)


def test_the_sheet_with_the_header_is_found(read_sheet: Reader, trade: str) -> None:
    rows = [["Year", "Country", "Code"], [2024, "Japan", "280530"]]
    kept = read_sheet(rows, trade, leading=("Read me", "Notes"))
    assert len(kept.rows) == 1


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(read_sheet: Reader, trade: str) -> None:
    with pytest.raises(SourceError, match=r"found sheets Data.*expected a sheet named 'Imports'"):
        read_sheet([["Year", "Country", "Code"]], trade + "file: {sheet: Imports}\n")


def test_the_sheet_stands_beside_the_line_of_a_refusal(read_sheet: Reader, trade: str) -> None:
    kept = read_sheet([["Year", "Country", "Code"], [1066, "Japan", "280530"]], trade)
    (refused,) = kept.account.refused
    assert (refused.part, refused.line, refused.column) == ("Data", 2, "Year")


def test_a_wide_table_has_a_row_for_each_period(read_text: Reader) -> None:
    kept = read_text("Country,2023,2024M04,Note\nChina,1500,-,x\nJapan,2000,500,y\n", WIDE)
    assert {(row["exporter"], row["period"], row["mass_t"], row["mass_status"]) for row in kept.rows} == {
        ("CHN", "2023", 1.5, "normal"),
        ("CHN", "2024-04", None, "not-available"),
        ("JPN", "2023", 2.0, "normal"),
        ("JPN", "2024-04", 0.5, "normal"),
    }
    assert (kept.account.records, kept.closed) == (4, True)


def test_a_table_said_to_be_wide_without_periods_is_refused(read_text: Reader) -> None:
    with pytest.raises(SourceError, match="expected years or months in the header"):
        read_text("Country,Value\nChina,1\n", WIDE)
