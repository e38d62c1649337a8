"""The score of one material: an interval over what is not known, or the finding that refuses it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import countries
from monazite.codes.material_codes import codes_of
from monazite.errors import DataMissingError
from monazite.methods.geopolrisk import characterisation_factor, geopolrisk_score, risk_of_sums
from monazite.schema.findings import finding
from monazite.schema.geopolrisk import GEOPOLRISK
from monazite.schema.world_trade import NOMENCLATURE
from monazite.studies.geopolrisk.prices import price
from monazite.studies.geopolrisk.supply import contents, series_formula, supply
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.health.ended import ended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.codes.groups import Importer
    from monazite.schema.findings import Finding
    from monazite.store.home import Store
    from monazite.studies.geopolrisk.sums import Sums
    from monazite.studies.geopolrisk.supply import Supply

Row = dict[str, Any]
NOTABLE = 0.01
"""Share of imports from partners without a score, or without a mass, from which a finding says so."""

MOST_CODES = 4
"""Codes named of those that would have to be loaded."""
MILLION = 1_000_000
"""The published package takes millions of cubic metres for tonnes: its conversion is never reached."""


@dataclass(slots=True)
class World:
    """What every material of one answer shares."""

    sums: Sums
    importer: Importer
    year: int
    store: Store
    loaded: Mapping[str, list[Row]]
    totals: Mapping[str, Mapping[int, tuple[float, float | None]]]
    held: frozenset[str]
    nomenclature: str
    published: bool
    own: bool


@dataclass(slots=True)
class Scored:
    """A row with its findings, and the series of production it rests on."""

    row: Row
    findings: list[Finding] = field(default_factory=list)
    supply: Supply | None = None


def scored(material: GeoPolRiskCode, world: World) -> Scored:
    """The row of one material."""
    found = Scored(_begun(material, world))
    dead = [] if world.own else _dead(material, world, found)
    living = [code for code in material.codes if code not in dead]
    refused = "" if world.own else _refusal(material, world, found, living)
    try:
        found.supply = supply(material, world.importer, world.year, world.store, world.loaded)
    except DataMissingError as error:
        refused = refused or str(error)
        _tell(found, "data-missing", material, str(error), "production by country")
    if found.supply and (not refused or world.published):
        counted = list(material.codes) if world.published else living
        _score(material, world, found, found.supply, codes=counted)
        refused = refused if world.published else str(found.row["reason"] or "")
    elif refused:
        found.row |= {"status": "refused", "reason": refused}
    if world.published and refused and found.row["score_low"] is not None:
        found.row["reason"] = f"as published; {refused}"
    found.row["findings"] = "; ".join(dict.fromkeys(one.rule for one in found.findings)) or None
    return found


def _begun(material: GeoPolRiskCode, world: World) -> Row:
    """A row without figures."""
    return dict.fromkeys(GEOPOLRISK.names) | {
        "name": material.name,
        "material": material.material or None,
        "status": "refused",
        "codes": "own purchases" if world.own else " ".join(material.codes),
        "nomenclature": world.nomenclature,
        "trade_stage": material.trade_stage,
        "production_stage": material.production_stage,
        "year": world.year,
    }


# ── refusing ──────────────────────────────────────────────────────────────────────────────────


def _dead(material: GeoPolRiskCode, world: World, found: Scored) -> list[str]:
    """Codes that lost their trade for good before the year; each is told."""
    gone = []
    for code in material.codes:
        yearly = {year: value for year, (value, _) in world.totals.get(code, {}).items()}
        years = range(min(yearly, default=0), max([*yearly, world.year]) + 1) if yearly else ()
        end = ended(world.nomenclature, code, {year: yearly.get(year, 0.0) for year in years})
        if end and end.death.year <= world.year:
            gone.append(code)
            later = f"; its goods stand under {', '.join(map(written, end.codes))}" if end.codes else ""
            told = f"{world.nomenclature} {written(code)} lost its trade in {end.death.year}{later}"
            _tell(found, "code-dead", material, told, "a code that lives")
    return gone


def _refusal(material: GeoPolRiskCode, world: World, found: Scored, living: list[str]) -> str:
    """Why a score would say nothing; empty where it says something."""
    if not living:
        told = next(one.found for one in found.findings if one.rule == "code-dead")
        return f"{told}; {_load(material)}"
    if absent := [code for code in living if code not in world.held]:
        told = f"{', '.join(map(written, absent))} are not in the data"
        _tell(found, "data-missing", material, told, "trade under every code of the material")
        return f"{told}; {_load(material)}"
    if material.verdict:
        told = f"{', '.join(map(written, living))}: {material.note}"
        rule, expected = _VERDICTS[material.verdict]
        _tell(found, rule, material, told, expected)
        return f"{told}; {_load(material)}"
    return ""


_VERDICTS = {
    "stage": ("stage-mismatch", "codes of the stage the material is traded at"),
    "coverage": ("coverage-partial", "codes that hold all of the material's trade"),
}
"""What keeps a material's codes from scoring it: the rule, and what is expected instead."""


