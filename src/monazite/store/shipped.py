"""The tables shipped inside the package: read-only, from the publisher's figures."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import DataMissingError
from monazite.schema.minerals import TABLES
from monazite.store.parquet import select

if TYPE_CHECKING:
    from monazite.schema.tables import Table

FOLDER = Path(str(files("monazite.store").joinpath("shipped")))


def path(table: Table, folder: Path = FOLDER) -> Path:
    """Where a shipped table lies.

    Raises
    ------
    DataMissingError
        If the package was installed without its data.
    """
    found = folder / f"{table.name}.parquet"
    if not found.is_file():
        raise DataMissingError(
            f"table {table.name} is not shipped with this installation; run `make reference`"
        )
    return found


def query(sql: str, parameters: list[Any] | None = None, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Rows of a query over the shipped tables, each a view under its own name.

    >>> query("SELECT count(*) AS n FROM snapshot")
    [{'n': 4}]
    """
    used = {table.name: path(table, folder) for table in TABLES if table.name in sql}
    return select(used, sql, parameters)
