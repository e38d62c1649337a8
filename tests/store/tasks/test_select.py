"""One SELECT into one Parquet file: whole or not at all, the same bytes, and not twice."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monazite.errors import DataMissingError, OutputError, StoreError
from monazite.schema.trade import TRADE
from monazite.store.engine import connect, fetched, text
from monazite.store.snapshots import digest
from monazite.store.tasks import Select, select_to_parquet
from monazite.store.tasks.once import note

if TYPE_CHECKING:
    from collections.abc import Callable

    Tasks = Callable[..., list[Select]]


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("memory", ["24MB", "1GB"])
def test_threads_and_memory_change_no_byte(tasks: Tasks, threads: int, memory: str) -> None:
    plain = select_to_parquet(tasks(1)[0])
    other = select_to_parquet(tasks(1, "other", threads=threads, memory=memory)[0])
    assert plain.rows == other.rows > 0
    assert plain.digest == other.digest == digest(Path(other.target))
    assert Path(plain.target).read_bytes() == Path(other.target).read_bytes()


def test_the_file_holds_the_rows_in_order(tasks: Tasks) -> None:
    (task,) = tasks(1)
    done = select_to_parquet(task)
    with connect() as connection:
        rows = fetched(connection, f"FROM read_parquet({text(task.target)})")
    keys = [(row["importer"], row["product"]) for row in rows]
    assert len(rows) == done.rows
    assert keys == sorted(keys)
    assert sum(row["flows"] for row in rows) < 300_000


def test_what_is_done_is_passed_over(tasks: Tasks) -> None:
    (task,) = tasks(1)
    first = select_to_parquet(task)
    written = Path(task.target).stat().st_mtime_ns
    again = select_to_parquet(replace(task, threads=2, memory="500MB"))
    assert again == replace(first, already=True)
    assert Path(task.target).stat().st_mtime_ns == written
    assert names(Path(task.target).parent) == {"0.parquet", "0.parquet.json"}


def damaged_file(task: Select, _: Path) -> None:
    path = Path(task.target)
    path.write_bytes(path.read_bytes()[:-100])


def lost_file(task: Select, _: Path) -> None:
    Path(task.target).unlink()


def lost_note(task: Select, _: Path) -> None:
    note(Path(task.target)).unlink()


def cut_note(task: Select, _: Path) -> None:
    note(Path(task.target)).write_bytes(note(Path(task.target)).read_bytes()[:40])


def note_of_something_else(task: Select, _: Path) -> None:
    note(Path(task.target)).write_text('["a list"]')


def note_with_more(task: Select, _: Path) -> None:
    note(Path(task.target)).write_text(
        json.dumps({**json.loads(note(Path(task.target)).read_text()), "more": 1})
    )


def other_input(_: Select, flows: Path) -> None:
    os.utime(flows, ns=(0, flows.stat().st_mtime_ns + 1))


@pytest.mark.parametrize(
    "harm",
    [damaged_file, lost_file, lost_note, cut_note, note_of_something_else, note_with_more, other_input],
)
def test_anything_else_is_done_again(harm: Callable[[Select, Path], None], tasks: Tasks, flows: Path) -> None:
    (task,) = tasks(1)
    first = select_to_parquet(task)
    harm(task, flows)
    again = select_to_parquet(task)
    assert not again.already
    assert again.digest == first.digest == digest(Path(task.target))
    assert select_to_parquet(task).already


def test_another_select_is_another_task(tasks: Tasks) -> None:
    first, second = tasks(2)
    select_to_parquet(first)
    assert not select_to_parquet(replace(second, target=first.target)).already


def test_a_view_named_after_a_core_table_has_its_columns(tmp_path: Path) -> None:
    files = []
    for year in (2021, 2022):
        path = tmp_path / "trade" / f"year={year}" / "part.parquet"
        path.parent.mkdir(parents=True)
        columns = ", ".join(
            f"NULL AS {one.name}" if one.name != "value_usd" else f"{year}.5 AS value_usd"
            for one in TRADE.columns
            if one.name != "year"
        )
        with connect() as connection:
            connection.execute(f"COPY (SELECT {columns}) TO {text(path)} (FORMAT parquet)")
        files.append(str(path))
    sql = "SELECT year, value_usd FROM trade ORDER BY ALL"
    task = Select("both", sql, (("trade", tuple(files)),), str(tmp_path / "both.parquet"))
    assert select_to_parquet(task).rows == 2
    with connect() as connection:
        assert connection.execute(f"FROM read_parquet({text(task.target)})").fetchall() == [
            (2021, 2021.5),
            (2022, 2022.5),
        ]


def test_a_missing_input_is_named(tasks: Tasks) -> None:
    (task,) = tasks(1)
    with pytest.raises(DataMissingError, match=r"cannot read .*gone\.parquet: No such file"):
        select_to_parquet(replace(task, views=(("flow", ("gone.parquet",)),)))


def test_an_error_of_the_engine_carries_task_and_sql(tasks: Tasks) -> None:
    (task,) = tasks(1)
    with pytest.raises(StoreError, match=r"(?s)^0: .*nothing_there.*in: SELECT nothing_there FROM flow"):
        select_to_parquet(replace(task, sql="SELECT nothing_there FROM flow"))
    assert names(Path(task.target).parent) == set()


def test_too_little_memory_says_so(tasks: Tasks) -> None:
    (task,) = tasks(1, memory="1MB")
    with pytest.raises(StoreError, match="Give the task more memory than 1MB"):
        select_to_parquet(task)
    assert names(Path(task.target).parent) == set()


def test_a_folder_that_cannot_be_made_is_named(tasks: Tasks, tmp_path: Path) -> None:
    (task,) = tasks(1)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"cannot write .*0\.parquet: (Not a directory|File exists)"):
        select_to_parquet(replace(task, target=str(tmp_path / "file" / "0.parquet")))
