"""The answer: outcomes as a table, rows to look at, findings, headlines and what was loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monazite.methods import outliers
from monazite.results.frame import Frame
from monazite.results.result import Headline, Result, Source
from monazite.schema.audit import AUDIT, AUDIT_CHANGE, AUDIT_ROW
from monazite.schema.findings import RULES
from monazite.studies.audit import thresholds as t
from monazite.studies.audit.outcome import as_finding, shown_rows, summary
from monazite.studies.audit.quantities import changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monazite.schema.findings import Finding
    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

QUESTION = "May I trust this data? What is missing, implausible, double counted or revised?"
METHOD = (
    "Every check counts what it looked at and what it found, and shows the worst rows. Unit values are"
    " compared as logarithms with robust statistics: a quantity is implausible if its unit value is more than"
    f" {t.LEVEL_Z:g} modified z-scores and {t.LEVEL_FACTOR:g} times off the flow's own history, given"
    f" {t.OWN_PERIODS} periods, otherwise off the code's median of the year; from"
    f" ${t.LEAST_VALUE_USD:,} on.\n\n"
    f"A mass that changes more than {outliers.SHARP:g}fold is told apart: if the value moved at least half as"
    " far on the log scale, trade changed; if it did not, and the unit value jumped"
    f" {outliers.SHARP:g}fold and {outliers.JUMP_Z:g} modified z-scores farther than that of the code's other"
    " flows, and is off the flow's own level, the quantity is wrong. Another record of the same flow, where"
    f" there is one that agrees within {t.AGREE:g} times in the year beside, decides."
)
NOTES = (
    "A check that found nothing is listed too: it says how much it looked at.",
    "Where a source is loaded in several editions, the latest that holds a record is judged.",
    "Input-output tables, establishments, code lists and manifests are not audited.",
)
SEVERITIES = ("error", "warning", "note")
_FEW = 3


@dataclass(frozen=True, slots=True)
class Audit(Result):
    """The answer of the audit; it cites what was loaded, which may have no DOI."""

    def cite(self) -> str:
        """How to cite this result: software, version, question, data with the number of files."""
        data = "; ".join(
            f"{one.publisher}, {one.title}, {one.as_of} ({len(one.snapshots)} files)" for one in self.sources
        )
        return f"monazite {self.version}. {self.title}. Data: {data}."


def answer(told: Scope, found: Iterable[Outcome], parameters: Mapping[str, Any]) -> Audit:
    """The outcomes, the gravest first, with their rows, findings and sources."""
    ordered = sorted(found, key=_grave)
    findings = tuple(as_finding(one, editions(told, one)) for one in ordered if one.found)
    return Audit(
        study="audit",
        question=QUESTION,
        title=f"Audit of {', '.join(parameters['about']) or 'all that is loaded'}",
        table=Frame(AUDIT, tuple(summary(one, editions(told, one)) for one in ordered)),
        details={
            "rows": Frame(AUDIT_ROW, tuple(row for one in ordered for row in shown_rows(one))),
            "changes": Frame(AUDIT_CHANGE, tuple(changes(told))),
        },
        findings=findings,
        sources=_publications(told),
        headlines=_headlines(told, findings),
        method=METHOD,
        parameters=parameters,
        version=_version(),
        notes=NOTES,
    )


def _grave(one: Outcome) -> tuple[bool, int, int, str, str, str]:
    """What was found comes first, the gravest before the most frequent."""
    severity = next(SEVERITIES.index(rule.severity) for rule in RULES if rule.id == one.rule)
    return not one.found, severity, -one.found, one.rule, one.table, one.source


def editions(told: Scope, one: Outcome) -> str:
    """Editions behind an outcome; the first and last of many."""
    tables = {held.table for held in told.held}
    among = {one.table} if one.table in tables else tables
    sources = one.source.split(" and ")
    found = sorted(
        {(each.place, each.as_of) for each in told.loaded if each.table in among and each.source in sources}
    )
    names = list(dict.fromkeys(as_of for _, as_of in found))
    return ", ".join(names) if len(names) <= _FEW else f"{names[0]} … {names[-1]} ({len(names)})"


def _headlines(told: Scope, findings: Sequence[Finding]) -> tuple[Headline, ...]:
    """What was looked at, and how many findings of each severity there are."""
    rows = sum(held.rows for held in told.held)
    sources = ", ".join(sorted({held.source for held in told.held}))
    return (
        Headline("Rows audited", f"{rows:,}", sources),
        *(_counted(name, findings) for name in SEVERITIES),
    )


def _counted(severity: str, findings: Sequence[Finding]) -> Headline:
    """How many findings of a severity there are, and under which rules."""
    among = [one.rule for one in findings if one.severity == severity]
    plural = "" if len(among) == 1 else "s"
    return Headline(
        f"{severity.capitalize()}{plural}", f"{len(among)}", ", ".join(dict.fromkeys(among)) or "none"
    )


def _publications(told: Scope) -> tuple[Source, ...]:
    """What was audited or quoted: each source and edition with its files."""
    kept = {(held.source, held.as_of) for held in told.held}
    kept |= {(other.source, other.as_of) for other in told.loaded if other.source in told.quoted}
    found = told.space.rows(
        "SELECT source, as_of, any_value(title) AS title, any_value(publisher) AS publisher,"
        " any_value(doi) AS doi, any_value(licence) AS licence, list(snapshot ORDER BY snapshot) AS files"
        " FROM snapshot GROUP BY source, as_of ORDER BY source, as_of"
    )
    return tuple(
        Source(row["as_of"], row["title"], row["publisher"], row["doi"], row["licence"], tuple(row["files"]))
        for row in found
        if (row["source"], row["as_of"]) in kept
    )


def _version() -> str:
    """The installed version of monazite."""
    from importlib.metadata import version  # noqa: PLC0415 - slow to import

    return version("monazite")
