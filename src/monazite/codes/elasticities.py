"""How demand for a material and its supply outside a restricting country answer to price.

``data/elasticities.csv`` holds them; ``docs/decisions/elasticities.md`` says what was read and what judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.codes.companionality import companionality
from monazite.codes.judged import LEVELS, judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.codes.judged import Level
    from monazite.schema.judgement import Judgement

TABLE = "elasticities.csv"
INPUTS = ("demand_short", "demand_long", "supply_short", "supply_long", "adjustment")
MOSTLY = 0.5
"""Share of supply won as a by-product from which on a material counts as one."""


@dataclass(frozen=True, slots=True)
class Elasticities:
    """Elasticities of a material or product at a stage.

    ``demand_*`` are positive magnitudes, ``supply_*`` those of producers outside the restricting country;
    ``*_short`` within about a year, ``*_long`` within five to ten; all pure numbers. ``adjustment`` is how
    many months the short run takes to give way to the long one. ``levels`` says of each on which level it
    was found: ``own``, ``group``, ``by_product`` or ``default``.

    A draw of the long run may lie below one of the short run where their ranges overlap; whoever draws
    takes the larger of the two for the long run.
    """

    material: str
    stage: str
    demand_short: Judgement
    demand_long: Judgement
    supply_short: Judgement
    supply_long: Judgement
    adjustment: Judgement
    levels: Mapping[str, Level]

    @property
    def level(self) -> Level:
        """The farthest level on which one of them was found."""
        return max(self.levels.values(), key=LEVELS.index)


def elasticities(material: str, stage: str = "*") -> Elasticities:
    """Elasticities of a material or product, each from the nearest row that has it.

    A material whose supply is mostly won as a by-product takes the supply of by-products where neither it
    nor its group has a row.

    Raises
    ------
    UnknownCodeError
        If nothing is called that, or there is no such stage.

    Examples
    --------
    >>> found = elasticities("copper", "refined")
    >>> found.demand_long.central, found.demand_long.tag, found.levels["demand_long"]
    (0.5, 'S', 'own')
    >>> elasticities("rhenium", "refined").levels["supply_short"]
    'by_product'
    """
    mostly = companionality(material).share.central >= MOSTLY
    found = {one: judged(TABLE, [one], material, stage, by_product=mostly) for one in INPUTS}
    levels = {name: one.level for name, one in found.items()}
    return Elasticities(
        material, stage, **{name: one.judgement for name, one in found.items()}, levels=levels
    )