def _load(material: GeoPolRiskCode) -> str:
    """What would have to be loaded: the codes the materials map has, if it has any."""
    known = codes_of(material.material) if material.material else ()
    stages = [
        [row.code for row in known if row.nomenclature == "HS2022" and row.code and row.stage == stage]
        for stage in ("refined", "intermediate")
    ]
    six = list(dict.fromkeys(code for each in stages for code in sorted(each)))[:MOST_CODES]
    if not six:
        return "load trade at the stage that counts"
    return f"load a vintage of BACI with {', '.join(map(written, six))}: monazite fetch baci hs=HS22"


# ── scoring ───────────────────────────────────────────────────────────────────────────────────


def _score(
    material: GeoPolRiskCode, world: World, found: Scored, made_by: Supply, *, codes: list[str]
) -> None:
    """Write the score and what it is made of."""
    at, column = (
        [world.sums.codes.index(c) for c in codes if c in world.sums.codes],
        world.sums.column(world.importer),
    )
    sent, low, high = (table[at, column] for table in (world.sums.imports, world.sums.low, world.sums.high))
    made = 0.0 if world.own else made_by.domestic
    if world.published and made_by.production.unit == "m3":
        made /= MILLION
    found.row |= {
        "hhi_low": made_by.hhi.low,
        "hhi_high": made_by.hhi.high,
        "imports_t": float(sent.sum()),
        "weighted_low_t": float(low.sum()),
        "weighted_high_t": float(high.sum()),
        "production_t": made,
        "production_source": f"{made_by.production.source.publisher}, {made_by.production.label}",
    }
    if not sent.sum() and not made:
        told = f"{world.importer.name} neither imports nor produces any in {world.year}"
        _tell(found, "data-missing", material, told, "imports or production with a mass")
        found.row |= {"status": "refused", "reason": f"{told}; no flow is no safety"}
        return
    factors = (
        [((1.0, 1.0),) * len(at)]
        if world.published
        else [_factors(material, world, found, made_by, codes=codes)]
    )
    outputs = (made, made) if world.published else _outputs(material, found, made_by, made)
    risks = [
        risk_of_sums(
            min(sum(f * w for f, w in zip(each, weighted, strict=True)), _dot(each, sent)),
            _dot(each, sent),
            p,
        )
        for each in product(*factors[0])
        for weighted in (low, high)
        for p in outputs
        if _dot(each, sent) + p > 0
    ] or [0.0]
    _write(material, world, found, made_by, ends=(min(risks), max(risks)))
    _tell_gaps(material, world, found, at, column)


def _dot(factors: tuple[float, ...], amounts: Any) -> float:  # noqa: ANN401 - a row of an array
    """Sum of amounts, each times its factor."""
    return float(sum(factor * amount for factor, amount in zip(factors, amounts, strict=True)))


