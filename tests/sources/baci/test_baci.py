"""BACI: years, code lists, archives and extracts, in the publisher's form and in others'."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import duckdb
import pytest

from monazite.errors import SourceError
from monazite.sources.baci import SOURCE, locate
from monazite.sources.baci.rows import places
from monazite.sources.load import read_file
from monazite.sources.source import Sample

SPECIMENS = Path(__file__).parents[2] / "specimens" / "baci"
YEAR = SPECIMENS / "BACI_HS92_Y2022_V202699.csv"
HEADER = "t,i,j,k,v,q\n"


def year(folder: Path, *lines: str, name: str = YEAR.name, header: str = HEADER) -> Path:
    """A year's file with these lines."""
    path = folder / name
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_row_is_in_our_units_and_codes(tmp_path: Path) -> None:
    read = read_file(SOURCE, year(tmp_path, "2022,156,842,280530,9100.5,66.250"))
    (row,) = read.tables["trade"]
    assert (row["exporter"], row["importer"], row["code"]) == ("CHN", "USA", "280530")
    assert (row["value_usd"], row["mass_t"], row["year"], row["period"]) == (9_100_500, 66.25, 2022, "2022")
    assert (row["nomenclature"], row["as_of"], row["flow"], row["reporter"]) == (
        "HS1992", "V202699", "reconciled", "",
    )  # fmt: skip


@pytest.mark.parametrize("mark", ["NA", "          NA", "None", ""])
def test_a_missing_quantity_is_not_zero(tmp_path: Path, mark: str) -> None:
    (row,) = read_file(SOURCE, year(tmp_path, f"2022,32,76,284690,1.5,{mark}")).tables["trade"]
    assert row["mass_t"] is None
    assert row["mass_status"] == "not-available"


def test_a_code_that_lost_its_zero_gets_it_back(tmp_path: Path) -> None:
    (row,) = read_file(SOURCE, year(tmp_path, "2022,32,76,10111,1.5,2")).tables["trade"]
    assert row["code"] == "010111"


def test_the_codes_whose_meaning_differs_from_iso() -> None:
    known = places()
    assert [known[code] for code in (842, 251, 699, 579, 757)] == ["USA", "FRA", "IND", "NOR", "CHE"]
    assert [known[code] for code in (490, 58, 56)] == ["TWN", "belgium-luxembourg", "BEL"]


