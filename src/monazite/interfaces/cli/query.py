"""``monazite query``: one SELECT over the core tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.errors import UsageError
from monazite.interfaces.cli import listing, options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.store.home import Store

FORMS = ("table", "csv", "json", "jsonl", "parquet")
SHOWN = 200

_HELP = """Ask the store one question in SQL. The core tables are views; nothing can be written.

On a terminal the first 200 rows are shown. -o writes all of them, with the licences of
what was read in a file beside; rows that may not be passed on are refused, unless
--own-use says that the file stays with you, or --redistributable leaves them out.

\b
Examples:
  monazite query "SELECT exporter, sum(value_usd) AS usd FROM trade
                  WHERE importer = 'USA' AND code = '284690' GROUP BY ALL ORDER BY 2 DESC"
  monazite query "SELECT * FROM reject" -o rejects.csv
  monazite query "SELECT count(*) FROM trade" --table-version trade=3
"""


@click.command(cls=Command, help=_HELP)
@click.argument("sql", metavar="SELECT")
@options.option(
    "--table-version",
    "versions",
    multiple=True,
    metavar="TABLE=N",
    help="Read an earlier version; repeatable.",
)
@options.option("--own-use", is_flag=True, help="Write rows that may not be passed on; the file says so.")
@options.option("--redistributable", is_flag=True, help="Leave out rows that may not be passed on.")
@options.store_option
@options.format_option(FORMS)
@options.output_option
@options.color_option
def query(  # noqa: PLR0913 - the options of the command, by name
    *,
    sql: str,
    versions: tuple[str, ...],
    own_use: bool,
    redistributable: bool,
    store: Store,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Ask, then draw or write the answer."""
    from monazite.results.files import export  # noqa: PLC0415 - help needs no engine
    from monazite.store.answers import Question  # noqa: PLC0415 - as above

    if own_use and redistributable:
        raise UsageError(
            "--own-use writes rows that may not be passed on, --redistributable leaves them out."
        )
    kind = options.form_for(form, output, FORMS)
    asked = Question(sql, _versions(versions), only_free=redistributable)
    if output not in (None, options.STDOUT):
        told = export.written(store, asked, str(output), kind, own_use=own_use)
        say(f"wrote {output}, {told.rows:,} rows; licences in {told.licences}")
    elif kind == "table":
        names, rows, more = export.first(store, asked, SHOWN)
        options.deliver(drawn([listing.listing(names, rows, plain=True)], color=color), kind, None)
        if more:
            say(f"the first {SHOWN} rows; -o FILE writes all of them")
    else:
        options.deliver(export.rendered(store, asked, kind, own_use=own_use), kind, None)


def _versions(given: Iterable[str]) -> dict[str, int]:
    """Versions by table.

    >>> _versions(["trade=3"])
    {'trade': 3}
    """
    found = {}
    for one in given:
        table, sign, number = one.partition("=")
        if not sign or not number.strip().isdecimal():
            raise UsageError(f"--table-version {one!r}: found no table and number, expected trade=3.")
        found[table.strip()] = int(number)
    return found
