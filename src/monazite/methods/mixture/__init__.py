"""What a basket holds: a mixture of materials told apart by their unit values, with intervals."""

from __future__ import annotations

from monazite.methods.mixture.split import DRAWS, LEVEL, SLACK, Prices, Shares, Split, split

__all__ = ["DRAWS", "LEVEL", "SLACK", "Prices", "Shares", "Split", "split"]
