"""The SQL that carries amounts from code to code: to the last unit, and with bounds where a share is open.

An amount of :math:`V` units (hundredths, or finer if it is written finer) that goes to targets whose
shares sum up to :math:`C_1, C_2, ..., C_n = 1` gives each :math:`round(V C_k) - round(V C_{k-1})`:
the parts sum to the whole, and none is negative.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from monazite.store.engine import name, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from monazite.store.carrying.given import Layout

KINDS = ("exact", "family", "weights", "bounds")
"""How a row came about, the surest first; a row of several parts is as sure as the least of them."""
OPEN = KINDS.index("weights")
"""The first kind whose shares have bounds."""
LOW, HIGH, WAY = "_low", "_high", "way"
"""What the columns of bounds end in, and the name of the column that tells the kind."""
SUMMED = "summed"
"""The table of the parts, summed by key and target, in units."""

_COLUMNS = "c VARCHAR, target VARCHAR, before DOUBLE, after DOUBLE, low DOUBLE, high DOUBLE, kind TINYINT"
_AT_ONCE = 500


class Move(NamedTuple):
    """A part of what stands under a text goes to a target; nothing goes to an empty one.

    ``before`` and ``after`` are the sum of the shares up to this part, without it and with it; none
    where only the bounds are known.
    """

    text: str
    target: str
    before: float | None
    after: float | None
    low: float
    high: float
    kind: str


def alone(moves: Sequence[Move]) -> set[str]:
    """Texts that go whole to a target to which nothing else goes."""
    parts, sources = Counter(one.text for one in moves), defaultdict(set)
    for one in moves:
        sources[one.target].add(one.text)
    return {one.text for one in moves if one.target and parts[one.text] == len(sources[one.target]) == 1}


def prepared(
    connection: duckdb.DuckDBPyConnection, layout: Layout, moves: Sequence[Move], decimals: Sequence[int]
) -> None:
    """Split and sum what is not passed on as it is: the tables ``alone``, ``parts`` and ``summed``."""
    passed = alone(moves)
    _insert(connection, "alone", [one for one in moves if one.text in passed])
    _insert(connection, "parts", [one for one in moves if one.text not in passed])
    connection.execute(f"CREATE TEMP TABLE {SUMMED} AS {_summed(layout, decimals)}")


def written(layout: Layout, decimals: Sequence[int], *, as_text: bool) -> str:
    """The SELECT of what is written, under the names the columns came with."""
    shown = _plain if as_text else str
    amounts = {
        value: [f"{shown(f'v{n}{end}')} AS {name(value + end)}" for end in ("", LOW, HIGH)]
        for n, value in enumerate(layout.values)
    }
    others = {key: [f"k{n} AS {name(key)}"] for n, key in enumerate(layout.keys)}
    named = amounts | others | {layout.code: [f"target AS {name(layout.code)}"]}
    columns = ", ".join(one for column in layout.columns for one in named[column])
    kinds = ", ".join(map(text, KINDS))
    nothing = "NULL::DOUBLE"
    as_is = "".join(f"v{n}, {nothing} AS v{n}{LOW}, {nothing} AS v{n}{HIGH}, " for n in _places(layout))
    sums = "".join(f"v{n}{end} / 1e{decimals[n]}, " for n in _places(layout) for end in ("", LOW, HIGH))
    return (
        f"SELECT {columns}, [{kinds}][kind + 1] AS {name(WAY)} FROM ("
        f"SELECT {_keys(layout)}target, {as_is}kind FROM given JOIN alone USING (c)"
        f" UNION ALL SELECT {_keys(layout)}target, {sums}kind FROM {SUMMED} WHERE target <> '')"
    )


def units(value: str, decimals: int) -> str:
    """An amount as a whole number of units."""
    return f"round({value} * 1e{decimals})::BIGINT"


def _keys(layout: Layout) -> str:
    """The keys by place, each followed by a comma."""
    return "".join(f"k{n}, " for n, _ in enumerate(layout.keys))


def _places(layout: Layout) -> range:
    """The places of the amounts."""
    return range(len(layout.values))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, moves: Iterable[Move]) -> None:
    """Make a table of moves."""
    connection.execute(f"CREATE TEMP TABLE {table} ({_COLUMNS})")
    rows = [[*one[:-1], KINDS.index(one.kind)] for one in moves]
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        places = ", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(some))
        connection.execute(f"INSERT INTO {table} VALUES {places}", [cell for row in some for cell in row])


def _summed(layout: Layout, decimals: Sequence[int]) -> str:
    """The parts of every row, summed by keys and target."""
    keys = _keys(layout)
    amounts = "".join(f"{units(f'v{n}', decimals[n])} AS v{n}, " for n in _places(layout))
    joined = f"SELECT {keys}target, {amounts}before, after, low, high, kind FROM given JOIN parts USING (c)"
    sums = ", ".join(_sum(f"v{n}") for n in _places(layout))
    by = f"{keys}target"
    return f"SELECT {by}, {sums}, max(kind) AS kind FROM ({joined}) GROUP BY {by} ORDER BY target, {by}"


def _sum(value: str) -> str:
    """The sum of the parts of one column, with bounds where shares are open or a part is missing."""
    part = f"(round({value} * after) - round({value} * before))::BIGINT"
    at_low, at_high = f"{value} * low", f"{value} * high"
    low = f"CASE WHEN kind < {OPEN} THEN {value} ELSE least({part}, floor({at_low}), floor({at_high})) END"
    high = f"CASE WHEN kind < {OPEN} THEN {value} ELSE greatest({part}, ceil({at_low}), ceil({at_high})) END"
    missing = f"count({value}) < count(*)"
    open_ = f"max(kind) >= {OPEN} OR {missing}"
    return (
        f"CASE WHEN count({part}) = count(*) THEN sum({part})::BIGINT END AS {value},"
        f" CASE WHEN {open_} THEN sum({low})::BIGINT END AS {value}{LOW},"
        f" CASE WHEN ({open_}) AND NOT ({missing}) THEN sum({high})::BIGINT END AS {value}{HIGH}"
    )


def _plain(value: str) -> str:
    """A number as text: a whole one without a decimal point."""
    whole = f"{value} = trunc({value}) AND abs({value}) < 1e15"
    return f"CASE WHEN {whole} THEN {value}::BIGINT::VARCHAR ELSE {value}::VARCHAR END"
