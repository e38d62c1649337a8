"""Does 1 − P/AC give the published reliance? Every balance, five years, from the shipped tables.

The page ``docs/methods/identity.md`` lists what comes out; here it is computed and compared.
``python tests/studies/test_identity.py`` writes the tables anew and leaves the reasons as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import monazite as mz

Row = dict[str, Any]
PAGE = Path(__file__).parents[2] / "docs" / "methods" / "identity.md"
YEARS = range(2021, 2026)
POINT = 0.01
CLOSES, ROUNDING, OPEN, NO_PRODUCTION, UNCHECKED = (
    "Closes",
    "Closes once rounding is allowed for",
    "Does not close",
    "Without production",
    "Cannot be checked",
)


@dataclass(frozen=True)
class Outcome:
    """One balance, the years it was asked for, and what came out."""

    item: str
    chapter: str
    kind: str
    rows: tuple[Row, ...]

    @property
    def gaps(self) -> list[float]:
        """Computed less published reliance, year by year, as shares."""
        return [gap(row) for row in self.rows]


def gap(row: Row) -> float:
    """1 − P/AC less the published reliance; no production counts as none."""
    return float(round(1 - (row["production"] or 0) / row["consumption"] - row["reliance_low"], 9))


def kind_of(rows: tuple[Row, ...]) -> str:
    """What the five years of one balance allow to say."""
    if not all(checkable(row) for row in rows):
        return UNCHECKED
    if not any(row["production"] for row in rows):
        return NO_PRODUCTION
    if all(abs(gap(row)) <= POINT for row in rows):
        return CLOSES
    return ROUNDING if all(rounding_explains(row) for row in rows) else OPEN


def checkable(row: Row) -> bool:
    """Whether reliance, consumption and production are figures, or no production is counted at all."""
    exact = row["reliance_low"] is not None and row["reliance_low"] == row["reliance_high"]
    produced = row["production"] is not None or row["production_status"] is None
    return exact and bool(row["consumption"]) and produced


def rounding_explains(row: Row) -> bool:
    """Whether some unrounded production and consumption give the published value within one point."""
    low, high = row["computed_low"] - POINT, row["computed_high"] + POINT
    return bool(low <= row["reliance_low"] <= high)


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every balance that MCS 2026 prints a reliance of its own for, with what came out."""
    by_year = [{row["item"]: row for row in mz.dependence("all", year=year).table} for year in YEARS]
    found = []
    for item in by_year[0]:
        rows = tuple(each[item] for each in by_year)
        if any(row["reliance_published"] for row in rows) and not any(row["group_value"] for row in rows):
            found.append(Outcome(item, rows[-1]["chapter"], kind_of(rows), rows))
    return tuple(sorted(found, key=lambda one: (one.chapter, one.item)))


def of_kind(kind: str) -> list[Outcome]:
    """The balances for which that came out."""
    return [one for one in outcomes() if one.kind == kind]


def chapters(kind: str) -> set[str]:
    """The chapters that hold a balance for which that came out."""
    return {one.chapter for one in of_kind(kind)}


