"""The commands search, show, map and reform, as a reader meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from monazite.interfaces.cli.codes.map import map_
from monazite.interfaces.cli.codes.reform import reform
from monazite.interfaces.cli.codes.search import search
from monazite.interfaces.cli.codes.show import show

if TYPE_CHECKING:
    from pathlib import Path

    import click


def run(command: click.Command, *words: str, columns: int = 100) -> str:
    """What a command prints."""
    done = CliRunner(env={"COLUMNS": str(columns)}).invoke(command, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("columns", [60, 100])
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (search, ("permanent", "magnet")),
        (show, ("8112.92",)),
        (map_, ("gallium",)),
        (map_, ()),
        (reform, ("--heading", "2846")),
    ],
)
def test_no_line_is_wider_than_the_terminal(
    command: click.Command, words: tuple[str, ...], columns: int
) -> None:
    text = run(command, *words, columns=columns)
    assert text.strip()
    assert max(map(len, text.splitlines())) <= columns


def test_search_shows_code_text_unit_and_why() -> None:
    text = run(search, "galium", "--top", "1")
    for told in ("8112.92.10.00", "Gallium", "kg", "HTS2025", "says gallium"):
        assert told in text


def test_search_says_that_nothing_fits() -> None:
    assert "No code fits" in run(search, "xqzkwvjj")


def test_show_tells_health_editions_and_leading_partner() -> None:
    text = run(show, "811292")
    for told in ("basket of 5", "HS2002", "Brazil 37%", "germanium", "Slovakia"):
        assert told in text


def test_the_map_of_a_material_goes_stage_by_stage() -> None:
    text = run(map_, "gallium")
    assert text.index("\nore\n") < text.index("\nrefined\n") < text.index("\nscrap\n")
    assert "0–100%" in text


def test_the_map_of_everything_counts() -> None:
    text = run(map_)
    assert "Own codes" in text
    assert "yttrium" in text


def test_the_reform_reads_as_a_list() -> None:
    text = run(reform, "--top", "3")
    for told in (
        "484(f) committee",
        "World Customs Organization",
        "Not proposed",
        "2825.60.00.00",
        "Lines: ",
    ):
        assert told in text


def test_the_reform_is_a_workbook_with_lines_and_partners(tmp_path: Path) -> None:
    path = tmp_path / "reform.xlsx"
    run(reform, "--top", "3", "-o", str(path))
    assert {"Data", "Lines", "Partners", "Findings", "Notes", "Sources"} <= set(
        load_workbook(path).sheetnames
    )


def test_the_reform_as_json_holds_every_detail() -> None:
    told = json.loads(run(reform, "--heading", "2846.90.80.90", "--format", "json"))
    assert told["rows"][0]["code"] == "2846908090"
    assert len(told["details"]["lines"]["rows"]) == told["rows"][0]["lines"]


@pytest.mark.parametrize("form", ["md", "html"])
def test_map_and_reform_are_pages(form: str) -> None:
    assert "8112.92" in run(map_, "gallium", "--format", form)
    assert "8112.92" in run(reform, "--heading", "8112.92", "--format", form)


def test_drafts_are_written_for_each_heading(tmp_path: Path) -> None:
    run(reform, "--heading", "2846", "--request", str(tmp_path / "drafts"))
    names = sorted(one.name for one in (tmp_path / "drafts").iterdir())
    assert names == ["484f-2846.html", "484f-2846.md", "wco-2846.html", "wco-2846.md"]
