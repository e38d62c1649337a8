"""What a check gives: a count, a sentence, and the worst rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monazite.schema.audit import AUDIT_ROW
from monazite.schema.findings import finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monazite.schema.findings import Finding
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]
NOTHING = "nothing found"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check of one source: how many were found of how many, what, and the rows to look at."""

    rule: str
    table: str
    source: str
    found: int
    told: str
    expected: str
    unit: str = "rows"
    examined: int | None = None
    value_usd: float | None = None
    first_year: int | None = None
    last_year: int | None = None
    rows: tuple[Row, ...] = ()
    told_by: str = "audit"


def outcome(  # noqa: PLR0913 - what an outcome is made of, by name
    scope: Scope,
    identifier: str,
    source: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    told: str,
    expected: str,
    unit: str,
    table: str = "trade",
    examined: int | None = None,
) -> Outcome:
    """An outcome of which every row is at hand, the worst first; only those of the years asked for count."""
    kept = [row for row in rows if (row.get("year") or scope.since) >= scope.since]
    years = [row["year"] for row in kept if row.get("year")]
    values = [row["value_usd"] for row in kept if row.get("value_usd") is not None]
    return Outcome(
        identifier,
        table,
        source,
        len(kept),
        _sentence(told, kept),
        expected,
        unit,
        examined,
        sum(values) if values else None,
        min(years, default=None),
        max(years, default=None),
        ranked(kept[: scope.shown]),
    )


def selected(  # noqa: PLR0913 - what an outcome is made of, by name
    identifier: str,
    source: str,
    counted: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    *,
    told: str,
    expected: str,
    unit: str,
    examined: int | None = None,
) -> Outcome:
    """An outcome whose rows were counted by the engine, and of which only the worst are at hand."""
    return Outcome(
        identifier,
        "trade",
        source,
        counted["n"],
        told if counted["n"] else NOTHING,
        expected,
        unit,
        examined,
        counted["value"],
        counted["first"],
        counted["last"],
        ranked(rows),
    )


def worst(rows: Sequence[Mapping[str, Any]], word: str = "Worst") -> str:
    """The first row in a sentence."""
    return f"{word}: {rows[0]['subject']}: {rows[0]['found']}." if rows else ""


def _sentence(told: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """What was found, with the count, a plural where it is one, and the first row."""
    if not rows:
        return NOTHING
    return told.format(n=f"{len(rows):,}", s="" if len(rows) == 1 else "s", worst=worst(rows))


def ranked(rows: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Rows with every column of the answer, and their place; what the answer has no column for is left."""
    blank = dict.fromkeys(AUDIT_ROW.names)
    return tuple(
        {**blank, **{key: value for key, value in row.items() if key in blank}, "rank": place}
        for place, row in enumerate(rows, 1)
    )


def summary(one: Outcome, editions: str) -> Row:
    """An outcome as a row of ``audit``."""
    return {
        "rule": one.rule,
        "table": one.table,
        "source": one.source,
        "told_by": one.told_by,
        "severity": rule(one.rule).severity,
        "found": one.found,
        "examined": one.examined,
        "unit": one.unit,
        "value_usd": one.value_usd,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "editions": editions,
        "told": one.told,
    }


def shown_rows(one: Outcome) -> list[Row]:
    """The worst rows of an outcome as rows of ``audit_row``."""
    named = {"rule": one.rule, "table": one.table, "source": one.source, "told_by": one.told_by}
    return [{**row, **named} for row in one.rows]


def as_finding(one: Outcome, editions: str) -> Finding:
    """An outcome with something found, as a finding."""
    where = f"{one.table}, {editions}" if editions else one.table
    return finding(one.rule, one.source, where=where, found=one.told, expected=one.expected, rows=one.found)
