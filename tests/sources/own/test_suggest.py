"""A proposed mapping: right for files as analysts keep them, readable as it stands, honest about doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError, UsageError
from monazite.schema.provenance import FINDING
from monazite.sources.load import read_file
from monazite.sources.own import read_mapping, source_for, suggest
from monazite.sources.own.kinds import TARGETS
from monazite.sources.own.suggesting.weighing import PROPOSED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.own.conftest import Case

CASES = (
    "einfuhr_2024",
    "antimony",
    "exports_monthly",
    "exportations",
    "production",
    "ledger",
    "suppliers",
    "scores",
)


def with_constants(text: str, case: Case) -> str:
    """A proposed mapping with what the analyst adds by hand."""
    said = "".join(f"  {name}: {{value: {value}}}\n" for name, value in case.constants.items())
    kept = [line for line in text.splitlines() if line.strip().partition(":")[0] not in case.constants]
    return "\n".join(kept) + "\n" + said


@pytest.mark.parametrize("name", CASES)
def test_the_proposal_is_what_a_careful_reader_would_say(gallery: dict[str, Case], name: str) -> None:
    case = gallery[name]
    found = suggest(case.path)
    made = {one.column: one.source for one in found.columns if one.made and one.source}
    assert (found.table.name, made) == (case.table, dict(case.columns))


@pytest.mark.parametrize("name", CASES)
def test_the_file_is_read_through_its_proposal(gallery: dict[str, Case], name: str, tmp_path: Path) -> None:
    case, mapping = gallery[name], tmp_path / "proposed.yaml"
    mapping.write_text(with_constants(suggest(case.path).yaml, case), encoding="utf-8")
    read = read_file(source_for(read_mapping(mapping)), case.path)
    assert (len(read.tables[case.table]), len(read.refused)) == (case.rows, case.refused)
    assert read.records == case.rows + case.refused
    assert case.told <= {one.rule for one in read.findings}


def test_the_figures_of_the_gallery_are_in_our_units(gallery: dict[str, Case], tmp_path: Path) -> None:
    rows = {}
    for name in ("einfuhr_2024", "antimony", "exports_monthly", "exportations", "production"):
        case, mapping = gallery[name], tmp_path / f"{name}.yaml"
        mapping.write_text(with_constants(suggest(case.path).yaml, case), encoding="utf-8")
        rows[name] = read_file(source_for(read_mapping(mapping)), case.path).tables[case.table]
    (german,) = [row for row in rows["einfuhr_2024"] if row["period"] == "2024-03"]
    assert (german["exporter"], german["value_usd"], german["mass_t"]) == ("Österreich", 3250.5, 3.5)
    antimony = {(row["exporter"], row["year"]): row for row in rows["antimony"]}
    assert antimony["BOL", 2022]["value_usd"] == 2.5e6
    assert antimony["BOL", 2022]["mass_t"] == 120.001
    assert {row["code"] for row in rows["exports_monthly"]} == {"010111", "250410", "280530"}
    (march,) = [
        row for row in rows["exportations"] if row["period"] == "2024-03" and row["importer"] == "CIV"
    ]
    assert (march["value_usd"], march["mass_t"]) == (98765.25, 12.002)
    china = {
        row["year"]: row
        for row in rows["production"]
        if row["chapter"] == "Antimony" and row["country"] == "CHN"
    }
    assert (china[2019]["value"], china[2022]["value"], china[2022]["obs_status"]) == (
        89000.0,
        None,
        "withheld",
    )


@pytest.mark.parametrize("name", CASES)
def test_every_line_says_how_sure_it_is_and_why(gallery: dict[str, Case], name: str) -> None:
    for one in suggest(gallery[name].path).columns:
        assert 0 <= one.sure <= 1
        assert one.made is (one.sure >= PROPOSED)
        assert one.why


def test_what_a_load_still_needs_is_said(gallery: dict[str, Case]) -> None:
    found = suggest(gallery["ledger"].path)
    assert found.lacking == ("flow", "reporter")
    assert "# A load still needs: flow, reporter." in found.yaml
    assert '# flow: {value: "import"}' in found.yaml


def test_a_mass_without_a_unit_is_left_to_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Year,Partner,HS6,Value,Weight\n" + "2024,China,280530,5,5\n" * 3)
    text = suggest(path).yaml
    for unit in ("t", "kg"):
        assert f'  # mass_t: {{from: "Weight", unit: "{unit}"}}  # 0.50' in text


def test_two_values_that_differ_are_both_shown_and_neither_taken(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "Year,Partner,HS6,Trade value,Customs value\n2024,China,280530,5,7\n2023,Japan,280530,8,9\n"
    )
    found = suggest(path)
    shown = {one.source: one for one in found.columns if one.column == "value_usd"}
    assert shown.keys() == {"Trade value", "Customs value"}
    assert not any(one.made for one in shown.values())


def test_columns_that_say_the_same_are_no_rivals(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "refYear,reporterISO,partnerCode,partnerISO,partnerDesc,flowCode,flowDesc,cmdCode,primaryValue\n"
        "2024,USA,156,CHN,China,M,Import,280530,5\n2023,USA,392,JPN,Japan,X,Export,811292,6\n"
    )
    found = suggest(path)
    made = {one.column: (one.source, one.sure) for one in found.columns if one.made}
    assert made["partner"][0] == "partnerISO"
    assert made["flow"][0] == "flowCode"
    assert min(made["partner"][1], made["flow"][1]) > 0.9


def test_columns_without_a_telling_name_are_found_by_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("A,B\n" + "".join(f"CHN,{280000 + number}\n" for number in range(20)))
    found = suggest(path, TARGETS["trade"])
    (code,) = [one for one in found.columns if one.column == "code"]
    assert (code.source, code.made) == ("B", True)


def test_an_asked_table_is_proposed(gallery: dict[str, Case]) -> None:
    assert suggest(gallery["scores"].path, TARGETS["code"]).table is TARGETS["code"]
    with pytest.raises(UsageError, match="no mapping fills finding"):
        suggest(gallery["scores"].path, FINDING)


@pytest.mark.parametrize("content", ["", "one line", "1,2\n3,4\n", "\n\n\n", "%PDF-1.7", "<html>"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(content)
    with pytest.raises(SourceError):
        suggest(path)


def test_odd_headers_read_back(tmp_path: Path) -> None:
    path = tmp_path / 'odd "name" #1.csv'
    path.write_text(
        '"Partner: ""the"" country",Year,"HS # code",Value {USD}\nChina,2024,280530,5\nJapan,2024,280530,6\n'
    )
    mapping = tmp_path / "odd.yaml"
    mapping.write_text(suggest(path).yaml, encoding="utf-8")
    found = read_mapping(mapping)
    assert found.columns["code"].headers == ("HS # code",)
    assert found.columns["partner"].headers == ('Partner: "the" country',)
