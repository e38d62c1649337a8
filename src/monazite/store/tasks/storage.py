"""The folders that tasks write to: one run at a time in each, nothing half left behind."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from monazite.errors import OutputError, StoreError
from monazite.store.delta import made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCK = "writer.lock"
PART = ".part"


@runtime_checkable
class Stored(Protocol):
    """A task that reads files and writes one."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The files it reads."""

    @property
    def target(self) -> str:
        """The file it writes."""


def beside(target: Path, token: str) -> Path:
    """Where a file is written before it takes its place."""
    return target.with_name(f".{target.name}.{token}{PART}")


def folders(tasks: Iterable[object]) -> list[Path]:
    """The folders that tasks write to."""
    return sorted({Path(task.target).parent for task in tasks if isinstance(task, Stored)})


@contextmanager
def held(tasks: Iterable[object]) -> Iterator[None]:
    """Hold the folders tasks write to; what a killed worker left there is removed, before and after.

    Raises
    ------
    StoreError
        If another run writes to one of them.
    OutputError
        If a folder cannot be made or written.
    """
    given = list(tasks)
    targets = [Path(task.target) for task in given if isinstance(task, Stored)]
    with ExitStack() as stack:
        for folder in folders(given):
            stack.enter_context(_locked(folder))
        stack.callback(_swept, targets)
        _swept(targets)
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Make a folder and hold its lock."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only a run that writes needs it

    with told_as_output_error(folder):
        lock = FileLock(made(folder) / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(f"another run writes to {folder}; wait for it to end.") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def told_as_output_error(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write into a plain message."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}.") from error


def _swept(targets: list[Path]) -> None:
    """Remove what was being written when a worker died."""
    names = set(targets)
    for folder in {target.parent for target in targets}:
        for left in folder.glob(f".*.*{PART}"):
            if folder / left.name[1:].rsplit(".", 2)[0] in names:
                left.unlink(missing_ok=True)
