"""Every rule of the findings has a page, and every page a rule and a case that is really there.

``python tests/docs/test_findings.py`` renews the cases that are no longer there.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import monazite as mz
from monazite.schema.findings import RULES
from monazite.store.shipped import query

if TYPE_CHECKING:
    from monazite.schema.findings import FindingRule

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "findings"
LATEST = {"mcs2025": 2024, "mcs2026": 2025}
NONE_YET = "No figure of the shipped editions carries it."
CASE = re.compile(r"```text\n(.+)\n  found     (.+)\n  expected  (.+)\n  where     (.+)\n```")


def page(rule: FindingRule) -> str:
    """Text of a rule's page."""
    return (FOLDER / f"{rule.id}.md").read_text(encoding="utf-8")


@cache
def cases() -> dict[str, set[tuple[str, str, str, str]]]:
    """Every finding there is, by rule: those of the readers, and of the study in every year."""
    found: dict[str, set[tuple[str, str, str, str]]] = {rule.id: set() for rule in RULES}
    for row in query("SELECT * FROM finding"):
        found[row["rule"]].add((row["subject"], row["found"], row["expected"], row["where"]))
    for as_of, latest in LATEST.items():
        for year in range(latest - 4, latest + 1):
            for told in mz.dependence("all", as_of=as_of, year=year).findings:
                found[told.rule].add((told.subject, told.found, told.expected, told.where))
    return found


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} - {"index"} == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_says_what_the_rule_says(rule: FindingRule) -> None:
    text = page(rule)
    assert text.startswith(f"# {rule.id}\n\n**{rule.severity.capitalize()}.** {rule.meaning}\n")
    for heading in ("Seen in", "When", "What it means for the number", "What to do"):
        assert len(text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].strip()) > 10, heading
    assert rule.hint in text.partition("## What to do")[2]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_case_on_a_page_is_really_there(rule: FindingRule) -> None:
    seen = page(rule).partition("## Seen in")[2].partition("## When")[0]
    if cases()[rule.id]:
        case = CASE.search(seen)
        assert case is not None, "the page shows no case, though there are some"
        assert case.groups() in cases()[rule.id]
    else:
        assert seen.strip() == NONE_YET


def test_the_index_lists_every_rule() -> None:
    text = (FOLDER / "index.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.meaning} |" in text


def refreshed(rule: FindingRule) -> str:
    """The rule's page, with a case that is there: the one shown if it still is, otherwise the last."""
    head, _, rest = page(rule).partition("\n## Seen in\n")
    shown, _, tail = rest.partition("\n## When\n")
    held = sorted(cases()[rule.id])
    case = CASE.search(shown)
    if held and (case is None or case.groups() not in cases()[rule.id]):
        subject, found, expected, where = held[-1]
        told = f"{subject}\n  found     {found}\n  expected  {expected}\n  where     {where}"
        shown = f"\n```text\n{told}\n```\n"
    seen = shown if held else f"\n{NONE_YET}\n"
    return f"{head}\n## Seen in\n{seen}\n## When\n{tail}"


if __name__ == "__main__":
    for each in RULES:
        (FOLDER / f"{each.id}.md").write_text(refreshed(each), encoding="utf-8")
