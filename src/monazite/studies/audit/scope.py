"""What is audited: which tables, sources, years and rules, and the workspace the checks share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from monazite.errors import DataMissingError, UnknownCodeError
from monazite.schema import catalogue
from monazite.studies.audit.records import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from monazite.store.workspace import Workspace

Row = dict[str, Any]

AUDITED = ("trade", "mineral_statistic", "indicator")
EARLIEST = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one source in a table: its years, rows and files; ``place`` counts from the earliest."""

    table: str
    source: str
    as_of: str
    place: int
    year: int
    rows: int
    snapshots: int


@dataclass(slots=True)
class Scope:
    """The workspace, what was asked for, and what the store holds of it.

    ``held`` is what is audited; ``loaded`` is all there is, whose records can bear witness;
    ``quoted`` are the sources whose records the answer shows.
    """

    space: Workspace
    held: tuple[Edition, ...]
    loaded: tuple[Edition, ...]
    rules: frozenset[str] | None = None
    since: int = EARLIEST
    shown: int = 20
    made: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)

    def wants(self, *rules: str) -> bool:
        """Whether one of some rules was asked for."""
        return self.rules is None or bool(self.rules.intersection(rules))

    def sources(self, table: str) -> list[str]:
        """Sources with rows in a table that are audited."""
        return sorted({one.source for one in self.held if one.table == table})

    def witnesses(self, table: str) -> list[str]:
        """Sources with rows in a table, audited or not."""
        return sorted({one.source for one in self.loaded if one.table == table})

    def years(self, table: str, source: str) -> list[int]:
        """Years a source has rows of."""
        return sorted({one.year for one in self.loaded if (one.table, one.source) == (table, source)})

    def editions(self, table: str, source: str, years: Iterable[int] | None = None) -> list[str]:
        """Editions that hold rows of some years, the earliest first; of all years if none are named."""
        among = None if years is None else set(years)
        found = {
            one.as_of: one.place
            for one in self.loaded
            if (one.table, one.source) == (table, source) and (among is None or one.year in among)
        }
        return sorted(found, key=found.__getitem__)

    def records(self, source: str, years: Sequence[int], where: str = "true") -> str:
        """SELECT of the records of a source in some years, each in its latest edition."""
        return records(source, years, self.editions("trade", source, years), where)

    def once(self, name: str, make: Callable[[Scope], None]) -> None:
        """Run a step that several checks build on, the first time it is asked for."""
        if name not in self.made:
            make(self)
            self.made.add(name)


def scope(  # noqa: PLR0913 - what may be asked for, by name
    space: Workspace,
    about: Sequence[str],
    *,
    rules: Iterable[str] | None,
    since: int | None,
    shown: int,
    known_sources: Callable[[], Iterable[str]],
) -> Scope:
    """What was asked for, after checking that there is such a thing and that it is loaded.

    Raises
    ------
    UnknownCodeError
        If a name is neither a table nor a source.
    DataMissingError
        If nothing of it is loaded.
    """
    every = [edition for table in AUDITED for edition in _held(space, table)]
    kept = tuple(one for one in every if not about or one.table in about or one.source in about)
    for name in about:
        if not any(name in (one.table, one.source) for one in every):
            _refuse(name, every, partial(sorted, known_sources()))
    if not kept:
        raise DataMissingError(
            "the store holds no trade, mineral_statistic or indicator to audit. Load a file with monazite"
            " load FILE, or fetch one: monazite sources lists what there is."
        )
    return Scope(
        space, kept, tuple(every), None if rules is None else frozenset(rules), since or EARLIEST, shown
    )


def _held(space: Workspace, table: str) -> list[Edition]:
    """Editions of a table by source and year, in the order they were retrieved."""
    order = (
        "SELECT source, as_of,"
        " row_number() OVER (PARTITION BY source ORDER BY max(retrieved), as_of) AS place"
        " FROM snapshot GROUP BY source, as_of"
    )
    counted = (
        f"SELECT source, as_of, year, count(*) AS rows, count(DISTINCT snapshot) AS snapshots FROM {table}"
        " GROUP BY ALL"
    )
    found = space.rows(
        f"SELECT source, as_of, coalesce(place, 0) AS place, year, rows, snapshots FROM ({counted})"
        f" LEFT JOIN ({order}) USING (source, as_of) ORDER BY ALL"
    )
    return [Edition(table=table, **row) for row in found]


def _refuse(name: str, held: Sequence[Edition], known_sources: Callable[[], list[str]]) -> None:
    """Say why a name cannot be audited: it is unknown, not audited, or not loaded."""
    loaded = sorted({one.source for one in held} | {one.table for one in held})
    told = f"Loaded and audited are {', '.join(loaded)}" if loaded else "Nothing is loaded"
    tables = [table.name for table in catalogue.TABLES]
    if name in tables and name not in AUDITED:
        raise DataMissingError(f"there is no audit of table {name}; tables {', '.join(AUDITED)} have one.")
    if name not in tables and name not in known_sources():
        raise UnknownCodeError("table or source", name, [*AUDITED, *known_sources()], told)
    raise DataMissingError(f"nothing of {name} is loaded. {told}; monazite load or monazite fetch adds more.")
