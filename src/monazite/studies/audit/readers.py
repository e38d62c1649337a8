"""What the readers found while loading, and the rows they set aside: part of whether data can be trusted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.schema.findings import RULES as DECLARED
from monazite.studies.audit.outcome import Outcome, ranked
from monazite.studies.audit.records import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = tuple(rule.id for rule in DECLARED)


def readers(scope: Scope) -> Iterator[Outcome]:
    """Rejected rows and findings of the loads of every source."""
    sources = sorted({one.source for one in scope.held})
    if scope.wants("row-refused"):
        for source in sources:
            yield from _refused(scope, source)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in scope.space.rows(
        "SELECT snapshot.source, finding.* EXCLUDE (snapshot) FROM finding JOIN snapshot USING (snapshot)"
        f' WHERE snapshot.source IN ({listed(sources)}) ORDER BY rows DESC, rule, subject, "where"'
    ):
        found[row["source"], row["rule"]].append(row)
    for (source, rule), rows in sorted(found.items()):
        if rule in RULES and scope.wants(rule):
            yield _told(scope, source, rule, rows)


def _told(scope: Scope, source: str, rule: str, rows: list[Row]) -> Outcome:
    """Findings of one rule in the files of one source."""
    total = sum(row["rows"] for row in rows)
    first = rows[0]
    named = [
        {
            "subject": row["subject"],
            "found": f"{row['found']} ({row['where']})",
            "expected": row["expected"],
            "as_of": row["as_of"],
        }
        for row in rows[: scope.shown]
    ]
    return Outcome(
        rule,
        "finding",
        source,
        total,
        f"{first['subject']}: {first['found']}",
        first["expected"],
        "rows",
        rows=ranked(named),
        told_by="reader",
    )


def _refused(scope: Scope, source: str) -> Iterator[Outcome]:
    """Rows that were set aside, rule by rule."""
    counted = scope.space.rows(
        "SELECT rule, target, count(*) AS n, any_value(expected) AS expected FROM reject"
        f" WHERE source = {listed([source])} GROUP BY rule, target ORDER BY n DESC, rule, target"
    )
    if not counted:
        return
    shown = scope.space.rows(
        f"SELECT * FROM reject WHERE source = {listed([source])} ORDER BY file, number LIMIT {scope.shown}"
    )
    rows = [
        {
            "subject": ", line ".join(str(one) for one in (row["file"], row["line"]) if one is not None),
            "kind": row["rule"],
            "found": f"{row['column'] or 'row'}: {row['found']}",
            "expected": row["expected"],
        }
        for row in shown
    ]
    told = "; ".join(f"{row['n']:,} for {row['target']} ({row['rule']})" for row in counted)
    yield Outcome(
        "row-refused",
        "reject",
        source,
        sum(row["n"] for row in counted),
        told,
        "rows that keep every rule",
        "rows",
        rows=ranked(rows),
        told_by="reader",
    )
