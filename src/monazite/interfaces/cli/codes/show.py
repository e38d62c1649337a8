"""``monazite codes show``: one code on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.results.result import Result

FORMS = ("table", "json", "md", "xlsx", "html")
SHOWN, SIX = 6, 6
"""Partners that are listed on a terminal."""

_HELP = """One code: text, place, units, editions, what it holds, trade, and can it be trusted?

CODE may have dots. It is read in the tariff of 2025, else in the latest edition of the
Harmonized System that has it, else in another nomenclature; --in says which.

\b
Examples:
  monazite codes show 8112.92
  monazite codes show 2846908090
  monazite codes show 811230               a code that died in 2007
  monazite codes show 8507.60 --format json
"""


@click.command("show", cls=Command, help=_HELP)
@click.argument("code", metavar="CODE")
@options.option("--in", "nomenclature", default="", metavar="NAME", help="Nomenclature to read it in.")
@options.format_option(FORMS)
@options.output_option
@options.color_option
def show(*, code: str, nomenclature: str, form: str | None, output: str | None, color: bool | None) -> None:
    """Ask the study, then draw the page."""
    from monazite.studies.nomenclature.show import show as ask  # noqa: PLC0415 - help needs no codes

    kind = options.form_for(form, output, FORMS)
    result = ask(code, nomenclature=nomenclature)
    if kind == "table":
        data = drawn(list(parts(result)), color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

        data = render(result, kind)
    options.deliver(data, kind, output)


def parts(result: Result) -> Iterator[RenderableType]:
    """The page: place, facts, materials, partners."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    row = result.table.rows[0]
    yield from (Text(result.title, style="bold"), Text(), _place(result.details["place"]), Text())
    yield from (_facts(row), Text())
    materials = result.details["materials"]
    if len(materials):
        yield from (Text("Holds", style="bold"), _held(materials), Text())
    partners = result.details["partners"].rows
    if partners:
        yield from (Text("Imports 2024", style="bold"), _partners(partners[:SHOWN]), Text())
        yield Text(f"{result.findings[0].found}.", style="dim")
        yield from [Text()] * bool(result.notes)
    yield from map(Text, result.notes)


def _place(rows: Iterable[Row]) -> RenderableType:
    """The codes above, the code itself, the codes below."""
    from rich.table import Table  # noqa: PLC0415 - rich, only when it draws

    from monazite.results.shown import dollars  # noqa: PLC0415 - as above

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(no_wrap=True, justify="right")
    for row in rows:
        style = "bold" if row["place"] == "itself" else "dim" if row["place"] == "above" else ""
        value = "" if row["value_usd"] is None else dollars(row["value_usd"])
        grid.add_row(row["written"], row["description"] or "(text not shipped)", value, style=style)
    return grid


def _facts(row: Row) -> RenderableType:
    """Health, units, editions and trade, one a line."""
    from rich.table import Table  # noqa: PLC0415 - rich, only when it draws

    from monazite.results import words  # noqa: PLC0415 - as above
    from monazite.results.shown import dollars  # noqa: PLC0415 - as above

    trade = ""
    if row["value_usd"] is not None:
        trade = (
            f"{dollars(row['value_usd'])} from {row['partners']} partner{'s' * (row['partners'] != 1)},"
            f" {row['leading_partner_name']}"
            f" {words.percent(row['leading_share'])}, HHI"
            f" {words.index_range(row['hhi_low'], row['hhi_high'])}"
        )
    facts = (
        ("Health", row["health"]),
        ("Units", row["unit"]),
        ("In editions", row["editions"]),
        ("Same goods since", _since(row)),
        ("Before", row["before"]),
        ("Now", row["after"]),
        ("US imports 2024", trade),
    )
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    for name, value in facts:
        if value:
            grid.add_row(name, str(value))
    return grid


def _since(row: Row) -> str:
    """Since when the goods are the same; of a national line it is known of its six digits only."""
    if row["unchanged_since"] is None:
        return ""
    return f"six digits: {row['unchanged_since']}" if len(row["code"]) > SIX else str(row["unchanged_since"])


def _held(rows: Iterable[Row]) -> RenderableType:
    """What share of the code each material is, and how that is known."""
    from rich.table import Table  # noqa: PLC0415 - rich, only when it draws

    from monazite.results import words  # noqa: PLC0415 - as above

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    grid.add_column(no_wrap=True, style="dim")
    for row in rows:
        share = words.percent_range(row["share_low"], row["share_high"])
        grid.add_row(share, f"{row['name']}: {row['form']}", f"{row['known']} [{row['tag']}]")
    return grid


def _partners(rows: Iterable[Row]) -> RenderableType:
    """The largest partners."""
    from rich.table import Table  # noqa: PLC0415 - rich, only when it draws

    from monazite.results import words  # noqa: PLC0415 - as above
    from monazite.results.shown import dollars  # noqa: PLC0415 - as above

    grid = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right", "right"):
        grid.add_column(no_wrap=True, justify=justify)
    for row in rows:
        grid.add_row(row["name"], dollars(row["value_usd"]), words.percent(row["share"]))
    return grid
