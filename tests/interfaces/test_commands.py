"""Each command: what it answers, and in which form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monazite.codes.materials import listed
from monazite.interfaces.cli.assess import FORMS
from monazite.results.files import BINARY, render
from monazite.results.files.findings import findings_frame
from monazite.studies.dependence import SORTS, dependence, reader_findings

if TYPE_CHECKING:
    from collections.abc import Callable


def records(text: str) -> list[dict[str, str]]:
    """Rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


# ── assess ───────────────────────────────────────────────────────────────────────────────────


def test_every_mineral_of_the_2025_list_has_a_value_an_interval_or_a_reason(run: Callable[..., Any]) -> None:
    rows = records(run("assess", "--format", "csv").out)
    assert {row["material"] for row in rows} == {one.id for one in listed(2025)}
    assert [row for row in rows if not (row["reliance_low"] or row["reliance_high"] or row["reason"])] == []


@pytest.mark.parametrize("form", [form for form in FORMS if form != "table"])
def test_a_form_is_what_the_writer_gives(form: str, run: Callable[..., Any]) -> None:
    told = run("assess", "Sb", "--format", form, "-o", "told")
    assert (told.code, told.err) == (0, "wrote told\n")
    assert Path("told").read_bytes() == render(dependence(("Sb",)), form)


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"table", *BINARY}])
def test_standard_output_and_a_file_hold_the_same(form: str, run: Callable[..., Any]) -> None:
    run("assess", "Sb", "-o", f"told.{form}")
    assert run("assess", "Sb", "--format", form, "-o", "-").out.encode() == Path(f"told.{form}").read_bytes()


def test_year_edition_and_order_reach_the_study(run: Callable[..., Any]) -> None:
    told = json.loads(
        run(
            "assess", "Ga", "Ge", "--year", "2023", "--as-of", "mcs2025", "--sort", "name", "--format", "json"
        ).out
    )
    expected = {"year": 2023, "as_of": "mcs2025", "sort": "name", "materials": ["Ga", "Ge"]}
    assert expected.items() <= told["parameters"].items()


def test_help_names_every_order_of_the_study(run: Callable[..., Any]) -> None:
    told = " ".join(run("assess", "--help").out.split()).replace("- ", "-")
    assert all(order in told for order in SORTS)


def test_all_asks_for_every_commodity_and_goes_with_no_name(run: Callable[..., Any]) -> None:
    everything = {row["item"] for row in records(run("assess", "--all", "--format", "csv").out)}
    some = {row["item"] for row in records(run("assess", "--format", "csv").out)}
    assert some < everything
    assert {row["item"] for row in records(run("assess", "all", "--format", "csv").out)} == everything
    assert run("assess", "tin", "--all").code == 2


@pytest.mark.parametrize(
    "command", [["cite"], ["findings", "--format", "csv"], ["assess", "--format", "csv"]]
)
def test_the_word_all_and_the_option_ask_for_the_same(command: list[str], run: Callable[..., Any]) -> None:
    assert run(*command, "all") == run(*command, "--all") == run(*command, "ALL", "--all")
    assert run(*command, "all") != run(*command)


def test_a_stage_keeps_its_rows_and_what_stands_behind_them(run: Callable[..., Any]) -> None:
    told = json.loads(run("assess", "titanium", "--stage", "ore", "--format", "json").out)
    items = {row["item"] for row in told["rows"]}
    assert {row["stage"] for row in told["rows"]} == {"ore"}
    assert {row["item"] for row in told["details"]["series"]["rows"]} == items
    assert {finding["subject"] for finding in told["findings"]} <= items
    assert (
        run("assess", "antimony", "--stage", "scrap").err
        == "monazite: no row at the stage scrap; there are refined.\n"
    )


def test_the_report_is_written_and_its_path_told_beside_the_table(run: Callable[..., Any]) -> None:
    told = run("assess", "antimony", "--report", "report.html")
    assert told.code == 0
    assert "Antimony" in told.out
    assert told.err == "report: report.html\n"
    assert b"Antimony" in Path("report.html").read_bytes()


@pytest.mark.parametrize("option", ["-o", "--report"])
def test_a_path_that_cannot_be_written_is_a_message_and_leaves_nothing(
    option: str, run: Callable[..., Any]
) -> None:
    told = run(
        "assess", "antimony", option, "nowhere/out.html" if option == "--report" else "nowhere/out.csv"
    )
    assert told.code == 1
    assert told.err.startswith("monazite: cannot write nowhere/out.")
    assert "there is no folder nowhere" in told.err
    assert list(Path().iterdir()) == []


def test_an_ending_without_a_form_is_told_before_anything_is_written(run: Callable[..., Any]) -> None:
    told = run("assess", "antimony", "-o", "out.doc")
    assert told.code == 2
    assert "the ending of out.doc stands for no form" in told.err
    assert run("findings", "antimony", "-o", "out.xlsx").code == 2
    assert list(Path().iterdir()) == []


def test_the_workbook_of_the_whole_list_opens_with_real_numbers(run: Callable[..., Any]) -> None:
    run("assess", "-o", "all.xlsx")
    sheet = openpyxl.load_workbook("all.xlsx")["Data"]
    head, *rows = sheet.iter_rows(values_only=True)
    by_item = {row[0]: dict(zip(map(str, head), row, strict=True)) for row in rows}
    assert by_item["antimony.metal_oxide"]["reliance_low"] == 0.91
    assert len(rows) == len(dependence().table)


# ── show, findings, cite ─────────────────────────────────────────────────────────────────────


