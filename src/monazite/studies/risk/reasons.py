"""Why the measures of one material disagree, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.words import percent_range
from monazite.schema.risk import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.studies.risk.measures import Facts
    from monazite.studies.risk.ranking import Places
    from monazite.studies.risk.value import Value

APART = 0.4
"""Places that lie further apart than this part of the list are worth a sentence."""
COMPARED = ("reliance", "source_hhi", "world_hhi", "governance_hhi", "eu_supply_risk", "geopolrisk")
_HEADINGS = {one.name: one.heading for one in MEASURES}


def reason(
    facts: Facts, values: Mapping[str, Value], ranks: Mapping[str, Places | None], sizes: Mapping[str, int]
) -> str:
    """One sentence on the widest disagreement; else on what is not known."""
    share = {
        name: (place.middle - 0.5) / sizes[name]
        for name in COMPARED
        if (place := ranks.get(name)) is not None and sizes[name] > 1
    }
    refused = next((v.reason for v in values.values() if v.refused), "")
    if not share and any(place is not None for place in ranks.values()):
        return "One material alone has no rank; see its measures."
    if not share:
        told = next((v.reason for v in values.values() if v.reason), "nothing is known")
        return f"Not ranked: {told}."
    high, low = min(share, key=share.__getitem__), max(share, key=share.__getitem__)
    if len(share) == 1:
        return f"Only {_HEADINGS[high]} is known{_why(high, facts, high=True)}{_refused(refused)}."
    if share[low] - share[high] < APART:
        return f"The {len(share)} measures known agree{_refused(refused) or _missing(values)}."
    first, last = ranks[high], ranks[low]
    if first is None or last is None:
        return f"The {len(share)} measures known agree."
    return (
        f"{_HEADINGS[high]} {first.middle} of {sizes[high]}{_why(high, facts, high=True)}, but"
        f" {_HEADINGS[low]} {last.middle} of {sizes[low]}{_why(low, facts, high=False)}."
    )


def _refused(reason: str) -> str:
    """That GeoPolRisk is refused, and why."""
    return f"; GeoPolRisk refused: {reason.partition(';')[0]}" if reason else ""


def _missing(values: Mapping[str, Value]) -> str:
    """Which of the compared measures are not known."""
    gone = [_HEADINGS[name] for name in COMPARED if name in values and not values[name].known]
    return f"; not known: {', '.join(gone)}" if gone else ""


def _why(name: str, facts: Facts, *, high: bool) -> str:
    """What makes a measure of the material high or low."""
    row = facts.row
    leader = row.get("world_leader_name")
    share = percent_range(row.get("world_leader_low"), row.get("world_leader_high")) if leader else ""
    if name == "reliance":
        if row.get("net_exporter"):
            return " (a net exporter)"
        ends = percent_range(row.get("reliance_low"), row.get("reliance_high"))
        return f" ({ends} imported)"
    if name == "source_hhi":
        source = row.get("leading_source_name")
        ends = percent_range(row.get("leading_source_low"), row.get("leading_source_high")) if source else ""
        told = f"{ends} from {source}" if high else f"no partner above {source}'s {ends}"
        return f" ({told})" if source else ""
    if name in ("world_hhi", "governance_hhi") and leader:
        return f" ({leader} makes {share})"
    if name == "eu_supply_risk":
        return (
            " (few or unstable suppliers)"
            if high
            else " (suppliers are many or stable, or little is imported)"
        )
    return " (much comes from unstable countries)" if high else " (little comes from unstable countries)"
