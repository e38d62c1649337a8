"""Who supplies: leading sources of imports and leading producers, with concentration bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import OTHER, WORLD, country
from monazite.errors import MethodError, UnknownCodeError
from monazite.methods import hhi_bounds
from monazite.methods.interval import add
from monazite.results.words import listed
from monazite.schema.interval import Interval
from monazite.studies.dependence.figures import interval, span

if TYPE_CHECKING:
    from monazite.studies.dependence.figures import Balance, Figure

Row = dict[str, Any]
HALF_A_POINT = 0.005  # shares are printed in whole percents


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Suppliers with their shares, the leader, bounds of the HHI and the share of those not named.

    ``problem`` says what is amiss.
    """

    rows: tuple[Row, ...]
    leader: Row | None
    hhi: Interval | None
    remainder: float
    problem: str = ""


def country_name(code: str) -> str:
    """Name of a country code, of a group joined by ``+``, or of the rest.

    >>> country_name("CHN+DEU")
    'China and Germany'
    """
    if code in (OTHER, WORLD):
        return "other countries" if code == OTHER else "world"
    return listed(_name(part) for part in code.split("+"))


def _name(code: str) -> str:
    """Name of one country; a code no list holds is its own name."""
    try:
        return country(code, "iso3").name
    except UnknownCodeError:
        return code


def import_sources(balance: Balance) -> Suppliers:
    """Leading sources of imports, as published, with HHI bounds that allow for rounding and the rest."""
    rows = tuple(_source(row) for row in balance.sources)
    named = [row for row in rows if row["partner"] != OTHER]
    known = [row for row in named if row["low"] is not None]
    leader = (
        max(known, key=lambda row: (row["low"], -row["rank"])) if known else (named[0] if named else None)
    )
    rest = next((row["high"] for row in rows if row["partner"] == OTHER and row["high"] is not None), 0.0)
    if not known or any("+" in row["partner"] for row in known):
        return Suppliers(rows, leader, None, rest)
    try:
        return Suppliers(rows, leader, _source_hhi(rows), rest)
    except MethodError as error:
        return Suppliers(rows, leader, None, rest, str(error))


def _source(row: Row) -> Row:
    """One row of the answer's table of sources."""
    share = interval(row)
    return {
        "item": row["item"],
        "rank": row["rank"],
        "partner": row["partner"],
        "name": country_name(row["partner"]),
        "form": row["series"].split(" | ", 1)[-1],
        "low": share.low if share else None,
        "high": share.high if share else None,
        "published": row["published"] if share else "",
        "period": f"{row['period_first']}–{row['period_last'] % 100}",
    }


def _source_hhi(rows: tuple[Row, ...]) -> Interval:
    """Bounds of the HHI of import sources: shares are rounded to whole percents, the rest is not named."""
    shares = [rounded_share(row) for row in rows if row["partner"] != OTHER]
    rest = [rounded_share(row) for row in rows if row["partner"] == OTHER]
    remainder = rest[0] if rest else Interval(0.0, HALF_A_POINT)
    return hhi_bounds(shares, remainder, largest_unknown=min(share.high for share in shares))


def rounded_share(row: Row) -> Interval:
    """Every share of imports that would be printed as this one: whole percents, or a bound."""
    if row["low"] != row["high"]:
        return Interval(row["low"], row["high"])
    return Interval(max(0.0, row["low"] - HALF_A_POINT), min(1.0, row["high"] + HALF_A_POINT))


def producers(balance: Balance, year: int) -> Suppliers:
    """World production by country, as shares of the world, with HHI bounds.

    Every figure is taken as rounded where it was printed, so shares are intervals; what is withheld
    or not named is the remainder.
    """
    figures = balance.terms["world-production"].get(year, [])
    countries = _by_country([figure for figure in figures if figure.country != WORLD])
    amounts = {code: amount for code, parts in countries.items() if (amount := _amount(parts))}
    world = _world(figures, list(amounts.values()), complete=len(amounts) == len(countries))
    rows = tuple(
        _producer(balance.item, year, parts, _share(code, amounts, world))
        for code, parts in countries.items()
    )
    named = [row for row in rows if row["country"] != OTHER and row["high"]]
    hhi, rest = _producer_hhi(named, amounts, world) if named and world else (None, Interval.exact(0.0))
    return Suppliers(rows, _leading_producer(named, rest), hhi, rest.high, _total_problem(figures))


