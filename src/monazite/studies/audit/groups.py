"""Aggregates beside their own members: ``double-count``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.codes import reviewed
from monazite.codes.countries import countries
from monazite.studies.audit import words
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.records import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("double-count",)
WORLD_IDS = ("world", "WLD")
"""The world stands beside its members everywhere; its sum is checked by ``total-mismatch``."""

LISTED = """\
SELECT reporter, flow, year, '{side}' AS side, {side} AS partner, count(*) AS n,
  sum(value_usd::HUGEINT)::DOUBLE AS value, bool_and(aggregate) AS marked
FROM trade WHERE source = {source} AND {side} <> reporter AND {which}
GROUP BY reporter, flow, year, {side}"""
SIDES = ("importer", "exporter")


def groups(scope: Scope) -> Iterator[Outcome]:
    """Aggregates of every source of trade that stand beside members of theirs."""
    if not scope.wants(*RULES):
        return
    known = sorted(one.id for one in countries() if one.kind == "aggregate" and one.id not in WORLD_IDS)
    for source in scope.sources("trade"):
        lists: dict[tuple[Any, ...], dict[str, Row]] = defaultdict(dict)
        for row in _partners(scope, source, known):
            lists[row["reporter"], row["flow"], row["year"], row["side"]][row["partner"]] = row
        rows = [row for partners in lists.values() for row in _doubled(partners, known)]
        rows.sort(key=lambda row: (-(row["value_usd"] or 0), row["subject"]))
        yield outcome(
            scope,
            "double-count",
            source,
            rows,
            told="{n} partner list{s}. {worst}",
            unit="partner lists",
            expected="the aggregate, or its members",
            examined=len(lists),
        )


def _partners(scope: Scope, source: str, known: list[str]) -> Iterator[Row]:
    """Partners of every list of a source that holds an aggregate."""
    for side in SIDES:
        told = {"side": side, "source": listed([source])}
        grouped = scope.space.rows(LISTED.format(which=f"{side} IN ({listed(known)})", **told))
        lists = {(row["reporter"], row["flow"], row["year"]) for row in grouped}
        if lists:
            among = ", ".join(f"({listed(one)})" for one in sorted(lists))
            yield from scope.space.rows(
                LISTED.format(which=f"(reporter, flow, year) IN ({among})", **told) + " ORDER BY ALL"
            )


def _doubled(partners: dict[str, Row], known: list[str]) -> Iterator[Row]:
    """Groups of one partner list that stand beside members."""
    for group in (one for one in known if one in partners):
        row = partners[group]
        inside = [one for one in partners if one not in known and belongs(one, group, row["year"])]
        if inside:
            unmarked = "" if row["marked"] else "; its rows are not marked as an aggregate"
            yield {
                "subject": f"{group}, {row['flow']}, {row['year']}",
                "found": f"{row['n']:,} rows, {words.dollars(row['value'])}, beside {words.some(inside)}"
                f"{unmarked}",
                "expected": "the aggregate, or its members",
                "kind": "marked" if row["marked"] else "not marked",
                "year": row["year"],
                "period": str(row["year"]),
                "reporter": row["reporter"],
                "flow": row["flow"],
                row["side"]: group,
                "value_usd": row["value"],
            }


def belongs(country: str, group: str, year: int) -> bool:
    """Whether a country is in a group, that year or today; unknown membership counts as one.

    Publishers revise a group's past with its membership, so that today's members count for every year.

    >>> belongs("SVK", "european-union", 2024), belongs("GBR", "european-union", 2024)
    (True, False)
    >>> belongs("GBR", "european-union", 2015), belongs("SVK", "europe", 2024), belongs("CHN", "europe", 2024)
    (True, True, False)
    """
    if country in WORLD_IDS:
        return False
    told = [row for row in reviewed.rows("members.csv") if row["id"] == group]
    if told:
        return any(row["member"] == country and _in(row, year) for row in told)
    codes = {one.id: one.census for one in countries()}
    if codes.get(group, "").endswith("XXX"):
        return codes.get(country, "")[:1] == codes[group][0]
    return True


def _in(row: dict[str, str], year: int) -> bool:
    """Whether a membership holds in a year, or today."""
    return not row["last"] or int(row["first"]) <= year <= int(row["last"])
