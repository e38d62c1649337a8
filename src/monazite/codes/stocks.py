"""Stocks in months of use: what we judge where nothing is published, and which published series count.

``data/stocks.csv`` holds judgements by material and holder, ``data/stock_series.csv`` the series of the
Mineral Commodity Summaries whose quotient is months of use, on one basis on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from monazite.codes import reviewed
from monazite.codes.essential import DEFAULT, subject
from monazite.schema.judgement import Judgement

Holder = Literal["users", "government"]


@dataclass(frozen=True, slots=True)
class StockSeries:
    """Series of stocks, which are summed, and of consumption in one edition."""

    material: str
    as_of: str
    stocks: tuple[str, ...]
    consumption: str
    note: str


def judged_stock(name: str, holder: Holder = "users") -> Judgement:
    """Months of use that users or the government hold, by judgement; the default where none is named.

    Raises
    ------
    UnknownCodeError
        If nothing is called that; it suggests the nearest.

    Examples
    --------
    >>> judged_stock("germanium").central, judged_stock("gallium", "government").high
    (3.0, 0.0)
    >>> judged_stock("asbestos") == judged_stock("talc")
    True
    """
    rows = {(row["material"], row["holder"]): row for row in reviewed.rows("stocks.csv")}
    return Judgement.of(rows.get((subject(name), holder)) or rows[DEFAULT, holder])


def stock_series(name: str) -> StockSeries | None:
    """The published series of a material, if there are any.

    >>> found = stock_series("gallium")
    >>> found and found.consumption
    'Gallium | Consumption, reported'
    """
    return _series().get(subject(name))


@cache
def _series() -> dict[str, StockSeries]:
    return {
        row["material"]: StockSeries(
            row["material"], row["as_of"], tuple(row["stocks"].split(" + ")), row["consumption"], row["note"]
        )
        for row in reviewed.rows("stock_series.csv")
    }
