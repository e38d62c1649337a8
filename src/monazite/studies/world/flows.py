"""Trade between countries: BACI as loaded into the store, else the slice that is shipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.errors import DataMissingError, UsageError
from monazite.results.result import Source
from monazite.schema.trade import TRADE
from monazite.schema.world_trade import NOMENCLATURE, WORLD_TRADE, WORLD_TRADE_TOTAL
from monazite.store import reading, shipped
from monazite.store.engine import text
from monazite.studies.nomenclature.answer import shipped_sources
from monazite.studies.world import held

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from monazite.store.home import Store

SOURCE = "baci"
LOADED = f"source = '{SOURCE}' AND flow = 'reconciled' AND NOT aggregate"
"""What counts as trade between countries: both sides reconciled, no sums of countries."""

_COLUMNS = "year, importer, exporter, code, value_usd, coalesce(mass_t, 'nan'::DOUBLE) AS mass_t"


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows of some goods in some years: arrays of one length, a flow at each place.

    ``importer`` and ``exporter`` are ids of countries (or areas, such as trade of countries not
    specified), ``mass_t`` is NaN where none is recorded. ``held`` are the codes of which the data hold
    any trade in any year: one asked for and not among them is not in the data, which is not the same
    as no trade. ``source`` is what to cite.
    """

    year: NDArray[np.int64]
    importer: NDArray[np.object_]
    exporter: NDArray[np.object_]
    code: NDArray[np.object_]
    value_usd: NDArray[np.float64]
    mass_t: NDArray[np.float64]
    nomenclature: str
    held: frozenset[str]
    source: Source

    def __len__(self) -> int:
        """How many flows there are."""
        return len(self.year)

    def of(self, **equal: object) -> Flows:
        """The flows whose named arrays hold these values."""
        at = np.ones(len(self), dtype=bool)
        for name, value in equal.items():
            at &= getattr(self, name) == value
        arrays = {name: getattr(self, name)[at] for name in ARRAYS}
        return Flows(**arrays, nomenclature=self.nomenclature, held=self.held, source=self.source)


ARRAYS = ("year", "importer", "exporter", "code", "value_usd", "mass_t")


def world_flows(
    codes: Collection[str],
    years: Sequence[int],
    store: Store | Path | str | None = None,
    *,
    nomenclature: str = NOMENCLATURE,
) -> Flows:
    """Flows of some six-digit codes in some years, sorted by year, code, importer and exporter.

    Parameters
    ----------
    codes
        Subheadings with leading zeros; none means all.
    years
        Calendar years. The store answers if it holds every one of them, else the shipped slice does.
    store
        The store, or its folder; the user's own by default.
    nomenclature
        Edition of the Harmonized System the codes belong to.

    Raises
    ------
    DataMissingError
        If neither holds trade in one of the years; the message says what to load.
    UsageError
        If no year is asked for.

    Examples
    --------
    >>> flows = world_flows(["250410"], [2024], "nowhere")
    >>> len(flows) > 500, "280530" in flows.held, "850760" in flows.held
    (True, True, False)
    """
    if not years:
        raise UsageError("flows need at least one year.")
    place, wanted = held(store), sorted(set(years))
    if set(wanted) <= set(_years_loaded(place, nomenclature)):
        return _loaded(place, codes, wanted, nomenclature)
    if nomenclature == NOMENCLATURE and set(wanted) <= set(_years_shipped()):
        return _shipped(codes, wanted)
    raise DataMissingError(_missing(place, wanted, nomenclature))


def years_held(store: Store | Path | str | None = None, nomenclature: str = NOMENCLATURE) -> tuple[int, ...]:
    """Years of which there is trade between countries, in the store or shipped."""
    known = set(_years_loaded(held(store), nomenclature))
    return tuple(sorted(known | (set(_years_shipped()) if nomenclature == NOMENCLATURE else set())))


def _missing(store: Store, wanted: Sequence[int], nomenclature: str) -> str:
    """What is missing and how to get it."""
    there = years_held(store, nomenclature)
    told = f"{there[0]} to {there[-1]}" if there else "none"
    gone = ", ".join(str(year) for year in wanted if year not in there) or ", ".join(map(str, wanted))
    hint = "Load more: monazite fetch baci, or monazite load BACI_HS92_Y....csv"
    return f"no trade between countries in {nomenclature} for {gone}; there is {told}. {hint}."


def world_totals(
    codes: Collection[str],
    store: Store | Path | str | None = None,
    *,
    nomenclature: str = NOMENCLATURE,
) -> dict[str, dict[int, tuple[float, float | None]]]:
    """World trade of some codes by year: value in USD, and mass in t or none where none is recorded.

    Years that the store holds are its own, the others as shipped (1995 to 2024). A code whose trade falls
    to next to nothing and stays there has died; one that is not there is not in the data.

    Examples
    --------
    >>> found = world_totals(["811230"], "nowhere")["811230"]
    >>> round(found[2006][0] / 1e6, 1), found[2012][0] < 1e6
    (80.7, True)
    """
    place = held(store)
    found: dict[str, dict[int, tuple[float, float | None]]] = {}
    for row in [*_totals_shipped(codes, nomenclature), *_totals_loaded(place, codes, nomenclature)]:
        found.setdefault(row["code"], {})[row["year"]] = (row["value_usd"], row["mass_t"])
    return found


