"""The health of codes: what the verdict on each is, and that trade tells every death and no other."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import SourceError, UnknownCodeError, UsageError
from monazite.schema.code_health import CODE_HEALTH, VERDICTS
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.checking import CLOSE, EIGHT_DIGITS, check
from monazite.studies.nomenclature.health.asked import Asked, asked
from monazite.studies.nomenclature.health.changes import YEARS
from monazite.studies.nomenclature.health.death import Death, answerable, died, may_have_died
from monazite.studies.nomenclature.health.ended import ended
from monazite.studies.nomenclature.health.facts import death_of, facts
from monazite.studies.nomenclature.health.known import codes, life
from monazite.studies.nomenclature.health.traded import Series, Trade

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.studies.nomenclature.health.traded import Traded

BACI = Series("baci", "reconciled", "HS1992")
MILLION = 1e6


@pytest.fixture(scope="module")
def baci(real_data: Path) -> Traded:
    """World trade of the 74 codes of BACI year by year, as a store would give it."""
    import pyarrow.compute as pc  # noqa: PLC0415 - only with the real files
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    whole = pq.read_table(
        real_data / "baci" / "baci_hs92_1995_2024_mining_codes.parquet", columns=["t", "k", "v", "q"]
    )
    kept = whole.set_column(3, "q", pc.fill_null(whole["q"], 0.0))
    found: dict[str, Trade] = defaultdict(lambda: Trade(dict.fromkeys(range(1995, 2025), 0.0), {}))
    for row in kept.group_by(["k", "t"]).aggregate([("v", "sum"), ("q", "sum")]).to_pylist():
        trade = found[str(row["k"]).zfill(6)]
        trade.value[row["t"]] = 1000 * row["v_sum"]
        trade.mass[row["t"]] = row["q_sum"]
    return {code: {BACI: trade} for code, trade in found.items()}


def verdict(code: str, nomenclature: str | None = None, year: int | None = None) -> str:
    """The verdict on one code, without trade."""
    return facts(Asked(code, "typed"), nomenclature=nomenclature, year=year).verdict


# ── death by trade ────────────────────────────────────────────────────────────────────────────


def test_of_74_codes_of_baci_exactly_three_died(baci: Traded) -> None:
    """Looked at one by one: 811230 and 283030 after HS 2007, 250390 slowly after HS 1996, no other."""
    assert len(baci) == 74
    deaths = {code: death_of("HS1992", code, series[BACI].value) for code, series in baci.items()}
    assert {code: one[:2] + one[3:] for code, one in deaths.items() if one} == {
        "250390": (1996, 2000, 2008),
        "283030": (2007, 2008, 2014),
        "811230": (2007, 2007, 2017),
    }


def test_codes_that_left_the_nomenclature_and_live_in_baci_are_changed_not_dead(baci: Traded) -> None:
    gone = {}
    for code in baci:
        one = facts(Asked(code, "typed"), nomenclature="HS1992", trade=baci)
        if one.gone:
            gone[code] = one.verdict
    assert sorted(code for code, told in gone.items() if told == "dead") == ["250390", "283030", "811230"]
    assert sorted(code for code, told in gone.items() if told == "changed") == [
        "250310", "252400", "252890", "711290", "810310", "810510", "810600", "810710", "811211",
    ]  # fmt: skip


def test_no_living_code_of_baci_comes_near_the_threshold(baci: Traded) -> None:
    """The reason given beside the threshold: the lowest of the living is at 0.29."""
    worst = {}
    for code in baci.keys() - {"250390", "283030", "811230"}:
        value = baci[code][BACI].value
        ratios = []
        for year in range(1996, 2024):
            usual = sorted(value[y] for y in range(max(1995, year - 3), year))
            peak = max(value[y] for y in range(year, 2025))
            ratios.append(peak / usual[len(usual) // 2])
        worst[code] = min(ratios)
    assert min(worst, key=lambda code: worst[code]) == "711029"
    assert worst["711029"] == pytest.approx(0.293, abs=0.001)


def test_germanium_falls_as_published(baci: Traded, golden: Path) -> None:
    """659 t in 2006, 23 t in 2007."""
    with golden.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["method"] == "OBSOLETE_CODE"]
    printed = {int(row["year"]): float(row["value"]) for row in rows if row["economy"] == "World"}
    assert printed == {2006: 659, 2007: 23}
    mass = baci["811230"][BACI].mass
    assert all(abs(mass[year] - value) <= 0.5 for year, value in printed.items())


def test_a_fall_the_next_revision_does_not_answer_for_is_no_death() -> None:
    yearly = dict.fromkeys(range(2000, 2020), 5 * MILLION) | dict.fromkeys(range(2015, 2020), 0.0)
    assert died(yearly, answerable([2007], [2007, 2012])) is None
    assert died(yearly, answerable([2012], [2007, 2012])) == Death(2012, 2015, 5 * MILLION, 2015)


def test_a_revision_that_left_the_code_alone_answers_for_a_year() -> None:
    before = dict.fromkeys(range(2000, 2007), 5 * MILLION)
    for late, told in ((0, True), (1, True), (2, False)):
        yearly = before | {year: 5 * MILLION if year < 2007 + late else 0.0 for year in range(2007, 2012)}
        assert (died(yearly, answerable([], [2007, 2012])) is not None) is told, late


def test_a_fall_of_one_last_year_is_not_believed() -> None:
    yearly = dict.fromkeys(range(2000, 2008), 5 * MILLION) | {2008: 0.0}
    assert died(yearly) is None
    assert died(yearly | {2009: 0.0}) is not None


@given(st.lists(st.floats(1e6, 1e9), min_size=5, max_size=25), st.floats(0.2, 50))
def test_death_does_not_depend_on_the_unit_above_the_floor(values: list[float], times: float) -> None:
    yearly = dict(zip(range(2000, 2000 + len(values)), [1e3 * one for one in values], strict=True))
    one, other = died(yearly), died({year: times * value for year, value in yearly.items()})
    assert (one is None) == (other is None)
    assert one is None or (other is not None and one.year == other.year)


@given(st.lists(st.floats(0, 1e9), min_size=4, max_size=25), st.sampled_from(YEARS[1:]))
def test_after_a_death_every_year_is_below_a_tenth(values: list[float], revision: int) -> None:
    yearly = dict(zip(range(1995, 1995 + len(values)), values, strict=True))
    death = died(yearly, answerable([revision], YEARS[1:]))
    if death:
        assert all(value < 0.1 * death.usual for year, value in yearly.items() if year >= death.year)
        assert death.revision <= death.year


def test_too_little_trade_is_said_to_be_too_little() -> None:
    small = {"811230": {BACI: Trade(dict.fromkeys(range(1995, 2025), 1000.0), {})}}
    assert facts(Asked("811230", "typed"), trade=small).traded == "too little"
    fell = {year: 999_999.0 if year < 2007 else 0.0 for year in range(2000, 2012)}
    assert died(fell, {2007: 2011}) is None
    assert died({year: 1.01 * value for year, value in fell.items()}, {2007: 2011}) is not None


def test_the_audit_and_the_check_tell_one_death() -> None:
    yearly = {2004: 44.7e6, 2005: 59.1e6, 2006: 80.7e6, 2007: 4.6e6, 2008: 3.3e6, 2009: 0.0}
    told = ended("HS1992", "811230", yearly)
    assert told is not None
    assert (told.death.year, told.edition, told.codes) == (2007, "HS2007", ("811292", "811299"))
    one = facts(Asked("811230", "typed"), trade={"811230": {BACI: Trade(yearly, {})}})
    assert one.death == told.death


def test_a_tariffs_dead_code_is_told_with_what_took_over() -> None:
    yearly = {2021: 9e6, 2022: 9e6, 2023: 9e6, 2024: 9e6, 2025: 0.0, 2026: 0.0}
    told = ended("HTS", "3801105000", yearly)
    assert told is not None
    assert (told.edition, told.codes) == ("HTS2025", ("3801105010", "3801105090"))


def test_a_code_without_edition_is_told_by_the_edition_in_force() -> None:
    yearly = dict.fromkeys(range(2015, 2022), 9e6) | dict.fromkeys(range(2022, 2025), 0.0)
    told = ended("HS", "854140", yearly)
    assert told is not None
    assert (told.edition, told.codes) == ("HS2022", ("854141", "854142", "854143", "854149"))


def test_a_code_of_industries_that_looks_like_one_of_goods_has_no_successor() -> None:
    yearly = dict.fromkeys(range(2000, 2007), 9e6) | dict.fromkeys(range(2007, 2012), 0.0)
    told = ended("NAICS", "811230", yearly)
    assert told is not None
    assert told.codes == ()


# ── verdicts by the tables ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("811230", "dead"), ("850760", "changed"), ("811292", "basket"), ("283691", "sound"),
        ("250410", "sound"), ("284690", "basket"), ("280530", "basket"), ("8507600020", "changed"),
        ("3801105000", "dead"), ("2825600000", "basket"), ("8541406010", "dead"), ("8507.60", "changed"),
        ("8112 92", "basket"), ("85076000", "sound"), ("28369100", "sound"), ("8507600030", "changed"),
        ("30110", "misread"), ("lithium carbonate", "misread"), ("", "misread"), ("123456", "unknown"),
        ("8112925000", "unknown"), ("8549", "changed"), ("2846", "sound"),
    ],
)  # fmt: skip
def test_the_verdict_on_a_code(code: str, told: str) -> None:
    assert verdict(code) == told


@pytest.mark.parametrize(
    ("nomenclature", "code", "told"),
    [("NAICS", "335911", "sound"), ("SITC3", "68998", "sound"), ("ScheduleB2022", "8112926100", "sound"),
     ("HS2007", "850760", "unknown"), ("HS1992", "811230", "dead"), ("NAICS", "x", "misread")],
)  # fmt: skip
def test_codes_of_other_nomenclatures_are_judged_too(nomenclature: str, code: str, told: str) -> None:
    assert verdict(code, nomenclature) == told


def test_a_code_is_judged_in_the_year_it_is_used_in() -> None:
    assert verdict("811230", year=2006) == "changed"
    assert verdict("811230", year=2007) == "dead"
    early = facts(Asked("850760", "typed"), year=2010)
    assert early.early
    assert early.verdict == "changed"


@pytest.mark.parametrize(
    ("edition", "code", "told"),
    [("HS1992", "850760", "HS2012 to HS2022"), ("HS1992", "382499", "HS2017 to HS2022"),
     ("HS2017", "810610", "in HS2022")],
)  # fmt: skip
def test_a_code_that_only_later_editions_have_is_unknown_in_the_one_named(
    edition: str, code: str, told: str
) -> None:
    answer = check([code], nomenclature=edition, year=2006)
    assert answer.table.rows[0]["verdict"] == "unknown"
    (one,) = answer.findings
    assert (one.rule, one.expected) == ("code-unknown", f"a code of {edition}")
    assert told in one.found


def test_a_tariff_line_of_which_nothing_was_imported_in_2024_is_not_new() -> None:
    tariff = [codes(one) for one in ("HTS2022", "HTS2025")]
    since = {code: life("HTS", code) for code in tariff[0].keys() & tariff[1].keys()}
    assert len(since) > 20_000
    assert {one.since for one in since.values() if one} == {None}


def test_a_code_that_only_a_reviewed_change_names_is_known() -> None:
    told = check(["8507600030"], year=2026)
    (row,) = told.table.rows
    assert (row["verdict"], row["since"], row["before"]) == ("changed", 2026, "8507600020")
    assert row["advice"].startswith("HTS 2026, split from 8507600020 [S].")
    assert [(one["edition"], one["tag"]) for one in told.details["changes"]] == [("HTS2026", "S")]
    assert "Not in force before 2026" in check(["8507600090"], year=2024).table.rows[0]["advice"]


def test_eight_digits_are_said_once_to_be_of_the_united_states() -> None:
    assert [one for one in check(["85076000", "28369100"]).notes if "CN" in one] == [EIGHT_DIGITS]
    assert EIGHT_DIGITS not in check(["85076000"], nomenclature="HTS").notes
    assert EIGHT_DIGITS not in check(["8507600020"]).notes


def test_a_material_stands_for_the_codes_of_the_edition_named() -> None:
    told = check(["lithium"], nomenclature="HS1992")
    assert {"283691", "253090"} <= set(told.table.column("code"))
    assert set(told.table.column("code")) <= codes("HS1992").keys()
    assert "252700" in told.notes[0]
    assert "811230" in check(["germanium"], nomenclature="HS1992").table.column("code")
    with pytest.raises(UsageError, match="HS2022 and HTS2025"):
        check(["lithium"], nomenclature="ScheduleB2022")


def test_dots_are_read_and_said() -> None:
    told = check(["8112.92", "8507.60.00.20"])
    assert told.table.column("verdict") == ["basket", "changed"]
    assert told.table.rows[0]["advice"].startswith("Written with dots, read as 811292.")
    assert [one.rule for one in told.findings].count("code-misread") == 2


def test_blank_cells_are_one_line_with_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("code,material\n283691,lithium\n,cobalt\n,zinc\n", encoding="utf-8")
    told = check([str(path)])
    assert told.table.column("advice")[1:] == ["2 rows without a code: list.csv, lines 3, 4."]
    assert [one.rows for one in told.findings if one.rule == "code-misread"] == [2]


def test_the_nearest_codes_are_looked_for_a_few_times_only() -> None:
    rows = check([f"28369{number:04}0" for number in range(400, 500)]).table.rows
    near = [row for row in rows if "Nearest:" in row["advice"]]
    assert len(rows) == 100
    assert 0 < len(near) <= CLOSE


def test_a_code_of_another_edition_is_dead_in_it_not_unknown() -> None:
    told = check(["811230"], nomenclature="HS2022").table.rows[0]
    assert (told["verdict"], told["until"], told["successors"]) == ("dead", 2006, "811292; 811299")


def test_repairs_are_made_only_when_asked_and_each_is_listed() -> None:
    kept = check(["8507.6"])
    assert kept.table.rows[0]["verdict"] == "misread"
    mended = check(["8507.6", "30110"], repair=True)
    assert mended.table.column("code") == ["850760", "030110"]
    assert mended.table.column("verdict") == ["changed", "dead"]
    assert [one.rule for one in mended.findings].count("code-misread") == 2
    assert "read as 850760" in mended.findings[0].expected


def test_a_split_of_ten_digits_is_told_with_its_year_and_successors() -> None:
    told = check(["8507600020", "2825600000", "3801105000"])
    rows = told.table.rows
    assert [row["successors"] for row in rows] == [
        "8507600030; 8507600090",
        "2825600010; 2825600020; 2825600050",
        "3801105010; 3801105090",
    ]
    assert [row["year"] for row in told.details["changes"]] == [2026, 2025, 2025]
    assert {row["tag"] for row in told.details["changes"]} == {"S", "C"}


def test_units_that_changed_are_told() -> None:
    told = check(["8505110070"])
    (unit,) = [one for one in told.findings if one.rule == "unit-regime"]
    assert "2019" in unit.found


def test_a_code_of_another_stage_is_told_with_the_right_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Material,Stage,HS6\nantimony,METAL,261710\nantimony,oxide,282580\n", encoding="utf-8")
    told = [one for one in check([str(path)]).findings if one.rule == "stage-mismatch"]
    (one,) = told
    assert (one.subject, one.found, one.expected) == ("HS 261710", "ore of antimony", "METAL of antimony")
    assert "811010" in one.hint
    assert one.where == "list.csv, line 2"


def test_a_code_of_another_material_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("mineral;stage;code\ncobalt;metal;811010\n", encoding="utf-8")
    (one,) = [one for one in check([str(path)]).findings if one.rule == "stage-mismatch"]
    assert "no cobalt, but antimony" in one.found


def test_a_material_without_a_code_is_told() -> None:
    told = check(["yttrium"])
    (one,) = [one for one in told.findings if one.rule == "code-missing"]
    assert "280530" in one.found
    assert {"280530", "284690"} <= set(told.table.column("code"))
    assert not [one for one in check(["lithium"]).findings if one.rule == "code-missing"]


def test_every_row_is_as_declared() -> None:
    for row in check(["811230", "8112.92", "8507600020", "yttrium", "x", "99999"]).table:
        assert tuple(row) == CODE_HEALTH.names
        assert row["verdict"] in VERDICTS
        assert all(row[one.name] is not None for one in CODE_HEALTH.columns if one.required or one.key)


# ── lists ─────────────────────────────────────────────────────────────────────────────────────


def test_codes_are_read_from_any_table(tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - for one test
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    (tmp_path / "a.txt").write_text("811230\n250410\n\n811230\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("name;HS Code\nx;811230\ny;250410\nz;811230\n", encoding="utf-8")
    book = openpyxl.Workbook()
    for line in (("Codes we use",), (), ("name", "hs6"), ("x", 811230), ("y", 250410), ("z", 811230)):
        book.worksheets[0].append(line)
    book.save(tmp_path / "c.xlsx")
    pq.write_table(pa.table({"v": [1, 2, 3], "k": [811230, 250410, 811230]}), tmp_path / "d.parquet")
    for name in ("a.txt", "b.csv", "c.xlsx", "d.parquet"):
        found = {one.given: one.rows for one in asked([str(tmp_path / name)])}
        assert found == {"811230": 2, "250410": 1}, name


def test_a_file_without_a_column_of_codes_names_those_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("country,value\nUSA,1\n", encoding="utf-8")
    with pytest.raises(SourceError, match="country, value"):
        asked([str(path)])
    assert asked([str(path)], "value")[0].given == "1"


def test_what_cannot_be_asked_is_said() -> None:
    with pytest.raises(UsageError, match=r"no file nothing\.csv"):
        check(["nothing.csv"])
    with pytest.raises(UsageError, match="nothing to check"):
        check([])
    with pytest.raises(UnknownCodeError, match="HS1993"):
        check(["811230"], nomenclature="HS1993")
    with pytest.raises(UnknownCodeError, match="antimny"):
        check(["811010"], material="antimny")
    with pytest.raises(UsageError, match="no code was in force in 1800"):
        check(["811230"], year=1800)


def test_a_folder_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        check([str(tmp_path)])
    (tmp_path / "lithium").mkdir()
    (tmp_path / "811230").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "283691" in check(["lithium", "811230"]).table.column("code")


@given(st.text(max_size=30))
def test_whatever_is_typed_gets_a_verdict(text: str) -> None:
    assert verdict(text) in VERDICTS


@given(st.sampled_from(HS_EDITIONS), st.integers(0, 999_999))
def test_six_digits_of_any_edition_get_a_verdict(edition: str, number: int) -> None:
    assert verdict(f"{number:06}", nomenclature=edition) in VERDICTS


@given(values=st.lists(st.sampled_from([0.0, 1.0, 99e3, 100e3, 1e6, 2e6, 10e6]), max_size=8))
def test_a_code_that_cannot_have_died_has_not(values: list[float]) -> None:
    yearly = dict(enumerate(values, 2005))
    assert may_have_died(yearly) or died(yearly) is died(yearly, {2007: 2011}) is None