def test_show_has_both_editions_sources_producers_and_findings(run: Callable[..., Any]) -> None:
    told = run("show", "Sb").out
    for expected in (
        "Antimony (refined)",
        "MCS 2025",
        "MCS 2026",
        "Sources of imports",
        "World production",
        "China",
    ):
        assert expected in told
    assert "vintage-revised" in told
    assert "10.5066/P1WKQ63T" in told
    assert json.loads(run("show", "Sb", "--format", "json").out)["rows"][0]["material"] == "antimony"


@pytest.mark.parametrize("material", ["titanium", "uranium", "hafnium", "yttrium", "rubidium", "rhodium"])
def test_show_answers_where_sources_producers_or_series_are_missing(
    material: str, run: Callable[..., Any]
) -> None:
    told = run("show", material)
    assert (told.code, told.err) == (0, "")
    assert ("By year and edition" in told.out) == bool(dependence(material).details["series"].rows)


def test_a_group_is_shown_before_its_members(run: Callable[..., Any]) -> None:
    told = json.loads(run("show", "rare earths", "--format", "json").out)
    group = [row["material"] == "rare_earths" for row in told["rows"]]
    assert group == sorted(group, reverse=True)
    assert 0 < sum(group) < len(group)
    shown = run("show", "rare earths").out
    assert 0 < shown.index("\nRare earths (mineral concentrates)") < shown.index("\nDysprosium (")


@pytest.mark.parametrize(
    ("report", "output", "message"),
    [
        ("./a.html", "a.html", "-o and --report both name './a.html'"),
        ("a.csv", None, "--report: 'a.csv' does not end in .html"),
        ("-", None, "--report -: standard output takes the table"),
        ("-", "-", "--report -: standard output takes the table"),
        ("", None, "--report: '' is no name of a file."),
        ("a.html", "", "--output: '' is no name of a file."),
    ],
)
def test_a_report_that_has_no_place_of_its_own_is_refused_before_anything_is_written(
    report: str, output: str | None, message: str, run: Callable[..., Any]
) -> None:
    told = run("assess", "tin", "--report", report, *(["-o", output] if output is not None else []))
    assert (told.code, told.out) == (2, "")
    assert message in told.err
    assert list(Path().iterdir()) == []


def test_a_report_may_go_to_standard_output(run: Callable[..., Any]) -> None:
    told = run("assess", "tin", "--report", "-", "-o", "a.csv")
    assert (told.code, told.err) == (0, "wrote a.csv\n")
    assert told.out.encode() == render(dependence(("tin",)), "html")


def test_a_report_may_end_in_htm(run: Callable[..., Any]) -> None:
    assert run("assess", "tin", "--report", "a.HTM").err == "report: a.HTM\n"


def test_show_keeps_within_the_terminal(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (80, 100, 160):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert max(map(len, run("show", "cobalt").out.splitlines())) <= columns


def test_findings_are_filtered_and_counted(run: Callable[..., Any]) -> None:
    rows = records(run("findings", "--rule", "vintage-revised", "--rule", "withheld", "--format", "csv").out)
    assert {row["rule"] for row in rows} == {"vintage-revised", "withheld"}
    notes = json.loads(run("findings", "--severity", "note", "--format", "json").out)["rows"]
    assert {row["severity"] for row in notes} == {"note"}
    assert run("findings", "--severity", "note").out.endswith(f"\n{len(notes)} notes.\n")


def test_all_findings_of_the_result_are_listed(run: Callable[..., Any]) -> None:
    lines = run("findings", "cobalt", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == list(findings_frame(dependence("cobalt")))
    shown = " ".join(run("findings", "cobalt").out.split())
    assert all(finding.found in shown for finding in dependence("cobalt").findings)


def test_what_the_readers_found_is_listed_under_a_heading_of_its_own(run: Callable[..., Any]) -> None:
    told = run("findings", "--rule", "source-corrected", "--rule", "censored").out
    own, _, read = told.partition("\nIn the publisher's files\n")
    assert "censored " in own
    assert "source-corrected " not in own
    assert "source-corrected " in read
    corrected = [one for one in reader_findings("mcs2026") if one.rule == "source-corrected"]
    shown = " ".join(read.split())
    assert corrected
    assert all(f"{one.found}; expected {one.expected} {one.where}" in shown for one in corrected)


def test_what_the_readers_found_is_filtered_by_material_and_severity(run: Callable[..., Any]) -> None:
    def listed(*arguments: str) -> list[str]:
        rows = records(run("findings", *arguments, "--format", "csv").out)
        return [row["found"] for row in rows if "|" in row["subject"] or row["subject"].isupper()]

    every = reader_findings("mcs2026")
    assert listed() == listed("--all") == [one.found for one in every]
    assert listed("rare earths") == [one.found for one in reader_findings("mcs2026", ("rare earths",))]
    assert 0 < len(listed("rare earths")) < len(every)
    notes = [one.found for one in every if one.severity == "note"]
    assert listed("--severity", "note") == notes


def test_nothing_found_is_said(run: Callable[..., Any]) -> None:
    assert run("findings", "cesium", "--severity", "error").out == "No finding.\n"


def test_the_citation_in_three_forms(run: Callable[..., Any]) -> None:
    assert run("cite", "antimony").out == dependence(("antimony",)).cite() + "\n"
    assert run("cite", "--format", "bibtex").out.count("@misc{") == 1 + len(dependence().sources)
    assert len(json.loads(run("cite", "--format", "csl-json").out)) == 1 + len(dependence().sources)
    assert run("cite", "--format", "bibtex", "-o", "cited.bib").err == "wrote cited.bib\n"
