"""``monazite assess``: the dependence study, as a table, a file and a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options, study
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn, progress, width
from monazite.schema.minerals import STAGES

if TYPE_CHECKING:
    from monazite.results.result import Result

FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "md", "html")

_HELP = """How much of each critical mineral is imported, from whom, and how concentrated that is.

Without MATERIAL, the minerals of the 2025 US list of critical minerals. A material is
a name, an element's symbol or a group: gallium, Ga, "rare earths".

\b
Examples:
  monazite assess
  monazite assess Ga Ge antimony --sort world
  monazite assess --all --stage refined
  monazite assess --as-of mcs2025 --year 2023 --format csv > dependence.csv
  monazite assess "rare earths" -o rare-earths.xlsx --report rare-earths.html
"""


@click.command(cls=Command, help=_HELP)
@options.materials_argument
@options.all_option
@options.option(
    "--stage",
    "stages",
    multiple=True,
    type=click.Choice(STAGES),
    help="Only rows at this stage of the chain; repeatable.",
)
@options.year_option
@options.as_of_option
@options.option(
    "--sort",
    metavar="ORDER",
    default="reliance",
    show_default=True,
    help="Order of the rows: reliance, name, leading-source, concentration, world or price.",
)
@options.format_option(FORMS)
@options.output_option
@options.report_option
@options.color_option
def assess(  # noqa: PLR0913 - the options of the command, by name
    *,
    materials: tuple[str, ...],
    everything: bool,
    stages: tuple[str, ...],
    year: int | None,
    as_of: str,
    sort: str,
    form: str | None,
    output: str | None,
    report: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    asked = study.asked_for(materials, everything=everything)
    options.check_report(report, output)
    chosen = options.form_for(form, output, FORMS)
    result = study.ask("dependence", asked, year=year, as_of=as_of, stages=stages, sort=sort)
    options.deliver(_rendered(result, chosen, color=options.color_for(color, output)), chosen, output)
    if report:
        _write_report(result, report)


def _rendered(result: Result, form: str, *, color: bool | None) -> bytes:
    """The result in the form that was asked for."""
    if form == "table":
        from monazite.interfaces.cli.table import table_parts  # noqa: PLC0415 - rich, only when it draws

        return drawn(table_parts(result, width()), color=color)
    from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

    return render(result, form)


def _write_report(result: Result, path: str) -> None:
    """Write the report and say where it is."""
    from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

    with progress("drawing the report"):
        page = render(result, "html")
    options.deliver(page, "html", path, told="report:")
