"""The store: a folder with snapshots and one Delta table for each core table.

::

    <folder>/
    ├── snapshots/<digits>/<file>     bytes as published
    ├── tables/<table>/               Delta Lake: Parquet files and a log
    ├── scratch/                      what a writer is working on; emptied by the next
    ├── unfinished/                   loads under way, whose rows are not seen yet
    └── writer.lock                   held by the one writer; readers need no lock
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import DataMissingError, OutputError, StoreError, UsageError
from monazite.schema import catalogue, provenance
from monazite.store import delta
from monazite.store.engine import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from filelock import BaseFileLock

    from monazite.schema.tables import Table
    from monazite.store.delta import Version
    from monazite.store.staging import Part

ENVIRONMENT = "MONAZITE_STORE"
LOCK, SCRATCH, TABLES, SNAPSHOTS = "writer.lock", "scratch", "tables", "snapshots"
UNFINISHED = "unfinished"
PATIENCE_S = 600
_UNFIT = re.compile(r"=|%[0-9A-Fa-f]{2}|[\x00-\x1f\x7f]|(?<!:)\\")


def default_folder() -> Path:
    """Where the store lies unless said otherwise: the user's data folder, or ``MONAZITE_STORE``."""
    if asked := os.environ.get(ENVIRONMENT):
        return Path(asked)
    from platformdirs import user_data_path  # noqa: PLC0415 - only who asks pays for it

    return user_data_path("monazite", appauthor=False) / "store"


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of snapshots and tables; making one touches nothing."""

    folder: Path

    def __post_init__(self) -> None:
        """Refuse a folder whose name the tables' readers take for something else.

        Raises
        ------
        UsageError
            If a part of the path is written like a partition (``year=2024``), or is not itself in a URL.
        """
        if unfit := [part for part in self.folder.absolute().parts if _UNFIT.search(part)]:
            raise UsageError(f"the store cannot lie in {unfit[0]!r}: no = or \\, no % before two digits.")

    def table_folder(self, table: Table) -> Path:
        """Where a table lies."""
        return self.folder / TABLES / table.name

    def tables(self) -> tuple[Table, ...]:
        """The core tables that hold something or once did."""
        return tuple(table for table in catalogue.TABLES if delta.exists(self.table_folder(table)))

    def files(self, table: Table, version: int | None = None) -> list[Path]:
        """The Parquet files of a table at a version.

        Raises
        ------
        DataMissingError
            If a vacuum has deleted them.
        """
        found = delta.files(self.table_folder(table), version)
        if gone := [file for file in found if not file.is_file()]:
            told = (
                f"version {version} of table {table.name}" if version is not None else f"table {table.name}"
            )
            raise DataMissingError(
                f"{told}: {len(gone)} of {len(found)} files are gone; a vacuum deletes old ones."
            )
        return found

    def history(self, table: Table) -> list[Version]:
        """Every commit of a table, the latest first."""
        return delta.history(self.table_folder(table))

    def committed(self, table: Table, load: str) -> int | None:
        """Which time a load stands in a table; none if it does not."""
        return delta.committed(self.table_folder(table), load)

    def begun(self, load: str) -> None:
        """Note that a load is under way, so that readers see none of its rows until it is finished."""
        with told_as_output_error(self.folder):
            note = delta.made(self.folder / UNFINISHED) / load.replace(":", "=")
            note.touch()
            delta.sync(note.parent)

    def finished(self, load: str) -> None:
        """Take back the note of a load that is whole."""
        with told_as_output_error(self.folder):
            (self.folder / UNFINISHED / load.replace(":", "=")).unlink(missing_ok=True)

    def unfinished(self) -> frozenset[str]:
        """Loads whose rows are not to be seen: under way, or killed between two tables."""
        return frozenset(one for one in self._noted() if not self.committed(provenance.SNAPSHOT, one))

    def _noted(self) -> frozenset[str]:
        """Loads of which there is a note."""
        notes = (self.folder / UNFINISHED).glob("*=*")
        return frozenset(note.name.replace("=", ":", 1) for note in notes)

    def commit(  # noqa: PLR0913 - what one commit is made of, by name
        self,
        table: Table,
        parts: Sequence[Part],
        *,
        load: str,
        told: Mapping[str, Any],
        again: int = 1,
        without: Sequence[Path] = (),
    ) -> int:
        """Add parts to a table in one atomic step; the new version. Needs :meth:`writing`."""
        folder = self.table_folder(table)
        with told_as_output_error(self.folder):
            try:
                return delta.commit(folder, table, parts, load=load, told=told, again=again, without=without)
            except BaseException:
                with suppress(OSError, StoreError):
                    _swept(folder)
                raise

    @contextmanager
    def writing(self, waiting: Callable[[], None] | None = None) -> Iterator[Path]:
        """Hold the one writer's lock; gives an empty scratch folder, after clearing what a kill left.

        ``waiting`` is called once if another writer holds it.

        Raises
        ------
        StoreError
            If another writer holds the lock for ten minutes.
        OutputError
            If the folder cannot be written.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - only a writer needs it

        with told_as_output_error(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / LOCK)
            try:
                if waiting is not None and not _free_now(lock):
                    waiting()
                lock.acquire(timeout=PATIENCE_S)
            except Timeout as error:
                raise StoreError(f"another writer holds {self.folder / LOCK}; wait for it to end.") from error
        try:
            with told_as_output_error(self.folder):
                if (self.folder / SCRATCH).exists():  # a writer that ends well removes it
                    self._cleared()
                (self.folder / SCRATCH).mkdir()
                scratch = Path(tempfile.mkdtemp(dir=self.folder / SCRATCH))
            yield scratch
        finally:
            shutil.rmtree(self.folder / SCRATCH, ignore_errors=True)
            lock.release()

    def _cleared(self) -> None:
        """Remove what a killed writer left: scratch files, and files no version of a table names."""
        for table in catalogue.TABLES:
            _swept(self.table_folder(table))
        for load in self._noted() - self.unfinished():
            self.finished(load)
        for one in (self.folder / SNAPSHOTS).glob("*"):
            if one.is_dir() and not any(one.iterdir()):
                one.rmdir()
        shutil.rmtree(self.folder / SCRATCH)


def _swept(folder: Path) -> None:
    """Remove files no version of a table names, and a table that has none."""
    if folder.is_dir() and not delta.exists(folder):
        shutil.rmtree(folder)
    elif folder.is_dir():
        for stray in delta.strays(folder):
            stray.unlink()


def _free_now(lock: BaseFileLock) -> bool:
    """Take the lock if nobody holds it."""
    from filelock import Timeout  # noqa: PLC0415 - only a writer needs it

    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


@contextmanager
def told_as_output_error(folder: Path) -> Iterator[None]:
    """Turn the system's refusal to write into a plain message."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or getattr(refusal(error), "strerror", "") or " ".join(str(error).split())
        raise OutputError(
            f"cannot write the store in {folder}: {reason}. What was loaded before is as it was; "
            f"name another folder with --store or {ENVIRONMENT}."
        ) from error
