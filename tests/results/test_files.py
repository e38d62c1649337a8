"""Writers: what is read back is what was written, whatever the names hold, and nothing partial is left."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shlex
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import UsageError
from monazite.results.files import FORMS, form_of, render, write
from monazite.results.files.citation import bibtex, csl_json
from monazite.results.files.delimited import disarmed
from monazite.results.files.forms import render_frame
from monazite.results.files.markdown import escaped
from monazite.results.frame import Frame
from monazite.results.result import Headline, Result, Source
from monazite.schema.dependence import DEPENDENCE, PRODUCERS, SERIES, SOURCES
from monazite.schema.findings import finding

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

HOSTILE = (
    '=HYPERLINK("https://example.org","tin")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3+cmd|' /C calc'!A0",
    'quo"te, comma\nand a line\r\nmore',
    "pipe | <b>bold</b> `code` *star*",
    "\ttab first",
    "https://example.org/a",
    "مَعدِن \U0001faa8 稀土",
    "{=1+1}",
    "00123",
    "NaN",
)


def a_row(material: str, **told: object) -> dict[str, Any]:
    """A row of the dependence table; what is not told is missing."""
    row: dict[str, Any] = dict.fromkeys(DEPENDENCE.names)
    row |= {"item": f"{material}.form", "material": material, "name": material, "stage": "refined"}
    row |= {"as_of": "mcs2026"}
    row |= {"year": 2025, "list_2022": True, "list_2025": True, "single_source": False, "net_exporter": False}
    return row | told


def a_result(*extra: dict[str, Any]) -> Result:
    """Figures of MCS 2026 for 2025, and one of MCS 2025; one row without any."""
    rows = (
        a_row(
            "antimony", symbol="Sb", reliance_low=0.91, reliance_high=0.91, reliance_published="91",
            reliance_status="normal", estimated=True, leading_source="CHN", leading_source_name="China",
            leading_source_low=0.55, leading_source_high=0.55, source_hhi_low=0.3269, source_hhi_high=0.3305,
            price=25.0, price_unit="dollars per pound", single_source=True,
        ),
        a_row(
            "germanium", symbol="Ge", reliance_low=0.5, reliance_high=1.0, reliance_published=">50",
            reliance_status="censored", estimated=True, findings="censored",
        ),
        a_row(
            "boron", reliance_high=0.0, reliance_published="E", reliance_status="net-exporter",
            net_exporter=True,
        ),
        a_row(
            "rare earths", reliance_low=0.67, reliance_high=0.67, reliance_published="67",
            reliance_status="normal", previous_as_of="mcs2025", previous_year=2024,
            previous_published="80", revised_published="53", revision=-0.27, findings="vintage-revised",
        ),
        a_row(
            "rubidium", reliance_status="not-available", reason="The chapter gives no reliance.",
            findings="no-data",
        ),
        *extra,
    )  # fmt: skip
    sources = [
        ("CHN", "China", 0.55),
        ("BEL", "Belgium", 0.12),
        ("THA", "Thailand", 0.08),
        ("IND", "India", 0.06),
    ]
    return Result(
        study="dependence",
        question="How much of what it uses does the United States import?",
        title="Import dependence of the United States, 2025",
        table=Frame(DEPENDENCE, rows),
        details={
            "series": Frame(SERIES, (a_figure(2024, 0.86), a_figure(2025, 0.91))),
            "sources": Frame(
                SOURCES, tuple(a_source(rank, *one) for rank, one in enumerate(sources, start=1))
            ),
            "producers": Frame(PRODUCERS, ()),
        },
        findings=(
            finding("censored", "germanium", where="mcs2026, line 2791", found=">50", expected="a figure"),
        ),
        sources=(
            Source(
                "mcs2026",
                "Mineral Commodity Summaries 2026 data release",
                "U.S. Geological Survey",
                "10.5066/P1WKQ63T",
                "public domain",
                ("0123456789abcdef",),
            ),
        ),
        headlines=(Headline("above half", "4", "of 5"),),
        method="Net import reliance as published.",
        parameters={"materials": ("antimony", "germanium"), "year": None, "as_of": "mcs2026"},
        version="0.1.0",
        notes=("A note.",),
    )


def a_figure(year: int, share: float) -> dict[str, Any]:
    """One figure of the series of antimony."""
    return {
        "item": "antimony.form", "term": "net-import-reliance", "series": "Net import reliance",
        "as_of": "mcs2026", "year": year, "low": share, "high": share, "unit": "1",
        "obs_status": "normal", "estimated": year == 2025, "published": f"{100 * share:.0f}",
    }  # fmt: skip


def a_source(rank: int, partner: str, name: str, share: float) -> dict[str, Any]:
    """One source of imports of antimony, 2021–24."""
    return {
        "item": "antimony.form", "rank": rank, "partner": partner, "name": name, "low": share, "high": share,
        "published": f"{100 * share:.0f}", "period": "2021–24", "form": "Total metal and oxide",
    }  # fmt: skip


def hostile_result() -> Result:
    """The same, with every hostile text as a name, a reason and a use."""
    rows = (
        a_row(f"hostile {number}", name=text, form=text, reason=text, uses=text)
        for number, text in enumerate(HOSTILE)
    )
    result = a_result(*rows)
    return dataclasses.replace(result, title=HOSTILE[0], notes=HOSTILE, method=HOSTILE[2])


def opened(data: bytes) -> Any:  # noqa: ANN401 - openpyxl's workbook, read cell by cell
    """A workbook from its bytes."""
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(sheet: Worksheet) -> list[dict[str, Any]]:
    """Rows of a sheet under its header."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────


