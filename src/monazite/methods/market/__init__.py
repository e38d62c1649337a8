"""Markets after a cut: price and quantity, along a chain, between blocs, inside and outside.

==================  =====================================================================
:mod:`.equilibrium` one market, whose other producers have finite capacity
:mod:`.chain`       ore, oxide, metal, magnet: a cut at any stage
:mod:`.blocs`       a cut aimed at some importers; re-routing and leakage
:mod:`.inside`      the price inside the restricting country; tariffs and price floors
:mod:`.horizon`     elasticities that grow with time
==================  =====================================================================
"""

from monazite.methods.market.blocs import Blocs, two_blocs
from monazite.methods.market.chain import Chain, chain_equilibrium
from monazite.methods.market.equilibrium import Market, capacity_price, equilibrium, slack_price
from monazite.methods.market.horizon import elasticity_at
from monazite.methods.market.inside import floor_quantity, inside_price, tariff_equilibrium

__all__ = [
    "Blocs",
    "Chain",
    "Market",
    "capacity_price",
    "chain_equilibrium",
    "elasticity_at",
    "equilibrium",
    "floor_quantity",
    "inside_price",
    "slack_price",
    "tariff_equilibrium",
    "two_blocs",
]
