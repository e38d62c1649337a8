"""Direct against origin shares of the importer, their bounds, and the bands between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.methods.origin_bounds import origin_bounds
from monazite.methods.tracing import trace_imports, trace_origins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from monazite.studies.trace.networks import Network

    Array = NDArray[np.float64]

RECORDED, UNRECORDED = "recorded", "not recorded"


class Share(NamedTuple):
    """One origin's part in the imports: in proportion, least and most, all shares in 0-1."""

    place: int
    kind: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Traced:
    """The importer's imports: their amount, the direct shares, the origins, and who sent whose goods.

    ``bands`` are shares by origin (row: recorded supply, then unrecorded) and direct partner (column).
    """

    imports: float
    direct: Array
    shares: tuple[Share, ...]
    bands: Array


def traced(network: Network) -> Traced:
    """Trace the importer's imports through every country that passes goods on."""
    flows, supply, home = network.flows, network.supply, network.home
    received = flows[home]
    imports = float(received.sum())
    own = _recorded(network)
    mixes = _mixes(network)
    sent = mixes * received[:, np.newaxis] / imports
    bands = np.concatenate(((sent * own).T, (sent * (1 - own)).T))
    bounds = origin_bounds(network.production, flows, home, unrecorded=network.unrecorded)
    recorded, unrecorded = proportional(network)
    n = supply.size
    parts = [
        (RECORDED, recorded, bounds.low / imports, bounds.high / imports),
        (UNRECORDED, unrecorded, bounds.unrecorded_low / imports, bounds.unrecorded_high / imports),
    ]
    shares = [
        Share(at, kind, float(share[at]), float(min(low[at], share[at])), float(max(high[at], share[at])))
        for kind, share, low, high in parts
        for at in range(n)
        if share[at] > 0 or high[at] > 0
    ]
    return Traced(imports, received / imports, tuple(shares), bands)


def proportional(network: Network) -> tuple[Array, Array]:
    """Shares of the importer's imports by origin, of recorded and of unrecorded supply."""
    imports = network.flows[network.home].sum()
    origins = trace_origins(network.supply, network.flows).origin[network.home] / imports
    own = _recorded(network)
    return origins * own, origins * (1 - own)


def _recorded(network: Network) -> Array:
    """Share of each country's supply that is recorded."""
    supply = network.supply
    return np.asarray(np.divide(network.production, supply, out=np.zeros(supply.size), where=supply > 0))


def _mixes(network: Network) -> Array:
    """Shares of each origin (column) in each country's supply (row)."""
    supply = network.supply
    coming = trace_imports(supply, network.flows)
    all_of_it = coming + np.diag(supply)
    total = all_of_it.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(all_of_it, total, out=np.zeros_like(all_of_it), where=total > 0))
