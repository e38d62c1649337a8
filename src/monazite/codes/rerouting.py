"""How much of a cut still arrives, through third countries or smuggled; ``data/rerouting.csv`` holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.codes.judged import LEVELS, judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.codes.judged import Level
    from monazite.schema.judgement import Judgement

TABLE = "rerouting.csv"
INPUTS = ("targeted", "everywhere", "delay")


@dataclass(frozen=True, slots=True)
class Rerouting:
    """Leakage of a ban: shares of the cut that still arrive, in [0, 1].

    ``targeted`` counts where named countries are cut off and others are not, ``everywhere`` where nobody is
    delivered. ``delay`` is how many months it takes to get there. Licences granted are no leakage: they
    belong to the scenario. ``levels`` says of each on which level it was found.
    """

    material: str
    targeted: Judgement
    everywhere: Judgement
    delay: Judgement
    levels: Mapping[str, Level]

    @property
    def level(self) -> Level:
        """The farthest level on which one of them was found."""
        return max(self.levels.values(), key=LEVELS.index)


def rerouting(material: str, stage: str = "*") -> Rerouting:
    """Leakage of a ban on a material or product.

    Raises
    ------
    UnknownCodeError
        If nothing is called that, or there is no such stage.

    Examples
    --------
    >>> rerouting("antimony").targeted.central, rerouting("tin").level
    (0.63, 'default')
    """
    found = {one: judged(TABLE, [one], material, stage) for one in INPUTS}
    levels = {name: one.level for name, one in found.items()}
    return Rerouting(material, **{name: one.judgement for name, one in found.items()}, levels=levels)
