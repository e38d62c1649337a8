"""``monazite assess --group``: the same figures in every form, and what does not go together is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monazite.interfaces.cli.assess import FORMS
from monazite.results.files import render
from monazite.schema.group_imports import GROUPS, IMPORTS
from monazite.studies.imports import imports

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("columns", ["100", "60"])
def test_the_table_fits_and_gives_share_and_coverage(
    columns: str, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    told = run("assess", "--group", "batteries")
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= int(columns)
    (row,) = [line for line in lines if line.startswith("Lithium-ion batteries")]
    assert "$22.2 bn" in row
    assert "71% China" in row
    words = " ".join(told.out.split())
    assert "import dependence by value" in words
    assert "50 countries and the European Union" in words
    assert "net import reliance: production and exports are not counted" in words


def test_every_medicine_of_the_answer_is_in_the_table(run: Callable[..., Any]) -> None:
    out = run("assess", "--group", "pharmaceuticals").out
    for start in (
        "Antibiotics: penicill",
        "Heparin",
        "Ibuprofen",
        "Acetaminophen",
        "Hydrocortisone",
        "Vitamins: C",
    ):
        assert any(line.startswith(start) for line in out.splitlines()), start


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("table", "html")])
def test_a_form_is_what_the_writer_gives(form: str, run: Callable[..., Any]) -> None:
    told = run("assess", "--group", "magnets", "--format", form, "-o", "told")
    assert (told.code, told.err) == (0, "wrote told\n")
    assert Path("told").read_bytes() == render(imports("magnets"), form)


def test_csv_and_json_hold_every_column(run: Callable[..., Any]) -> None:
    text = run("assess", "--group", "magnets", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == IMPORTS.names
    told = json.loads(run("assess", "--group", "magnets", "--format", "json").out)
    assert [row["product"] for row in told["rows"]] == [row["product"] for row in rows]
    assert set(told["details"]) == {"codes", "partners"}
    assert told["parameters"] == {"group": "magnets", "year": 2024, "by": "value"}


def test_the_workbook_has_codes_partners_findings_and_sources(run: Callable[..., Any]) -> None:
    assert run("assess", "--group", "batteries", "-o", "batteries.xlsx").code == 0
    book = openpyxl.load_workbook("batteries.xlsx")
    assert book.sheetnames == ["Data", "Codes", "Partners", "Findings", "Notes", "Sources"]
    codes = {row[2].value: row for row in book["Codes"].iter_rows(min_row=2)}
    assert codes["8507600010"][2].data_type == "s"
    labels = [row[0].value for row in book["Sources"].iter_rows()]
    assert "DOI" not in labels
    assert "Digest (sha256)" in labels


def test_the_report_is_written_beside_the_table(run: Callable[..., Any]) -> None:
    told = run("assess", "--group", "batteries", "--report", "report.html")
    assert (told.code, told.err) == (0, "report: report.html\n")
    assert "Lithium-ion batteries" in Path("report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Sb",), "does not go with MATERIAL"),
        (("--all",), "does not go with --all"),
        (("--stage", "ore"), "does not go with --stage"),
        (("--as-of", "mcs2025", "--sort", "name"), "does not go with --as-of, --sort"),
    ],
)
def test_what_is_asked_of_materials_does_not_go_with_a_group(
    arguments: tuple[str, ...], said: str, run: Callable[..., Any]
) -> None:
    told = run("assess", "--group", "batteries", *arguments)
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_what_is_asked_of_a_group_needs_one(run: Callable[..., Any]) -> None:
    told = run("assess", "Sb", "--by", "weight")
    assert told.code == 2
    assert "add --group" in told.err


def test_an_edition_that_was_set_and_not_typed_is_no_fault(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONAZITE_AS_OF", "mcs2025")
    assert run("assess", "--group", "magnets").code == 0


def test_weights_that_are_not_loaded_are_refused_with_what_to_load(run: Callable[..., Any]) -> None:
    told = run("assess", "--group", "batteries", "--by", "weight", "--store", "empty")
    assert told.code == 3
    assert "monazite fetch census" in told.err


def test_a_year_that_is_not_shipped_is_refused(run: Callable[..., Any]) -> None:
    assert run("assess", "--group", "batteries", "--year", "2019").code == 3


def test_help_names_the_groups(run: Callable[..., Any]) -> None:
    out = run("assess", "--help").out
    assert all(group in out for group in GROUPS)


def test_the_table_on_the_page_is_the_one_printed(
    start: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    page = (ROOT / "docs/imports.md").read_text(encoding="utf-8")
    printed = page.partition("$ monazite assess --group magnets\n")[2].partition("```")[0]
    assert start("assess", "--group", "magnets").stdout == printed
