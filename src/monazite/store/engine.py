"""The engine: an in-memory DuckDB that reaches neither network nor extensions."""

from __future__ import annotations

import errno
import os
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from monazite.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import duckdb
    from numpy.typing import NDArray

P = ParamSpec("P")
T = TypeVar("T")
MEMORY = "1GB"
REFUSALS = (
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE,
)  # fmt: skip
"""What a system says when it cannot or will not write."""


def connect(
    *, threads: int = 1, scratch: Path | None = None, memory: str = MEMORY
) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that reaches neither network nor extensions.

    With a scratch folder it is bounded in memory and spills to that folder; without one it never does.
    An empty ``memory`` is what DuckDB takes by itself.
    """
    import duckdb  # noqa: PLC0415 - the one heavy import, made when a table is touched

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }
    settings["temp_directory"] = str(scratch or "")
    if scratch is not None and memory:
        settings["memory_limit"] = memory
    connection = duckdb.connect(config=settings)
    connection.execute("SET enable_progress_bar = false")  # it would be drawn where the answer goes
    return connection


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def text(value: object) -> str:
    """A value as an SQL string.

    >>> text("rock 'n' roll")
    "'rock ''n'' roll'"
    """
    return "'" + str(value).replace("'", "''") + "'"


def name(column: str) -> str:
    """A name as an SQL identifier.

    >>> name("where")
    '"where"'
    """
    return '"' + column.replace('"', '""') + '"'


def names(columns: Iterable[str]) -> str:
    """Names as a list of SQL identifiers."""
    return ", ".join(map(name, columns))


def refusal(error: Exception) -> OSError | None:
    """The system's refusal behind an error of DuckDB or deltalake, which have it only in their text.

    >>> refusal(ValueError('Could not write file "a": No space left on device'))
    OSError(28, 'No space left on device')
    """
    told = str(error)
    found = (code for code in REFUSALS if os.strerror(code) in told)
    return next((OSError(code, os.strerror(code)) for code in found), None)


def told_plainly(method: Callable[P, T]) -> Callable[P, T]:
    """Make a method tell the engine's errors as the store's, and the system's refusals as its own."""

    @wraps(method)
    def told(*args: P.args, **named: P.kwargs) -> T:
        import duckdb  # noqa: PLC0415 - as above

        try:
            return method(*args, **named)
        except duckdb.Error as error:
            if refused := refusal(error):
                raise refused from error
            raise StoreError(str(error)) from error

    return told


def fetched(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None
) -> list[dict[str, Any]]:
    """Rows of a query as dictionaries."""
    cursor = connection.execute(sql, parameters or [])
    columns = [column[0] for column in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def fetched_arrays(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None
) -> dict[str, NDArray[Any]]:
    """Columns of a query as arrays; one with nulls is masked, an ENUM is text."""
    import numpy as np  # noqa: PLC0415 - as heavy as the engine, and needed for many rows only

    found = connection.execute(sql, parameters or []).fetchnumpy()
    return {
        name: column if isinstance(column, np.ndarray) else np.asarray(column)
        for name, column in found.items()
    }
