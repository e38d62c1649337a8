"""Reporters that are late, and years they left out: ``reporter-late``, ``reporter-missing``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.studies.audit import words
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.periods import gaps
from monazite.studies.audit.records import listed
from monazite.studies.audit.thresholds import MONTHS_LATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]
Reports = dict[str, list[str]]

RULES = ("reporter-late", "reporter-missing")
SEVERAL = 2
"""Reporters needed to say that one of them is behind the others, and periods to say it reports at all."""


def reporters(scope: Scope) -> Iterator[Outcome]:
    """Late and missing reporters of every source of trade that has several."""
    for source in scope.sources("trade"):
        told = _reports(scope, source)
        if len({reporter for reports in told.values() for reporter in reports}) < SEVERAL:
            continue
        if scope.wants("reporter-late"):
            yield _late(scope, source, told)
        if scope.wants("reporter-missing"):
            yield _missing(scope, source, told)


def _reports(scope: Scope, source: str) -> dict[tuple[str, int], Reports]:
    """Periods every country reported, by flow and by year or month."""
    found: dict[tuple[str, int], Reports] = defaultdict(dict)
    for row in scope.space.rows(
        "SELECT flow, length(period) AS span, reporter, list(DISTINCT period ORDER BY period) AS periods"
        f" FROM trade WHERE source = {listed([source])} AND reporter <> '' AND length(period) IN (4, 7)"
        " AND (value_usd > 0 OR quantity > 0 OR mass_t > 0) GROUP BY ALL ORDER BY ALL"
    ):
        found[row["flow"], row["span"]][row["reporter"]] = row["periods"]
    return found


def _late(scope: Scope, source: str, told: dict[tuple[str, int], Reports]) -> Outcome:
    """Reporters whose last period is behind that of the others."""
    rows: list[Row] = []
    for (flow, span), reports in told.items():
        last = max(periods[-1] for periods in reports.values())
        least = 1 if span == len("2024") else MONTHS_LATE
        for reporter, periods in reports.items():
            behind = len(gaps([periods[-1], last])) + 1 if periods[-1] != last else 0
            if behind >= least and len(periods) >= SEVERAL and len(reports) >= SEVERAL:
                rows.append(
                    _row(reporter, flow, periods[-1], f"nothing after {periods[-1]}; others to {last}")
                )
                rows[-1]["behind"] = behind
    rows.sort(key=lambda row: (row["behind"], row["reporter"], row["flow"]))
    return outcome(
        scope,
        "reporter-late",
        source,
        rows,
        told="{n} reporter{s} behind the others. {worst}",
        expected="the latest period of the others",
        unit="reporters and flows",
        examined=_count(told),
    )


def _missing(scope: Scope, source: str, told: dict[tuple[str, int], Reports]) -> Outcome:
    """Reporters absent in a period between two they reported."""
    rows = []
    for (flow, _), reports in told.items():
        every = {period for periods in reports.values() for period in periods}
        for reporter, periods in reports.items():
            absent = [period for period in gaps(periods) if period in every]
            if absent:
                found = (
                    f"nothing in {words.some(absent)}, {len(absent)} of {len(absent) + len(periods)} periods"
                )
                rows.append(_row(reporter, flow, absent[-1], found))
                rows[-1]["absent"] = len(absent)
    rows.sort(key=lambda row: (row["absent"], row["reporter"], row["flow"]))
    return outcome(
        scope,
        "reporter-missing",
        source,
        rows,
        told="{n} reporter{s} with periods left out. {worst}",
        expected="a report for every period in between",
        unit="reporters and flows",
        examined=_count(told),
    )


def _count(told: dict[tuple[str, int], Reports]) -> int:
    """Reporters by flow."""
    return sum(len(reports) for reports in told.values())


def _row(reporter: str, flow: str, period: str, found: str) -> Row:
    """A reporter in words."""
    return {
        "subject": f"{reporter}, {flow}",
        "reporter": reporter,
        "flow": flow,
        "period": period,
        "year": int(period[:4]),
        "found": found,
        "expected": "a report for every period",
    }
