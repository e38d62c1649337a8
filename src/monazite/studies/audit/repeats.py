"""Records that stand twice, and figures that another edition gives otherwise."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from monazite.store.engine import names
from monazite.studies.audit import words
from monazite.studies.audit.outcome import selected, worst
from monazite.studies.audit.records import KEY, listed
from monazite.studies.audit.thresholds import LEAST_VALUE_USD, REVISED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("record-repeated", "vintage-revised")
ID = f"hash({names(KEY)})"
SHOWN = (
    "source, as_of, reporter, flow, importer, exporter, nomenclature, code, period, year, value_usd,"
    " coalesce(mass_t, quantity) AS amount, if(mass_t IS NULL, quantity_unit, 't') AS amount_unit"
)

REPEATED = f"""\
INSERT INTO repeated
WITH record AS (
  SELECT {ID} AS id, * FROM trade WHERE source = {{source}} AND as_of = {{as_of}} AND year = {{year}}
), twice AS (
  SELECT id, count(*) AS n, count(DISTINCT snapshot) AS files, min(value_usd) AS least, max(value_usd) AS most
  FROM record GROUP BY id HAVING n > 1
)
SELECT {SHOWN}, n, files, least, most FROM record JOIN twice USING (id)
QUALIFY row_number() OVER (PARTITION BY id ORDER BY snapshot) = 1"""
_RECORD = (
    "source VARCHAR, as_of VARCHAR, reporter VARCHAR, flow VARCHAR, importer VARCHAR, exporter VARCHAR,"
    " nomenclature VARCHAR, code VARCHAR, period VARCHAR, year BIGINT, value_usd DOUBLE, amount DOUBLE,"
    " amount_unit VARCHAR"
)
REPEATED_TABLE = f"CREATE TEMP TABLE repeated ({_RECORD}, n BIGINT, files BIGINT, least DOUBLE, most DOUBLE)"

REVISIONS = f"""\
INSERT INTO revised
WITH now AS (
  SELECT {ID} AS id, {SHOWN} FROM trade WHERE source = {{source}} AND as_of = {{later}} AND year = {{year}}
), was AS (
  SELECT {ID} AS id, value_usd AS value_before, coalesce(mass_t, quantity) AS amount_before,
    if(mass_t IS NULL, quantity_unit, 't') AS unit_before
  FROM trade WHERE source = {{source}} AND as_of = {{earlier}} AND year = {{year}}
)
SELECT now.* EXCLUDE (id), {{earlier}} AS as_of_before, value_before, amount_before, unit_before,
  abs(value_usd - value_before) > {REVISED} * least(value_usd, value_before) AS by_value,
  coalesce(abs(amount - amount_before) > {REVISED} * least(amount, amount_before), false) AS by_amount
