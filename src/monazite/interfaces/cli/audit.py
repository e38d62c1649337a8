"""``monazite audit``: what is wrong with what is loaded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from monazite.interfaces.cli import options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn, progress
from monazite.schema.findings import RULES, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from rich.text import Text

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.audit import Audit

FORMS = ("table", "json", "jsonl", "csv")
SEVERITIES = ("error", "warning", "note")
SHOWN, LISTED = 3, 20
"""Rows to look at of each check: on a terminal, and everywhere else."""

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_FAILING = {"error": ("error",), "warning": ("error", "warning")}

_HELP = """May I trust what is loaded? Each check says how much it looked at and what it found.

TABLE is a core table (trade, mineral_statistic, indicator), SOURCE one of monazite
sources; without either, all that is loaded. A quantity that is wrong while its value
is right is told apart from a true fall in trade. csv and jsonl hold the rows to look
at, json everything.

\b
Examples:
  monazite audit
  monazite audit baci --rule quantity-implausible --since 2015
  monazite audit wmd --report audit.html
  monazite audit trade --format csv --rows 1000 > look-at.csv
  monazite audit --fail-on error          exit code 1 if there is one
"""


@click.command(cls=Command, help=_HELP)
@click.argument("about", metavar="[TABLE|SOURCE]...", nargs=-1)
@options.option(
    "--rule", "rules", multiple=True, metavar="RULE", help="Only this rule, such as code-dead; repeatable."
)
@options.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(SEVERITIES),
    help="Only this severity; repeatable.",
)
@options.option("--since", type=int, metavar="YEAR", help="Only findings about this year and later ones.")
@options.option(
    "--rows",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Rows to look at of each check.  [default: {SHOWN} on a terminal, otherwise {LISTED}]",
)
@options.option(
    "--fail-on",
    type=click.Choice(tuple(_FAILING)),
    help="End with exit code 1 if there is a finding so grave.",
)
@options.option(
    "--own-use", is_flag=True, help="Write rows that may not be passed on, to a file that stays with you."
)
@options.option("--redistributable", is_flag=True, help="Leave out rows that may not be passed on.")
@options.store_option
@options.format_option(FORMS)
@options.output_option
@options.report_option
@options.color_option
def audit(  # noqa: PLR0913 - the options of the command, by name
    *,
    about: tuple[str, ...],
    rules: tuple[str, ...],
    severities: tuple[str, ...],
    since: int | None,
    rows: int | None,
    fail_on: str | None,
    own_use: bool,
    redistributable: bool,
    store: Store,
    form: str | None,
    output: str | None,
    report: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then write what was asked for."""
    from monazite.studies import audit as study  # noqa: PLC0415 - help needs no numbers

    options.check_report(report, output)
    kind = options.form_for(form, output, FORMS)
    with progress("auditing"):
        result = study.audit(
            about,
            store=store,
            rules=rules,
            severities=severities,
            since=since,
            rows=rows or LISTED,
            only_free=redistributable,
        )
    if report or kind != "table" or output not in (None, options.STDOUT):
        from monazite.results.files.export import check_sources  # noqa: PLC0415 - help needs no writers

        check_sources(store, [one.title for one in result.sources], own_use=own_use)
    if kind == "table":
        data = drawn(parts(result, rows or SHOWN), color=options.color_for(color, output))
    else:
        data = _rendered(result, kind)
    options.deliver(data, kind, output)
    if report:
        _write_report(result, report)
    if fail_on and any(one.severity in _FAILING[fail_on] for one in result.findings):
        raise click.exceptions.Exit(1)


def _rendered(result: Audit, form: str) -> bytes:
    """The whole answer as JSON, or the rows to look at."""
    from monazite.results.files.forms import render_frame  # noqa: PLC0415 - help needs no writers
    from monazite.results.files.objects import json_bytes  # noqa: PLC0415 - as above

    return json_bytes(result) if form == "json" else render_frame(result.details["rows"], form)


def _write_report(result: Audit, path: str) -> None:
    """Write the report and say where it is."""
    from monazite.studies.audit.report import report_html  # noqa: PLC0415 - templates load slowly

    options.deliver(report_html(result).encode(), "html", path, told="report:")


def parts(result: Audit, shown: int) -> list[RenderableType]:
    """What the terminal shows: each check with findings and its worst rows, then what was clean."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    found = [row for row in result.table if row["found"]]
    told: list[RenderableType] = [Text(result.title, style="bold"), Text()]
    for row in found:
        told += [*_check(result, row, shown), Text()]
    clean = [row for row in result.table if not row["found"]]
    if clean:
        told += [Text.assemble(("Looked at, nothing found: ", "bold"), _clean(clean)), Text()]
    rows = next(one for one in result.headlines if one.label == "Rows audited")
    return [*told, Text(f"{rows.value} rows audited ({rows.detail}). {_count(found)}", style="bold")]


def _check(result: Audit, row: Row, shown: int) -> list[RenderableType]:
    """One check: its rule, its count, its worst rows, and what to do."""
    from rich.padding import Padding  # noqa: PLC0415 - rich, only when it draws
    from rich.text import Text  # noqa: PLC0415 - as above

    declared = rule(row["rule"])
    examined = "" if row["examined"] is None else f" of {row['examined']:,}"
    who = " (told by its reader)" if row["told_by"] == "reader" else ""
    head = Text.assemble(
        (f"{declared.id} ", f"bold {_STYLES[declared.severity]}"),
        f"{declared.severity}, {row['source']}: {row['found']:,}{examined} {row['unit']}{who}. ",
        (declared.meaning, "dim"),
    )
    name = {key: row[key] for key in ("rule", "table", "source", "told_by")}
    lines = [Text(row["told"].partition(" Worst: ")[0])]
    lines += [_row(one) for one in result.details["rows"].where(**name).rows[:shown]]
    return [head, Padding(Text("\n").join([*lines, Text(f"→ {declared.hint}", style="green")]), (0, 0, 0, 2))]


def _row(row: Row) -> Text:
    """One row to look at."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    evidence = f". {row['evidence']}" if row["evidence"] else ""
    return Text.assemble(
        "· ", (row["subject"], "bold"), f": {row['found']}; expected {row['expected']}{evidence}"
    )


def _clean(rows: Sequence[Row]) -> str:
    """Checks that found nothing, with the sources they looked at."""
    sources: dict[str, list[str]] = {}
    for row in rows:
        sources.setdefault(row["rule"], []).append(row["source"])
    order = [one.id for one in RULES if one.id in sources]
    return "; ".join(f"{name} ({', '.join(dict.fromkeys(sources[name]))})" for name in order)


def _count(rows: Sequence[Row]) -> str:
    """How many findings there are, by severity."""
    counted = Counter(row["severity"] for row in rows)
    told = [
        f"{counted[name]} {name}{'' if counted[name] == 1 else 's'}" for name in SEVERITIES if counted[name]
    ]
    return f"{', '.join(told)}." if told else "No finding."
