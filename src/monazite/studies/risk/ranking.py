"""Places by each measure: the places an interval may have, and what moves a place most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.studies.risk.value import Value


class Places(NamedTuple):
    """The highest and lowest place a material may have, its place by lower ends, and who shares it.

    ``level`` counts the others whose interval is the same.
    """

    low: int
    high: int
    certain: int
    level: int


class Sensitive(NamedTuple):
    """The input that moves a place most, and by how many places."""

    name: str
    places: int


TENTH = 0.1
"""By how much an input known exactly is moved."""


def places(values: Mapping[str, Value]) -> dict[str, Places]:
    """Places of the materials whose value is known, 1 being riskiest; the others have none.

    A place is given by the lower end, which is what is certain; equals share it.

    >>> from monazite.studies.risk.value import Value
    >>> told = places({"a": Value(0.9, 0.9), "b": Value(0.2, 1.0), "c": Value(0.1, 0.1), "d": Value()})
    >>> told["a"], told["b"], told["c"].certain
    (Places(low=1, high=2, certain=1, level=0), Places(low=1, high=2, certain=2, level=0), 3)
    """
    known = {one: v.ends for one, v in values.items() if v.known}
    found = {}
    for one, (low, high) in known.items():
        others = [ends for name, ends in known.items() if name != one]
        found[one] = Places(
            low=1 + sum(other[0] > high for other in others),
            high=1 + sum(other[1] > low for other in others),
            certain=1 + sum(other[0] > low for other in others),
            level=sum(other == (low, high) for other in others),
        )
    return found


def sensitivity(values: Mapping[str, Value], one: str) -> Sensitive | None:
    """The input of one material that moves its place most, each alone from end to end or by a tenth.

    The others stay at the middles of their intervals; nothing where the measure has no inputs.
    """
    value = values[one]
    if not value.known or value.compute is None or not value.inputs:
        return None
    middles = {name: sum(ends) / 2 for name, ends in value.inputs.items()}
    others = [sum(v.ends) / 2 for name, v in values.items() if name != one and v.known]
    moved = []
    for name, (low, high) in value.inputs.items():
        ends = (low, high) if high > low else (low * (1 - TENTH), min(low * (1 + TENTH), max(1.0, low)))
        at = [sum(other > value.compute({**middles, name: end}) for other in others) for end in ends]
        moved.append(Sensitive(name, max(at) - min(at)))
    return max(moved, key=lambda each: each.places)
