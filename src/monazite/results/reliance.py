"""What can be said of rows by their net import reliance, the same wherever they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from monazite.results.frame import Row

HALF = 0.5


def known(row: Mapping[str, Any]) -> bool:
    """Whether the row has a net import reliance, as a figure or an interval."""
    return row["reliance_low"] is not None or row["reliance_high"] is not None


def over_half(row: Mapping[str, Any]) -> bool:
    """Whether more than half is imported for certain: 51 is, a published ``>50`` is, 50 is not."""
    low, status = row["reliance_low"], row["reliance_status"]
    return low is not None and (low > HALF or (low == HALF and status == "censored"))


def counted(rows: Iterable[Row]) -> list[Row]:
    """Rows to count materials by: a group that stands beside its members would count twice."""
    held = list(rows)
    groups = {row["group_value"] for row in held}
    return [row for row in held if row["material"] not in groups]
