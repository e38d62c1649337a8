"""Which materials are meant, those the method does not have included."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from monazite.codes.geopolrisk_codes import geopolrisk_codes
from monazite.codes.material_codes import codes_of
from monazite.codes.materials import material as material_of
from monazite.schema.findings import finding
from monazite.schema.geopolrisk import GEOPOLRISK
from monazite.schema.world_trade import NOMENCLATURE

if TYPE_CHECKING:
    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.schema.findings import Finding

SIX = 6
"""Digits of a subheading."""


def called(asked: str) -> tuple[str, ...]:
    """Names in the method of what somebody calls so; the id of a material that the method does not have.

    The method's own name goes first: bauxite is not aluminium.

    Raises
    ------
    UnknownCodeError
        If nobody knows it; the message names the nearest.

    Examples
    --------
    >>> called("bauxite"), called("Al"), called("gallium")
    (('Bauxite',), ('Aluminium',), ('gallium',))
    """
    if exact := _by_name().get(asked.strip().casefold()):
        return (exact,)
    wanted = material_of(asked).id
    return tuple(one.name for one in geopolrisk_codes() if one.material == wanted) or (wanted,)


@cache
def _by_name() -> dict[str, str]:
    """Names of the method, however their letters are written."""
    return {one.name.casefold(): one.name for one in geopolrisk_codes()}


def chosen(asked: tuple[str, ...]) -> tuple[list[GeoPolRiskCode], list[str]]:
    """Materials of the method that are asked for, and ids of those asked for that it does not have."""
    known = {one.name: one for one in geopolrisk_codes()}
    if not asked:
        return list(known.values()), []
    names = list(dict.fromkeys(name for each in asked for name in called(each)))
    return [known[one] for one in names if one in known], [one for one in names if one not in known]


def other(name: str, year: int, told: Finding) -> dict[str, Any]:
    """The row of a material that the method does not have: no score, and why."""
    return dict.fromkeys(GEOPOLRISK.names) | {
        "name": material_of(name).name,
        "material": name,
        "status": "refused",
        "reason": told.found,
        "codes": "none",
        "nomenclature": NOMENCLATURE,
        "trade_stage": "none",
        "production_stage": "none",
        "year": year,
        "findings": told.rule,
    }


def unscorable(name: str) -> Finding:
    """Why a material outside the method has no score: it shares its code, or has none."""
    shared = sorted(
        {row.code for row in codes_of(name) if row.known == "text-shared" and len(row.code) == SIX}
    )
    if shared:
        told = f"shares {', '.join(shared[:3])} with other materials; load customs lines of ten digits"
        return finding("code-basket", name, where="GeoPolRisk", found=told, expected="a code of its own")
    told = "no subheading of its own in the data; load trade that has one, or purchases of your own"
    return finding("data-missing", name, where="GeoPolRisk", found=told, expected="a code of its own")
