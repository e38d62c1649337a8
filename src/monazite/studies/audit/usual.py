"""What is usual for a code: its median unit value in a year, and how unit values change to the next.

Tables ``usual`` and ``moves`` of the workspace, made year by year: a year of world trade fits in
memory, thirty do not. In both ``goods`` stands for all series of one code in one source, and in the
steps ``series`` for one of them (:mod:`~monazite.studies.audit.records`). Twins in numpy:
:func:`numpy.median` and :func:`~monazite.methods.outliers.median_absolute_deviation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.store.engine import names
from monazite.studies.audit.records import GROUP, SERIES
from monazite.studies.audit.thresholds import LEAST_VALUE_USD

if TYPE_CHECKING:
    from monazite.studies.audit.scope import Scope

JUDGED = "NOT aggregate AND value > 0 AND code <> 'TOTAL'"
"""Records whose unit value means something: not sums of countries, not sums of all goods."""

GOODS_ID = f"hash({names(GROUP)})"
SERIES_ID = f"hash({names(SERIES)})"

TABLES = (
    "CREATE TEMP TABLE usual (goods UBIGINT, year BIGINT, level DOUBLE, spread DOUBLE, flows BIGINT)",
    "CREATE TEMP TABLE moves (goods UBIGINT, year BIGINT, drift DOUBLE, scatter DOUBLE, pairs BIGINT)",
)
LEVELS = f"""\
INSERT INTO usual
SELECT goods, {{year}}, median(price), mad(price), count(*)
FROM (
  SELECT {GOODS_ID} AS goods, ln(value / amount) AS price FROM ({{records}}) WHERE {JUDGED} AND amount > 0
) GROUP BY goods"""
NOW = f"""\
CREATE TEMP TABLE now AS
SELECT {GOODS_ID} AS goods, {SERIES_ID} AS series, moment, ln(value / amount) AS price
FROM ({{records}}) WHERE {JUDGED} AND amount > 0 AND value >= {LEAST_VALUE_USD}"""
MOVES = """\
INSERT INTO moves
SELECT now.goods, {year}, median(now.price - earlier.price), mad(now.price - earlier.price), count(*)
FROM now JOIN {earlier} AS earlier
  ON now.series = earlier.series AND now.moment = earlier.moment + 1 GROUP BY now.goods"""
BOTH = "(SELECT series, moment, price FROM now UNION ALL SELECT series, moment, price FROM past)"
LATER = ("DROP TABLE IF EXISTS past", "ALTER TABLE now RENAME TO past")


def usual(scope: Scope) -> None:
    """Make both tables, a few narrow columns of one year at a time."""
    scope.space.run(*TABLES)
    for source in scope.sources("trade"):
        before = None
        for year in scope.years("trade", source):
            records = scope.records(source, [year])
            earlier = BOTH if before == year - 1 else "now"
            scope.space.run(
                LEVELS.format(year=year, records=records),
                NOW.format(records=records),
                MOVES.format(year=year, earlier=earlier),
                *LATER,
            )
            before = year
    scope.space.run("DROP TABLE IF EXISTS past")
