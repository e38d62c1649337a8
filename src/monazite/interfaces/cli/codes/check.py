"""``monazite codes check``: which codes are dead, baskets, changed or misread."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer

FORMS = ("table", "json", "jsonl", "csv", "xlsx")
WORST = ("unknown", "misread", "dead", "basket", "changed")
SHOWN = 25
"""Codes of one verdict a terminal shows before it counts the rest."""
MATERIALS = 5
_STYLES = {"unknown": "bold red", "misread": "bold red", "dead": "bold red", "basket": "yellow",
           "changed": "yellow"}  # fmt: skip
_ASIDE = ("stage-mismatch", "unit-regime", "code-missing")
"""Findings that no verdict tells."""

_HELP = """May I use these codes? Each gets a verdict, and what to do about it.

Give codes, a FILE with a column of them (CSV, XLSX, Parquet, text), or a material,
which stands for its six-digit codes; nothing means every code the store has trade
of. dead: no longer in force, or its trade is gone for good. basket: holds several
materials. changed: a revision made, split or merged it. misread: not written as a
code is. unknown: in no edition at hand.

\b
Examples:
  monazite codes check 811230 2825.60 8507600020 --repair
  monazite codes check my-codes.csv --nomenclature HS1992 --year 2006
  monazite codes check 261710 --material antimony --stage metal
  monazite codes check --nomenclature HS1992      all codes of the trade loaded
  monazite codes check list.xlsx --fail-on dead   exit code 1 if one is
"""


@click.command("check", cls=Command, help=_HELP)
@click.argument("items", metavar="[FILE|CODE|MATERIAL]...", nargs=-1)
@options.option(
    "--nomenclature",
    metavar="EDITION",
    help="Edition the codes are of: HS1992, HTS2025, ...  [default: HS or HTS, by their digits]",
)
@options.option(
    "--year", type=int, metavar="YEAR", help="Year they are to be used in.  [default: the latest]"
)
@options.option("--material", metavar="MATERIAL", default="", help="Material they are used for.")
@options.option(
    "--stage", metavar="STAGE", default="", help="Stage they are used for: ore, metal, scrap, ..."
)
@options.option("--column", metavar="NAME", help="Column of the codes, where it is not found by itself.")
@options.option("--repair", is_flag=True, help="Read what has one meaning, and list each repair.")
@options.option(
    "--fail-on",
    "failing",
    multiple=True,
    type=click.Choice(WORST),
    help="End with exit code 1 if a code has this verdict; repeatable.",
)
@options.option(
    "--own-use", is_flag=True, help="Write figures that may not be passed on, to a file that stays with you."
)
@options.store_option
@options.format_option(FORMS)
@options.output_option
@options.color_option
def check(  # noqa: PLR0913 - the options of the command, by name
    *,
    items: tuple[str, ...],
    nomenclature: str | None,
    year: int | None,
    material: str,
    stage: str,
    column: str | None,
    repair: bool,
    failing: tuple[str, ...],
    own_use: bool,
    store: Store,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    from monazite.studies.nomenclature import checking  # noqa: PLC0415 - help needs no numbers

    kind = options.form_for(form, output, FORMS)
    with progress("checking"):
        result = checking.check(
            items,
            nomenclature=nomenclature,
            year=year,
            store=store,
            material=material,
            stage=stage,
            column=column,
            repair=repair,
        )
    if kind != "table" or output not in (None, options.STDOUT):
        from monazite.results.files.export import check_sources  # noqa: PLC0415 - help needs no writers

        check_sources(store, [one.title for one in result.sources], own_use=own_use)
    if kind == "table":
        data = drawn(list(parts(result)), color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - as above

        data = render(result, kind)
    options.deliver(data, kind, output)
    if any(row["verdict"] in failing for row in result.table):
        raise click.exceptions.Exit(1)


def parts(result: Answer) -> Iterator[RenderableType]:
    """What the terminal shows: the codes by verdict, the gravest first, then what took over."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    yield Text(result.title, style="bold")
    for verdict in WORST:
        rows = [row for row in result.table if row["verdict"] == verdict]
        if rows:
            yield from (
                Text(),
                Text(f"{verdict} ({len(rows)})", style=_STYLES[verdict]),
                *map(_code, rows[:SHOWN]),
            )
        if len(rows) > SHOWN:
            yield Text(f"and {len(rows) - SHOWN} more; --format csv lists all.", style="dim")
    sound = [row["code"] for row in result.table if row["verdict"] == "sound"]
    if sound:
        yield from (Text(), Text.assemble((f"sound ({len(sound)}) ", "green"), ", ".join(sound)))
    aside = [one for one in result.findings if one.rule in _ASIDE]
    if aside:
        yield Text()
    for one in aside[:SHOWN]:
        hint = f" → {one.hint}" if one.hint else ""
        yield Text.assemble(
            (one.rule, "yellow"), f" {one.subject}: {one.found}; expected {one.expected}.", (hint, "green")
        )
    yield from _again(result)


def _code(row: Row) -> RenderableType:
    """A code, what it holds, and what to do."""
    from rich.console import Group  # noqa: PLC0415 - rich, only when it draws
    from rich.padding import Padding  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    given = row["given"] or "blank"
    if row["code"] not in (None, row["given"]):
        given = f"{given} → {row['code']}"
    held = (row["materials"] or "").split("; ")
    more = f" and {len(held) - MATERIALS} more" if len(held) > MATERIALS else ""
    names = "" if row["verdict"] == "basket" else ", ".join(held[:MATERIALS]).replace("_", " ") + more
    head = Text.assemble((given, "bold"), f"  {row['nomenclature']}", (f"  {names}".rstrip(), "cyan"))
    return Padding(Group(head, Padding(Text(row["advice"]), (0, 0, 0, 2))), (0, 0, 0, 2))


def _again(result: Answer) -> Iterator[RenderableType]:
    """What the material of a dead code is traded for since, as intervals."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above
    from monazite.results.shown import dollar_range, dollars  # noqa: PLC0415 - as above
    from monazite.results.words import percent_range  # noqa: PLC0415 - as above

    shares = result.details["taken_over"].rows
    if shares:
        yield from (Text(), Text("Through the codes that took over", style="bold"))
    for row in shares:
        what = row["material"] or f"what {row['code']} held"
        span = percent_range(row["share_low"], row["share_high"])
        yield Text(f"· {row['code']}: {what} is {span} of the {row['share_of']} of {row['of_codes']}"
                   f" ({row['evidence']})".replace(";", ","))  # fmt: skip
    for (code, source), rows in groupby(
        result.details["reconstructed"], lambda row: (row["code"], f"{row['source']}, {row['nomenclature']}")
    ):
        yield from (Text(), Text(f"{code} ({source})"))
        cells = [
            (
                str(row["year"]),
                row["codes"],
                dollars(row["value_usd"]),
                dollar_range(row["value_low_usd"], row["value_high_usd"]),
                row["lacking"] or "",
            )
            for row in rows
        ]
        yield listing(("Year", "Under", "Value", "Of it", "Lacking"), cells, fold=("Under", "Lacking"))
    yield from (Text(note, style="dim") for note in result.notes)
