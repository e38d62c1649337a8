"""The yearly figures behind a row, as a small table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.results.words import MISSING, edition, figure, published_percent, sentence, series_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.results.frame import Row

RELIANCE, PRICE = "net-import-reliance", "price"
ORDER = (
    RELIANCE,
    "production",
    "secondary",
    "imports",
    "exports",
    "stocks",
    "government-shipments",
    "consumption",
)


class Figure(NamedTuple):
    """One figure in words; ``estimated`` by its publisher, ``silent`` where there is no number."""

    text: str
    estimated: bool
    silent: bool


ABSENT = Figure("not given", estimated=False, silent=True)


class Line(NamedTuple):
    """One series: what is measured, its unit, its figures; the publisher's label where it says more."""

    name: str
    label: str
    unit: str
    figures: tuple[Figure, ...]


class Figures(NamedTuple):
    """A table of series by year."""

    edition: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]


def figures(series: Sequence[Row], as_of: str, price_unit: str) -> Figures:
    """The series of a row: reliance, this edition first; then the balance and, as published, the price."""
    shown = [row for row in series if row["as_of"] == as_of or row["term"] == RELIANCE]
    years = tuple(sorted({row["year"] for row in shown}))
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in shown:
        groups.setdefault((row["term"], row["as_of"], row["series"]), []).append(row)
    ordered = sorted(groups, key=lambda key: (place(key[0]), key[1] != as_of, key))
    return Figures(edition(as_of), years, tuple(line(groups[key], years, price_unit) for key in ordered))


def place(term: str) -> int:
    """Where a series stands in the table."""
    return ORDER.index(term) if term in ORDER else len(ORDER)


def line(rows: Sequence[Row], years: Sequence[int], price_unit: str) -> Line:
    """One series, year by year."""
    first = rows[0]
    given = {row["year"]: row for row in rows}
    reliance = first["term"] == RELIANCE
    units = {RELIANCE: "%", PRICE: price_unit}
    name = sentence(first["term"].replace("-", " ")) + (f", {edition(first['as_of'])}" if reliance else "")
    cells = tuple(cell(given[year]) if year in given else ABSENT for year in years)
    label = "" if first["term"] in units else series_label(first["series"])
    return Line(name, label, str(units.get(first["term"], first["unit"])), cells)


def cell(row: Row) -> Figure:
    """One figure in words."""
    if row["term"] == RELIANCE:
        text = published_percent(row["published"], row["obs_status"]).removesuffix("%")
    elif row["term"] == PRICE and row["obs_status"] not in MISSING:
        text = row["published"]
    else:
        text = figure(row["low"], row["high"], row["obs_status"])
    return Figure(text, bool(row["estimated"]), silent=not any(letter.isdigit() for letter in text))
