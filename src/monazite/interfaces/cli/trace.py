"""``monazite trace``: direct partners against origins, with the lowest and highest share possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import answers, options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import progress, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer

MOST = 15
"""Origins shown on a screen; files hold all."""
WIDE = 80
"""Columns from which bars and the way are shown too."""
LEAST = 0.0005
"""Smaller shares are shown as none."""

_HELP = """Where the imports of a material really come from, behind the countries that pass them on.

Customs say which country goods were shipped from; a hub that mines nothing can stand
first. Trade between all countries is followed back to recorded production, in mass of
the material contained. Each share stands beside the lowest and the highest that keep
every balance, since nobody records which tonne went where.

Trade of 2020 to 2024 in 74 minerals is shipped; monazite fetch baci brings more. A code
that died, holds several materials or is of another stage is refused, with what to load.

\b
Examples:
  monazite trace "rare earths"
  monazite trace graphite --importer EU27 --year 2023
  monazite trace cobalt --by value --report cobalt.html
  monazite trace manganese --importer allies.yaml -o manganese.xlsx
"""


@click.command(cls=Command, help=_HELP)
@options.material_argument
@options.option(
    "--importer",
    default="USA",
    show_default=True,
    metavar="WHO",
    help="A country, EU27 or another group, or a file of members (allies.yaml).",
)
@options.option("--year", type=int, metavar="YEAR", help="Year of trade.  [default: the latest there is]")
@options.option(
    "--by",
    type=click.Choice(("mass", "value")),
    default="mass",
    show_default=True,
    help="Mass of the material contained, or value.",
)
@options.option(
    "--stage",
    type=click.Choice(("ore", "refined", "product")),
    help="Ore, compounds and metal, or products.  [default: ore or metal, what more is imported of]",
)
@options.store_option
@options.format_option(answers.FORMS)
@options.output_option
@options.report_option
@options.color_option
def trace(  # noqa: PLR0913 - the options of the command, by name
    *,
    material: str,
    importer: str,
    year: int | None,
    by: str,
    stage: str | None,
    store: Store,
    form: str | None,
    output: str | None,
    report: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    from monazite.studies.trace import trace as ask  # noqa: PLC0415 - help needs no numbers

    options.check_report(report, output)
    kind = options.form_for(form, output, answers.FORMS)
    with progress("tracing"):
        result = ask(material, importer=importer, year=year, by=by, stage=stage, store=store)
    answers.deliver(result, lambda: _parts(result), kind, output=output, report=report, color=color)


def _parts(result: Answer) -> Iterator[RenderableType]:
    """The shares, the codes they rest on, the findings."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    shown = result.table.rows[:MOST]
    headings = ("Origin", "Shipped from", "Produced in", "Possible", "", "Through")
    room = None if width() >= WIDE else len(headings) - 2
    yield listing(headings[:room], [_line(row)[:room] for row in shown], fold=("Origin", "Through"))
    if len(result.table) > len(shown):
        yield Text(f"{len(result.table) - len(shown)} more origins: -o FILE, or --format csv", style="dim")
    yield Text(_sentence(result))
    for note in result.notes:
        yield Text(note)
    yield Text()
    yield from _found(result)
    if any(row["kind"] != "recorded" for row in shown):
        told = "Not recorded: exports beyond recorded production and imports; they may be from anywhere."
        yield Text(told, style="dim")


def _sentence(result: Answer) -> str:
    """Direct against origin in one sentence."""
    from monazite.results.words import percent, percent_range  # noqa: PLC0415 - rich, only when it draws

    partner = max(result.table, key=lambda row: row["direct"])
    origin = max(result.table, key=lambda row: row["origin"])
    ends = percent_range(origin["possible_low"], origin["possible_high"])
    sent = f"{percent(partner['direct'])} of the imports are shipped from {partner['name'].split(', not')[0]}"
    return f"{sent}; traced to their origin, {percent(origin['origin'])} come from {origin['name']} ({ends})."


def _line(row: Row) -> tuple[str, ...]:
    """One origin: sent directly, produced there, what is possible, that as a bar, and the way."""
    from monazite.interfaces.cli.bars import bar  # noqa: PLC0415 - rich, only when it draws
    from monazite.results.words import percent, percent_range  # noqa: PLC0415 - rich, only when it draws

    role = {"hub": " (hub)"}.get(row["role"], "")
    name = row["name"] + (role if row["kind"] == "recorded" else "")
    return (
        name,
        percent(row["direct"]) if row["direct"] >= LEAST else "–",
        percent(row["origin"]) if row["origin"] >= LEAST else "–",
        percent_range(row["possible_low"] if row["possible_low"] >= LEAST else 0.0, row["possible_high"]),
        bar(row["origin"], row["origin"]).plain.rstrip(),
        row["through"] or "",
    )


def _found(result: Answer) -> Iterator[RenderableType]:
    """Findings, those of one rule on one line."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    by_rule: dict[str, list[str]] = {}
    for one in result.findings:
        named = one.found if one.subject == result.parameters["material"] else f"{one.subject} {one.found}"
        by_rule.setdefault(one.rule, []).append(named)
    for rule, told in by_rule.items():
        more = f"; and {len(told) - 3} more" if len(told) > 3 else ""  # noqa: PLR2004 - a line's worth
        yield Text.assemble((f"{rule} ", "bold"), f"{'; '.join(told[:3])}{more}")
    if by_rule:
        yield Text()
