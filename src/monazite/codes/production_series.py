"""Which series of a compiler of world production is which material, at which stage, counted as what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monazite.codes import reviewed

OXIDES = "REO"
"""Oxides of all rare earths together: a basis, and no formula."""


@dataclass(frozen=True, slots=True)
class ProductionSeries:
    """A series: its chapter as published, its material and stage, the formula whose mass it counts.

    ``formula`` is empty where gross weight is counted, or where the publisher does not say.
    """

    material: str
    source: str
    chapter: str
    stage: str
    formula: str
    comment: str


@cache
def production_series() -> tuple[ProductionSeries, ...]:
    """Every series of the reviewed table, in its order.

    The stage is read from the names and World Mining Data's own title (mine production, but smelter or
    refinery production of metals that are won as by-products): judgement (U).

    Examples
    --------
    >>> [one.chapter for one in production_series() if one.material == "lithium"]
    ['Lithium (Li2O)']
    """
    return tuple(ProductionSeries(**row) for row in reviewed.rows("production_series.csv"))