def test_csv_is_rfc_4180_without_byte_order_mark() -> None:
    data = render(a_result(), "csv")
    assert data.startswith(b"item,material,name,")
    assert data.count(b"\r\n") == 6
    assert data.count(b"\n") == 6


def test_csv_reads_back_and_a_missing_value_is_empty_with_its_status_beside_it() -> None:
    rows = list(csv.DictReader(io.StringIO(render(a_result(), "csv").decode("utf-8"), newline="")))
    assert list(rows[0]) == list(DEPENDENCE.names)
    assert (rows[0]["reliance_low"], rows[0]["single_source"], rows[0]["year"]) == ("0.91", "true", "2025")
    assert (rows[4]["reliance_low"], rows[4]["reliance_status"]) == ("", "not-available")
    assert rows[3]["revision"] == "-0.27"


def test_csv_gives_a_spreadsheet_no_formula_and_loses_no_text() -> None:
    rows = list(csv.DictReader(io.StringIO(render(hostile_result(), "csv").decode("utf-8"), newline="")))[5:]
    assert [row["name"].removeprefix("'") for row in rows] == list(HOSTILE)
    assert [row["name"][0] for row in rows[:4]] == ["'"] * 4


@given(st.text())
def test_a_disarmed_text_is_the_text_or_the_text_behind_an_apostrophe(text: str) -> None:
    assert disarmed(text) in (text, f"'{text}")
    assert not disarmed(text).startswith(("=", "@", "\t", "\r"))


