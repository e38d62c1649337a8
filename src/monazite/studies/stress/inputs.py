"""The uncertain inputs of a scenario: each with its name, meaning and judgement, drawn together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from monazite.methods.simulation import triangular_quantile
from monazite.schema.judgement import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

NONE = Judgement(0.0, 0.0, 0.0, "1", "the scenario does not allow it", "C")
MARKET = ("demand_", "supply_", "adjustment", "idle", "allied", "recycling", "choke", "cut")
"""How inputs of a market go on after the key of the subject."""
LEVEL = Judgement(0.0, 0.5, 1.0, "1", "where in their ranges several judgements lie together", "C")


@dataclass(frozen=True, slots=True)
class Input:
    """One uncertain input: what it is, in words, and what is known of it.

    A ``level`` is drawn evenly from 0 to 1 and says where in their ranges several judgements lie; what is
    only ``told`` is not drawn itself, but by such a level.
    """

    name: str
    meaning: str
    judgement: Judgement
    level: bool = False
    told: bool = False


@dataclass(slots=True)
class Inputs:
    """Every input of a scenario, in the order they were told; a name once told stays as it is."""

    known: dict[str, Input] = field(default_factory=dict)

    def add(self, name: str, meaning: str, judgement: Judgement) -> str:
        """Tell an input; its name."""
        self.known.setdefault(name, Input(name, meaning, judgement))
        return name

    def level(self, name: str, meaning: str) -> str:
        """Tell a level; its name."""
        self.known.setdefault(name, Input(name, meaning, LEVEL, level=True))
        return name

    def tell(self, name: str, meaning: str, judgement: Judgement) -> None:
        """Tell a judgement that a level draws."""
        self.known.setdefault(name, Input(name, meaning, judgement, told=True))

    def __iter__(self) -> Iterator[Input]:
        """Inputs in order."""
        return iter(self.known.values())

    @property
    def uncertain(self) -> tuple[Input, ...]:
        """Those that are drawn: their lowest and highest value differ."""
        return tuple(one for one in self if not one.told and one.judgement.low < one.judgement.high)

    def tags(self, key: str, parts: tuple[str, ...]) -> list[str]:
        """Tags of the inputs of a subject whose names go on like that."""
        begin = tuple(f"{key}:{part}" for part in parts)
        return [one.judgement.tag for one in self if not one.level and one.name.startswith(begin)]

    def values(self, points: Array) -> Mapping[str, Array]:
        """Values at points of the unit cube, shape (n, number of uncertain inputs), each shape (n,)."""
        drawn = {one.name: _drawn(one, points[:, at]) for at, one in enumerate(self.uncertain)}
        fixed = {one.name: np.full(len(points), one.judgement.central) for one in self if not one.told}
        return fixed | drawn

    def central(self) -> Mapping[str, Array]:
        """Every input at its likeliest value, as one draw."""
        return {one.name: np.array([one.judgement.central]) for one in self if not one.told}


def _drawn(one: Input, shares: Array) -> Array:
    """One input at shares of its probability."""
    return shares if one.level else at_level(shares, [one.judgement])[:, 0]


def at_level(level: Array, judgements: Sequence[Judgement]) -> Array:
    """Several judgements at one level of each draw, shape (n, judgements)."""
    ends = [[getattr(one, end) for one in judgements] for end in ("low", "central", "high")]
    return triangular_quantile(level[:, None], *ends)


def certain(value: float, unit: str, source: str, tag: str) -> Judgement:
    """A number that is not uncertain."""
    return Judgement(value, value, value, unit, source, tag)


def between(low: float, high: float, unit: str, source: str, tag: str) -> Judgement:
    """A number of which two ends are published."""
    return Judgement(low, (low + high) / 2, high, unit, source, tag)
