"""Why a material has no score: a dead code, codes not at hand, ore for a metal, part of its trade only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.material_codes import codes_of
from monazite.studies.geopolrisk.rows import tell, written
from monazite.studies.nomenclature.health.ended import ended

if TYPE_CHECKING:
    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.studies.geopolrisk.rows import Scored, World

MOST_CODES = 4
"""Codes named of those that would have to be loaded."""
BASKET = "basket"
VERDICTS = {
    "stage": ("stage-mismatch", "codes of the stage the material is traded at"),
    "coverage": ("coverage-partial", "codes that hold all of the material's trade"),
    BASKET: ("code-basket", "codes that hold nothing else"),
}
"""What is wrong with codes: the rule, and what is expected. All but a basket keep from scoring."""


def dead(material: GeoPolRiskCode, world: World, found: Scored) -> list[str]:
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
            tell(found, "code-dead", material, told, "a code that lives")
    return gone


def refusal(material: GeoPolRiskCode, world: World, found: Scored, living: list[str]) -> str:
    """Why a score would say nothing; empty where it says something."""
    if not living:
        told = next(one.found for one in found.findings if one.rule == "code-dead")
        return f"{told}; {_load(material)}"
    if absent := [code for code in living if code not in world.held]:
        told = f"{', '.join(map(written, absent))} are not in the data"
        tell(found, "data-missing", material, told, "trade under every code of the material")
        return f"{told}; {_load(material)}"
    if material.verdict:
        told = f"{', '.join(map(written, living))}: {material.note}"
        rule, expected = VERDICTS[material.verdict]
        tell(found, rule, material, told, expected)
        return "" if material.verdict == BASKET else f"{told}; {_load(material)}"
    return ""


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
