"""``monazite measure``: concentration of supply for every importer, product and year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monazite.errors import UsageError
from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import counted, drawn, progress, say, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.store.tasks import Done
    from monazite.studies.measure import Measured
    from monazite.studies.nomenclature.answer import Answer

FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "md")
WHOLE = (".parquet", ".csv")
"""Endings of the one file that all measures may be written to; any other name is a folder."""
SHOWN = 200
_LEGEND = (
    "HHI: index of the suppliers; × risk: each square times the supplier's political instability; N-1: what"
    " remains of the imports without the leading supplier; World: index of the world's exporters; GeoDep:"
    " CEPII's three criteria, lasting in two of three years."
)

_HELP = """How concentrated is supply? For every importer, product and year of BACI.

Total, suppliers, the leading one and its share, Herfindahl–Hirschman index with bounds,
the same weighted by the suppliers' political instability, what remains without the
leading supplier (N-1), and the criteria of CEPII's GeoDep. --all measures all that is
loaded, one task a year; years that are done are passed over. Without --all, name an
importer (a country, EU27, a file of members) or a code.

\b
Examples:
  monazite measure --importer USA --code 250410 --year 2022
  monazite measure --importer EU27 --code 280530 --code 810520
  monazite measure --all                      into the folder measures of the store
  monazite measure --all -o measures.parquet  all of it in one file
  monazite measure --all --cluster tcp://scheduler:8786 -o /shared/measures
"""


@click.command(cls=Command, help=_HELP)
@options.option("--all", "everything", is_flag=True, help="Every importer and product of what is loaded.")
@options.option(
    "--importer",
    "importers",
    multiple=True,
    metavar="COUNTRY|GROUP",
    help="Country, EU27, another group, or a YAML file of members; repeatable.",
)
@options.option(
    "--code", "codes", multiple=True, metavar="CODE", help="Six-digit code of the product; repeatable."
)
@options.option(
    "--year",
    "years",
    multiple=True,
    type=int,
    metavar="YEAR",
    help="Year; repeatable.  [default: the latest; with --all every year]",
)
@options.option(
    "--nomenclature", metavar="EDITION", default="", help="Edition of the codes, where several are loaded."
)
@options.option("--as-of", metavar="EDITION", default="", help="Release of BACI.  [default: the latest]")
@options.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Years measured at a time.  [default: as many as processors]",
)
@options.option("--cluster", metavar="URL", help="Dask scheduler whose workers measure: tcp://host:8786.")
@options.option("--again", is_flag=True, help="Measure years again that are done.")
@options.store_option
@options.format_option(FORMS)
@options.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE|FOLDER",
    help="Write to a file; with --all to one .parquet or .csv, or the years to a folder.",
)
@options.color_option
def measure(  # noqa: PLR0913 - the options of the command, by name
    *,
    everything: bool,
    importers: tuple[str, ...],
    codes: tuple[str, ...],
    years: tuple[int, ...],
    nomenclature: str,
    as_of: str,
    workers: int | None,
    cluster: str | None,
    again: bool,
    store: Store,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Measure all, or ask for some; then write what was asked for."""
    edition = {"nomenclature": nomenclature, "as_of": as_of}
    if everything:
        if importers or codes:
            raise UsageError("--all measures every importer and product; leave it out to name some.")
        run = {"workers": workers, "cluster": cluster, "again": again}
        return _all(store, years, edition | run, form=form, output=output, color=color)
    if workers or cluster or again:
        raise UsageError("--workers, --cluster and --again go with --all.")
    if not importers and not codes:
        raise UsageError("name an --importer or a --code, or ask for --all.")
    from monazite.studies.measure import measure as ask  # noqa: PLC0415 - help needs no numbers

    kind = options.form_for(form, output, FORMS)
    with progress("measuring"):
        result = ask(importers, codes, years, store=store, **edition)
    if kind == "table":
        data = drawn(list(_parts(result, width())), color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

        data = render(result, kind)
    return options.deliver(data, kind, output)


def _all(  # noqa: PLR0913 - what a run is told, by name
    store: Store,
    years: Sequence[int],
    told: dict[str, Any],
    *,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Measure all of a store under a progress bar; list the years."""
    from monazite.interfaces.cli import listing  # noqa: PLC0415 - help needs no numbers
    from monazite.schema.measure import MEASURE_YEAR  # noqa: PLC0415 - as above
    from monazite.studies.measure import measure_all  # noqa: PLC0415 - as above

    single = output is not None and output.lower().endswith(WHOLE)
    folder = None if output is None or single else Path(output)
    with counted("measuring years") as (begun, done):
        found = measure_all(
            store, years=years, folder=folder, begun=begun, done=lambda one: done(one.key), **told
        )
    rows = [_year(one) for one in found.years]
    columns = ("year", "rows", "already", "seconds", "digest")
    cells = [[str(row["year"]), *(_short(row[key]) for key in columns[1:])] for row in rows]
    headings = ("Year", "Rows", "Done before", "Seconds", "sha256")
    listing.deliver(
        [listing.listing(headings, cells)], MEASURE_YEAR, rows, form=form, output=None, color=color
    )
    say(_sum(found))
    if single:
        with progress(f"writing {output}"):
            count = found.write(str(output))
        say(f"wrote {output}, {count:,} rows")


def _year(done: Done) -> Row:
    """What became of a year, as a row."""
    return {
        "year": int(done.key),
        "rows": done.rows,
        "already": done.already,
        "seconds": round(done.seconds, 2),
        "digest": done.digest,
        "file": done.target,
    }


def _short(value: object) -> object:
    """A digest by its first digits; anything else as it is."""
    return value[:12] if isinstance(value, str) else value


def _sum(found: Measured) -> str:
    """What was done, in a line."""
    before = sum(one.already for one in found.years)
    already = f", {before} of them done before" if before else ""
    return f"{len(found.years)} years{already}; {found.rows:,} rows in {found.folder}"


def _parts(result: Answer, columns: int) -> Iterator[RenderableType]:
    """What the terminal shows: the rows, what was found, where the figures come from."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.measured import table  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    if len(result.table):
        yield table(result.table.rows[:SHOWN], columns)
    if len(result.table) > SHOWN:
        yield Text(f"and {len(result.table) - SHOWN:,} more rows; --format csv lists all.", style="dim")
    yield Text()
    for one in result.findings:
        told = f" {one.subject}: {one.found}; expected {one.expected}. {one.hint}"
        yield Text.assemble((one.rule, "yellow"), told)
    yield Text(_LEGEND, style="dim")
    sources = "; ".join(f"{one.publisher}, {one.title}, {one.as_of}" for one in result.sources)
    yield Text(f"Source: {sources}.", style="dim")
