"""A measure of one material: an interval with its inputs, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monazite.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monazite.schema.interval import Interval

    Ends = tuple[float, float]


THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Value:
    """Two ends, or a reason; what it rests on, and how it follows from its inputs.

    ``inputs`` are ends by name; ``compute`` gives the measure from one number for each of them.
    """

    low: float | None = None
    high: float | None = None
    reason: str = ""
    refused: bool = False
    year: str = ""
    basis: str = ""
    source: str = ""
    inputs: Mapping[str, Ends] = field(default_factory=dict)
    compute: Callable[[Mapping[str, float]], float] | None = None

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.low is not None and self.high is not None

    @property
    def ends(self) -> Ends:
        """Both ends.

        Raises
        ------
        MethodError
            If there is no value: ask ``known`` first.
        """
        if self.low is None or self.high is None:
            raise MethodError(f"a measure that is not known has no ends: {self.reason}")
        return (self.low, self.high)

    @property
    def status(self) -> str:
        """One of the statuses of the answer."""
        if not self.known:
            return "refused" if self.refused else "missing"
        return "exact" if self.low == self.high else "interval"

    @property
    def told(self) -> str:
        """The inputs in words."""
        return "; ".join(f"{name} {_ends(ends)}" for name, ends in self.inputs.items())


def _ends(ends: Ends) -> str:
    """Two ends in words.

    >>> _ends((0.5, 0.5)), _ends((0.25, 0.5)), _ends((9999.0, 9999.0))
    ('0.5', '0.25–0.5', '9,999')
    """
    low, high = (f"{end:,.0f}" if end >= THOUSAND else f"{end:.3g}" for end in ends)
    return low if low == high else f"{low}–{high}"


def between(ends: Interval) -> Ends:
    """An interval as its ends."""
    return (ends.low, ends.high)


def missing(reason: str, *, refused: bool = False) -> Value:
    """No value, and why."""
    return Value(reason=reason, refused=refused)
