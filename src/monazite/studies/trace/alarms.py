"""Transshipment alarms over the years there are: by value, which is recorded where mass is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.methods.tracing import transshipment_alarms

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from monazite.codes.groups import Importer
    from monazite.studies.world.flows import Flows

MOST_ORIGINS = 8
"""Producers whose direct flows are followed: those that sent most over the years."""
SMALLEST_USD, NOTABLE = 1_000_000, 0.02
"""A detour of less, or of less than this part of the importer's imports of a year, is no alarm (U)."""


def alarms(
    flows: Flows, years: Sequence[int], importer: Importer, producers: Collection[str]
) -> list[dict[str, Any]]:
    """Falls of direct flows from producers with the detours that rose, the largest first."""
    place = {year: at for at, year in enumerate(years)}
    into_home = np.isin(flows.importer, importer.members)
    direct = _series(flows, into_home, flows.exporter, place)
    foreign = {one: series for one, series in direct.items() if one not in importer.members}
    largest = sorted(foreign, key=lambda one: (-foreign[one].sum(), one))
    origins = [one for one in largest if one in producers][:MOST_ORIGINS]
    ways = [one for one in largest if one not in producers]
    least = max(SMALLEST_USD, NOTABLE * sum(series.sum() for series in foreign.values()) / len(years))
    found = []
    for origin in origins if ways else ():
        sent = _series(flows, flows.exporter == origin, flows.importer, place)
        told = transshipment_alarms(
            foreign[origin],
            np.array([foreign[way] for way in ways]).T,
            np.zeros(len(ways), dtype=bool),
            into=np.array([sent.get(way, np.zeros(len(years))) for way in ways]).T,
        )
        for at, way in zip(*np.nonzero(told.alarm), strict=True):
            if told.fall[at] * told.covered[at, way] >= least:
                found.append(
                    {
                        "year": years[at],
                        "origin": origin,
                        "through": ways[way],
                        "fall_usd": float(told.fall[at]),
                        "covered": float(told.covered[at, way]),
                        "score": float(told.score[at, way]),
                    }
                )
    return sorted(found, key=lambda row: (-row["fall_usd"] * row["covered"], row["year"], row["through"]))


def _series(flows: Flows, chosen: Any, ends: Any, place: dict[int, int]) -> dict[str, Any]:  # noqa: ANN401 - arrays
    """Value by year of each country at one end of the chosen flows."""
    found: dict[str, Any] = {}
    for country, year, value in zip(
        ends[chosen].tolist(), flows.year[chosen].tolist(), flows.value_usd[chosen].tolist(), strict=True
    ):
        found.setdefault(country, np.zeros(len(place)))[place[year]] += value
    return found
