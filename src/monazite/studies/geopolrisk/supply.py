"""World production behind a score: its concentration, and what the importer produces itself."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.material_codes import content_of
from monazite.codes.materials import material as material_of
from monazite.codes.production_series import production_series
from monazite.errors import DataMissingError, MethodError, UnknownCodeError
from monazite.methods.concentration import hhi, hhi_bounds
from monazite.schema.interval import Interval
from monazite.studies.world.production import built, world_production

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.codes.groups import Importer
    from monazite.store.home import Store
    from monazite.studies.world.production import Production

    Row = dict[str, Any]


class Supply(NamedTuple):
    """Concentration of world production, domestic production, the series they are of, and its stage."""

    hhi: Interval
    domestic: Interval
    production: Production
    stage: str


def supply(
    row: GeoPolRiskCode, importer: Importer, year: int, store: Store, loaded: Mapping[str, list[Row]]
) -> Supply:
    """Production of a material in a year: World Mining Data where loaded, else what is shipped.

    Raises
    ------
    DataMissingError
        If there is none by country.
    """
    found = production_of(row, year, store, loaded)
    made = domestic(found, importer.members)
    stage = found.stage or row.production_stage
    return Supply(concentration(found.amounts(), found.rest), made, found, stage)


def domestic(production: Production, members: tuple[str, ...]) -> Interval:
    """What some countries produce, in the unit of the production: missing is not zero.

    Without an upper end where the figure of one is withheld or not available; up to what other countries
    produce together where one is not named.
    """
    own = [one for one in production.producers if one.country in members]
    low, high = sum(one.low for one in own), sum(one.high for one in own)
    if set(members) & set(production.silent):
        return Interval(low, math.inf)
    return Interval(low, high + (production.rest if len(own) < len(members) else 0.0))


def production_of(
    row: GeoPolRiskCode, year: int, store: Store, loaded: Mapping[str, list[Row]]
) -> Production:
    """Production of a material by country.

    Raises
    ------
    DataMissingError
        If there is none.
    """
    found = built(row.chapter, year, store, loaded.get(row.chapter, []))
    return found if found.producers else _shipped(row, year, store)


def _shipped(row: GeoPolRiskCode, year: int, store: Store) -> Production:
    """Production as shipped, at the stage the method counts where there is one."""
    if not row.material:
        raise DataMissingError(
            f"no production of {row.name} in {year}; load World Mining Data: monazite load FILE"
        )
    stage = row.production_stage if row.production_stage in ("ore", "refined") else None
    try:
        return world_production(row.material, year, store, source="mcs", stage=stage)
    except DataMissingError:
        return world_production(row.material, year, store, source="mcs")


def concentration(made: dict[str, float], rest: float) -> Interval:
    """HHI of production by country, with the rest from infinitely many to one.

    Raises
    ------
    DataMissingError
        If nothing is produced.
    """
    total = sum(made.values()) + rest
    if not total:
        raise DataMissingError("no production by country is known")
    if not rest:
        return Interval.exact(hhi(list(made.values())))
    return hhi_bounds([amount / total for amount in made.values()], rest / total)


@cache
def contents(row: GeoPolRiskCode, formula: str) -> tuple[tuple[float, float], ...]:
    """Content of the goods of each code in what production counts, between two ends; 0 to 1 where not known.

    >>> from monazite.codes.geopolrisk_codes import geopolrisk_codes
    >>> lithium = next(one for one in geopolrisk_codes() if one.name == "Lithium")
    >>> [tuple(round(end, 3) for end in ends) for ends in contents(lithium, "Li2O")]
    [(0.356, 0.356), (0.404, 0.404)]
    """
    return tuple(_content(row.material, goods, formula) for goods in row.formulas)


def _content(material: str, goods: str, counted: str) -> tuple[float, float]:
    """Content of one compound in another's mass."""
    if goods == "*":
        return (1.0, 1.0)
    try:
        share = content_of(material, goods) / content_of(material, counted)
    except (MethodError, UnknownCodeError, ZeroDivisionError):
        return (0.0, 1.0)
    return (share, share)


def series_formula(row: GeoPolRiskCode, production: Production) -> str:
    """The compound whose mass production counts; refined metal is counted as metal."""
    known = (one.formula for one in production_series() if one.chapter == row.chapter)
    formula = production.formula or (next(known, "") if production.label.endswith(row.chapter) else "")
    refined = not formula and row.material and production.stage == "refined"
    return material_of(row.material).symbol if refined else formula
