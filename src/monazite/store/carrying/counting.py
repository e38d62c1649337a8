"""What a file amounts to, code by code, before it is carried and after."""

from __future__ import annotations

from decimal import Decimal
from math import floor, isfinite, log10
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import StoreError, UsageError
from monazite.store.carrying.moving import HIGH, LOW, SUMMED, units
from monazite.store.engine import fetched

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from monazite.store.carrying.given import Layout

EXACT_UNITS = 2.0**53
"""Up to which every whole number of units is exact."""
CENTS, FINEST = 2, 9
"""Decimals amounts are carried to: at least, and at most."""
NOTHING = Decimal(0)

_DECIMALS = (
    "max(CASE WHEN {0} = round({0} * 1e2) / 1e2 THEN 2 WHEN {0} = round({0} * 1e3) / 1e3 THEN 3"
    " WHEN {0} = round({0} * 1e6) / 1e6 THEN 6 ELSE 9 END)"
)


class Sum(NamedTuple):
    """What rows amount to: the sum of those with an amount, and the bounds of those with bounds only.

    ``missing`` counts rows whose amount, or whose upper bound, nobody knows.
    """

    total: Decimal = NOTHING
    low: Decimal = NOTHING
    high: Decimal = NOTHING
    missing: int = 0

    def plus(self, other: Sum) -> Sum:
        """Two sums in one."""
        low, high = self.low + other.low, self.high + other.high
        return Sum(self.total + other.total, low, high, self.missing + other.missing)


class Found(NamedTuple):
    """What stands in the code column: a text, how many rows have it, what they amount to by column."""

    text: str
    rows: int
    sums: tuple[Sum, ...]


class Stock(NamedTuple):
    """A file as it came: what stands in its code column, and the decimals each column is carried to."""

    found: tuple[Found, ...]
    decimals: tuple[int, ...]


class Carried(NamedTuple):
    """What was written and what was not: rows, and the sum of each column of amounts."""

    rows: int
    written: tuple[Sum, ...]
    lost: tuple[Sum, ...]


def stock(connection: duckdb.DuckDBPyConnection, layout: Layout) -> Stock:
    """Count the view ``given``.

    Raises
    ------
    UsageError
        If an amount is no finite number, or too large for hundredths of it to be exact.
    """
    decimals = _scales(connection, layout)
    columns = "".join(
        f", count(*) - count(v{n}) AS missing{n}, sum({units(f'v{n}', scale)}) AS total{n}"
        for n, scale in enumerate(decimals)
    )
    rows = fetched(connection, f"SELECT c, count(*) AS rows{columns} FROM given GROUP BY c ORDER BY c")
    found = (
        Found(
            row["c"] or "",
            row["rows"],
            tuple(
                Sum(_amount(row[f"total{n}"], scale), missing=row[f"missing{n}"])
                for n, scale in enumerate(decimals)
            ),
        )
        for row in rows
    )
    return Stock(tuple(found), decimals)


def carried(connection: duckdb.DuckDBPyConnection, stock: Stock, alone: set[str]) -> Carried:
    """Count what was carried: what was passed on as it is, and the table of parts.

    Raises
    ------
    StoreError
        If the parts do not sum to what they are parts of.
    """
    passed = [one for one in stock.found if one.text in alone]
    parts = fetched(connection, "SELECT DISTINCT c FROM parts")
    names = {row["c"] for row in parts}
    split = [one for one in stock.found if one.text in names]
    rows, written = _summed(connection, stock, "target <> ''")
    _, lost = _summed(connection, stock, "target = ''")
    for n, _ in enumerate(stock.decimals):
        _check(_total(split, n), written[n].plus(lost[n]))
    both = tuple(_total(passed, n).plus(one) for n, one in enumerate(written))
    return Carried(rows + sum(one.rows for one in passed), both, lost)


def _scales(connection: duckdb.DuckDBPyConnection, layout: Layout) -> tuple[int, ...]:
    """Decimals of each column as it is written, as far as all its amounts stay whole numbers of units."""
    told = ", ".join(
        f"max(abs(v{n})) AS largest{n}, {_DECIMALS.format(f'v{n}')} AS used{n}"
        for n, _ in enumerate(layout.values)
    )
    row = fetched(connection, f"SELECT {told} FROM given")[0]
    found = []
    for n, column in enumerate(layout.values):
        largest = row[f"largest{n}"] or 0.0
        if not isfinite(largest):
            raise UsageError(f"column {column!r} holds {largest}: an amount is a number, or empty.")
        most = floor(log10(EXACT_UNITS / largest)) if largest else FINEST
        if most < CENTS:
            raise UsageError(
                f"column {column!r} holds {largest:g}: too large to be carried to the hundredth."
            )
        found.append(min(row[f"used{n}"] or CENTS, most))
    return tuple(found)


def _total(found: Iterable[Found], place: int) -> Sum:
    """The sum of one column over several codes."""
    total = Sum()
    for one in found:
        total = total.plus(one.sums[place])
    return total


def _summed(connection: duckdb.DuckDBPyConnection, stock: Stock, where: str) -> tuple[int, tuple[Sum, ...]]:
    """How many summed rows there are, and what they amount to."""
    columns = "".join(
        f", sum(v{n}) AS total{n}, count(*) FILTER (v{n} IS NULL AND v{n}{HIGH} IS NULL) AS missing{n},"
        f" sum(v{n}{LOW}) FILTER (v{n} IS NULL) AS low{n},"
        f" sum(coalesce(v{n}{HIGH}, v{n}{LOW})) FILTER (v{n} IS NULL) AS high{n}"
        for n, _ in enumerate(stock.decimals)
    )
    row = fetched(connection, f"SELECT count(*) AS rows{columns} FROM {SUMMED} WHERE {where}")[0]
    sums = []
    for n, decimals in enumerate(stock.decimals):
        total, low, high = (_amount(row[f"{part}{n}"], decimals) for part in ("total", "low", "high"))
        sums.append(Sum(total, low, high, row[f"missing{n}"]))
    return row["rows"], tuple(sums)


def _amount(units: int | None, decimals: int) -> Decimal:
    """Units as an amount."""
    return Decimal(units or 0).scaleb(-decimals)


def _check(given: Sum, got: Sum) -> None:
    """Refuse parts that do not sum to the whole."""
    low, high = got.total + got.low, got.total + got.high
    if given.total < low or (given.total > high and not got.missing):
        raise StoreError(f"{given.total} were carried and {low} to {high} arrived: totals are not conserved.")
