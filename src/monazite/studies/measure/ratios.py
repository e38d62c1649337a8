"""Measures from exact sums: shares, indices with bounds, GeoDep's criteria. Ratios come last.

Twins over few suppliers are :func:`monazite.methods.concentration.hhi_bounds`,
:func:`~monazite.methods.governance.governance_weighted_hhi_bounds` and those of
:mod:`monazite.methods.screens`; a test holds these to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from monazite.errors import StoreError
from monazite.methods.screens import CONCENTRATED, NO, OPEN, YES
from monazite.studies.measure.sums import LARGEST, SCALE, exact, leaders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from monazite.studies.measure.sums import Groups

Columns = dict[str, "NDArray[Any]"]


_TOGETHER = 256
"""Codes whose exports are looked at together: few enough that no copy of them asks for fresh memory."""


class World(NamedTuple):
    """Bounds of the index of the world's exporters, by code."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def world(exports: NDArray[np.float64], named: NDArray[np.bool_]) -> World:
    """Concentration of the world's exports of each code; exports have shape (places, codes)."""
    pieces = [
        _world(exports[:, begin : begin + _TOGETHER], named)
        for begin in range(0, exports.shape[1], _TOGETHER)
    ]
    return World(*map(np.concatenate, zip(*pieces, strict=True)))


def _world(exports: NDArray[np.float64], named: NDArray[np.bool_]) -> World:
    """The same of a few codes."""
    known = exports[named]
    whole = known.astype(np.int64)
    squares = exact((whole * whole).sum(axis=0), (known * known).sum(axis=0))
    total, unnamed = exports.sum(axis=0), exports[~named].sum(axis=0)
    return World(*_bounds(squares, unnamed * unnamed, np.where(total > 0, total * total, 1.0)))


def measures(groups: list[Groups], exports: NDArray[np.float64], index: World) -> Iterator[Columns]:
    """Columns of the measures piece by piece; countries and codes are numbers.

    Each piece of the groups is let go once it is used. Exports have shape (places, codes); the number of
    places stands for no leader.
    """
    places, codes = exports.shape
    groups.reverse()
    while groups:
        piece = groups.pop()
        importer, code = np.divmod(piece.key, np.int32(codes))
        supply = _supply(piece, places)
        sold, low, high = exports[importer, code], index.low[code], index.high[code]
        yield {
            "importer": importer.astype(np.uint16),
            "code": code.astype(np.uint16),
            **supply,
            "export_hhi_low": low,
            "export_hhi_high": high,
            "exports_usd": sold,
            "geodep": _geodep(supply, World(low, high), sold),
        }


def _supply(piece: Groups, places: int) -> Columns:
    """What is known of each group's suppliers."""
    total, unnamed = piece.total.astype(np.float64), piece.unnamed.astype(np.float64)
    if total.max() >= LARGEST:
        raise StoreError(f"imports of {total.max():g} dollars of one product in a year: too much to be true")
    amount, exporter = leaders(piece.leader)
    square, hidden = total * total, unnamed * unnamed
    low, high = _bounds(exact(piece.squares, piece.squares_rough), hidden, square)
    alone = (piece.suppliers == 1) & (unnamed == 0)
    low[alone] = high[alone] = 1.0  # where a sum of more bits than a float has is rounded twice
    weighted = exact(piece.weighted, piece.weighted_rough) / (square * SCALE)
    unknown = exact(piece.unscored, piece.unscored_rough) + hidden
    return {
        "value_usd": total,
        "suppliers": piece.suppliers,
        "unnamed_usd": unnamed,
        "leader": np.minimum(exporter, places).astype(np.uint16),
        "leading_share": amount / total,
        "hhi_low": low,
        "hhi_high": high,
        "governance_weighted_hhi_low": np.minimum(weighted, 1.0),
        "governance_weighted_hhi_high": np.minimum(weighted + unknown / square, 1.0),
    }


def _bounds(
    squares: NDArray[np.float64], unnamed: NDArray[np.float64], total: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds of an index: those not named are many and small, or one."""
    low, high = squares / total, (squares + unnamed) / total
    return np.minimum(low, 1.0), np.minimum(high, 1.0)


def _geodep(supply: Columns, index: World, exports: NDArray[np.float64]) -> NDArray[np.int8]:
    """Whether all of GeoDep's criteria hold: import index, index of world exports, imports over exports."""
    imports = _over(supply["hhi_low"], supply["hhi_high"], CONCENTRATED)
    more = np.where(supply["value_usd"] > exports, YES, NO)
    return _all(imports, _over(*index, CONCENTRATED), more)


def _over(low: NDArray[np.float64], high: NDArray[np.float64], limit: float) -> NDArray[np.int8]:
    """Whether a number between two bounds is above a limit."""
    return np.where(low > limit, YES, np.where(high > limit, OPEN, NO)).astype(np.int8)


def _all(*criteria: NDArray[np.signedinteger]) -> NDArray[np.int8]:
    """Whether all criteria hold."""
    never = np.logical_or.reduce([one == NO for one in criteria])
    surely = np.logical_and.reduce([one == YES for one in criteria])
    return np.where(never, NO, np.where(surely, YES, OPEN)).astype(np.int8)
