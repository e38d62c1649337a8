"""Tables people have saved of the answers: comma-separated and Parquet, whole files and scraps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from monazite.errors import SourceError, UsageError
from monazite.sources.census import SOURCE
from monazite.sources.load import read_file, recognised

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.sources.load import Reading

CRITICAL = "us_imports_2024_hts10_critical_subset.csv"
SCRAP_ROWS = 279


def amounts(reading: Reading) -> set[tuple[Any, ...]]:
    """What the rows say, without where they were read."""
    named = ("period", "importer", "exporter", "code", "regime", "value_usd", "duty_usd", "aggregate")
    return {tuple(row[name] for name in named) for row in reading.tables["trade"]}


def resaved(specimen: Path, target: Path, columns: str) -> Path:
    """The scrap as somebody saves it who reads it with other types."""
    read = duckdb.read_csv(specimen / CRITICAL, all_varchar=True)
    read.project(f"* REPLACE ({columns})").write_parquet(str(target))
    return target


def test_the_scrap_of_2024_gives_years_with_the_union_beside_slovakia(specimen: Path) -> None:
    reading = read_file(SOURCE, specimen / CRITICAL)
    rows = reading.tables["trade"]
    assert (reading.records, len(rows), reading.refused) == (SCRAP_ROWS, SCRAP_ROWS, ())
    assert {(row["period"], row["year"], row["nomenclature"]) for row in rows} == {("2024", 2024, "HTS")}
    (told,) = reading.findings
    assert (told.rule, told.subject, told.found) == (
        "double-count",
        "european-union",
        "european-union beside SVK",
    )
    union = [row for row in rows if row["exporter"] == "european-union"]
    assert told.rows == len(union)
    assert all(row["aggregate"] for row in union)
    magnets = next(row for row in rows if (row["code"], row["exporter"]) == ("8505110070", "SVK"))
    assert (magnets["value_usd"], magnets["duty_usd"]) == (596_075, 12_517)


def test_a_parquet_file_with_timestamps_and_numbers_says_the_same(specimen: Path, tmp_path: Path) -> None:
    columns = (
        "CAST(time || '-01' AS TIMESTAMP) AS time, CAST(CON_VAL_YR AS BIGINT) AS CON_VAL_YR,"
        " CAST(CAL_DUT_YR AS DOUBLE) AS CAL_DUT_YR"
    )
    path = resaved(specimen, tmp_path / "saved.parquet", columns)
    assert recognised(path, [SOURCE]) is SOURCE
    assert amounts(read_file(SOURCE, path)) == amounts(read_file(SOURCE, specimen / CRITICAL))


def test_codes_saved_as_numbers_say_the_same(specimen: Path, tmp_path: Path) -> None:
    columns = "CAST(CTY_CODE AS INTEGER) AS CTY_CODE, CAST(I_COMMODITY AS DOUBLE) AS I_COMMODITY"
    reading = read_file(SOURCE, resaved(specimen, tmp_path / "numbers.parquet", columns))
    assert amounts(reading) == amounts(read_file(SOURCE, specimen / CRITICAL))


def test_a_parquet_file_cut_short_is_an_error(specimen: Path, tmp_path: Path) -> None:
    path = resaved(specimen, tmp_path / "whole.parquet", "time AS time")
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceError):
        read_file(SOURCE, cut)


def test_a_parquet_file_that_claims_more_rows_than_its_bytes_can_hold_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    one = "'28' AS I_COMMODITY, '5700' AS CTY_CODE, '2024-01' AS time, '1' AS CON_VAL_MO"
    duckdb.table_function("range", [3_000_000]).project(one).write_parquet(str(path))
    with pytest.raises(SourceError, match="rows in"):
        read_file(SOURCE, path)


def test_a_quote_that_is_not_closed_and_a_row_that_is_too_short_are_told(
    saved: Callable[..., Reading],
) -> None:
    head = "CTY_CODE,I_COMMODITY,CON_VAL_YR,time\n5700,2846901000,5,2024-12\n"
    reading = saved("short.csv", head + "5700,2846\n\n1220,2846901000,7,2024-12\n")
    assert (len(reading.tables["trade"]), [one["line"] for one in reading.refused]) == (2, [3])
    with pytest.raises(SourceError):
        saved("open.csv", head + '"5700,2846901000,5,2024-12\n')


def test_a_table_that_is_no_answer_is_not_recognised(tmp_path: Path) -> None:
    for name, content in {
        "other.csv": b"reporter,partner,value\nUSA,CHN,1\n",
        "other.json": b'[["a","b"],["1","2"]]',
        "broken.json": b'[["I_COMMODITY","CON_VAL_MO"',
        "other.parquet": b"PAR1\0\0\0\0PAR1",
        "other.zip": b"PK\x03\x04nothing",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(UsageError, match="no source knows"):
            recognised(path, [SOURCE])


def test_schedule_c_is_a_list_of_codes(saved: Callable[..., Reading]) -> None:
    reading = saved(
        "country.txt",
        "Schedule C - Country List (by code) [Produced: 27JAN21]\nCode | Name | ISO Code\n"
        "1220 |  Canada  | CA\n7660 | Congo, Democratic Republic of the Congo (formerly Za|rCD\n"
        "9 9 | ? | ??\n",
    )
    rows = {row["code"]: (row["name"], row["iso3"]) for row in reading.tables["code"]}
    assert rows == {
        "1220": ("Canada", "CAN"),
        "7660": ("Congo, Democratic Republic of the Congo (formerly Za", "COD"),
    }
    assert [told.rule for told in reading.findings] == ["column-shifted"]
    assert (reading.records, len(reading.refused)) == (3, 1)


# ── whole files ───────────────────────────────────────────────────────────────────────────────

WHOLE = {
    "imports_naics6_monthly_2020_2023.parquet": 19_193,
    "census_api_sample_imports_hs_5700_HS2_28_2013-01_2021-06.json": 102,
    CRITICAL: 6_668,
    "imports_hs10_2024_annual/2024-hs10-imports4359.parquet": 2_468,
}


def test_every_row_of_the_whole_files_is_stored(real_data: Path) -> None:
    for name, rows in WHOLE.items():
        reading = read_file(SOURCE, real_data / "census" / name)
        assert (name, reading.records, len(reading.refused)) == (name, rows, 0)
        assert len(reading.tables["trade"]) == rows


def test_the_subset_and_the_partner_files_agree(real_data: Path) -> None:
    subset = {
        each for each in amounts(read_file(SOURCE, real_data / "census" / CRITICAL)) if each[2] == "SVK"
    }
    slovakia = read_file(SOURCE, real_data / "census/imports_hs10_2024_annual/2024-hs10-imports4359.parquet")
    assert len(subset) == 57
    assert subset <= amounts(slovakia)


def test_schedule_c_of_2021_has_every_country(real_data: Path) -> None:
    reading = read_file(SOURCE, real_data / "codes/crosswalks/census_country_codes.txt")
    assert (len(reading.tables["code"]), reading.refused) == (240, ())
