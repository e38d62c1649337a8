"""``monazite exposure``: imported inputs of industries, direct and looked through to all suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import answers, options
from monazite.interfaces.cli.parameters import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from monazite.studies.nomenclature.answer import Answer

MOST = 5
"""Imported commodities shown of an industry that was asked for."""

_HELP = """How much of what an industry makes was imported, by itself and by all its suppliers.

A car maker buys few metals abroad; the maker of its steel, wire and motors does. Direct is
what the industry imports itself, looked through what its domestic suppliers import too,
both as a share of the value of its output. Without INDUSTRY, all 71 of the United States
(BEA, summary accounts of 2024, shipped).

\b
Examples:
  monazite exposure
  monazite exposure "motor vehicles, bodies" 335
  monazite exposure --format csv > exposure.csv
  monazite exposure computer -o exposure.xlsx --report exposure.html
"""


@click.command(cls=Command, help=_HELP)
@click.argument("industries", metavar="[INDUSTRY]...", nargs=-1)
@options.format_option(answers.FORMS)
@options.output_option
@options.report_option
@options.color_option
def exposure(
    *,
    industries: tuple[str, ...],
    form: str | None,
    output: str | None,
    report: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    from monazite.studies.exposure import exposure as ask  # noqa: PLC0415 - help needs no numbers

    options.check_report(report, output)
    kind = options.form_for(form, output, answers.FORMS)
    result = ask(industries)
    answers.deliver(
        result, lambda: _parts(result, each=bool(industries)), kind, output=output, report=report, color=color
    )


def _parts(result: Answer, *, each: bool) -> Iterator[RenderableType]:
    """The list of industries; of those asked for also what they import; then how to read it."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above
    from monazite.results.words import percent  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    rows = [
        (row["name"], percent(row["direct"]), percent(row["looked_through"]), row["leading_commodity"] or "–")
        for row in result.table
    ]
    headings = ("Industry", "Direct", "Looked through", "Most of it")
    yield listing(headings, rows, fold=("Industry", "Most of it"))
    for row in result.table if each else ():
        behind = result.details["commodities"].where(industry=row["industry"]).rows[:MOST]
        told = [(one["name"], percent(one["direct"]), percent(one["looked_through"])) for one in behind]
        yield Text(f"Imported for {row['name'].lower()}", style="bold")
        yield listing(("Commodity", "Direct", "Looked through"), told, fold=("Commodity",))
    yield Text(
        "Shares of the value of output. Direct: bought abroad by the industry itself; looked through: also by"
        " its domestic suppliers, theirs, and so on. The publisher spreads imports over users in proportion.",
        style="dim",
    )
