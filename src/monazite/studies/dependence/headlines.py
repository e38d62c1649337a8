"""The few figures for the top of a page, counted from the answer itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from monazite.results.result import Headline

if TYPE_CHECKING:
    from monazite.results.frame import Frame

Row = dict[str, Any]
HALF = 0.5
NEXT = 2


def headlines(table: Frame, year: int) -> tuple[Headline, ...]:
    """Headline figures over materials; one with several stages counts if any of them does."""
    materials: dict[str, list[Row]] = {}
    for row in table:
        materials.setdefault(row["material"], []).append(row)
    stages = list(materials.values())
    told = [_more_than_half(stages, year), _wholly(stages), _not_exact(stages)]
    leaders = _leaders(stages)
    return tuple([*told, leaders] if leaders else told)


def _more_than_half(stages: list[list[Row]], year: int) -> Headline:
    """How many materials certainly rely on imports for more than half of consumption at some stage."""
    sure = [rows for rows in stages if any(_above_half(row) for row in rows)]
    maybe = [
        rows
        for rows in stages
        if rows not in sure and any((row["reliance_high"] or 0) > HALF for row in rows)
    ]
    also = f"; {len(maybe)} more may be, published only as a bound" if maybe else ""
    detail = f"materials, by net import reliance in {year} at some stage{also}"
    return Headline("More than half imported", f"{len(sure)} of {len(stages)}", detail)


def _above_half(row: Row) -> bool:
    """Whether reliance is above one half for certain: 51 is, >50 is, 50 is not."""
    low, status = row["reliance_low"], row["reliance_status"]
    return low is not None and (low > HALF or (low == HALF and status == "censored"))


def _wholly(stages: list[list[Row]]) -> Headline:
    """How many materials are wholly imported at some stage."""
    whole = [row for rows in stages for row in rows[:1] if any(held["reliance_low"] == 1 for held in rows)]
    group = sum(row["group_value"] is not None for row in whole)
    by_group = f"; {group} of them by a figure for their group" if group else ""
    return Headline("Wholly imported", str(len(whole)), f"net import reliance 100 percent{by_group}")


def _not_exact(stages: list[list[Row]]) -> Headline:
    """How many materials have no exact figure at any stage."""
    none = [rows for rows in stages if all(_silent(row) for row in rows)]
    bounds = [rows for rows in stages if rows not in none and all(not _exact(row) for row in rows)]
    detail = f"{len(bounds)} published only as bounds, {len(none)} without a figure"
    return Headline("Not known exactly", str(len(bounds) + len(none)), detail)


def _silent(row: Row) -> bool:
    """Whether there is no figure at all."""
    return row["reliance_low"] is None and row["reliance_high"] is None


def _exact(row: Row) -> bool:
    """Whether the figure says how much: an exact one, or net exporter."""
    return row["reliance_status"] in ("normal", "net-exporter")


def _leaders(stages: list[list[Row]]) -> Headline | None:
    """Which country is the leading source of most materials at some stage."""
    led = [{row["leading_source_name"] for row in rows if row["leading_source_name"]} for rows in stages]
    counts = Counter(name for names in led for name in sorted(names))
    if not counts:
        return None
    (first, most), *others = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = ", ".join(f"{name} {count}" for name, count in others[:NEXT])
    known = sum(bool(names) for names in led)
    told = f"materials for which it sends the most at some stage, of {known} with known sources"
    return Headline(f"{first} leads", str(most), told + (f"; next {rest}" if rest else ""))
