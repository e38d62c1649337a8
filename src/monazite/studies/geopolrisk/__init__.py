"""GeoPolRisk of an importer: concentration of world production times the instability of what it imports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from monazite.codes.groups import Importer
from monazite.codes.groups import importer as importer_of
from monazite.errors import UnknownCodeError
from monazite.results.frame import Frame
from monazite.schema.geopolrisk import GEOPOLRISK
from monazite.schema.world_trade import NOMENCLATURE
from monazite.studies.geopolrisk.asked import chosen, other, unscorable
from monazite.studies.geopolrisk.partners import partners
from monazite.studies.geopolrisk.purchases import at_home, bought_of, from_abroad, purchases_of
from monazite.studies.geopolrisk.rows import World
from monazite.studies.geopolrisk.scored import scored
from monazite.studies.geopolrisk.sums import summed
from monazite.studies.nomenclature.answer import answer
from monazite.studies.world import held
from monazite.studies.world.flows import world_flows, world_totals, years_held
from monazite.studies.world.governance import political_stability
from monazite.studies.world.production import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.results.result import Source
    from monazite.store.home import Store
    from monazite.studies.geopolrisk.purchases import Bought
    from monazite.studies.geopolrisk.rows import Scored
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.world.flows import Flows
    from monazite.studies.world.governance import Governance

__all__ = ["CONVENTIONS", "QUESTION", "geopolrisk"]

QUESTION = "How exposed is an importer to unstable suppliers of a mineral whose production is concentrated?"
CONVENTIONS = ("monazite", "published")
METHOD = (
    "Score = HHI of world production × Σ g·f / (p + F): imports f from each country weighted by its political"
    " instability g = (2.5 − estimate) / 5, over imports F and domestic production p (Koyamparambath et al."
    " 2024). Characterisation factor = score × price / 0.409412948, in kg copper equivalents per kg.\n\n"
    "Where the published method adds what does not fit, this answer is an interval or none: a country without"
    " a score is anything from 0 to 1 (published: one half); gross weight beside content is every content the"
    " goods may have; production of another stage counts or does not; a dead code, or ore for a metal, has no"
    " score. convention='published' computes as published, with the findings beside it."
)


def geopolrisk(  # noqa: PLR0913 - what may be asked, by name
    materials: str | Sequence[str] = (),
    *,
    importer: str | Importer = "USA",
    year: int | None = None,
    store: Store | Path | str | None = None,
    purchases: Path | str | None = None,
    convention: str = "monazite",
) -> Answer:
    """GeoPolRisk score and characterisation factor of a country, a group of countries, or a company.

    Parameters
    ----------
    materials
        Names, symbols or ids; none means the 53 of the published method.
    importer
        A country, a group such as ``EU27``, or a file of members; trade among members is none (as published:
        imports of instability 0).
    year
        Year of trade; the latest there is if not given. Five years are shipped, others come from the store.
    store
        The store, or its folder; the user's own by default.
    purchases
        A file ``material, country, amount_t`` of a company's own purchases instead of a country's trade. What
        it buys in the importer's own country stands in the place of domestic production.
    convention
        ``monazite``, or ``published`` to compute as the published package does.

    Returns
    -------
    Answer
        One row a material, scores in 0-1; the partners behind each in ``details["partners"]``.

    Raises
    ------
    UnknownCodeError
        If a material, importer or convention is not known.
    DataMissingError
        If there is no trade for the year.

    Examples
    --------
    >>> found = geopolrisk("germanium", store="nowhere", year=2022).table.rows[0]
    >>> found["status"], found["findings"]
    ('refused', 'code-dead; data-missing')
    """
    if convention not in CONVENTIONS:
        raise UnknownCodeError("convention", convention, CONVENTIONS)
    place = held(store)
    buyer = importer if isinstance(importer, Importer) else importer_of(importer)
    listed, others = chosen((materials,) if isinstance(materials, str) else tuple(materials))
    when = year or years_held(place)[-1]
    bought = purchases_of(Path(purchases)) if purchases else None
    if bought is not None:
        listed = [replace(one, codes=(one.name,), formulas=("*",)) for one in bought_of(listed, bought)]
    governance, published = political_stability(when, place), convention != CONVENTIONS[0]
    flows = _flows(listed, buyer, when, place, bought)
    world = World(
        sums=summed(flows, [buyer], governance.scores, published=published),
        importer=buyer,
        year=when,
        store=place,
        loaded=compiled(when, place),
        totals={} if bought else world_totals(_codes(listed), place),
        held=flows.held,
        nomenclature=NOMENCLATURE,
        published=published,
        own=None if bought is None else at_home(bought, buyer),
    )
    rows, told = [scored(one, world) for one in listed], [unscorable(name) for name in others]
    counted = [one for one, each in zip(listed, rows, strict=True) if each.row["imports_t"]]
    table = (*(each.row for each in rows), *(other(one.subject, when, one) for one in told))
    return answer(
        f"GeoPolRisk of {'own purchases, ' if bought else ''}{buyer.name}, {when}",
        Frame(GEOPOLRISK, table),
        method=METHOD,
        parameters={"materials": materials, "importer": buyer.name, "year": when, "convention": convention},
        details={"partners": partners(counted, flows, world, governance.scores)},
        findings=[*(one for each in rows for one in each.findings), *told],
        sources=_sources(flows, governance, rows),
        question=QUESTION,
        study="geopolrisk",
    )


def _flows(
    listed: list[GeoPolRiskCode], buyer: Importer, year: int, store: Store, bought: Bought | None
) -> Flows:
    """Trade of a year in the codes of some materials, or what a company buys abroad."""
    if bought is not None:
        return from_abroad(bought, [one.name for one in listed], buyer, year)
    return world_flows(_codes(listed) or ["none"], [year], store)


def _codes(listed: list[GeoPolRiskCode]) -> list[str]:
    """Codes of some materials, each once."""
    return sorted({code for one in listed for code in one.codes})


def _sources(flows: Flows, governance: Governance, rows: list[Scored]) -> tuple[Source, ...]:
    """Everything the answer rests on, each once."""
    made = [each.supply.production.source for each in rows if each.supply]
    return tuple(dict.fromkeys([flows.source, governance.source, *made]))
