"""Units of quantity that change from one year to the next: ``unit-regime``."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.studies.audit import words
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.records import listed
from monazite.studies.audit.thresholds import LEAST_VALUE_USD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("unit-regime",)
MUCH, LITTLE = 0.25, 0.1
"""A unit has replaced another where its part of the value rose from under a tenth to over a quarter, while
that of the other fell as far."""

UNITED = """\
INSERT INTO united
SELECT source, flow, regime, nomenclature, code, year, quantity_unit AS unit,
  sum(value::HUGEINT)::DOUBLE AS value
FROM ({records}) WHERE NOT aggregate AND value > 0 AND code <> 'TOTAL' AND part = '' GROUP BY ALL"""
TABLE = (
    "CREATE TEMP TABLE united (source VARCHAR, flow VARCHAR, regime VARCHAR, nomenclature VARCHAR,"
    " code VARCHAR, year BIGINT, unit VARCHAR, value DOUBLE)"
)


def units(scope: Scope) -> Iterator[Outcome]:
    """Codes of every source of trade whose quantities stand in another unit than the year before."""
    if not scope.wants(*RULES):
        return
    scope.space.run(TABLE)
    for source in scope.sources("trade"):
        for year in scope.years("trade", source):
            scope.space.run(UNITED.format(records=scope.records(source, [year])))
        yield _regimes(scope, source)


def _regimes(scope: Scope, source: str) -> Outcome:
    """Regime changes of one source."""
    codes: dict[tuple[str, ...], dict[int, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in scope.space.rows(f"SELECT * FROM united WHERE source = {listed([source])} ORDER BY ALL"):
        key = (row["flow"], row["regime"], row["nomenclature"], row["code"])
        codes[key][row["year"]][row["unit"]] = row["value"]
    rows = [row for key, years in codes.items() for row in _breaks(key, years)]
    rows.sort(key=lambda row: (-row["value_usd"], row["code"], row["year"]))
    return outcome(
        scope,
        "unit-regime",
        source,
        rows,
        told="{n} change{s} of unit. {worst}",
        unit="codes",
        expected="one unit of quantity in all years",
        examined=len(codes),
    )


def _breaks(key: tuple[str, ...], years: dict[int, dict[str, float]]) -> Iterator[Row]:
    """Years in which another unit takes over a code."""
    flow, _, nomenclature, code = key
    kept = [
        (year, values) for year, values in sorted(years.items()) if sum(values.values()) >= LEAST_VALUE_USD
    ]
    for (before, was), (year, now) in itertools.pairwise(kept):
        old, new = _replaced(was, now), _replaced(now, was)
        if old and new:
            yield {
                "subject": f"{nomenclature} {code}, {flow}, {year}",
                "found": f"{_parts(was, old)} in {before}, {_parts(now, new)} in {year}",
                "expected": "the units of the year before",
                "year": year,
                "flow": flow,
                "nomenclature": nomenclature,
                "code": code,
                "value_usd": sum(now[unit] for unit in new),
                "amount_unit": new[0],
            }


def _replaced(one: dict[str, float], other: dict[str, float]) -> list[str]:
    """Units that hold much of one year's value and little of the other's, the largest first."""
    whole, rest = sum(one.values()), sum(other.values())
    found = [
        unit for unit, value in one.items() if value > MUCH * whole and other.get(unit, 0.0) < LITTLE * rest
    ]
    return sorted(found, key=lambda unit: (-one[unit], unit))


def _parts(values: dict[str, float], units: list[str]) -> str:
    """Units with their part of the value."""
    whole = sum(values.values())
    return " and ".join(f"{_unit(unit)} ({words.share(values[unit], whole)} of the value)" for unit in units)


def _unit(unit: str) -> str:
    """A unit, or that there is none."""
    return unit or "no quantity collected"
