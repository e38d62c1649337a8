"""Snapshots: files kept byte for byte as published, each in a folder named after its digest."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from monazite.errors import DataMissingError, SourceError, UsageError
from monazite.store.delta import made, sync

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[int], None]

FOLDER = "snapshots"
DIGITS = 16
_CHUNK = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file kept by the store: where, under which name, its digest and size."""

    path: Path
    name: str
    sha256: str
    bytes: int

    @property
    def snapshot(self) -> str:
        """The first digits of the digest, which every row carries."""
        return self.sha256[:DIGITS]


def digest(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path, home: Path, scratch: Path, name: str = "", progress: Progress | None = None) -> Kept:
    """Copy a file into the snapshots, or find it there; its bytes are hashed as they pass.

    The copy is written beside, down to the disk, and takes its place in one step.

    Raises
    ------
    DataMissingError
        If there is no such file.
    UsageError
        If it is a folder, a device or a pipe.
    SourceError
        If it is empty.
    """
    return settled(taken(path, scratch, name, progress), home)


def taken(path: Path, scratch: Path, name: str = "", progress: Progress | None = None) -> Kept:
    """Copy a file into a scratch folder; its bytes are hashed as they pass.

    Raises
    ------
    DataMissingError
        If there is no such file, or it cannot be read.
    UsageError
        If it is a folder, a device or a pipe.
    SourceError
        If it is empty.
    """
    check(path)
    beside = scratch / "snapshot"
    sha256, size = _copied(path, beside, progress or (lambda _: None))
    return Kept(beside, PurePath(name or path.name).name, sha256, size)


def settled(copy: Kept, home: Path) -> Kept:
    """Put a copy among the snapshots, in one step; a damaged one of the same digest is mended by it.

    A folder that the disk let be made but not filled is taken away again.
    """
    folder = home / FOLDER / copy.snapshot
    try:
        made(folder)
        target = next(iter(sorted(folder.iterdir())), folder / copy.name)
        copy.path.replace(target)
        sync(folder)
    except OSError:
        with suppress(OSError):
            folder.rmdir()
        raise
    return Kept(target, copy.name, copy.sha256, copy.bytes)


def check(path: Path) -> None:
    """Refuse what is no regular file with something in it, and what cannot be read.

    Raises
    ------
    DataMissingError
        If there is no such file, or it cannot be read.
    UsageError
        If it is a folder, a device or a pipe.
    SourceError
        If it is empty.
    """
    if not path.exists():
        raise DataMissingError(f"there is no file {path}.")
    if not path.is_file():
        raise UsageError(f"{path} is a {'folder' if path.is_dir() else 'device'}; give a file.")
    if not path.stat().st_size:
        raise SourceError(path.name, found="an empty file", expected="a file with something in it")
    try:
        path.open("rb").close()
    except OSError as error:
        raise DataMissingError(f"cannot read {path}: {error.strerror}.") from error


def _copied(path: Path, target: Path, progress: Progress) -> tuple[str, int]:
    """Copy a file down to the disk; its sha256 and size."""
    hashed, size = hashlib.sha256(), 0
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            hashed.update(chunk)
            copy.write(chunk)
            size += len(chunk)
            progress(len(chunk))
    sync(target)
    return hashed.hexdigest(), size


def damaged(home: Path) -> list[str]:
    """Names of snapshot folders that do not hold one file of the digest they are named after."""
    folders = sorted((home / FOLDER).glob("*"))
    return [folder.name for folder in folders if not _whole(folder)]


def _whole(folder: Path) -> bool:
    """Whether a snapshot folder holds what its name says."""
    held = list(folder.iterdir()) if folder.is_dir() else []
    return len(held) == 1 and digest(held[0]).startswith(folder.name)
