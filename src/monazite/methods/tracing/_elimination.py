"""Elimination by blocks of the countries a product passes through.

Shares of origins in supply solve S = M S + D, where M holds the shares of suppliers and D those of
own production. Countries fall into three kinds, in this order: hubs (they export and do not
produce), producers, consumers (they do not export). Hubs are eliminated first, which leaves a
network among producers; consumers only ever stand on the left. Small dense products do the work.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from monazite.methods.tracing._checked import Array
    from monazite.methods.tracing._lists import OneList

WIDTH = 40  # countries eliminated at a time: wide enough for fast products, narrow for cheap pivots
AT_ONCE = 2**18
"""Multiplications in one product. OpenBLAS hands larger ones to all processors, which
costs many times what it saves here, and more where others use them."""

HUB, PRODUCER, CONSUMER = range(3)


def supply_shares(
    flows: OneList, made: Array, supply: Array, exports: NDArray[np.bool_], fed: NDArray[np.intp]
) -> Array:
    """Share of each producer in the supply of each who is fed, (fed, producers).

    >>> from monazite.methods.tracing._lists import OneList
    >>> flows = OneList(np.array([1, 2]), np.array([0, 1]), np.array([60.0, 40.0]))
    >>> made, supply = np.array([100.0, 0, 10]), np.array([100.0, 60, 50])
    >>> supply_shares(flows, made, supply, np.array([True, True, False]), np.array([1, 2])).tolist()
    [[1.0, 0.0], [0.8, 0.2]]
    """
    kind = np.where(made > 0, PRODUCER, np.where(exports, HUB, CONSUMER))
    order = np.argsort(kind, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    hubs, through = np.searchsorted(kind[order], (PRODUCER, CONSUMER)).tolist()
    cells = place[flows.importer] * through + place[flows.exporter]
    shares = flows.amount / supply[flows.importer]
    spread = np.bincount(cells, shares, kind.size * through)
    table = np.asarray(spread, dtype=np.float64).reshape(kind.size, through)
    passing = table[:hubs]
    _forward(passing, hubs)
    for begin, end in reversed(_spans(hubs)):
        _add_product(passing[begin:end, hubs:], passing[begin:end, end:hubs], table[end:hubs, hubs:])
    _add_product(table[hubs:, hubs:], table[hubs:, :hubs], passing[:, hubs:])
    rows = table[place[fed], hubs:]
    own = np.flatnonzero(kind[fed] == PRODUCER)
    rows[own] = 0.0
    rows[own, place[fed[own]] - hubs] = 1.0
    producers = order[hubs:through]
    return _among_producers(table[hubs:through, hubs:], rows) * (made[producers] / supply[producers])


def _among_producers(feeds: Array, rows: Array) -> Array:
    """Solve X (I − feeds) = rows."""
    count = len(feeds)
    table = np.concatenate((feeds, rows))
    inverses = _forward(table, count)
    solved = table[count:]
    for (begin, end), inverse in reversed(list(zip(_spans(count), inverses, strict=True))):
        _add_product(solved[:, begin:end], solved[:, end:], table[end:count, begin:end])
        solved[:, begin:end] = solved[:, begin:end] @ inverse
    return solved


def _forward(table: Array, count: int) -> list[Array]:
    """Eliminate the first so many countries from all that come after; the inverted pivots."""
    inverses: list[Array] = []
    for begin, end in _spans(count):
        pivot = np.eye(end - begin) - table[begin:end, begin:end]
        inverse = np.asarray(np.linalg.inv(pivot), dtype=np.float64)
        table[begin:end, end:] = inverse @ table[begin:end, end:]
        _add_product(table[end:, end:], table[end:, begin:end], table[begin:end, end:])
        inverses.append(inverse)
    return inverses


def _spans(count: int) -> list[tuple[int, int]]:
    """Blocks of nearly equal width that cover so many countries."""
    blocks = -(-count // WIDTH)
    return list(pairwise(count * k // blocks for k in range(blocks + 1))) if blocks else []


def _add_product(target: Array, left: Array, right: Array) -> None:
    """Add a product of matrices in place, in pieces that stay with one processor."""
    step = max(1, AT_ONCE // max(1, right.size))
    for begin in range(0, len(left) if right.size else 0, step):
        target[begin : begin + step] += left[begin : begin + step] @ right
