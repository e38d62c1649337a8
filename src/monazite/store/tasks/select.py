"""One SELECT whose rows become one Parquet file."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from monazite.errors import StoreError
from monazite.schema import catalogue
from monazite.store import reading
from monazite.store.engine import MEMORY, connect, name, refusal, text
from monazite.store.tasks.once import once, seen
from monazite.store.tasks.stopping import STOP

if TYPE_CHECKING:
    from monazite.store.tasks.once import Done

LAYOUT = "FORMAT parquet, COMPRESSION zstd"


@dataclass(frozen=True, slots=True)
class Select:
    """One SELECT over views of Parquet files, and the Parquet file its rows go to.

    Parameters
    ----------
    key
        What the task is called where progress and errors are told, such as ``2022``.
    sql
        The SELECT. It orders its rows by a key (``ORDER BY``) and sums integers or decimals, never
        floats: then the file has the same bytes for any number of threads and any memory limit.
    views
        Name of each view with the Parquet files behind it. A view named after a core table has that
        table's columns and types, the partition's among them.
    target
        The file that is written.
    threads, memory
        What the engine may take for this task; beyond the memory it spills to the system's temporary
        folder. Neither changes a row.
    """

    key: str
    sql: str
    views: tuple[tuple[str, tuple[str, ...]], ...]
    target: str
    threads: int = 1
    memory: str = MEMORY

    @property
    def reads(self) -> tuple[str, ...]:
        """Every file behind the views."""
        return tuple(file for _, files in self.views for file in files)


def select_to_parquet(task: Select) -> Done:
    """Carry out a task, or find it done.

    Raises
    ------
    DataMissingError
        If a file behind a view is not there.
    StoreError
        If the engine cannot run the SELECT; the message carries it.
    OutputError
        If the file cannot be written; what was there before is as it was.
    """
    import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

    files = [[view, [*map(seen, files)]] for view, files in task.views]
    depends = [duckdb.__version__, LAYOUT, task.sql, files]
    return once(task.key, Path(task.target), depends, partial(_copied, task))


def _copied(task: Select, path: Path) -> int:
    """Run the SELECT into a file; how many rows."""
    import duckdb  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="monazite-") as scratch:
        connection = connect(threads=task.threads, scratch=Path(scratch), memory=task.memory)
        try:
            with STOP.get().watching(connection.interrupt):
                for view, files in task.views:
                    connection.execute(f"CREATE VIEW {name(view)} AS {_view(view, files)}")
                copied = connection.execute(f"COPY ({task.sql}\n) TO {text(path)} ({LAYOUT})").fetchone()
        except duckdb.Error as error:
            if refused := refusal(error):
                raise refused from error
            small = isinstance(error, duckdb.OutOfMemoryException)
            hint = f"\nGive the task more memory than {task.memory}." if small else ""
            raise StoreError(f"{task.key}: {error}\nin: {task.sql}{hint}") from error
        finally:
            connection.close()
    return int((copied or (0,))[0])


def _view(view: str, files: tuple[str, ...]) -> str:
    """The SELECT behind a view."""
    for table in catalogue.TABLES:
        if table.name == view:
            return reading.view(table, [Path(file) for file in files])
    return f"FROM read_parquet([{', '.join(map(text, files))}])"
