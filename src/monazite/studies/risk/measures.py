"""Measures of one thing about a material: how much is imported, how concentrated it is."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from monazite.methods.governance import instability
from monazite.methods.screens import geodep as meets_geodep
from monazite.methods.screens import imports_over_exports
from monazite.studies.dependence.shares import country_name
from monazite.studies.risk.value import Value, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monazite.studies.risk.facts import Facts
    from monazite.studies.world.governance import Governance

    Compute = Callable[[Mapping[str, float]], float]
    Weight = Callable[[str], tuple[float, float]]

Ends = tuple[float, float]
ROUNDING = 0.02
"""What rounded shares may leave of the whole without anyone being left out."""


def reliance(facts: Facts) -> Value:
    """Net import reliance as published; a net exporter has none."""
    low, high = facts.row.get("reliance_low"), facts.row.get("reliance_high")
    if facts.row.get("net_exporter"):
        low, high = 0.0, max(0.0, high or 0.0)
    if low is None and high is None:
        return missing(facts.row.get("reason") or "no net import reliance is published")
    ends = (max(0.0, low if low is not None else 0.0), min(1.0, high if high is not None else 1.0))
    return alone(ends, "the figure published", facts, basis="mass, as the chapter defines")


def trade_exposure(facts: Facts) -> Value:
    """Net imports over consumption by the published balance, else the published reliance; at least 0."""
    low, high = facts.row.get("computed_low"), facts.row.get("computed_high")
    if low is None or high is None or not math.isfinite(low) or not math.isfinite(high):
        return replace(reliance(facts), basis="the reliance as published: no balance")
    ends = (min(1.0, max(0.0, low)), min(1.0, max(0.0, high)))
    return alone(ends, "the balance", facts, basis="mass, rounding of the balance")


def alone(ends: Ends, name: str, facts: Facts, *, basis: str) -> Value:
    """A figure that is its own only input."""
    year = str(facts.row["year"])
    inputs = {name: ends}
    return Value(*ends, year=year, basis=basis, source=edition(facts), inputs=inputs, compute=_itself)


def source_hhi(facts: Facts) -> Value:
    """Concentration of imports by partner, as published; else by value under the material's own codes."""
    leader = (str(facts.row.get("leading_source_name") or ""), ends_of(facts.row, "leading_source"))
    found = _published(facts, "source_hhi", "sources_period", "no shares of import sources", leader)
    if found.known or facts.row.get("item"):
        return found
    if not facts.sources:
        return _untraded(facts)
    ends, first = hhi_of(facts.sources), max(facts.sources, key=lambda one: facts.sources[one])
    inputs, compute = _of_leader(ends, country_name(first), facts.sources[first])
    told = f"value, {' '.join(facts.traded.codes)}"
    return Value(*ends, year=str(facts.trade_year), basis=told, source="BACI", inputs=inputs, compute=compute)


def _untraded(facts: Facts) -> Value:
    """Why trade says nothing: no code of its own, codes that are dead or of another stage; or no imports."""
    if facts.traded.refused:
        return missing(facts.traded.refused, refused=not facts.traded.skipped)
    return missing(f"no imports under {', '.join(facts.traded.codes)} in {facts.trade_year}")


def hhi_of(shares: Mapping[str, Ends]) -> Ends:
    """Concentration of shares; who is not named is many or one."""
    low, rest = sum(one[0] ** 2 for one in shares.values()), 1 - sum(one[0] for one in shares.values())
    return (min(1.0, low), min(1.0, low + max(0.0, rest) ** 2))


def geodep(facts: Facts) -> Value:
    """Whether all three of CEPII's criteria hold over the material's own codes; open where none decides."""
    bought, sold = facts.traded.imports_usd, facts.traded.exports_usd
    if not facts.traded.partners or not facts.traded.exports:
        return _untraded(facts)
    ratio = float(imports_over_exports([bought], [sold])[0])
    inputs = {
        "import HHI": hhi_of(facts.traded.partners),
        "export HHI": hhi_of(facts.traded.exports),
        "imports/exports": (ratio, ratio),
    }

    def compute(one: Mapping[str, float]) -> float:
        return float(meets_geodep(*([one[name]] for name in inputs))[0])

    low, high = (compute({name: each[end] for name, each in inputs.items()}) for end in (0, 1))
    told = f"value, {' '.join(facts.traded.codes)}"
    return Value(low, high, year=str(facts.trade_year), basis=told, source="BACI", inputs=inputs,
                 compute=compute)  # fmt: skip


