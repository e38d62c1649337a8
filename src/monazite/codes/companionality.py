"""How much of a material is won where another one pays for the mine, and which.

``data/companionality.csv`` holds it. It bounds what supply can answer: feed ``recovered`` to
:func:`monazite.methods.reserves.by_product_supply_limit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.codes.judged import judged

if TYPE_CHECKING:
    from monazite.codes.judged import Level
    from monazite.schema.judgement import Judgement

TABLE = "companionality.csv"


@dataclass(frozen=True, slots=True)
class Companionality:
    """Supply of a material as a by-product.

    ``share`` of its primary supply is won as a by-product of ``hosts`` (ids of materials, the largest
    first); ``recovered`` is the share of what the hosts bring up, and could be won, that is won today; both
    in [0, 1]. ``level`` says where the share was found.
    """

    material: str
    share: Judgement
    recovered: Judgement
    hosts: tuple[str, ...]
    level: Level


def companionality(material: str) -> Companionality:
    """Share won as a by-product, share recovered, and hosts.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    Examples
    --------
    >>> gallium = companionality("Ga")
    >>> gallium.share.central, gallium.recovered.central, gallium.hosts
    (1.0, 0.1, ('aluminum', 'zinc'))
    >>> companionality("tungsten").hosts
    ()
    """
    share, recovered = (judged(TABLE, [name], material, "*") for name in ("share", "recovered"))
    hosts = tuple(one for one in share.row["hosts"].split(";") if one)
    return Companionality(material, share.judgement, recovered.judgement, hosts, share.level)
