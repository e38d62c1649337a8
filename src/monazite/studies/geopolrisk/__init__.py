"""GeoPolRisk of an importer: concentration of world production times the instability of what it imports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.codes.geopolrisk_codes import geopolrisk_codes
from monazite.codes.groups import Importer
from monazite.codes.groups import importer as importer_of
from monazite.codes.material_codes import codes_of
from monazite.codes.materials import material as material_of
from monazite.errors import UnknownCodeError, UsageError
from monazite.methods.governance import instability
from monazite.results.frame import Frame
from monazite.schema.findings import finding
from monazite.schema.geopolrisk import GEOPOLRISK, GEOPOLRISK_PARTNER
from monazite.schema.world_trade import NOMENCLATURE
from monazite.studies.geopolrisk.purchases import purchases as read_purchases
from monazite.studies.geopolrisk.scored import World, partner_name, scored
from monazite.studies.geopolrisk.sums import summed
from monazite.studies.nomenclature.answer import answer
from monazite.studies.world import held
from monazite.studies.world.flows import Flows, world_flows, world_totals, years_held
from monazite.studies.world.governance import political_stability
from monazite.studies.world.production import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.results.result import Source
    from monazite.schema.findings import Finding
    from monazite.store.home import Store
    from monazite.studies.geopolrisk.scored import Scored
    from monazite.studies.nomenclature.answer import Answer
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
        A country, a group such as ``EU27``, or a file of members; trade among members is none.
    year
        Year of trade; the latest there is if not given. Five years are shipped, others come from the store.
    store
        The store, or its folder; the user's own by default.
    purchases
        A file ``material, country, amount_t`` of a company's own purchases instead of a country's trade.
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
    chosen, others = _chosen((materials,) if isinstance(materials, str) else tuple(materials))
    bought = read_purchases(Path(purchases)) if purchases else None
    when = year or (years_held(place) or (2024,))[-1]
    governance = political_stability(when, place)
    published = convention != CONVENTIONS[0]
    world, flows = _world(
        chosen, buyer, when, place, governance=governance, bought=bought, published=published
    )
    rows = [scored(one, world) for one in _bought(chosen, bought)]
    told = [one for each in rows for one in each.findings] + [_unscorable(name) for name in others]
    parameters = {"materials": materials, "importer": buyer.name, "year": when, "convention": convention}
    return answer(
        f"GeoPolRisk of {_owner(buyer, bought)}, {when}",
        Frame(GEOPOLRISK, (*(each.row for each in rows), *(_other(name, when, told) for name in others))),
        method=METHOD,
        parameters=parameters,
        details={"partners": _partners(rows, flows, buyer, governance)},
        findings=told,
        sources=_sources(flows, governance, rows),
        question=QUESTION,
        study="geopolrisk",
    )


def _owner(buyer: Importer, bought: dict[str, dict[str, float]] | None) -> str:
    """Whose supply it is."""
    return f"own purchases, {buyer.name}" if bought else buyer.name


def _chosen(asked: tuple[str, ...]) -> tuple[list[GeoPolRiskCode], list[str]]:
    """Materials of the method that are asked for, and those asked for that it does not have."""
    known = geopolrisk_codes()
    if not asked:
        return list(known), []
    by_name = {one.name.casefold(): one for one in known}
    found: list[GeoPolRiskCode] = []
    others: list[str] = []
    for name in asked:
        if name.strip().casefold() in by_name:
            found.append(by_name[name.strip().casefold()])
            continue
        wanted = material_of(name).id
        fitting = [one for one in known if one.material == wanted]
        found += fitting
        others += [] if fitting else [wanted]
    return list(dict.fromkeys(found)), list(dict.fromkeys(others))


def _bought(chosen: list[GeoPolRiskCode], bought: dict[str, dict[str, float]] | None) -> list[GeoPolRiskCode]:
    """Of a company's purchases only what it buys.

    Raises
    ------
    UsageError
        If it buys none of the method's materials.
    """
    if bought is None:
        return chosen
    found = [one for one in chosen if one.material in bought]
    if not found:
        raise UsageError(
            f"none of {', '.join(sorted(bought))} is a material of GeoPolRisk, or was asked for."
        )
    return found


def _world(  # noqa: PLR0913 - what an answer shares, by name
    chosen: list[GeoPolRiskCode],
    buyer: Importer,
    year: int,
    store: Store,
    *,
    governance: Governance,
    bought: dict[str, dict[str, float]] | None,
    published: bool,
) -> tuple[World, Flows]:
    """Flows, sums and what else the materials share."""
    codes = sorted({code for one in chosen for code in one.codes})
    flows = _own(chosen, bought, buyer, year) if bought else world_flows(codes or ["none"], [year], store)
    return (
        World(
            sums=summed(flows, [buyer], governance.scores, published=published),
            importer=buyer,
            year=year,
            store=store,
            loaded=compiled(year, store),
            totals={} if bought else world_totals(codes, store),
            held=flows.held,
            nomenclature=NOMENCLATURE,
            published=published,
            own=bought is not None,
        ),
        flows,
    )


def _own(
    chosen: list[GeoPolRiskCode], bought: dict[str, dict[str, float]], buyer: Importer, year: int
) -> Flows:
    """A company's purchases as flows under the first code of each material."""
    code = {one.material: one.codes[0] for one in reversed(chosen)}
    rows = [(code[m], c, t) for m, each in bought.items() if m in code for c, t in each.items()]
    cited = _company()
    return Flows(
        year=np.full(len(rows), year),
        importer=np.full(len(rows), buyer.members[0], dtype=object),
        exporter=np.array([row[1] for row in rows], dtype=object),
        code=np.array([row[0] for row in rows], dtype=object),
        value_usd=np.zeros(len(rows)),
        mass_t=np.array([row[2] for row in rows], dtype=float),
        nomenclature=NOMENCLATURE,
        held=frozenset(code.values()),
        source=cited,
    )


