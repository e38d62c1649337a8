"""``monazite codes``: what trade codes say, what they hide, and how to mend them."""

from __future__ import annotations

import click

from monazite.interfaces.cli.lazy import Entry, LazyGroup

HERE = "monazite.interfaces.cli.codes"
COMMANDS = (
    Entry("search", f"{HERE}.search:search", "Find the codes of a good by its words."),
    Entry("show", f"{HERE}.show:show", "One code: text, place, units, what it holds, its health."),
    Entry("trace", f"{HERE}.trace:trace", "One code through every edition, link by link."),
    Entry("convert", f"{HERE}.convert:convert", "Carry a table to another edition, with intervals."),
    Entry("check", f"{HERE}.check:check", "Which codes are dead, baskets, changed or misread?"),
    Entry("map", f"{HERE}.map:map_", "Material, stage and code; what share of the code it is."),
    Entry("reform", f"{HERE}.reform:reform", "Which codes to split, what it would tell, the request."),
)

_HELP = """What trade codes say, what they hide, and how to mend them.

A code that died in 2007 gives a zero that is no zero; a code that holds five metals
says nothing of any. These commands need no key and no network; with customs data in
the store they also look at the trade itself.

\b
Examples:
  monazite codes search "permanent magnet"
  monazite codes trace 811230 --from HS1992
  monazite codes check 811230 2825.60 8507600020
  monazite codes convert trade.csv --from HS2012 --to HS2022 -o carried.parquet
  monazite codes reform --top 20
"""


@click.group("codes", cls=LazyGroup, entries=COMMANDS, help=_HELP)
def codes() -> None:
    """Group the commands on codes."""
