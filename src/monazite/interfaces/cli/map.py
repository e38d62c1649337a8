"""``monazite map``: mappings that describe a file of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.history import core_table
from monazite.interfaces.cli.parameters import Command

_GROUP_HELP = """Mappings describe a file of your own, so that monazite load --map can read it.

\b
Examples:
  monazite map suggest suppliers.xlsx > suppliers.yaml
  monazite map suggest suppliers.csv --table trade -o suppliers.yaml
"""
_HELP = """Propose a mapping for a file from its header and content, and say how sure it is.

What it is not sure of is left commented out, with the alternatives. Read it, mend it,
then load the file with it.

\b
Examples:
  monazite map suggest suppliers.xlsx > suppliers.yaml
  monazite map suggest suppliers.csv --table trade -o suppliers.yaml
  monazite load suppliers.xlsx --map suppliers.yaml
"""


@click.group("map", help=_GROUP_HELP)
def map_group() -> None:
    """Group the commands on mappings."""


@map_group.command("suggest", cls=Command, help=_HELP)
@click.argument("file", metavar="FILE", type=click.Path())
@options.option(
    "--table", metavar="TABLE", help="Core table the rows are meant for.  [default: the best fit]"
)
@options.output_option
def suggest(*, file: str, table: str | None, output: str | None) -> None:
    """Look at the file, then write the mapping."""
    from monazite.sources.own import suggest as proposed  # noqa: PLC0415 - help needs no readers

    found = proposed(Path(file), core_table(table) if table else None)
    options.deliver(found.yaml.encode(), "yaml", output)
