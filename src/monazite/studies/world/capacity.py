"""Idle capacity outside restricting countries, from published capacity and production where both exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.capacity import IdleCapacity, capacity_series, idle_capacity
from monazite.codes.countries import country
from monazite.codes.materials import material as material_of
from monazite.errors import UnknownCodeError
from monazite.schema.judgement import Judgement
from monazite.store import shipped

if TYPE_CHECKING:
    from collections.abc import Collection

    from monazite.codes.capacity import CapacitySeries

WORLD = "WLD"
_HALF = 0.5
_PAIRS = """
    SELECT made.country, made.year, made.value AS output, held.value AS capacity, made.source
    FROM mineral_statistic AS made JOIN mineral_statistic AS held USING (as_of, country, year)
    WHERE made.series = ? AND held.series = ? AND made.section = 'world' AND held.section = 'world'
      AND made.measure = 'production' AND held.measure = 'capacity'
      AND made.value IS NOT NULL AND held.value IS NOT NULL
      AND (as_of, year) = (
        SELECT max((as_of, year)) FROM mineral_statistic
        WHERE series = held.series AND measure = 'capacity' AND value IS NOT NULL)
    ORDER BY made.country
"""


def idle_outside(material: str, stage: str, restricting: Collection[str]) -> IdleCapacity:
    """What producers outside could add without building, as a share of their output.

    Of published figures, the highest value is all that stands idle outside, the likeliest what stands idle
    in countries that produce today, and the lowest half of that: nameplate is more than plants reach.
    Countries whose capacity or production is not told are left out of both. Without published figures, or
    where nobody outside produces, it is the judgement of ``idle_capacity.csv``, as the ramp always is.

    Parameters
    ----------
    material
        A material by any of its names, or a product by its id.
    stage
        Stage of the chain.
    restricting
        Countries that cut, by code or name.

    Raises
    ------
    UnknownCodeError
        If there is no such material, stage or country.

    Examples
    --------
    >>> found = idle_outside("aluminum", "refined", ["CHN"])
    >>> round(found.idle.central, 2), found.idle.tag, found.level
    (0.19, 'C', 'published')
    """
    judged = idle_capacity(material, stage)
    cutting = {country(one).id for one in restricting}
    pairs = [row for row in _pairs(material, stage) if row["country"] not in {WORLD, *cutting}]
    output = sum(row["output"] for row in pairs)
    if not output:
        return judged
    return IdleCapacity(material, stage, _judgement(pairs, output), judged.ramp, "published")


def _pairs(material: str, stage: str) -> list[dict[str, Any]]:
    """Production and capacity of the countries for which the latest edition tells both."""
    found = _series(material, stage)
    return shipped.query(_PAIRS, [found.production, found.capacity]) if found else []


def _series(material: str, stage: str) -> CapacitySeries | None:
    """The pair of series of a material and stage, if there is one."""
    try:
        wanted = (material_of(material).id, stage)
    except UnknownCodeError:  # a product
        return None
    return next((one for one in capacity_series() if (one.material, one.stage) == wanted), None)


def _judgement(pairs: list[dict[str, Any]], output: float) -> Judgement:
    """Idle capacity as a share of output: half of the warm, the warm, all of it."""
    idle = [(max(0.0, row["capacity"] - row["output"]), row["output"] > 0) for row in pairs]
    warm = sum(amount for amount, runs in idle if runs) / output
    told = (
        f"{pairs[0]['source']}: capacity less production {pairs[0]['year']}, {len(pairs)} producers outside"
    )
    return Judgement(_HALF * warm, warm, sum(amount for amount, _ in idle) / output, "1", told, "C")