def _company() -> Source:
    """What a company's own purchases are cited as."""
    from monazite.results.result import Source  # noqa: PLC0415 - only a company's purchases are cited so

    return Source("own", "Own purchases", "the user", "", "own", ())


def _other(name: str, year: int, told: list[Finding]) -> dict[str, Any]:
    """The row of a material that the method does not have: no score, and why."""
    reason = next(one.found for one in told if one.subject == name)
    rule = next(one.rule for one in told if one.subject == name)
    return dict.fromkeys(GEOPOLRISK.names) | {
        "name": material_of(name).name,
        "material": name,
        "status": "refused",
        "reason": reason,
        "codes": "none",
        "nomenclature": NOMENCLATURE,
        "trade_stage": "none",
        "production_stage": "none",
        "year": year,
        "findings": rule,
    }


def _unscorable(name: str) -> Finding:
    """Why a material outside the method has no score: it shares its code, or has none."""
    shared = sorted({row.code for row in codes_of(name) if row.known == "text-shared" and len(row.code) == 6})  # noqa: PLR2004 - digits of a subheading
    if shared:
        told = f"shares {', '.join(shared[:3])} with other materials; load customs lines of ten digits"
        return finding("code-basket", name, where="GeoPolRisk", found=told, expected="a code of its own")
    told = "no subheading of its own in the data; load trade that has one, or purchases of your own"
    return finding("data-missing", name, where="GeoPolRisk", found=told, expected="a code of its own")


def _partners(rows: list[Scored], flows: Flows, buyer: Importer, governance: Governance) -> Frame:
    """Who sends what behind each row that has imports."""
    found: list[dict[str, Any]] = []
    for each in rows:
        if not each.row["imports_t"]:
            continue
        own = next(one for one in geopolrisk_codes() if one.name == each.row["name"])
        mine = np.isin(flows.code, own.codes) & np.isin(flows.importer, buyer.members)
        mine &= ~np.isin(flows.exporter, buyer.members)
        amounts: dict[str, float] = {}
        for partner, mass in zip(flows.exporter[mine], flows.mass_t[mine], strict=True):
            amounts[partner] = amounts.get(partner, 0.0) + (0.0 if np.isnan(mass) else float(mass))
        total = sum(amounts.values())
        for partner, amount in sorted(amounts.items(), key=lambda one: (-one[1], one[0])):
            score = governance.scores.get(partner)
            ends = (0.0, 1.0) if score is None else (float(instability(score)),) * 2
            found.append(
                {
                    "name": own.name,
                    "partner": partner,
                    "partner_name": partner_name(partner),
                    "imports_t": amount,
                    "share": amount / total,
                    "instability_low": ends[0],
                    "instability_high": ends[1],
                }
            )
    return Frame(GEOPOLRISK_PARTNER, tuple(found))


def _sources(flows: Flows, governance: Governance, rows: list[Scored]) -> tuple[Source, ...]:
    """Everything the answer rests on, each once."""
    made = [each.supply.production.source for each in rows if each.supply]
    return tuple(dict.fromkeys([flows.source, governance.source, *made]))
