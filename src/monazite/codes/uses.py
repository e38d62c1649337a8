"""What each material is used for, by sector, and who says so.

``data/uses.csv`` holds one row per material, application and sector; ``data/sectors.csv`` the sectors.
The application is the source's; that it belongs to a sector is either the source's word
(``sector_basis`` = ``stated``) or our ``judgement``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monazite.codes import reviewed
from monazite.codes.materials import material


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of the economy that uses materials: id, name, and what it covers."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Use:
    """One application of one material in one sector, with its source and confidence tag; no units.

    Uses carry no amounts: the order of rows says nothing about shares.
    """

    material: str
    sector: str
    application: str
    source: str
    tag: str
    sector_basis: str


def uses(material_id: str) -> tuple[Use, ...]:
    """Known uses of a material; none recorded gives an empty tuple.

    Every material on the US lists of 2022 and 2025 has at least one. A group has only the uses its source
    gives for the group.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    Examples
    --------
    >>> [(u.sector, u.application) for u in uses("uranium")]
    [('energy', 'nuclear fuel')]
    """
    return _by_material().get(material(material_id).id, ())


@cache
def sectors() -> tuple[Sector, ...]:
    """Every sector, in the order in which reports show them.

    Examples
    --------
    >>> [s.id for s in sectors()[:3]]
    ['energy', 'electronics', 'aerospace_defense']
    """
    return tuple(Sector(**row) for row in reviewed.rows("sectors.csv"))


@cache
def _by_material() -> dict[str, tuple[Use, ...]]:
    grouped: dict[str, tuple[Use, ...]] = {}
    for row in reviewed.rows("uses.csv"):
        grouped[row["material"]] = (*grouped.get(row["material"], ()), Use(**row))
    return grouped
