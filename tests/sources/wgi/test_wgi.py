"""The governance indicators are read in every layout they have come in; what is missing is no zero."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monazite.errors import MonaziteError, SourceError
from monazite.sources.load import read_file, recognised
from monazite.sources.source import Account, Given, Rows
from monazite.sources.wgi import SOURCE
from monazite.sources.wgi.layouts import DIMENSIONS

if TYPE_CHECKING:
    from monazite.sources.load import Reading

SPECIMENS = Path(__file__).parents[2] / "specimens" / "wgi"
UPDATE_2025, UPDATE_2024, UPDATE_2022 = (
    "wgidataset_with_sourcedata-2025.xlsx",
    "wgidataset-2024.xlsx",
    "wgidataset-2022.xlsx",
)
SAVED = "political_stability.csv"
LONG = "code,countryname,year,indicator,estimate,stddev"


def read(name: str) -> Reading:
    """A specimen's reading."""
    return read_file(SOURCE, SPECIMENS / name)


def table(folder: Path, *lines: str) -> Path:
    """A comma-separated table of these lines."""
    path = folder / "wgi.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def refusals(path: Path) -> list[tuple[object, ...]]:
    """Line, column and what was expected of what was refused."""
    return [(one["line"], one["column"], one["expected"]) for one in read_file(SOURCE, path).refused]


@pytest.mark.parametrize(
    ("name", "count", "missing", "countries", "years", "edition"),
    [
        (UPDATE_2025, 72, 6, {"USA", "TWN", "NAM", "XKX", "COD", "AIA"}, {1996, 2024}, "wgi-to-2024"),
        (UPDATE_2024, 24, 6, {"ROU", "TLS", "DEU", "AIA"}, {2023}, "wgi-to-2023"),
        (UPDATE_2022, 36, 12, {"CHL", "SSD"}, {1996, 1998, 2021}, "wgi-to-2021"),
    ],
)
def test_every_layout_of_the_workbook_is_read(  # noqa: PLR0913, PLR0917 - what a workbook holds
    name: str, count: int, missing: int, countries: set[str], years: set[int], edition: str
) -> None:
    assert recognised(SPECIMENS / name, [SOURCE]) is SOURCE
    reading = read(name)
    rows = reading.tables["indicator"]
    assert (reading.records, len(rows), reading.refused, reading.findings) == (count, count, (), ())
    assert sum(row["obs_status"] == "not-available" for row in rows) == missing
    assert {row["country"] for row in rows} == countries
    assert {row["year"] for row in rows} == years
    assert {row["indicator"] for row in rows} == set(DIMENSIONS.values())
    assert {row["as_of"] for row in rows} == {edition}
    assert {row["unit"] for row in rows} == {"standard normal"}


def test_the_estimate_is_taken_and_not_the_score(tmp_path: Path) -> None:
    figures = {(r["indicator"], r["country"], r["year"]): r for r in read(UPDATE_2025).tables["indicator"]}
    row = figures["political-stability", "USA", 2024]
    assert (row["value"], row["standard_error"]) == (-0.62, 0.2)
    header = (SPECIMENS / SAVED).read_text().splitlines()[0]
    path = table(tmp_path, header, "Chile,CHL,2024,-0.5,0.9,0.2")
    assert [one["value"] for one in read_file(SOURCE, path).tables["indicator"]] == [-0.5]


def test_a_derived_zero_never_stands_for_what_is_missing() -> None:
    rows = [row for row in read(SAVED).tables["indicator"] if row["country"] == "ABW"]
    assert {(row["year"], row["value"], row["obs_status"]) for row in rows} == {
        (1996, None, "not-available"),
        (2024, 1.2, "normal"),
    }


def test_taiwan_and_namibia_are_not_missing() -> None:
    reading = read(SAVED)
    values = {row["country"]: row["value"] for row in reading.tables["indicator"]}
    assert (values["TWN"], values["NAM"]) == (0.7, 0.5)
    assert [(one.rule, one.subject) for one in reading.findings] == [
        ("country-doubtful", "Taiwan, China"),
        ("country-unknown", "Atlantis"),
        ("country-doubtful", "GUY"),
    ]


