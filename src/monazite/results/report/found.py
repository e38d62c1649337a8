"""Findings, gathered under their rules."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from monazite.results.words import item_name
from monazite.schema.findings import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.results.result import Result
    from monazite.schema.findings import Finding

ORDER = {"error": 0, "warning": 1, "note": 2}
MEANINGS = {rule.id: rule.meaning for rule in RULES}


class Found(NamedTuple):
    """A finding, and the name of what it is about."""

    about: str
    finding: Finding


class RuleFound(NamedTuple):
    """A rule, what it means and what to do, and everything found under it."""

    id: str
    severity: str
    meaning: str
    hint: str
    findings: tuple[Found, ...]


def by_rule(result: Result) -> list[RuleFound]:
    """Rules with findings on items of the dependence study, gravest first, then by number of findings."""
    return under_rules(result, {row["item"]: item_name(row) for row in result.table})


def under_rules(result: Result, names: Mapping[str, str]) -> list[RuleFound]:
    """Rules with findings; the subject of a finding under its name, where it has one."""
    gathered = defaultdict(list)
    for finding in result.findings:
        gathered[finding.rule].append(Found(names.get(finding.subject, finding.subject), finding))
    found = [under(rule, tuple(findings)) for rule, findings in gathered.items()]
    return sorted(found, key=lambda one: (ORDER[one.severity], -len(one.findings), one.id))


def under(rule: str, findings: tuple[Found, ...]) -> RuleFound:
    """A rule and what was found under it."""
    first = findings[0].finding
    return RuleFound(rule, first.severity, MEANINGS.get(rule, ""), first.hint, findings)


def by_subject(result: Result) -> Mapping[str, list[Finding]]:
    """Findings by the item, material or chapter they concern."""
    gathered = defaultdict(list)
    for finding in result.findings:
        gathered[finding.subject].append(finding)
    return gathered