def listed(heading: str) -> list[tuple[str, ...]]:
    """Rows of the page's table under a heading, without its head."""
    section = re.split(rf"^## {re.escape(heading)}$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    lines = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def points(outcome: Outcome) -> str:
    """Gaps in percentage points, as the page prints them."""
    return " · ".join(f"{round(100 * each, 1) + 0:+.1f}".replace("-", "−") for each in outcome.gaps)


def published(outcome: Outcome) -> str:
    """Reliance as published, as the page prints it."""
    return " · ".join(row["reliance_published"] or "–" for row in outcome.rows)


def test_thirty_chapters_reproduce_the_published_reliance_in_all_five_years() -> None:
    assert len(chapters(CLOSES)) >= 30
    assert chapters(CLOSES).isdisjoint(chapters(OPEN))


def test_chapters_without_production_are_counted_apart_and_wholly_imported() -> None:
    assert chapters(NO_PRODUCTION).isdisjoint(chapters(CLOSES))
    assert {row["reliance_published"] for one in of_kind(NO_PRODUCTION) for row in one.rows} == {"100"}


def test_page_lists_what_closes() -> None:
    derived = [
        (one.chapter, f"`{one.item}`", f"{100 * max(map(abs, one.gaps)):.1f}") for one in of_kind(CLOSES)
    ]
    assert listed(CLOSES) == derived


@pytest.mark.parametrize("kind", [ROUNDING, OPEN])
def test_page_lists_what_does_not_close_and_why(kind: str) -> None:
    rows = listed(kind)
    assert [row[:3] for row in rows] == [(one.chapter, f"`{one.item}`", points(one)) for one in of_kind(kind)]
    assert all(len(row) == 4 and len(row[3]) > 20 for row in rows)


def test_page_lists_what_has_no_production() -> None:
    assert listed(NO_PRODUCTION) == [(one.chapter, f"`{one.item}`") for one in of_kind(NO_PRODUCTION)]


def test_page_lists_what_cannot_be_checked() -> None:
    derived = [(one.chapter, f"`{one.item}`", published(one)) for one in of_kind(UNCHECKED)]
    assert [row[:3] for row in listed(UNCHECKED)] == derived


def test_page_counts_right() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    for kind in (CLOSES, ROUNDING, OPEN, NO_PRODUCTION, UNCHECKED):
        link = f"[{kind}](#{kind.lower().replace(' ', '-')})"
        assert f"| {link} | {len(of_kind(kind))} | {len(chapters(kind))} |" in text
    whole = chapters(CLOSES) - chapters(ROUNDING)
    assert f"{len(whole)} of the {len(chapters(CLOSES))} chapters close in every balance" in text


def test_cobalt_closes_though_its_components_do_not() -> None:
    """Reliance rests on production and consumption; the open identity of 2025 is another finding."""
    (cobalt,) = [one for one in outcomes() if one.item == "cobalt.refined"]
    assert cobalt.kind == CLOSES
    assert "identity-open" in cobalt.rows[-1]["findings"]


def test_every_gap_beyond_rounding_is_a_finding() -> None:
    """What does not close within a point is told beside the row, in the year it does not."""
    silent = [
        (one.item, row["year"])
        for one in of_kind(OPEN)
        for row in one.rows
        if not rounding_explains(row) and "reliance-differs" not in (row["findings"] or "")
    ]
    assert silent == []


def test_the_readme_says_how_many_chapters_close() -> None:
    text = (PAGE.parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"in all five years in {len(chapters(CLOSES))} chapters" in text


def as_listed(outcome: Outcome) -> tuple[str, ...]:
    """One balance as a row of the page; where a reason is due, the one the page gives."""
    head = (outcome.chapter, f"`{outcome.item}`")
    if outcome.kind == NO_PRODUCTION:
        return head
    if outcome.kind == CLOSES:
        return *head, f"{100 * max(map(abs, outcome.gaps)):.1f}"
    told = published(outcome) if outcome.kind == UNCHECKED else points(outcome)
    reasons = {row[1]: row[3] for kind in (ROUNDING, OPEN, UNCHECKED) for row in listed(kind)}
    return *head, told, reasons.get(head[1], "")


def refreshed(text: str) -> str:
    """The page with its tables and counts as they are now."""
    for kind in (CLOSES, ROUNDING, OPEN, NO_PRODUCTION, UNCHECKED):
        rows = "".join(f"| {' | '.join(as_listed(one))} |\n" for one in of_kind(kind))
        table = rf"(^## {kind}$.*?^\| ---[^\n]*\n)(?:\|[^\n]*\n)*"
        text = re.sub(table, rf"\g<1>{rows}", text, flags=re.MULTILINE | re.DOTALL)
        counts = f" {len(of_kind(kind))} | {len(chapters(kind))} |"
        text = re.sub(rf"(^\| \[{kind}\]\S+ \|) .*$", rf"\g<1>{counts}", text, flags=re.MULTILINE)
    return text


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
