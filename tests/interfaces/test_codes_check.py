"""The commands ``codes check`` and ``codes trace`` as their users meet them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from monazite.interfaces.cli.entry import main

if TYPE_CHECKING:
    from pathlib import Path

    Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("empty_store")


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No store of the user's own is looked at."""
    monkeypatch.setenv("MONAZITE_STORE", str(tmp_path / "none"))
    monkeypatch.setenv("COLUMNS", "100")


def told(arguments: list[str], capsys: Captured, code: int = 0) -> str:
    """What a command prints, its lines joined."""
    assert main(arguments) == code
    return " ".join(capsys.readouterr().out.split())


def test_the_terminal_shows_the_gravest_first_and_what_to_do(capsys: Captured) -> None:
    shown = told(["codes", "check", "283691", "811292", "811230", "8507600020"], capsys)
    assert shown.startswith("4 codes: 1 dead, 1 basket, 1 changed, 1 sound dead (1) 811230 HS germanium")
    assert "its goods went, with those of 811240, 811292 and 811299, into 811292 and 811299" in shown
    assert "germanium is 8–13% of the value of 811231, 811239" in shown
    assert "its goods went into 8507600030 and 8507600090" in shown
    assert "sound (1) 283691" in shown


def test_json_is_everything_and_csv_the_rows(capsys: Captured) -> None:
    assert main(["codes", "check", "811230", "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert [one["rule"] for one in whole["findings"]] == ["code-dead"]
    assert set(whole["details"]) == {"changes", "reconstructed", "taken_over"}
    assert main(["codes", "check", "811230", "8507.6", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["verdict"] for row in rows] == ["dead", "misread"]


def test_a_verdict_can_fail_a_gate(capsys: Captured) -> None:
    assert main(["codes", "check", "811230"]) == 0
    assert main(["codes", "check", "811230", "--fail-on", "dead"]) == 1
    assert main(["codes", "check", "283691", "--fail-on", "dead", "--fail-on", "changed"]) == 0
    assert capsys.readouterr().err == ""


def test_a_code_of_a_later_edition_fails_a_gate_on_unknown(capsys: Captured) -> None:
    gate = ["codes", "check", "850760", "--nomenclature", "HS1992", "--year", "2006", "--fail-on", "unknown"]
    assert "Not in HS1992; in HS2012 to HS2022" in told(gate, capsys, 1)


def test_repair_lists_what_it_read(capsys: Captured) -> None:
    assert "8507.6 → 850760 HS A decimal number" in told(["codes", "check", "8507.6"], capsys)
    mended = told(["codes", "check", "8507.6", "--repair"], capsys)
    assert "Read as 850760: a decimal number" in mended


def test_a_stage_is_held_against_the_map(capsys: Captured) -> None:
    shown = told(["codes", "check", "261710", "--material", "antimony", "--stage", "METAL"], capsys)
    assert "stage-mismatch HS 261710: ore of antimony; expected METAL of antimony." in shown
    assert "The map has refined of antimony in 811010" in shown


def test_what_is_wrong_is_said_on_standard_error(capsys: Captured, tmp_path: Path) -> None:
    assert main(["codes", "check", "nothing.csv"]) == 2
    assert "no file nothing.csv" in capsys.readouterr().err
    assert main(["codes", "check"]) == 2
    assert "nothing to check" in capsys.readouterr().err
    path = tmp_path / "list.csv"
    path.write_text("country,value\nUSA,1\n", encoding="utf-8")
    assert main(["codes", "check", str(path)]) == 4
    assert "--column" in capsys.readouterr().err


def test_a_trace_is_a_tree(capsys: Captured) -> None:
    assert main(["codes", "trace", "811230", "--from", "HS1992"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "└── 811230  HS1992 to HS2002" in lines
    assert "    ├── 811292  HS2007 to HS2017  n:n" in lines
    assert "    │   ├── 811231  HS2022  1:n  Hafnium: Unwrought; waste and scrap; powders" in lines


def test_a_trace_says_once_why_a_link_is_not_followed(capsys: Captured) -> None:
    shown = told(["codes", "trace", "850780"], capsys)
    assert shown.count("Electrical and electronic waste, new in 2022") == 1
    assert "✂ 854921, 854929, 854931, 854939, 854991, 854999 not followed" in shown


def test_a_trace_as_a_table(capsys: Captured) -> None:
    assert main(["codes", "trace", "8507600020", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["other"] for row in rows if row["direction"] == "across"} >= {
        "NAICS",
        "BEA",
        "EndUse",
        "SITC4",
    }
    assert main(["codes", "trace", "811233"]) == 2


@pytest.mark.needs("real-data")
def test_baci_in_a_store_lists_the_dead_with_the_year(
    real_data: Path, tmp_path: Path, capsys: Captured
) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only with the real files

    whole = real_data / "baci" / "baci_hs92_1995_2024_mining_codes.parquet"
    wanted = ("250390", "283030", "811230", "810600")
    path, store = tmp_path / whole.name, str(tmp_path / "store")
    pq.write_table(pq.read_table(whole, filters=[("k", "in", wanted)]), path)
    assert main(["load", str(path), "--store", store]) == 0
    capsys.readouterr()
    assert main(["codes", "check", "--nomenclature", "HS1992", "--store", store, "--format", "csv"]) == 0
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert {code: row["fell"] for code, row in rows.items() if row["verdict"] == "dead"} == {
        "250390": "2000",
        "283030": "2008",
        "811230": "2007",
    }
    assert {row["fell_with"] for row in rows.values() if row["fell"]} == {"HS1996", "HS2007"}
    assert rows["810600"]["trade"] == "lives"
