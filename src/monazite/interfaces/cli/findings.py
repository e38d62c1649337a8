"""``monazite findings``: what is doubtful, missing or revised."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from monazite.errors import UnknownCodeError
from monazite.interfaces.cli import options, study
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import drawn
from monazite.schema.findings import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from monazite.results.result import Result
    from monazite.schema.findings import Finding

FORMS = ("table", "csv", "json", "jsonl")
SEVERITIES = ("error", "warning", "note")
_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}

_HELP = """What is doubtful, missing or revised in the figures, and what to do about it.

A finding says the rule, what it concerns, where it stands in the publisher's file,
what was found and what was expected. Without MATERIAL, those of the 2025 list, and
whatever the readers found in the publisher's files.

\b
Examples:
  monazite findings cobalt
  monazite findings --rule vintage-revised
  monazite findings --severity warning --format csv > findings.csv
"""


@click.command(cls=Command, help=_HELP)
@options.materials_argument
@options.all_option
@options.option(
    "--rule", "rules", multiple=True, metavar="RULE", help="Only this rule, such as censored; repeatable."
)
@options.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(SEVERITIES),
    help="Only this severity; repeatable.",
)
@options.year_option
@options.as_of_option
@options.format_option(FORMS)
@options.output_option
@options.color_option
def findings(  # noqa: PLR0913 - the options of the command, by name
    *,
    materials: tuple[str, ...],
    everything: bool,
    rules: tuple[str, ...],
    severities: tuple[str, ...],
    year: int | None,
    as_of: str,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Ask the study, then list its findings."""
    _known(rules)
    asked = study.asked_for(materials, everything=everything)
    kind = options.form_for(form, output, FORMS)
    result = study.ask("dependence", asked, year=year, as_of=as_of)
    chosen = [one for one in result.findings if _wanted(one, rules, severities)]
    read = [one for one in study.read(as_of, asked) if _wanted(one, rules, severities)]
    data = (
        drawn(finding_parts(chosen, read), color=options.color_for(color, output))
        if kind == "table"
        else _rendered(result, [*chosen, *read], kind)
    )
    options.deliver(data, kind, output)


def _known(rules: Iterable[str]) -> None:
    """Refuse a rule that no one declared."""
    declared = [rule.id for rule in RULES]
    for rule in rules:
        if rule not in declared:
            raise UnknownCodeError("rule", rule, declared, f"There are {', '.join(declared)}")


def _wanted(finding: Finding, rules: Sequence[str], severities: Sequence[str]) -> bool:
    """Whether a finding passes the filters; an empty filter lets everything pass."""
    return (not rules or finding.rule in rules) and (not severities or finding.severity in severities)


def _rendered(result: Result, chosen: Sequence[Finding], form: str) -> bytes:
    """The findings as a table for programs."""
    from monazite.results.files.findings import findings_frame  # noqa: PLC0415 - help needs no writers
    from monazite.results.files.forms import render_frame  # noqa: PLC0415 - as above

    return render_frame(findings_frame(result, chosen), form)


def finding_parts(chosen: Sequence[Finding], read: Sequence[Finding] = ()) -> list[RenderableType]:
    """Findings on the figures, then those the readers made in the publisher's files, and how many."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    parts = _by_rule(chosen)
    if read:
        parts += [Text("In the publisher's files", style="bold underline"), Text(), *_by_rule(read)]
    return [*parts, Text(_count([*chosen, *read]), style="bold")]


def _by_rule(chosen: Sequence[Finding]) -> list[RenderableType]:
    """Findings rule by rule: the rule and its hint once, then what was found where."""
    from rich.padding import Padding  # noqa: PLC0415 - rich, only when it draws
    from rich.text import Text  # noqa: PLC0415 - as above

    parts: list[RenderableType] = []
    for rule in RULES:
        found = [one for one in chosen if one.rule == rule.id]
        if found:
            parts.append(
                Text.assemble(
                    (f"{rule.id} ", f"bold {_STYLES[rule.severity]}"), f"{rule.severity}. {rule.meaning}"
                )
            )
            parts.append(Padding(_listed(found), (0, 0, 1, 2)))
    return parts


def _listed(found: Sequence[Finding]) -> RenderableType:
    """What was found where, one after the other, and once what to do about it."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    lines = [
        Text.assemble((one.subject, "bold"), f": {one.found}; expected {one.expected}  ", (one.where, "dim"))
        for one in found
    ]
    hints = dict.fromkeys(one.hint for one in found if one.hint)
    return Text("\n").join([*lines, *(Text(f"→ {hint}", style="green") for hint in hints)])


def _count(chosen: Sequence[Finding]) -> str:
    """How many there are, by severity."""
    counted: Counter[str] = Counter(one.severity for one in chosen)
    told = [
        f"{counted[name]} {name}{'' if counted[name] == 1 else 's'}" for name in SEVERITIES if counted[name]
    ]
    return f"{', '.join(told)}." if told else "No finding."
