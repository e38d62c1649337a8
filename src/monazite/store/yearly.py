"""An engine for one year of trade: columns of a SELECT as arrays, batch by batch, and arrays as a file.

Texts are read as numbers of the places they have in given lists, and written back as texts: over files
that keep texts in dictionaries, the engine looks each text up once a row group and not once a row.
That holds for TRY_CAST, which cannot fail; CAST looks at every row, at ten times the cost.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.errors import StoreError
from monazite.store.engine import MEMORY, connect, cores, fetched, name, refusal, text
from monazite.store.tasks.stopping import STOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import duckdb
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[Any]]

LAYOUT = "FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1000"
"""Version 2 of the format splits the bytes of floats: smaller, and at half the cost."""

ROWS = "rows"


class Yearly:
    """An engine with lists of texts, each a type of its name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, lists: Mapping[str, Sequence[str]]) -> None:
        """Make a type and a table of each list."""
        self._connection = connection
        for key, texts in lists.items():
            listed = ", ".join(map(text, texts))
            connection.execute(f"CREATE TYPE {name(key)} AS ENUM ({listed})")
            numbered = f"unnest(range({len(texts)}))::USMALLINT AS at"
            worded = f"unnest(enum_range(NULL::{name(key)}))::{name(key)} AS word"
            connection.execute(f"CREATE TEMP TABLE {name(listed_as(key))} AS SELECT {numbered}, {worded}")

    def texts(self, sql: str) -> list[str]:
        """The texts of a SELECT of one column."""
        return [str(one) for (one,) in self._connection.execute(sql).fetchall()]

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a SELECT."""
        return fetched(self._connection, sql)

    def batches(self, sql: str) -> Iterator[tuple[NDArray[Any], ...]]:
        """Columns of a SELECT, some hundred thousand rows at a time.

        Raises
        ------
        MissingError
            If a value is missing: a text that is in no list is.
        """
        from arro3.core import RecordBatchReader  # noqa: PLC0415 - with deltalake, when a table is touched

        for batch in RecordBatchReader.from_arrow(self._connection.sql(sql)):
            columns = [batch.column(at) for at in range(batch.num_columns)]
            if any(column.null_count for column in columns):
                raise MissingError
            yield tuple(np.asarray(column) for column in columns)

    def write(self, sql: str, pieces: Iterable[Arrays], path: Path) -> int:
        """Write a SELECT over ``rows`` to a Parquet file; how many rows.

        The lists are joined by :func:`listed_as`.
        """
        from arro3.core import Array, RecordBatch, RecordBatchReader  # noqa: PLC0415 - as above

        def batch(piece: Arrays) -> RecordBatch:
            return RecordBatch.from_arrays(
                [Array.from_numpy(np.ascontiguousarray(one)) for one in piece.values()], names=list(piece)
            )

        waiting = iter(pieces)
        first = batch(next(waiting))

        def stream() -> Iterator[RecordBatch]:
            yield first
            yield from map(batch, waiting)

        self._connection.register(ROWS, RecordBatchReader.from_batches(first.schema, stream()))
        return self.copy(sql, path)

    def copy(self, sql: str, path: Path, layout: str = LAYOUT) -> int:
        """Write the rows of a SELECT to a file; how many."""
        written = self._connection.execute(f"COPY ({sql}\n) TO {text(path)} ({layout})").fetchone()
        return int((written or (0,))[0])


class MissingError(Exception):
    """A value is missing, or a text is in no list."""


def listed_as(key: str) -> str:
    """The table of a list: columns ``at`` and ``word``."""
    return f"{key} list"


@contextmanager
def yearly(lists: Mapping[str, Sequence[str]], memory: str = MEMORY, threads: int = 1) -> Iterator[Yearly]:
    """An engine for one task, which an interrupt of the run reaches.

    Raises
    ------
    StoreError
        If it cannot do what it is told.
    """
    import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

    with tempfile.TemporaryDirectory(prefix="monazite-") as scratch:
        connection = connect(threads=threads, scratch=Path(scratch), memory=memory)
        try:
            # A small list is looked up from many rows, and their order stays: as written.
            connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
            with STOP.get().watching(connection.interrupt):
                yield Yearly(connection, lists)
        except duckdb.Error as error:
            if refused := refusal(error):
                raise refused from error
            raise StoreError(str(error)) from error
        finally:
            connection.close()


def held(files: Iterable[Path], columns: Sequence[str]) -> dict[Path, list[tuple[str, ...]]]:
    """Values that stand together in some columns of Parquet files, by file; none is missing in them.

    Where every row group of a file says that a column has one value, no row is read.

    Raises
    ------
    StoreError
        If a file is damaged.
    """
    import duckdb  # noqa: PLC0415 - as above

    listed, connection = list(files), connect(threads=cores())
    try:
        told = _told(connection, listed, columns) if listed else {}
        return {file: _held(connection, file, columns, told.get(str(file), {})) for file in listed}
    except duckdb.Error as error:
        raise StoreError(str(error)) from error
    finally:
        connection.close()


def _told(
    connection: duckdb.DuckDBPyConnection, files: Iterable[Path], columns: Sequence[str]
) -> dict[str, dict[str, str]]:
    """The one value of columns that have one in every row group, by file."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rows = connection.execute(
        "SELECT file_name, path_in_schema, min(stats_min_value) AS low FROM parquet_metadata(["
        f"{', '.join(map(text, files))}]) WHERE path_in_schema IN ({', '.join(map(text, columns))})"
        " GROUP BY ALL HAVING bool_and(stats_null_count = 0) AND low = max(stats_max_value)"
    ).fetchall()
    for file, column, low in rows:
        found[file][column] = low
    return found


def _held(
    connection: duckdb.DuckDBPyConnection, file: Path, columns: Sequence[str], told: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """The same of one file, of whose columns some are known to have one value."""
    if len(told) == len(columns):
        return [tuple(told[column] for column in columns)]
    each = ", ".join(f"{name(column)}::VARCHAR" for column in columns)
    return sorted(connection.execute(f"SELECT DISTINCT {each} FROM read_parquet({text(file)})").fetchall())
