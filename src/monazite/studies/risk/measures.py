"""Each measure of one material, from what was gathered about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from monazite.errors import MethodError
from monazite.methods.governance import instability
from monazite.methods.supply_risk import disruption_potential, eu_supply_risk, trade_exposure
from monazite.methods.supply_risk import supply_risk as usgs_supply_risk
from monazite.studies.risk.value import Value, missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.studies.risk.scores import Scores
    from monazite.studies.world.governance import Governance

Row = dict[str, Any]
Ends = tuple[float, float]
POINTS = 10.0
HOME = "USA"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is gathered about one material: its row of the dependence study, partners, producers.

    ``sources`` and ``producers`` are shares between two ends by country; ``rest`` of the producers what is
    not named. ``growth`` is that of world production in a year; ``eu`` are recycling and substitution where
    the user gives them.
    """

    material: str
    name: str
    row: Row
    home: tuple[str, ...]
    sources: Mapping[str, Ends]
    producers: Mapping[str, Ends]
    growth: float | None
    eu: tuple[float, float] | None


def reliance(facts: Facts) -> Value:
    """Net import reliance as published; a net exporter has none."""
    low, high = facts.row.get("reliance_low"), facts.row.get("reliance_high")
    if facts.row.get("net_exporter"):
        low, high = 0.0, max(0.0, high or 0.0)
    if low is None and high is None:
        return missing(facts.row.get("reason") or "no net import reliance is published")
    ends = (max(0.0, low if low is not None else 0.0), min(1.0, high if high is not None else 1.0))
    return Value(
        *ends, year=str(facts.row["year"]), basis="mass, as the chapter defines", source=_edition(facts)
    )


def source_hhi(facts: Facts) -> Value:
    """Concentration of imports by partner, as the dependence study bounds it."""
    return _published(facts, "source_hhi", facts.row.get("sources_period"), "no shares of import sources")


def world_hhi(facts: Facts) -> Value:
    """Concentration of world production by country."""
    return _published(facts, "world_hhi", facts.row.get("world_year"), "no world production by country")


def leader_share(facts: Facts) -> Value:
    """Share of the largest producer."""
    return _published(facts, "world_leader", facts.row.get("world_year"), "no world production by country")


def governance_hhi(facts: Facts, governance: Governance) -> Value:
    """Production concentration weighted by instability; unscored or unnamed producers are anything."""
    if not facts.producers:
        return missing("no world production by country")
    low, high = _weighted(facts.producers, governance)
    year = f"{facts.row.get('world_year')}, scores of {governance.year}"
    return Value(low, high, year=year, basis=_measured(facts), source=_edition(facts))


def _weighted(shares: Mapping[str, Ends], governance: Governance) -> Ends:
    """Least and most of the sum of squares times instability; what is not named from nobody to one."""
    rest = max(0.0, 1.0 - sum(low for low, _ in shares.values()))
    low = sum(_unstable(country, governance)[0] * ends[0] ** 2 for country, ends in shares.items())
    high = sum(_unstable(country, governance)[1] * ends[1] ** 2 for country, ends in shares.items())
    return min(1.0, low), min(1.0, high + (rest**2 if rest > 0.02 else 0.0))  # noqa: PLR2004 - rounding


def _unstable(country: str, governance: Governance) -> Ends:
    """Instability of a country, or of several named together; anything without a score."""
    known = [governance.scores[one] for one in country.split("+") if one in governance.scores]
    if len(known) < len(country.split("+")):
        return (0.0, 1.0)
    values = [float(instability(one)) for one in known]
    return (min(values), max(values))


