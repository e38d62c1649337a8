"""A disk that is full, broken or read-only: a plain line, what was loaded stays, the next load works."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.store.home import Store

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from tests.faults.conftest import Writer

Files = list[tuple[str, str]]
WRITING = (
    "os.mkdir",
    "Stage._write",
    "Stage._split",
    "monazite.store.delta._placed",
    "DeltaTable.create",
    "DeltaTable.create_write_transaction",
    "os.replace",
    "tempfile.mkdtemp",
)
"""Steps with which or after which something is written to a file."""


class Disk:
    """Has a writer refused at one point, and looks at what it says and what is there."""

    def __init__(self, store: Store, files: Files, writer: Writer, look: Callable[..., None]) -> None:
        """Start from a store in which the first of the files is loaded."""
        self.store, self.files, self.writer, self.look = store, files, writer, look
        self.begun = store.folder.with_name("begun")
        shutil.copytree(store.folder, self.begun)

    def refuse(self, reason: int | tuple[int, ...], **order: Any) -> bool:  # noqa: ANN401 - see writer.py
        """Load the other files; whether the writer was refused."""
        shutil.rmtree(self.store.folder)
        shutil.copytree(self.begun, self.store.folder)
        answer = self.writer(self.store, files=self.files[1:], **order)
        after = Store(Path(order["kept"])) if "kept" in order else self.store
        assert "crash" not in answer, (order, answer)
        assert not answer["killed"], (order, answer)
        if "error" in answer:
            kind, told = answer["error"]
            reasons = [os.strerror(one) for one in (reason if isinstance(reason, tuple) else (reason,))]
            assert kind == "OutputError", (order, told)
            assert told in {
                f"cannot write the store in {self.store.folder}: {one}. What was loaded before is as it was; "
                "name another folder with --store or MONAZITE_STORE."
                for one in reasons
            }
        first = self.files[0][1].rpartition("/")[2]
        self.look(after, answer["loaded"], (first,))
        return "error" in answer

    def taken(self, step: str) -> int:
        """How often a step is taken when nothing goes wrong."""
        answer = self.writer(self.store, files=self.files[1:])
        return int(answer["steps"][step])


@pytest.fixture
def disk(filled_store: Store, published: Files, writer: Writer, sound: Callable[..., None]) -> Disk:
    return Disk(filled_store, published, writer, sound)


def test_an_fsync_that_fails(disk: Disk, sample: Callable[..., list[Any]], counts: Counter[str]) -> None:
    points = range(1, disk.taken("os.fsync") + 1)
    assert len(points) >= 20
    for time in sample(points, 4, 60):
        assert disk.refuse(errno.EIO, at="os.fsync", time=time, do=f"errno:{errno.EIO}")
        counts["failed fsyncs"] += 1


def test_a_file_that_may_not_grow(disk: Disk, sample: Callable[..., list[Any]], counts: Counter[str]) -> None:
    points = [(step, time, size) for step in WRITING for time in (1, 3) for size in (0, 700)]
    refused = 0
    for step, time, size in sample(points, 6, 60):
        refused += disk.refuse((errno.EFBIG, errno.ENOSPC), at=step, time=time, do=f"size:{size}")
        counts["files that may not grow"] += 1
    assert refused


@pytest.fixture
def may_mount(tmp_path: Path, writer: Writer) -> None:
    """Whether this process may mount a disk of its own; the short form does without."""
    (tmp_path / "try").mkdir()
    answer = writer(Store(tmp_path / "try" / "store"), tmpfs=2**16)
    if "error" in answer or "crash" in answer or "ended" not in answer:
        pytest.skip("needs the right to mount a disk in memory")


@pytest.mark.usefixtures("may_mount")
def test_a_disk_that_is_full(
    disk: Disk, tmp_path: Path, sample: Callable[..., list[Any]], counts: Counter[str]
) -> None:
    points = [(step, time, left) for step in WRITING for time in (1, 2) for left in (0, 4096, 12288)]
    refused = 0
    for number, (step, time, left) in enumerate(sample(points, 4, 60)):
        refused += disk.refuse(
            errno.ENOSPC, at=step, time=time, do=f"fill:{left}", tmpfs=2**21,
            kept=str(tmp_path / f"kept-{number}"),
        )  # fmt: skip
        counts["full disks"] += 1
    assert refused


@pytest.mark.usefixtures("may_mount")
def test_a_disk_that_is_read_only(disk: Disk, tmp_path: Path) -> None:
    assert disk.refuse(errno.EROFS, tmpfs=2**21, read_only=True, kept=str(tmp_path / "kept"))
