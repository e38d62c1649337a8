"""The score of one material: an interval over what is not known, or the finding that refuses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import DataMissingError
from monazite.methods.geopolrisk import characterisation_factor, geopolrisk_score
from monazite.schema.interval import Interval
from monazite.studies.geopolrisk.bounds import (
    EXACT,
    GAS,
    OPEN,
    factors,
    output,
    risks,
    tell_production,
    tell_trade,
)
from monazite.studies.geopolrisk.prices import price
from monazite.studies.geopolrisk.refusals import dead, refusal
from monazite.studies.geopolrisk.rows import begun, tell
from monazite.studies.geopolrisk.supply import supply

if TYPE_CHECKING:
    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.studies.geopolrisk.rows import Scored, World
    from monazite.studies.geopolrisk.supply import Supply

MILLION = 1_000_000
"""The published package takes millions of cubic metres for tonnes: its conversion is never reached."""


def scored(material: GeoPolRiskCode, world: World) -> Scored:
    """The row of one material."""
    found, company = begun(material, world), world.own is not None
    gone = [] if company else dead(material, world, found)
    living = [code for code in material.codes if code not in gone]
    refused = "" if company else refusal(material, world, found, living)
    try:
        found.supply = supply(material, world.importer, world.year, world.store, world.loaded)
    except DataMissingError as error:
        refused = refused or str(error)
        tell(found, "data-missing", material, str(error), "production by country")
    if found.supply and (not refused or world.published):
        _score(material, world, found, found.supply, list(material.codes) if world.published else living)
    elif refused:
        found.row |= {"status": "refused", "reason": refused}
    if world.published and refused and found.row["score_low"] is not None:
        found.row["reason"] = f"as published; {refused}"
    found.row["findings"] = "; ".join(dict.fromkeys(one.rule for one in found.findings)) or None
    return found


def _score(material: GeoPolRiskCode, world: World, found: Scored, supply: Supply, codes: list[str]) -> None:
    """Write the score and what it is made of."""
    counted = [code for code in codes if code in world.sums.codes]
    at, column = [world.sums.codes.index(code) for code in counted], world.sums.column(world.importer)
    sent, low, high = (table[at, column] for table in (world.sums.imports, world.sums.low, world.sums.high))
    made = beside_imports(material, world, supply)
    found.row |= {
        "hhi_low": supply.hhi.low,
        "hhi_high": supply.hhi.high,
        "imports_t": float(sent.sum()),
        "weighted_low_t": float(low.sum()),
        "weighted_high_t": float(high.sum()),
        "production_t": made.low if made.is_exact and supply.production.unit != GAS else None,
        "production_stage": supply.stage,
        "production_source": f"{supply.production.source.publisher}, {supply.production.label}",
    }
    if not sent.sum() and not made.high:
        told = f"{world.importer.name} neither imports nor produces any in {world.year}"
        tell(found, "data-missing", material, told, "imports or production with a mass")
        found.row |= {"status": "refused", "reason": f"{told}; no flow is no safety"}
        return
    contents = [EXACT] * len(counted)
    if not world.published:
        if world.own is None:
            contents = factors(material, found, supply, counted, sent)
            made = output(material, found, supply, made)
        tell_production(material, world, found, supply)
    tell_trade(material, world, found, at, column)
    _write(material, world, found, supply, risks(contents, sent, (low, high), made))


def beside_imports(material: GeoPolRiskCode, world: World, supply: Supply) -> Interval:
    """What stands beside the imports: production at home, or what a company buys there.

    As published, what is not given counts as nothing.
    """
    if world.own is not None:
        return Interval.exact(world.own.get(material.name, 0.0))
    if not world.published:
        return supply.domestic
    amounts = supply.production.amounts()
    known = sum(amounts.get(member, 0.0) for member in world.importer.members)
    return Interval.exact(known / (MILLION if supply.production.unit == GAS else 1))


def _write(
    material: GeoPolRiskCode, world: World, found: Scored, supply: Supply, risk: tuple[float, float]
) -> None:
    """Write risk, score and factor; an interval where their ends differ."""
    low = geopolrisk_score(supply.hhi.low, risk[0])
    high = geopolrisk_score(min(1.0, supply.hhi.high), risk[1])
    exact = high - low <= 1e-9 * max(high, 1e-12)
    reasons = "; ".join(one.found for one in found.findings if one.rule in OPEN)
    found.row |= {
        "import_risk_low": risk[0],
        "import_risk_high": risk[1],
        "score_low": low,
        "score_high": high,
        "status": "exact" if exact else "interval",
        "reason": None if exact or world.published else reasons or None,
    }
    if mean := price(material.price):
        found.row |= {
            "price_usd_per_kg": mean.usd_per_kg,
            "price_years": mean.of,
            "cf_low": characterisation_factor(low, mean.usd_per_kg),
            "cf_high": characterisation_factor(high, mean.usd_per_kg),
        }
