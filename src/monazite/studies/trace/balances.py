"""Supply and use of each country, and what goes unserved without the larger suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.methods.network import removal_loss
from monazite.studies.trace.words import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.trace.networks import Network

LARGEST = 6
"""Suppliers whose removal is computed: those that export most."""


def balance_rows(network: Network) -> Iterator[dict[str, Any]]:
    """One row a country that supplies or uses any, the largest supply first."""
    supply, imports = network.supply, network.flows.sum(axis=1)
    exports = network.flows.sum(axis=0)
    asked = [at for at in np.argsort(-exports, kind="stable").tolist() if exports[at] > 0][:LARGEST]
    for at in np.argsort(-(supply + imports), kind="stable").tolist():
        if at == network.abroad or not supply[at] + imports[at]:
            continue
        out = network.abroad if at == network.home else at
        yield {
            "country": network.countries[at],
            "name": name_of(network.countries[at]),
            "production": float(network.production[out]),
            "imports": float(imports[at]),
            "exports": float(exports[out]),
            "unrecorded": float(network.unrecorded[out]),
            "unit": network.unit,
            **_without(network, out, asked=at in asked),
        }


def _without(network: Network, at: int, *, asked: bool) -> dict[str, float | None]:
    """What goes unserved without one supplier."""
    names = ("keystone", "unserved", "importer_unserved_low", "importer_unserved_high")
    if not asked:
        return dict.fromkeys(names)
    lost = removal_loss(network.supply, network.flows, [at], importers=[network.home])
    share, imports = network.supply[at] / network.supply.sum(), network.flows[network.home].sum()
    ends = [min(1.0, max(0.0, end[0] / imports)) for end in (lost.low, lost.high)]
    figures = (float(lost.share / share) if share else None, lost.share, *ends)
    return dict(zip(names, figures, strict=True))