@given(st.sampled_from("+-"), st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_signed_number_written_as_text_stays_as_it_is(sign: str, value: object) -> None:
    assert disarmed(f"{sign}{value}") == f"{sign}{value}"


# ── JSON and JSON Lines ──────────────────────────────────────────────────────────────────────


def test_json_holds_rows_columns_details_findings_and_citation() -> None:
    result = hostile_result()
    told = json.loads(render(result, "json"))
    assert told["rows"] == list(result.table)
    assert told["details"]["sources"]["rows"] == list(result.details["sources"])
    assert told["columns"][11] == {
        "name": "reliance_low",
        "type": "number",
        "unit": "1",
        "basis": "",
        "meaning": DEPENDENCE.column("reliance_low").meaning,
    }
    assert told["findings"][0]["rule"] == "censored"
    assert told["citation"] == result.cite()
    assert told["parameters"] == {"materials": ["antimony", "germanium"], "year": None, "as_of": "mcs2026"}


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(a_result(a_row("nan", price=float("nan"))), "json")


def test_jsonl_is_one_row_per_line() -> None:
    result = hostile_result()
    lines = render(result, "jsonl").decode("utf-8").removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == list(result.table)


# ── Parquet ──────────────────────────────────────────────────────────────────────────────────


def test_parquet_reads_back_with_declared_types() -> None:
    result = hostile_result()
    table = pq.read_table(io.BytesIO(render(result, "parquet")))
    assert table.to_pylist() == list(result.table)
    types = {
        name: str(table.schema.field(name).type) for name in ("name", "year", "reliance_low", "list_2025")
    }
    assert types == {"name": "string", "year": "int64", "reliance_low": "double", "list_2025": "bool"}


# ── XLSX ─────────────────────────────────────────────────────────────────────────────────────


def test_xlsx_has_the_sheets_an_analyst_looks_for() -> None:
    assert opened(render(a_result(), "xlsx")).sheetnames == [
        "Data", "Series", "Sources of imports", "Producers", "Findings", "Notes", "Sources",
    ]  # fmt: skip


def test_xlsx_keeps_types_and_leaves_missing_cells_empty() -> None:
    rows = cells(opened(render(a_result(), "xlsx"))["Data"])
    assert rows[0]["reliance_low"] == 0.91
    assert rows[0]["single_source"] is True
    assert rows[0]["year"] == 2025
    assert rows[3]["revision"] == -0.27
    assert rows[4]["reliance_low"] is None
    assert rows[4]["reliance_status"] == "not-available"


def test_xlsx_formats_numbers_as_what_they_are() -> None:
    sheet = opened(render(a_result(), "xlsx"))["Data"]
    shown = {name: sheet.cell(2, DEPENDENCE.names.index(name) + 1).number_format for name in DEPENDENCE.names}
    assert shown["reliance_low"] == "0%"
    assert shown["source_hhi_low"] == "0.000"
    assert shown["year"] == "0"
    assert shown["price"] == "#,##0"
    assert sheet.cell(2, DEPENDENCE.names.index("leading_source_low") + 1).number_format == "0%"


def test_xlsx_header_is_frozen_filtered_and_explained() -> None:
    sheet = opened(render(a_result(), "xlsx"))["Data"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref.startswith("A1:")
    comment = sheet.cell(1, DEPENDENCE.names.index("reliance_low") + 1).comment.text
    assert "Net import reliance, lower end" in comment
    assert "Unit: a share, 1 = 100 percent" in comment


def test_xlsx_holds_no_formula_and_no_link_whatever_the_names_are() -> None:
    data = render(hostile_result(), "xlsx")
    book = opened(data)
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in every if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in every if cell.hyperlink] == []
    names = [row["name"] for row in cells(book["Data"])[5:]]
    assert [str(name).replace("_x000D_", "\r") for name in names] == list(HOSTILE)


def test_xlsx_clips_a_text_no_cell_can_hold() -> None:
    book = opened(render(a_result(a_row("long", reason="x" * 40_000)), "xlsx"))
    reason = str(cells(book["Data"])[-1]["reason"])
    assert len(reason) == 32_767
    assert reason.endswith("…")


def test_xlsx_notes_explain_every_column_and_sources_say_how_to_cite() -> None:
    result = a_result()
    book = opened(render(result, "xlsx"))
    notes = [[cell.value for cell in row] for row in book["Notes"].iter_rows()]
    explained = {row[0]: row[1] for row in notes}
    assert explained["Question"] == result.question
    assert explained["Data: reliance_low"] == DEPENDENCE.column("reliance_low").meaning
    assert explained["Parameter materials"] == "antimony, germanium"
    cited = [cell.value for cell in book["Sources"]["B"]]
    assert result.cite() in cited
    assert "https://doi.org/10.5066/P1WKQ63T" in cited


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((), "the minerals of the 2025 list"),
        (("all",), "all commodities"),
        (("All",), "all commodities"),
        (("tin", "zinc"), "tin, zinc"),
    ],
)
def test_xlsx_notes_say_which_materials_were_asked_for(asked: tuple[str, ...], told: str) -> None:
    parameters = {**a_result().parameters, "materials": asked, "stages": ()}
    result = dataclasses.replace(a_result(), parameters=parameters)
    notes = {row[0]: row[1] for row in opened(render(result, "xlsx"))["Notes"].iter_rows(values_only=True)}
    assert (notes["Parameter materials"], notes["Parameter stages"]) == (told, "all")


