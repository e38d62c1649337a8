"""Supply risk as two governments compute it.

==============  ====================================================================
:mod:`.usgs`    disruption potential, trade exposure, economic vulnerability; early warning
:mod:`.eu`      supply risk and economic importance of the European Union
==============  ====================================================================
"""

from __future__ import annotations

from monazite.methods.supply_risk.eu import (
    economic_importance,
    eu_import_reliance,
    eu_supply_risk,
    eu_supply_risk_by_stage,
    governance_trade_hhi,
    is_critical,
)
from monazite.methods.supply_risk.usgs import (
    disruption_potential,
    early_warning,
    economic_vulnerability,
    inability,
    recency_weighted_mean,
    scaled,
    supply_risk,
    trade_exposure,
    unwillingness,
)

__all__ = [
    "disruption_potential",
    "early_warning",
    "economic_importance",
    "economic_vulnerability",
    "eu_import_reliance",
    "eu_supply_risk",
    "eu_supply_risk_by_stage",
    "governance_trade_hhi",
    "inability",
    "is_critical",
    "recency_weighted_mean",
    "scaled",
    "supply_risk",
    "trade_exposure",
    "unwillingness",
]
