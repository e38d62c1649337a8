"""Title, headlines and notes of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.countries import countries, country
from monazite.results.result import Headline
from monazite.results.shown import dollar_range
from monazite.results.words import index_range, listed, number, percent_range
from monazite.schema.group_imports import GROUP
from monazite.studies.imports.partners import complete, missing, the
from monazite.studies.nomenclature.union import UNION, name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.studies.imports.partners import Untangled

Row = dict[str, Any]
HALF = 0.5
NAMED = 5
LEFT_OUT = {
    "batteries": "Ready electrolyte, cells inside vehicles and devices, and waste batteries are not counted.",
    "pharmaceuticals": "Only medicines with codes of their own are counted, not all medicines: those of other"
    " codes cannot be told by substance. The country a dose comes from says nothing of where its active"
    " ingredient was made.",
    "magnets": "Permanent magnets only; those inside motors and devices are not counted.",
}


def title(group: str, year: int, by: str) -> str:
    """What the answer is, never a net import reliance.

    >>> title("batteries", 2024, "value")
    'United States imports of batteries, 2024: import dependence by value'
    """
    return f"United States imports of {group}, {year}: import dependence by {by}"


def headlines(rows: Sequence[Row]) -> tuple[Headline, ...]:
    """How much, who leads, what has one leading partner, and whom the figures list."""
    whole = next(row for row in rows if row["kind"] == GROUP)
    goods = [row for row in rows if row["kind"] != GROUP and row["leading_partner"]]
    half = [row for row in goods if row["leading_share_low"] >= HALF]
    leader = percent_range(whole["leading_share_low"], whole["leading_share_high"])
    largest = max(goods, key=lambda row: (_amount(row)[0] or 0.0, row["product"]))
    index = index_range(largest["hhi_low"], largest["hhi_high"])
    share = percent_range(largest["leading_share_low"], largest["leading_share_high"])
    return (
        Headline("Imports", amount(whole), f"{len(goods)} kinds of goods, of the partners listed"),
        Headline(
            largest["name"],
            share,
            f"of {amount(largest)} comes from {the(largest['leading_partner_name'])}, of the partners listed;"
            f" HHI {index}",
        ),
        Headline(
            "Half or more from one partner", f"{len(half)} of {len(goods)}", "kinds of goods, for certain"
        ),
        Headline(f"{whole['leading_partner_name']} leads", leader, "of the imports of all of them together"),
    )


def amount(row: Row) -> str:
    """An amount, or its bounds, in words."""
    low, high = _amount(row)
    if row["basis"] == "value":
        return dollar_range(low or 0, high or 0)
    left, right = number(low or 0), number(high or 0)
    return f"{left} t" if left == right else f"{left}–{right} t"


def _amount(row: Row) -> tuple[float | None, float | None]:
    """Both ends of a row's amount."""
    stem, unit = ("value", "usd") if row["basis"] == "value" else ("mass", "t")
    return row[f"{stem}_low_{unit}"], row[f"{stem}_high_{unit}"]


def coverage(told: Untangled) -> str:
    """Which partners the figures list."""
    single = told.imports.partners & {one.id for one in countries() if one.kind == "country"}
    union = f" and the {name(UNION)}" if UNION in told.imports.partners else ""
    return f"{len(single)} countries{union}"


def absent(group: str, told: Untangled) -> str:
    """Which countries they do not list, some by name."""
    out = missing(group, told)
    names = [country(one).name for one in out[:NAMED]]
    more = f" and {len(out) - NAMED} more" if len(out) > NAMED else ""
    return (", ".join(names) + more) if more else listed(names) if names else ""


def notes(group: str, told: Untangled) -> tuple[str, ...]:
    """What a reader must know before reading the figures."""
    whose = f"The figures list {coverage(told)}."
    if not complete(told) and missing(group, told):
        whose += (
            f" Not listed: {absent(group, told)}. Every share is a share of the listed partners, and so the"
            " most that the share of all imports can be."
        )
    return (
        whose,
        LEFT_OUT[group],
        "Shares are not net import reliance: production and exports are not counted.",
    )