def test_xlsx_carries_no_date_of_today() -> None:
    with zipfile.ZipFile(io.BytesIO(render(a_result(), "xlsx"))) as book:
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in book.read("docProps/core.xml")


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────


def test_markdown_prints_bounds_as_bounds_and_says_why_a_figure_is_missing() -> None:
    page = render(a_result(), "md").decode("utf-8")
    assert "| Antimony (refined) | 91% | China 55% | 0.33 |" in page
    assert r"| Germanium (refined) | \>50% |" in page
    assert "| Boron (refined) | net exporter |" in page
    assert "| Rubidium (refined) | not available: The chapter gives no reliance. |" in page


def test_markdown_keeps_one_line_and_six_cells_per_row_whatever_the_names_are() -> None:
    page = render(hostile_result(), "md").decode("utf-8")
    lines = [line for line in page.split("\n") if line.startswith("| ")]
    assert len(lines) == 2 + 5 + len(HOSTILE)
    assert {line.replace(r"\|", "").count("|") for line in lines} == {7}
    assert "<b>" not in page


@given(st.text())
def test_an_escaped_text_is_one_line_without_bare_pipes_or_tags(text: str) -> None:
    told = escaped(text)
    assert len(told.splitlines()) <= 1
    bare = told.replace("\\\\", "").replace("\\|", "").replace("\\<", "")
    assert "|" not in bare
    assert "<" not in bare


# ── Citation ─────────────────────────────────────────────────────────────────────────────────


def test_bibtex_and_csl_name_publisher_year_and_doi() -> None:
    result = a_result()
    assert "@misc{mcs2026," in bibtex(result)
    assert "author = {{U.S. Geological Survey}}" in bibtex(result)
    own, publication = json.loads(csl_json(result))
    assert own["type"] == "software"
    assert publication["DOI"] == "10.5066/P1WKQ63T"
    assert publication["issued"] == {"date-parts": [[2026]]}


# ── Forms and files ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
def test_the_same_result_gives_the_same_bytes(form: str) -> None:
    assert render(hostile_result(), form) == render(hostile_result(), form)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_holds_what_render_gives(form: str, tmp_path: Path) -> None:
    result = a_result()
    assert write(result, tmp_path / f"a.{form}").read_bytes() == render(result, form)
    assert [path.name for path in tmp_path.iterdir()] == [f"a.{form}"]


def test_an_unknown_form_or_ending_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no writer for the form 'doc'; there are csv, json"):
        write(a_result(), tmp_path / "a.csv", "doc")
    with pytest.raises(UsageError, match=r"stands for no form; there are \.csv"):
        form_of("a.doc")
    with pytest.raises(UsageError, match="there are csv, json, jsonl"):
        render_frame(a_result().table, "md")


def test_a_temporary_folder_without_room_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "monazite", "assess", "-o", str(tmp_path / "a.parquet")]
    script = f"ulimit -f 1; exec {shlex.join(command)}"
    run = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)  # noqa: S607 - bash, wherever it is
    assert run.returncode == 1
    assert run.stderr == "monazite: no Parquet in the temporary folder: File too large; set TMPDIR.\n"
    assert list(tmp_path.iterdir()) == []
