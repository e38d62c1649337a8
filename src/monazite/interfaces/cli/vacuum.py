"""``monazite vacuum``: small files joined, old versions let go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.load import told_to_wait
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import progress, say

if TYPE_CHECKING:
    from monazite.store.home import Store

_HELP = """Join small files and delete those that only old versions of a table need.

Versions older than --keep can then no longer be read; what is loaded stays.

\b
Examples:
  monazite vacuum
  monazite vacuum --keep 0
"""


@click.command(cls=Command, help=_HELP)
@options.option(
    "--keep", type=click.IntRange(0), default=30, show_default=True, metavar="DAYS",
    help="Keep the versions of so many days.",
)  # fmt: skip
@options.store_option
def vacuum(*, keep: int, store: Store) -> None:
    """Tidy every table, then say what was freed."""
    from monazite.store.compact import compact  # noqa: PLC0415 - help needs no store
    from monazite.store.compact import vacuum as swept  # noqa: PLC0415 - as above

    for table in store.tables():
        with progress(f"tidying {table.name}"), store.writing(told_to_wait) as scratch:
            joined = compact(store, table, scratch)
            files, size = swept(store, table, keep=timedelta(days=keep))
        say(f"{table.name}: {joined} files joined, {files} deleted, {size / 1e6:,.1f} MB freed")
