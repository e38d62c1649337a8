"""Codes whose trade stopped: ``code-dead``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.studies.audit import words
from monazite.studies.audit.completeness import counted
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.records import listed
from monazite.studies.nomenclature.health.advice import some
from monazite.studies.nomenclature.health.ended import ended

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope
    from monazite.studies.nomenclature.health.ended import Ended

Row = dict[str, Any]

RULES = ("code-dead",)
YEARLY = """\
SELECT flow, nomenclature, code, year, sum(value) AS value FROM counted WHERE source = {source}
GROUP BY ALL ORDER BY ALL"""


class Code(NamedTuple):
    """A code in one direction of trade."""

    flow: str
    nomenclature: str
    code: str


def codes(scope: Scope) -> Iterator[Outcome]:
    """Codes of every source of trade that lost their trade for good."""
    if not scope.wants(*RULES):
        return
    scope.once("counted", counted)
    for source in scope.sources("trade"):
        values = _values(scope, source)
        rows = [row for code, yearly in values.items() if (row := _died(code, yearly))]
        rows.sort(key=lambda row: (-row["before"], row["code"]))
        yield outcome(
            scope,
            "code-dead",
            source,
            rows,
            told="{n} code{s} lost all trade for good. {worst}",
            expected="trade in every year",
            unit="codes",
            examined=len(values),
        )


def _values(scope: Scope, source: str) -> dict[Code, dict[int, float]]:
    """Value of every code in every year its nomenclature has trade in; zero where it has none."""
    found: dict[Code, dict[int, float]] = defaultdict(dict)
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in scope.space.rows(YEARLY.format(source=listed([source]))):
        code = Code(row["flow"], row["nomenclature"], row["code"])
        found[code][row["year"]] = row["value"] or 0.0
        if row["value"]:
            years[code[:2]].add(row["year"])
    return {
        code: {year: values.get(year, 0.0) for year in sorted(years[code[:2]])}
        for code, values in found.items()
    }


def _died(code: Code, yearly: Mapping[int, float]) -> Row | None:
    """A dead code in words; nothing if it lives."""
    end = ended(code.nomenclature, code.code, yearly)
    if end is None:
        return None
    year, later = end.death.year, [value for when, value in yearly.items() if when >= end.death.year]
    before, after = yearly[max(when for when in yearly if when < year)], yearly[year]
    empty = later.count(0.0)
    gone = f", {empty} of the {len(later)} years since are empty" if empty else ""
    return {
        **code._asdict(),
        "subject": f"{code.nomenclature} {code.code}",
        "found": f"{words.dollars(before)} in the year before, {words.dollars(after)} in {year}{gone}"
        f"{_revised(end)}",
        "expected": _expected(end),
        "year": year,
        "value_usd": after,
        "before": before,
        "factor": before / after if after else None,
    }


def _revised(end: Ended) -> str:
    """The revision that took the code, if the tables know it."""
    return f"; {end.edition} took the code" if end.edition else ""


def _expected(end: Ended) -> str:
    """What took over, if the tables know it."""
    if not end.codes:
        return "trade in every year, or another code that took over"
    later = f", by {end.latest} under {some(end.now)}" if end.now != end.codes else ""
    return f"its goods under {some(end.codes)}{later}"
