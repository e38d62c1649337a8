"""The few figures for the top of a page, counted from the answer itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from monazite.results.reliance import HALF, counted, known, over_half
from monazite.results.result import Headline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.results.frame import Frame

Row = dict[str, Any]
NEXT = 2
MANY = 3


def headlines(table: Frame, year: int) -> tuple[Headline, ...]:
    """Headline figures over materials; one with several stages counts if any of them does."""
    materials: dict[str, list[Row]] = {}
    for row in counted(table):
        materials.setdefault(row["material"], []).append(row)
    stages = list(materials.values())
    with_figure = [rows for rows in stages if any(known(row) for row in rows)]
    told = [_more_than_half(with_figure, year), _wholly(with_figure)] if with_figure else []
    leaders = _leaders(stages)
    return (*told, _not_exact(stages), *([leaders] if leaders else []))


def _more_than_half(stages: list[list[Row]], year: int) -> Headline:
    """How many materials certainly rely on imports for more than half of consumption at some stage."""
    sure = [rows for rows in stages if any(over_half(row) for row in rows)]
    maybe = [
        rows
        for rows in stages
        if rows not in sure and any((row["reliance_high"] or 0) > HALF for row in rows)
    ]
    also = f"; {len(maybe)} more may be, published only as a bound" if maybe else ""
    detail = f"materials with a net import reliance for {year}, at some stage{_by_group(sure)}{also}"
    return Headline("More than half imported", f"{len(sure)} of {len(stages)}", detail)


def _wholly(stages: list[list[Row]]) -> Headline:
    """How many materials are wholly imported at some stage."""
    whole = [rows for rows in stages if any(row["reliance_low"] == 1 for row in rows)]
    detail = f"net import reliance 100% at some stage{_by_group(whole)}"
    return Headline("Wholly imported", str(len(whole)), detail)


def _by_group(stages: list[list[Row]]) -> str:
    """How many of some materials show the figure of their group."""
    group = sum(any(row["group_value"] for row in rows) for rows in stages)
    return f"; {group} of them by a figure for their group" if group else ""


def _not_exact(stages: list[list[Row]]) -> Headline:
    """How many materials have no exact figure at any stage."""
    none = [rows for rows in stages if not any(known(row) for row in rows)]
    bounds = [rows for rows in stages if rows not in none and all(not _exact(row) for row in rows)]
    detail = f"{len(bounds)} published only as bounds, {len(none)} without a figure"
    return Headline("Not known exactly", str(len(bounds) + len(none)), detail)


def _exact(row: Row) -> bool:
    """Whether the figure says how much: an exact one, or net exporter."""
    return row["reliance_status"] in ("normal", "net-exporter")


def _by_shared_sources(stages: Iterable[list[Row]]) -> str:
    """How many of some materials show the import sources of their group, and not their own."""
    forms = Counter(row["sources_form"] for rows in stages for row in rows if row["group_value"])
    shared = sum(count for count in forms.values() if count > 1)
    return f"; {shared} of them by the sources of their group" if shared else ""


def _leaders(stages: list[list[Row]]) -> Headline | None:
    """Which country is the leading source of most materials; nobody where few lead or two tie."""
    led = [{row["leading_source_name"] for row in rows if row["leading_source_name"]} for rows in stages]
    counts = Counter(name for names in led for name in sorted(names))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(ranked) < MANY or ranked[0][1] == ranked[1][1]:
        return None
    (first, most), *others = ranked
    rest = ", ".join(f"{name} {count}" for name, count in others[:NEXT])
    answered = sum(bool(names) for names in led)
    by_group = _by_shared_sources(rows for rows, names in zip(stages, led, strict=True) if first in names)
    told = f"materials for which it sends the most at some stage{by_group}; sources are known for {answered}"
    return Headline(f"{first} leads", str(most), told + (f"; next {rest}" if rest else ""))
