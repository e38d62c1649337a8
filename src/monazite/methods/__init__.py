"""THE ARITHMETIC: numbers and arrays in, numbers out; no engine, no files.

========================  ================================================================
:mod:`.interval`          sums, quotients and roundings of figures known only within bounds
:mod:`.concentration`     how few suppliers there are, with bounds where some are not named
:mod:`.dependence`        apparent consumption, net import reliance, and whether they agree
:mod:`.families`          codes that links tie together
:mod:`.weights`           weights that carry trade from one edition's codes to another's
:mod:`.information`       what splitting a code would tell
:mod:`.prices`            how far and how restlessly a price has moved
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
    "to_percent",
    "volatility",
]
