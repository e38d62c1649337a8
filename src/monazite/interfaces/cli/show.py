"""``monazite show``: all that is known of one material, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.terminal import drawn

if TYPE_CHECKING:
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


@click.command(help=_HELP)
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
    from monazite.studies.dependence import dependence  # noqa: PLC0415 - help needs no numbers

    result = dependence((material,), year=year, as_of=as_of)
    chosen = options.form_for(form, output, FORMS)
    options.deliver(_rendered(result, chosen, color=options.color_for(color, output)), chosen, output)


def _rendered(result: Result, form: str, *, color: bool | None) -> bytes:
    """The page in the form that was asked for."""
    if form == "table":
        from monazite.interfaces.cli.profile import profile_parts  # noqa: PLC0415 - rich, only when it draws

        return drawn(profile_parts(result), color=color)
    from monazite.results.files import render  # noqa: PLC0415 - help needs no writers

    return render(result, form)
