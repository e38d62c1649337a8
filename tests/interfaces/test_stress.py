"""``monazite stress``: lists, templates, cuts, reports, and what is asked wrongly."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from monazite.studies.stress.scenario import scenario_of, shipped

if TYPE_CHECKING:
    from pathlib import Path

FEW = ("--draws", "64")


def run(*arguments: str, folder: Path, columns: int = 100) -> subprocess.CompletedProcess[str]:
    """The command, in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MONAZITE_")}
    environment = kept | {"COLUMNS": str(columns), "XDG_CONFIG_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "monazite", "stress", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_list_names_every_scenario(tmp_path: Path) -> None:
    told = run("--list", folder=tmp_path).stdout
    assert all(one.id in told for one in shipped())


def test_the_template_is_a_scenario(tmp_path: Path) -> None:
    told = run("--template", folder=tmp_path)
    assert scenario_of(told.stdout).cuts


@pytest.mark.parametrize("columns", [60, 120])
def test_a_cut_is_answered_within_the_width(tmp_path: Path, columns: int) -> None:
    told = run("--cut", "gallium:China:100%:12mo", *FEW, folder=tmp_path, columns=columns)
    assert told.returncode == 0, told.stderr
    for word in ("gallium", "Defence", "judgement", "What drives the spread"):
        assert word in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= columns


def test_a_report_and_a_workbook(tmp_path: Path) -> None:
    report, book = tmp_path / "report.html", tmp_path / "book.xlsx"
    told = run("gallium-2024", *FEW, "-o", str(book), "--report", str(report), folder=tmp_path)
    assert told.returncode == 0, told.stderr
    page = report.read_text(encoding="utf-8")
    assert page.count("<svg") >= 5
    assert "Value added lost" in page
    assert book.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "asked for nothing"),
        (("gallium-2024", "--list"), "SCENARIO and --list"),
        (("galium-2024",), "nearest: gallium-2024"),
        (("--cut", "galium:China:100%"), "gallium"),
        (("gallium-2024", "--workers", "2"), "go with --sweep"),
    ],
)
def test_what_is_asked_wrongly(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    found = run(*arguments, folder=tmp_path)
    assert found.returncode == 2
    assert told in found.stderr
