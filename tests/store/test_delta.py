"""Tables: parts are added in one commit, a load once, and earlier versions stay as they were."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import StoreError, UsageError
from monazite.schema.columns import Column
from monazite.schema.tables import Table
from monazite.store import delta
from monazite.store.engine import connect, fetched, text
from monazite.store.staging import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monazite.store.staging import Part

Row = dict[str, Any]
MINED = Table(
    "mined",
    "What was mined.",
    (Column("year", "integer", "Year.", key=True), Column("country", "text", "Country.", key=True)),
    partition=("year",),
    order=("country",),
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    (tmp_path / "scratch").mkdir()
    with Stage(tmp_path / "scratch") as stage:
        yield stage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tables" / "mined"


def parts(stage: Stage, year: int, *countries: str) -> list[Part]:
    """Parts of one year."""
    return list(stage.rows(MINED, [{"year": year, "country": one} for one in countries], {}).parts)


def rows(folder: Path, version: int | None = None) -> list[str]:
    """What a table holds at a version."""
    found: list[Row] = []
    connection = connect()
    for file in delta.files(folder, version):
        found += fetched(connection, f"FROM read_parquet({text(file)}, hive_partitioning = true)")
    connection.close()
    return sorted(f"{row['year']} {row['country']}" for row in found)


def test_no_table_has_no_files_no_history_and_no_load(folder: Path) -> None:
    assert not delta.exists(folder)
    assert (delta.files(folder), delta.history(folder), delta.committed(folder, "a")) == ([], [], None)


def test_parts_are_added_and_earlier_versions_stay(folder: Path, stage: Stage) -> None:
    first = delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    second = delta.commit(folder, MINED, parts(stage, 2021, "BRA", "CHL"), load="b", told={})
    assert rows(folder) == rows(folder, second) == ["2020 AUS", "2021 BRA", "2021 CHL"]
    assert rows(folder, first) == ["2020 AUS"]
    assert rows(folder, 0) == []
    assert {file.parent.name for file in delta.files(folder)} == {"year=2020", "year=2021"}


@pytest.mark.parametrize("version", [-1, 2, 99])
def test_a_version_that_is_not_there_is_named_with_those_that_are(
    folder: Path, stage: Stage, version: int
) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    with pytest.raises(UsageError, match=f"mined has no version {version}; it has 0 to 1"):
        delta.files(folder, version)


def test_files_that_are_left_out_stay_for_the_earlier_version(folder: Path, stage: Stage) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    old = delta.files(folder)
    delta.commit(folder, MINED, parts(stage, 2020, "BRA"), load="a", told={}, again=2, without=old)
    assert (rows(folder), rows(folder, 1)) == (["2020 BRA"], ["2020 AUS"])
    assert old[0].is_file()
    assert old[0] not in delta.strays(folder)


def test_what_is_left_out_twice_is_left_out_once(folder: Path, stage: Stage) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    old = delta.files(folder)
    for again in (2, 3):
        delta.commit(folder, MINED, [], load="a", told={}, again=again, without=old)
    assert rows(folder) == []


def test_each_commit_names_its_load_and_tells_what_it_was(folder: Path, stage: Stage) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    told = {"load": "a:1", "rows": 2, "file": "Lanthán 鑭.csv"}
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a:1", told=told)
    delta.commit(folder, MINED, parts(stage, 2020, "BRA"), load="b:2", told={}, again=7)
    assert [delta.committed(folder, load) for load in ("a:1", "b:2", "c:3")] == [1, 7, None]
    latest, first, made = delta.history(folder)
    assert [latest.version, first.version, made.version] == [2, 1, 0]
    assert (dict(first.told), dict(latest.told), dict(made.told)) == (told, {}, {})
    assert before <= first.time <= datetime.now(UTC) + timedelta(seconds=1)


def test_a_load_is_known_and_nothing_is_stray_behind_a_hundred_commits(folder: Path, stage: Stage) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="first", told={})
    for number in range(105):
        delta.commit(folder, MINED, [], load=str(number), told={})
    assert list((folder / delta.LOG).glob("*.checkpoint.parquet"))
    assert (delta.committed(folder, "first"), delta.committed(folder, "104")) == (1, 1)
    assert (delta.strays(folder), rows(folder, 1)) == ([], ["2020 AUS"])
    assert len(delta.history(folder)) == 107


def test_a_file_of_the_table_is_no_stray_where_another_program_has_cleaned_the_log(
    folder: Path, stage: Stage
) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    for number in range(105):
        delta.commit(folder, MINED, [], load=str(number), told={})
    (folder / delta.LOG / f"{1:020d}.json").unlink()
    assert (delta.strays(folder), rows(folder)) == ([], ["2020 AUS"])


def test_what_a_killed_writer_left_is_stray_and_nothing_else(folder: Path, stage: Stage) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    left = [
        folder / "year=2020" / "part-killed.parquet",
        folder / "year=2031" / "part-killed.parquet",
        folder / delta.LOG / f"{2:020d}.json#1",
        folder / delta.LOG / "_commit_0c.json.tmp",
    ]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    assert sorted(delta.strays(folder)) == sorted(left)


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty", "gone"])
def test_a_damaged_log_is_an_error_that_names_the_table(folder: Path, stage: Stage, damage: str) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    first = folder / delta.LOG / f"{0:020d}.json"
    whole = first.read_bytes()
    first.write_bytes({"cut": whole[:-40], "garbage": b"\xff\xfe{{", "empty": b""}.get(damage, b""))
    if damage == "gone":
        first.unlink()
    with pytest.raises(StoreError, match="table mined") as caught:
        delta.files(folder)
    assert "\n" not in str(caught.value)


def test_others_read_the_table_with_its_types_and_partition(folder: Path, stage: Stage) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    table = delta.opened(folder)
    assert [(field.name, str(field.type.type)) for field in table.schema().fields] == [
        ("year", "long"), ("country", "string"),
    ]  # fmt: skip
    assert table.metadata().partition_columns == ["year"]
    assert table.metadata().description == MINED.meaning
    assert table.to_pyarrow_table().to_pylist() == [{"year": 2020, "country": "AUS"}]


def test_every_written_file_and_its_folders_go_down_to_the_disk(
    folder: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(delta, "sync", synced.append)
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={})
    held = {folder.parent.parent, folder.parent, folder, folder / "year=2020", folder / delta.LOG}
    assert held | {folder / delta.LOG / f"{1:020d}.json"} <= set(synced)
    assert len([path for path in synced if path.suffix == ".parquet"]) == 1


def test_the_log_holds_what_a_load_told_as_plain_json(folder: Path, stage: Stage) -> None:
    delta.commit(folder, MINED, parts(stage, 2020, "AUS"), load="a", told={"stored": {"mined": 1}})
    lines = (folder / delta.LOG / f"{1:020d}.json").read_text().splitlines()
    actions = [json.loads(line) for line in lines]
    (info,) = [one["commitInfo"] for one in actions if "commitInfo" in one]
    assert json.loads(info["monazite"]) == {"stored": {"mined": 1}}
    (added,) = [one["add"] for one in actions if "add" in one]
    assert json.loads(added["stats"]) == {"numRecords": 1}
