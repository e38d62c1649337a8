"""``monazite codes trace``: one code through every edition, link by link."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from rich.text import Text
    from rich.tree import Tree

    from monazite.results.frame import Row
    from monazite.studies.nomenclature.answer import Answer

FORMS = ("table", "json", "jsonl", "csv")
SHOWN = 8
"""Branches of one code, or codes of one reason, a terminal shows before it counts the rest."""
_LINE = 60
"""Letters of a text a terminal shows."""

_HELP = """Follow CODE through every edition: what it was before, what became of it.

Each branch is a link, with how many codes of one edition stand against how many of
the other (n:1 is many into one, seen from the code it starts at). Links that a
reviewed rule cuts, to electrical waste for instance, are shown and not followed. A
ten-digit code is also led to the nomenclatures of industries and uses.

\b
Examples:
  monazite codes trace 811230 --from HS1992     germanium, merged in 2007
  monazite codes trace 8507600020               split in 2026; NAICS, end use, ...
  monazite codes trace 854140 --format csv
"""


@click.command("trace", cls=Command, help=_HELP)
@click.argument("code", metavar="CODE")
@options.option(
    "--from",
    "start",
    metavar="EDITION",
    help="Edition to start from: HS1992, HTS2025, ...  [default: the first that knows the code]",
)
@options.format_option(FORMS)
@options.output_option
@options.color_option
def trace(*, code: str, start: str | None, form: str | None, output: str | None, color: bool | None) -> None:
    """Ask the study, then write what was asked for."""
    from monazite.studies.nomenclature import trace as study  # noqa: PLC0415 - help needs no numbers

    kind = options.form_for(form, output, FORMS)
    result = study.trace(code, start)
    if kind == "table":
        data = drawn(parts(result), color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

        data = render(result, kind)
    options.deliver(data, kind, output)


def parts(result: Answer) -> list[RenderableType]:
    """What the terminal shows: a tree for each direction, then where it leads across."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    rows = result.table.rows
    told: list[RenderableType] = [Text(result.title, style="bold")]
    for direction, heading in (("forward", "What became of it"), ("back", "What it was before")):
        links = [row for row in rows if row["direction"] == direction]
        if links:
            told += [Text(), _tree(heading, links)]
    across = [row for row in rows if row["direction"] == "across"]
    if across:
        told += [Text(), Text("In other nomenclatures", style="bold"), *map(_across, across)]
    if reasons := _reasons(rows):
        told += [Text(), Text("Links that are not followed", style="bold"), *reasons]
    if not rows:
        told.append(Text("No link leads to another edition at hand."))
    return told


def _tree(heading: str, links: Sequence[Row]) -> Tree:
    """The links of one direction as a tree from the code they start at."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws
    from rich.tree import Tree  # noqa: PLC0415 - as above

    tree, first = Tree(Text(heading, style="bold")), links[0]
    start = (first["nomenclature"], first["code"])
    _grow(tree, start, _by_start(links), set(), None)
    return tree


def _by_start(links: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """The links by where they start."""
    order = sorted(links, key=lambda row: (row["nomenclature"], row["code"]))
    return {key: list(rows) for key, rows in groupby(order, lambda row: (row["nomenclature"], row["code"]))}


def _grow(
    tree: Tree,
    place: tuple[str, str],
    links: dict[tuple[str, str], list[Row]],
    seen: set[tuple[str, str]],
    came: Row | None,
) -> None:
    """Add a code, the editions it goes through unchanged in one line, and what it leads to."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    last = place
    while len(ways := links.get(last, [])) == 1 and _unchanged(ways[0]):
        last = (ways[0]["other"], place[1])
    branch = tree.add(_code(place, last, came))
    if last in seen:
        branch.add(Text("as above", style="dim"))
        return
    seen.add(last)
    followed = [row for row in ways if row["followed"]]
    for comment in dict.fromkeys(row["comment"] for row in followed if row["comment"]):
        branch.add(Text(comment, style="dim"))
    for row in followed[:SHOWN]:
        _grow(branch, (row["other"], row["other_code"]), links, seen, row)
    if len(followed) > SHOWN:
        branch.add(Text(f"and {len(followed) - SHOWN} more", style="dim"))
    if cut := [row["other_code"] for row in ways if not row["followed"]]:
        branch.add(Text.assemble(("✂ ", "yellow"), _some(cut), (" not followed", "dim")))


def _code(place: tuple[str, str], last: tuple[str, str], came: Row | None) -> Text:
    """A code, the editions it stands in with the same goods, how it was reached, and what it holds."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    span = place[0] if last == place else f"{place[0]} to {last[0]}"
    relation = f"  {came['relation']}" if came and came["relation"] != "1:1" else ""
    text = _short(came["description"] if came else None)
    return Text.assemble((place[1], "bold"), f"  {span}", (relation, "cyan"), (f"  {text}".rstrip(), "dim"))


def _unchanged(row: Row) -> bool:
    """Whether a link leads to the same code with the same goods."""
    return bool(row["relation"] == "1:1" and row["code"] == row["other_code"] and row["followed"])


def _short(description: str | None) -> str:
    """The end of a text, with what stands before it where there is room, and no more than a line."""
    *_, before, last = ("", "", *(description or "").split(" > "))
    both = f"{before}: {last}"
    text = both if before and len(both) <= _LINE else last
    return text if len(text) <= _LINE else f"{text[:_LINE].rpartition(' ')[0]} …"


def _some(codes: Sequence[str]) -> str:
    """The first few codes, and how many more there are."""
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return ", ".join(codes[:SHOWN]) + more


def _reasons(rows: Sequence[Row]) -> list[RenderableType]:
    """Why links are not followed, each reason once."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    why: dict[str, dict[str, None]] = {}
    for row in rows:
        if not row["followed"]:
            end = row["other_code"] if row["direction"] == "forward" else row["code"]
            why.setdefault(row["comment"], {})[end] = None
    told: list[RenderableType] = []
    for reason, ends in why.items():
        told.append(Text.assemble(("✂ ", "yellow"), f"{_some(sorted(ends))}: ", (reason, "dim")))
    return told


def _across(row: Row) -> Text:
    """A link to another nomenclature."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    text = _short(row["description"]).lower()
    return Text.assemble(f"  {row['other']} ", (row["other_code"], "bold"), (f"  {text}", "dim"))
