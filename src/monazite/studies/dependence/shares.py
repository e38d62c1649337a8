"""Who supplies: leading sources of imports and leading producers, with concentration bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import country
from monazite.errors import MethodError, UnknownCodeError
from monazite.methods import hhi_bounds
from monazite.schema.interval import Interval
from monazite.studies.dependence.figures import interval, span

if TYPE_CHECKING:
    from monazite.studies.dependence.figures import Balance, Figure

Row = dict[str, Any]
OTHER, WORLD, HOME = "OTH", "WLD", "USA"
HALF_A_POINT = 0.005


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Suppliers with their shares, the leader, and bounds of the HHI; ``problem`` says what is amiss."""

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
    names = [_name(part) for part in code.split("+")]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


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
        "low": share.low if share else None,
        "high": share.high if share else None,
        "published": row["published"] if share else "",
        "period": f"{row['period_first']}–{row['period_last'] % 100}",
    }


def _source_hhi(rows: tuple[Row, ...]) -> Interval:
    """Bounds of the HHI of import sources: shares are rounded to whole percents, the rest is not named."""
    shares = [_rounded(row) for row in rows if row["partner"] != OTHER]
    rest = [_rounded(row) for row in rows if row["partner"] == OTHER]
    remainder = rest[0] if rest else Interval(0.0, HALF_A_POINT)
    return hhi_bounds(shares, remainder, largest_unknown=min(share.high for share in shares))


def _rounded(row: Row) -> Interval:
    """Every share that would be printed as this one."""
    if row["low"] != row["high"]:
        return Interval(row["low"], row["high"])
    return Interval(max(0.0, row["low"] - HALF_A_POINT), min(1.0, row["high"] + HALF_A_POINT))


def producers(balance: Balance, year: int) -> Suppliers:
    """World production by country, shares of the published total, with HHI bounds."""
    figures = balance.terms["world-production"].get(year, [])
    total = next((figure.value for figure in figures if figure.country == WORLD and figure.value), None)
    amounts = _by_country([figure for figure in figures if figure.country != WORLD])
    known = {code: sum_ for code, (sum_, _) in amounts.items() if sum_ is not None}
    reach = sum(known.values())
    base = max(total, reach) if total else None
    rows = tuple(_producer(balance.item, year, code, figures_, base) for code, figures_ in amounts.items())
    named = [row for row in rows if row["country"] != OTHER and row["low"]]
    leader = max(named, key=lambda row: (row["low"], row["country"])) if named else None
    rest = max(0.0, 1 - sum(row["low"] for row in named)) if base else 0.0
    hhi = hhi_bounds([row["low"] for row in named], rest) if named else None
    return Suppliers(rows, leader, hhi, rest, _total_problem(figures))


def _total_problem(figures: list[Figure]) -> str:
    """How countries and world total contradict each other beyond rounding; empty if they do not."""
    total = next((figure for figure in figures if figure.country == WORLD and figure.value), None)
    parts = [figure for figure in figures if figure.country != WORLD]
    if total is None or not parts:
        return ""
    printed, spans = span(total), [span(part) for part in parts]
    least, most = sum(part.low for part in spans), sum(part.high for part in spans)
    complete = all(part.interval is not None for part in parts)
    if least > printed.high or (complete and most < printed.low):
        return f"countries sum to {(least + most) / 2:,.0f} {total.unit}, world total {total.value:,.0f}"
    return ""


def _by_country(figures: list[Figure]) -> dict[str, tuple[float | None, list[Figure]]]:
    """Production by country, summed over the series that make up the item."""
    grouped: dict[str, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(figure.country, []).append(figure)
    return {code: (_amount(parts), parts) for code, parts in grouped.items()}


def _amount(parts: list[Figure]) -> float | None:
    """The sum of a country's figures; ``None`` if nothing is published; half a unit counts as nothing."""
    known = [0.0 if part.obs_status == "below-half-unit" else part.value for part in parts]
    return sum(value for value in known if value is not None) if any(v is not None for v in known) else None


def _producer(
    item: str, year: int, code: str, amount: tuple[float | None, list[Figure]], base: float | None
) -> Row:
    """One row of the answer's table of producers."""
    value, parts = amount
    share = value / base if value is not None and base else None
    return {
        "item": item,
        "country": code,
        "year": year,
        "name": country_name(code),
        "value": value,
        "unit": parts[0].unit,
        "low": share,
        "high": share,
        "obs_status": parts[0].obs_status,
        "published": " + ".join(part.published for part in parts),
    }


def world_year(balance: Balance, year: int) -> int | None:
    """The latest year of world production up to the year asked for."""
    years = [held for held in balance.terms["world-production"] if held <= year]
    return max(years, default=None)
