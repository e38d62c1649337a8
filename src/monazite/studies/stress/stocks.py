"""Months of use in stock: published yearend stocks over consumption, or a judgement where none are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.stocks import judged_stock, stock_series
from monazite.schema.judgement import Judgement
from monazite.store.shipped import query

if TYPE_CHECKING:
    from monazite.codes.stocks import StockSeries

YEARS = 3
"""How many of the latest years the interval spans: stocks move, and a cut comes in any year."""
MONTHS = 12
EDITION = "USGS Mineral Commodity Summaries {year}, data release"
FIGURES = """
SELECT series, year, value, low, high, unit FROM mineral_statistic
WHERE as_of = $1 AND country = 'USA' AND section = 'salient'
  AND list_contains($2::VARCHAR[], series) AND low IS NOT NULL AND high IS NOT NULL
"""
Row = dict[str, Any]


def stock_to_use(name: str) -> Judgement:
    """Stocks that users hold, in months of use.

    Central is that of the latest year with published figures, low and high those of the last three: tag C.
    The publisher counts those who report to it. Where figures are withheld or not collected, it is the
    judgement of ``codes/data/stocks.csv``, never none.

    Raises
    ------
    UnknownCodeError
        If nothing is called that; it suggests the nearest.

    Examples
    --------
    >>> held = stock_to_use("gallium")
    >>> round(held.central, 2), held.tag
    (2.15, 'C')
    >>> stock_to_use("germanium").tag
    'U'
    """
    series = stock_series(name)
    months = _months(series) if series else {}
    if series is None or not months:
        return judged_stock(name)
    years = sorted(months)[-YEARS:]
    low, high = min(months[year][0] for year in years), max(months[year][2] for year in years)
    return Judgement(low, months[years[-1]][1], high, "month", _said(series, years), "C")


def government_stock(name: str) -> Judgement:
    """Stocks that the government holds, in months of US use: a judgement, as holdings are not published.

    Raises
    ------
    UnknownCodeError
        If nothing is called that; it suggests the nearest.

    Examples
    --------
    >>> government_stock("gallium").high
    0.0
    """
    return judged_stock(name, "government")


def _months(series: StockSeries) -> dict[int, tuple[float, float, float]]:
    """Lowest, likeliest and highest months of use, of each year in which every series has a figure."""
    names = [*series.stocks, series.consumption]
    rows = {(row["series"], row["year"]): row for row in query(FIGURES, [series.as_of, names])}
    years = [year for name, year in rows if name == series.consumption]
    whole = [year for year in years if all((name, year) in rows for name in names)]
    return {
        year: _ratio([rows[name, year] for name in series.stocks], rows[series.consumption, year])
        for year in whole
        if rows[series.consumption, year]["low"] > 0
    }


def _ratio(stocks: list[Row], consumption: Row) -> tuple[float, float, float]:
    """Months of use: the least stock over the most use, the middles, the most stock over the least use."""
    low, high = (sum(row[end] for row in stocks) for end in ("low", "high"))
    least, most = consumption["low"], consumption["high"]
    return MONTHS * low / most, MONTHS * (low + high) / (least + most), MONTHS * high / least


def _said(series: StockSeries, years: list[int]) -> str:
    """Edition, years and series behind the months."""
    edition = EDITION.format(year=series.as_of.removeprefix("mcs"))
    note = f"; {series.note}" if series.note else ""
    told = " + ".join(series.stocks)
    return f"{edition}: {told} over {series.consumption}, {years[0]}-{years[-1]}{note}"
