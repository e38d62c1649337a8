"""Figures of a cell, which may be a number, or a number in words with thousands separators."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from monazite.sources.workbook import Cell

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,9})?")
MISSING = frozenset(("", "-", "--", "n/a", "na"))
Figure = float | str | None


def figure(cell: Cell) -> Figure:
    """A cell's number; nothing if it is empty; its text if it is neither.

    >>> [figure(cell) for cell in (3.0, "1,052,836,705", "", "1,05", float("inf"))]
    [3.0, 1052836705.0, None, '1,05', 'inf']
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell) if abs(cell) < 2**63 and math.isfinite(cell) else str(cell)[:80]
    text = text_of(cell)
    if text.casefold() in MISSING:
        return None
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else text[:80]


def flagged(cell: Cell) -> bool:
    """Whether a column ``*_Suppressed`` counts a suppressed record, or says so."""
    return figure(cell) not in (None, 0.0)
