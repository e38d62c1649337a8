"""Which dependences matter most: every measure side by side, with ranks and the reasons they disagree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.codes.groups import importer as importer_of
from monazite.errors import UnknownCodeError
from monazite.methods.supply_risk import early_warning, scaled
from monazite.results.frame import Frame
from monazite.results.result import Headline
from monazite.schema.findings import finding
from monazite.schema.risk import MEASURES, RISK, RISK_MEASURE
from monazite.studies.geopolrisk import geopolrisk
from monazite.studies.nomenclature.answer import answer
from monazite.studies.risk import measures
from monazite.studies.risk.composite import checked, composite, weights_of
from monazite.studies.risk.factors import eu_factors
from monazite.studies.risk.gathered import gathered
from monazite.studies.risk.ranking import places, sensitivity
from monazite.studies.risk.reasons import reason
from monazite.studies.risk.scores import scores
from monazite.studies.risk.value import Value, missing
from monazite.studies.world import held
from monazite.studies.world.flows import years_held
from monazite.studies.world.governance import political_stability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monazite.codes.groups import Importer
    from monazite.schema.findings import Finding
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.risk.measures import Facts
    from monazite.studies.risk.ranking import Places
    from monazite.studies.world.governance import Governance

__all__ = ["QUESTION", "risk"]

Row = dict[str, Any]
Values = dict[str, dict[str, Value]]
QUESTION = "Which dependences matter most, by which measure, and why do the measures disagree?"
METHOD = (
    "Every measure stands in its own column, higher being riskier, and ranks the materials of which it is"
    " known; an interval may take several places. None is added to another unless weights are given.\n\n"
    "EU supply risk: HHI(world)·IR/2 + HHI(sourcing)·(1 − IR/2), squares weighted by ten times political"
    " instability, before substitution and recycling, so at most this; what the importer makes itself counts"
    " as safe. Unstable HHI: Σ s²·(2.5 − stability)/5 of world production. Early warning: geometric mean of"
    " unstable HHI, growth of production and volatility of price, scaled over the materials shown; five years"
    " of prices, one of growth. Leader: 1 − N-1 share of world supply.\n\n"
    "Governance is political stability alone (World Bank), where the European Union takes the mean of six"
    " indicators. The U.S. Geological Survey's disruption potential needs scores that may not be shipped."
)
DEFAULT, OTHERS = "eu_supply_risk", "source_hhi"
"""What orders the rows unless said otherwise; reliance is published for the United States only."""


def risk(  # noqa: PLR0913 - what may be asked, by name
    materials: str | Sequence[str] = (),
    *,
    importer: str = "USA",
    year: int | None = None,
    as_of: str = "mcs2026",
    method: str = DEFAULT,
    weights: Path | str | Mapping[str, float] | None = None,
    store: Store | Path | str | None = None,
    fraser: Path | str | None = None,
    willingness: Path | str | None = None,
    vulnerability: Path | str | None = None,
    eu_results: Path | str | None = None,
) -> Answer:
    """Risk of an importer by material: measures side by side, ranks, reasons, sensitivity.

    Parameters
    ----------
    materials
        Names, symbols or groups; none means the minerals of the 2025 list.
    importer
        A country, a group such as ``EU27``, or a file of members.
    year
        Year of the published figures; the edition's latest if not given.
    as_of
        Edition of the Mineral Commodity Summaries.
    method
        The measure the rows are ordered by; see ``monazite.schema.risk.MEASURES``.
    weights
        Weights of a composite, which sum to 1, or a file of them; without them there is none.
    store
        The store, or its folder; the user's own by default.
    fraser, willingness, vulnerability
        Files of scores that may not be shipped; without them the measures that need them are missing.
    eu_results
        A file of the European Union's results, for substitution and recycling.

    Returns
    -------
    Answer
        One row a material, the riskiest first; ``details["measures"]`` has one a measure with inputs.

    Raises
    ------
    UnknownCodeError
        If a material, importer, edition or measure is not known.
    UsageError
        If weights do not sum to 1.
    SourceError
        If a file of scores cannot be read.

    Examples
    --------
    >>> found = risk(["gallium", "copper"], store="nowhere").table
    >>> [row["material"] for row in found]
    ['gallium', 'copper']
    """
    known = {one.name for one in MEASURES}
    if method not in known:
        raise UnknownCodeError("measure", method, sorted(known))
    place, buyer = held(store), importer_of(importer)
    order = OTHERS if method == DEFAULT and buyer.id != measures.HOME else method
    asked = (materials,) if isinstance(materials, str) else tuple(materials)
    traded = years_held(place) or (2024,)
    trade_year = year if year in traded else traded[-1]
    eu = eu_factors(Path(eu_results)) if eu_results else {}
    facts, behind = gathered(asked, buyer, year=year, trade_year=trade_year, as_of=as_of, store=place, eu=eu)
    governance = political_stability(trade_year, place)
    brought = scores(*(Path(one) if one else None for one in (fraser, willingness, vulnerability)))
    values: Values = {one.material: _values(one, governance, brought) for one in facts}
    _warn_early(facts, values)
    told = _score(facts, values, buyer, trade_year, place)
    ranks = {one.name: places({m: each[one.name] for m, each in values.items()}) for one in MEASURES}
    weighed = _weights(weights)
    rows = [_row(one, values, ranks, order, weighed) for one in facts]
    told = [*told, *_findings(values, buyer)]
    _tell(rows, told)
    rows.sort(key=lambda row: (row["place"] is None, row["place"] or 0, row["name"]))
    parameters = {
        "materials": asked, "importer": buyer.name, "year": behind.parameters["year"], "as_of": as_of,
        "method": order, "weights": weighed or None,
    }  # fmt: skip
    return answer(
        f"Supply risk of {buyer.name}, {behind.parameters['year']}",
        Frame(RISK, tuple(rows)),
        method=METHOD,
        parameters=parameters,
        details={"measures": Frame(RISK_MEASURE, tuple(_measures(facts, values, ranks)))},
        findings=told,
        sources=(*behind.sources, governance.source),
        headlines=_headlines(rows, order),
        notes=("A material without a value of a measure is not ranked by it: not known is not safe.",),
        question=QUESTION,
        study="risk",
    )


def _weights(given: Path | str | Mapping[str, float] | None) -> dict[str, float]:
    """Weights as given, or of a file; none without either."""
    if given is None:
        return {}
    return weights_of(Path(given)) if isinstance(given, Path | str) else checked(given)


def _values(facts: Facts, governance: Governance, brought: Any) -> dict[str, Value]:  # noqa: ANN401 - scores or none
    """Every measure that stands by itself."""
    potential = measures.disruption(facts, brought)
    return {
        "eu_supply_risk": measures.eu_risk(facts, governance),
        "reliance": measures.reliance(facts),
        "source_hhi": _sourced(facts),
        "world_hhi": measures.world_hhi(facts),
        "governance_hhi": measures.governance_hhi(facts, governance),
        "leader_share": measures.leader_share(facts),
        "early_warning": missing("needs growth of production and five prices"),
        "geopolrisk": missing("GeoPolRisk has no code of its own for it"),
        "disruption_potential": potential,
        "usgs_supply_risk": measures.usgs_risk(facts, potential, brought),
    }


def _sourced(facts: Facts) -> Value:
    """Concentration of imports: as published, else of the partners of world trade."""
    published = measures.source_hhi(facts)
    if published.known or facts.row.get("item") or not facts.sources:
        return published
    value = min(1.0, sum(low**2 for low, _ in facts.sources.values()))
    return Value(value, value, basis="value, of the material's own codes", source="BACI")


def _warn_early(facts: list[Facts], values: Values) -> None:
    """Early warning of the materials that have all three terms, each scaled over them."""
    terms = {
        one.material: (unstable.low + unstable.high, one.growth, float(one.row["price_volatility"]))
        for one in facts
        if (unstable := values[one.material]["governance_hhi"]).low is not None
        and unstable.high is not None
        and one.growth is not None
        and one.row.get("price_volatility") is not None
    }
    if len(terms) < 3:  # noqa: PLR2004 - a scale over fewer says nothing
        return
    columns = [scaled([each[at] for each in terms.values()]) for at in range(3)]
    for at, name in enumerate(terms):
        value = early_warning(*(float(column[at]) for column in columns))
        basis = f"scaled over {len(terms)} materials"
        values[name]["early_warning"] = Value(value, value, basis=basis, source="mcs2026")


def _score(facts: list[Facts], values: Values, buyer: Importer, year: int, store: Store) -> list[Finding]:
    """GeoPolRisk of the materials it has; why the others are refused."""
    wanted = {one.material for one in facts}
    found = geopolrisk(importer=buyer, year=year, store=store)
    rows = found.table.rows
    for row in rows:
        name = row["material"]
        if name in wanted and not values[name]["geopolrisk"].known:
            values[name]["geopolrisk"] = _scored(row)
    return [one for one in found.findings if one.subject.casefold() in wanted]


def _scored(row: Row) -> Value:
    """A row of GeoPolRisk as a value."""
    if row["score_low"] is None:
        return missing(row["reason"] or "no score", refused=True)
    told = f"{row['codes']} in {row['nomenclature']}"
    return Value(row["score_low"], row["score_high"], year=str(row["year"]), basis=told, source="BACI")


def _row(
    facts: Facts,
    values: Values,
    ranks: Mapping[str, Mapping[str, Places]],
    method: str,
    weighed: Mapping[str, float],
) -> Row:
    """The row of one material."""
    mine = values[facts.material]
    own = {one.name: ranks[one.name].get(facts.material) for one in MEASURES}
    place = own[method]
    moved = sensitivity({m: each[method] for m, each in values.items()}, facts.material)
    ends = composite(weighed, mine) if weighed else (None, None)
    row: Row = {
        "material": facts.material,
        "name": facts.name,
        "item": facts.row.get("item"),
        "place": place.middle if place else None,
        "composite_low": ends[0],
        "composite_high": ends[1],
        "world_leader_name": facts.row.get("world_leader_name"),
        "leading_source_name": facts.row.get("leading_source_name"),
        "reason": reason(facts, mine, own, {one.name: len(ranks[one.name]) for one in MEASURES}),
        "sensitive_to": moved.name if moved and moved.places else None,
        "sensitive_places": moved.places if moved and moved.places else None,
        "findings": None,
    }
    for one in MEASURES:
        rank = own[one.name]
        row |= {
            f"{one.name}_low": mine[one.name].low,
            f"{one.name}_high": mine[one.name].high,
            f"{one.name}_rank_low": rank.low if rank else None,
            f"{one.name}_rank_high": rank.high if rank else None,
        }
    return row


def _measures(facts: list[Facts], values: Values, ranks: Mapping[str, Mapping[str, Places]]) -> list[Row]:
    """One row a material and measure."""
    found = []
    for one in facts:
        for each in MEASURES:
            value, rank = values[one.material][each.name], ranks[each.name].get(one.material)
            found.append(
                {
                    "material": one.material,
                    "measure": each.name,
                    "name": one.name,
                    "low": value.low,
                    "high": value.high,
                    "rank_low": rank.low if rank else None,
                    "rank_high": rank.high if rank else None,
                    "status": value.status,
                    "reason": value.reason or None,
                    "year": value.year or None,
                    "basis": value.basis or None,
                    "source": value.source or None,
                    "inputs": value.told or None,
                }
            )
    return found


def _findings(values: Values, buyer: Importer) -> list[Finding]:
    """What is missing, measure by measure, and years that differ."""
    told = []
    for one in MEASURES:
        gone = {m: each[one.name].reason for m, each in values.items() if not each[one.name].known}
        refused = {m for m in gone if values[m][one.name].refused}
        left = sorted(set(gone) - refused)
        if left:
            found = f"{len(left)} of {len(values)} materials: {gone[left[0]]}"
            told.append(
                finding("data-missing", one.heading, where=f"risk of {buyer.name}", found=found,
                        expected="its inputs", rows=len(left))
            )  # fmt: skip
    used = {each[one.name].year[:4] for each in values.values() for one in MEASURES}
    years = sorted(used - {""})
    if len(years) > 1:
        told.append(
            finding("not-comparable", "measures", where=f"risk of {buyer.name}",
                    found=f"measures rest on {', '.join(years)}", expected="one year")
        )  # fmt: skip
    return told


def _tell(rows: list[Row], told: list[Finding]) -> None:
    """Write into each row the rules of its findings."""
    for row in rows:
        names = (row["material"], row["name"].casefold())
        rules = [one.rule for one in told if one.subject.casefold() in names]
        row["findings"] = "; ".join(dict.fromkeys(rules)) or None


def _headlines(rows: list[Row], method: str) -> tuple[Headline, ...]:
    """The riskiest by the measure asked for, and how many are not ranked."""
    heading = next(one.heading for one in MEASURES if one.name == method)
    ranked = [row for row in rows if row["place"]]
    if not ranked:
        return ()
    names = ", ".join(row["name"] for row in ranked[:3])
    detail = f"highest {heading} of {len(ranked)} materials ranked"
    left = Headline("Not ranked", str(len(rows) - len(ranked)), f"of {len(rows)}: {heading} is not known")
    return (Headline(f"By {heading}", names, detail), left)
