"""One row of the answer: every figure of one material at one stage, and what was found about it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import HOME
from monazite.codes.uses import uses
from monazite.methods import net_import_reliance, price_range, to_percent, volatility
from monazite.methods.interval import add
from monazite.methods.prices import FEWEST_PRICES
from monazite.schema.dependence import DEPENDENCE
from monazite.studies.dependence import shares
from monazite.studies.dependence.figures import chapters, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.codes.materials import Material
    from monazite.schema.interval import Interval
    from monazite.studies.dependence.figures import Balance, Figure
    from monazite.studies.dependence.shares import Suppliers

Row = dict[str, Any]
OUTPUT = ("production", "secondary")
QUANTITIES = {
    "production": OUTPUT,
    "imports": ("imports",),
    "exports": ("exports",),
    "consumption": ("consumption",),
    "stocks": ("stocks",),
}
NEARLY_ALL = 0.9  # from which share on one country counts as the single source; a judgement (U)
_NUMBER = re.compile(r"[\d,]*\.?\d+")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about: a material, the item that stands for it, and whose figure it shows."""

    material: Material
    item: Row
    balance: Balance
    group: Balance | None = None
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """A row with the suppliers behind it."""

    row: Row
    sources: Suppliers
    producers: Suppliers


def build(subject: Subject, as_of: str, year: int) -> Built:
    """Fill one row of the answer."""
    row: Row = dict.fromkeys(DEPENDENCE.names)
    row |= _identity(subject, as_of, year)
    told_by = subject.group or subject.balance
    row |= _reliance(told_by.one("net-import-reliance", year))
    row["group_value"] = subject.group_id or None
    row |= _quantities(subject.balance, year)
    row |= _computed(subject.balance, year)
    row |= _price(subject.balance, year)
    sources = shares.import_sources(subject.balance if subject.balance.sources else told_by)
    row |= _sources(sources)
    own = subject.balance if subject.balance.terms["world-production"] else told_by
    world_year = shares.world_year(own, year)
    producers = shares.producers(own, world_year or year)
    row |= _world(producers, own, world_year)
    row["uses"] = "; ".join(dict.fromkeys(use.application for use in uses(subject.material.id))) or None
    return Built(row, _named(sources, row["item"]), _named(producers, row["item"]))


def _named(suppliers: Suppliers, item: str) -> Suppliers:
    """The suppliers under the row's own item, also when they are its group's."""
    rows = tuple({**row, "item": item} for row in suppliers.rows)
    return replace(suppliers, rows=rows)


def _identity(subject: Subject, as_of: str, year: int) -> Row:
    """Who and what the row is about."""
    material, item = subject.material, subject.item
    return {
        "item": item["item"],
        "material": material.id,
        "name": material.name,
        "symbol": material.symbol or None,
        "stage": item["stage"] or None,
        "form": item["form"] or None,
        "chapter": chapters().get((as_of, item["item"])),
        "list_2022": material.list_2022,
        "list_2025": material.list_2025,
        "as_of": as_of,
        "year": year,
        "consumption_basis": item["consumption_basis"] if item["consumption_basis"] != "none" else None,
    }


def _reliance(figure: Figure | None) -> Row:
    """Net import reliance as published."""
    if figure is None:
        return {}
    low, high = ends(figure.interval)
    return {
        "reliance_low": low,
        "reliance_high": high,
        "reliance_interval": str(to_percent(figure.interval)) if figure.interval else None,
        "reliance_published": figure.published,
        "reliance_status": figure.obs_status,
        "estimated": figure.estimated,
        "net_exporter": _net_exporter(figure),
    }


def ends(interval: Interval | None) -> tuple[float | None, float | None]:
    """Both ends of an interval; an unbounded end is ``None``."""
    if interval is None:
        return None, None
    low, high = interval.low, interval.high
    return None if math.isinf(low) else low, None if math.isinf(high) else high


def _net_exporter(figure: Figure) -> bool | None:
    """Whether exports exceed imports; ``None`` where the figure does not say."""
    if figure.interval is None:
        return None
    if figure.interval.high <= 0:
        return figure.obs_status == "net-exporter" or figure.interval.high < 0
    return False if figure.interval.low >= 0 else None


def _quantities(balance: Balance, year: int) -> Row:
    """Production, trade, consumption and stocks that the definition counts, in one unit."""
    told: Row = {}
    for name, terms in QUANTITIES.items():
        figure = balance.total(terms, year)
        if figure is not None:
            told[name], told[f"{name}_status"] = figure.value, figure.obs_status
            told.setdefault("quantity_unit", figure.unit or None)
    return told


