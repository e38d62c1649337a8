"""``monazite codes convert``: carry a table to another edition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from monazite.errors import UsageError
from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import progress, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.concordance import Way

WAYS = ("weights", "families", "refuse")
CARRIED = {
    "exact": "to one code each",
    "family": "to families of codes",
    "weights": "in parts of known weight",
    "bounds": "in parts nobody knows: bounds only",
}

_HELP = """Carry a table to another edition of the codes; totals are conserved to the cent.

FILE is CSV or Parquet, of any size. A code that was split has no one successor; choose
how it is carried: by weights (in parts, with bounds in the columns _low and _high; a part
nobody knows has bounds and no amount, none is invented), by families (codes that links
tie together count as one: exact, less detail), or refuse (any code without a single
successor or a reviewed rule is an error). What could not be carried is listed with its
reason, and so is each code that --repair mended.

\b
Examples:
  monazite codes convert trade.csv --from HS2012 --to HS2022 -o carried.csv
  monazite codes convert baci.parquet --from HS92 --to HS2022 --by families -o out.parquet
  monazite codes convert trade.csv --from HS2007 --to HS2012 --weights w.csv -o out.csv
  monazite codes convert old.csv --from HS2017 --to HS2022 --repair -o new.csv \\
      --code commodity --value usd --keep rate --report-to report.json
"""


@click.command(cls=Command, help=_HELP)
@click.argument("file", metavar="FILE", type=click.Path())
@options.option(
    "--from", "start", required=True, metavar="EDITION", help="Edition FILE is in, such as HS2012."
)
@options.option("--to", "end", required=True, metavar="EDITION", help="Edition to carry it to.")
@options.option(
    "--by", type=click.Choice(WAYS), default=WAYS[0], show_default=True, help="How split codes are carried."
)
@options.option("--code", metavar="COLUMN", default="", help="Column of codes.  [default: by its name]")
@options.option(
    "--value",
    "values",
    multiple=True,
    metavar="COLUMN",
    help="Column of amounts, split and summed; repeatable.  [default: by their names]",
)
@options.option(
    "--keep", multiple=True, metavar="COLUMN", help="Column of numbers that are no amounts, kept; repeatable."
)
@options.option(
    "--weights",
    type=click.Path(),
    default="",
    metavar="FILE",
    help="CSV or Parquet: code,target,weight,low,high; or estimated: learned from the store's trade.",
)
@options.option(
    "--rules", type=click.Path(), default="", metavar="FILE", help="CSV: code,target; your judgement."
)
@options.option("--repair", is_flag=True, help="Mend codes that can mean one code only; each is listed.")
@options.option(
    "-o", "--output", required=True, type=click.Path(), metavar="FILE", help="CSV or Parquet file to write."
)
@options.option(
    "--report-to",
    type=click.Path(),
    metavar="FILE.json",
    help="Also write the report: every code, where it went.",
)
@options.store_option
def convert(  # noqa: PLR0913 - the options of the command, by name
    *,
    file: str,
    start: str,
    end: str,
    by: str,
    code: str,
    values: tuple[str, ...],
    keep: tuple[str, ...],
    weights: str,
    rules: str,
    repair: bool,
    output: str,
    report_to: str | None,
    store: Store,
) -> None:
    """Ask the study, then say what became of the file."""
    if report_to and Path(report_to).resolve() == Path(output).resolve():
        raise UsageError(f"-o and --report-to both name {output!r}; give the report another name.")
    from monazite.studies.nomenclature import convert as study  # noqa: PLC0415 - help needs no numbers

    with progress(f"carrying {file}"):
        result = study.convert(
            file,
            start,
            end,
            output,
            by=cast("Way", by),
            code=code,
            values=values,
            keep=keep,
            weights=weights,
            rules=rules,
            repair=repair,
            store=store,
        )
    for line in told(result):
        say(line)
    say(f"wrote {output}")
    if report_to:
        from monazite.results.files.objects import json_bytes  # noqa: PLC0415 - help needs no writers

        options.deliver(json_bytes(result), "json", report_to, told="report:")


def told(result: Answer) -> Iterator[str]:
    """The report in lines: totals, what became of the rows, findings."""
    yield f"{result.title}. {result.headlines[0].value} rows. {result.notes[0]}"
    yield from map(_totals, result.table)
    first = result.table.rows[0]["column"]
    for row in result.details["outcomes"].where(column=first):
        what = CARRIED.get(row["outcome"]) or f"not carried, {row['outcome']}: {row['reason']}"
        yield f"  {_plural(row['codes'], 'code')} in {_plural(row['rows'], 'row')} {what}"
    for one in result.findings:
        yield f"{one.severity} {one.rule}: {one.found}. {one.hint}"


def _totals(row: Row) -> str:
    """What was read of one column and what became of it."""
    parts = (("carried", "carried"), ("bounds", "carried in bounds"), ("not_carried", "not carried"))
    became = " + ".join(
        f"{row[f'total_{name}']:,.2f} {words}" for name, words in parts if row[f"total_{name}"]
    )
    missing = f"; missing in {_plural(row['missing_read'], 'row')}" if row["missing_read"] else ""
    lost = f"; up to {row['high_lost']:,.2f} of it lost on the way" if row["high_lost"] else ""
    return f"  {row['column']}: {row['total_read']:,.2f} read = {became or 0}{lost}{missing}"


def _plural(count: int, what: str) -> str:
    """A count in words.

    >>> _plural(1, "row"), _plural(1234, "row")
    ('1 row', '1,234 rows')
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"
