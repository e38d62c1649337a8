"""Which dependences matter most: every measure side by side, with ranks and the reasons they disagree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monazite.codes.groups import importer as importer_of
from monazite.errors import UnknownCodeError, UsageError
from monazite.results.frame import Frame
from monazite.results.result import Headline
from monazite.schema.risk import COMPOSITE, MEASURES, RISK, RISK_MEASURE
from monazite.studies.nomenclature.answer import answer
from monazite.studies.risk import composed, measures
from monazite.studies.risk.composite import checked, composite, weights_of
from monazite.studies.risk.factors import eu_factors
from monazite.studies.risk.facts import HOME
from monazite.studies.risk.gathered import gathered
from monazite.studies.risk.ranking import places
from monazite.studies.risk.rows import findings_of, measure_rows, ordered, row_of, tell
from monazite.studies.risk.scores import scores
from monazite.studies.world import held
from monazite.studies.world.flows import years_held
from monazite.studies.world.governance import political_stability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monazite.codes.groups import Importer
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.risk.facts import Facts
    from monazite.studies.risk.rows import Row, Values
    from monazite.studies.risk.scores import Scores
    from monazite.studies.risk.value import Value
    from monazite.studies.world.governance import Governance

__all__ = ["QUESTION", "risk"]

QUESTION = "Which dependences matter most, by which measure, and why do the measures disagree?"
METHOD = (
    "Every measure stands in its own column, higher being riskier, and ranks the materials of which it is"
    " known, among the listed minerals and what was asked for. A place is given by the lower end of an"
    " interval, which is what is certain; beside it stand the highest and lowest place the interval may have."
    " No measure is added to another unless weights are given.\n\n"
    "EU supply risk: HHI(world)·IR/2 + HHI(sourcing)·(1 − IR/2), squares weighted by ten times political"
    " instability, before substitution and recycling, so at most this; what the importer makes itself counts"
    " as safe; producers or partners that are not published may be anything. Unstable HHI:"
    " Σ s²·(2.5 − stability)/5 of world production. Early warning: geometric mean of unstable HHI, growth of"
    " production and volatility of price, scaled over the listed minerals; five years of prices, one of"
    " growth. Leader: 1 − N-1 share of world supply. GeoDep: CEPII's criteria in one year over the material's"
    " own codes together.\n\n"
    "Sensitivity: each input of the measure ordered by alone goes from end to end, or a tenth down and up"
    " where it is exact, the others staying at their middles; the one that moves the place most is told.\n\n"
    "Governance is political stability alone (World Bank), where the European Union takes the mean of six"
    " indicators. The U.S. Geological Survey's disruption potential needs scores that may not be shipped."
)
DEFAULT, ABROAD = "eu_supply_risk", "source_hhi"
"""What orders the rows: reliance, which the first needs, is published for the United States only."""


def risk(  # noqa: PLR0913 - what may be asked, by name
    materials: str | Sequence[str] = (),
    *,
    importer: str = "USA",
    year: int | None = None,
    as_of: str = "mcs2026",
    method: str | Sequence[str] | None = None,
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
        Names, symbols or groups; none means the minerals of the 2025 list. Places are among those and what
        is asked for.
    importer
        A country, a group such as ``EU27``, or a file of members.
    year
        Year of the published figures; the edition's latest if not given.
    as_of
        Edition of the Mineral Commodity Summaries.
    method
        The measure the rows are ordered by, see ``monazite.schema.risk.MEASURES``, or several: the first
        orders. By default the composite if there are weights, else the European supply risk, for an
        importer other than the United States the concentration of its imports.
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
        If weights do not sum to 1, or a composite is asked for without any.
    SourceError
        If a file of scores cannot be read.

    Examples
    --------
    >>> found = risk(["gallium", "copper"], store="nowhere").table
    >>> [(row["material"], row["place"]) for row in found]
    [('gallium', 2), ('copper', 35)]
    """
    weighed = _weights(weights)
    place, buyer = held(store), importer_of(importer)
    methods = _methods(method, buyer, weighed=bool(weighed))
    asked = (materials,) if isinstance(materials, str) else tuple(materials or ())
    traded = years_held(place) or (2024,)
    trade_year = year if year in traded else traded[-1]
    eu = eu_factors(Path(eu_results), buyer.id) if eu_results else {}
    facts, wanted, behind = gathered(
        asked,
        buyer,
        year=year,
        trade_year=trade_year,
        as_of=as_of,
        store=place,
        eu=eu,
        trade=buyer.id != HOME or "geodep" in (*methods, *weighed),
    )
    governance = political_stability(trade_year, place)
    brought = scores(*(Path(one) if one else None for one in (fraser, willingness, vulnerability)))
    values: Values = {one.material: _values(one, governance, brought) for one in facts}
    composed.warn_early(facts, values)
    told, cited = composed.score(values, buyer, trade_year, place, wanted)
    if weighed:
        for each in values.values():
            each[COMPOSITE.name] = composite(weighed, each)
    names = [one.name for one in (*MEASURES, *([COMPOSITE] if weighed else []))]
    ranks = {name: places({m: each[name] for m, each in values.items()}) for name in names}
    mine = [one for one in facts if one.material in wanted]
    told += findings_of(mine, values, buyer.name)
    rows = [row_of(one, values, ranks, methods[0]) for one in mine]
    tell(rows, told)
    rows = ordered(rows, methods[0])
    parameters = {
        "materials": asked, "importer": buyer.name, "year": behind.parameters["year"], "as_of": as_of,
        "method": methods, "weights": weighed or None,
    }  # fmt: skip
    return answer(
        f"Supply risk of {buyer.name}, {behind.parameters['year']}",
        Frame(RISK, tuple(rows)),
        method=METHOD,
        parameters=parameters,
        details={"measures": Frame(RISK_MEASURE, tuple(measure_rows(mine, values, ranks)))},
        findings=told,
        sources=tuple(
            dict.fromkeys(
                (*behind.sources, *(one for one in cited if one != governance.source), governance.source)
            )
        ),
        headlines=_headlines(rows, methods[0], len(ranks[methods[0]])),
        notes=("A material without a value of a measure is not ranked by it: not known is not safe.",),
        question=QUESTION,
        study="risk",
    )


