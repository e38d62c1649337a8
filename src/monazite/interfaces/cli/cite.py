"""``monazite cite``: how to cite the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options, study
from monazite.interfaces.cli.parameters import Command

if TYPE_CHECKING:
    from monazite.results.result import Result

FORMS = ("plain", "bibtex", "csl-json")

_HELP = """How to cite the figures: software, question, publication, DOI and digests.

\b
Examples:
  monazite cite
  monazite cite antimony --as-of mcs2025
  monazite cite --format bibtex >> references.bib
"""


@click.command(cls=Command, help=_HELP)
@options.materials_argument
@options.all_option
@options.year_option
@options.as_of_option
@options.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="plain",
    show_default=True,
    help="Form of the citation.",
)
@options.output_option
def cite(  # noqa: PLR0913 - the options of the command, by name
    *,
    materials: tuple[str, ...],
    everything: bool,
    year: int | None,
    as_of: str,
    form: str,
    output: str | None,
) -> None:
    """Ask the study, then print its citation."""
    asked = study.asked_for(materials, everything=everything)
    result = study.ask("dependence", asked, year=year, as_of=as_of)
    options.deliver(_cited(result, form).encode("utf-8"), form, output)


def _cited(result: Result, form: str) -> str:
    """The citation in its form."""
    from monazite.results.files.citation import bibtex, csl_json  # noqa: PLC0415 - help needs no writers

    if form == "plain":
        return f"{result.cite()}\n"
    return bibtex(result) if form == "bibtex" else csl_json(result)
