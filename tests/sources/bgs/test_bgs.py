"""World Mineral Statistics: statuses, units, former countries, and both forms of an answer."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MonaziteError, SourceError
from monazite.sources.bgs import SOURCE
from monazite.sources.bgs.answers import check_answer
from monazite.sources.bgs.asking import locate
from monazite.sources.load import read_file
from monazite.sources.source import Account, Given, Rows, Sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.sources.load import Reading

SPECIMENS = Path(__file__).parents[2] / "specimens/bgs"
TABLE, ANSWER = SPECIMENS / "bgs_made_up.csv", SPECIMENS / "bgs_made_up.json"
Row = dict[str, Any]


@pytest.fixture(scope="module")
def table() -> Reading:
    return read_file(SOURCE, TABLE)


def find(reading: Reading, chapter: str, country: str, series: str = "Production") -> Row:
    (row,) = [
        row
        for row in reading.tables["mineral_statistic"]
        if (row["chapter"], row["country"], row["series"]) == (chapter, country, series)
    ]
    return row


def test_both_forms_of_an_answer_say_the_same(table: Reading) -> None:
    answer = read_file(SOURCE, ANSWER)
    own = {"snapshot", "file", "line"}
    assert answer.records == table.records == 15
    assert [{key: row[key] for key in row.keys() - own} for row in answer.tables["mineral_statistic"]] == [
        {key: row[key] for key in row.keys() - own} for row in table.tables["mineral_statistic"]
    ]


@pytest.mark.parametrize(
    ("chapter", "country", "expected"),
    [
        ("cobalt, mine", "COG", {"value": 40.0, "obs_status": "normal", "basis": "content"}),
        ("cobalt, mine", "SUHH", {"value": 1600.0, "year": 1975, "estimated": True}),
        ("cobalt, mine", "ZWE", {"value": 0.0, "obs_status": "normal", "published": "-----"}),
        ("cobalt, mine", "NAM", {"value": None, "obs_status": "not-available", "published": "..."}),
        ("cobalt, mine", "UGA", {"value": None, "low": 0.0, "high": 0.5, "high_open": True,
                                 "obs_status": "below-half-unit"}),
        ("cobalt, mine", "XKX", {"value": 12.0}),
        ("cobalt, refined", "FIN", {"value": 11200.0, "basis": "", "unit_published": "tonnes (metric)"}),
        ("manganese ore", "GAB", {"basis": "gross"}),
        ("lithium minerals", "CHL", {"basis": "content"}),
    ],
)  # fmt: skip
def test_a_status_is_told_from_a_figure(table: Reading, chapter: str, country: str, expected: Row) -> None:
    row = find(table, chapter, country)
    assert {key: row[key] for key in expected} == expected


def test_kilograms_become_tonnes_and_series_carry_what_they_are_of(table: Reading) -> None:
    row = find(table, "platinum group metals, mine", "ZAF", "Production: Platinum")
    assert (row["value"], row["unit"], row["published"]) == (130.0, "t", "130000")
    assert find(table, "lithium minerals", "CHL", "Exports: Carbonate")["measure"] == "exports"


def test_a_former_country_keeps_its_figures_at_its_dates(table: Reading) -> None:
    zaire = [
        row for row in table.tables["mineral_statistic"] if (row["country"], row["year"]) == ("COD", 1975)
    ]
    assert [row["value"] for row in zaire] == [13600.0]


def test_what_is_odd_is_told(table: Reading) -> None:
    told = {(one.rule, one.subject): one.found for one in table.findings}
    assert told["country-doubtful", "Congo"] == "'Congo' with the code COD"
    assert told["country-unknown", "Ruritania"] == "'Ruritania'"
    assert told["definition-changed", "cobalt, mine"] == "marked as a break in series: Russia 1992"


REAL = {
    "BGS_REs_production.csv": 639,
    "BGS_antimony_production.csv": 1033,
    "BGS_cobalt_production.csv": 1571,
    "BGS_copper_production.csv": 6843,
    "BGS_ferroalloys_production.csv": 8140,
    "BGS_gallium_production.csv": 82,
    "BGS_germanium_production.csv": 223,
    "BGS_graphite_production.csv": 991,
    "BGS_lithium_production.csv": 911,
    "BGS_magnesium_production.csv": 490,
    "BGS_manganese_production.csv": 1576,
    "BGS_nickel_production.csv": 2509,
    "BGS_platinum_production.csv": 1178,
    "BGS_tungsten_production.csv": 1301,
}


@cache
def whole(path: Path) -> Reading:
    """Reading of a whole file, once for all tests."""
    return read_file(SOURCE, path)


@pytest.mark.parametrize("name", REAL)
def test_every_whole_file_closes(real_data: Path, name: str) -> None:
    reading = whole(real_data / "bgs" / name)
    rows = reading.tables["mineral_statistic"]
    assert reading.records == len(rows) == REAL[name]
    assert not reading.refused
    assert {row["as_of"] for row in rows} == {"bgs-to-2023"}
    assert not [one for one in reading.findings if one.rule in {"country-unknown", "value-unreadable"}]


def test_the_two_congos_of_the_copper_file_are_two(real_data: Path) -> None:
    rows = whole(real_data / "bgs/BGS_copper_production.csv").tables["mineral_statistic"]
    mined = {
        row["country"]: row["value"]
        for row in rows
        if row["chapter"] == "copper, mine" and row["year"] == 2022 and row["country"] in {"COD", "COG"}
    }
    assert mined["COG"] == 7900
    assert mined["COD"] > 2_000_000


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def changed(folder: Path, change: Callable[[Row], object]) -> Path:
    """The made-up answer with its first record changed."""
    held = json.loads(ANSWER.read_text(encoding="utf-8"))
    change(held["features"][0]["properties"])
    path = folder / "bgs.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("year", "2023-06-30T00:00:00"),
        ("year", "0000-01-01T00:00:00"),
        ("units", "bushels"),
        ("bgs_statistic_type_trans", "Reserves"),
        ("bgs_commodity_trans", None),
        ("quantity", 1e300),
        ("quantity", "lots"),
    ],
)
def test_a_record_that_cannot_be_read_is_kept_aside(tmp_path: Path, column: str, value: object) -> None:
    reading = read_file(SOURCE, changed(tmp_path, lambda record: record.update({column: value})))
    assert (reading.records, len(reading.tables["mineral_statistic"])) == (15, 14)
    assert [(one["column"], one["line"]) for one in reading.refused] == [(column, 1)]


@pytest.mark.parametrize(("code", "value"), [("A", None), ("O", 5.0), ("N", 5.0), ("Z", 5.0), (None, 5.0)])
def test_a_status_that_contradicts_its_figure_leaves_no_figure(
    tmp_path: Path, code: str | None, value: float | None
) -> None:
    path = changed(tmp_path, lambda record: record.update(sdmx_code=code, quantity=value))
    reading = read_file(SOURCE, path)
    row = next(row for row in reading.tables["mineral_statistic"] if row["line"] == 1)
    assert (row["value"], row["obs_status"]) == (None, "unreadable")
    assert [one.rows for one in reading.findings if one.rule == "value-unreadable"] == [1]


@pytest.mark.parametrize(
    ("code", "status", "estimated"),
    [("E", "normal", True), ("P", "normal", False), ("Q", "withheld", False), ("L", "not-collected", False),
     ("M", "not-applicable", False)],
)  # fmt: skip
def test_the_other_codes_of_the_list_are_known(
    tmp_path: Path, code: str, status: str, *, estimated: bool
) -> None:
    value = 5.0 if status == "normal" else None
    path = changed(
        tmp_path, lambda record: record.update(sdmx_code=code, quantity=value, concat_figure_notes_code=None)
    )
    row = next(row for row in read_file(SOURCE, path).tables["mineral_statistic"] if row["line"] == 1)
    assert (row["obs_status"], row["estimated"]) == (status, estimated)


def test_a_record_that_stands_twice_with_two_figures_is_kept_aside(tmp_path: Path) -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "bgs.csv"
    path.write_text("\n".join([*lines, lines[1].replace("150000", "160000")]) + "\n", encoding="utf-8")
    reading = read_file(SOURCE, path)
    assert (reading.records, len(reading.refused)) == (16, 2)
    assert {one["rule"] for one in reading.refused} == {"key-unique"}


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{",
        '{"features": 5}',
        '{"features": [5]}',
        '{"features": [{"properties": {"year": "2000-01-01"}}]}',
        '{"features": [], "numberReturned": 5}',
        '{"features": NaN}',
        f'{{"features": {DEEP}',
        '{"features": []}',
        "<html>",
    ],
)
def test_an_answer_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bgs.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError):
        read_file(SOURCE, path)


@pytest.mark.parametrize("cut", [1, 700, 2000, 4000])
def test_a_table_that_is_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "bgs.csv"
    path.write_bytes(TABLE.read_bytes()[:cut])
    with pytest.raises(SourceError):
        read_file(SOURCE, path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bgs.csv"
    path.write_text(TABLE.read_text(encoding="utf-8").replace("sdmx_code", "status"), encoding="utf-8")
    with pytest.raises(SourceError, match="'sdmx_code': found no such column"):
        read_file(SOURCE, path)


def test_half_a_character_is_stored_as_a_question_mark(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda record: record.update(country_trans="Utop\ud800ia"))
    reading = read_file(SOURCE, path)
    assert "Utop?ia" in {row["country"] for row in reading.tables["mineral_statistic"]}


COLUMNS = (
    "year",
    "quantity",
    "units",
    "country_trans",
    "country_iso3_code",
    "sdmx_code",
    "concat_figure_notes_code",
    "quantity_in_book_style",
    "bgs_sub_commodity_trans",
)


@given(value=st.none() | st.text(max_size=20) | st.floats() | st.integers(), column=st.sampled_from(COLUMNS))
def test_nothing_malformed_is_an_uncaught_error(
    tmp_path_factory: pytest.TempPathFactory, column: str, value: object
) -> None:
    path = changed(tmp_path_factory.getbasetemp(), lambda record: record.update({column: value}))
    account = Account()
    try:
        (batch,) = SOURCE.read(Given(path, path.name, "", date(2026, 1, 5), path), account)
        assert isinstance(batch, Rows)
        stored = len(list(batch.rows))
    except MonaziteError:
        return
    assert account.records == stored + len(account.refused) == 15


# ── what is asked ─────────────────────────────────────────────────────────────────────────────


def test_one_request_asks_for_all_years_of_a_commodity() -> None:
    (request,) = locate({"commodity": "nickel, smelter/refinery", "statistic": "Imports", "country": ""})
    assert request.url == (
        "https://ogcapi.bgs.ac.uk/collections/world-mineral-statistics/items?f=json"
        "&bgs_commodity_trans=nickel%2C+smelter%2Frefinery&bgs_statistic_type_trans=Imports&limit=10000"
    )
    assert request.file == "bgs-nickel-smelter-refinery-imports.json"
    assert SOURCE.hosts == ("ogcapi.bgs.ac.uk",)


def test_an_answer_must_hold_every_record_that_matches(tmp_path: Path) -> None:
    check_answer(ANSWER)
    path = tmp_path / "bgs.json"
    text = ANSWER.read_text(encoding="utf-8")
    for old, new, told in (
        ('"numberMatched": 15', '"numberMatched": 12000', "15 records of 12000"),
        ('"numberMatched": 15', '"numberMatched": 0', "no record"),
        ('"numberReturned": 15', '"numberReturned": 16', "15 features of 16"),
    ):
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(SourceError, match=told):
            check_answer(path)


def test_it_knows_its_files(real_data: Path) -> None:
    for path in (TABLE, ANSWER, *sorted((real_data / "bgs").glob("*.csv"))):
        assert SOURCE.recognises(Sample(path.name, path.read_bytes()[:65536], path))
    assert not SOURCE.recognises(Sample("x.json", b'{"data": []}', TABLE))
