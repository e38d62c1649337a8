"""``monazite tables``: what the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from monazite.interfaces.cli import listing, options
from monazite.interfaces.cli.parameters import Command

if TYPE_CHECKING:
    from monazite.schema.tables import Table
    from monazite.store.home import Store

_HELP = """The core tables of the store: rows, version, size, and the sources they come from.

\b
Examples:
  monazite tables
  monazite tables --format json
"""


@click.command(cls=Command, help=_HELP)
@options.store_option
@options.format_option(listing.FORMS)
@options.output_option
@options.color_option
def tables(*, store: Store, form: str | None, output: str | None, color: bool | None) -> None:
    """List the tables that hold something."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.schema.store import HELD  # noqa: PLC0415 - help needs no schema

    rows = [held(store, table) for table in store.tables()]
    columns = ("table", "rows", "version", "files", "bytes", "sources")
    headings = ("Table", "Rows", "Version", "Files", "Bytes", "Sources")
    drawn: list[Any] = [Text(f"Store: {store.folder}")]
    if rows:
        cells = [[one[key] for key in columns] for one in rows]
        drawn.append(listing.listing(headings, cells, fold=("Sources",)))
    else:
        drawn.append(Text("Nothing is loaded. Try monazite sources, monazite fetch, monazite load."))
    listing.deliver(drawn, HELD, rows, form=form, output=output, color=color)


def held(store: Store, table: Table) -> dict[str, Any]:
    """What a table holds, as a row."""
    from monazite.store.engine import name  # noqa: PLC0415 - help needs no engine
    from monazite.store.reading import query  # noqa: PLC0415 - as above

    files = store.files(table)
    counted = query(store, f"SELECT count(*) AS n FROM {name(table.name)}")  # noqa: S608 - a declared name
    return {
        "table": table.name,
        "rows": counted[0]["n"],
        "version": store.history(table)[0].version,
        "files": len(files),
        "bytes": sum(file.stat().st_size for file in files),
        "sources": ", ".join(sorted(_sources(store, table))),
        "meaning": table.meaning,
    }


def _sources(store: Store, table: Table) -> set[str]:
    """The sources whose loads stand in a table's history."""
    loads = (version.told.get("load", "") for version in store.history(table))
    return {load.partition(":")[0] for load in loads if load}
