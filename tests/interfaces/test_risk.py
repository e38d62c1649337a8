"""``monazite risk`` and ``monazite compare``: what is printed fits, says why, and refuses what is wrong."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOME = ("gallium", "cobalt", "terbium", "germanium")


@pytest.fixture
def ask(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The command on what is shipped, in a terminal of a width."""

    def asked(command: str, *words: str, columns: int = 100) -> Any:  # noqa: ANN401 - what run gives
        monkeypatch.setenv("COLUMNS", str(columns))
        return run(command, *words, "--store", str(tmp_path / "nowhere"))

    return asked


@pytest.mark.parametrize("columns", [60, 100])
def test_names_and_places_are_whole_at_any_width(ask: Callable[..., Any], columns: int) -> None:
    told = ask("risk", columns=columns)
    assert told.code == 0
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= columns
    assert "…" not in told.out
    for name in ("niobium", "natural graphite", "metallurgical", "praseodymium"):
        assert any(name in line for line in lines)
    assert "vanadium: World HHI 9–10 of 41" in told.out


def test_a_reason_stands_for_each_and_gaps_are_told(ask: Callable[..., Any]) -> None:
    told = ask("risk", *SOME).out
    for name in SOME:
        assert f"\n{name}: " in told
    assert "lost its trade in 2007" in told
    assert "heavy rare earths as a group" in " ".join(told.split())
    assert "not-comparable measures: measures rest on" in told
    assert "--fraser FILE" in told


def test_a_measure_named_tells_its_inputs_and_formula(ask: Callable[..., Any]) -> None:
    told = ask("risk", *SOME, "--method", "world-hhi").out
    assert "share of China 0.99" in told
    assert "no world production by country" in told
    assert "Formula: Σ s² over producers." in told
    both = ask("risk", "cobalt", "--method", "reliance", "--method", "world-hhi").out
    assert "0.79 [25–33]" in both
    assert "0.55–0.57 [9–11]" in both


def test_a_composite_is_ranked_by_weights_written_down(ask: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("weights: {world_hhi: 0.5, reliance: 0.5}\n", encoding="utf-8")
    told = ask("risk", "gallium", "germanium", "--weights", str(file)).out
    assert "Composite" in told
    assert "0.25–1.00" in told  # half is not known
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("weights: {world_hhi: 0.5}\n", encoding="utf-8")
    refused = ask("risk", "gallium", "--weights", str(wrong))
    assert (refused.code, "sum to 0.5, not to 1" in refused.err) == (2, True)
    assert ask("risk", "gallium", "--method", "composite").code == 2


def test_all_places_go_to_a_file_and_a_report(ask: Callable[..., Any], tmp_path: Path) -> None:
    file, page = tmp_path / "risk.csv", tmp_path / "risk.html"
    assert ask("risk", "gallium", "copper", "-o", str(file), "--report", str(page)).code == 0
    with file.open(encoding="utf-8-sig") as stream:
        rows = {row["material"]: row for row in csv.DictReader(stream)}
    assert rows["copper"]["world_leader_name"] == "China"
    told = page.read_text(encoding="utf-8")
    assert "Why the measures disagree" in told
    assert "in the riskiest third by" in told


def test_geopolrisk_alone_takes_purchases(ask: Callable[..., Any], tmp_path: Path) -> None:
    assert "No score" in ask("risk", "--method", "geopolrisk", "germanium", "graphite").out
    bought = tmp_path / "bought.csv"
    bought.write_text("material,country,amount_t\ngraphite,China,5\n", encoding="utf-8")
    assert ask("risk", "--purchases", str(bought)).code == 2
    assert ask("risk", "--method", "geopolrisk", "--purchases", str(bought)).code == 0


def test_two_importers_are_compared(ask: Callable[..., Any]) -> None:
    told = ask("compare", "EU27", "Japan", "graphite", "--measure", "source-hhi", "--format", "json")
    (row,) = json.loads(told.out)["rows"]
    assert row["verdict"] == "higher"
    assert row["difference_low"] > 0.4
    page = ask("compare", "2023", "2024", "lithium", columns=60).out
    assert max(map(len, page.splitlines())) <= 60
    assert "lithium" in page
    assert "Alike" in page


def test_two_of_different_kinds_are_a_usage_error_that_teaches(ask: Callable[..., Any]) -> None:
    told = ask("compare", "EU27", "2024")
    assert (told.code, "two importers (EU27 Japan)" in told.err) == (2, True)
