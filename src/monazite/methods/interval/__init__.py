"""Arithmetic on figures that are known only within bounds."""

from __future__ import annotations

from monazite.methods.interval.arithmetic import (
    Quantity,
    add,
    as_interval,
    divide,
    extremes,
    multiply,
    subtract,
)
from monazite.methods.interval.printed import as_published, from_percent, rounding_half_width, to_percent
from monazite.methods.interval.sets import clip, hull, intersect

__all__ = [
    "Quantity",
    "add",
    "as_interval",
    "as_published",
    "clip",
    "divide",
    "extremes",
    "from_percent",
    "hull",
    "intersect",
    "multiply",
    "rounding_half_width",
    "subtract",
    "to_percent",
]
