"""Periods that are missing or hold nothing: ``period-missing``, ``period-empty``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.studies.audit import words
from monazite.studies.audit.completeness import counted
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.records import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("period-missing", "period-empty")
WHOLE = """\
SELECT flow, span, list(DISTINCT period ORDER BY period) AS periods FROM counted
WHERE source = {source} AND alive > 0 GROUP BY ALL ORDER BY ALL"""
CODES = """\
SELECT flow, nomenclature, code, list(DISTINCT year ORDER BY year) AS years, sum(value) AS value FROM counted
WHERE source = {source} AND alive > 0 GROUP BY ALL ORDER BY value DESC NULLS LAST, code, flow, nomenclature"""
EMPTY = """\
SELECT flow, period, any_value(year) AS year, sum(records)::BIGINT AS n FROM counted
WHERE source = {source} GROUP BY flow, period HAVING sum(alive) = 0 ORDER BY period, flow"""


def periods(scope: Scope) -> Iterator[Outcome]:
    """Missing and empty periods of every source of trade."""
    if not scope.wants(*RULES):
        return
    scope.once("counted", counted)
    for source in scope.sources("trade"):
        if scope.wants("period-missing"):
            yield _missing(scope, source)
        if scope.wants("period-empty"):
            yield _empty(scope, source)


def _missing(scope: Scope, source: str) -> Outcome:
    """Periods missing inside the span of a source, and years missing inside that of a code."""
    whole = scope.space.rows(WHOLE.format(source=listed([source])))
    codes = scope.space.rows(CODES.format(source=listed([source])))
    rows = [_gap(source, row, missing) for row in whole if (missing := gaps(row["periods"]))]
    return outcome(
        scope,
        "period-missing",
        source,
        [*rows, *_holes(codes)],
        told="{n} series with gaps. {worst}",
        expected="every period of a series",
        unit="series",
        examined=len(whole) + len(codes),
    )


def _gap(source: str, row: Row, missing: list[str]) -> Row:
    """Periods of which a source has nothing at all, in words."""
    return {
        "subject": f"{source}, {row['flow']}",
        "kind": "source",
        "found": f"no records in {words.some(missing)}",
        "expected": "records in every period",
        "period": missing[-1],
        "year": int(missing[-1][:4]),
        "flow": row["flow"],
    }


def _holes(codes: list[Row]) -> Iterator[Row]:
    """Codes without trade in years between years in which they have some."""
    whole: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in codes:
        whole[row["flow"], row["nomenclature"]].update(row["years"])
    for row in codes:
        years: list[int] = row["years"]
        among = whole[row["flow"], row["nomenclature"]]
        holes = sorted(year for year in among - set(years) if years[0] < year < years[-1])
        if holes:
            yield {
                "subject": f"{row['nomenclature']} {row['code']}, {row['flow']}",
                "kind": "code",
                "found": f"no trade in {words.some(holes)}",
                "expected": "trade in the years between",
                "year": holes[-1],
                "flow": row["flow"],
                "nomenclature": row["nomenclature"],
                "code": row["code"],
            }


def gaps(periods: list[str]) -> list[str]:
    """Years or months missing between the first and the last.

    >>> gaps(["2019", "2021"]), gaps(["2019-11", "2020-02"]), gaps([])
    (['2020'], ['2019-12', '2020-01'], [])
    """
    held = {_moment(period) for period in periods}
    missing = [moment for moment in range(min(held, default=0), max(held, default=0)) if moment not in held]
    if missing and "-" in periods[0]:
        return [f"{moment // 12}-{moment % 12 + 1:02}" for moment in missing]
    return [str(moment) for moment in missing]


def _moment(period: str) -> int:
    """A year as it is, a month as its number since year 0."""
    year, _, month = period.partition("-")
    return 12 * int(year) + int(month) - 1 if month else int(year)


def _empty(scope: Scope, source: str) -> Outcome:
    """Periods of which there are records, all of them zero or missing."""
    rows = [
        {
            **row,
            "subject": f"{source}, {row['flow']}, {row['period']}",
            "found": f"{row['n']:,} records, all zero or missing",
            "expected": "figures",
        }
        for row in scope.space.rows(EMPTY.format(source=listed([source])))
    ]
    return outcome(
        scope,
        "period-empty",
        source,
        rows,
        told="{n} period{s} with nothing but zeros. {worst}",
        expected="figures, or no records",
        unit="periods",
    )
