"""A user's file as a source: the table in it that holds what the mapping names, read row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError, UsageError
from monazite.sources.own.completing import lacking
from monazite.sources.own.grids import grids
from monazite.sources.own.headings import located
from monazite.sources.own.passes import Pass
from monazite.sources.source import Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.own.grids import Grid
    from monazite.sources.own.headings import Heading
    from monazite.sources.own.mapping import Mapping
    from monazite.sources.source import Account, Given


def source_for(mapping: Mapping) -> Source:
    """A source that reads one user's files through a mapping; its edition is the mapping's ``as_of``.

    Raises
    ------
    UsageError
        If the mapping leaves out a column that every row must have.
    """
    if left := lacking(mapping):
        ends = "either importer and exporter, or reporter and partner" if "importer" in left else "each"
        raise UsageError(
            f"{mapping.name}: {mapping.table.name} needs {', '.join(left)} as well; say {ends}, "
            "as from: a header or as value: the same for all rows."
        )
    return Source(
        id="own",
        title=mapping.title,
        publisher=mapping.publisher,
        homepage=mapping.licence.url,
        licence=mapping.licence,
        tables=(mapping.table,),
        recognises=lambda _: False,
        read=lambda given, account: read(given, account, mapping),
        edition=lambda _: mapping.as_of,
        by_hand="The file is yours.",
        slot=f"{mapping.table.name} {mapping.form.sheet or ''}".strip(),
        variant=mapping.digest,
    )


def read(given: Given, account: Account, mapping: Mapping) -> Iterator[Rows]:
    """Rows of a user's file; what is odd about it is told to the account.

    Raises
    ------
    SourceError
        If the file is no table, or has not the header the mapping names.
    """
    grid, heading = _found(given, mapping)
    yield Rows(mapping.table, Pass(grid, heading, mapping, account).rows())


def _found(given: Given, mapping: Mapping) -> tuple[Grid, Heading]:
    """The table of a file whose header holds what the mapping names: the first such sheet."""
    wanted = frozenset(name for own in mapping.columns.values() for name in own.headers)
    first: SourceError | None = None
    for grid in grids(given.path, given.name, mapping.form):
        try:
            return grid, located(grid, mapping.form, wanted)
        except SourceError as error:
            first = first or error
    raise first or SourceError(given.name, found="no sheet with anything in it", expected="a table")
