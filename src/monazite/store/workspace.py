"""A workspace: the core tables of a store as views, beside tables a study makes while it works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from monazite.errors import StoreError
from monazite.store import reading
from monazite.store.engine import fetched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.store.home import Store


class Workspace:
    """An engine in memory; what is made in it ends with it, and nothing of the store can change."""

    def __init__(
        self, store: Store, versions: Mapping[str, int] | None = None, *, only_free: bool = False
    ) -> None:
        """Open the views; ``versions`` names earlier versions by table.

        ``only_free`` leaves out rows of publications that may not be passed on.
        """
        import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

        self._refusals = duckdb.Error
        self._connection = reading.opened(store, versions, only_free=only_free)

    def __enter__(self) -> Self:
        """Use it as a context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the engine."""
        self._connection.close()

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a SELECT.

        Raises
        ------
        StoreError
            If the engine cannot run it; the message carries the SQL.
        """
        try:
            return fetched(self._connection, sql)
        except self._refusals as error:
            raise StoreError(f"{error}\nin: {sql}") from error

    def run(self, *statements: str) -> None:
        """Run statements one after the other.

        Raises
        ------
        StoreError
            As for :meth:`rows`.
        """
        for sql in statements:
            try:
                self._connection.execute(sql)
            except self._refusals as error:
                raise StoreError(f"{error}\nin: {sql}") from error
