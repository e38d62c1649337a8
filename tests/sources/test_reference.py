"""What is shipped is what the publisher's files give, to the byte."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError, StoreError
from monazite.schema.minerals import MINERAL_STATISTIC, TABLES
from monazite.schema.provenance import FINDING, SNAPSHOT
from monazite.sources import reference, usgs_mcs
from monazite.store.parquet import select
from monazite.store.shipped import FOLDER

if TYPE_CHECKING:
    from monazite.schema.tables import Table

LOCK = Path(__file__).parents[2] / "requirements/core.txt"
Tables = dict["Table", list[reference.Row]]


@pytest.fixture(scope="module")
def compiled(real_data: Path) -> Tables:
    return reference.compiled(real_data)


@pytest.fixture(scope="module")
def rebuilt(compiled: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of tables built afresh."""
    folder = tmp_path_factory.mktemp("rebuilt")
    reference.write(compiled, folder)
    return folder


def locked() -> bool:
    """Whether the engine is the locked one, whose bytes are shipped."""
    (version,) = re.findall(r"^duckdb==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return bool(importlib.metadata.version("duckdb") == version)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_shipped_is_what_the_files_give(table: Table, rebuilt: Path) -> None:
    name = f"{table.name}.parquet"
    ours, theirs = (select({"held": folder / name}, "FROM held") for folder in (FOLDER, rebuilt))
    assert ours == theirs
    if locked():
        assert (FOLDER / name).read_bytes() == (rebuilt / name).read_bytes()


def test_two_builds_give_the_same_bytes(compiled: Tables, rebuilt: Path, tmp_path: Path) -> None:
    again = reference.write({table: rows[::-1] for table, rows in compiled.items()}, tmp_path)
    assert len(again) == len(TABLES)
    assert all(path.read_bytes() == (rebuilt / path.name).read_bytes() for path in again)


def test_nothing_but_the_tables_is_left(rebuilt: Path) -> None:
    assert {path.stem for path in rebuilt.iterdir()} == {table.name for table in TABLES}


def test_a_row_names_the_file_it_was_read_from(compiled: Tables) -> None:
    snapshots = {row["snapshot"]: row for row in compiled[SNAPSHOT]}
    assert len(snapshots) == sum(len(edition.files) for edition in usgs_mcs.EDITIONS)
    assert all(row["sha256"].startswith(key) for key, row in snapshots.items())
    for row in compiled[MINERAL_STATISTIC]:
        assert snapshots[row["snapshot"]]["file"] == row["file"].partition("/")[0]


def test_every_finding_is_shipped(compiled: Tables) -> None:
    assert {row["rule"] for row in compiled[FINDING]} >= {
        "header-mislabelled",
        "source-corrected",
        "row-empty",
    }


def test_one_bad_table_leaves_all_as_they_were(compiled: Tables, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in reference.write(compiled, tmp_path)}
    bad = {**compiled, FINDING: [{**compiled[FINDING][0], "severity": "fatal"}], SNAPSHOT: []}
    with pytest.raises(StoreError, match="severity-code"):
        reference.write(bad, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_without_files_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reference.main([str(tmp_path)]) == SourceError.exit_code
    told = capsys.readouterr().err
    assert "no such file" in told
    assert "doi.org" in told
    assert list(tmp_path.iterdir()) == []


def test_called_without_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert reference.main([]) == 2
    assert "one folder is needed" in capsys.readouterr().err
