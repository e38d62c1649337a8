"""Reading the store: each core table is a view, at its latest version or an earlier one."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import StoreError, UsageError
from monazite.schema import catalogue
from monazite.schema.provenance import SNAPSHOT
from monazite.schema.tables import SQL_TYPES
from monazite.store.engine import connect, cores, fetched, fetched_arrays, name, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb
    from numpy.typing import NDArray

    from monazite.schema.tables import Table
    from monazite.store.home import Store


TRIES = 100
"""How often the tables are listed anew while one load after the other ends."""

TERMS = "terms of snapshots"
"""The view of the latest snapshots, whose licences count whatever version of a table is read."""


def view(table: Table, files: list[Path]) -> str:
    """The SELECT behind a table's view: its files, or no row where there is none."""
    typed = {one.name: SQL_TYPES[one.type] for one in table.columns}
    if not files:
        empty = ", ".join(f"NULL::{type_} AS {name(key)}" for key, type_ in typed.items())
        return f"SELECT {empty} LIMIT 0"
    listed = ", ".join(text(file) for file in files)
    hive = ", ".join(f"{text(key)}: {typed[key]}" for key in table.partition)
    options = (
        f", hive_partitioning = true, hive_types = {{{hive}}}" if hive else ", hive_partitioning = false"
    )
    columns = ", ".join(map(name, table.names))
    return f"SELECT {columns} FROM read_parquet([{listed}]{options})"


def opened(
    store: Store,
    versions: Mapping[str, int] | None = None,
    *,
    only_free: bool = False,
    target: Path | None = None,
) -> duckdb.DuckDBPyConnection:
    """An engine with every core table of a store as a view, and nothing else in reach.

    ``versions`` names earlier versions by table; ``only_free`` leaves out rows of snapshots that may not
    be passed on; ``target`` is the one file that may be written.
    """
    import duckdb  # noqa: PLC0415 - as below

    views = _views(store, dict(versions or {}))
    terms = view(SNAPSHOT, store.files(SNAPSHOT))
    connection = connect(threads=min(2, cores()), scratch=_spill(), memory="")
    for table, sql in views.items():
        shown = _free(table, sql, terms) if only_free else sql
        try:
            connection.execute(f"CREATE VIEW {name(table.name)} AS {shown}")
        except duckdb.Error as error:
            connection.close()
            raise StoreError(f"table {table.name}: {error}") from error
    connection.execute(f"CREATE VIEW {name(TERMS)} AS {terms}")
    allowed = [text(store.folder / "tables")]
    connection.execute(f"SET allowed_directories = [{', '.join(allowed)}]")
    if target is not None:
        connection.execute(f"SET allowed_paths = [{text(target)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _spill() -> Path:
    """Where a large query spills to: a folder of this process alone, made when needed."""
    return Path(tempfile.gettempdir()) / f"monazite-{os.getpid()}"


def _views(store: Store, versions: dict[str, int]) -> dict[Table, str]:
    """The SELECT behind each table's view, without the rows of loads that are under way."""
    if unknown := versions.keys() - {table.name for table in catalogue.TABLES}:
        known = ", ".join(table.name for table in catalogue.TABLES)
        raise UsageError(f"no core table {', '.join(sorted(unknown))}; there are {known}.")
    for _ in range(TRIES):
        finished, hidden = store.files(SNAPSHOT), store.unfinished()
        files = {table: store.files(table, versions.get(table.name)) for table in catalogue.TABLES}
        hidden |= store.unfinished()
        if store.files(SNAPSHOT) == finished:  # else a load ended between the first table and the last
            break
    listed = ", ".join(text(load.partition(":")[2]) for load in sorted(hidden))
    return {table: _seen(table, view(table, those), listed) for table, those in files.items()}


def _seen(table: Table, sql: str, hidden: str) -> str:
    """The rows of a table without those of some snapshots."""
    if not hidden or "snapshot" not in table.names:
        return sql
    return f"SELECT * FROM ({sql}) WHERE snapshot NOT IN ({hidden})"


def _free(table: Table, sql: str, snapshots: str) -> str:
    """The rows of a table that may be passed on."""
    if "snapshot" not in table.names:
        return sql
    free = f"SELECT snapshot FROM ({snapshots}) WHERE redistribution <> 'forbidden'"
    return f"SELECT * FROM ({sql}) WHERE snapshot IN ({free})"


def query(
    store: Store,
    sql: str,
    parameters: list[Any] | None = None,
    versions: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """Rows of a SELECT over the core tables of a store.

    Raises
    ------
    StoreError
        If the query fails; the message carries the SQL.
    """
    with _reading(store, sql, versions) as connection:
        return fetched(connection, sql, parameters)


def arrays(
    store: Store, sql: str, parameters: list[Any] | None = None, versions: Mapping[str, int] | None = None
) -> dict[str, NDArray[Any]]:
    """Columns of a SELECT over the core tables of a store as arrays; one with nulls is masked.

    Raises
    ------
    StoreError
        If the query fails; the message carries the SQL.
    """
    with _reading(store, sql, versions) as connection:
        return fetched_arrays(connection, sql, parameters)


@contextmanager
def _reading(
    store: Store, sql: str, versions: Mapping[str, int] | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine over a store; its errors are told with the query."""
    import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

    connection = opened(store, versions)
    try:
        yield connection
    except duckdb.Error as error:
        raise StoreError(f"{error}\nin: {sql}") from error
    finally:
        connection.close()


def missing(store: Store) -> list[str]:
    """Snapshots that rows were read from and whose files are gone."""
    told = query(store, "SELECT DISTINCT sha256[1:16] AS snapshot FROM snapshot ORDER BY ALL")
    return [one["snapshot"] for one in told if not (store.folder / "snapshots" / one["snapshot"]).is_dir()]


def check_reads(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Refuse anything but one SELECT.

    Raises
    ------
    UsageError
        If it is something else, or several.
    """
    import duckdb  # noqa: PLC0415 - as above

    refusal = UsageError("query takes one SELECT; nothing else reads, and nothing may write.")
    try:
        statements = connection.extract_statements(sql)
    except TypeError as error:  # half a surrogate pair
        raise UsageError("the query is no text in UTF-8.") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise refusal
    try:  # WITH x AS (COPY ... TO ...) SELECT is one too, but cannot stand inside another
        connection.execute(f"EXPLAIN SELECT * FROM ({statements[0].query.rstrip('; ')}\n)")
    except duckdb.Error as error:
        connection.execute(f"EXPLAIN\n{sql}")  # tells what is wrong with it, if it is not that
        raise refusal from error
