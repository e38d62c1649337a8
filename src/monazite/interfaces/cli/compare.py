"""``monazite compare A B``: two importers, years or editions beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import answers, options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import progress, width
from monazite.schema.risk import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer

WIDE = 80

_HELP = """Two importers, two years or two editions beside each other, measure by measure.

What A and B are is told from how they are written: EU27 and Japan, 2022 and 2024,
mcs2025 and mcs2026. Where two intervals overlap, which is higher cannot be told. For
importers and years, mixes of suppliers are compared too (Finger-Kreinin).

\b
Examples:
  monazite compare EU27 Japan graphite tungsten
  monazite compare 2022 2024 --measure geopolrisk
  monazite compare mcs2025 mcs2026 --measure reliance -o revised.csv
"""


@click.command(cls=Command, help=_HELP)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@options.materials_argument
@options.option(
    "--importer", default="USA", show_default=True, metavar="WHO", help="Whose years or editions they are."
)
@options.option(
    "--measure",
    "measures",
    multiple=True,
    type=click.Choice(tuple(one.name.replace("_", "-") for one in MEASURES)),
    help="Only this measure; repeatable.",
)
@options.store_option
@options.format_option(answers.FORMS)
@options.output_option
@options.color_option
def compare(  # noqa: PLR0913 - the options of the command, by name
    *,
    first: str,
    second: str,
    materials: tuple[str, ...],
    importer: str,
    measures: tuple[str, ...],
    store: Store,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    from monazite.studies.compare import compare as ask  # noqa: PLC0415 - help needs no numbers

    kind = options.form_for(form, output, answers.FORMS)
    wanted = tuple(one.replace("-", "_") for one in measures)
    with progress("comparing"):
        result = ask(first, second, materials, importer=importer, measures=wanted, store=store)
    answers.deliver(result, lambda: _parts(result), kind, output=output, color=color)


def _parts(result: Answer) -> Iterator[RenderableType]:
    """The measures, then the mixes of suppliers."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above
    from monazite.interfaces.cli.ranked import ends  # noqa: PLC0415 - as above
    from monazite.results.words import percent  # noqa: PLC0415 - as above

    one, other = result.parameters["first"], result.parameters["second"]
    headings = {measure.name: measure.heading for measure in MEASURES}
    yield Text(result.title, style="bold")
    lines = [
        (row["name"], headings[row["measure"]], ends(row["first_low"], row["first_high"]),
         ends(row["second_low"], row["second_high"]), row["verdict"], _by(row))
        for row in result.table
    ]  # fmt: skip
    columns = ("Material", "Measure", one, other, f"{other} is", "By")
    cut, gives = (None, columns[:1]) if width() >= WIDE else (-1, (*columns[:2], columns[4]))
    yield listing(columns[:cut], [line[:cut] for line in lines], fold=gives)
    mixes = result.details["mixes"]
    if len(mixes):
        yield Text("Suppliers, by value", style="bold")
        told = [
            (row["name"], percent(row["similarity"]), row["first_leader"], row["second_leader"])
            for row in mixes
        ]
        names = ("Material", "Alike", f"First of {one}", f"First of {other}")
        yield listing(names, told, fold=names if width() < WIDE else ("Material",))


def _by(row: Row) -> str:
    """By how much, where that is more or less than nothing.

    >>> _by({"verdict": "lower", "difference_low": -0.27, "difference_high": -0.25})
    '−0.27 to −0.25'
    """
    if row["verdict"] not in ("higher", "lower"):
        return ""
    low, high = (f"{row[name]:+.2f}".replace("-", "−") for name in ("difference_low", "difference_high"))
    return low if low == high else f"{low} to {high}"
