"""Answers to one SELECT over the core tables, with the licences of what was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from monazite.errors import UsageError
from monazite.schema import catalogue
from monazite.schema.tables import ddl
from monazite.store import reading
from monazite.store.engine import connect, fetched, name, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from monazite.store.home import Store

Chunk = tuple[list[str], list[tuple[Any, ...]]]
_ROWS = 10_000
_ABSENT = "absent now"


@dataclass(frozen=True, slots=True)
class Question:
    """One SELECT, the versions it is asked of, and whether rows that may not be passed on are left out."""

    sql: str
    versions: Mapping[str, int] = field(default_factory=dict)
    only_free: bool = False


class Asked:
    """A connection on which a question has been checked."""

    def __init__(self, store: Store, question: Question, target: Path | None = None) -> None:
        """Open the views; refuse anything but one SELECT."""
        import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

        self.refusals = duckdb.Error
        self.sql = question.sql
        self.connection = reading.opened(
            store, question.versions, only_free=question.only_free, target=target
        )
        with self:
            reading.check_reads(self.connection, question.sql)
            named = _named(question.sql)
            self.tables = [table for table in catalogue.TABLES if table.name in named]

    def __enter__(self) -> Self:
        """Tell the engine's refusals as the user's."""
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close the connection where the question failed."""
        if error is not None:
            self.connection.close()
        if isinstance(error, self.refusals):
            raise UsageError(str(error)) from error

    def chunks(self) -> Iterator[Chunk]:
        """Names, then rows some thousand at a time."""
        with self:
            cursor = self.connection.execute(self.sql)
            names = [column[0] for column in cursor.description or []]
            yield names, []
            while rows := cursor.fetchmany(_ROWS):
                yield names, rows
        self.connection.close()

    def licences(self) -> list[dict[str, Any]]:
        """The sources behind the tables, each with edition, licence and terms.

        A snapshot that table ``snapshot`` does not know may not be passed on.
        """
        rows = [name(table.name) for table in self.tables if "snapshot" in table.names]
        held = " UNION ".join(f"SELECT DISTINCT snapshot FROM {table}" for table in rows)
        if not held:
            return []
        told = "source, as_of, title, publisher, doi, licence, coalesce(redistribution, 'forbidden')"
        return fetched(
            self.connection,
            f"SELECT {told} AS redistribution, snapshot, file FROM ({held})"
            f" LEFT JOIN {name(reading.TERMS)} USING (snapshot) ORDER BY ALL",
        )

    def copied(self, target: Path) -> int:
        """Write the answer as Parquet to the one file that may be written; how many rows."""
        with self:
            copy = f"COPY ({self.sql.rstrip('; ')}\n) TO {text(target)} (FORMAT parquet)"
            count = self.connection.execute(copy).fetchone()
        self.connection.close()
        return int((count or (0,))[0])


def told_apart(names: list[str]) -> list[str]:
    """The names of an answer's columns, where each is another.

    Raises
    ------
    UsageError
        If two columns have one name.
    """
    if twice := sorted({one for one in names if names.count(one) > 1}):
        raise UsageError(f"several columns are named {', '.join(twice)}; name them apart with AS.")
    return names


def _named(sql: str) -> set[str]:
    """Names of the core tables a SELECT reads, however it spells them.

    It is bound against empty tables, in an engine that reaches no file; a table is read if the SELECT
    cannot be bound without it.
    """
    import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

    found, connection = set(), connect()
    try:
        for table in catalogue.TABLES:
            connection.execute(ddl(table))
        connection.execute("SET enable_external_access = false")
        asked = f"EXPLAIN {sql}"
        connection.execute(asked)
        for table in catalogue.TABLES:
            connection.execute(f"ALTER TABLE {name(table.name)} RENAME TO {name(_ABSENT)}")
            try:
                connection.execute(asked)
            except duckdb.Error:
                found.add(table.name)
            connection.execute(f"ALTER TABLE {name(_ABSENT)} RENAME TO {name(table.name)}")
    finally:
        connection.close()
    return found