FROM now JOIN was USING (id) WHERE greatest(value_usd, value_before) >= {LEAST_VALUE_USD}"""
REVISED_TABLE = (
    f"CREATE TEMP TABLE revised ({_RECORD}, as_of_before VARCHAR, value_before DOUBLE, amount_before DOUBLE,"
    " unit_before VARCHAR, by_value BOOLEAN, by_amount BOOLEAN)"
)


def repeats(scope: Scope) -> Iterator[Outcome]:
    """Repeated records and revisions of every source of trade."""
    if scope.wants("record-repeated"):
        scope.space.run(REPEATED_TABLE)
        for source in scope.sources("trade"):
            yield _repeated(scope, source)
    if scope.wants("vintage-revised"):
        scope.space.run(REVISED_TABLE)
        for source in scope.sources("trade"):
            if len(scope.editions("trade", source)) > 1:
                yield _revised(scope, source)


# ── records that stand twice ──────────────────────────────────────────────────────────────────


def _repeated(scope: Scope, source: str) -> Outcome:
    """Records of one edition in several files; within one file the load allows none."""
    held = [one for one in scope.held if (one.table, one.source) == ("trade", source)]
    for one in held:
        if one.snapshots > 1 and one.year >= scope.since:
            told = {"source": listed([source]), "as_of": listed([one.as_of]), "year": one.year}
            scope.space.run(REPEATED.format(**told))
    base = f"FROM repeated WHERE source = {listed([source])}"
    counted = scope.space.rows(
        "SELECT count(*) AS n, count(*) FILTER (least IS DISTINCT FROM most) AS other,"
        f" round(sum(value_usd)) AS value, min(year) AS first, max(year) AS last {base}"
    )[0]
    found = scope.space.rows(
        f"SELECT * {base} ORDER BY (most - least) DESC NULLS LAST, value_usd DESC, importer, exporter, code,"
        f" period LIMIT {scope.shown}"
    )
    rows = [{**row, **_twice(row)} for row in found]
    return selected(
        "record-repeated",
        source,
        counted,
        rows,
        told=f"{counted['n']:,} records stand in several files, {counted['other']:,} with other values."
        f" {worst(rows)}",
        expected="each record once",
        unit="records",
        examined=sum(one.rows for one in held),
    )


def _twice(row: Row) -> Row:
    """A repeated record in words."""
    same = row["least"] == row["most"]
    low, high = words.dollars(row["least"]), words.dollars(row["most"])
    return {
        "subject": words.flow(row),
        "kind": "same figures" if same else "other figures",
        "found": f"{row['n']} times in {row['files']} files, {low if same else f'{low} to {high}'}",
        "expected": "each record once",
    }


# ── other editions ────────────────────────────────────────────────────────────────────────────


def _revised(scope: Scope, source: str) -> Outcome:
    """Records whose value or quantity differs from the edition before."""
    for year in scope.years("trade", source):
        for earlier, later in pairwise(scope.editions("trade", source, [year])):
            told = {"earlier": listed([earlier]), "later": listed([later]), "year": year}
            scope.space.run(REVISIONS.format(source=listed([source]), **told))
    base = f"FROM revised WHERE source = {listed([source])} AND year >= {scope.since}"
    where = f"{base} AND (by_value OR by_amount)"
    n = scope.space.rows(f"SELECT count(*) AS n {base}")[0]["n"]
    counted = scope.space.rows(
        "SELECT count(*) AS n, count(*) FILTER (by_value) AS by_value,"
        " count(*) FILTER (by_amount) AS by_amount,"
        f" round(sum(value_usd)) AS value, min(year) AS first, max(year) AS last {where}"
    )[0]
    found = scope.space.rows(
        f"SELECT * {where} ORDER BY abs(value_usd - value_before) DESC, value_usd DESC, importer, exporter,"
        f" code, period LIMIT {scope.shown}"
    )
    rows = [{**row, **_revision(row)} for row in found]
    return selected(
        "vintage-revised",
        source,
        counted,
        rows,
        told=f"{counted['n']:,} of {n:,} records differ by more than 5%: {counted['by_value']:,} in value,"
        f" {counted['by_amount']:,} in quantity. {worst(rows)}",
        expected="the same figures in both editions",
        unit="records in two editions",
        examined=n,
    )


def _revision(row: Row) -> Row:
    """A revised record in words."""
    now = _told(row["value_usd"], row["amount"], row["amount_unit"])
    before = _told(row["value_before"], row["amount_before"], row["unit_before"])
    return {
        "subject": words.flow(row),
        "kind": "value" if row["by_value"] else "quantity",
        "found": f"{now} in {row['as_of']}",
        "expected": f"{before} as in {row['as_of_before']}",
        "expected_amount": row["amount_before"],
    }


def _told(value: float | None, amount: float | None, unit: str | None) -> str:
    """A value, and the quantity if there is one."""
    quantity = "no quantity" if amount is None else f"{words.amount(amount)} {unit or ''}".rstrip()
    return f"{words.dollars(value)} and {quantity}"