def world_hhi(facts: Facts) -> Value:
    """Concentration of world production by country."""
    leader = (str(facts.row.get("world_leader_name") or ""), ends_of(facts.row, "world_leader"))
    return _published(facts, "world_hhi", "world_year", "no world production by country", leader)


def leader_share(facts: Facts) -> Value:
    """Share of the largest producer."""
    return _published(facts, "world_leader", "world_year", "no world production by country", None)


def governance_hhi(facts: Facts, governance: Governance) -> Value:
    """Production concentration weighted by instability; unscored or unnamed producers are anything."""
    if not facts.producers:
        return missing("no world production by country")
    year = f"{facts.row.get('world_year')}, scores of {governance.year}"
    found = weighted_value(facts.producers, partial(unstable, governance=governance), "instability")
    return replace(found, year=year, basis=measured(facts), source=edition(facts))


def weighted_value(shares: Mapping[str, Ends], weight: Weight, what: str) -> Value:
    """A sum of weighted squares, and how it follows from the share and weight of its largest supplier."""
    low, high = weighted(shares, weight)
    first = max(shares, key=lambda one: shares[one])
    share, own = shares[first], weight(first)
    others = tuple(max(0.0, end - w * s**2) for end, w, s in zip((low, high), own, share, strict=True))
    name = country_name(first)
    inputs = {f"share of {name}": share, f"{what} of {name}": own, "the others": (others[0], others[1])}

    def compute(one: Mapping[str, float]) -> float:
        part, each, left = one.values()
        return min(1.0, each * part**2 + left)

    return Value(low, high, inputs=inputs, compute=compute)


def weighted(shares: Mapping[str, Ends], weight: Weight) -> Ends:
    """Least and most of the sum of weighted squares; what is not named from nobody to one, weighing all."""
    rest = max(0.0, 1.0 - sum(low for low, _ in shares.values()))
    low = sum(weight(country)[0] * ends[0] ** 2 for country, ends in shares.items())
    high = sum(weight(country)[1] * ends[1] ** 2 for country, ends in shares.items())
    return min(1.0, low), min(1.0, high + (rest**2 if rest > ROUNDING else 0.0))


def unstable(country: str, governance: Governance) -> Ends:
    """Instability of a country, or of several named together; anything without a score."""
    known = [governance.scores[one] for one in country.split("+") if one in governance.scores]
    if len(known) < len(country.split("+")):
        return (0.0, 1.0)
    values = [float(instability(one)) for one in known]
    return (min(values), max(values))


def _of_leader(ends: Ends, name: str, share: Ends) -> tuple[dict[str, Ends], Compute]:
    """An HHI as its largest share and how the rest is spread, which takes or gives what that share moves."""
    spread = tuple(
        0.0 if part >= 1 else min(1.0, max(0.0, (end - part**2) / (1 - part) ** 2))
        for end, part in zip(ends, reversed(share), strict=True)
    )
    inputs = {f"share of {name}": share, "spread of the others": (spread[0], spread[1])}

    def compute(one: Mapping[str, float]) -> float:
        part, rest = one.values()
        return min(1.0, part**2 + (1 - min(1.0, part)) ** 2 * rest)

    return inputs, compute


def _published(
    facts: Facts, stem: str, year: str, reason: str, leader: tuple[str, Ends | None] | None
) -> Value:
    """A measure the dependence study has, between its ends, and how it follows from its largest share."""
    ends = ends_of(facts.row, stem)
    if ends is None:
        return missing(reason)
    when = str(facts.row.get(year) or "")
    inputs: Mapping[str, Ends] = {"the share published": ends}
    compute: Compute = _itself
    if leader and leader[1]:
        inputs, compute = _of_leader(ends, leader[0], leader[1])
    basis = measured(facts) if stem.startswith("world") else "mass or value, as the chapter says"
    return Value(*ends, year=when, basis=basis, source=edition(facts), inputs=inputs, compute=compute)


def _itself(one: Mapping[str, float]) -> float:
    """A figure that is its own only input."""
    return next(iter(one.values()))


def ends_of(row: Mapping[str, Any], stem: str) -> Ends | None:
    """Both ends of a share in a row; nothing where one is not known."""
    low, high = row.get(f"{stem}_low"), row.get(f"{stem}_high")
    if low is None or high is None or not math.isfinite(high):
        return None
    return (float(low), min(1.0, float(high)))


def measured(facts: Facts) -> str:
    """What production counts."""
    return str(facts.row.get("world_measure") or "mass")


def edition(facts: Facts) -> str:
    """The edition the figures stand in."""
    return str(facts.row.get("as_of") or "BACI")
