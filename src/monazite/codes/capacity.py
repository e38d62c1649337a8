"""Idle capacity of producers outside a restricting country, where nobody publishes it.

``data/idle_capacity.csv`` holds it. Where USGS publishes capacity beside production, as listed in
``data/capacity_series.csv``, :func:`monazite.studies.world.capacity.idle_outside` computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from monazite.codes import reviewed
from monazite.codes.judged import judged

if TYPE_CHECKING:
    from monazite.codes.judged import Level
    from monazite.schema.judgement import Judgement

TABLE = "idle_capacity.csv"


@dataclass(frozen=True, slots=True)
class IdleCapacity:
    """What producers outside could add without building.

    ``idle`` is a share of their present output, at least 0 and above 1 where most plants stand; ``ramp``
    the months until it runs. ``level`` says where ``idle`` was found, ``published`` where it is computed.
    """

    material: str
    stage: str
    idle: Judgement
    ramp: Judgement
    level: Level | Literal["published"]


@dataclass(frozen=True, slots=True)
class CapacitySeries:
    """Series of the Mineral Commodity Summaries: production and capacity of one material and stage."""

    material: str
    stage: str
    production: str
    capacity: str


def idle_capacity(material: str, stage: str = "*") -> IdleCapacity:
    """Idle capacity as judged; the nearest row counts.

    Raises
    ------
    UnknownCodeError
        If nothing is called that, or there is no such stage.

    Examples
    --------
    >>> found = idle_capacity("lithium_ion_batteries", "cell")
    >>> found.idle.central, found.ramp.unit, found.level
    (0.8, 'month', 'own')
    """
    idle, ramp = (judged(TABLE, [name], material, stage) for name in ("idle", "ramp"))
    return IdleCapacity(material, stage, idle.judgement, ramp.judgement, idle.level)


@cache
def capacity_series() -> tuple[CapacitySeries, ...]:
    """Pairs of series, in the order of the table.

    Examples
    --------
    >>> capacity_series()[0].material
    'aluminum'
    """
    return tuple(CapacitySeries(**row) for row in reviewed.rows("capacity_series.csv"))
