"""The network of one year: production and flows in one unit, the importer as one place goods end in.

The importer's own members are two nodes: one where what it imports ends, and one that supplies what it
exports, so that its goods coming home are its own. What others export beyond production and imports is
unrecorded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import DataMissingError
from monazite.methods.tracing import apparent_production, closed_loops, unrecorded_supply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from monazite.codes.groups import Importer
    from monazite.studies.trace.goods import Goods
    from monazite.studies.world.flows import Flows

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """Countries, what each is recorded to produce, what is not recorded, and flows[i, j] from j to i.

    ``home`` is where the importer's imports end, ``abroad`` what it sends out. ``loops`` are sets of
    countries whose flows among one another were taken out: goods circled there without a producer.
    ``imputed`` is the share of the world's value whose mass was estimated from the code's usual value per
    tonne.
    """

    countries: tuple[str, ...]
    production: Array
    unrecorded: Array
    flows: Array
    home: int
    abroad: int
    unit: str
    loops: tuple[tuple[str, ...], ...]
    imputed: float

    @property
    def supply(self) -> Array:
        """Everything that enters the network, recorded or not."""
        return self.production + self.unrecorded


def network_of(
    flows: Flows,
    goods: tuple[Goods, ...],
    produced: Mapping[str, float] | None,
    importer: Importer,
    *,
    by_value: bool,
) -> Network:
    """Build the network of the year's flows; without production net exporters are the producers."""
    place = _places(flows, produced or {}, importer)
    amounts, imputed = _amounts(flows, goods, by_value=by_value)
    home = place[importer.members[0]]
    abroad, n = home + 1, home + 2
    table = np.zeros((n, n))
    into, out = (np.array([place[one] for one in ends.tolist()], dtype=np.intp) for ends in
                 (flows.importer, flows.exporter))  # fmt: skip
    np.add.at(table, (into, out), amounts)
    np.fill_diagonal(table, 0.0)
    table[:, abroad], table[:, home] = table[:, home], 0.0
    made = np.zeros(n)
    for country, amount in (produced or {}).items():
        made[place[country]] += amount
    if produced is None:
        made = apparent_production(table)
    made[home], made[abroad] = 0.0, table[:, abroad].sum()
    others = sorted((at, country) for country, at in place.items() if at != home)
    names = (*(country for _, country in others), importer.id, importer.id)
    unit = "USD" if by_value else "t"
    return _covered(Network(names, made, np.zeros(n), table, home, abroad, unit, (), imputed))


def _places(flows: Flows, produced: Mapping[str, float], importer: Importer) -> dict[str, int]:
    """A place for each country; one for all members of the importer."""
    every = sorted({*flows.importer.tolist(), *flows.exporter.tolist(), *produced, *importer.members})
    others = [one for one in every if one not in importer.members]
    return {**{one: at for at, one in enumerate(others)}, **dict.fromkeys(importer.members, len(others))}


def _amounts(flows: Flows, goods: tuple[Goods, ...], *, by_value: bool) -> tuple[Array, float]:
    """Amount of each flow, and the share of the value whose mass is estimated.

    Raises
    ------
    DataMissingError
        If no flow of a code has a mass.
    """
    if by_value:
        return flows.value_usd, 0.0
    content = {one.code: one.content for one in goods}
    mass, missing = flows.mass_t.copy(), np.isnan(flows.mass_t)
    for code in {*flows.code.tolist()}:
        own, known = flows.code == code, (flows.code == code) & ~missing
        value, tonnes = flows.value_usd[known].sum(), flows.mass_t[known].sum()
        if not value:
            raise DataMissingError(f"no mass is recorded under {code}; trace by value: --by value.")
        mass[own & missing] = flows.value_usd[own & missing] * (tonnes / value)
    factors = np.array([content[code] for code in flows.code.tolist()])
    whole = flows.value_usd.sum()
    return mass * factors, float(flows.value_usd[missing].sum() / whole) if whole else 0.0


def _covered(network: Network) -> Network:
    """Take out loops without a producer, and cover exports that nothing recorded covers."""
    flows, found = network.flows.copy(), []
    gaps = unrecorded_supply(network.production, flows)
    while loops := closed_loops(network.production + gaps, flows):
        for members in loops:
            flows[np.ix_(members, members)] = 0.0
            found.append(tuple(network.countries[one] for one in members))
        gaps = unrecorded_supply(network.production, flows)
    return replace(network, flows=flows, unrecorded=gaps, loops=tuple(found))
