"""Where goods really come from: traced through every country that passes them on.

=======================  ================================================================
:mod:`.network`          closed loops, hubs, exports that nothing covers
:mod:`.mirrors`          two records of each flow made one
:mod:`.origins`          origins of what each country consumes
:mod:`.stages`           the same through several stages, from mine to product
:mod:`.many`             thousands of products, reduced as they are traced
:mod:`.transshipment`    direct flows that fall while a detour rises
=======================  ================================================================
"""

from __future__ import annotations

from monazite.methods.tracing._lists import FlowLists
from monazite.methods.tracing.many import ManyOrigins, origins_of_many
from monazite.methods.tracing.mirrors import Reconciled, reconcile_mirrors
from monazite.methods.tracing.network import apparent_production, closed_loops, hubs, unrecorded_supply
from monazite.methods.tracing.origins import Origins, trace_imports, trace_origins
from monazite.methods.tracing.stages import Stage, StagedOrigins, trace_stages
from monazite.methods.tracing.transshipment import Alarms, transshipment_alarms

__all__ = [
    "Alarms",
    "FlowLists",
    "ManyOrigins",
    "Origins",
    "Reconciled",
    "Stage",
    "StagedOrigins",
    "apparent_production",
    "closed_loops",
    "hubs",
    "origins_of_many",
    "reconcile_mirrors",
    "trace_imports",
    "trace_origins",
    "trace_stages",
    "transshipment_alarms",
    "unrecorded_supply",
]
