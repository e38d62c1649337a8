"""How every result of interval arithmetic is built."""

from __future__ import annotations

import math

from monazite.schema.interval import Interval


def between(low: float, high: float, *, low_open: bool, high_open: bool) -> Interval:
    """Build an interval whose ends may meet by rounding or clipping: then it is exact, not empty.

    An infinite end carries no mark: no number reaches it in any case.
    """
    apart = low < high
    return Interval(
        low, high, low_open and apart and math.isfinite(low), high_open and apart and math.isfinite(high)
    )
