"""What a worker elsewhere must have: the same versions, the same files, folders it may write to.

Whether two machines look at the same folder cannot be told from its path. So the run leaves a probe of
a name nobody could guess in each folder it writes to, and each worker looks for it there.
"""

from __future__ import annotations

import secrets
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from monazite.errors import ClusterError
from monazite.store.tasks.storage import Stored, folders, told_as_output_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")
PACKAGE = Path(__file__).parents[2]
ENGINE = "duckdb"
SHARED = (
    "Workers need the store and the folder of the results under the same paths as here, on storage that all"
    " of them share."
)

SAME = "Install the same on both, and start the worker anew."


@cache
def versions() -> dict[str, str]:
    """What decides the bytes that are written: this package and the engine.

    Found once, so that a worker that runs while a newer version is installed does not seem newer. Two
    copies of one version are told apart by a digest of their files.
    """
    files = sorted(one for one in PACKAGE.rglob("*") if one.is_file() and one.suffix != ".pyc")
    told = sha256()
    for file in files:
        told.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return {
        PACKAGE.name: f"{_version(PACKAGE.name)} ({told.hexdigest()[:8]})",
        ENGINE: _version(ENGINE),
    }


def _version(package: str) -> str:
    """The version that is installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the run has, to be compared with what a worker has."""

    versions: tuple[tuple[str, str], ...]
    probes: tuple[str, ...]


@contextmanager
def laid(tasks: Iterable[object]) -> Iterator[Ground]:
    """Leave a probe in each folder the tasks write to; all are taken away afterwards.

    Raises
    ------
    OutputError
        If a folder cannot be written.
    """
    token = secrets.token_hex(8)
    with ExitStack() as stack:
        probes = []
        for folder in folders(tasks):
            probe = folder / f".monazite-probe-{token}"
            with told_as_output_error(folder):
                probe.touch()
            stack.callback(probe.unlink, missing_ok=True)
            probes.append(str(probe))
        yield Ground(tuple(versions().items()), tuple(probes))


def lacking(ground: Ground, reads: Iterable[str]) -> str:
    """What this process lacks, as the rest of a sentence about it; nothing if it lacks nothing."""
    faults = (*_other_versions(ground), *_unwritable(ground), *_unseen(reads))
    return next(iter(faults), "")


def _other_versions(ground: Ground) -> Iterator[str]:
    """Packages that are another here."""
    here = versions()
    for package, wanted in ground.versions:
        if here[package] != wanted:
            yield f"has {package} {here[package]}, the run {wanted}. {SAME}"


def _unwritable(ground: Ground) -> Iterator[str]:
    """Folders that are not the run's, or that cannot be written from here."""
    for probe in map(Path, ground.probes):
        if not probe.is_file():
            yield f"does not see the folder {probe.parent} of the run. {SHARED}"
            continue
        mine = probe.with_name(f"{probe.name}-{secrets.token_hex(8)}")
        try:
            mine.touch()
            mine.unlink()
        except OSError as error:
            yield f"cannot write to {probe.parent}: {error.strerror}. {SHARED}"


def _unseen(reads: Iterable[str]) -> Iterator[str]:
    """Files that are not there."""
    for file in reads:
        if not Path(file).is_file():
            yield f"does not see {file}. {SHARED}"


def attempt(work: Callable[[T], R], task: T, ground: Ground) -> R:
    """Carry out a task on a worker of a cluster, if the worker has what it needs.

    Raises
    ------
    ClusterError
        If it has not; the message names the worker and what it lacks.
    """
    from distributed import get_worker  # noqa: PLC0415 - only a worker has it

    if told := lacking(ground, task.reads if isinstance(task, Stored) else ()):
        raise ClusterError(f"worker {get_worker().address} {told}")
    return work(task)
