"""Who sends what behind each score, and how unstable each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.methods.governance import instability
from monazite.results.frame import Frame
from monazite.schema.geopolrisk import GEOPOLRISK_PARTNER
from monazite.studies.geopolrisk.rows import partner_name
from monazite.studies.geopolrisk.sums import unscored_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.studies.geopolrisk.rows import World
    from monazite.studies.world.flows import Flows


def partners(
    materials: Iterable[GeoPolRiskCode], flows: Flows, world: World, scores: Mapping[str, float]
) -> Frame:
    """Partners of some materials that are imported, the largest first."""
    found: list[dict[str, Any]] = []
    for one in materials:
        amounts = _amounts(one, flows, world)
        total = sum(amounts.values())
        for partner, amount in sorted(amounts.items(), key=lambda each: (-each[1], each[0])):
            low, high = _ends(partner, world, scores)
            row = {"name": one.name, "partner": partner, "partner_name": partner_name(partner)}
            ends = {"instability_low": low, "instability_high": high}
            found.append(row | {"imports_t": amount, "share": amount / total} | ends)
    return Frame(GEOPOLRISK_PARTNER, tuple(found))


def _amounts(one: GeoPolRiskCode, flows: Flows, world: World) -> dict[str, float]:
    """What each partner sends, in t; nothing if nothing has a mass."""
    members = world.importer.members
    mine = np.isin(flows.code, one.codes) & np.isin(flows.importer, members)
    mine &= world.published | ~np.isin(flows.exporter, members)
    amounts: dict[str, float] = {}
    for partner, mass in zip(flows.exporter[mine], flows.mass_t[mine], strict=True):
        amounts[partner] = amounts.get(partner, 0.0) + (0.0 if np.isnan(mass) else float(mass))
    return amounts if sum(amounts.values()) else {}


def _ends(partner: str, world: World, scores: Mapping[str, float]) -> tuple[float, float]:
    """Least and greatest instability of a partner."""
    if partner in world.importer.members:
        return (0.0, 0.0)
    if partner not in scores:
        return unscored_ends(published=world.published)
    found = float(instability(scores[partner]))
    return (found, found)
