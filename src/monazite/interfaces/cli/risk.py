"""``monazite risk``: every measure side by side, ranks, and why they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.errors import UsageError
from monazite.interfaces.cli import answers, options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.ranked import parts, scores
from monazite.interfaces.cli.terminal import progress
from monazite.schema.risk import COMPOSITE, MEASURES

if TYPE_CHECKING:
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer

NAMES = tuple(one.name.replace("_", "-") for one in (*MEASURES, COMPOSITE))

_HELP = """Which dependences matter most: every measure side by side, ranked, with the reasons they disagree.

Without MATERIAL, the minerals of the 2025 US list, from what is shipped: no key, no network.
Places are among those minerals and what is asked for. No measure is added to another: weights
of a composite are yours to write down. What a measure needs and may not be shipped is a file
of yours; without it the measure is missing, and a material without a value is not ranked,
because not known is not safe.

\b
Examples:
  monazite risk
  monazite risk gallium germanium antimony
  monazite risk gallium cobalt --method world-hhi        (what the figure comes from)
  monazite risk --method reliance --method world-hhi     (these measures; the first orders)
  monazite risk --importer EU27
  monazite risk --weights mine.yaml -o risk.xlsx --report risk.html
  monazite risk --method geopolrisk --purchases purchases.csv

\b
A file of weights:  weights: {world_hhi: 0.5, reliance: 0.5}
"""


def _file(name: str, metavar: str, told: str) -> options.Decorator:
    """An option that takes a file."""
    return options.option(name, type=click.Path(dir_okay=False), metavar=metavar, help=told)


@click.command(cls=Command, help=_HELP)
@options.materials_argument
@options.option(
    "--importer",
    default="USA",
    show_default=True,
    metavar="WHO",
    help="A country, EU27 or another group, or a file of members (allies.yaml).",
)
@options.option(
    "--method",
    "methods",
    type=click.Choice(NAMES),
    multiple=True,
    help="Only this measure, with what it comes from; repeatable, the first orders the rows.  [default: all,"
    " ordered by eu-supply-risk; for other importers by source-hhi; with weights by the composite]",
)
@_file("--weights", "FILE.yaml", "Weights of a composite; they sum to 1.")
@_file("--fraser", "FILE.csv", "Policy perception index by country: country,score (0 to 100).")
@_file("--willingness", "FILE.csv", "Unwillingness to supply by country: country,score (0 to 1).")
@_file("--vulnerability", "FILE.csv", "Economic vulnerability by material: material,score (0 to 1).")
@_file("--eu-results", "FILE.csv", "The European Union's results: substitution, recycling, the list.")
@_file("--purchases", "FILE.csv", "Your own purchases for GeoPolRisk: material,country,amount_t.")
@options.option("--published", is_flag=True, help="GeoPolRisk as the published package computes it.")
@options.year_option
@options.as_of_option
@options.store_option
@options.format_option(answers.FORMS)
@options.output_option
@options.report_option
@options.color_option
def risk(  # noqa: PLR0913 - the options of the command, by name
    *,
    materials: tuple[str, ...],
    importer: str,
    methods: tuple[str, ...],
    weights: str | None,
    fraser: str | None,
    willingness: str | None,
    vulnerability: str | None,
    eu_results: str | None,
    purchases: str | None,
    published: bool,
    year: int | None,
    as_of: str,
    store: Store,
    form: str | None,
    output: str | None,
    report: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    options.check_report(report, output)
    kind = options.form_for(form, output, answers.FORMS)
    named = tuple(one.replace("-", "_") for one in methods)
    alone = _alone(named, purchases=purchases, published=published)
    with progress("measuring"):
        if alone:
            result = _geopolrisk(materials, importer, year, store, purchases=purchases, published=published)
        else:
            from monazite.studies.risk import risk as ask  # noqa: PLC0415 - help needs no numbers

            result = ask(
                materials,
                importer=importer,
                method=named,
                weights=weights,
                fraser=fraser,
                willingness=willingness,
                vulnerability=vulnerability,
                eu_results=eu_results,
                year=year,
                as_of=as_of,
                store=store,
            )
    answers.deliver(
        result,
        lambda: scores(result) if alone else parts(result, named),
        kind,
        output=output,
        report=report,
        color=color,
    )


def _alone(named: tuple[str, ...], *, purchases: str | None, published: bool) -> bool:
    """Whether GeoPolRisk answers by itself: asked for as the only method.

    Raises
    ------
    UsageError
        If what only it takes is given beside another measure.
    """
    if named == ("geopolrisk",):
        return True
    if purchases or published:
        raise UsageError("--purchases and --published are of GeoPolRisk: add --method geopolrisk.")
    return False


def _geopolrisk(  # noqa: PLR0913 - what is asked of it, by name
    materials: tuple[str, ...],
    importer: str,
    year: int | None,
    store: Store,
    *,
    purchases: str | None,
    published: bool,
) -> Answer:
    """What GeoPolRisk answers."""
    from monazite.studies.geopolrisk import CONVENTIONS, geopolrisk  # noqa: PLC0415 - as above

    convention = CONVENTIONS[published]
    return geopolrisk(
        materials, importer=importer, year=year, store=store, purchases=purchases, convention=convention
    )
