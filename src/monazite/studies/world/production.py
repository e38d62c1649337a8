"""World production by country: World Mining Data as loaded, else the Mineral Commodity Summaries shipped."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes.countries import OTHER, WORLD
from monazite.codes.materials import material as material_of
from monazite.codes.production_series import OXIDES, production_series
from monazite.errors import DataMissingError, MethodError
from monazite.results.result import Source
from monazite.schema.minerals import MINERAL_STATISTIC
from monazite.store import reading
from monazite.store.engine import text
from monazite.studies.dependence.figures import balances, items
from monazite.studies.nomenclature.answer import shipped_sources
from monazite.studies.world import held

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.codes.production_series import ProductionSeries
    from monazite.store.home import Store
    from monazite.studies.dependence.figures import Figure

COMPILER, SUMMARIES = "wmd", "mcs"
"""World Mining Data, and the Mineral Commodity Summaries of the USGS."""

_REFINED = re.compile(r"refinery|smelter|primary production|sponge", re.IGNORECASE)
_MINED = re.compile(r"mine production|production, mine|usable ore", re.IGNORECASE)
_BASIS = ((re.compile(r"rare-earth-oxide|K2O|TiO2|Y2O3"), "oxide"), (re.compile(r"content"), "content"))


class Producer(NamedTuple):
    """What a country produces, between two ends; in the unit of the production it is part of."""

    country: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Production:
    """World production of a material at a stage in a year.

    ``producers`` are countries; what the publisher gives as other countries is ``rest``, whose place is
    not known. ``silent`` are countries named without a figure (withheld, not available): not zero.
    ``unit`` is mostly t, ``basis`` what a mass counts (content, oxide, gross, dry, or empty where not
    stated), ``formula`` the compound whose mass it is, where one is known. ``label`` is the series as
    published, ``where`` its file and line.
    """

    material: str
    stage: str
    year: int
    unit: str
    basis: str
    formula: str
    producers: tuple[Producer, ...]
    rest: float
    silent: tuple[str, ...]
    world: float | None
    label: str
    where: str
    source: Source

    def amounts(self) -> dict[str, float]:
        """Middle of what each country produces; one whose upper end is not known is not there."""
        return {one.country: (one.low + one.high) / 2 for one in self.producers if one.high < math.inf}


def world_production(
    material: str,
    year: int,
    store: Store | Path | str | None = None,
    *,
    source: str | None = None,
    stage: str | None = None,
) -> Production:
    """Production of a material by country in a year.

    Parameters
    ----------
    material
        Name, symbol or id.
    year
        Calendar year.
    store
        The store, or its folder; the user's own by default.
    source
        ``wmd`` for World Mining Data in the store, ``mcs`` for the shipped Mineral Commodity Summaries;
        by default the first if it has the year, else the second.
    stage
        ``ore``, ``refined``, ...; by default the mine's where there is one, else the first there is.

    Raises
    ------
    DataMissingError
        If there is none; the message says what there is and what to load.

    Examples
    --------
    >>> found = world_production("rare earths", 2024, "nowhere")
    >>> found.stage, found.basis, found.amounts()["CHN"]
    ('ore', 'oxide', 270000.0)
    """
    known = productions(material, year, store, source=source)
    fitting = [one for one in known if stage in (None, one.stage)]
    if not fitting:
        told = f"; there is {', '.join(sorted({one.stage for one in known}))}" if known else ""
        what = f"{material_of(material).name}{f' ({stage})' if stage else ''} in {year}"
        raise DataMissingError(
            f"no production of {what} by country{told}. Shipped are 2023 to 2025; for 2018 to 2024 load World"
            " Mining Data: monazite load FILE."
        )
    return min(fitting, key=lambda one: one.stage != "ore")


def productions(
    material: str, year: int, store: Store | Path | str | None = None, *, source: str | None = None
) -> tuple[Production, ...]:
    """Every series of production of a material in a year, of the first source that has any."""
    asked = material_of(material).id
    found: tuple[Production, ...] = ()
    if source in (None, COMPILER):
        found = _compiled(asked, year, held(store))
    return found if found or source == COMPILER else _summaries(asked, year)


# ── World Mining Data ─────────────────────────────────────────────────────────────────────────


def _compiled(material: str, year: int, store: Store) -> tuple[Production, ...]:
    """Series of World Mining Data in the store."""
    series = (one for one in production_series() if (one.material, one.source) == (material, COMPILER))
    found = (of_chapter(one.chapter, year, store, one) for one in series)
    return tuple(one for one in found if one.producers)


def of_chapter(chapter: str, year: int, store: Store, series: ProductionSeries | None = None) -> Production:
    """One mineral of World Mining Data as the store holds it, by its name there; without producers if none.

    >>> from monazite.studies.world import held
    >>> of_chapter("Cobalt", 2022, held("nowhere")).producers
    ()
    """
    return built(chapter, year, store, compiled(year, store).get(chapter, []), series)


def compiled(year: int, store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of World Mining Data of a year as the store holds it, in its latest edition, by chapter."""
    found: dict[str, list[dict[str, Any]]] = {}
    if MINERAL_STATISTIC in store.tables():
        own = f"source = {text(COMPILER)} AND year = {int(year)}"
        latest = f"as_of = (SELECT max(as_of) FROM mineral_statistic WHERE {own})"
        sql = f"FROM mineral_statistic WHERE {own} AND {latest} ORDER BY chapter, country"
        for row in reading.query(store, sql):
            found.setdefault(row["chapter"], []).append(row)
    return found


