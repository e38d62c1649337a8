"""Trade of codes year by year, as a store holds it: one series a source, direction and nomenclature."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.store.engine import text
from monazite.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monazite.store.home import Store

_NEWEST = """\
CREATE TEMP TABLE newest AS
SELECT source, year, arg_max(as_of, (retrieved, as_of)) AS as_of FROM
  (SELECT DISTINCT source, year, as_of FROM trade) LEFT JOIN
  (SELECT source, as_of, max(retrieved) AS retrieved FROM snapshot GROUP BY ALL) USING (source, as_of)
GROUP BY ALL"""
_COUNTED = """\
CREATE TEMP TABLE yearly AS
SELECT source, flow, nomenclature, code, year, length(period) AS span,
  sum(value_usd::HUGEINT)::DOUBLE AS value, sum(mass_t) AS mass
FROM trade JOIN newest USING (source, year, as_of)
WHERE NOT aggregate AND regexp_replace(breakdown, '(^|;)unit=[^;]*', '') = '' AND length(period) IN (4, 7)
  {where}
GROUP BY ALL"""
_SERIES = (
    "SELECT * FROM yearly WHERE value > 0 QUALIFY span = min(span) OVER (PARTITION BY source, flow, year)"
)
_YEARS = """\
SELECT DISTINCT source, flow, nomenclature, year FROM trade WHERE value_usd > 0 ORDER BY ALL"""


class Series(NamedTuple):
    """Where a series of trade comes from."""

    source: str
    flow: str
    nomenclature: str


class Trade(NamedTuple):
    """Value (US dollars) and mass (tonnes, where published) of a code in every year of a series.

    A year in which the nomenclature has trade and the code none is zero.
    """

    value: dict[int, float]
    mass: dict[int, float]


Traded = dict[str, dict[Series, Trade]]


def traded(store: Store, codes: Iterable[str] | None = None) -> Traded:
    """Trade of some codes, or of all there is, by code and series."""
    wanted = None if codes is None else sorted(set(codes))
    where = "" if wanted is None else f"AND code IN ({', '.join(map(text, wanted)) or 'NULL'})"
    with Workspace(store) as space:
        space.run(_NEWEST, _COUNTED.format(where=where))
        rows = space.rows(_SERIES)
        years: dict[Series, list[int]] = defaultdict(list)
        for row in space.rows(_YEARS):
            years[Series(row["source"], row["flow"], row["nomenclature"])].append(row["year"])
    found: dict[str, dict[Series, Trade]] = defaultdict(dict)
    for row in rows:
        series = Series(row["source"], row["flow"], row["nomenclature"])
        trade = found[row["code"]].setdefault(series, _empty(years[series]))
        trade.value[row["year"]] = row["value"]
        if row["mass"] is not None:
            trade.mass[row["year"]] = row["mass"]
    return dict(found)


def _empty(years: Iterable[int]) -> Trade:
    """No trade in any year."""
    return Trade(dict.fromkeys(years, 0.0), {})


def publications(store: Store, sources: Iterable[str]) -> list[dict[str, Any]]:
    """What a store's trade of some sources was read from: each source and edition with its files."""
    listed = ", ".join(map(text, sorted(set(sources)))) or "NULL"
    with Workspace(store) as space:
        return space.rows(
            "SELECT source, as_of, any_value(title) AS title, any_value(publisher) AS publisher,"
            " any_value(doi) AS doi, any_value(licence) AS licence, list(snapshot ORDER BY snapshot) AS files"
            f" FROM snapshot WHERE source IN ({listed}) GROUP BY source, as_of ORDER BY source, as_of"
        )


def largest(series: Mapping[Series, Trade], nomenclatures: Iterable[str]) -> Series | None:
    """The series of most value among those of some nomenclatures: the one that says most."""
    among = [one for one in series if one.nomenclature in set(nomenclatures)]
    return max(among, key=lambda one: sum(series[one].value.values()), default=None)
