"""A file that a task writes: whole or not at all, and not twice.

Beside the file lies a note, ``<file>.json``: what its rows depend on, how many there are, the sha256 of
its bytes. A file whose note names the same and whose bytes have that digest is passed over; anything
else is done again, so that what a killed process left is never taken for whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from monazite.errors import DataMissingError, OutputError
from monazite.store.delta import made, sync
from monazite.store.replace import replace_file
from monazite.store.snapshots import digest
from monazite.store.tasks.storage import beside

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: the file, its rows, the sha256 of its bytes, the seconds it took.

    ``already`` says that the file was there and was passed over.
    """

    key: str
    target: str
    rows: int
    digest: str
    seconds: float
    already: bool = False


def once(key: str, target: Path, depends: object, write: Callable[[Path], int]) -> Done:
    """Write a file, unless it is there from an earlier run on the same inputs.

    Parameters
    ----------
    key
        What the task is called.
    target
        The file. Its folder is made if it is not there.
    depends
        What its rows depend on, as JSON holds it: the method, the engine, the files (:func:`seen`).
    write
        Writes to the path it is given, and says how many rows.

    Raises
    ------
    OutputError
        If the file cannot be written; what was there before is as it was.
    """
    mark = hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()
    return _already(key, target, mark) or _written(key, target, mark, write)


def seen(file: str | Path) -> tuple[str, int, int]:
    """What tells a file from another: its name, size and time of writing.

    Raises
    ------
    DataMissingError
        If it is not there.
    """
    path = Path(file)
    try:
        found = path.stat()
    except OSError as error:
        raise DataMissingError(f"cannot read {path}: {error.strerror}.") from error
    return f"{path.parent.name}/{path.name}", found.st_size, found.st_mtime_ns


def note(target: Path) -> Path:
    """Where the note of a file lies."""
    return target.with_name(f"{target.name}.json")


def _already(key: str, target: Path, mark: str) -> Done | None:
    """What an earlier run did, if the file is still as it left it; none if it is to be done."""
    with suppress(OSError, ValueError, TypeError):
        told = dict(json.loads(note(target).read_text(encoding="utf-8")))
        if told.pop("fingerprint", "") == mark:
            done = replace(Done(**told), key=key, target=str(target), already=True)
            return done if done.digest == digest(target) else None
    return None


def _written(key: str, target: Path, mark: str, write: Callable[[Path], int]) -> Done:
    """Write beside the target, down to the disk; put the file in its place, then the note."""
    begun, part = time.perf_counter(), beside(target, secrets.token_hex(8))
    try:
        made(target.parent)
        rows = write(part)
        sync(part)
        done = Done(key, str(target), rows, digest(part), time.perf_counter() - begun)
        os.replace(part, target)  # noqa: PTH105 - replaces atomically, as Path.replace does not promise
        sync(target.parent)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    replace_file(note(target), json.dumps({"fingerprint": mark, **asdict(done)}).encode())
    return done
