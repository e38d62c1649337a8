"""Measures made of others: supply risk of the European Union and of the USGS, early warning, GeoPolRisk."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

from monazite.methods.supply_risk import early_warning, eu_supply_risk, scaled
from monazite.methods.supply_risk import supply_risk as usgs_supply_risk
from monazite.studies.dependence.shares import country_name
from monazite.studies.geopolrisk import geopolrisk
from monazite.studies.risk.measures import (
    edition,
    reliance,
    trade_exposure,
    unstable,
    weighted,
    weighted_value,
)
from monazite.studies.risk.value import Value, missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monazite.codes.groups import Importer
    from monazite.results.result import Source
    from monazite.schema.findings import Finding
    from monazite.store.home import Store
    from monazite.studies.risk.facts import Facts
    from monazite.studies.risk.scores import Scores
    from monazite.studies.world.governance import Governance

    Row = dict[str, Any]
    Ends = tuple[float, float]
    Values = dict[str, dict[str, Value]]

POINTS = 10.0
FEWEST = 3
"""A scale over fewer materials says nothing."""


def eu_risk(facts: Facts, governance: Governance) -> Value:
    """Supply risk by the European method: global supply and the importer's own sourcing.

    What the importer produces itself is taken as safe, as in the method of the USGS: a single country that
    supplies itself would otherwise rank as its own riskiest supplier. Producers or partners that are not
    known are anything; without a reliance there is no supply risk.
    """
    relied = reliance(facts)
    recycling, substitution, given = facts.eu or (0.0, 1.0, None)
    ends = relied.ends if relied.known else given
    if ends is None:
        return missing(f"needs import reliance: {relied.reason}")
    if not facts.producers and not facts.sources:
        return missing("neither world production nor sources of imports by country")
    weight = partial(unstable, governance=governance)
    made = weighted(facts.producers, weight) if facts.producers else (0.0, 1.0)
    partly = weighted(facts.sources, weight) if facts.sources else (0.0, 1.0)

    def compute(one: Mapping[str, float]) -> float:
        share = one["import reliance"]
        own = POINTS * share**2 * one["sourcing of imports"]
        return eu_supply_risk(one["world supply"], own, share, recycling=recycling, substitution=substitution)

    inputs: dict[str, Ends] = {
        "world supply": (POINTS * made[0], POINTS * made[1]),
        "sourcing of imports": partly,
        "import reliance": ends,
    }
    values = [compute(dict(zip(inputs, each, strict=True))) for each in product(*inputs.values())]
    return Value(
        min(values),
        max(values),
        year=str(facts.row.get("world_year") or facts.row["year"]),
        basis="before substitution and recycling" if facts.eu is None else "with those given",
        source=edition(facts),
        inputs=inputs,
        compute=compute,
    )


def disruption(facts: Facts, scores: Scores | None) -> Value:
    """Disruption potential of the USGS, where the user gives ability and willingness."""
    if scores is None:
        return missing("needs scores that may not be shipped: --fraser FILE and --willingness FILE")
    if not facts.producers:
        return missing("no world production by country")

    def weight(country: str) -> Ends:
        """Inability times unwillingness; the importer is willing, a country without a score anything."""
        if country in facts.home:
            return (0.0, 0.0)
        if country not in scores.unable or country not in scores.unwilling:
            return (0.0, 1.0)
        return (scores.unable[country] * scores.unwilling[country],) * 2

    gone = [country_name(one) for one in facts.producers if weight(one) == (0.0, 1.0)]
    told = f"no score for {', '.join(gone)}" if gone else "ability and willingness of the user"
    found = weighted_value(facts.producers, weight, "inability × unwillingness")
    return replace(found, year=str(facts.row.get("world_year")), basis=told, source=edition(facts))


def usgs_risk(facts: Facts, potential: Value, scores: Scores | None) -> Value:
    """Supply risk of the USGS, where the user gives economic vulnerability too."""
    if not potential.known or scores is None:
        return missing(potential.reason)
    vulnerable = scores.vulnerability.get(facts.material)
    if vulnerable is None:
        return missing("needs economic vulnerability by material (--vulnerability FILE): spending is"
                       " not published by industry")  # fmt: skip
    exposed = trade_exposure(facts)
    if not exposed.known:
        return missing(exposed.reason)
    inputs = {
        "disruption potential": potential.ends,
        "trade exposure": exposed.ends,
        "economic vulnerability": (vulnerable, vulnerable),
    }

    def compute(one: Mapping[str, float]) -> float:
        return usgs_supply_risk(*one.values())

    low, high = (compute({name: each[end] for name, each in inputs.items()}) for end in (0, 1))
    return Value(low, high, year=potential.year, basis=potential.basis, source=edition(facts), inputs=inputs,
                 compute=compute)  # fmt: skip


def warn_early(facts: Sequence[Facts], values: Values) -> None:
    """Early warning of the materials that have all three terms, each scaled over them."""
    terms = {
        one.material: (sum(unstable.ends), one.growth, float(one.row["price_volatility"]))
        for one in facts
        if (unstable := values[one.material]["governance_hhi"]).known
        and one.growth is not None
        and one.row.get("price_volatility") is not None
    }
    for one in facts:
        values[one.material]["early_warning"] = missing(_wanting(one, values[one.material]))
    if len(terms) < FEWEST:
        return
    columns = [scaled([each[at] for each in terms.values()]) for at in range(3)]
    year = next(one.row["year"] for one in facts)
    for at, name in enumerate(terms):
        made = tuple(float(column[at]) for column in columns)
        inputs = {term: (each, each) for term, each in zip(TERMS, made, strict=True)}
        values[name]["early_warning"] = Value(
            value := early_warning(*made),
            value,
            year=f"{year}, prices of five years to it",
            basis=f"scaled over {len(terms)} materials",
            source=edition(facts[0]),
            inputs=inputs,
            compute=_warning,
        )


TERMS = ("unstable HHI", "growth of production", "volatility of the price")


def _warning(one: Mapping[str, float]) -> float:
    """Early warning of three terms that may lie a tenth above the scale."""
    return early_warning(*(min(1.0, each) for each in one.values()))


def _wanting(one: Facts, values: Mapping[str, Value]) -> str:
    """Which of the three terms is not known."""
    known = (
        values["governance_hhi"].known,
        one.growth is not None,
        one.row.get("price_volatility") is not None,
    )
    gone = [term for term, there in zip(TERMS, known, strict=True) if not there]
    return f"{', '.join(gone)} not known" if gone else "too few materials have all three terms to scale them"


def score(
    values: Values, buyer: Importer, year: int, store: Store, asked: Sequence[str]
) -> tuple[list[Finding], tuple[Source, ...]]:
    """GeoPolRisk of the materials it has, or why it is refused; findings about those asked for, sources."""
    found = geopolrisk(list(values), importer=buyer, year=year, store=store)
    names = set()
    for row in found.table:
        name = row["material"]
        if not values[name].get("geopolrisk", missing("")).known:
            values[name]["geopolrisk"] = _scored(row)
        if name in asked:
            names |= {name, row["name"]}
    return [one for one in found.findings if one.subject in names], found.sources


def _scored(row: Row) -> Value:
    """A row of GeoPolRisk as a value."""
    if row["score_low"] is None:
        return missing(row["reason"] or "no score", refused=True)
    inputs = {
        "world HHI": (row["hhi_low"], min(1.0, row["hhi_high"])),
        "import risk": (row["import_risk_low"], row["import_risk_high"]),
    }
    return Value(
        row["score_low"],
        row["score_high"],
        year=str(row["year"]),
        basis=f"gross mass, {row['codes']} in {row['nomenclature']}",
        source=f"BACI; {row['production_source']}",
        inputs=inputs,
        compute=lambda one: one["world HHI"] * one["import risk"],
    )