def _leading_producer(named: list[Row], rest: Interval) -> Row | None:
    """The largest producer, or all that rounding cannot tell from it; the share is then each one's.

    Nobody leads where a single one is named and the rest may hide a larger.
    """
    if not named or (len(named) == 1 and rest.high > named[0]["high"]):
        return None
    largest = max(row["low"] for row in named)
    first = sorted(
        (row for row in named if row["high"] >= largest), key=lambda row: (-row["low"], row["name"])
    )
    code = "+".join(row["country"] for row in first)
    low, high = min(row["low"] for row in first), max(row["high"] for row in first)
    return {**first[0], "country": code, "name": country_name(code), "low": low, "high": high}


def _by_country(figures: list[Figure]) -> dict[str, list[Figure]]:
    """The figures of each country, over the series that make up the item."""
    grouped: dict[str, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(figure.country, []).append(figure)
    return grouped


def _amount(parts: list[Figure]) -> Interval | None:
    """A country's production as rounded; ``None`` if no part of it is published."""
    known = [span(part) for part in parts if part.interval is not None]
    return add(*known) if known else None


@dataclass(frozen=True, slots=True)
class World:
    """World production, and whether published countries account for all of it."""

    amount: Interval
    complete: bool


def _world(figures: list[Figure], amounts: list[Interval], *, complete: bool) -> World | None:
    """World production, as the printed total and the sum of the countries allow; ``None`` if not published.

    Where the two contradict each other beyond rounding, the larger counts.
    """
    totals = [figure for figure in figures if figure.country == WORLD]
    if not amounts or not totals or any(total.value is None for total in totals):
        return None
    printed, reach = add(*(span(total) for total in totals)), add(*amounts)
    if reach.low > printed.high:
        return World(reach, complete=True)
    low = max(printed.low, reach.low)
    if complete and reach.high >= printed.low:
        return World(Interval(low, min(printed.high, reach.high)), complete=True)
    return World(Interval(low, printed.high), complete=False)


def _share(code: str, amounts: dict[str, Interval], world: World | None) -> Interval | None:
    """A country's share of the world: largest when its own figure is at its highest and all others lowest."""
    own = amounts.get(code)
    if own is None or world is None:
        return None
    others = [amount for other, amount in amounts.items() if other != code]
    rest = add(*others) if others else Interval.exact(0.0)
    most = min(world.amount.high, own.low + rest.high) if world.complete else world.amount.high
    low = own.low / max(most, own.low + rest.low) if own.low else 0.0
    high = own.high / max(world.amount.low, own.high + rest.low) if own.high else 0.0
    return Interval(low, high)


def _producer(item: str, year: int, parts: list[Figure], share: Interval | None) -> Row:
    """One row of the answer's table of producers."""
    exact = [0.0 if part.obs_status == "below-half-unit" else part.value for part in parts]
    return {
        "item": item,
        "country": parts[0].country,
        "year": year,
        "name": country_name(parts[0].country),
        "value": None if all(value is None for value in exact) else sum(value or 0.0 for value in exact),
        "unit": parts[0].unit,
        "low": share.low if share else None,
        "high": share.high if share else None,
        "obs_status": parts[0].obs_status,
        "published": " + ".join(part.published for part in parts),
    }


def _producer_hhi(named: list[Row], amounts: dict[str, Interval], world: World) -> tuple[Interval, Interval]:
    """Bounds of the HHI of world production, and the share not named: one country or very many."""
    reach = add(*(amount for code, amount in amounts.items() if code != OTHER))
    rest = Interval.exact(0.0)
    if OTHER in amounts or not world.complete:
        least = 1 - reach.high / world.amount.low if world.amount.low else 0.0
        rest = Interval(max(0.0, least), max(0.0, 1 - reach.low / world.amount.high))
    return hhi_bounds([Interval(row["low"], row["high"]) for row in named], rest), rest


def _total_problem(figures: list[Figure]) -> str:
    """How countries and world total contradict each other beyond rounding; empty if they do not."""
    totals = [figure for figure in figures if figure.country == WORLD]
    parts = [figure for figure in figures if figure.country != WORLD]
    if not totals or not parts or any(total.value is None for total in totals):
        return ""
    printed, reach = add(*(span(total) for total in totals)), add(*(span(part) for part in parts))
    complete = all(part.interval is not None for part in parts)
    if reach.low > printed.high or (complete and reach.high < printed.low):
        middle, world = (reach.low + reach.high) / 2, (printed.low + printed.high) / 2
        return f"countries sum to {middle:,.0f} {totals[0].unit}, world total {world:,.0f}"
    return ""


def world_year(balance: Balance, year: int) -> int | None:
    """The latest year of world production up to the year asked for."""
    years = [held for held in balance.terms["world-production"] if held <= year]
    return max(years, default=None)
