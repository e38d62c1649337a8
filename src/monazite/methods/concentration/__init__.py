"""How few suppliers there are: indices where all are known, bounds where some are not named."""

from __future__ import annotations

from monazite.methods.concentration.bounds import (
    concentration_ratio_bounds,
    hhi_bounds,
    leading_share_bounds,
)
from monazite.methods.concentration.indices import (
    concentration_ratio,
    effective_number,
    evenness,
    hhi,
    normalised_hhi,
    shannon,
    shannon_effective_number,
    theil,
)

__all__ = [
    "concentration_ratio",
    "concentration_ratio_bounds",
    "effective_number",
    "evenness",
    "hhi",
    "hhi_bounds",
    "leading_share_bounds",
    "normalised_hhi",
    "shannon",
    "shannon_effective_number",
    "theil",
]
