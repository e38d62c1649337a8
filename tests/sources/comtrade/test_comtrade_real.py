"""Whole files of UN Comtrade: every record is stored or refused, and what is odd is said."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources.comtrade import SOURCE
from monazite.sources.load import recognised
from monazite.sources.source import Account, Given, Rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.comtrade.conftest import Files


Answers = dict[int, tuple[Account, list[dict[str, Any]]]]

COUNTS = {
    1993: 15, 1994: 17, 1995: 16, 1996: 14, 1997: 13, 1998: 16, 1999: 16, 2000: 16, 2001: 22, 2002: 18,
    2003: 20, 2004: 19, 2005: 20, 2006: 21, 2007: 20, 2008: 26, 2009: 24, 2010: 24, 2011: 24, 2012: 24,
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(real_data: Path) -> Answers:
    """Account and rows of the twenty answers, by year."""
    told = {}
    for year in COUNTS:
        path, account = real_data / "comtrade" / "raw_china_2846" / f"{year}.json", Account()
        read = SOURCE.read(Given(path, path.name, "0" * 16, date(2024, 5, 1), path.parent), account)
        told[year] = account, [row for batch in read if isinstance(batch, Rows) for row in batch.rows]
    return told


def test_the_twenty_answers_are_read_whole(answers: Answers) -> None:
    for year, (account, rows) in answers.items():
        assert (account.records, len(rows), account.refused) == (COUNTS[year], COUNTS[year], [])
        told = [one.rows for one in account.findings if one.rule == "computed"]
        assert told == ([COUNTS[year]] if 1996 <= year <= 2001 else [])
    every = [row for _, rows in answers.values() for row in rows]
    assert sum(row["aggregate"] for row in every) == 20
    assert Counter(row["nomenclature"] for row in every)["HS1992"] == 48
    assert sum(row["estimated"] for row in every) == 66


@pytest.mark.parametrize("year", [1993, 2012])
def test_an_answer_is_stored_whole(files: Files, real_data: Path, year: int) -> None:
    reading = files.read(real_data / "comtrade" / "raw_china_2846" / f"{year}.json")
    assert (reading.records, len(reading.tables["trade"]), reading.refused) == (
        COUNTS[year],
        COUNTS[year],
        (),
    )


def test_the_world_is_the_sum_of_the_partners(answers: Answers) -> None:
    for _, rows in answers.values():
        world = sum(row["value_usd"] for row in rows if row["aggregate"])
        assert world == sum(row["value_usd"] for row in rows if not row["aggregate"])


def test_a_quantity_that_is_not_known_is_not_zero(answers: Answers) -> None:
    rows = answers[1993][1]
    told = {(row["quantity"], row["quantity_status"], row["mass_status"]) for row in rows}
    assert told == {(None, "not-available", "not-available")}


def test_the_sample_of_the_api_holds_exports_and_imports(files: Files, real_data: Path) -> None:
    reading = files.read(real_data / "api_formats" / "comtrade_v1_get_C_A_HS_sample.json")
    assert Counter((row["flow"], row["valuation"]) for row in reading.tables["trade"]) == {
        ("export", "fob"): 2,
        ("import", "cif"): 2,
    }
    assert (reading.records, reading.refused) == (4, ())


def test_the_saved_table_of_nickel_is_stored_whole(files: Files, real_data: Path) -> None:
    reading = files.read(real_data / "comtrade" / "UN_nickel_trade.csv")
    rows = reading.tables["trade"]
    assert (reading.records, len(rows), reading.refused) == (13_739, 13_739, ())
    assert sum(row["aggregate"] for row in rows) == 3_434
    assert Counter(row["valuation"] for row in rows) == {"fob": 6_711, "cif": 7_028}
    assert [(one.rule, one.rows) for one in reading.findings] == [
        ("country-doubtful", 1),
        ("quantity-missing-as-zero", 46),
    ]


def test_the_monthly_table_of_china_keeps_zero_quantities_apart(files: Files, real_data: Path) -> None:
    reading = files.read(real_data / "comtrade" / "china_exports_hs6_monthly_2017_2023h1.csv")
    rows = reading.tables["trade"]
    assert (reading.records, len(rows), reading.refused) == (5_148, 5_148, ())
    assert Counter(row["quantity_status"] for row in rows) == {"normal": 5_002, "not-available": 146}
    assert {(row["reporter"], row["flow"], row["exporter"]) for row in rows} == {("CHN", "export", "CHN")}
    assert [(one.rule, one.rows) for one in reading.findings] == [("quantity-missing-as-zero", 146)]


@pytest.mark.parametrize(
    "name", ["UN_nickel_trade.csv", "china_exports_hs6_monthly_2017_2023h1.csv", "raw_china_2846/2012.json"]
)
def test_the_files_are_recognised(real_data: Path, name: str) -> None:
    assert recognised(real_data / "comtrade" / name, [SOURCE]) is SOURCE
