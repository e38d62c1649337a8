"""``monazite show``: all that is known of one material, on one screen."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from monazite.errors import UsageError
from monazite.interfaces.cli import options, study
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn, width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.results.result import Result

FORMS = ("table", "json", "md")

_HELP = """All that is known of one material or group, stage by stage.

Reliance and the series behind it by edition, sources of imports, world production,
price, uses, findings, and where the figures come from.

\b
Examples:
  monazite show gallium
  monazite show "rare earths" --as-of mcs2025
  monazite show Sb --format json
"""


@click.command(cls=Command, help=_HELP)
@options.material_argument
@options.year_option
@options.as_of_option
@options.format_option(FORMS)
@options.output_option
@options.color_option
def show(  # noqa: PLR0913 - the options of the command, by name
    *, material: str, year: int | None, as_of: str, form: str | None, output: str | None, color: bool | None
) -> None:
    """Ask the study about one material, then draw its page."""
    asked = study.asked_for((material,), everything=False)
    if study.EVERYTHING in asked:
        raise UsageError("show is about one material or group; assess --all lists every commodity.")
    chosen = options.form_for(form, output, FORMS)
    result = _group_first(study.ask("dependence", asked, year=year, as_of=as_of), material)
    options.deliver(_rendered(result, chosen, color=options.color_for(color, output)), chosen, output)


def _group_first(result: Result, asked: str) -> Result:
    """The same answer with what was asked for in front, then other groups, then their members."""
    from monazite.codes.materials import material  # noqa: PLC0415 - help needs no names

    def place(row: Mapping[str, Any]) -> tuple[bool, bool]:
        held = material(row["material"])
        return held != material(asked), held.kind != "group"

    table = dataclasses.replace(result.table, rows=tuple(sorted(result.table, key=place)))
    return dataclasses.replace(result, table=table)


def _rendered(result: Result, form: str, *, color: bool | None) -> bytes:
    """The page in the form that was asked for."""
    if form == "table":
        from monazite.interfaces.cli.profile import profile_parts  # noqa: PLC0415 - rich, only when it draws

        return drawn(profile_parts(result, width()), color=color)
    from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

    return render(result, form)
