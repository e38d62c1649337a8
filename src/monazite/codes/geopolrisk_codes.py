"""Which subheadings and which series of production the published GeoPolRisk method uses for each material."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monazite.codes import reviewed

SAME = "*"
"""The goods are counted as production is: gross weight of the mineral."""


@dataclass(frozen=True, slots=True)
class GeoPolRiskCode:
    """A material of the method: subheadings of HS1992, series of World Mining Data, and what does not fit.

    ``formulas`` say what the goods of each code are, where that is one compound; ``*`` where they are
    counted as production is, nothing where it is not known. ``verdict`` is ``stage`` where the codes are of
    a stage at which the material is hardly traded, ``coverage`` where they hold only part of its trade,
    ``basket`` where they hold other goods too; ``note`` says why. ``price`` is the item of the Mineral
    Commodity Summaries whose price is of such goods, empty where none is. ``material`` is empty outside the
    list.
    """

    name: str
    material: str
    chapter: str
    codes: tuple[str, ...]
    trade_stage: str
    production_stage: str
    formulas: tuple[str, ...]
    verdict: str
    price: str
    note: str
    source: str
    tag: str


@cache
def geopolrisk_codes() -> tuple[GeoPolRiskCode, ...]:
    """Every material of the method, in its order.

    Examples
    --------
    >>> found = {one.name: one for one in geopolrisk_codes()}
    >>> len(found), found["Lithium"].codes, found["Germanium"].codes
    (53, ('282520', '283691'), ('811230',))
    """
    return tuple(_row(row) for row in reviewed.rows("geopolrisk_codes.csv"))


def _row(row: dict[str, str]) -> GeoPolRiskCode:
    codes = tuple(row["codes"].split())
    formulas = tuple(row["formulas"].split()) or ("",)
    each = formulas if len(formulas) == len(codes) else formulas[:1] * len(codes)
    told = {name: text for name, text in row.items() if name not in ("codes", "formulas")}
    return GeoPolRiskCode(codes=codes, formulas=each, **told)