def _computed(balance: Balance, year: int) -> Row:
    """1 − production / consumption, from figures taken as rounded."""
    production, consumption = balance.total(OUTPUT, year), balance.one("consumption", year)
    if production is None or consumption is None or not production.value or not consumption.value:
        return {}
    computed = net_import_reliance(rounded(balance, OUTPUT, year), rounded(balance, ("consumption",), year))
    return {"computed_low": computed.low, "computed_high": computed.high}


def rounded(balance: Balance, terms: tuple[str, ...], year: int) -> Interval:
    """The sum of every series of some terms, each taken as rounded where it was printed."""
    figures = [figure for term in terms for figure in balance.terms[term].get(year, [])]
    return add(*(span(figure) for figure in figures))


def _price(balance: Balance, year: int) -> Row:
    """Price of the year as printed, its range and its volatility over the edition's years."""
    figure = balance.one("price", year)
    if figure is None or figure.obs_status in ("described", "not-available"):
        return {}
    printed = {held: _printed(balance.one("price", held)) for held in sorted(balance.terms["price"])}
    exact = {held: prices[0] for held, prices in printed.items() if len(prices) == 1}
    spread = (
        price_range([price for prices in printed.values() for price in prices])
        if any(printed.values())
        else None
    )
    return {
        "price": exact.get(year),
        "price_unit": figure.unit_published,
        "price_series": figure.label,
        "price_low": spread.low if spread else None,
        "price_high": spread.high if spread else None,
        "price_years": len(exact) or None,
        "price_volatility": _volatility(exact),
    }


def _volatility(prices: dict[int, float]) -> float | None:
    """Volatility of annual prices; ``None`` where they are too few or years between them are missing."""
    years = sorted(prices)
    unbroken = bool(years) and years[-1] - years[0] + 1 == len(years)
    return volatility([prices[year] for year in years]) if unbroken and len(years) >= FEWEST_PRICES else None


def _printed(figure: Figure | None) -> list[float]:
    """The numbers of a printed price: one, two for a range, none for a mark."""
    if figure is None or figure.obs_status not in ("normal", "range"):
        return []
    return [float(number.replace(",", "")) for number in _NUMBER.findall(figure.published)]


def _sources(suppliers: Suppliers) -> Row:
    """Leading sources of imports."""
    leader = suppliers.leader
    if leader is None:
        return {}
    told = "; ".join(
        f"{row['name']} {row['published']}%" if row["published"] else row["name"] for row in suppliers.rows
    )
    sure = leader["low"] is not None and "+" not in leader["partner"]
    return {
        "leading_source": leader["partner"],
        "leading_source_name": leader["name"],
        "leading_source_low": leader["low"],
        "leading_source_high": leader["high"],
        "sources": told,
        "sources_form": leader["form"],
        "sources_period": leader["period"],
        "source_hhi_low": suppliers.hhi.low if suppliers.hhi else None,
        "source_hhi_high": suppliers.hhi.high if suppliers.hhi else None,
        "single_source": shares.rounded_share(leader).low >= NEARLY_ALL if sure else None,
    }


def _joint(labels: Iterable[str]) -> str:
    """One name for the series that are summed: what their labels share, or all of them.

    >>> _joint(["Mine production: Ilmenite", "Mine production: Rutile"])
    'Mine production'
    >>> _joint(["Ferrosilicon", "Silicon metal"])
    'Ferrosilicon + Silicon metal'
    """
    told = list(labels)
    shared = re.split(r"[:,]", told[0])[0]
    if len(told) == 1:
        return told[0]
    return shared if all(re.split(r"[:,]", label)[0] == shared for label in told) else " + ".join(told)


def _world(suppliers: Suppliers, balance: Balance, year: int | None) -> Row:
    """Leading producer in the world."""
    leader = suppliers.leader
    if leader is None or year is None:
        return {}  # bounds of an index without a leader would say next to nothing
    figures = balance.terms["world-production"][year]
    withheld = any(f.country == HOME and f.obs_status == "withheld" for f in figures)
    measure = _joint({f.label.casefold(): f.label for f in figures}.values())
    if figures[0].basis == "gross" and "gross weight" not in measure:
        measure += ", gross weight"
    return {
        "world_leader": leader["country"],
        "world_leader_name": leader["name"],
        "world_leader_low": leader["low"],
        "world_leader_high": leader["high"],
        "world_hhi_low": suppliers.hhi.low if suppliers.hhi else None,
        "world_hhi_high": suppliers.hhi.high if suppliers.hhi else None,
        "world_measure": measure + (" (without withheld United States output)" if withheld else ""),
        "world_year": year,
    }
