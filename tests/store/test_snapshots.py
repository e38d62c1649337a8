"""Snapshots: each file once, byte for byte as published, under its digest."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from monazite.errors import DataMissingError, SourceError, UsageError
from monazite.store import snapshots

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"t,i,j,k,v,q\r\n\x00\xff"
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    path = tmp_path / "scratch"
    path.mkdir()
    return path


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "a year.csv"
    path.write_bytes(CONTENT)
    return path


def held(home: Path) -> dict[str, bytes]:
    """Every file of a store, by its place."""
    return {
        str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()
    }


def test_a_file_is_kept_byte_for_byte_under_its_digest_and_name(
    published: Path, home: Path, scratch: Path
) -> None:
    kept = snapshots.keep(published, home, scratch)
    assert held(home) == {f"snapshots/{SHA[:16]}/a year.csv": CONTENT}
    assert (kept.sha256, kept.snapshot, kept.bytes, kept.name) == (SHA, SHA[:16], len(CONTENT), "a year.csv")
    assert kept.path.read_bytes() == published.read_bytes() == CONTENT
    assert list(scratch.iterdir()) == []


def test_the_same_bytes_are_kept_once_under_the_first_name(
    published: Path, home: Path, scratch: Path
) -> None:
    first = snapshots.keep(published, home, scratch)
    other = published.rename(published.with_name("b.csv"))
    assert snapshots.keep(other, home, scratch).path == first.path
    assert held(home) == {f"snapshots/{SHA[:16]}/a year.csv": CONTENT}
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("left", [None, b"", CONTENT[:4], b"others"])
def test_what_a_kill_or_a_bad_disk_left_is_mended_by_the_next_load(
    published: Path, home: Path, scratch: Path, left: bytes | None
) -> None:
    folder = home / "snapshots" / SHA[:16]
    folder.mkdir(parents=True)
    if left is not None:
        (folder / "a year.csv").write_bytes(left)
    assert snapshots.damaged(home) == [SHA[:16]]
    assert snapshots.keep(published, home, scratch).path.read_bytes() == CONTENT
    assert (snapshots.damaged(home), list(held(home).values())) == ([], [CONTENT])


@pytest.mark.parametrize(
    ("name", "kept"), [("../../b.csv", "b.csv"), ("/etc/passwd", "passwd"), ("", "a year.csv")]
)
def test_a_name_never_leads_out_of_the_snapshots(
    published: Path, home: Path, scratch: Path, name: str, kept: str
) -> None:
    assert snapshots.keep(published, home, scratch, name).path == home / "snapshots" / SHA[:16] / kept


def test_a_name_of_any_length_that_the_disk_takes_will_do(tmp_path: Path, home: Path, scratch: Path) -> None:
    path = tmp_path / ("x" * 251 + ".csv")
    path.write_bytes(CONTENT)
    assert snapshots.keep(path, home, scratch).path.name == path.name


def test_progress_adds_up_to_the_size(
    published: Path, home: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "_CHUNK", 5)
    told: list[int] = []
    snapshots.keep(published, home, scratch, progress=told.append)
    assert told == [5, 5, 5]


def test_no_file_an_empty_one_a_folder_or_a_pipe_is_no_snapshot(
    tmp_path: Path, home: Path, scratch: Path
) -> None:
    empty, pipe = tmp_path / "empty.csv", tmp_path / "pipe"
    empty.touch()
    os.mkfifo(pipe)
    for path, error, told in (
        (tmp_path / "none.csv", DataMissingError, "there is no file"),
        (empty, SourceError, "an empty file"),
        (tmp_path, UsageError, "is a folder"),
        (pipe, UsageError, "is a device"),
    ):
        with pytest.raises(error, match=told):
            snapshots.keep(path, home, scratch)
    assert not home.exists()


def test_a_file_that_may_not_be_read_is_named(
    published: Path, home: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(published), "open", refuse)
    with pytest.raises(DataMissingError, match=r"cannot read .*a year\.csv: Permission denied"):
        snapshots.keep(published, home, scratch)


def test_a_folder_without_its_file_or_with_another_is_told(
    published: Path, home: Path, scratch: Path
) -> None:
    kept = snapshots.keep(published, home, scratch)
    assert snapshots.damaged(home) == []
    kept.path.write_bytes(CONTENT + b"1")
    (home / "snapshots" / ("0" * 16)).mkdir()
    assert snapshots.damaged(home) == ["0" * 16, SHA[:16]]


def test_a_folder_that_could_not_be_filled_is_taken_away(
    published: Path, home: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(folder: Path) -> Path:
        folder.mkdir(parents=True)
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(folder))

    copy = snapshots.taken(published, scratch)
    monkeypatch.setattr(snapshots, "made", refused)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        snapshots.settled(copy, home)
    assert list((home / snapshots.FOLDER).iterdir()) == []
