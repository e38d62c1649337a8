"""How fragile a network of supply is.

===================  =================================================================
:mod:`.removal`      what goes unserved without a supplier, after re-routing; keystones
:mod:`.shape`        who stands between, and how far goods circle
===================  =================================================================
"""

from __future__ import annotations

from monazite.methods.network.removal import RemovalLoss, keystone_scores, percolation, removal_loss
from monazite.methods.network.shape import betweenness, spectral_radius

__all__ = [
    "RemovalLoss",
    "betweenness",
    "keystone_scores",
    "percolation",
    "removal_loss",
    "spectral_radius",
]
