"""World Mining Data: one record a cell, units per mineral, totals and errors kept as published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MonaziteError, SourceError
from monazite.sources.load import read_file
from monazite.sources.source import Account, Given, Rows, Sample
from monazite.sources.wmd import SOURCE

if TYPE_CHECKING:
    from monazite.sources.load import Reading

MADE_UP = Path(__file__).parents[2] / "specimens/wmd/world_mining_data_made_up.csv"
HEADER = "mineral,Country,Country_Code,Country_ISO,2023,2024,unit,data_source\n"


@pytest.fixture(scope="module")
def made_up() -> Reading:
    return read_file(SOURCE, MADE_UP)


def read(folder: Path, text: str) -> Reading:
    path = folder / "wmd.csv"
    path.write_text(text, encoding="utf-8")
    return read_file(SOURCE, path)


def test_every_cell_is_a_record_and_the_account_closes(made_up: Reading) -> None:
    assert made_up.records == 11 * 7 == len(made_up.tables["mineral_statistic"])
    assert not made_up.refused


@pytest.mark.parametrize(
    ("chapter", "country", "year", "value", "unit", "basis"),
    [
        ("Phosphate Rock (P2O5)", "AUS", 2018, 195_000.0, "t", "oxide"),
        ("Gold", "GUY", 2018, 19.0, "t", ""),
        ("Tungsten (W)", "CHN", 2024, 67_000.0, "t", "content"),
        ("Beryllium (conc.)", "BRA", 2024, 3.0, "t", "gross"),
        ("Diamonds (Gem)", "BWA", 2018, 17_000_000.0, "ct", ""),
        ("Natural Gas", "XKX", 2023, 500_000.0, "m3", ""),
        ("Phosphate Rock (P2O5)", "WLD", 2023, 520_011.0, "t", "oxide"),
    ],
)
def test_units_and_countries_are_ours(  # noqa: PLR0913, PLR0917 - one cell, by its columns
    made_up: Reading, chapter: str, country: str, year: int, value: float, unit: str, basis: str
) -> None:
    (row,) = [
        row
        for row in made_up.tables["mineral_statistic"]
        if (row["chapter"], row["country"], row["year"]) == (chapter, country, year)
    ]
    assert (row["value"], row["unit"], row["basis"]) == (value, unit, basis)
    assert (row["as_of"], row["section"], row["measure"]) == ("wmd-to-2024", "world", "production")


def test_an_empty_cell_is_not_known_and_a_zero_is_zero(made_up: Reading) -> None:
    taiwan = {row["year"]: row for row in made_up.tables["mineral_statistic"] if row["country"] == "TWN"}
    assert (taiwan[2018]["value"], taiwan[2018]["obs_status"]) == (None, "not-available")
    assert (taiwan[2020]["value"], taiwan[2020]["obs_status"]) == (0.0, "normal")


def test_the_letter_says_what_is_estimated(made_up: Reading) -> None:
    estimated = {row["country"]: row["estimated"] for row in made_up.tables["mineral_statistic"]}
    assert estimated["CHN"]
    assert not estimated["GUY"]
    assert not estimated["WLD"]


def test_a_name_is_believed_over_the_code_of_another_country(made_up: Reading) -> None:
    gold = {
        row["country"]: row["value"] for row in made_up.tables["mineral_statistic"] if row["year"] == 2018
    }
    assert gold["GUF"] == 1.3
    (told,) = [one for one in made_up.findings if one.rule == "country-doubtful"]
    assert (told.subject, told.rows) == ("French Guiana", 7)
    assert "GUY" in told.found


def test_a_country_nobody_knows_stays_with_one_finding(made_up: Reading) -> None:
    assert {
        row["chapter"] for row in made_up.tables["mineral_statistic"] if row["country"] == "Ruritania"
    } == {"Gold"}
    assert [(one.subject, one.rows) for one in made_up.findings if one.rule == "country-unknown"] == [
        ("Ruritania", 7)
    ]


def test_the_whole_file_closes_and_keeps_its_errors_as_published(real_data: Path) -> None:
    reading = read_file(SOURCE, real_data / "wmd/world_mining_data_2018_2024.csv")
    rows = reading.tables["mineral_statistic"]
    assert reading.records == len(rows) == 2019 * 7
    assert not reading.refused
    phosphate = {
        row["year"]: row["value"]
        for row in rows
        if row["country"] == "AUS" and row["chapter"] == "Phosphate Rock (P2O5)"
    }
    assert (phosphate[2020], phosphate[2021], phosphate[2023]) == (215_700.0, 170.0, 520_390.0)
    gallium = {
        row["country"]: row["value"] for row in rows if row["chapter"] == "Gallium" and row["year"] == 2024
    }
    assert gallium["CHN"] == 974
    assert sum(row["value"] is None for row in rows) == 271
    assert [one.subject for one in reading.findings] == ["French Guiana"]


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("Gold,Peru,604,PER,many,2.0,kg,r", "2023", "many"),
        ("Gold,Peru,604,PER,1e999,2.0,kg,r", "2023", "1e999"),
        ("Gold,Peru,604,PER,NaN,2.0,kg,r", "2023", "NaN"),
        ("Gold,Peru,604,PER,1.0,123456789012345678901,kg,r", "2024", "123456789012345678901"),
    ],
)
def test_a_cell_that_is_no_number_is_kept_aside(tmp_path: Path, row: str, column: str, found: str) -> None:
    reading = read(tmp_path, f"{HEADER}{row}\n")
    assert (reading.records, len(reading.tables["mineral_statistic"]), len(reading.refused)) == (2, 1, 1)
    assert (reading.refused[0]["column"], reading.refused[0]["line"]) == (column, 2)
    assert found in reading.refused[0]["found"]


@pytest.mark.parametrize(
    ("row", "column"),
    [("Gold,Peru,604,PER,1.0,2.0,oz,r", "unit"), ("Gold,Peru,604,PER,1.0,2.0,kg,x", "data_source"),
     (",Peru,604,PER,1.0,2.0,kg,r", "mineral")],
)  # fmt: skip
def test_a_record_of_another_unit_or_origin_is_kept_aside_whole(
    tmp_path: Path, row: str, column: str
) -> None:
    reading = read(tmp_path, f"{HEADER}{row}\n")
    assert [one["column"] for one in reading.refused] == [column, column]


def test_a_negative_production_breaks_a_rule_of_the_table(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{HEADER}Gold,Peru,604,PER,-1.0,2.0,kg,r\n")
    assert [one["rule"] for one in reading.refused] == ["quantity-not-negative"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEADER[:-1],
        HEADER.replace("2024", "2025"),
        HEADER.replace("2023,", "").replace("2024,", ""),
        HEADER.replace("mineral", "Mineral"),
        f"{HEADER}Gold,Peru,604,PER,1.0,2.0,kg\n",
        f"{HEADER}Gold,Peru,604,PER,1.0,2.0,kg,r",
        f'{HEADER}Gold,"Peru,604,PER,1.0,2.0,kg,r\n',
        f"{HEADER}Gold,Pe\0ru,604,PER,1.0,2.0,kg,r\n",
    ],
)
def test_another_layout_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(MonaziteError):
        read(tmp_path, text)


def test_a_file_of_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "wmd.csv"
    path.write_bytes(f"{HEADER}Gold,Türkiye,792,TUR,1.0,2.0,kg,r\n".encode("latin-1"))
    with pytest.raises(SourceError, match=r"0xfc.*expected utf-8"):
        read_file(SOURCE, path)


def test_a_column_that_holds_no_countries_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"Gold,Utopia {number},1,UTO,1.0,2.0,kg,r\n" for number in range(150))
    with pytest.raises(SourceError, match="names that no list holds"):
        read(tmp_path, HEADER + rows)


@given(text=st.text(alphabet=st.sampled_from('Gold,Peru604.1-"\n\r\0e9é'), max_size=200))
def test_nothing_malformed_is_an_uncaught_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "wmd.csv"
    path.write_text(HEADER + text, encoding="utf-8", newline="")
    account = Account()
    try:
        (batch,) = SOURCE.read(Given(path, path.name, "", date(2026, 1, 5), path), account)
        assert isinstance(batch, Rows)
        stored = len(list(batch.rows))
    except MonaziteError:
        return
    assert account.records == stored + len(account.refused)


def test_it_knows_its_file(real_data: Path) -> None:
    for path in (MADE_UP, real_data / "wmd/world_mining_data_2018_2024.csv"):
        assert SOURCE.recognises(Sample(path.name, path.read_bytes()[:65536], path))
    assert not SOURCE.recognises(Sample("x.csv", b"t,i,j,k,v,q\n", MADE_UP))
