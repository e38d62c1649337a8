"""Every series against its own history and against its code: tables ``suspect``, ``sharp``, ``frozen``.

Importers are taken in batches over all years, which the store's order makes cheap. The rules are those
of :mod:`monazite.methods.outliers`; the SQL here is their twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.methods.outliers import ALONG, INTERVAL_Z, JUMP_Z, LEAST_SPREAD, NORMAL, SHARP
from monazite.store.engine import text
from monazite.studies.audit import thresholds as t
from monazite.studies.audit.records import listed
from monazite.studies.audit.usual import GOODS_ID, JUDGED, SERIES_ID, usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.scope import Scope

BATCH_ROWS = 1_000_000

KEPT = (
    "source, as_of, reporter, flow, nomenclature, importer, exporter, code, part, span, year, period, moment,"
    " series, value, amount, unit"
)
READ = f"""\
CREATE OR REPLACE TEMP TABLE batch AS
SELECT {KEPT.replace(" series,", f" {SERIES_ID} AS series,")}, {GOODS_ID} AS goods
FROM ({{records}}) WHERE {JUDGED}"""

PRICED = """\
CREATE OR REPLACE TEMP TABLE priced AS
SELECT series, goods, year, moment, value, amount, ln(value / nullif(amount, 0)) - level AS off_code,
  spread, flows
FROM batch LEFT JOIN usual USING (goods, year)"""

OWN = """\
CREATE OR REPLACE TEMP TABLE own AS
SELECT series, median(off_code) AS own_level, mad(off_code) AS own_spread, count(off_code) AS periods
FROM priced GROUP BY series"""

JUDGE = f"""\
CREATE OR REPLACE TEMP TABLE judged AS
SELECT priced.*, periods >= {t.OWN_PERIODS} AS known,
  off_code - CASE WHEN known THEN own_level ELSE 0 END AS off,
  greatest(CASE WHEN known THEN own_spread ELSE spread END, {LEAST_SPREAD}) AS usual_spread,
  {NORMAL} * abs(off) / usual_spread AS z,
  coalesce(value >= {t.HUNDREDFOLD_VALUE_USD} AND abs(off_code) > ln({t.HUNDREDFOLD}), false) AS hundredfold
FROM priced JOIN own USING (series)"""

STEP = f"""\
CREATE OR REPLACE TEMP TABLE step AS
SELECT now.series, now.moment, was.value AS value_before, was.amount AS amount_before,
  now.off AS off_now, was.off AS off_was,
  now.value = was.value AND now.value >= {t.LEAST_VALUE_USD} AS frozen,
  ln(now.value / was.value) AS dv, ln(now.amount / was.amount) AS dq, dv - dq - drift AS jump,
  greatest(scatter, {LEAST_SPREAD}) AS band,
  CASE
    WHEN dq IS NULL OR abs(dq) < ln({SHARP}) THEN 'calm'
    WHEN dv * sign(dq) >= {ALONG} * abs(dq) THEN 'trade'
    WHEN abs(jump) >= ln({SHARP}) AND {NORMAL} * abs(jump) / band >= {JUMP_Z}
      AND greatest(abs(now.off), abs(was.off)) >= ln({SHARP}) THEN 'quantity'
    ELSE 'unclear'
  END AS verdict,
  CASE WHEN abs(was.off) > abs(now.off) THEN was.moment ELSE now.moment END AS culprit,
  verdict <> 'calm' AND greatest(now.value, was.value) >= {t.SHARP_VALUE_USD} AS sharp
FROM judged AS now
JOIN judged AS was ON now.series = was.series AND now.moment = was.moment + 1
LEFT JOIN moves ON moves.goods = now.goods AND moves.year = now.year"""

CULPRITS = """\
CREATE OR REPLACE TEMP TABLE culprits AS
SELECT series, culprit AS moment, true AS wrong,
  arg_min(if(culprit = moment, jump, -jump), if(culprit = moment, abs(off_was), abs(off_now))) AS jump,
  arg_min(band, if(culprit = moment, abs(off_was), abs(off_now))) AS jump_band
FROM step WHERE verdict = 'quantity' AND sharp GROUP BY series, culprit"""

SHARPS = f"""\
INSERT INTO sharp
SELECT {KEPT}, verdict, culprit, value_before, amount_before, dq
FROM step JOIN batch USING (series, moment) WHERE sharp"""

SUSPECTS = f"""\
INSERT INTO suspect
SELECT {KEPT}, kind, {NORMAL} * abs(measure) / band AS z, hundredfold,
  exp(abs(measure)) AS factor, amount * exp(measure) AS expected, expected / width AS low,
  expected * width AS high
