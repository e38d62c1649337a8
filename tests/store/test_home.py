"""The store's folder: one writer at a time, nothing left behind, a plain word where it cannot be written."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import DataMissingError, OutputError, StoreError, UsageError
from monazite.schema.provenance import SNAPSHOT
from monazite.schema.trade import TRADE
from monazite.store import delta, home
from monazite.store.home import Store, default_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.conftest import Files

NAMES = (
    "with blanks",
    "it's",
    'a "quoted" one',
    "Lanthán 鑭",
    "data [v1] *",
    "semi;colon--",
    "%s $1 {x}",
    "#1 ?",
)


def everything(store: Store) -> set[str]:
    """Every file and folder of a store."""
    return {str(path.relative_to(store.folder)) for path in store.folder.rglob("*")}


def test_the_folder_is_the_one_the_environment_names_or_the_users(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MONAZITE_STORE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("MONAZITE_STORE")
    assert default_folder().parts[-2:] == ("monazite", "store")


def test_making_a_store_touches_nothing(store: Store) -> None:
    assert (store.tables(), store.files(TRADE), store.history(TRADE)) == ((), [], [])
    assert not store.folder.exists()


@pytest.mark.parametrize("name", NAMES)
def test_the_folder_may_have_any_name(files: Files, tmp_path: Path, name: str) -> None:
    files.store = Store(tmp_path / name / "store")
    files.load(files.year(2022))
    assert files.ask("SELECT count(*) AS n, min(year) AS year FROM trade") == [{"n": 3, "year": 2022}]


@pytest.mark.parametrize("name", ["year=1999", "a%20b", "new\nline", "back\\slash"])
def test_a_name_that_readers_of_tables_would_misread_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="the store cannot lie in") as caught:
        Store(tmp_path / name / "store")
    assert "\n" not in str(caught.value)


# ── one writer ────────────────────────────────────────────────────────────────────────────────


def test_a_second_writer_waits_and_says_so_when_it_has_waited_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "PATIENCE_S", 0)
    with store.writing(), pytest.raises(StoreError, match="another writer holds"), store.writing():
        pass
    with store.writing() as scratch:
        assert scratch.is_dir()


def test_writers_take_turns_within_one_process(files: Files) -> None:
    years = [files.year(year) for year in range(2001, 2007)]
    threads = [threading.Thread(target=files.load, args=(path,)) for path in years]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert files.ask("SELECT year, count(*) AS n FROM trade GROUP BY ALL ORDER BY year") == [
        {"year": year, "n": 3} for year in range(2001, 2007)
    ]


def test_the_lock_and_the_scratch_folder_are_given_back_after_an_error(store: Store) -> None:
    with pytest.raises(FileExistsError), store.writing() as scratch:
        scratch.mkdir()
    assert everything(store) == {"writer.lock"}
    with store.writing() as scratch:
        assert list(scratch.iterdir()) == []


# ── what a killed writer left ─────────────────────────────────────────────────────────────────


def test_the_next_writer_clears_what_a_killed_one_left(files: Files) -> None:
    files.load(files.year(2022))
    store, before = files.store, everything(files.store)
    half_made = store.table_folder(SNAPSHOT).with_name("code")
    for left in (
        store.folder / "scratch" / "tmp1" / "0001-trade.parquet",
        store.table_folder(TRADE) / "year=2022" / "part-0.parquet",
        store.table_folder(TRADE) / delta.LOG / f"{2:020d}.json#1",
        half_made / delta.LOG / f"{0:020d}.json#1",
        half_made / "part-1.parquet",
    ):
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"half")
    (store.folder / "snapshots" / ("0" * 16)).mkdir()
    with store.writing():
        pass
    assert everything(store) == before
    assert files.ask("SELECT count(*) AS n FROM trade") == [{"n": 3}]


def test_a_table_whose_files_are_gone_says_so(files: Files) -> None:
    files.load(files.year(2022))
    for file in files.store.files(TRADE):
        file.unlink()
    with pytest.raises(DataMissingError, match="table trade: 1 of 1 files are gone"):
        files.store.files(TRADE)


# ── where it cannot be written ────────────────────────────────────────────────────────────────


def refusing(code: int) -> Callable[..., Any]:
    """A step the system refuses."""

    def refuse(*_: object, **__: object) -> Any:  # noqa: ANN401 - stands for any function
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.mark.parametrize(
    ("owner", "step", "code"),
    [
        (Path, "mkdir", errno.EACCES),
        (Path, "replace", errno.ENOSPC),
        (os, "fsync", errno.EIO),
        (os, "open", errno.EROFS),
    ],
)
def test_a_refusal_of_the_system_is_one_plain_line(
    files: Files,
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,  # noqa: ANN401 - a class or a module
    step: str,
    code: int,
) -> None:
    files.load(files.year(2021))
    year = files.year(2022)
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, refusing(code))
        with pytest.raises(OutputError) as caught:
            files.load(year)
    told = str(caught.value)
    assert told.startswith(f"cannot write the store in {files.store.folder}: {os.strerror(code)}. ")
    assert "What was loaded before is as it was" in told
    assert "\n" not in told
    assert files.ask("SELECT DISTINCT year FROM trade") == [{"year": 2021}]
    files.load(year)
    assert files.ask("SELECT count(*) AS n FROM trade") == [{"n": 6}]


def test_a_store_that_was_moved_reads_and_writes_as_before(files: Files, tmp_path: Path) -> None:
    files.load(files.year(2021))
    shutil.move(files.store.folder, tmp_path / "elsewhere")
    files.store = Store(tmp_path / "elsewhere")
    files.load(files.year(2022))
    assert files.ask("SELECT count(*) AS n FROM trade") == [{"n": 6}]
