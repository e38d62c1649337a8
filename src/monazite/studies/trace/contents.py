"""How far the shares hang on what the goods contain: the same trace with the least and the most of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monazite.studies.trace.networks import network_of
from monazite.studies.trace.origins import RECORDED, proportional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.codes.groups import Importer
    from monazite.studies.trace.goods import Goods
    from monazite.studies.trace.origins import Share
    from monazite.studies.world.flows import Flows

LEAST = 0.1
"""Content taken as the least where none is known: a tenth of the gross weight (judgement, U)."""


class Ends(NamedTuple):
    """The share of one origin, as it stands and over the contents the goods may have."""

    country: str
    kind: str
    low: float
    high: float


def over_contents(
    leader: Share, flows: Flows, used: tuple[Goods, ...], produced: Mapping[str, float], importer: Importer
) -> Ends:
    """The leading origin's share with the least, the taken and the most content under every code."""
    found, country = [leader.share], ""
    for name in ("low", "high"):
        network = network_of(
            flows, tuple(_fixed(one, name) for one in used), produced, importer, by_value=False
        )
        recorded, unrecorded = proportional(network)
        found.append(float((recorded if leader.kind == RECORDED else unrecorded)[leader.place]))
        country = network.countries[leader.place]
    return Ends(country, leader.kind, min(found), max(found))


def uncertain(used: tuple[Goods, ...]) -> bool:
    """Whether any of the goods may have more than one content."""
    return any(one.gross or one.low < one.high for one in used)


def _fixed(one: Goods, end: str) -> Goods:
    """Goods of their least or most content."""
    low, high = (LEAST, 1.0) if one.gross else (one.low, one.high)
    content = low if end == "low" else high
    return replace(one, low=content, high=content, gross=False)
