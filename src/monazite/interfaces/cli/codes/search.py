"""``monazite codes search``: the codes of a good by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn

if TYPE_CHECKING:
    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.results.result import Result

FORMS = ("table", "csv", "json", "jsonl", "xlsx", "md", "html")
DIGITS = ("4", "6", "8", "10")
TOP = 10
REPEATED = 60
"""Letters of a question that are repeated."""

_HELP = """Find the codes of a good by its words, however they are typed.

WORDS are any words of a tariff, the name or symbol of a material, a formula, or what people
say: magnets, "rare earth oxides", Ga, LiPF6, wolfram, NMC, paracetamol. A misspelt word is
taken for one that is spelt almost alike. A code, or its first digits, lists that code in
every nomenclature that has it, then the codes that begin so. It looks in the tariff of
2025, the export schedule, the import codes of 2022 that are gone since, SITC, and the map
of materials.

\b
Examples:
  monazite codes search "permanent magnet"
  monazite codes search galium --digits 10
  monazite codes search "lithium ion" --in ScheduleB2022 --top 3
  monazite codes search 8112.92
  monazite codes search heparin --format json
"""


@click.command("search", cls=Command, help=_HELP)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@options.option(
    "--in",
    "nomenclatures",
    multiple=True,
    metavar="NAME",
    help="Only this nomenclature, such as HTS2025 or SITC4; repeatable.",
)
@options.option("--digits", type=click.Choice(DIGITS), help="Only codes of so many digits.")
@options.option(
    "--top", type=click.IntRange(min=1), default=TOP, show_default=True, metavar="N", help="At most N codes."
)
@options.format_option(FORMS)
@options.output_option
@options.color_option
def search(  # noqa: PLR0913 - the options of the command, by name
    *,
    words: tuple[str, ...],
    nomenclatures: tuple[str, ...],
    digits: str | None,
    top: int,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then list what was found."""
    from monazite.studies.nomenclature.search import search as ask  # noqa: PLC0415 - help needs no codes

    kind = options.form_for(form, output, FORMS)
    result = ask(
        " ".join(words), nomenclatures=nomenclatures, digits=int(digits) if digits else None, top=top
    )
    if kind == "table":
        data = drawn(parts(result), color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

        data = render(result, kind)
    options.deliver(data, kind, output)


def parts(result: Result) -> list[RenderableType]:
    """Each code with its text, where it stands, its units, and why it was found."""
    from rich.table import Table  # noqa: PLC0415 - rich, only when it draws
    from rich.text import Text  # noqa: PLC0415 - as above

    if not len(result.table):
        return [Text("\n".join((f"No code fits {_short(result.parameters['question'])}.", *result.notes)))]
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    for row in result.table:
        grid.add_row(row["written"], _told(row))
    return [grid, *(Text(note, style="dim") for note in result.notes)]


def _short(question: str) -> str:
    """A question as it is repeated to who asked."""
    return question if len(question) <= REPEATED else f"{question[:REPEATED]}..."


def _told(row: Row) -> RenderableType:
    """The text of a code, then in small what else there is to say of it."""
    from rich.text import Text  # noqa: PLC0415 - as above

    names = ", ".join(filter(None, (row["nomenclature"], row["also"])))
    unit = row["unit"] or ("no unit" if row["leaf"] else "")
    facts = " · ".join(filter(None, (names, unit, row["why"])))
    return Text.assemble(row["description"], "\n", (facts, "dim"))