FROM (
  SELECT series, moment, hundredfold,
    CASE
      WHEN value >= {t.LEAST_VALUE_USD} AND (known OR flows >= {t.PEERS}) AND z > {t.LEVEL_Z}
        AND abs(off) > ln({t.LEVEL_FACTOR}) THEN if(known, 'own history', 'code')
      WHEN wrong THEN 'change'
      WHEN hundredfold THEN 'hundredfold'
    END AS kind,
    CASE kind WHEN 'hundredfold' THEN off_code WHEN 'change' THEN jump ELSE off END AS measure,
    CASE kind WHEN 'hundredfold' THEN greatest(spread, {LEAST_SPREAD}) WHEN 'change' THEN jump_band
      ELSE usual_spread END AS band,
    exp({INTERVAL_Z} * band / {NORMAL}) AS width
  FROM judged LEFT JOIN culprits USING (series, moment) WHERE off IS NOT NULL
) JOIN batch USING (series, moment) WHERE kind IS NOT NULL"""

FROZEN = f"""\
INSERT INTO frozen
SELECT {KEPT}, amount_before FROM step JOIN batch USING (series, moment) WHERE frozen"""

COUNTED = """\
INSERT INTO priced_records
SELECT source, judged.year, count(off) FROM judged JOIN batch USING (series, moment) GROUP BY ALL"""

_RECORD = (
    "source VARCHAR, as_of VARCHAR, reporter VARCHAR, flow VARCHAR, nomenclature VARCHAR, importer VARCHAR,"
    " exporter VARCHAR, code VARCHAR, part VARCHAR, span BIGINT, year BIGINT, period VARCHAR, moment BIGINT,"
    " series UBIGINT, value DOUBLE, amount DOUBLE, unit VARCHAR"
)
TABLES = (
    (
        f"CREATE TEMP TABLE sharp ({_RECORD}, verdict VARCHAR, culprit BIGINT, value_before DOUBLE,"
        " amount_before DOUBLE, dq DOUBLE)"
    ),
    (
        f"CREATE TEMP TABLE suspect ({_RECORD}, kind VARCHAR, z DOUBLE, hundredfold BOOLEAN, factor DOUBLE,"
        " expected DOUBLE, low DOUBLE, high DOUBLE)"
    ),
    f"CREATE TEMP TABLE frozen ({_RECORD}, amount_before DOUBLE)",
    "CREATE TEMP TABLE priced_records (source VARCHAR, year BIGINT, n BIGINT)",
)
WORKING = ("batch", "priced", "own", "judged", "step", "culprits")
STEPS = (PRICED, OWN, JUDGE, STEP, CULPRITS, SHARPS, SUSPECTS, FROZEN, COUNTED)


def histories(scope: Scope) -> None:
    """Judge every series of every source."""
    scope.once("usual", usual)
    scope.space.run(*TABLES)
    for source in scope.sources("trade"):
        years = scope.years("trade", source)
        for where in batches(scope, source):
            scope.space.run(READ.format(records=scope.records(source, years, where)), *STEPS)
    scope.space.run(*(f"DROP TABLE IF EXISTS {name}" for name in WORKING))


def batches(scope: Scope, source: str) -> Iterator[str]:
    """Conditions that divide a source's rows: importers together while they fit, large ones by code."""
    counted = scope.space.rows(
        f"SELECT importer, count(*) AS n FROM trade WHERE source = {listed([source])} GROUP BY 1 ORDER BY 1"
    )
    batch: list[str] = []
    size = 0
    for row in counted:
        if batch and size + row["n"] > BATCH_ROWS:
            yield from _parts(batch, size)
            batch, size = [], 0
        batch.append(row["importer"])
        size += row["n"]
    yield from _parts(batch, size)


def _parts(importers: list[str], size: int) -> Iterator[str]:
    """Conditions for successive importers, as many as their rows need."""
    parts = -(-size // BATCH_ROWS)
    among = f"importer BETWEEN {text(importers[0])} AND {text(importers[-1])}"
    for part in range(parts):
        yield among if parts == 1 else f"{among} AND hash(code) % {parts} = {part}"
