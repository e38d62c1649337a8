"""Weights learned from the trade in a store: from countries that change from one edition to the other.

A country tells how a code was split if it reports one edition in a year and the other in the year
beside it (Lukaszuk and Torun 2022): what it traded in the earlier year under the old codes it traded,
all else alike, in the later one under the new.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from monazite.errors import DataMissingError, UsageError
from monazite.methods.weights import conversion_weights
from monazite.results.frame import Frame
from monazite.schema.conversion import CONVERSION_WEIGHT
from monazite.store.engine import text
from monazite.store.workspace import Workspace
from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.concordance.shares import Share, tightened
from monazite.studies.nomenclature.concordance.tables import Given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from monazite.store.home import Store
    from monazite.studies.nomenclature.concordance.shares import Shares

ESTIMATED = "estimated"
"""The word for weights from the store, and the name they go by."""

_TRADE = """\
WITH yearly AS (
  SELECT source, as_of, regime, reporter, nomenclature, year, code,
    coalesce(max(value_usd) FILTER (exporter = 'WLD'), sum(value_usd) FILTER (NOT aggregate)) AS value
  FROM trade WHERE nomenclature IN ({editions}) AND flow = 'import' AND reporter <> '' AND breakdown = ''
    AND length(period) = 4 AND length(code) = 6
  GROUP BY ALL
), total AS (
  SELECT * EXCLUDE (code, value), sum(value) AS value FROM yearly GROUP BY ALL
), pair AS (
  SELECT one.source, one.as_of, one.regime, one.reporter, one.year AS year, other.year AS other_year
  FROM total one JOIN total other USING (source, as_of, regime, reporter)
  WHERE one.nomenclature = {start} AND other.nomenclature = {end} AND other.year - one.year = {ahead}
  QUALIFY row_number() OVER (
    PARTITION BY reporter ORDER BY one.value DESC, source, as_of, regime, one.year) = 1
)
SELECT reporter, nomenclature, code, value FROM yearly JOIN pair USING (source, as_of, regime, reporter)
WHERE value > 0 AND (nomenclature = {start} AND yearly.year = pair.year
  OR nomenclature = {end} AND yearly.year = other_year)
ORDER BY ALL"""


class Trade(NamedTuple):
    """Trade of the countries that change from one edition to the other; shape (n_countries, n_codes)."""

    countries: tuple[str, ...]
    before: NDArray[np.float64]
    after: NDArray[np.float64]


def estimate(store: Store, start: str, end: str, *, draws: int = 200) -> Frame:
    """The weights between two neighbouring editions, from imports by value.

    Raises
    ------
    UsageError
        If one of them is no edition of the Harmonized System.
    DataMissingError
        If no country in the store reports one edition and, in the year beside it, the other.
    """
    if not {start, end} <= set(links.EDITIONS):
        raise UsageError(f"weights are estimated between editions of HS, not from {start} to {end}.")
    tied = links.kept(start, end)
    codes = tuple(sorted({link.code for link in tied}))
    others = tuple(sorted({link.other_code for link in tied}))
    trade = _trade(store, start, end, codes, others)
    place = {code: n for n, code in enumerate(codes)}, {code: n for n, code in enumerate(others)}
    found = conversion_weights(
        [place[0][link.code] for link in tied],
        [place[1][link.other_code] for link in tied],
        trade.before,
        trade.after,
        draws=draws,
    )
    rows = (
        {
            "from": start,
            "code": link.code,
            "to": end,
            "target": link.other_code,
            "weight": float(found.weight[n]) if found.identified[n] else None,
            "low": float(found.low[n]),
            "high": float(found.high[n]),
            "countries": int(found.countries[n]),
            "residual": None if math.isnan(found.residual[n]) else float(found.residual[n]),
        }
        for n, link in enumerate(tied)
    )
    return Frame(CONVERSION_WEIGHT, tuple(rows))


def estimated(store: Store, path: Sequence[str]) -> Given:
    """The weights of every step of a path, as :func:`estimate` gives them.

    Raises
    ------
    DataMissingError
        As :func:`estimate`.
    """
    steps = [pair for pair in pairwise(path) if links.base(pair[0]) != pair[1]]
    frames = {pair: estimate(store, *pair) for pair in steps}
    shares = {pair: _shares(frame) for pair, frame in frames.items()}
    return Given(ESTIMATED, sum(map(len, frames.values())), shares)


def _shares(frame: Frame) -> dict[str, Shares]:
    """The weights of a table by code."""
    found: dict[str, list[Share]] = defaultdict(list)
    for row in frame:
        found[row["code"]].append(Share(row["target"], row["weight"], row["low"], row["high"]))
    return {code: tightened(those) for code, those in found.items()}


def _trade(store: Store, start: str, end: str, codes: Sequence[str], others: Sequence[str]) -> Trade:
    """The trade of the countries that change."""
    ahead = 1 if links.EDITIONS.index(start) < links.EDITIONS.index(end) else -1
    sql = _TRADE.format(editions=f"{text(start)}, {text(end)}", start=text(start), end=text(end), ahead=ahead)
    with Workspace(store) as space:
        rows = space.rows(sql)
    countries = tuple(sorted({row["reporter"] for row in rows}))
    if not countries:
        raise DataMissingError(
            f"no country in the store reports {start} and, in the year beside it, {end}; load their imports,"
            " or give a file of weights."
        )
    before = _matrix([row for row in rows if row["nomenclature"] == start], countries, codes)
    return Trade(
        countries, before, _matrix([row for row in rows if row["nomenclature"] == end], countries, others)
    )


def _matrix(
    rows: Sequence[dict[str, Any]], countries: Sequence[str], codes: Sequence[str]
) -> NDArray[np.float64]:
    """Trade by country and code."""
    row_of = {one: n for n, one in enumerate(countries)}
    column_of = {one: n for n, one in enumerate(codes)}
    found = np.zeros((len(countries), len(codes)))
    for row in rows:
        if row["code"] in column_of:
            found[row_of[row["reporter"]], column_of[row["code"]]] = row["value"]
    return found
