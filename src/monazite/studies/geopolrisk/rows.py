"""What the materials of one answer share, and a row before it has figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import countries
from monazite.schema.findings import finding
from monazite.schema.geopolrisk import GEOPOLRISK
from monazite.schema.world_trade import NOMENCLATURE
from monazite.studies.nomenclature.dotted import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.codes.groups import Importer
    from monazite.schema.findings import Finding
    from monazite.store.home import Store
    from monazite.studies.geopolrisk.sums import Sums
    from monazite.studies.geopolrisk.supply import Supply

Row = dict[str, Any]


@dataclass(slots=True)
class World:
    """What every material of one answer shares.

    ``own`` is what a company buys at home of each material, in t; none where trade is a country's.
    """

    sums: Sums
    importer: Importer
    year: int
    store: Store
    loaded: Mapping[str, list[Row]]
    totals: Mapping[str, Mapping[int, tuple[float, float | None]]]
    held: frozenset[str]
    nomenclature: str
    published: bool
    own: Mapping[str, float] | None


@dataclass(slots=True)
class Scored:
    """A row with its findings, and the series of production it rests on."""

    row: Row
    findings: list[Finding] = field(default_factory=list)
    supply: Supply | None = None


def begun(material: GeoPolRiskCode, world: World) -> Scored:
    """A row without figures."""
    told = {
        "name": material.name,
        "material": material.material or None,
        "status": "refused",
        "codes": " ".join(material.codes) if world.own is None else "own purchases",
        "nomenclature": world.nomenclature,
        "trade_stage": material.trade_stage,
        "production_stage": material.production_stage,
        "year": world.year,
    }
    return Scored(dict.fromkeys(GEOPOLRISK.names) | told)


def tell(  # noqa: PLR0913 - the fields of a finding, by name
    found: Scored, rule: str, material: GeoPolRiskCode, what: str, expected: str, *, rows: int = 1
) -> None:
    """Note a finding about the material."""
    where = f"GeoPolRisk, {found.row['nomenclature']}, {found.row['year']}"
    found.findings.append(finding(rule, material.name, where=where, found=what, expected=expected, rows=rows))


def partner_name(code: str) -> str:
    """Name of a partner; an area that no list holds is its own name."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    """Names by id."""
    return {one.id: one.name for one in countries()}


def written(code: str) -> str:
    """A subheading as people write it.

    >>> written("811230")
    '8112.30'
    """
    return dotted(code, NOMENCLATURE)
