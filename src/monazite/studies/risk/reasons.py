"""Why the measures of one material disagree, in a sentence or two."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.materials import material
from monazite.results.words import percent_range
from monazite.schema.risk import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.studies.risk.facts import Facts
    from monazite.studies.risk.ranking import Places
    from monazite.studies.risk.value import Value

    Ends = tuple[float, float]

APART = 1 / 3
"""Places that lie further apart than this part of the list are worth a sentence."""
FEW = 3
"""Measures that are named where they are not known; more are counted."""
COMPARED = ("world_hhi", "governance_hhi", "source_hhi", "reliance", "eu_supply_risk", "geopolrisk")
AGREE = "The measures that are known agree"
_HEADINGS = {one.name: one.heading for one in MEASURES}


class Told(NamedTuple):
    """One material's values by measure, its places, and how many are ranked by each measure."""

    facts: Facts
    values: Mapping[str, Value]
    places: Mapping[str, Places]
    sizes: Mapping[str, int]


def reason(told: Told) -> str:
    """The widest disagreement that is certain; whose figures they are; what is refused."""
    known = [name for name in COMPARED if name in told.places and told.sizes[name] > 1]
    parts = [_main(told, known), _group(told.facts), _refused(told.values)]
    return " ".join(part for part in parts if part)


def _main(told: Told, known: list[str]) -> str:
    """What the places by different measures say."""
    gone = [_HEADINGS[name] for name in COMPARED if name not in known]
    if not known:
        why = next((one.reason for one in told.values.values() if one.reason), "nothing is published")
        return f"Not ranked by any of the measures: {why.rstrip('.')}."
    if len(known) == 1:
        return f"Only {_place(told, known[0])}{_why(told, known[0])}, is known."
    apart = [pair for pair in permutations(known, 2) if _disjoint(told, *pair)]
    first, last = max(
        apart, key=lambda pair: _middle(told, pair[1]) - _middle(told, pair[0]), default=("", "")
    )
    if not first or _middle(told, last) - _middle(told, first) < APART:
        named = ", ".join(gone) if len(gone) <= FEW else f"{len(gone)} of {len(COMPARED)}"
        return f"{AGREE}{f'; not known: {named}' if gone else ''}."
    return f"{_place(told, first)}{_why(told, first)}, but {_place(told, last)}{_why(told, last)}."


def _ends(told: Told, name: str) -> Ends:
    """First and last place, with those that share it, as parts of all that are ranked."""
    place, size = told.places[name], told.sizes[name]
    return ((place.low - 1) / size, max(place.high, place.low + place.level) / size)


def _middle(told: Told, name: str) -> float:
    """The middle of the places it may have, as a part of all that are ranked."""
    return sum(_ends(told, name)) / 2


def _disjoint(told: Told, first: str, last: str) -> bool:
    """Whether every place by the first is riskier than every place by the last."""
    return _ends(told, first)[1] <= _ends(told, last)[0]


def _place(told: Told, name: str) -> str:
    """A place in words."""
    place = told.places[name]
    ends = str(place.low) if place.low == place.high else f"{place.low}–{place.high}"
    level = f", level with {place.level} others" if place.level > FEW and place.low == place.high else ""
    return f"{_HEADINGS[name]} {ends} of {told.sizes[name]}{level}"


def _why(told: Told, name: str) -> str:
    """What makes a measure of the material what it is."""
    row, inputs = told.facts.row, told.values[name].inputs
    if name == "reliance":
        if row.get("net_exporter"):
            return " (a net exporter)"
        return f" ({percent_range(*told.values[name].ends)} imported)"
    if name == "eu_supply_risk":
        world, own, relied = (
            inputs[each] for each in ("world supply", "sourcing of imports", "import reliance")
        )
        return (
            f" (world supply {_figure(world)} and sourcing {_figure((10 * own[0], 10 * own[1]))} of 10,"
            f" {percent_range(*relied)} imported)"
        )
    if name == "geopolrisk":
        made, bought = (_figure(inputs[each], 2) for each in ("world HHI", "import risk"))
        return f" (world HHI {made}, imports {bought} unstable)"
    (what, share), *others = inputs.items()
    leader = what.removeprefix("share of ")
    verb = "sends" if name == "source_hhi" else "makes"
    unstable = f", instability {_figure(others[0][1], 2)}" if name == "governance_hhi" else ""
    return f" ({leader} {verb} {percent_range(*share)}{unstable})"


def _figure(ends: Ends, digits: int = 1) -> str:
    """A figure or an interval."""
    low, high = (f"{end:.{digits}f}" for end in ends)
    return low if low == high else f"{low}–{high}"


def _group(facts: Facts) -> str:
    """Whose figures they are, if not the material's own."""
    group = facts.row.get("group_value")
    return f"Figures are of {material(group).name} as a group." if group else ""


def _refused(values: Mapping[str, Value]) -> str:
    """That GeoPolRisk is refused, and why."""
    found = values["geopolrisk"]
    return f"GeoPolRisk refused: {found.reason.partition(';')[0].rstrip('.')}." if found.refused else ""
