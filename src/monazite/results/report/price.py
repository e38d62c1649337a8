"""A price and the range it moved in, as a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.results.words import percent, quantity, series_label

if TYPE_CHECKING:
    from monazite.results.frame import Row

ROOM = 1.06


class Price(NamedTuple):
    """The year's price, its range in percent of a bar, and both in words; ``here`` is where it stands."""

    now: str
    series: str
    start: float
    end: float
    here: float | None
    range: str
    volatility: str


def price(row: Row) -> Price | None:
    """The price of a row and its range, or nothing where neither is given."""
    now, low, high = row["price"], row["price_low"], row["price_high"]
    series = series_label(row["price_series"] or "")
    if low is None or high is None or high <= 0:
        return None if now is None else Price(money(now, row), series, 0, 0, None, "", "")
    whole = ROOM * max(high, now or 0)
    told = f"{quantity(low)} to {quantity(high)} over {row['price_years']} years"
    here = None if now is None else 100 * now / whole
    return Price(money(now, row), series, 100 * low / whole, 100 * high / whole, here, told, volatility(row))


def money(now: float | None, row: Row) -> str:
    """The price with its unit; a year's price that is itself a range has no single figure."""
    unit = row["price_unit"] or ""
    one = unit.replace("dollars", "dollar", 1) if now == 1 else unit
    return f"{quantity(now) if now is not None else 'A range,'} {one}".rstrip()


def volatility(row: Row) -> str:
    """How much the price moves from one year to the next."""
    spread = row["price_volatility"]
    return (
        ""
        if spread is None
        else f"Year-on-year changes spread by {percent(spread)} (standard deviation of logs)."
    )
