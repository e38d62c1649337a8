"""``monazite sources``: what can be fetched and loaded, and on which terms."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from monazite.interfaces.cli import listing, options
from monazite.interfaces.cli.parameters import Command

if TYPE_CHECKING:
    from monazite.sources.source import Source

_HELP = """The sources monazite reads: publisher, licence, and how each is got.

With a name, its parameters for fetch, its key, its licence and an example.

\b
Examples:
  monazite sources
  monazite sources census
"""


@click.command(cls=Command, help=_HELP)
@click.argument("source", metavar="[SOURCE]", required=False)
@options.format_option(listing.FORMS)
@options.output_option
@options.color_option
def sources(*, source: str | None, form: str | None, output: str | None, color: bool | None) -> None:
    """List every source, or tell all of one."""
    from monazite.schema.store import OFFERED  # noqa: PLC0415 - help needs no schema
    from monazite.sources import source_named, sources  # noqa: PLC0415 - help needs no readers

    chosen = (source_named(source),) if source else sources()
    rows = [row(one) for one in chosen]
    drawn = details(chosen[0]) if source else [overview(rows)]
    listing.deliver(drawn, OFFERED, rows, form=form, output=output, color=color)


def row(source: Source) -> dict[str, Any]:
    """A source as a row."""
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "tables": ", ".join(table.name for table in source.tables),
        "fetch": "by hand" if source.locate is None else ("fetch, with a key" if source.key else "fetch"),
        "licence": source.licence.name,
        "redistribution": source.licence.redistribution,
        "homepage": source.homepage,
    }


def overview(rows: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - something rich draws
    """Every source on a line."""
    columns = ("source", "title", "fetch", "licence", "redistribution")
    headings = ("Source", "Title", "Got by", "Licence", "Pass on")
    return listing.listing(
        headings, [[one[key] for key in columns] for one in rows], fold=("Title", "Licence")
    )


def details(source: Source) -> list[Any]:
    """All of one source: what it is, on which terms, its key, its parameters, an example."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    told = row(source)
    lines: list[Any] = [Text.assemble((source.id, "bold"), f"  {source.title}, {source.publisher}")]
    lines += [
        Text(f"{key:<15}{told[key]}") for key in ("tables", "fetch", "licence", "redistribution", "homepage")
    ]
    if source.by_hand:
        lines.append(Text(f"{'by hand':<15}{source.by_hand}"))
    if source.key:
        held = "is set" if os.environ.get(source.key) else "is not set"
        lines.append(
            Text(f"{'key':<15}environment variable {source.key} ({held}), or the keyring. {source.key_from}")
        )
    if source.parameters:
        headings = ("Parameter", "Default", "Example", "Meaning")
        cells = [
            (one.name, "required" if one.default is None else one.default or "–", one.example, one.meaning)
            for one in source.parameters
        ]
        lines.append(listing.listing(headings, cells, fold=("Meaning", "Example", "Default")))
    if source.locate is not None:
        needed = " ".join(f"{one.name}={one.example}" for one in source.parameters if one.default is None)
        lines.append(Text(f"monazite fetch {source.id} {needed}".rstrip(), style="bold"))
    return lines
