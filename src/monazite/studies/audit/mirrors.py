"""Two records of one flow that differ: ``mirror-gap``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.studies.audit import words
from monazite.studies.audit.evidence import HARMONIZED
from monazite.studies.audit.outcome import selected, worst
from monazite.studies.audit.records import listed
from monazite.studies.audit.thresholds import CIF_TO_FOB, LEAST_VALUE_USD, MIRROR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("mirror-gap",)

SIDE = "CASE flow WHEN 'reconciled' THEN 'reconciled' WHEN 'import' THEN 'import' ELSE 'export' END"
GATHER = f"""\
INSERT INTO record
SELECT source, reporter, flow, {SIDE} AS side, importer, exporter, left(code, 6) AS code,
  length(code) AS digits, regime, year,
  sum((value / if(valuation = 'cif', {CIF_TO_FOB}, 1))::HUGEINT)::DOUBLE AS fob
FROM ({{records}})
WHERE span = 4 AND part = '' AND NOT aggregate AND length(code) >= 6 AND value > 0 AND {HARMONIZED}
  AND flow IN ('import', 'export', 'domestic-export', 'reconciled')
GROUP BY ALL"""
TABLE = (
    "CREATE OR REPLACE TEMP TABLE record (source VARCHAR, reporter VARCHAR, flow VARCHAR, side VARCHAR,"
    " importer VARCHAR, exporter VARCHAR, code VARCHAR, digits BIGINT, regime VARCHAR, year BIGINT,"
    " fob DOUBLE)"
)
PAIRED = f"""\
INSERT INTO paired
WITH one AS (
  SELECT source, reporter, flow, side, importer, exporter, code, year, arg_min(fob, (digits, regime)) AS fob
  FROM record GROUP BY ALL
)
SELECT a.source AS source_a, b.source AS source_b, a.side AS side_a, b.side AS side_b, a.flow AS flow_a,
  b.flow AS flow_b, a.importer, a.exporter, a.code, a.year, a.fob AS fob_a, b.fob AS fob_b,
  greatest(a.fob / b.fob, b.fob / a.fob) AS factor, greatest(a.fob, b.fob) AS larger
FROM one AS a JOIN one AS b ON a.importer = b.importer AND a.exporter = b.exporter AND a.code = b.code
  AND a.side < b.side
WHERE larger >= {LEAST_VALUE_USD}"""
PAIRS = (
    "CREATE TEMP TABLE paired (source_a VARCHAR, source_b VARCHAR, side_a VARCHAR, side_b VARCHAR,"
    " flow_a VARCHAR, flow_b VARCHAR, importer VARCHAR, exporter VARCHAR, code VARCHAR, year BIGINT,"
    " fob_a DOUBLE, fob_b DOUBLE, factor DOUBLE, larger DOUBLE)"
)


def mirrors(scope: Scope) -> Iterator[Outcome]:
    """Flows recorded twice, by importer, exporter or a reconciliation, with values far apart."""
    audited = scope.sources("trade")
    if not audited or not scope.wants(*RULES) or not _mirrored(scope):
        return
    scope.space.run(PAIRS)
    sources = scope.witnesses("trade")
    for year in sorted({year for source in sources for year in scope.years("trade", source)}):
        scope.space.run(TABLE)
        for source in (one for one in sources if year in scope.years("trade", one)):
            scope.space.run(GATHER.format(records=scope.records(source, [year])))
        scope.space.run(PAIRED)
    counted = scope.space.rows(
        "SELECT source_a, source_b, side_a, side_b, count(*) AS n FROM paired"
        f" WHERE year >= {scope.since}"
        f" AND (source_a IN ({listed(audited)}) OR source_b IN ({listed(audited)}))"
        " GROUP BY ALL ORDER BY ALL"
    )
    for pair in _pairs(counted).values():
        yield _gaps(scope, pair)


def _mirrored(scope: Scope) -> bool:
    """Whether any flow can have two records: two sides of trade are loaded."""
    found = scope.space.rows(f"SELECT DISTINCT {SIDE} AS side FROM trade")
    return len(found) > 1


def _pairs(counted: list[Row]) -> dict[str, list[Row]]:
    """Kinds of pairs by the sources they are of."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in counted:
        found[" and ".join(sorted({row["source_a"], row["source_b"]}))].append(row)
    return found


def _gaps(scope: Scope, pair: list[Row]) -> Outcome:
    """Gaps between two sources, or between the two sides of one."""
    sources = sorted({pair[0]["source_a"], pair[0]["source_b"]})
    scope.quoted.update(sources)
    among = " OR ".join(
        f"(source_a = {listed([one['source_a']])} AND source_b = {listed([one['source_b']])})" for one in pair
    )
    where = f"FROM paired WHERE ({among}) AND factor > {MIRROR} AND year >= {scope.since}"
    counted = scope.space.rows(
        f"SELECT count(*) AS n, round(sum(larger)) AS value, min(year) AS first, max(year) AS last {where}"
    )[0]
    found = scope.space.rows(
        f"SELECT * {where} ORDER BY larger * log10(factor) DESC, importer, exporter, code, year, side_a,"
        f" side_b, flow_a, flow_b LIMIT {scope.shown}"
    )
    rows = [_apart(row) for row in found]
    n = sum(row["n"] for row in pair)
    part = f"{counted['n']:,} of {n:,} flows recorded twice differ more than twofold"
    return selected(
        "mirror-gap",
        " and ".join(sources),
        counted,
        rows,
        told=f"{part} ({words.share(counted['n'], n)}). {worst(rows)}",
        expected=f"values within a factor of two, imports with freight divided by {CIF_TO_FOB}",
        unit="flows recorded twice",
        examined=n,
    )


def _apart(row: Row) -> Row:
    """Two records of a flow in words."""
    return {
        "subject": f"{row['exporter']} → {row['importer']}, HS {row['code']}, {row['year']}",
        "found": f"{words.dollars(row['fob_a'])} told by {row['source_a']} ({row['flow_a']}),"
        f" {words.dollars(row['fob_b'])} by {row['source_b']} ({row['flow_b']}), free on board",
        "expected": "two values within a factor of two",
        "kind": f"{row['side_a']} and {row['side_b']}",
        "year": row["year"],
        "period": str(row["year"]),
        "importer": row["importer"],
        "exporter": row["exporter"],
        "code": row["code"],
        "value_usd": row["larger"],
        "factor": row["factor"],
    }
