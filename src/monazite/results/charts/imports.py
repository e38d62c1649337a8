"""Imports of a group of goods: from whom most of each comes, and how much that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.charts.bars import Bar, bars
from monazite.results.shown import UNKNOWN, dollar_range
from monazite.results.words import listed, percent_range, sentence

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.frame import Row
    from monazite.results.result import Result

GROUP = "group"
UNION = "european-union"
MOST = 20
NAMED = 3
HALF = 0.5
SUBTITLE = (
    "Share of the leading partner in the imports of each of the goods, among the partners in the file;"
    " a pale bar runs to the highest share possible where a code also holds other goods. EU: its members"
    " together, without those that are listed by themselves."
)
BY_VALUE = "Customs value; a pale bar is what may be, where a code also holds other goods."


def leading_partners(result: Result, *, narrow: bool = False) -> Spec | None:
    """The share of the leading partner of each of the goods, the largest imports first."""
    rows = _goods(result)
    shown = [
        Bar(row["name"], row["leading_share_low"], row["leading_share_high"], _leader(row, narrow=narrow))
        for row in rows
    ]
    return bars(result, _message(rows), f"{SUBTITLE}{_left(result)}", shown, narrow=narrow, most=1)


def values(result: Result, *, narrow: bool = False) -> Spec | None:
    """The import value of each of the goods, the largest first."""
    rows = [row for row in _goods(result) if row["value_high_usd"]]
    shown = [Bar(row["name"], row["value_low_usd"], row["value_high_usd"], _amount(row)) for row in rows]
    if not shown:
        return None
    title = f"{sentence(rows[0]['name'])}: {_amount(rows[0])} of imports"
    told = f"{title}, the largest of {len(_traded(result))} kinds of goods" if len(rows) > 1 else title
    return bars(result, told, f"{BY_VALUE}{_left(result)}", shown, narrow=narrow)


def _goods(result: Result) -> list[Row]:
    """Goods with imports, without the group's own row, the largest first, no more than can be read."""
    return sorted(_traded(result), key=lambda row: (-_size(row), row["name"]))[:MOST]


def _traded(result: Result) -> list[Row]:
    """All goods with imports."""
    return [row for row in result.table if row["kind"] != GROUP and _size(row)]


def _size(row: Row) -> float:
    """The most that was imported, in dollars or tonnes."""
    return float(row["value_high_usd"] or row["mass_high_t"] or 0)


def _left(result: Result) -> str:
    """How many goods are not drawn."""
    number = len(_traded(result))
    return f" The {MOST} largest of {number}." if number > MOST else ""


def _message(rows: list[Row]) -> str:
    """What the chart shows, said plainly."""
    sure = [row for row in rows if row["leading_share_low"] >= HALF]
    by = rows[0]["basis"] if rows else ""
    if len(rows) == 1:
        return f"{sentence(rows[0]['name'])}: {_leader(rows[0])}"
    if not sure:
        return f"For none of the goods is it certain that one partner sends half of the imports by {by}"
    names = listed(row["name"] for row in sure)
    some = names if len(sure) <= NAMED else f"{len(sure)} of {len(rows)} kinds of goods"
    return f"One partner sends half or more of the imports by {by} for {some}"


def _leader(row: Row, *, narrow: bool = False) -> str:
    """The leading partner with its share; a telephone has room for its code only."""
    if (row["leading_share_low"], row["leading_share_high"]) == (0, 1):
        return UNKNOWN
    union = row["leading_partner"] == UNION
    who = "EU" if union else row["leading_partner"] if narrow else row["leading_partner_name"]
    return f"{who} {percent_range(row['leading_share_low'], row['leading_share_high'])}"


def _amount(row: Row) -> str:
    """The value, or its bounds."""
    return dollar_range(row["value_low_usd"], row["value_high_usd"])