def eu_risk(facts: Facts, governance: Governance) -> Value:
    """Supply risk by the European method: global supply and the importer's own sourcing.

    What the importer produces itself is taken as safe, as in the method of the USGS: a single country that
    supplies itself would otherwise rank as its own riskiest supplier.
    """
    relied = reliance(facts)
    if not relied.known:
        return missing(f"needs import reliance: {relied.reason}")
    if not facts.producers:
        return missing("no world production by country")
    globally = tuple(POINTS * end for end in _weighted(facts.producers, governance))
    partly = _sourcing(facts, governance)
    recycling, substitution = facts.eu or (0.0, 1.0)

    def compute(one: Mapping[str, float]) -> float:
        share = one["import reliance"]
        own = POINTS * share**2 * one["sourcing of imports"]
        return eu_supply_risk(one["world supply"], own, share, recycling=recycling, substitution=substitution)

    inputs: dict[str, Ends] = {
        "world supply": (globally[0], globally[1]),
        "sourcing of imports": partly,
        "import reliance": (float(relied.low or 0.0), float(1.0 if relied.high is None else relied.high)),
    }
    values = [compute(dict(zip(inputs, each, strict=True))) for each in product(*inputs.values())]
    return Value(
        min(values),
        max(values),
        year=f"{facts.row.get('world_year')}",
        basis="before substitution and recycling" if facts.eu is None else "with those given",
        source=_edition(facts),
        inputs=inputs,
        compute=compute,
    )


def _sourcing(facts: Facts, governance: Governance) -> Ends:
    """Instability-weighted concentration of the imports; anything where partners are not known."""
    return _weighted(facts.sources, governance) if facts.sources else (0.0, 1.0)


def disruption(facts: Facts, scores: Scores | None) -> Value:
    """Disruption potential of the USGS, where the user gives ability and willingness."""
    if scores is None:
        return missing("needs scores that may not be shipped: --fraser FILE and --willingness FILE")
    if not facts.producers:
        return missing("no world production by country")
    gone = sorted({one for one in facts.producers if one not in scores.unable or one not in scores.unwilling})
    known = [one for one in facts.producers if one not in gone]
    ends = []
    for absent in (0.0, 1.0):
        made = [(sum(facts.producers[one]) / 2) for one in (*known, *gone)]
        unable = [*(scores.unable[one] for one in known), *(absent for _ in gone)]
        unwilling = [*(_willing(one, scores, facts) for one in known), *(absent for _ in gone)]
        ends.append(disruption_potential(made, unable, unwilling))
    told = f"no score for {', '.join(gone)}" if gone else "ability and willingness of the user"
    year = str(facts.row.get("world_year"))
    return Value(min(ends), max(ends), year=year, basis=told, source=_edition(facts))


def _willing(country: str, scores: Scores, facts: Facts) -> float:
    """Unwillingness of a country; the importer itself is willing."""
    return 0.0 if country in facts.home else scores.unwilling[country]


def usgs_risk(facts: Facts, potential: Value, scores: Scores | None) -> Value:
    """Supply risk of the USGS, where the user gives economic vulnerability too."""
    if not potential.known or scores is None:
        return missing(potential.reason)
    vulnerable = scores.vulnerability.get(facts.material)
    if vulnerable is None:
        return missing("needs economic vulnerability by material (--vulnerability FILE): spending is"
                       " not published by industry")  # fmt: skip
    exposed = exposure(facts)
    if not exposed.known:
        return missing(exposed.reason)
    ends = [
        usgs_supply_risk(dp, te, vulnerable)
        for dp, te in ((potential.low, exposed.low), (potential.high, exposed.high))
        if dp is not None and te is not None
    ]
    return Value(min(ends), max(ends), year=potential.year, basis=potential.basis, source=_edition(facts))


def exposure(facts: Facts) -> Value:
    """Trade exposure: from the balance where its terms are known, else the published reliance."""
    terms = [facts.row.get(name) for name in ("imports", "exports", "production")]
    if any(term is None for term in terms):
        return reliance(facts)
    try:
        value = trade_exposure(terms[0] or 0.0, terms[1] or 0.0, 0.0, terms[2] or 0.0)
    except MethodError:
        return reliance(facts)
    return Value(value, value, year=str(facts.row["year"]), basis="mass", source=_edition(facts))


def _published(facts: Facts, stem: str, year: Any, reason: str) -> Value:  # noqa: ANN401 - a year or a period
    """A measure the dependence study has, between its ends."""
    low, high = facts.row.get(f"{stem}_low"), facts.row.get(f"{stem}_high")
    if low is None or high is None or not math.isfinite(high):
        return missing(reason)
    return Value(low, min(1.0, high), year=str(year or ""), basis=_measured(facts), source=_edition(facts))


def _measured(facts: Facts) -> str:
    """What production counts."""
    return str(facts.row.get("world_measure") or "mass")


def _edition(facts: Facts) -> str:
    """The edition the figures stand in."""
    return str(facts.row.get("as_of") or "BACI")