def built(
    chapter: str, year: int, store: Store, rows: list[dict[str, Any]], series: ProductionSeries | None = None
) -> Production:
    """Production from the rows of one chapter."""
    known = [row for row in rows if row["low"] is not None]
    named = [row for row in known if row["country"] not in (WORLD, OTHER)]
    first = rows[0] if rows else {}
    formula = series.formula if series else ""
    return Production(
        material=series.material if series else "",
        stage=series.stage if series else "",
        year=year,
        unit=first.get("unit", ""),
        basis=first.get("basis", "") or ("content" if formula else ""),
        formula=formula,
        producers=tuple(Producer(row["country"], row["low"], _high(row["high"])) for row in named),
        rest=sum(_high(row["high"]) for row in known if row["country"] == OTHER),
        silent=tuple(row["country"] for row in rows if row["low"] is None),
        world=next((row["value"] for row in known if row["country"] == WORLD), None),
        label=f"World Mining Data: {chapter}",
        where=first.get("file", ""),
        source=_loaded_source(store, first.get("snapshot")),
    )


def _high(end: float | None) -> float:
    """An upper end that may be open."""
    return math.inf if end is None else float(end)


def _loaded_source(store: Store, snapshot: str | None) -> Source:
    """What a figure of the store is cited by."""
    if snapshot is None:
        return Source("", "World Mining Data", "", "", "", ())
    return _cited(store, snapshot)


@lru_cache(maxsize=64)
def _cited(store: Store, snapshot: str) -> Source:
    """The publication a snapshot is of; what stands under a digest never changes."""
    (row,) = reading.query(store, f"FROM snapshot WHERE snapshot = {text(snapshot)} LIMIT 1")
    return Source(row["as_of"], row["title"], row["publisher"], row["doi"], row["licence"], (snapshot,))


# ── Mineral Commodity Summaries ───────────────────────────────────────────────────────────────


def _summaries(material: str, year: int) -> tuple[Production, ...]:
    """Series of the latest shipped edition that has the year."""
    for as_of in sorted({key[0] for key in balances()}, reverse=True):
        held_: dict[str, list[Figure]] = {}
        stages: dict[str, str] = {}
        for item in (one for one in items().values() if one["material"] == material):
            balance = balances().get((as_of, item["item"]))
            for figure in balance.terms["world-production"].get(year, []) if balance else []:
                name = _family(figure.series)
                if figure not in held_.setdefault(name, []):
                    held_[name].append(figure)
                    stages[name] = _stage(figure.series, item["stage"])
        if held_:
            return tuple(_summary(material, stages[name], held_[name], as_of) for name in sorted(held_))
    return ()


def _family(series: str) -> str:
    """A series without what it remarks on single countries after the colon or in brackets."""
    return re.split(r": (?=[a-z])| \((?=ilmenite|extracted|from)", series, maxsplit=1)[0].casefold()


def _stage(series: str, otherwise: str) -> str:
    """Stage a series is of, by its words."""
    if _MINED.search(series):
        return "ore"
    return "refined" if _REFINED.search(series) and otherwise != "intermediate" else otherwise


def _summary(material: str, stage: str, figures: list[Figure], as_of: str) -> Production:
    """One series of an edition as production."""
    first = figures[0]
    known = [one for one in figures if one.interval is not None]
    named = [one for one in known if one.country not in (WORLD, OTHER)]
    basis = next((name for told, name in _BASIS if told.search(first.series)), first.basis) or first.basis
    (source,) = (one for one in _publications() if one.as_of == as_of)
    return Production(
        material=material,
        stage=stage,
        year=first.year,
        unit=first.unit,
        basis=basis,
        formula=_formula(material, basis),
        producers=tuple(_added(named)),
        rest=sum(one.interval.high for one in known if one.country == OTHER and one.interval),
        silent=tuple(one.country for one in figures if one.interval is None),
        world=next((one.value for one in known if one.country == WORLD), None),
        label=first.series,
        where=first.where,
        source=source,
    )


@cache
def _publications() -> tuple[Source, ...]:
    """The shipped editions."""
    return shipped_sources("usgs_mcs")


def _added(figures: list[Figure]) -> list[Producer]:
    """Producers with their figures, those of one country added up."""
    ends: dict[str, tuple[float, float]] = {}
    for one in figures:
        if one.interval is None:
            raise MethodError(f"{one.series}: a figure without an interval cannot be added.")
        low, high = ends.get(one.country, (0.0, 0.0))
        ends[one.country] = (low + max(0.0, one.interval.low), high + one.interval.high)
    return [Producer(country, low, high) for country, (low, high) in sorted(ends.items())]


def _formula(material: str, basis: str) -> str:
    """The compound whose mass is counted, for a basis of oxides; the symbol for content."""
    oxides = {"rare_earths": OXIDES, "titanium": "TiO2", "potash": "K2O", "yttrium": "Y2O3"}
    if basis == "content":
        return material_of(material).symbol
    return oxides.get(material, "") if basis == "oxide" else ""
