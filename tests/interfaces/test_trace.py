"""``monazite trace``: direct against origin on a screen and in files, and refusals that say what to load."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.schema.trace import TRACE

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("columns", ["100", "60"])
def test_direct_stands_beside_origin_and_its_bounds(
    columns: str, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    told = run("trace", "rare earths")
    assert (told.code, told.err) == (0, "")
    assert max(map(len, told.out.splitlines())) <= int(columns)
    (row,) = [line for line in told.out.splitlines() if re.match(r" ?China  ", line)]
    assert re.search(r"China +78% +65% +0–100%", row)
    words = " ".join(told.out.split())
    assert "78% of the imports are shipped from China; traced to their origin, 65% come from China" in words
    assert "Traced: refined, intermediate under 280530, 284610, 284690." in words
    assert "produced at stage ore: Rare Earths | Mine production (mcs2026)" in words
    for rule in ("stage-mismatch", "basis-mixed", "hub Estonia", "supply-unrecorded"):
        assert rule in words


@pytest.mark.parametrize(
    ("material", "rule", "load"),
    [
        ("germanium", "code-dead", "8112.92.60.00"),
        ("antimony", "stage-mismatch", "8110.10"),
        ("gallium", "code-basket", "monazite fetch census"),
        ("niobium", "code-basket", "--stage product has 7202.93 (ferroniobium)"),
    ],
)
def test_what_cannot_be_traced_is_refused_with_what_to_load(
    material: str, rule: str, load: str, run: Callable[..., Any]
) -> None:
    told = run("trace", material)
    assert (told.code, told.out) == (3, "")
    assert told.err.startswith(f"monazite: {rule}: {material} in 2024 cannot be traced")
    assert load in told.err


def test_files_hold_every_origin(run: Callable[..., Any]) -> None:
    told = run("trace", "graphite", "--importer", "EU27", "--year", "2023", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert list(rows[0])[: len(TRACE.names)] == list(TRACE.names)
    assert sum(float(row["origin"]) for row in rows) == pytest.approx(1, abs=0.01)
    assert "DEU" not in {row["country"] for row in rows}


def test_the_bands_stand_in_the_answer_for_programs(run: Callable[..., Any]) -> None:
    told = json.loads(run("trace", "graphite", "--by", "value", "--format", "json").out)
    bands = told["details"]["flows"]["rows"]
    assert sum(row["share"] for row in bands) == pytest.approx(1, abs=0.001)


def test_a_group_is_read_from_a_file(run: Callable[..., Any]) -> None:
    Path("allies.yaml").write_text("name: Allies\nmembers: [USA, Japan, KOR]\n", encoding="utf-8")
    told = run("trace", "graphite", "--importer", "allies.yaml")
    assert told.code == 0
    assert told.out.startswith("Origin of natural graphite imported by Allies, 2024")


def test_the_report_draws_the_bands(run: Callable[..., Any]) -> None:
    told = run("trace", "graphite", "-o", "graphite.csv", "--report", "graphite.html")
    assert (told.code, told.err) == (0, "wrote graphite.csv\nreport: graphite.html\n")
    page = Path("graphite.html").read_text(encoding="utf-8")
    assert "United States: China ships 46% of the imports and produced 49% of them" in page
    assert "China, shipped from South Korea" in page


def test_what_is_asked_wrongly_ends_with_two(run: Callable[..., Any]) -> None:
    assert run("trace", "unobtainium").code == 2
    assert run("trace", "graphite", "--importer", "Atlantis").code == 2
    assert run("trace", "graphite", "--by", "weight").code == 2
    assert run("trace", "graphite", "--year", "1900").code == 3


def test_help_teaches_with_examples(run: Callable[..., Any]) -> None:
    told = run("trace", "--help").out
    for part in ("Where the imports", "monazite trace graphite --importer EU27", "lowest and the highest"):
        assert part in told
