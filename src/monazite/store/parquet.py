"""Parquet files of declared tables: written whole or not at all, the same bytes every time."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import StoreError
from monazite.schema.tables import SQL_TYPES, Rule, checks, ddl
from monazite.store.engine import connect, fetched, fetched_arrays, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import duckdb
    from numpy.typing import NDArray

    from monazite.schema.tables import Table

FAILING_ROWS_SHOWN = 3
LAYOUT = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 9, ROW_GROUP_SIZE 100000"
"""At level 9 the shipped tables are a fifth smaller than at the engine's own; above it little is gained."""


def write_parquet(table: Table, rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write rows of a declared table to a Parquet file, in the given order.

    Raises
    ------
    StoreError
        If a row breaks a rule of the declaration, and then the message shows rule and rows; or if
        the rows do not fit the declared types.
    OSError
        If the path cannot be written; nothing partial is left behind.
    """
    folder = path.parent
    with tempfile.TemporaryDirectory(dir=folder, prefix=".monazite-") as scratch:
        lines, target = Path(scratch, "rows.ndjson"), Path(scratch, "table.parquet")
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({name: row[name] for name in table.names}) + "\n" for row in rows)
        _copy(table, lines, target)
        os.replace(target, path)  # noqa: PTH105 - replaces atomically, as Path.replace does not promise


def _copy(table: Table, lines: Path, target: Path) -> None:
    """Check rows of newline-delimited JSON and write them as Parquet."""
    import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

    connection = connect()
    try:
        _load(connection, table, lines)
        _refuse_failing(table, failing(connection, table))
        connection.execute(f'COPY "{table.name}" TO {text(target)} ({LAYOUT})')
    except duckdb.Error as error:
        raise StoreError(f"{table.name}: {error}") from error
    finally:
        connection.close()


def _load(connection: duckdb.DuckDBPyConnection, table: Table, lines: Path) -> None:
    """Create the table and fill it from newline-delimited JSON, types as declared."""
    connection.execute(ddl(table).replace(" NOT NULL", ""))
    types = ", ".join(f"'{column.name}': '{SQL_TYPES[column.type]}'" for column in table.columns)
    rows = f"read_json(?, columns={{{types}}}, format='newline_delimited')"
    connection.execute(f'INSERT INTO "{table.name}" FROM {rows}', [str(lines)])


def failing(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[Rule, list[dict[str, Any]]]:
    """Rows that break a rule of the table's declaration, by rule; a repeated key breaks one too."""
    broken = {}
    for rule in checks(table):
        kept = f"coalesce(({rule.condition}), false)"
        rows = fetched(connection, f'SELECT * FROM "{table.name}" WHERE NOT {kept}')
        if rows:
            broken[rule] = rows
    key = ", ".join(f'"{name}"' for name in table.key)
    repeated = f'SELECT {key}, count(*) AS rows FROM "{table.name}"'
    twins = fetched(connection, f"{repeated} GROUP BY ALL HAVING count(*) > 1")
    if twins:
        broken[_unique(table)] = twins
    return broken


def _unique(table: Table) -> Rule:
    """The rule that a key names one row."""
    return Rule("key-unique", f"({', '.join(table.key)}) is unique", "the key names one row")


def _refuse_failing(table: Table, broken: dict[Rule, list[dict[str, Any]]]) -> None:
    """Raise for the first broken rule, showing the first rows that break it."""
    for rule, rows in broken.items():
        shown = "; ".join(str(row) for row in rows[:FAILING_ROWS_SHOWN])
        raise StoreError(f"{table.name}: {len(rows)} rows break {rule.name} ({rule.meaning}): {shown}")


def select(paths: Mapping[str, Path], sql: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
    """Rows of a query over Parquet files, each a view under its table's name.

    Raises
    ------
    StoreError
        If a file is missing or damaged, or the query fails; the message carries the SQL.
    """
    with _over(paths, sql) as connection:
        return fetched(connection, sql, parameters)


def select_columns(
    paths: Mapping[str, Path], sql: str, parameters: list[Any] | None = None
) -> dict[str, list[Any]]:
    """Columns of a query over Parquet files, as :func:`select` gives its rows.

    Raises
    ------
    StoreError
        If a file is missing or damaged, or the query fails; the message carries the SQL.
    """
    return {name: column.tolist() for name, column in select_arrays(paths, sql, parameters).items()}


def select_arrays(
    paths: Mapping[str, Path], sql: str, parameters: list[Any] | None = None
) -> dict[str, NDArray[Any]]:
    """Columns of a query over Parquet files as arrays; one with nulls is masked.

    Raises
    ------
    StoreError
        If a file is missing or damaged, or the query fails; the message carries the SQL.
    """
    with _over(paths, sql) as connection:
        return fetched_arrays(connection, sql, parameters)


@contextmanager
def _over(paths: Mapping[str, Path], sql: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with files as views; its errors are told with the query."""
    import duckdb  # noqa: PLC0415 - as above

    connection = connect()
    try:
        for name, path in paths.items():
            connection.execute(f'CREATE VIEW "{name}" AS FROM read_parquet({text(path)})')
        yield connection
    except duckdb.Error as error:
        raise StoreError(f"{error}\nin: {sql}") from error
    finally:
        connection.close()
