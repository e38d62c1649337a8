"""THE ARITHMETIC: numbers and arrays in, numbers out; no engine, no files.

========================  ================================================================
:mod:`.interval`          sums, quotients and roundings of figures known only within bounds
:mod:`.concentration`     how few suppliers there are, with bounds where some are not named
:mod:`.similarity`        how alike two mixes of suppliers are
:mod:`.governance`        governance as a weight, with bounds where a supplier has no score
:mod:`.screens`           strategic dependences by thresholds; what is left without the largest supplier
:mod:`.supply_risk`       supply risk of the European Union and of the U.S. Geological Survey
:mod:`.geopolrisk`        geopolitical supply risk, and its characterisation factor
:mod:`.reserves`          how long reserves last, what scrap gives, what hangs on another metal
:mod:`.dependence`        apparent consumption, net import reliance, and whether they agree
:mod:`.families`          codes that links tie together
:mod:`.weights`           weights that carry trade from one edition's codes to another's
:mod:`.information`       what splitting a code would tell
:mod:`.prices`            how far and how restlessly a price has moved
:mod:`.pass_through`      what dearer materials add to the cost of products and to the import bill
:mod:`.tracing`           where goods were produced, through every country that passes them on
:mod:`.lookthrough`       exposure through suppliers' suppliers; materials inside goods
:mod:`.origin_bounds`     least and most of each origin that keeps every balance
:mod:`.network`           what goes unserved without a supplier, after re-routing
========================  ================================================================
"""

from __future__ import annotations

from monazite.methods.concentration import (
    concentration_ratio,
    concentration_ratio_bounds,
    effective_number,
    evenness,
    hhi,
    hhi_bounds,
    leading_share_bounds,
    normalised_hhi,
    shannon,
    shannon_effective_number,
    theil,
)
from monazite.methods.dependence import (
    apparent_consumption,
    identity_gap,
    identity_is_open,
    net_import_reliance,
    net_import_reliance_from_components,
    net_import_reliance_from_trade,
    stock_change,
)
from monazite.methods.interval import Quantity, as_published, from_percent, rounding_half_width, to_percent
from monazite.methods.prices import PriceRange, price_range, volatility

__all__ = [
    "PriceRange",
    "Quantity",
    "apparent_consumption",
    "as_published",
    "concentration_ratio",
    "concentration_ratio_bounds",
    "effective_number",
    "evenness",
    "from_percent",
    "hhi",
    "hhi_bounds",
    "identity_gap",
    "identity_is_open",
    "leading_share_bounds",
    "net_import_reliance",
    "net_import_reliance_from_components",
    "net_import_reliance_from_trade",
    "normalised_hhi",
    "price_range",
    "rounding_half_width",
    "shannon",
    "shannon_effective_number",
    "stock_change",
    "theil",
    "to_percent",
    "volatility",
]
