"""Wrong quantities told apart from changes of trade: ``quantity-implausible`` and ``trade-fell``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.studies.audit import words
from monazite.studies.audit.evidence import TRUE_FALL, evidence, fell_too, said
from monazite.studies.audit.histories import histories
from monazite.studies.audit.outcome import selected, worst
from monazite.studies.audit.records import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("quantity-implausible", "trade-fell", "figures-frozen")
KINDS = {
    "own history": "against the flow's own history",
    "code": "against the flows of the code that year",
    "change": "because the mass changed and the value did not",
    "hundredfold": "only because they are a hundred times off the code's median",
}
WORST = "kind = 'hundredfold', value * log10(factor) DESC"
"""The most money times the most powers of ten; flows that are always far off their code come last."""

FOUND = {**KINDS, "hundredfold": "against the code's median, as in other years"}
NOT_CONFIRMED = "coalesce(says, '') <> 'confirms'"

CHANGES = """\
SELECT source, verdict, direction, count(*) AS changes, round(sum(value_usd)) AS value_usd FROM (
  SELECT sharp.source, if(verdict = 'quantity' AND says = 'confirms', 'confirmed', verdict) AS verdict,
    if(dq < 0, 'fall', 'rise') AS direction, greatest(sharp.value, value_before) AS value_usd
  FROM sharp LEFT JOIN doubted ON sharp.series = doubted.series AND sharp.culprit = doubted.moment
  WHERE sharp.year >= {since}
) GROUP BY ALL ORDER BY ALL"""


def quantities(scope: Scope) -> Iterator[Outcome]:
    """Implausible quantities, true falls and frozen figures of every source of trade."""
    if not scope.wants(*RULES):
        return
    scope.once("histories", histories)
    if scope.wants("quantity-implausible", "trade-fell"):
        scope.once("evidence", evidence)
    for source in scope.sources("trade"):
        if scope.wants("quantity-implausible"):
            yield _implausible(scope, source)
        if scope.wants("trade-fell"):
            yield _fell(scope, source)
        if scope.wants("figures-frozen"):
            yield _frozen(scope, source)


def changes(scope: Scope) -> list[Row]:
    """Sharp changes by verdict; a wrong quantity that another record confirms is counted apart."""
    judged = {"histories", "evidence"} <= scope.made
    return scope.space.rows(CHANGES.format(since=scope.since)) if judged else []


def _tally(scope: Scope, relation: str, source: str, which: str = "true") -> Row:
    """Count, value and years of the rows of a relation that count."""
    return scope.space.rows(
        "SELECT count(*) AS n, round(sum(value)) AS value, min(year) AS first, max(year) AS last"
        f" FROM {_relation(scope, relation, source, which)}"
    )[0]


def _worst(scope: Scope, relation: str, source: str, which: str, order: str) -> list[Row]:
    """The worst rows of a relation, under the names of the answer."""
    return scope.space.rows(
        "SELECT *, value AS value_usd, unit AS amount_unit"
        f" FROM {_relation(scope, relation, source, which)}"
        f" ORDER BY {order}, importer, exporter, code, period, series LIMIT {scope.shown}"
    )


def _relation(scope: Scope, relation: str, source: str, which: str) -> str:
    """The rows of a relation that count."""
    return f"{relation} WHERE source = {listed([source])} AND year >= {scope.since} AND {which}"


# ── quantities that are wrong while their value is right ──────────────────────────────────────


def _implausible(scope: Scope, source: str) -> Outcome:
    """Quantities far off what their value stands for."""
    found = _worst(scope, "doubted", source, NOT_CONFIRMED, WORST)
    evidence_of = said(scope, found)
    rows = [{**row, **_judged(row), "evidence": evidence_of(row)} for row in found]
    examined = scope.space.rows(
        f"SELECT sum(n)::BIGINT AS n FROM {_relation(scope, 'priced_records', source, 'true')}"
    )
    return selected(
        "quantity-implausible",
        source,
        _tally(scope, "doubted", source, NOT_CONFIRMED),
        rows,
        told=f"{_kinds(scope, source)}. {worst(rows)}",
        expected="a quantity that its value stands for at usual unit values",
        unit="records with a unit value",
        examined=int(examined[0]["n"] or 0),
    )


def _kinds(scope: Scope, source: str) -> str:
    """How many quantities were found in which way."""
    relation = _relation(scope, "doubted", source, NOT_CONFIRMED)
    kinds = scope.space.rows(
        f"SELECT kind, count(*) AS n FROM {relation} GROUP BY kind ORDER BY n DESC, kind"
    )
    hundredfold = scope.space.rows(f"SELECT count(*) AS n FROM {relation} AND hundredfold")[0]["n"]
    told = "; ".join(f"{one['n']:,} {KINDS[one['kind']]}" for one in kinds)
    return f"{told}; of all, {hundredfold:,} are a hundred times off their code's median"


def _judged(row: Row) -> Row:
    """A doubtful quantity in words."""
    side = "small" if row["expected"] > row["amount"] else "large"
    unit = row["unit"]
    low, high = words.amount(row["low"]), words.amount(row["high"])
    return {
        "subject": words.flow(row),
        "found": f"{words.amount(row['amount'])} {unit} for {words.dollars(row['value'])},"
        f" {words.times(row['factor'])} times too {side} {FOUND[row['kind']]}",
        "expected": f"about {words.amount(row['expected'])} {unit}, between {low} and {high}",
        "expected_amount": row["expected"],
        "expected_low": row["low"],
        "expected_high": row["high"],
        "score": row["z"],
    }


# ── sharp falls, and values that stand still ──────────────────────────────────────────────────


def _fell(scope: Scope, source: str) -> Outcome:
    """Annual flows whose mass and value fell together."""
    found = _worst(scope, "sharp", source, TRUE_FALL, "value_before DESC")
    evidence_of = fell_too(scope, found)
    rows = [{**row, **_fallen(row), "evidence": evidence_of(row)} for row in found]
    return selected(
        "trade-fell",
        source,
        _tally(scope, "sharp", source, TRUE_FALL),
        rows,
        told=worst(rows, "Largest"),
        expected="a value that falls with the mass: so it did",
        unit="sharp changes of annual flows",
        examined=_tally(scope, "sharp", source, "span = 4")["n"],
    )


def _fallen(row: Row) -> Row:
    """A true fall in words."""
    masses = f"{words.amount(row['amount_before'])} → {words.amount(row['amount'])} {row['unit']}"
    return {
        "subject": words.flow(row),
        "found": f"{masses} and {words.dollars(row['value_before'])} → {words.dollars(row['value'])}",
        "expected": "a value that falls with the mass: so it did",
        "factor": row["amount_before"] / row["amount"],
    }


def _frozen(scope: Scope, source: str) -> Outcome:
    """Flows whose value is the same to the dollar as in the period before."""
    found = _worst(scope, "frozen", source, "true", "value DESC")
    rows = [{**row, **_still(row)} for row in found]
    return selected(
        "figures-frozen",
        source,
        _tally(scope, "frozen", source),
        rows,
        told=_repeated_reports(scope, source) + worst(rows),
        expected="figures of the period's own",
        unit="flows",
    )


def _still(row: Row) -> Row:
    """A value that stands still, in words."""
    now, before = words.amount(row["amount"]), words.amount(row["amount_before"])
    return {
        "subject": words.flow(row),
        "found": f"{words.dollars(row['value'])} again, to the dollar; {now} {row['unit']} after {before}",
        "expected": "a figure of the period's own",
    }


def _repeated_reports(scope: Scope, source: str) -> str:
    """Countries many of whose flows stand still in one period: a report copied from the one before."""
    found = scope.space.rows(
        "SELECT country, period, count(*) AS n FROM ("
        "SELECT exporter AS country, period, source, year FROM frozen UNION ALL"
        " SELECT importer, period, source, year FROM frozen)"
        f" WHERE source = {listed([source])} AND year >= {scope.since}"
        " GROUP BY ALL HAVING n >= 3 ORDER BY n DESC, country, period"
    )
    told = words.some(f"{one['country']} {one['period']} ({one['n']} flows)" for one in found)
    return f"Reports repeated: {told}. " if told else ""
