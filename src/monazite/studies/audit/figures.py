"""Series of mineral statistics: every figure in its latest edition, by year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, Any]
History = dict[int, Row]

PHYSICAL = ("production", "imports", "exports", "consumption", "supply", "shipments", "capacity")
"""Measures whose figures are amounts of material; prices and shares move otherwise."""

FIGURES = """\
SELECT as_of, chapter, series, country, year, unit, value FROM mineral_statistic
WHERE source = {source} AND measure IN ({measures}) ORDER BY ALL"""


class Series(NamedTuple):
    """What names a series of figures."""

    chapter: str
    series: str
    country: str
    unit: str

    def __str__(self) -> str:
        """The series in words; of the publisher's label what the chapter does not say."""
        label = self.series.removeprefix(f"{self.chapter} | ")
        return ", ".join(dict.fromkeys((self.chapter, label, self.country)))


def series_of(row: Row) -> Series:
    """The series a figure belongs to."""
    return Series(row["chapter"], row["series"], row["country"], row["unit"])


def latest(figures: Sequence[Row], editions: Sequence[str]) -> dict[Series, History]:
    """Every series, each year from the latest edition that gives it."""
    place = {as_of: number for number, as_of in enumerate(editions)}
    held: dict[Series, History] = defaultdict(dict)
    for row in sorted(figures, key=lambda row: place[row["as_of"]]):
        held[series_of(row)][row["year"]] = row
    return {key: dict(sorted(history.items())) for key, history in sorted(held.items())}


def numbers(history: History) -> dict[int, float]:
    """Years with a figure above zero."""
    return {year: row["value"] for year, row in history.items() if row["value"]}


def named(key: Series, row: Row, **told: object) -> Row:
    """A figure as a row to look at."""
    return {
        "subject": f"{key}, {row['year']}",
        "year": row["year"],
        "period": str(row["year"]),
        "as_of": row["as_of"],
        "amount": row["value"],
        "amount_unit": row["unit"],
        **told,
    }
