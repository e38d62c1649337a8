"""``monazite codes map``: material, stage and code, and whether the code can be trusted."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn
from monazite.schema.nomenclature import HS_EDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.results.result import Result

EARLIER = HS_EDITIONS[-2::-1]
DERIVED = "derived"
SHOWN = ("form", "code", "share_low", "share_high", "value_usd", "health", "known", "tag")
"""What a line of the terminal tells, besides the edition."""
FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "md", "html")

_HELP = """Material, stage, code: how much of the code it is, how that is known, can it be trusted?

MATERIAL is a name, symbol or group of minerals, or a battery or medicine: gallium, Ga,
"rare earths", "lithium-ion batteries", heparin. Without one the terminal counts the codes
of every material; files hold every row.

A share of 0-100% says that the code names the material among others and that nobody
knows how much it is; "in the same goods", that others are in them besides. Imports are of
the whole code, United States, 2024, customs value. Codes of earlier editions have none.

\b
Examples:
  monazite codes map gallium germanium
  monazite codes map yttrium --every-edition
  monazite codes map "rare earths" --format csv > rare-earth-codes.csv
  monazite codes map -o map.html
"""


@click.command("map", cls=Command, help=_HELP)
@options.materials_argument
@options.option("--every-edition", is_flag=True, help="Codes of HS1992 to HS2017 too.")
@options.format_option(FORMS)
@options.output_option
@options.color_option
def map_(
    *,
    materials: tuple[str, ...],
    every_edition: bool,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then draw or write the map."""
    from monazite.studies.nomenclature.materials_map import materials_map  # noqa: PLC0415 - help needs no map

    kind = options.form_for(form, output, FORMS)
    result = materials_map(materials, every_edition=every_edition)
    if kind == "table":
        told = stages(result) if materials else counts(result)
        data = drawn(told, color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

        data = render(result, kind)
    options.deliver(data, kind, output)


def counts(result: Result) -> list[RenderableType]:
    """How many codes each material has."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above

    rows = [
        (row["name"], row["stages"], row["own"], row["shared"], row["none"], row["changed"])
        for row in result.details["materials"]
    ]
    heads = ("Material", "Stages", "Own codes", "Shared", "No code", "Changed")
    told = ". ".join(f"{one.label}: {one.value} ({one.detail})" for one in result.headlines)
    return [listing(heads, rows, fold=("Material", "Stages")), Text(told)]


def stages(result: Result) -> list[RenderableType]:
    """Each material with its codes stage by stage."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    parts: list[RenderableType] = []
    every = result.parameters["every_edition"]
    for name, rows in groupby(result.table, key=lambda row: row["name"]):
        parts += [Text(name[:1].upper() + name[1:], style="bold underline"), Text()]
        for stage, several in groupby(rows, key=lambda row: row["stage"]):
            parts += [Text(stage, style="bold"), codes(several, every=every), Text()]
    return [*parts, *_after()]


def codes(rows: Iterable[Row], *, every: bool = False) -> RenderableType:
    """Codes with share and imports, each with its goods and in small how far it can be trusted."""
    from rich.table import Table  # noqa: PLC0415 - rich, only when it draws
    from rich.text import Text  # noqa: PLC0415 - as above

    from monazite.results import words  # noqa: PLC0415 - as above
    from monazite.results.shown import dollars  # noqa: PLC0415 - as above

    grid = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right", "right"):
        grid.add_column(no_wrap=True, justify=justify)
    grid.add_column(overflow="fold")
    for several in alike(rows):
        row = several[0]
        share = words.percent_range(row["share_low"], row["share_high"]) if row["code"] else "–"
        value = "–" if row["value_usd"] is None else dollars(row["value_usd"])
        sent = (
            f"{row['leading_partner_name']} {words.percent(row['leading_share'])}"
            if row["leading_partner"]
            else ""
        )
        health = row["health"] if row["code"] else row["comment"]
        known = "derived" if row["known"] == DERIVED else ""
        when = edition(several) if every else ""
        small = " · ".join(filter(None, (when, health, together(row), sent, known, row["tag"])))
        grid.add_row(row["written"], share, value, Text.assemble(row["form"], "\n", (small, "dim")))
    return grid


def alike(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows that differ in nothing shown but the edition, together; the latest edition first."""
    found: list[list[Row]] = []
    for row in rows:
        if found and _follows(found[-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _follows(several: Sequence[Row], row: Row) -> bool:
    """Whether a row says of the edition before what these rows say of theirs."""
    last = several[-1]
    consecutive = (last["nomenclature"], row["nomenclature"]) in pairwise(EARLIER)
    return consecutive and all(last[name] == row[name] for name in SHOWN)


def edition(rows: Sequence[Row]) -> str:
    """The editions that rows are about, the latest row first.

    >>> edition([{"nomenclature": "HS2017"}, {"nomenclature": "HS2012"}])
    'HS2012–HS2017'
    """
    first, last = rows[-1]["nomenclature"], rows[0]["nomenclature"]
    return last if first == last else f"{first}–{last}"


def together(row: Row) -> str:
    """That several materials are in the same goods, where the comment says it.

    >>> together({"comment": "sintered; neodymium, iron and boron in the same goods"})
    'neodymium, iron and boron in the same goods'
    """
    parts = (row["comment"] or "").split("; ")
    return next((part for part in parts if part.endswith("in the same goods")), "")


def _after() -> list[RenderableType]:
    """What the columns mean, in a line."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    told = (
        "Code, part of its trade that is the material, US imports 2024 of all the code holds, goods; whether"
        " the code can be trusted, leading partner, how sure the part is: V2 read twice, V1 once, S copied,"
        " C computed, U judgement."
    )
    return [Text(told, style="dim")]
