"""``monazite stress``: what breaks if supply stops: who runs out, when, what it costs, how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from monazite.errors import UsageError
from monazite.interfaces.cli import answers, options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import counted, drawn

if TYPE_CHECKING:
    from monazite.studies.stress.scenario import Scenario

FORMS = answers.FORMS

_HELP = """What breaks if supply stops: who runs out, when, what it costs, how sure that is.

A scenario says who cuts what, when, how deep and how long. Prices follow from
elasticities and idle capacity, stocks are used up month by month, industries fall short
when their stocks do, and their suppliers with them. Every uncertain input is drawn many
times: results are a median and the 5 % and 95 % quantiles, and a seed makes runs equal.

\b
Examples:
  monazite stress --list
  monazite stress rare-earths-2025 --report rare-earths.html
  monazite stress --cut "gallium:China:100%:12mo"
  monazite stress --cut "graphite:China>USA:50%:6mo:licence" --draws 5000 --seed 7
  monazite stress mine.yaml -o mine.xlsx
  monazite stress --template > mine.yaml      a scenario file that teaches its format
  monazite stress --sweep -o sweep.parquet    every single supplier of every material
"""


@click.command(cls=Command, help=_HELP)
@click.argument("scenario", required=False, metavar="[SCENARIO|FILE.yaml]")
@options.option(
    "--cut",
    "cuts",
    multiple=True,
    metavar="CUT",
    help='A cut on a line, "MATERIAL:COUNTRY:DEPTH:MONTHS"; repeatable.',
)
@options.option("--list", "listed", is_flag=True, help="The scenarios that are shipped.")
@options.option("--template", is_flag=True, help="A scenario file to begin with.")
@options.option("--sweep", is_flag=True, help="Every single-supplier cut of every material, ranked.")
@options.option(
    "--portfolio",
    multiple=True,
    metavar="SCENARIO",
    help="Scenarios with a probability, weighed together: expected loss in a year; repeatable.",
)
@options.option(
    "--importer",
    default="USA",
    show_default=True,
    metavar="WHO",
    help="Who buys, with --cut and --sweep. Industries are those of the United States.",
)
@options.option(
    "--draws",
    type=click.IntRange(64, 65_536),
    metavar="N",
    help="Draws.  [default: 2000; with --sweep 256 each]",
)
@options.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, metavar="N", help="Seed.")
@options.option(
    "--detail",
    type=click.Choice(("summary", "detail")),
    default="summary",
    show_default=True,
    help="Industries: 71 of 2024, or 402 of 2017.",
)
@options.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="With --sweep: how many at a time."
)
@options.option("--cluster", metavar="URL", help="With --sweep: Dask scheduler, tcp://host:8786.")
@options.format_option(FORMS)
@options.output_option
@options.report_option
@options.color_option
def stress(  # noqa: PLR0913 - the options of the command, by name
    *,
    scenario: str | None,
    cuts: tuple[str, ...],
    listed: bool,
    template: bool,
    sweep: bool,
    portfolio: tuple[str, ...],
    importer: str,
    draws: int | None,
    seed: int,
    detail: str,
    workers: int | None,
    cluster: str | None,
    form: str | None,
    output: str | None,
    report: str | None,
    color: bool | None,
) -> None:
    """Print a list or a template, sweep, or ask the study and write what was asked for."""
    _one_of(
        {
            "SCENARIO": scenario,
            "--cut": cuts,
            "--list": listed,
            "--template": template,
            "--sweep": sweep,
            "--portfolio": portfolio,
        }
    )
    if (workers or cluster) and not sweep:
        raise UsageError("--workers and --cluster go with --sweep.")
    if listed or template:
        return _told(listed=listed, output=output, color=color)
    options.check_report(report, output)
    kind = options.form_for(form, output, FORMS)
    from monazite.interfaces.cli.stressed import parts, swept, weighed  # noqa: PLC0415 - help needs no numbers
    from monazite.studies.stress import stress as ask  # noqa: PLC0415 - as above
    from monazite.studies.stress import sweep_all  # noqa: PLC0415 - as above

    asked: dict[str, Any] = {"seed": seed, "detail": detail} | ({"draws": draws} if draws else {})
    if sweep:
        with counted("sweeping") as (begun, done):
            result = sweep_all(importer, **asked, workers=workers, cluster=cluster, begun=begun, done=done)
    elif portfolio:
        from monazite.studies.stress.portfolio import portfolio as weigh  # noqa: PLC0415 - as above

        with counted("running scenarios") as (begun, done):
            result = weigh(portfolio, **asked, begun=begun, done=done)
    else:
        meant = _scenario(scenario, cuts, importer)
        with counted(meant.title) as (begun, done):
            result = ask(meant, importer=importer if scenario else "USA", **asked, begun=begun, done=done)
    drawn_parts = swept if sweep else weighed if portfolio else parts
    return answers.deliver(
        result, lambda: drawn_parts(result), kind, output=output, report=report, color=color
    )


def _one_of(asked: dict[str, object]) -> None:
    """Exactly one thing is asked for.

    Raises
    ------
    UsageError
        If not; the message says which were.
    """
    given = [name for name, value in asked.items() if value]
    if len(given) != 1:
        found = " and ".join(given) if given else "nothing"
        raise UsageError(
            f"asked for {found}: give one scenario, or --cut, --sweep, --portfolio, --list or --template."
            " monazite stress --list shows the scenarios there are."
        )


def _scenario(name: str | None, cuts: tuple[str, ...], importer: str) -> Scenario:
    """The scenario meant."""
    from monazite.studies.stress.scenario import scenario, written  # noqa: PLC0415 - help needs no numbers

    return scenario(name) if name else written(cuts, importer=importer)


def _told(*, listed: bool, output: str | None, color: bool | None) -> None:
    """The list of scenarios, or a file to begin with."""
    from monazite.studies.stress.scenario import shipped, template  # noqa: PLC0415 - help needs no numbers

    if not listed:
        return options.deliver(template().encode(), "yaml", output)
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - rich, only when it draws

    table = listing(
        ("Scenario", "What it is"), [(one.id, one.title) for one in shipped()], fold=("What it is",)
    )
    return options.deliver(drawn([table], color=options.color_for(color, output)), "table", output)
