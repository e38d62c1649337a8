"""Records counted by code and period, and how many of them lack a quantity of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.studies.audit import words
from monazite.studies.audit.outcome import NOTHING, Outcome, ranked
from monazite.studies.audit.records import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("quantity-missing", "quantity-estimated")
WITHOUT = {
    "quantity-missing": ("unweighed", "sum(value_unweighed)", "without a quantity"),
    "quantity-estimated": ("estimated", "NULL", "with an estimated quantity"),
}
"""Which count a rule is about, the value of what it counts, and what it calls that."""

TABLE = """\
CREATE TEMP TABLE counted (
  source VARCHAR, flow VARCHAR, nomenclature VARCHAR, code VARCHAR, span BIGINT, period VARCHAR, year BIGINT,
  records BIGINT, unweighed BIGINT, value DOUBLE, value_unweighed DOUBLE, estimated BIGINT, alive BIGINT
)"""
COUNT = """\
INSERT INTO counted
SELECT source, flow, nomenclature, code, span, period, year, count(*) AS records,
  count_if(value > 0 AND amount IS NULL) AS unweighed, sum(value::HUGEINT)::DOUBLE AS value,
  coalesce(sum(value::HUGEINT) FILTER (value > 0 AND amount IS NULL), 0)::DOUBLE AS value_unweighed,
  count_if(estimated) AS estimated, count_if(value > 0 OR amount > 0) AS alive
FROM ({records}) WHERE NOT aggregate AND part = '' GROUP BY ALL"""
TOTAL = """\
SELECT sum(records)::BIGINT AS n, sum({column})::BIGINT AS missing, {value} AS value,
  min(year) FILTER ({column} > 0) AS first, max(year) FILTER ({column} > 0) AS last {base}"""
BY = """\
SELECT '{by}' AS kind, {name} AS subject, {year} AS year, {code} AS code, sum(records)::BIGINT AS n,
  sum({column})::BIGINT AS missing, {value} AS value_usd, missing / n AS part
{base} GROUP BY ALL HAVING missing > 0 ORDER BY {order}"""


def counted(scope: Scope) -> None:
    """Make table ``counted``, year by year."""
    scope.space.run(TABLE)
    for source in scope.sources("trade"):
        for year in scope.years("trade", source):
            scope.space.run(COUNT.format(records=scope.records(source, [year])))


def completeness(scope: Scope) -> Iterator[Outcome]:
    """Missing and estimated quantities of every source of trade."""
    for rule in filter(scope.wants, RULES):
        scope.once("counted", counted)
        for source in scope.sources("trade"):
            yield _without(scope, source, rule)


def _without(scope: Scope, source: str, rule: str) -> Outcome:
    """Records without a quantity of their own, by code and by year."""
    column, value, what = WITHOUT[rule]
    told = {
        "column": column,
        "value": value,
        "base": f"FROM counted WHERE source = {listed([source])} AND year >= {scope.since}",
    }
    total = scope.space.rows(TOTAL.format(**told))[0]
    years = scope.space.rows(
        BY.format(by="year", name="year::VARCHAR", year="year", code="NULL", order="year", **told)
    )
    codes = scope.space.rows(
        BY.format(
            by="code",
            name="nomenclature || ' ' || code",
            year="NULL",
            code="code",
            order="part DESC, code",
            **told,
        )
    )
    missing, n = int(total["missing"] or 0), int(total["n"] or 0)
    return Outcome(
        rule,
        "trade",
        source,
        missing,
        _told(missing, n, years, codes, what) if missing else NOTHING,
        "a quantity in every record",
        "records",
        n,
        total["value"],
        total["first"],
        total["last"],
        ranked([{**row, **_counted(row, what)} for row in (*codes[: scope.shown], *years)]),
    )


def _counted(row: Mapping[str, Any], what: str) -> Row:
    """A count in words."""
    part = words.share(row["missing"], row["n"])
    return {
        "found": f"{row['missing']:,} of {row['n']:,} records {what} ({part})",
        "expected": "a quantity in every record",
    }


def _told(missing: int, n: int, years: Sequence[Row], codes: Sequence[Row], what: str) -> str:
    """Missing quantities in a sentence."""
    ends = dict.fromkeys((years[0]["subject"], years[-1]["subject"]))
    parts = {row["subject"]: words.share(row["missing"], row["n"]) for row in years}
    spans = ", ".join(f"{parts[year]} in {year}" for year in ends)
    most = words.some(f"{row['subject']} ({words.share(row['missing'], row['n'])})" for row in codes)
    return f"{missing:,} of {n:,} records {what} ({words.share(missing, n)}): {spans}; most in {most}"
