"""A number that is known only to lie between two others.

A published ``>50`` percent is not 50: it is (50, 100]. A withheld output is not zero: it
is [0, whatever the identity allows]. Every figure in monazite is an :class:`Interval`;
an exact figure is one whose ends meet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from ``low`` to ``high``; an open end is not itself included.

    >>> str(Interval(0.5, 1.0, low_open=True))
    '(0.5, 1]'
    >>> float(Interval.exact(0.67))
    0.67
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        """Refuse ends that are missing or cross, and intervals that hold no number."""
        if not (self.low <= self.high and self.low < math.inf and self.high > -math.inf):
            msg = f"an interval needs low <= high, found {self.low} and {self.high}"
            raise ValueError(msg)
        if self.low == self.high and (self.low_open or self.high_open):
            msg = f"an interval from {self.low} to itself with an open end holds no number"
            raise ValueError(msg)

    @classmethod
    def exact(cls, value: float) -> Interval:
        """The interval that holds one number."""
        return cls(value, value)

    @property
    def is_exact(self) -> bool:
        """Whether it holds one number only."""
        return self.low == self.high

    @property
    def width(self) -> float:
        """How far apart the ends are; 0 when exact, infinite when unbounded."""
        return self.high - self.low

    def __contains__(self, value: float) -> bool:
        """Whether a number lies inside."""
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    def __float__(self) -> float:
        """Give the one number of an exact figure; refuse to make a point of anything wider."""
        if not self.is_exact:
            msg = f"{self} is not one number; take its low and high"
            raise ValueError(msg)
        return float(self.low)

    def __str__(self) -> str:
        """Write it as mathematicians do: a round bracket leaves its end out."""
        if self.is_exact:
            return f"{self.low:.10g}"
        left = "(" if self.low_open or math.isinf(self.low) else "["
        right = ")" if self.high_open or math.isinf(self.high) else "]"
        return f"{left}{self.low:.10g}, {self.high:.10g}{right}"
