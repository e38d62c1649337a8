"""Rows of the answer: a material with its places by every measure, and a measure with its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.schema.findings import finding
from monazite.schema.risk import COMPOSITE, MEASURES
from monazite.studies.risk.ranking import sensitivity
from monazite.studies.risk.reasons import Told, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.schema.findings import Finding
    from monazite.studies.risk.facts import Facts
    from monazite.studies.risk.ranking import Places
    from monazite.studies.risk.value import Value

Row = dict[str, Any]
Values = dict[str, dict[str, "Value"]]
Ranks = dict[str, dict[str, "Places"]]


def row_of(facts: Facts, values: Values, ranks: Ranks, method: str) -> Row:
    """The row of one material."""
    mine = values[facts.material]
    own = {name: each[facts.material] for name, each in ranks.items() if facts.material in each}
    moved = sensitivity({m: each[method] for m, each in values.items()}, facts.material)
    row: Row = {
        "material": facts.material,
        "name": facts.name,
        "item": facts.row.get("item"),
        "group_value": facts.row.get("group_value"),
        "place": own[method].certain if method in own else None,
        "world_leader_name": facts.row.get("world_leader_name"),
        "leading_source_name": facts.row.get("leading_source_name"),
        "reason": reason(Told(facts, mine, own, {name: len(each) for name, each in ranks.items()})),
        "sensitive_to": moved.name if moved and moved.places else None,
        "sensitive_places": moved.places if moved else None,
        "findings": None,
    }
    for one in (*MEASURES, COMPOSITE):
        value, rank = mine.get(one.name), own.get(one.name)
        row |= {
            f"{one.name}_low": value.low if value else None,
            f"{one.name}_high": value.high if value else None,
            f"{one.name}_rank_low": rank.low if rank else None,
            f"{one.name}_rank_high": rank.high if rank else None,
        }
    return row


def measure_rows(facts: Sequence[Facts], values: Values, ranks: Ranks) -> Iterator[Row]:
    """One row a material and measure."""
    for one in facts:
        for measure in ranks:
            value, rank = values[one.material][measure], ranks[measure].get(one.material)
            yield {
                "material": one.material,
                "measure": measure,
                "name": one.name,
                "measured_low": value.low,
                "measured_high": value.high,
                "rank_low": rank.low if rank else None,
                "rank_high": rank.high if rank else None,
                "ranked": len(ranks[measure]),
                "status": value.status,
                "reason": value.reason or None,
                "year": value.year or None,
                "basis": value.basis or None,
                "source": value.source or None,
                "inputs": value.told or None,
            }


def findings_of(asked: Sequence[Facts], values: Values, importer: str) -> list[Finding]:
    """What is missing, measure by measure, and years and bases that differ."""
    told, where = [], f"risk of {importer}"
    mine = {one.material: values[one.material] for one in asked}
    for one in MEASURES:
        if one.name == "geodep" and all(each.traded.skipped for each in asked):
            continue
        gone = {m: each[one.name].reason for m, each in mine.items() if each[one.name].status == "missing"}
        if gone:
            reasons = list(dict.fromkeys(gone.values()))
            count = f"not known of {len(gone)} of {len(mine)} materials" if len(mine) > 1 else "not known"
            found = f"{count}: {reasons[0].rstrip('.')}"
            more = f", or another of {len(reasons)} reasons" if len(reasons) > 1 else ""
            told.append(
                finding("data-missing", one.heading, where=where, found=found + more,
                        expected="its inputs", rows=len(gone))
            )  # fmt: skip
    used = {each[one.name].year[:4] for each in mine.values() for one in MEASURES}
    years = sorted(one for one in used if one.isdigit())
    if len(years) > 1:
        found = f"measures rest on {', '.join(years)}, on mass and on value: compare places, not figures"
        told.append(finding("not-comparable", "measures", where=where, found=found, expected="one year"))
    return told


def tell(rows: Sequence[Row], told: Sequence[Finding]) -> None:
    """Write into each row the rules of its findings."""
    for row in rows:
        names = (row["material"], row["name"].casefold())
        rules = [one.rule for one in told if one.subject.casefold() in names]
        row["findings"] = "; ".join(dict.fromkeys(rules)) or None


def ordered(rows: Sequence[Row], method: str) -> list[Row]:
    """By place, then by what may be; what is not ranked last."""

    def key(row: Row) -> tuple[bool, int, float, str]:
        high: float = row[f"{method}_high"] or 0.0
        return (row["place"] is None, row["place"] or 0, -high, row["name"])

    return sorted(rows, key=key)