def _write(
    material: GeoPolRiskCode, world: World, found: Scored, made_by: Supply, *, ends: tuple[float, float]
) -> None:
    """Write risk, score and factor; an interval where their ends differ."""
    low = geopolrisk_score(made_by.hhi.low, ends[0])
    high = geopolrisk_score(min(1.0, made_by.hhi.high), ends[1])
    exact = high - low <= 1e-9 * max(high, 1e-12)
    reasons = [one.found for one in found.findings if one.rule in ("basis-mixed", "stage-mismatch")]
    found.row |= {
        "import_risk_low": ends[0],
        "import_risk_high": ends[1],
        "score_low": low,
        "score_high": high,
        "status": "exact" if exact else "interval",
        "reason": None if exact or world.published else "; ".join(reasons) or "not every partner has a score",
    }
    mean = price(material.material) if material.material else None
    if mean:
        found.row |= {
            "price_usd_per_kg": mean.usd_per_kg,
            "price_years": mean.years,
            "cf_low": characterisation_factor(low, mean.usd_per_kg),
            "cf_high": characterisation_factor(high, mean.usd_per_kg),
        }


def _factors(
    material: GeoPolRiskCode, world: World, found: Scored, made_by: Supply, *, codes: list[str]
) -> tuple[tuple[float, float], ...]:
    """What goods of each code hold of what production counts; told where it is open and matters."""
    if world.own:
        return ((1.0, 1.0),)
    counted = series_formula(material, made_by.production)
    every = dict(zip(material.codes, contents(material, counted), strict=True))
    ends = tuple(every[code] for code in codes if code in world.sums.codes)
    if len(set(ends)) > 1 or (made_by.domestic and any(one != (1.0, 1.0) for one in ends)):
        what = f"production in {counted or made_by.production.basis or 'a basis not stated'}"
        told = f"imports by gross weight ({', '.join(map(written, codes))}) beside {what}"
        _tell(found, "basis-mixed", material, told, "one basis for imports and production")
        return ends
    return ((1.0, 1.0),) * len(ends)


def _outputs(material: GeoPolRiskCode, found: Scored, made_by: Supply, made: float) -> tuple[float, float]:
    """Domestic production that counts: none or all of it where it is of another stage."""
    counted = made_by.production.unit
    if counted not in ("", "t"):
        told = f"production in {counted} beside imports in t"
        _tell(found, "basis-mixed", material, told, "one unit for imports and production")
        return (0.0, 0.0)
    if made and material.trade_stage != material.production_stage:
        stages = f"{material.production_stage}, trade of {material.trade_stage}"
        told = f"production of {made:,.0f} t is of stage {stages}"
        _tell(found, "stage-mismatch", material, told, "production and trade at one stage")
        return (0.0, made)
    return (made, made)


def _tell_gaps(material: GeoPolRiskCode, world: World, found: Scored, at: list[int], column: int) -> None:
    """Tell partners without a score and flows without a mass."""
    total, unscored = (float(t[at, column].sum()) for t in (world.sums.imports, world.sums.unscored))
    if total and unscored / total >= NOTABLE:
        told = f"{unscored / total:.1%} of imports from partners without a score"
        _tell(found, "governance-missing", material, told, "a score for every partner")
    if missing := float(world.sums.without_mass_usd[at, column].sum()):
        told = f"flows worth {missing:,.0f} USD have no mass and are not counted"
        _tell(found, "quantity-missing", material, told, "a mass for every flow")


def _tell(found: Scored, rule: str, material: GeoPolRiskCode, what: str, expected: str) -> None:
    """Note a finding about the material."""
    where = f"GeoPolRisk, {found.row['nomenclature']}, {found.row['year']}"
    found.findings.append(finding(rule, material.name, where=where, found=what, expected=expected))


def partner_name(code: str) -> str:
    """Name of a partner; an area that no list holds is its own name."""
    return _names().get(code, code)


def _names() -> dict[str, str]:
    """Names by id."""
    return {one.id: one.name for one in countries()}


def written(code: str) -> str:
    """A subheading as people write it.

    >>> written("811230")
    '8112.30'
    """
    return dotted(code, NOMENCLATURE)
