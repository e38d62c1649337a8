"""Imported inputs of industries: direct in strong colour, those of all suppliers in pale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.charts.bars import Bar, bars
from monazite.results.words import percent

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.result import Result

MOST = 20


def looked_through(result: Result, *, narrow: bool = False) -> Spec | None:
    """The most exposed industries, direct against looked through."""
    shown = [
        Bar(
            row["name"],
            row["direct"],
            row["looked_through"],
            f"{percent(row['direct'])} to {percent(row['looked_through'])}",
        )
        for row in result.table.rows[:MOST]
    ]
    subtitle = (
        "Imported inputs per dollar of output: bought directly (dark), and by all suppliers (to the end)"
    )
    return bars(result, "Suppliers hide imports", subtitle, shown, narrow=narrow)