def _methods(asked: str | Sequence[str] | None, buyer: Importer, *, weighed: bool) -> tuple[str, ...]:
    """The measures asked for; the first orders.

    Raises
    ------
    UnknownCodeError
        If one is not known.
    UsageError
        If it is the composite and nothing weighs.
    """
    if not asked:
        return (COMPOSITE.name if weighed else DEFAULT if buyer.id == HOME else ABROAD,)
    found = tuple(dict.fromkeys((asked,) if isinstance(asked, str) else asked))
    known = [one.name for one in (*MEASURES, COMPOSITE)]
    if unknown := next((one for one in found if one not in known), ""):
        raise UnknownCodeError("measure", unknown, known)
    if COMPOSITE.name in found and not weighed:
        raise UsageError(
            "a composite needs weights of yours: --weights FILE.yaml; there are none by default."
        )
    return found


def _weights(given: Path | str | Mapping[str, float] | None) -> dict[str, float]:
    """Weights as given, or of a file; none without either."""
    if given is None:
        return {}
    return weights_of(Path(given)) if isinstance(given, Path | str) else checked(given)


def _values(facts: Facts, governance: Governance, brought: Scores | None) -> dict[str, Value]:
    """Every measure that stands by itself."""
    potential = composed.disruption(facts, brought)
    return {
        "eu_supply_risk": composed.eu_risk(facts, governance),
        "reliance": measures.reliance(facts),
        "trade_exposure": measures.trade_exposure(facts),
        "source_hhi": measures.source_hhi(facts),
        "geodep": measures.geodep(facts),
        "world_hhi": measures.world_hhi(facts),
        "governance_hhi": measures.governance_hhi(facts, governance),
        "leader_share": measures.leader_share(facts),
        "disruption_potential": potential,
        "usgs_supply_risk": composed.usgs_risk(facts, potential, brought),
    }


def _headlines(rows: Sequence[Row], method: str, ranked: int) -> tuple[Headline, ...]:
    """The riskiest by the measure asked for, as far as it is certain, and how many are not ranked."""
    heading = next(one.heading for one in (*MEASURES, COMPOSITE) if one.name == method)
    certain = [row for row in rows if row["place"] and row[f"{method}_rank_high"] < ranked]
    gone = sum(row["place"] is None for row in rows)
    left = Headline("Not ranked", str(gone), f"of {len(rows)}: {heading} is not known")
    if not certain:
        return (left,)
    names = ", ".join(row["name"] for row in certain[:3])
    return (Headline(f"By {heading}", names, f"highest lower ends of {ranked} materials ranked"), left)
