"""Parts against their totals: partners against the world, longer codes against shorter ones."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import WORLD
from monazite.studies.audit import words
from monazite.studies.audit.evidence import HARMONIZED
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.records import listed
from monazite.studies.audit.thresholds import ADDITIVE, LEAST_VALUE_USD, PARTIAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("total-mismatch", "levels-mismatch")
DIGITS = (2, 4, 6, 8, 10)
SUM = "sum(value::HUGEINT)::DOUBLE"
TOTAL_KEY = "source, as_of, reporter, flow, regime, nomenclature, code, period, year"

PARTNERS = f"""\
WITH record AS ({{records}}),
whole AS (
  SELECT {TOTAL_KEY}, any_value(importer) AS importer, any_value(exporter) AS exporter, {SUM} AS whole
  FROM record WHERE {listed([WORLD])} IN (importer, exporter) AND part = '' GROUP BY ALL
), parts AS (
  SELECT {TOTAL_KEY}, {SUM} AS parts, count(*) AS n FROM record WHERE NOT aggregate AND part = '' GROUP BY ALL
)
SELECT * FROM whole JOIN parts USING ({TOTAL_KEY}) WHERE whole > 0"""

LEVEL_KEY = "source, as_of, reporter, flow, regime, importer, exporter, period, year, breakdown"
LEVELS = f"""\
WITH record AS (SELECT * FROM ({{records}}) WHERE {HARMONIZED} AND value IS NOT NULL),
whole AS (
  SELECT {LEVEL_KEY}, any_value(nomenclature) AS nomenclature, code, {SUM} AS whole
  FROM record WHERE length(code) = {{short}} GROUP BY ALL
), parts AS (
  SELECT {LEVEL_KEY}, left(code, {{short}}) AS code, {SUM} AS parts, count(*) AS n
  FROM record WHERE length(code) = {{long}} GROUP BY ALL
)
SELECT * FROM whole JOIN parts USING ({LEVEL_KEY}, code) WHERE whole > 0"""


def sums(scope: Scope) -> Iterator[Outcome]:
    """Partner sums and code sums of every source of trade."""
    for source in scope.sources("trade"):
        if scope.wants("total-mismatch") and _has_world(scope, source):
            yield _partners(scope, source)
        if scope.wants("levels-mismatch"):
            yield from _levels(scope, source)


def verdict(whole: float, parts: float) -> str:
    """Whether parts make their total; ``partial`` where less than half of it is there.

    >>> verdict(100, 100.5), verdict(100, 90), verdict(100, 102), verdict(100, 20)
    ('whole', 'short', 'over', 'partial')
    """
    if abs(parts - whole) <= ADDITIVE * whole:
        return "whole"
    if parts > whole:
        return "over"
    return "short" if parts >= PARTIAL * whole else "partial"


def _has_world(scope: Scope, source: str) -> bool:
    """Whether a source has rows of the world as partner."""
    world = listed([WORLD])
    return bool(
        scope.space.rows(
            f"SELECT 1 FROM trade WHERE source = {listed([source])}"
            f" AND (importer = {world} OR exporter = {world}) LIMIT 1"
        )
    )


def _partners(scope: Scope, source: str) -> Outcome:
    """Sums of partners that are not the world row of the same source."""
    rows: list[Row] = []
    examined = partial = 0
    for year in scope.years("trade", source):
        for row in scope.space.rows(PARTNERS.format(records=scope.records(source, [year]))):
            found = verdict(row["whole"], row["parts"])
            examined += 1
            partial += found == "partial"
            if found in ("short", "over") and row["whole"] >= LEAST_VALUE_USD:
                rows.append(_apart(row, found, "partners", "the world"))
    rows.sort(key=_order)
    told = f"{{n}} of {examined:,} world totals missed by more than 1%; {partial:,} have too few partners"
    return outcome(
        scope,
        "total-mismatch",
        source,
        rows,
        told=told + " to tell. {worst}",
        unit="totals",
        examined=examined,
        expected="partners that sum to the world row, within 1%",
    )


def _levels(scope: Scope, source: str) -> Iterator[Outcome]:
    """Sums of longer codes that are not the shorter code of the same source, where it has both."""
    held = scope.space.rows(
        f"SELECT DISTINCT length(code) AS digits FROM trade WHERE source = {listed([source])}"
        f" AND {HARMONIZED} AND code <> 'TOTAL' AND length(code) IN ({listed(DIGITS)}) ORDER BY 1"
    )
    digits = [row["digits"] for row in held]
    if len(digits) < 2:  # noqa: PLR2004 - nothing to compare
        return
    rows: list[Row] = []
    examined = partial = 0
    for year in scope.years("trade", source):
        for short, long in itertools.pairwise(digits):
            sql = LEVELS.format(records=scope.records(source, [year]), short=short, long=long)
            for row in scope.space.rows(sql):
                found = verdict(row["whole"], row["parts"])
                examined += 1
                partial += found == "partial"
                if found in ("short", "over") and row["whole"] >= LEAST_VALUE_USD:
                    rows.append(_apart(row, found, f"codes of {long} digits", f"{row['code']}"))
    rows.sort(key=_order)
    told = f"{{n}} of {examined:,} codes missed by more than 1%; of {partial:,} not all parts are there. "
    yield outcome(
        scope,
        "levels-mismatch",
        source,
        rows,
        told=told + "{worst}",
        unit="codes",
        examined=examined,
        expected="longer codes that sum to the shorter one, within 1%",
    )


def _order(row: Row) -> tuple[float, str]:
    """The largest difference first."""
    return -abs(row["value_usd"]), row["subject"]


def _apart(row: Row, found: str, parts: str, whole: str) -> Row:
    """A sum that misses its total, in words."""
    by = words.share(abs(row["parts"] - row["whole"]), row["whole"])
    side = "more" if found == "over" else "less"
    kept = ("as_of", "reporter", "flow", "importer", "exporter", "nomenclature", "code", "period", "year")
    return {
        **{key: row[key] for key in kept},
        "subject": words.flow(row),
        "kind": found,
        "found": f"{row['n']} {parts} sum to {words.dollars(row['parts'])}, {by} {side}",
        "expected": f"{words.dollars(row['whole'])} of {whole}",
        "value_usd": abs(row["parts"] - row["whole"]),
        "factor": max(row["parts"] / row["whole"], row["whole"] / row["parts"]) if row["parts"] else None,
    }
