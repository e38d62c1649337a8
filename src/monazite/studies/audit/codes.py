"""Codes whose trade stopped: ``code-dead``."""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.studies.audit import words
from monazite.studies.audit.completeness import counted
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.records import listed
from monazite.studies.audit.thresholds import DEAD, DEAD_VALUE_USD, DEAD_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

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


def fell_for_good(values: Sequence[float]) -> int | None:
    """The place from which every value is under a tenth of the median of the three before.

    >>> fell_for_good([76e6, 79.5e6, 80.7e6, 4.6e6, 3.9e6, 0.0])
    3
    >>> fell_for_good([76e6, 79.5e6, 80.7e6, 4.6e6, 70e6]) is None
    True
    >>> fell_for_good([76.0, 79.5, 80.7, 4.6, 3.9, 0.0]) is None  # too small to matter
    True
    """
    for place in range(DEAD_YEARS, len(values) - 1):
        usual = statistics.median(values[place - DEAD_YEARS : place])
        if usual >= DEAD_VALUE_USD and max(values[place:]) < DEAD * usual:
            return place
    return None


def _died(code: Code, yearly: dict[int, float]) -> Row | None:
    """A dead code in words; nothing if it lives."""
    years, values = list(yearly), list(yearly.values())
    place = fell_for_good(values)
    if place is None:
        return None
    before, after = values[place - 1], values[place]
    empty = values[place:].count(0.0)
    gone = f", {empty} of the {len(values) - place} years since are empty" if empty else ""
    return {
        **code._asdict(),
        "subject": f"{code.nomenclature} {code.code}",
        "found": f"{words.dollars(before)} in the year before, {words.dollars(after)} in {years[place]}"
        f"{gone}",
        "expected": "trade in every year, or another code that took over",
        "year": years[place],
        "value_usd": after,
        "before": before,
        "factor": before / after if after else None,
    }
