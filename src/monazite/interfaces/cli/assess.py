"""``monazite assess``: the dependence study, or imports of a group of goods; table, file and report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from monazite.errors import UsageError
from monazite.interfaces.cli import options, study
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn, progress, width
from monazite.schema.group_imports import BASES, GROUPS
from monazite.schema.minerals import STAGES

if TYPE_CHECKING:
    from monazite.results.result import Result
    from monazite.store.home import Store

FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "md", "html")

_HELP = """How much of each critical mineral is imported, from whom, and how concentrated that is.

Without MATERIAL, the minerals of the 2025 US list of critical minerals. A material is
a name, an element's symbol or a group: gallium, Ga, "rare earths".

With --group, imports of goods instead: batteries, pharmaceuticals or magnets by value,
from the customs figures of 2024 that are shipped. Shares of imports by value are not
net import reliance; --by weight answers where quantities are loaded.

\b
Examples:
  monazite assess
  monazite assess Ga Ge antimony --sort world
  monazite assess --all --stage refined
  monazite assess --as-of mcs2025 --year 2023 --format csv > dependence.csv
  monazite assess "rare earths" -o rare-earths.xlsx --report rare-earths.html
  monazite assess --group batteries
  monazite assess --group pharmaceuticals -o medicines.xlsx --report medicines.html
"""
ONLY_MATERIALS = {"materials": "MATERIAL", "everything": "--all", "stages": "--stage", "as_of": "--as-of",
                  "sort": "--sort"}  # fmt: skip
ONLY_GROUPS = {"basis": "--by", "store": "--store"}
"""What is asked of materials only, and of groups of goods only."""


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
@options.option(
    "--group", type=click.Choice(GROUPS), help="A group of goods instead of materials: imports by value."
)
@options.option(
    "--by",
    "basis",
    type=click.Choice(BASES),
    default=BASES[0],
    show_default=True,
    help="Of a group: shares by value, or by weight where quantities are loaded.",
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
@options.store_option
@options.format_option(FORMS)
@options.output_option
@options.report_option
@options.color_option
def assess(  # noqa: PLR0913 - the options of the command, by name
    *,
    materials: tuple[str, ...],
    everything: bool,
    stages: tuple[str, ...],
    group: str | None,
    basis: str,
    year: int | None,
    as_of: str,
    sort: str,
    store: Store,
    form: str | None,
    output: str | None,
    report: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    _check_apart(group)
    asked = study.asked_for(materials, everything=everything)
    options.check_report(report, output)
    chosen = options.form_for(form, output, FORMS)
    if group:
        result = _imports(group, year, basis, store)
    else:
        result = study.ask("dependence", asked, year=year, as_of=as_of, stages=stages, sort=sort)
    options.deliver(_rendered(result, chosen, color=options.color_for(color, output)), chosen, output)
    if report:
        _write_report(result, report)


def _check_apart(group: str | None) -> None:
    """Refuse what is asked of materials beside a group, and what is asked of a group without one."""
    context = click.get_current_context()
    typed = {
        name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    if not context.params["materials"]:
        typed -= {"materials"}
    apart = ONLY_MATERIALS if group else ONLY_GROUPS
    wrong = [told for name, told in apart.items() if name in typed]
    if wrong and group:
        raise UsageError(f"--group {group} does not go with {', '.join(wrong)}: that is asked of materials.")
    if wrong:
        raise UsageError(f"{', '.join(wrong)}: that is asked of a group of goods; add --group.")


def _imports(group: str, year: int | None, basis: str, store: Store) -> Result:
    """What the study of imports answers."""
    from monazite.studies.imports import imports  # noqa: PLC0415 - help needs no numbers

    return imports(group, year=year, by=basis, store=store)


def _rendered(result: Result, form: str, *, color: bool | None) -> bytes:
    """The result in the form that was asked for."""
    if form == "table" and result.study == "imports":
        from monazite.interfaces.cli.group import group_parts  # noqa: PLC0415 - rich, only when it draws

        return drawn(group_parts(result, width()), color=color)
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