REFUSED = {
    "a country nobody has": ("2022,1000,842,280530,1,1", 2),
    "a code of seven digits": ("2022,156,842,2805300,1,1", 2),
    "a year of another file": ("2021,156,842,280530,1,1", 2),
    "a value that is no number": ("2022,156,842,280530,many,1", 2),
    "a value below zero": ("2022,156,842,280530,-1,1", 2),
    "a country that trades with itself": ("2022,156,156,280530,1,1", 2),
    "too few cells": ("2022,156,842,280530", 2),
    "a value that is infinite": ("2022,156,842,280530,1e999,1", 2),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_row_is_refused_with_its_line_and_the_others_are_kept(tmp_path: Path, case: str) -> None:
    line, number = REFUSED[case]
    read = read_file(SOURCE, year(tmp_path, line, "2022,32,76,284690,1.5,1"))
    (refused,) = read.refused
    assert refused["line"] == number
    assert refused["expected"]
    assert [row["exporter"] for row in read.tables["trade"]] == ["ARG"]
    assert read.records == 2


def test_a_row_that_stands_twice_is_kept_once_and_one_that_differs_not_at_all(tmp_path: Path) -> None:
    twice = "2022,156,842,280530,1,1"
    read = read_file(SOURCE, year(tmp_path, twice, twice, "2022,32,76,284690,1,1", "2022,32,76,284690,2,1"))
    assert [row["exporter"] for row in read.tables["trade"]] == ["CHN"]
    assert [one["rule"] for one in read.refused] == ["key-unique"] * 3
    assert read.records == 4


def test_an_archive_is_read_member_by_member(tmp_path: Path) -> None:
    path = tmp_path / "BACI_HS92_V202699.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(YEAR.name, HEADER + "2022,156,842,280530,1,1\n")
        archive.writestr("BACI_HS92_Y2021_V202699.csv", HEADER + "2021,156,842,280530,2,1\n")
        archive.writestr(
            "country_codes_V202699.csv",
            "country_code,country_name,country_iso2,country_iso3\n4,Afghanistan,AF,AFG\n",
        )
        archive.writestr("product_codes_HS92_V202699.csv", "code,description\n010111,Horses\n")
    read = read_file(SOURCE, path)
    assert sorted(row["period"] for row in read.tables["trade"]) == ["2021", "2022"]
    assert {row["scheme"] for row in read.tables["code"]} == {"baci-country", "HS1992"}
    assert {row["as_of"] for row in read.tables["trade"]} == {"V202699"}


def test_an_extract_may_hold_codes_as_numbers_and_figures_as_text(tmp_path: Path) -> None:
    path = tmp_path / "baci_hs92_extract.parquet"
    duckdb.execute(
        "COPY (SELECT 2023 AS t, '156' AS i, 842 AS j, 10111 AS k, '1.5' AS v, 'None' AS q"
        f" UNION ALL SELECT 2024, '32', 842, 284690, '2', '3.5') TO '{path}'"
    )
    read = read_file(SOURCE, path)
    first, second = sorted(read.tables["trade"], key=lambda row: row["year"])
    assert (first["code"], first["value_usd"], first["mass_t"]) == ("010111", 1500, None)
    assert (second["year"], second["mass_t"], second["as_of"]) == (2024, 3.5, "baci-to-2024")


def test_a_file_without_a_release_in_its_name_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Name the release"):
        read_file(SOURCE, year(tmp_path, "2022,156,842,280530,1,1", name="BACI_HS92_Y2022.csv"))


def test_it_knows_its_files_and_no_others(tmp_path: Path) -> None:
    for path in SPECIMENS.iterdir():
        assert SOURCE.recognises(Sample(path.name, path.read_bytes(), path)), path.name
    other = year(tmp_path, "1,2,3", header="a,b,c\n")
    assert not SOURCE.recognises(Sample(other.name, other.read_bytes(), other))


def test_the_archive_is_asked_for_at_the_publishers() -> None:
    (request,) = locate({"hs": "HS92", "version": "202401b"})
    assert request.url == "https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_HS92_V202401b.zip"


def test_the_specimens_are_read_whole() -> None:
    for path in sorted(SPECIMENS.iterdir()):
        read = read_file(SOURCE, path)
        with path.open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.reader(file)) - 1
        assert read.records == rows == sum(map(len, read.tables.values()))


@pytest.mark.needs("real-data")
def test_the_publishers_files_are_read_whole(real_data: Path) -> None:
    folder = real_data / "baci"
    counts = {
        "BACI_HS92_Y2010_V202401b.csv": 44_568,
        "BACI_HS92_Y2011_V202401b.csv": 46_288,
        "BACI_HS92_Y2022_V202401b.csv": 53_452,
        "country_codes_V202401b.csv": 238,
        "product_codes_HS92_V202401b.csv": 5_022,
    }
    for name, rows in counts.items():
        read = read_file(SOURCE, folder / name)
        assert (read.records, len(read.refused)) == (rows, 0), name
    unknown = {row["code"] for row in read_file(SOURCE, folder / "country_codes_V202401b.csv").tables["code"]}
    assert not [code for code in unknown if places()[int(code)].startswith("M49-")]


@pytest.mark.needs("real-data")
def test_sums_of_the_publishers_file_are_those_of_its_bytes(real_data: Path) -> None:
    path = real_data / "baci" / "BACI_HS92_Y2022_V202401b.csv"
    values, tonnes, missing = 0, 0, 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values += round(1000 * float(row["v"]))
            told = row["q"].strip()
            missing += told in ("", "NA")
            tonnes += 0 if told in ("", "NA") else round(1000 * float(told))
    rows = read_file(SOURCE, path).tables["trade"]
    assert sum(round(row["value_usd"]) for row in rows) == values
    assert sum(round(1000 * row["mass_t"]) for row in rows if row["mass_t"] is not None) == tonnes
    assert sum(row["mass_t"] is None for row in rows) == missing
