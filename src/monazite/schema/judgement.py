"""A number nobody publishes as such: lowest, likeliest and highest value, unit, source and confidence tag."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from monazite.errors import UsageError
from monazite.schema.material_map import TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Judgement:
    """An uncertain number of a model, drawn from a triangle over [low, high] with its top at central.

    ``unit`` is as in a column (``1`` for a share, ``month``, ``kg/kWh``); ``source`` says who says so or,
    under tag ``U``, why we judge so; ``tag`` is one of V2, V1, S, C, U. What is tagged U stays out of
    headlines. A number that is certain has three equal values.

    Raises
    ------
    UsageError
        If a value is not finite, they are out of order, the tag is unknown or the source empty.

    Examples
    --------
    >>> Judgement(0.1, 0.3, 0.5, "1", "our reading of two studies", "U").central
    0.3
    """

    low: float
    central: float
    high: float
    unit: str
    source: str
    tag: str

    def __post_init__(self) -> None:
        """Refuse what is no judgement."""
        values = (self.low, self.central, self.high)
        if not (all(map(isfinite, values)) and self.low <= self.central <= self.high):
            raise UsageError(f"lowest, likeliest and highest value out of order: {values}")
        if self.tag not in TAGS or not self.source.strip():
            raise UsageError(f"tag {self.tag!r}, source {self.source!r}: give one of {TAGS} and a source.")

    @classmethod
    def of(cls, row: Mapping[str, str], name: str = "") -> Judgement:
        """From the cells low, central, high, unit, source and tag of a reviewed row.

        ``name`` goes before the first three: ``demand`` reads demand_low, demand_central, demand_high.
        """
        before = f"{name}_" if name else ""
        low, central, high = (float(row[f"{before}{end}"]) for end in ("low", "central", "high"))
        return cls(low, central, high, row["unit"], row["source"], row["tag"])