def _totals_shipped(codes: Collection[str], nomenclature: str) -> list[dict[str, Any]]:
    """World trade by code and year, as shipped."""
    if nomenclature != NOMENCLATURE:
        return []
    sql = f"SELECT year, code, value_usd, mass_t FROM {WORLD_TRADE_TOTAL.name} WHERE true{_among(codes)}"
    return shipped.query(f"{sql} ORDER BY code, year")


def _totals_loaded(store: Store, codes: Collection[str], nomenclature: str) -> list[dict[str, Any]]:
    """World trade by code and year, as loaded, in the latest edition of each year."""
    if not _years_loaded(store, nomenclature):
        return []
    own = f"{LOADED} AND nomenclature = {text(nomenclature)}"
    latest = f"(year, as_of) IN (SELECT (year, max(as_of)) FROM trade WHERE {own} GROUP BY year)"
    sql = f"SELECT year, code, {_SUMS} FROM trade WHERE {own} AND {latest}{_among(codes)}"
    return reading.query(store, f"{sql} GROUP BY year, code ORDER BY code, year")


_SUMS = "sum(value_usd::HUGEINT)::DOUBLE AS value_usd, sum(mass_t::DECIMAL(24, 3))::DOUBLE AS mass_t"


# ── loaded ────────────────────────────────────────────────────────────────────────────────────


def _years_loaded(store: Store, nomenclature: str) -> list[int]:
    """Years of BACI in the store."""
    if TRADE not in store.tables():
        return []
    sql = f"SELECT DISTINCT year FROM trade WHERE {LOADED} AND nomenclature = {text(nomenclature)}"
    return [int(row["year"]) for row in reading.query(store, f"{sql} ORDER BY year")]


def _loaded(store: Store, codes: Collection[str], years: Sequence[int], nomenclature: str) -> Flows:
    """Flows of the store, in the latest edition of each year."""
    own = f"{LOADED} AND nomenclature = {text(nomenclature)}"
    when = f"{own} AND year IN ({', '.join(map(str, years))})"
    latest = f"(year, as_of) IN (SELECT (year, max(as_of)) FROM trade WHERE {when} GROUP BY year)"
    sql = f"SELECT {_COLUMNS} FROM trade WHERE {when} AND {latest}{_among(codes)} ORDER BY {_ORDER}"
    arrays = reading.arrays(store, sql)
    known = reading.query(store, f"SELECT DISTINCT code FROM trade WHERE {own}")
    return Flows(**arrays, nomenclature=nomenclature, held=_codes(known), source=_source(store, when, latest))


def _source(store: Store, when: str, latest: str) -> Source:
    """What the flows of the store are cited by."""
    sql = f"SELECT DISTINCT snapshot FROM trade WHERE {when} AND {latest}"
    rows = reading.query(store, f"FROM snapshot WHERE snapshot IN ({sql}) ORDER BY snapshot")
    return _cited(rows)


def _cited(rows: list[dict[str, Any]]) -> Source:
    """A publication of one or several files."""
    first = rows[0]
    editions = ", ".join(dict.fromkeys(str(row["as_of"]) for row in rows))
    files = tuple(dict.fromkeys(str(row["snapshot"]) for row in rows))
    return Source(editions, first["title"], first["publisher"], first["doi"], first["licence"], files)


# ── shipped ───────────────────────────────────────────────────────────────────────────────────


def _years_shipped() -> list[int]:
    """Years of the slice that is shipped."""
    rows = shipped.query(f"SELECT DISTINCT year FROM {WORLD_TRADE.name} ORDER BY year")
    return [int(row["year"]) for row in rows]


def _shipped(codes: Collection[str], years: Sequence[int]) -> Flows:
    """Flows of the slice that is shipped."""
    when = f"year IN ({', '.join(map(str, years))}){_among(codes)}"
    arrays = shipped.arrays(f"SELECT {_COLUMNS} FROM {WORLD_TRADE.name} WHERE {when} ORDER BY {_ORDER}")
    (source,) = shipped_sources(SOURCE)
    return Flows(**arrays, nomenclature=NOMENCLATURE, held=_codes_shipped(NOMENCLATURE), source=source)


def _codes_shipped(nomenclature: str) -> frozenset[str]:
    """Codes that are or once were traded in what is shipped."""
    return _codes(_totals_shipped((), nomenclature))


_ORDER = "year, code, importer, exporter"


def _among(codes: Collection[str]) -> str:
    """The condition that a code is among those asked for."""
    return f" AND code IN ({', '.join(map(text, sorted(codes)))})" if codes else ""


def _codes(rows: list[dict[str, Any]]) -> frozenset[str]:
    """Codes of some rows."""
    return frozenset(str(row["code"]) for row in rows)
