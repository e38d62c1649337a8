"""One SELECT over a store, answered as a table: the way from what is loaded to a data frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monazite.results.frame import Frame
from monazite.schema.columns import Column
from monazite.schema.tables import Table
from monazite.store.answers import Asked, Question, told_apart
from monazite.store.home import Store, default_folder
from monazite.store.values import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.schema.columns import Type

_TYPES: tuple[tuple[type, Type], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "text"),
)


def query(
    sql: str, *, store: Store | Path | str | None = None, versions: Mapping[str, int] | None = None
) -> Frame:
    """Ask a store one question in SQL.

    Parameters
    ----------
    sql
        One SELECT over the core tables (DuckDB's SQL); nothing can be written.
    store
        The store, or its folder; the user's own by default.
    versions
        Earlier versions to read, by table.

    Returns
    -------
    Frame
        The answer; ``.to_pandas()``, ``.to_polars()`` and ``.to_arrow()`` hand it on.

    Raises
    ------
    UsageError
        If it is no single SELECT, or the engine refuses it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     query("SELECT count(*) AS flows FROM trade", store=folder).one()
    {'flows': 0}
    """
    held = store if isinstance(store, Store) else Store(Path(store) if store else default_folder())
    names: list[str] = []
    rows: list[list[object]] = []
    for heading, chunk in Asked(held, Question(sql, dict(versions or {}))).chunks():
        names = told_apart(heading)
        rows += [[plain(value) for value in row] for row in chunk]
    columns = tuple(Column(name, _type([row[at] for row in rows]), name) for at, name in enumerate(names))
    table = Table("answer", sql, columns)
    return Frame(table, tuple(dict(zip(names, row, strict=True)) for row in rows))


def _type(values: list[object]) -> Type:
    """The type of a column: the first that holds every value there is.

    >>> _type([1, None, 2.5]), _type([None]), _type([1, "a"])
    ('number', 'text', 'text')
    """
    held = {type(value) for value in values if value is not None}
    if held == {int, float}:
        return "number"
    return next((name for kind, name in _TYPES if held == {kind}), "text")
