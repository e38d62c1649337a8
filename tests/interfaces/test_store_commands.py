"""The commands of the store: load, tables, history, query, vacuum, sources, fetch, doctor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.interfaces.conftest import Ran

    Run = Callable[..., Ran]

YEAR = Path(__file__).parents[1] / "specimens" / "baci" / "BACI_HS92_Y2022_V202699.csv"
ROWS = 904


def rows(ran: Ran) -> list[dict[str, Any]]:
    """The rows a command printed as JSON Lines."""
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture
def loaded(run: Run) -> Path:
    """A store in the working folder that holds one year."""
    assert run("load", str(YEAR), "--store", "held").code == 0
    return Path("held")


def other_year(line: str = "2021,156,842,280530,5,1\n") -> Path:
    """Another year, of one row."""
    path = Path("BACI_HS92_Y2021_V202699.csv")
    path.write_text(f"t,i,j,k,v,q\n{line}", encoding="utf-8")
    return path


def test_a_load_says_what_became_of_each_file(run: Run) -> None:
    done = run("load", str(YEAR), str(other_year()), "--format", "jsonl")
    told = rows(done)
    assert [(one["outcome"], one["records"], one["stored"], one["refused"]) for one in told] == [
        ("loaded", ROWS, ROWS, 0), ("loaded", 1, 1, 0),
    ]  # fmt: skip
    assert {one["source"] for one in told} == {"baci"}


def test_loading_again_changes_nothing(run: Run, loaded: Path) -> None:
    before = run("history", "trade", "--store", str(loaded), "--format", "json").out
    assert "already loaded" in run("load", str(YEAR), "--store", str(loaded)).out
    assert run("history", "trade", "--store", str(loaded), "--format", "json").out == before


def test_reading_again_puts_the_rows_in_place_of_the_old(run: Run, loaded: Path) -> None:
    assert run("load", str(YEAR), "--again", "--store", str(loaded)).code == 0
    counted = run("query", "SELECT count(*) AS n FROM trade", "--store", str(loaded), "--format", "json")
    assert json.loads(counted.out) == [{"n": ROWS}]
    assert len(rows(run("history", "trade", "--store", str(loaded), "--format", "jsonl"))) == 3


def test_an_earlier_version_is_read(run: Run, loaded: Path) -> None:
    run("load", str(other_year()), "--store", str(loaded))
    ask = ("query", "SELECT count(*) AS n FROM trade", "--store", str(loaded), "--format", "csv")
    assert run(*ask).out.split() == ["n", str(ROWS + 1)]
    assert run(*ask, "--table-version", "trade=1").out.split() == ["n", str(ROWS)]
    assert run(*ask, "--table-version", "trade=9").err.startswith("monazite: trade has no version 9")


def test_the_folder_of_the_store_comes_from_flag_environment_and_settings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("monazite.toml").write_text('store = "from-settings"\n', encoding="utf-8")
    other = str(other_year())
    run("load", other)
    monkeypatch.setenv("MONAZITE_STORE", "from-environment")
    run("load", other)
    run("load", other, "--store", "from-flag")
    assert all(
        Path(name, "tables", "trade").is_dir() for name in ("from-settings", "from-environment", "from-flag")
    )


def test_refused_rows_are_kept_with_the_reason(run: Run) -> None:
    path = other_year("2021,156,842,280530,five,1\n2021,156,842,284690,5,1\n")
    done = run("load", str(path), "--store", "held")
    assert done.code == 0
    assert "table reject" in done.out
    told = run("query", "SELECT line, found, expected FROM reject", "--store", "held", "--format", "jsonl")
    assert json.loads(told.out)["line"] == 2


def test_a_file_of_which_every_record_is_refused_is_not_loaded(run: Run) -> None:
    done = run(
        "load", str(other_year("2021,156,842,280530,five,1\n")), "--store", "held", "--format", "jsonl"
    )
    assert done.code == 4
    assert [(one["outcome"], one["stored"], one["refused"]) for one in rows(done)] == [("refused", 0, 1)]


def test_one_bad_file_among_good_ones_is_told_and_the_others_are_loaded(run: Run) -> None:
    Path("bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = run("load", "bad.csv", str(other_year()), "--store", "held", "--format", "jsonl")
    assert done.code == 2
    assert [one["outcome"] for one in rows(done)] == ["failed", "loaded"]
    assert "no source knows this file" in done.err


def test_a_folder_loads_the_files_in_it(run: Run) -> None:
    Path("folder").mkdir()
    other_year().rename("folder/BACI_HS92_Y2021_V202699.csv")
    assert run("load", "folder", "--store", "held").code == 0
    assert run("load", "nowhere", "--store", "held").code == 3


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO 'stolen.csv'",
        "CREATE TABLE t AS SELECT 1",
        "SELECT 1; SELECT 2",
        "SET threads = 1",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM 'BACI_HS92_Y2021_V202699.csv'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT nothing FROM trade",
        "",
    ],
)
def test_a_query_reads_the_tables_and_nothing_else(run: Run, loaded: Path, sql: str) -> None:
    other_year()
    done = run("query", sql, "--store", str(loaded))
    assert done.code == 2
    assert done.err.startswith("monazite: ")
    assert not Path("stolen.csv").exists()


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "parquet"])
def test_an_export_carries_the_licences(run: Run, loaded: Path, form: str) -> None:
    done = run("query", "SELECT * FROM trade", "--store", str(loaded), "-o", f"all.{form}")
    assert (done.code, Path(f"all.{form}").stat().st_size > 1000) == (0, True)
    told = json.loads(Path(f"all.{form}.licences.json").read_text(encoding="utf-8"))
    assert [(one["source"], one["licence"], one["as_of"]) for one in told["sources"]] == [
        ("baci", "Etalab 2.0", "V202699")
    ]


def test_a_text_that_a_spreadsheet_would_run_is_disarmed_in_csv(run: Run, loaded: Path) -> None:
    done = run("query", "SELECT '=1+1' AS a, -1.5 AS b, true AS c", "--store", str(loaded), "--format", "csv")
    assert done.out.split() == ["a,b,c", "'=1+1,-1.5,true"]


def test_tables_of_an_empty_store_say_what_to_do(run: Run) -> None:
    assert "Nothing is loaded" in run("tables", "--store", "held").out
    assert run("history", "trade", "--store", "held").code == 3
    assert not Path("held").exists()


def test_tables_tell_rows_and_sources(run: Run, loaded: Path) -> None:
    told = rows(run("tables", "--store", str(loaded), "--format", "jsonl"))
    held = {one["table"]: one for one in told}
    assert (held["trade"]["rows"], held["trade"]["sources"]) == (ROWS, "baci")
    assert set(held) == {"trade", "snapshot"}


def test_a_vacuum_joins_files_and_lets_old_versions_go(run: Run, loaded: Path) -> None:
    run("load", str(other_year()), "--store", str(loaded))
    run("load", str(YEAR), "--again", "--store", str(loaded))
    ask = (
        "query",
        "SELECT count(*) AS n, sum(value_usd) AS v FROM trade",
        "--store",
        str(loaded),
        "--format",
        "csv",
    )
    before = run(*ask).out
    assert run("vacuum", "--keep", "0", "--store", str(loaded)).code == 0
    assert run(*ask).out == before
    gone = run(*ask, "--table-version", "trade=1")
    assert (gone.code, "a vacuum deletes old ones" in gone.err) == (3, True)


def test_sources_tell_how_each_is_got(run: Run) -> None:
    told = {one["source"]: one for one in rows(run("sources", "--format", "jsonl"))}
    assert told["baci"]["redistribution"] == "attribution"
    assert "monazite fetch baci version=202401b" in run("sources", "baci").out
    assert "nearest: baci" in run("sources", "bacy").err


def test_fetch_checks_its_parameters_before_it_uses_the_network(run: Run) -> None:
    assert "needs version" in run("fetch", "baci").err
    assert "nearest: version" in run("fetch", "baci", "versoin=1").err
    assert "no hs named 'HS93'" in run("fetch", "baci", "version=202401b", "hs=HS93").err
    assert "expected NAME=VALUE" in run("fetch", "baci", "202401b").err
    dry = run("fetch", "baci", "version=202401b", "--dry-run")
    assert (dry.code, dry.err.startswith("GET https://www.cepii.fr/")) == (0, True)


def test_doctor_finds_a_snapshot_that_is_not_what_its_name_says(run: Run, loaded: Path) -> None:
    assert run("doctor", "--store", str(loaded), "--format", "json").code == 0
    (kept,) = (loaded / "snapshots").glob("*/*")
    kept.write_bytes(kept.read_bytes()[:-1])
    sick = run("doctor", "--store", str(loaded), "--format", "jsonl")
    told = {one["check"]: one for one in rows(sick)}
    assert (sick.code, told["snapshots"]["outcome"]) == (1, "problem")


def test_doctor_shows_no_key(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENSUS_API_KEY", "hunter2hunter2")
    assert "hunter2" not in run("doctor", "--store", "held").out
