"""``monazite history``: the versions of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from monazite.errors import DataMissingError, UnknownCodeError
from monazite.interfaces.cli import listing, options
from monazite.interfaces.cli.parameters import Command

if TYPE_CHECKING:
    from monazite.schema.tables import Table
    from monazite.store.home import Store

_HELP = """The versions of a table: what was loaded when. --table-version of query and audit reads one.

A version is a state of your store; the publisher's edition is another thing, --as-of.

\b
Examples:
  monazite history trade
  monazite history reject --format csv
  monazite query "SELECT count(*) FROM trade" --table-version trade=3
"""


@click.command(cls=Command, help=_HELP)
@click.argument("table", metavar="TABLE")
@options.store_option
@options.format_option(listing.FORMS)
@options.output_option
@options.color_option
def history(*, table: str, store: Store, form: str | None, output: str | None, color: bool | None) -> None:
    """List the versions, the latest first."""
    from monazite.schema.store import VERSION  # noqa: PLC0415 - help needs no schema

    known = core_table(table)
    rows = versions(store, known)
    if not rows:
        raise DataMissingError(f"table {table} of {store.folder} holds nothing yet; see monazite load.")
    columns = ("version", "time", "operation", "file", "as_of", "stored", "refused")
    headings = ("Version", "Time (UTC)", "Done", "File", "Edition", "Stored", "Refused")
    drawn = [listing.listing(headings, [[one[key] for key in columns] for one in rows], fold=("File",))]
    listing.deliver(drawn, VERSION, rows, form=form, output=output, color=color)


def core_table(name: str) -> Table:
    """The core table of that name.

    Raises
    ------
    UnknownCodeError
        If there is none; the message gives the nearest names.
    """
    from monazite.schema.catalogue import TABLES  # noqa: PLC0415 - help needs no schema

    known = {table.name: table for table in TABLES}
    if name not in known:
        raise UnknownCodeError("core table", name, known, f"There are {', '.join(known)}")
    return known[name]


def versions(store: Store, table: Table) -> list[dict[str, Any]]:
    """The versions of a table as rows."""
    rows = []
    for one in store.history(table):
        told = one.told
        loaded = "load" in told
        rows.append(
            {
                "version": one.version,
                "time": one.time.strftime("%Y-%m-%d %H:%M:%S"),
                "operation": "load" if loaded else told.get("operation", one.operation.lower()),
                "file": told.get("file"),
                "as_of": told.get("as_of"),
                "stored": told["kept"].get(table.name) if loaded else None,
                "refused": told.get("refused"),
                "load": told.get("load"),
            }
        )
    return rows
