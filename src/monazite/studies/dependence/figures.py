"""The figures behind a balance: loaded from the core tables, by item, edition, term and year."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from monazite.methods.interval import add, as_published
from monazite.schema.interval import Interval
from monazite.store.shipped import query

FIGURES = """
SELECT t.as_of, t.item, t.term, CASE s.country WHEN 'USA' THEN t.rounded_to END AS rounded_to,
       s.series, s.country, s.year, s.value, s.low, s.high,
       s.low_open, s.high_open, s.unit, s.obs_status, s.estimated, s.published, s.unit_published, s.line,
       s.file, s.basis
FROM balance_term AS t
JOIN mineral_statistic AS s
  ON s.as_of = t.as_of AND s.chapter = t.chapter AND s.series = t.series
 AND s.section = CASE t.term WHEN 'world-production' THEN 'world' ELSE 'salient' END
WHERE t.term <> 'import-sources'
ORDER BY t.as_of, t.item, t.term, s.series, s.year, s.country
"""
SOURCES = """
SELECT t.as_of, t.item, i.*
FROM balance_term AS t
JOIN import_source AS i ON i.as_of = t.as_of AND i.chapter = t.chapter AND i.series = t.series
WHERE t.term = 'import-sources'
ORDER BY t.as_of, t.item, i.rank
"""
CHAPTERS = """
SELECT as_of, item, coalesce(
    min(chapter) FILTER (term = 'net-import-reliance'),
    min(chapter) FILTER (term NOT IN ('import-sources', 'figure-2', 'world-production')),
    min(chapter)
) AS chapter
FROM balance_term GROUP BY as_of, item
"""
Row = dict[str, Any]
SILENT = ("withheld", "not-available", "not-collected", "not-applicable", "described", "unreadable")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure, or the sum of several: an interval, its status, and its text."""

    year: int
    interval: Interval | None
    unit: str
    obs_status: str
    estimated: bool
    published: str
    unit_published: str
    series: str
    country: str
    where: str
    rounded_to: float | None = None
    basis: str = ""

    @property
    def value(self) -> float | None:
        """The figure, when it is exact."""
        return self.interval.low if self.interval and self.interval.is_exact else None

    @property
    def label(self) -> str:
        """The publisher's label, without the commodity in front of it."""
        return self.series.split(" | ", 1)[-1]


@dataclass(slots=True)
class Balance:
    """The figures of one item in one edition: term, year, then one figure a series or country."""

    item: str
    as_of: str
    terms: dict[str, dict[int, list[Figure]]] = field(default_factory=lambda: defaultdict(dict))
    sources: list[Row] = field(default_factory=list)

    def one(self, term: str, year: int) -> Figure | None:
        """The figure of a term that has one series."""
        figures = self.terms[term].get(year, [])
        return figures[0] if figures else None

    def total(self, terms: tuple[str, ...], year: int) -> Figure | None:
        """The sum of all series of some terms; ``None`` if the definition counts none of them."""
        figures = [figure for term in terms for figure in self.terms[term].get(year, [])]
        return summed(figures) if figures else None


def latest_shared(one: Balance, other: Balance, year: int) -> int | None:
    """The latest year up to ``year`` for which both editions give a net import reliance."""
    shared = one.terms["net-import-reliance"].keys() & other.terms["net-import-reliance"].keys()
    return max((held for held in shared if held <= year), default=None)


def interval(row: Row) -> Interval | None:
    """The interval of a row; ``None`` where nothing is published."""
    if row["low"] is None and row["high"] is None:
        return None
    low = -math.inf if row["low"] is None else row["low"]
    high = math.inf if row["high"] is None else row["high"]
    return Interval(low, high, row["low_open"], row["high_open"])


def _figure(row: Row) -> Figure:
    """One row of the core table as a figure."""
    return Figure(
        row["year"],
        interval(row),
        row["unit"],
        row["obs_status"],
        row["estimated"],
        row["published"],
        row["unit_published"],
        row["series"],
        row["country"],
        f"{row['file']}, line {row['line']}",
        row["rounded_to"],
        row["basis"],
    )


def summed(figures: list[Figure]) -> Figure:
    """The sum of figures: silent if one is silent; less than half a unit counts as nothing beside others."""
    if len(figures) == 1:
        return figures[0]
    first = figures[0]
    silent = next((figure for figure in figures if figure.obs_status in SILENT), None)
    counted = [figure for figure in figures if figure.obs_status != "below-half-unit"] or figures
    known = [figure.interval for figure in counted if figure.interval is not None]
    total = add(*known) if silent is None else None
    return Figure(
        first.year,
        total,
        first.unit,
        silent.obs_status if silent else _status(total),
        any(figure.estimated for figure in figures),
        " + ".join(figure.published for figure in figures),
        first.unit_published,
        " + ".join([first.series, *(figure.label for figure in figures[1:])]),
        first.country,
        first.where,
    )


def _status(total: Interval | None) -> str:
    """Status of a sum of published figures."""
    return "normal" if total is not None and total.is_exact else "censored"


def span(figure: Figure) -> Interval:
    """Every amount that would be printed as this figure, in our unit; zero and silence count as nothing."""
    if figure.value == 0 or figure.interval is None:
        return Interval.exact(0.0)
    if figure.value is None:
        return figure.interval
    if figure.rounded_to:
        return Interval(max(0.0, figure.value - figure.rounded_to / 2), figure.value + figure.rounded_to / 2)
    printed = as_published(figure.published)
    scale = figure.value / ((printed.low + printed.high) / 2)
    return Interval(max(0.0, printed.low * scale), printed.high * scale)


@cache
def balances() -> dict[tuple[str, str], Balance]:
    """Every balance of every edition, by edition and item."""
    found: dict[tuple[str, str], Balance] = {}
    for row in query(FIGURES):
        balance = found.setdefault((row["as_of"], row["item"]), Balance(row["item"], row["as_of"]))
        balance.terms[row["term"]].setdefault(row["year"], []).append(_figure(row))
    for row in query(SOURCES):
        balance = found.setdefault((row["as_of"], row["item"]), Balance(row["item"], row["as_of"]))
        balance.sources.append(row)
    return found


@cache
def items() -> dict[str, Row]:
    """Definition of every item."""
    return {row["item"]: row for row in query("SELECT * FROM balance_item ORDER BY item")}


@cache
def chapters() -> dict[tuple[str, str], str]:
    """Chapter of every item, by edition and item."""
    rows = query(CHAPTERS)
    return {(row["as_of"], row["item"]): row["chapter"] for row in rows}


@cache
def snapshots() -> list[Row]:
    """The publications the shipped figures come from."""
    return query("SELECT * FROM snapshot WHERE source = 'usgs_mcs' ORDER BY as_of, file")
