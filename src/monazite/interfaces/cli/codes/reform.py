"""``monazite codes reform``: which codes to split, what it would tell, and the request that asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.studies.nomenclature.answer import Answer

FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "md", "html")
TOP = 20
BODIES = {
    "484(f)": "To the 484(f) committee: ten-digit lines of the United States tariff",
    "WCO": "To the World Customs Organization: six-digit subheadings, told apart by the United States already"
    " or shared by all",
}
WORLD = "WCO"

_HELP = """Which codes to split first: what a split would tell, the lines, the trade, the tests.

A code tells little where several materials share it; splitting tells most where much is
traded from few partners. Each code is ranked by entropy of the split × US imports of 2024
× concentration of the partners, as an interval. With --request, a draft request for each
heading is written as Markdown and HTML, the applicant to be filled in.

\b
Examples:
  monazite codes reform
  monazite codes reform --heading 2846
  monazite codes reform --top 50 -o reform.xlsx
  monazite codes reform --heading 8112 --request drafts
"""


@click.command("reform", cls=Command, help=_HELP)
@options.option(
    "--top",
    type=click.IntRange(min=1),
    default=TOP,
    show_default=True,
    metavar="N",
    help="At most N codes for each body.",
)
@options.option(
    "--heading", default="", metavar="CODE", help="Only codes that begin so: 2846, 8112.92, 3001.90.01.90."
)
@options.option(
    "--request",
    "folder",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="Also write a draft request for each heading, as Markdown and HTML.",
)
@options.format_option(FORMS)
@options.output_option
@options.color_option
def reform(  # noqa: PLR0913 - the options of the command, by name
    *,
    top: int,
    heading: str,
    folder: str | None,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then draw or write the list, and the drafts if they are asked for."""
    from monazite.studies.nomenclature.reform import reform as ask  # noqa: PLC0415 - help needs no codes

    kind = options.form_for(form, output, FORMS)
    result = ask(heading, top=top)
    if kind == "table":
        data = drawn(list(parts(result)), color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

        data = render(result, kind)
    options.deliver(data, kind, output)
    if folder:
        _write_requests(result, Path(folder))


def _write_requests(result: Answer, folder: Path) -> None:
    """Write the drafts, each in both forms, and say where they are."""
    from monazite.studies.nomenclature.reform.drawing import html, markdown  # noqa: PLC0415 - drafts only
    from monazite.studies.nomenclature.reform.requests import requests  # noqa: PLC0415 - as above

    folder.mkdir(parents=True, exist_ok=True)
    for one in requests(result):
        options.deliver(markdown(one), "md", str(folder / f"{one.name}.md"), told="request:")
        options.deliver(html(one), "html", str(folder / f"{one.name}.html"), told="request:")


def parts(result: Answer) -> Iterator[RenderableType]:
    """The codes by body, what is not proposed and why, and how to read it."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    for body, title in BODIES.items():
        rows = [row for row in result.table.where(body=body) if row["rank"]]
        if rows:
            yield from (Text(title, style="bold"), Text(), _listed(rows, result), Text())
    others = [row for row in result.table if not row["rank"]]
    if others:
        yield Text("Not proposed", style="bold")
        for row in others:
            told = f": {row['note']}" if row["note"] else " in 2024"
            yield Text.assemble((row["written"], "bold"), f" {row['status']}{told}")
        yield Text()
    yield Text(
        "First line: US imports 2024, leading partner, what a split tells (bits × million USD × HHI; the"
        " least is 0 where no share is known), tests: $1 M a year is asked of each line, and what one line"
        " has is open where only the code as a whole is counted. Importers are not published: partners stand"
        " in for them. The EU is one partner, and not every partner is listed. --request writes drafts.",
        style="dim",
    )


def _listed(rows: list[Row], result: Answer) -> RenderableType:
    """Each code with its trade and leading partner, then the reason and the lines proposed."""
    from rich.table import Table  # noqa: PLC0415 - rich, only when it draws
    from rich.text import Text  # noqa: PLC0415 - as above

    grid = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("right", "left"):
        grid.add_column(no_wrap=True, justify=justify)
    grid.add_column(overflow="fold")
    for row in rows:
        lines = [line["text"] for line in result.details["lines"].where(code=row["code"])]
        text = Text.assemble(_trade(row), "\n", row["reason"] or f"Holds {row['holds']}.", "\n")
        text.append(f"Lines: {'; '.join(lines)}", style="dim")
        grid.add_row(str(row["rank"]), Text(row["written"], style="bold"), text)
    return grid


def _trade(row: Row) -> str:
    """Imports, leading partner, partners, what a split tells, and the tests, in one line."""
    from monazite.results import words  # noqa: PLC0415 - rich, only when it draws
    from monazite.results.shown import dollars  # noqa: PLC0415 - as above

    tests = [_worth(row)]
    if row["traders_test"]:
        tests.append(f"3 traders {row['traders_test']}")
    told = (
        dollars(row["value_usd"]),
        f"{row['leading_partner_name']} {words.percent(row['leading_share'])} of {row['partners']} partners",
        f"tells up to {words.plain(row['information_high'], 3)} bit·$M",
        ", ".join(tests),
    )
    return " · ".join(told)


def _worth(row: Row) -> str:
    """The test of trade: first whether the code as a whole passes, then each line."""
    from monazite.studies.nomenclature.reform.committee import worth_whole  # noqa: PLC0415 - with the answer

    if row["body"] == WORLD:
        return f"$50 M [U] {row['value_test']}"
    return f"$1 M {worth_whole(row['value_usd'])} as a whole, {row['value_test']} for each line"
