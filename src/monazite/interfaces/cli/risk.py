"""``monazite risk``: every measure side by side, ranks, and why they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monazite.errors import UsageError
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

NAMES = tuple(one.name.replace("_", "-") for one in MEASURES)
SHOWN = ("eu_supply_risk", "reliance", "source_hhi", "world_hhi", "governance_hhi", "geopolrisk")
"""Measures that stand side by side on a wide screen."""
WIDE = 96
NAME, CELL = 26, 20
"""Columns of a terminal that place and name take, and that a measure takes."""

_HELP = """Which dependences matter most: every measure side by side, ranked, with the reasons they disagree.

Without MATERIAL, the minerals of the 2025 US list, from what is shipped: no key, no network.
No measure is added to another: weights of a composite are yours to write down. What a
measure needs and may not be shipped is a file of yours; without it the measure is missing,
and a material without a value is not ranked, because not known is not safe.

\b
Examples:
  monazite risk
  monazite risk gallium germanium antimony --method world-hhi
  monazite risk --importer EU27 --method geopolrisk
  monazite risk --weights mine.yaml -o risk.xlsx --report risk.html
  monazite risk --method geopolrisk --purchases purchases.csv
  monazite risk --eu-results results.csv

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
    type=click.Choice(NAMES),
    default=NAMES[0],
    show_default=True,
    help="The measure that orders the rows; its inputs are told.",
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
    method: str,
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
    alone = _alone(method, purchases=purchases, published=published)
    with progress("measuring"):
        if alone:
            result = _geopolrisk(materials, importer, year, store, purchases=purchases, published=published)
        else:
            from monazite.studies.risk import risk as ask  # noqa: PLC0415 - help needs no numbers

            result = ask(
                materials,
                importer=importer,
                method=method.replace("-", "_"),
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
        lambda: _scores(result) if alone else _parts(result),
        kind,
        output=output,
        report=report,
        color=color,
    )


def _alone(method: str, *, purchases: str | None, published: bool) -> bool:
    """Whether GeoPolRisk answers by itself: asked for as the method.

    Raises
    ------
    UsageError
        If what only it takes is given beside another measure.
    """
    if method == "geopolrisk":
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


def _parts(result: Answer) -> Iterator[RenderableType]:
    """The materials with their measures, the reasons, the findings."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    method = str(result.parameters["method"])
    known = [name for name in SHOWN if any(row[f"{name}_high"] is not None for row in result.table)]
    shown = _shown(method, known)
    headings = ["", "Material", *(one.heading for one in MEASURES if one.name in shown)]
    weighed = bool(result.parameters["weights"])
    lines = [_line(row, shown, weighed=weighed) for row in result.table]
    yield listing([*headings, *(["Composite"] if weighed else [])], lines, fold=("Material",))
    yield Text("Why the measures disagree", style="bold")
    for row in result.table:
        moved = f" Place moves by {row['sensitive_places']} with {row['sensitive_to']}." if row[
            "sensitive_places"] else ""  # fmt: skip
        yield Text.assemble((f"{row['name']}: ", "bold"), str(row["reason"]), (moved, "dim"))
    yield Text()
    yield from _found(result)
    measure = next(one for one in MEASURES if one.name == method)
    told = f"Ordered by {measure.heading}: {measure.meaning} In brackets the places it may have."
    unseen = [one.heading for one in MEASURES if one.name in known and one.name not in shown]
    if unseen:
        told += f" No room for {', '.join(unseen)}: widen the terminal, or write a table with --output."
    yield Text(told, style="dim")


def _shown(method: str, known: list[str]) -> tuple[str, ...]:
    """The measures there is room for beside the name: the one ordered by, then the others."""
    room = max(1, (width() - NAME) // CELL)
    return tuple(dict.fromkeys((method, *known)))[:room]


def _line(row: Row, shown: tuple[str, ...], *, weighed: bool) -> list[str]:
    """One material: its place, and each measure with the places it may have."""
    cells = [str(row["place"] or "–"), row["name"]]
    cells += [_cell(row, one.name) for one in MEASURES if one.name in shown]
    if weighed:
        cells.append(ends(row["composite_low"], row["composite_high"]))
    return cells


def _cell(row: Row, name: str) -> str:
    """A value and its places."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if low is None or high is None:
        return "–"
    first, last = row[f"{name}_rank_low"], row[f"{name}_rank_high"]
    places = str(first) if first == last else f"{first}-{last}"
    return f"{ends(low, high)} [{places}]"


def ends(low: float | None, high: float | None) -> str:
    """Two ends, once where they print alike.

    >>> ends(0.5, 0.504), ends(0.1, 0.25)
    ('0.50', '0.10-0.25')
    """
    if low is None or high is None:
        return "–"
    told = f"{low:.2f}", f"{high:.2f}"
    return told[0] if told[0] == told[1] else "-".join(told)


def _scores(result: Answer) -> Iterator[RenderableType]:
    """GeoPolRisk: scores, then what is refused and why."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    known = sorted(
        (row for row in result.table if row["score_high"] is not None), key=lambda r: -r["score_high"]
    )
    lines = [
        (row["name"], ends(row["score_low"], row["score_high"]), ends(row["hhi_low"], row["hhi_high"]),
         ends(row["import_risk_low"], row["import_risk_high"]), ends(row["cf_low"], row["cf_high"]),
         row["findings"] or "")
        for row in known
    ]  # fmt: skip
    headings = ("Material", "Score", "World HHI", "Import risk", "CF", "Findings")
    cut = None if width() >= WIDE else 2
    yield listing(headings[:cut], [line[:cut] for line in lines], fold=("Material", "Findings"))
    refused = [row for row in result.table if row["score_high"] is None]
    if refused:
        yield Text("No score", style="bold")
        for row in refused:
            yield Text.assemble((f"{row['name']}: ", "bold"), str(row["reason"]))
        yield Text()
    yield Text("Score: world HHI × import risk, 0 to 1. CF: kg copper equivalents per kg.", style="dim")


def _found(result: Answer) -> Iterator[RenderableType]:
    """Findings, those of one rule on one line."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    by_rule: dict[str, list[str]] = {}
    for one in result.findings:
        by_rule.setdefault(one.rule, []).append(one.subject)
    for rule, subjects in by_rule.items():
        named = ", ".join(dict.fromkeys(subjects))
        yield Text.assemble((f"{rule} ", "bold"), named)
    if by_rule:
        yield Text()