def test_a_country_that_stands_twice_is_refused_where_the_two_differ() -> None:
    reading = read(SAVED)
    assert [(one["rule"], one["line"]) for one in reading.refused] == [("key-unique", 7), ("key-unique", 8)]
    assert reading.records == 8


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("USA,United States,2024,zz,1.0,0.2", "indicator"),
        ("USA,United States,24,pv,1.0,0.2", "year"),
        (",,2024,pv,1.0,0.2", "code"),
        ("USA,United States,2024,pv,85.2,0.2", "estimate"),
        ("USA,United States,2024,pv,1e999,0.2", "estimate"),
        ("USA,United States,2024,pv,inf,0.2", "estimate"),
        ("USA,United States,2024,pv,1.0,-0.2", "stddev"),
        ("USA,United States,2024,pv,1.0,many", "stddev"),
    ],
)
def test_a_line_that_cannot_be_is_kept_aside(tmp_path: Path, line: str, column: str) -> None:
    path = table(tmp_path, LONG, "CHL,Chile,2024,pv,0.5,0.2", line)
    assert [one[:2] for one in refusals(path)] == [(3, column)]


def test_a_sheet_that_holds_another_dimension_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wgi.xlsx"
    book = xlsxwriter.Workbook(path)
    for sheet, dimension in (("pv", "pv"), ("ge", "pv")):
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["code", "year", "indicator", "estimate"])
        page.write_row(1, 0, ["CHL", 2024, dimension, 0.5])
    book.close()
    assert refusals(path) == [(2, "indicator", "ge")]


@pytest.mark.parametrize(
    "lines",
    [
        (LONG, "United States,USA,2024,pv,1.0,0.2"[::-1], "a,b,c,d,e,f"),
        (LONG, "x,USA,United States,2024,pv,1.0"),
        (LONG, "CHL,Chile,2024,pv,0.5"),
        ("code,year", "CHL,2024"),
        ("",),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(SourceError):
        read_file(SOURCE, table(tmp_path, *lines))


def test_a_shifted_table_names_its_first_wrong_column(tmp_path: Path) -> None:
    path = table(tmp_path, LONG, *(f"x,CHL,Chile,{year},pv,0.5" for year in (2022, 2023)))
    with pytest.raises(SourceError, match="line 2, column 'indicator': found '2022'"):
        read_file(SOURCE, path)


def test_a_table_of_too_many_countries_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, LONG, *(f"Q{number},,2024,pv,0.5,0.2" for number in range(1_100)))
    with pytest.raises(SourceError, match="at most"):
        read_file(SOURCE, path)


def test_the_saved_table_of_political_stability(real_data: Path) -> None:
    path = real_data / "governance" / "wgi_political_stability_1996_2024.csv"
    assert recognised(path, [SOURCE]) is SOURCE
    reading = read_file(SOURCE, path)
    rows = reading.tables["indicator"]
    assert (reading.records, len(rows), len(reading.refused)) == (5_642, 5_592, 50)
    assert Counter(row["obs_status"] for row in rows) == {"normal": 5_367, "not-available": 225}
    assert {row["country"] for row in rows if row["value"] == 0} == set()
    assert sum(row["country"] == "TWN" for row in rows) == 26
    assert {one["rule"] for one in reading.refused} == {"key-unique"}
    assert [(one.rule, one.subject, one.rows) for one in reading.findings] == [
        ("country-doubtful", "GUY", 52)
    ]


def test_the_workbook_can_be_fetched_and_is_looked_at_first(tmp_path: Path) -> None:
    (request,) = SOURCE.locate({}) if SOURCE.locate else ()
    assert request.url.startswith("https://www.worldbank.org/")
    assert request.key_in == ""
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    shutil.copy(SPECIMENS / UPDATE_2025, good)
    request.check(good)
    bad.write_bytes(b"<html>moved</html>")
    with pytest.raises(SourceError):
        request.check(bad)


def test_rows_may_be_passed_on_with_the_publisher_named() -> None:
    assert SOURCE.licence.redistribution == "attribution"


@pytest.mark.parametrize("name", [SAVED, UPDATE_2024])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damage_raises_nothing_else(name: str, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray((SPECIMENS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path, account = tmp_path / name, Account()
    path.write_bytes(content)
    try:
        for batch in SOURCE.read(Given(path, name, "0" * 16, date(2025, 1, 1), tmp_path), account):
            rows = sum(1 for _ in batch.rows) if isinstance(batch, Rows) else 0
            assert account.records == rows + len(account.refused)
    except MonaziteError:
        pass
