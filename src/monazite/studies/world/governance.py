"""How countries are governed: political stability by year, as loaded, else as shipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.errors import DataMissingError
from monazite.results.result import Source
from monazite.schema.indicators import INDICATOR
from monazite.store import reading, shipped
from monazite.studies.nomenclature.answer import shipped_sources
from monazite.studies.world import held

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monazite.store.home import Store

STABILITY = "political-stability"
_OF_WGI = f"source = 'wgi' AND indicator = '{STABILITY}' AND value IS NOT NULL"
_SCORES = f"SELECT country, value FROM indicator WHERE {_OF_WGI}"
_YEARS = f"SELECT DISTINCT year FROM indicator WHERE {_OF_WGI} ORDER BY year"


@dataclass(frozen=True, slots=True)
class Governance:
    """Scores of one year by country, about −2.5 (worst) to 2.5; a country without one is not there."""

    scores: Mapping[str, float]
    year: int
    source: Source


def political_stability(year: int, store: Store | Path | str | None = None) -> Governance:
    """World Bank estimates of political stability and absence of violence in a year.

    Parameters
    ----------
    year
        Calendar year; where the publisher has none (1997, 1999, 2001, the latest), the latest before it.
    store
        The store, or its folder; the user's own by default. What it holds goes before what is shipped.

    Raises
    ------
    DataMissingError
        If there is no score up to the year.

    References
    ----------
    .. [1] World Bank. Worldwide Governance Indicators.

    Examples
    --------
    >>> found = political_stability(2022, "nowhere")
    >>> found.year, -2.5 < found.scores["COD"] < found.scores["NOR"] < 2.5
    (2022, True)
    """
    place = held(store)
    loaded = _years(reading.query(place, _YEARS)) if INDICATOR in place.tables() else []
    if chosen := max((one for one in loaded if one <= year), default=None):
        return _loaded(place, chosen)
    chosen = max((one for one in _years(shipped.query(_YEARS)) if one <= year), default=None)
    if chosen is None:
        raise DataMissingError(f"no score of political stability up to {year}; load one: monazite fetch wgi.")
    rows = shipped.query(f"{_SCORES} AND year = {chosen} ORDER BY country")
    (source,) = shipped_sources("wgi")
    return Governance({row["country"]: row["value"] for row in rows}, chosen, source)


def _years(rows: list[dict[str, object]]) -> list[int]:
    """Years of some rows."""
    return [int(str(row["year"])) for row in rows]


def _loaded(store: Store, year: int) -> Governance:
    """Scores of the store, in its latest edition."""
    edition = f"as_of = (SELECT max(as_of) FROM indicator WHERE source = 'wgi' AND year = {year})"
    rows = reading.query(store, f"{_SCORES} AND year = {year} AND {edition} ORDER BY country")
    of = f"SELECT DISTINCT snapshot FROM indicator WHERE source = 'wgi' AND year = {year} AND {edition}"
    told = reading.query(store, f"FROM snapshot WHERE snapshot IN ({of}) ORDER BY snapshot")
    first = told[0]
    files = tuple(str(row["snapshot"]) for row in told)
    source = Source(first["as_of"], first["title"], first["publisher"], first["doi"], first["licence"], files)
    return Governance({row["country"]: row["value"] for row in rows}, year, source)
