"""Countries as the publishers' own files spell and number them: every one is found."""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from monazite.codes.countries import country, find_by_usgs_name

if TYPE_CHECKING:
    from pathlib import Path

NO_COUNTRY = re.compile(
    r"World total.*|Other countries.*|China, Germany, and Russia|United States and Canada", re.IGNORECASE
)


def unresolved(names: set[str]) -> set[str]:
    places = {name for name in names if not NO_COUNTRY.fullmatch(name.replace("\xa0", " ").strip())}
    return {name for name in places if find_by_usgs_name(name) is None}


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.needs("real-data")
def test_every_country_of_mcs_2026_resolves(real_data: Path) -> None:
    rows = rows_of(real_data / "usgs/mcs2026/usgs_mcs2026_commodities_data.csv", "cp1252")
    names = {row["Country"] for row in rows}
    assert len(names) == 126
    assert unresolved(names) == set()


@pytest.mark.needs("real-data")
def test_every_country_of_mcs_2025_resolves(real_data: Path) -> None:
    folder = real_data / "usgs/mcs2025"
    names = {row["COUNTRY"] for row in rows_of(folder / "world_data/MCS2025_World_Data.csv")}
    assert len(names) == 156
    trends = folder / "industry_trends"
    for row in rows_of(trends / "MCS2025_Fig2_Net_Import_Reliance.csv"):
        names |= set(row["Major_Import_Sources_2020_2023"].split(","))
    for row in rows_of(trends / "MCS2025_T5_Critical_Minerals_Salient.csv"):
        names |= {row["Primary_import_source"], row["Leading_source_country"]}
    names |= {row["Country"] for row in rows_of(trends / "MCS2025_Fig3_Major_Import_Sources.csv")}
    assert unresolved(names) == set()


@pytest.mark.needs("real-data")
def test_every_schedule_c_code_resolves_to_its_name_and_iso_code(real_data: Path) -> None:
    text = (real_data / "api_formats/census_schedule_c_countries.ts.txt").read_text(encoding="utf-8")
    listed = re.findall(r'code: "(\w{4})", name: "([^"]+)", iso: "(\w\w)"', text)
    assert len(listed) == 241
    for code, name, iso2 in listed:
        found = country(code, "census")
        assert country(name, "name") is found
        assert country(iso2, "iso2") is found
    groups = re.findall(r'code: "(\w{4})", name: "([^"]+)" }', text)
    assert {country(code, "census").kind for code, _ in groups} == {"aggregate"}
    assert len(groups) == 20


@pytest.mark.needs("real-data")
def test_the_older_schedule_c_list_resolves_too(real_data: Path) -> None:
    text = (real_data / "codes/crosswalks/census_country_codes.txt").read_text(encoding="latin-1")
    listed = re.findall(r"^(\d{4}) +\| +(.+?) *\| *r?(\w\w)\s*$", text, re.MULTILINE)
    assert len(listed) == 240
    assert all(country(code, "census") is country(iso2, "iso2") for code, _, iso2 in listed)


@pytest.mark.needs("real-data")
def test_every_partner_of_the_census_file_resolves_by_code_and_by_name(real_data: Path) -> None:
    rows = rows_of(real_data / "census/us_imports_2024_hts10_critical_subset.csv")
    partners = {(row["CTY_CODE"], row["CTY_NAME"]) for row in rows}
    assert len(partners) > 40
    assert all(country(code, "census") is country(name, "name") for code, name in partners)
    files = {path.stem[-4:] for path in (real_data / "census/imports_hs10_2024_annual").glob("*.parquet")}
    assert files >= {"0003", "5700"}
    assert all(country(code, "census") for code in files)


@pytest.mark.needs("real-data")
def test_every_baci_code_resolves_to_the_iso_code_baci_gives(real_data: Path) -> None:
    rows = rows_of(real_data / "baci/country_codes_V202401b.csv", "utf-8")
    assert len(rows) > 230
    differing = {
        row["country_code"]: (row["country_iso3"], found.iso3)
        for row in rows
        if (found := country(row["country_code"], "comtrade")).iso3 != row["country_iso3"]
    }
    assert differing == {"58": ("BEL", ""), "490": ("S19", "TWN"), "697": ("R20", ""), "711": ("ZA1", "")}


@pytest.mark.needs("real-data")
def test_every_baci_code_is_valid_in_every_year_it_is_used(real_data: Path) -> None:
    path = real_data / "baci/baci_hs92_1995_2024_mining_codes.parquet"
    query = "select distinct i, t from read_parquet(?) union select distinct j, t from read_parquet(?)"
    with duckdb.connect() as engine:
        used = engine.execute(query, [str(path), str(path)]).fetchall()
    assert len(used) > 6000
    assert {country(code, "comtrade", on=date(year, 7, 1)).kind for code, year in used} == {
        "country",
        "former",
        "area",
    }
