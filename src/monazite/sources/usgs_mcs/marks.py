"""Marks of the Mineral Commodity Summaries: what a published cell says.

========================  =============================================================
``1,234.5``               a figure
``—``                     zero
``W``                     withheld to avoid disclosing company proprietary data
``NA``                    not available
``E``                     net exporter (in net import reliance only)
``s``                     less than half a unit (also written out in MCS 2025)
``XX``                    not applicable
``>50``, ``<25``          a bound
``500–16,000``            a range
``Large``, ``Variable``   words
``?1``                    a figure whose sign the encoding lost
========================  =============================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"(?:(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?|\.\d{1,9})"
_EXACT = re.compile(rf"^[−-]?{_NUMBER}\.?$", re.ASCII)
_BOUND = re.compile(rf"^([<>])\s*({_NUMBER})$", re.ASCII)
_RANGE = re.compile(rf"^({_NUMBER})\s*[–-]\s*({_NUMBER})$", re.ASCII)
_LOST_SIGN = re.compile(rf"^\?({_NUMBER})$", re.ASCII)
_LESS_THAN = re.compile(rf"^Less than ({_NUMBER}) tons\.?$", re.IGNORECASE | re.ASCII)
_HALF_UNIT = re.compile(r"^(s|less than (1/2|½) unit\.?)$", re.IGNORECASE)
_WORDS = re.compile(
    r"^(Large|Small|Moderate|Very small|Moderate to large|Variable, depending on .+)$", re.IGNORECASE
)
_SILENT = {"W": "withheld", "NA": "not-available", "XX": "not-applicable"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell understood, in our unit; ``None`` ends are unbounded or unknown."""

    low: float | None
    high: float | None
    obs_status: str
    low_open: bool = False
    high_open: bool = False

    @property
    def value(self) -> float | None:
        """The figure, when it is exact."""
        return self.low if self.low is not None and self.low == self.high else None


UNREADABLE = Mark(None, None, "unreadable")


def read_mark(published: str, factor: Decimal, *, ceiling: float | None = None) -> Mark:
    """Understand one cell; ``ceiling`` is the most the quantity can be, in our unit.

    >>> read_mark(">50", Decimal("0.01"), ceiling=1)
    Mark(low=0.5, high=1, obs_status='censored', low_open=True, high_open=False)
    >>> read_mark("W", Decimal(1)).obs_status
    'withheld'
    """
    text = published.replace("\xa0", " ").strip()
    if text.upper() in _SILENT:
        return Mark(None, None, _SILENT[text.upper()])
    if text == "E":
        return Mark(None, 0.0, "net-exporter")
    if text == "—":
        return Mark(0.0, 0.0, "normal")
    mark = _read_figure(text, factor) or _read_interval(text, factor, ceiling)
    return mark if _possible(mark, ceiling) else UNREADABLE


def _read_figure(text: str, factor: Decimal) -> Mark | None:
    """Understand a cell that holds one figure, with its sign or without."""
    if _EXACT.match(text):
        figure = scaled(text, factor)
        return Mark(figure, figure, "normal")
    if _HALF_UNIT.match(text):
        return Mark(0.0, scaled("0.5", factor), "below-half-unit", high_open=True)
    if lost := _LOST_SIGN.match(text):
        figure = scaled(lost[1], factor)
        return Mark(-figure, figure, "unreadable")
    return None


def _read_interval(text: str, factor: Decimal, ceiling: float | None) -> Mark:
    """Understand a cell that holds a bound, a range, or words."""
    if bound := _BOUND.match(text):
        return _read_bound(bound[1], scaled(bound[2], factor), ceiling)
    if interval := _RANGE.match(text):
        return Mark(scaled(interval[1], factor), scaled(interval[2], factor), "range")
    if less := _LESS_THAN.match(text):
        return _read_bound("<", scaled(less[1], Decimal(1)), ceiling)
    return Mark(None, None, "described") if _WORDS.match(text) else UNREADABLE


def _read_bound(sign: str, figure: float, ceiling: float | None) -> Mark:
    """A censored figure: above a bound, or from zero to below one."""
    if sign == ">":
        return Mark(figure, ceiling, "censored", low_open=True)
    return Mark(0.0, figure, "censored", high_open=True)


def _possible(mark: Mark, ceiling: float | None) -> bool:
    """Whether some number lies between the ends, and none of it above the ceiling."""
    if mark.high is None:
        return True
    if ceiling is not None and mark.high > ceiling:
        return False
    if mark.low is None or mark.low < mark.high:
        return True
    return mark.low == mark.high and not (mark.low_open or mark.high_open)


def scaled(text: str, factor: Decimal) -> float:
    """A published figure in our unit, rounded to 15 significant digits.

    >>> scaled("57", Decimal("0.01"))
    0.57
    """
    product = Decimal(text.replace(",", "").replace("−", "-").rstrip(".")) * factor
    return float(f"{product:.15g}")
