"""Whether production, trade and stock changes sum to the consumption that is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.methods import apparent_consumption, identity_gap, identity_is_open, stock_change
from monazite.methods.interval import add
from monazite.results.words import edition
from monazite.schema.findings import finding
from monazite.schema.interval import Interval
from monazite.studies.dependence.figures import SILENT, balances
from monazite.studies.dependence.row import OUTPUT, rounded

if TYPE_CHECKING:
    from monazite.schema.findings import Finding
    from monazite.studies.dependence.figures import Balance

Row = dict[str, Any]
LAST_GOVERNMENT_YEAR = 2022
TO_2022 = "government-to-2022"
COUNTED = ("production", "secondary", "imports", "exports")


def identity(balance: Balance, item: Row, year: int) -> Finding | None:
    """Whether production, trade and stock changes miss the published apparent consumption.

    Checked where the definition speaks of apparent consumption and every part is published; the
    opening stock of an edition's first year comes from the edition before.
    """
    published, parts = balance.one("consumption", year), components(balance, item, year)
    miss = identity_miss(balance, item, year)
    if published is None or published.value is None or parts is None or miss is None:
        return None
    gap = identity_gap(apparent_consumption(*parts), rounded(balance, ("consumption",), year))
    if not identity_is_open(gap):
        return None
    told = f"components sum to {published.value * (1 + miss):,.0f} {published.unit}, {abs(miss):.0%} off"
    where = f"{edition(balance.as_of)}, {published.where}, {year}"
    return finding(
        "identity-open",
        balance.item,
        where=where,
        found=told,
        expected=f"published consumption {published.value:,.0f} {published.unit} within 5%",
    )


def identity_miss(balance: Balance, item: Row, year: int) -> float | None:
    """Components less published consumption as a share of it, from the printed figures, if all are known."""
    published = balance.one("consumption", year)
    if (
        item["consumption_basis"] != "apparent"
        or item["identity"]
        or published is None
        or not published.value
    ):
        return None
    parts = components(balance, item, year)
    printed = [_printed(balance, term, year) for term in COUNTED]
    known = [part for part in printed if part is not None]
    if parts is None or len(known) < len(COUNTED):
        return None
    production, secondary, imports, exports = known
    drawn = (parts[-1].low + parts[-1].high) / 2
    sum_ = apparent_consumption(production, secondary, imports, exports, drawn)
    return float(sum_) / published.value - 1


def _printed(balance: Balance, term: str, year: int) -> float | None:
    """Sum of a term's figures as printed; less than half a unit counts as nothing, a bound as unknown."""
    figures = balance.terms[term].get(year, [])
    values = [0.0 if figure.obs_status == "below-half-unit" else figure.value for figure in figures]
    return None if any(value is None for value in values) else sum(value or 0.0 for value in values)


def components(
    balance: Balance, item: Row, year: int
) -> tuple[Interval, Interval, Interval, Interval, Interval] | None:
    """Production, secondary, imports, exports and stock change, as rounded; ``None`` if one is silent."""
    if any(figure.obs_status in SILENT for term in COUNTED for figure in balance.terms[term].get(year, [])):
        return None
    if not any(balance.terms[term].get(year) for term in OUTPUT) or not balance.terms["imports"].get(year):
        return None
    change = stocks_drawn(balance, item["stock_rule"], year)
    production, secondary, imports, exports = (rounded(balance, (term,), year) for term in COUNTED)
    return None if change is None else (production, secondary, imports, exports, change)


def stocks_drawn(balance: Balance, rule: str, year: int) -> Interval | None:
    """Stock change the definition counts, positive for a draw-down; ``None`` where it is not published.

    A chapter whose definition names Government stocks but prints no shipments from them had none.
    """
    drawn = Interval.exact(0.0)
    if "industry" in rule:
        opening, closing = _stock(balance, year - 1), _stock(balance, year)
        if opening is None or closing is None:
            return None
        drawn = stock_change(opening, closing)
    if TO_2022 in rule and year <= LAST_GOVERNMENT_YEAR and balance.terms["government-shipments"]:
        shipped = balance.total(("government-shipments",), year)
        if shipped is None or shipped.interval is None:
            return None
        drawn = add(drawn, shipped.interval)
    return drawn


def _stock(balance: Balance, year: int) -> Interval | None:
    """Year-end stocks, from this edition or, before its first year, from the one before."""
    for held in (balance, *_earlier(balance)):
        figures = held.terms["stocks"].get(year, [])
        if figures and len(figures) == len(_latest(balance)) and all(f.value is not None for f in figures):
            return rounded(held, ("stocks",), year)
    return None


def _latest(balance: Balance) -> list[Any]:
    """The stock series of the balance's last year."""
    return balance.terms["stocks"][max(balance.terms["stocks"])] if balance.terms["stocks"] else []


def _earlier(balance: Balance) -> list[Balance]:
    """The same item in earlier editions, the latest first."""
    return sorted(
        (
            other
            for (as_of, item), other in balances().items()
            if item == balance.item and as_of < balance.as_of
        ),
        key=lambda other: other.as_of,
        reverse=True,
    )
