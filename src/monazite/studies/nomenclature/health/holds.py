"""What a code holds, as the materials map says: which materials, and whether they are a basket."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.carried_codes import WHOLE, carried
from monazite.codes.material_codes import codes_of, material_codes, materials_of
from monazite.errors import UsageError
from monazite.results.words import listed
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.health.changes import changes
from monazite.studies.nomenclature.links import kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.codes.material_codes import MaterialCode

LATEST = HS_EDITIONS[-1]
MAPPED = (LATEST, "HTS2025")
"""Editions that the map is written in."""
_ALONE = ("text", "breakout", "derived")
"""How a share is known where the code's words do not name other goods beside the one material."""


class Holding(NamedTuple):
    """The materials of a code by their ids, the stages of each, and whether the code is a basket."""

    stages: dict[str, tuple[str, ...]]
    basket: bool


def holding(edition: str, code: str) -> Holding:
    """What a code of an edition holds; nothing where the map does not name it.

    >>> list(holding("HS2022", "811292").stages), holding("HS2022", "811292").basket
    (['gallium', 'germanium', 'indium', 'niobium', 'vanadium'], True)
    >>> holding("HS2017", "283691")
    Holding(stages={'lithium': ('intermediate',)}, basket=False)
    >>> holding("HTS2025", "3818000010").basket  # gallium arsenide is one good
    False
    """
    rows = _rows(edition, code)
    stages: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if row.share_high is None or row.share_high > 0:
            stages[row.material][row.stage] = None
    return Holding({name: tuple(stages[name]) for name in sorted(stages)}, basket(rows))


def codes_holding(edition: str, material: str) -> tuple[str, ...]:
    """The codes of an edition that hold a material, by the map or by links carried from it, in order.

    Of an earlier edition: those that hold it, and those whose number holds it in the latest one.
    :func:`left_out` has what else is linked to such a code, and so may hold some of it, or none.

    Raises
    ------
    UsageError
        If the map neither has the edition nor can be carried to it.

    >>> codes_holding("HS2022", "lithium_ion_batteries"), codes_holding("HS2007", "lithium_ion_batteries")
    (('850760',), ('850780',))
    """
    if edition in MAPPED:
        return tuple(sorted({one.code for one in codes_of(material) if one.nomenclature == edition} - {""}))
    if edition not in HS_EDITIONS:
        raise UsageError(
            f"the materials map has {listed(MAPPED)} and can be carried to earlier editions of HS, not to"
            f" {edition}; give codes in place of {material}, or another --nomenclature."
        )
    own = {one.code for one in codes_of(material) if one.nomenclature == edition}
    return tuple(sorted((own | _linked(edition, material)) - set(left_out(edition, material))))


def left_out(edition: str, material: str) -> tuple[str, ...]:
    """Codes of an earlier edition that were merged into one that holds a material, under another number.

    >>> "252700" in left_out("HS1992", "lithium")  # cryolite, merged into 253090 with spodumene
    True
    """
    latest = set(codes_holding(LATEST, material))
    return tuple(
        sorted(
            code
            for code in _linked(edition, material) - latest
            if material not in holding(edition, code).stages
        )
    )


def _linked(edition: str, material: str) -> set[str]:
    """Codes of an edition that links lead to from codes that hold a material."""
    return {code for code, rows in _carried(edition).items() if any(_is(one, material) for one in rows)}


def _is(row: MaterialCode, material: str) -> bool:
    """Whether a row says that a code has some of a material in it."""
    return row.material == material and (row.share_high is None or row.share_high > 0)


def basket(rows: Iterable[MaterialCode]) -> bool:
    """Whether rows of one code say that it holds goods of which no material is in all.

    >>> basket([])
    False
    """
    rows = tuple(rows)
    low: dict[str, float] = defaultdict(float)
    high: dict[str, float] = defaultdict(float)
    for row in rows:
        low[row.material] += row.share_low or 0.0
        high[row.material] += 1.0 if row.share_high is None else row.share_high
    if not low or max(low.values()) >= WHOLE - _ROUNDED:
        return False
    return len(low) > 1 or min(high.values()) < WHOLE or any(row.known not in _ALONE for row in rows)


_ROUNDED = 0.001
"""Shares of several forms are each kept to four digits, and may sum to a little less than they are."""


def _rows(edition: str, code: str) -> tuple[MaterialCode, ...]:
    """Rows of the map for a code: its own, else those of the latest edition carried to its own.

    What was merged with others is not asked what they became: the map would say what the others held.
    """
    if edition.startswith(("HTS", "ScheduleB")):
        return materials_of("HTS2025", code)
    own = materials_of(edition, code)
    if own or edition not in HS_EDITIONS or any(one.shared for one in changes(edition, code)):
        return own
    return _carried(edition).get(code, ())


@cache
def _carried(edition: str) -> dict[str, tuple[MaterialCode, ...]]:
    """The map in an earlier edition, carried back step by step."""
    if edition not in HS_EDITIONS[:-1]:
        return {}
    later = HS_EDITIONS[HS_EDITIONS.index(edition) + 1]
    if later == LATEST:
        rows = tuple(one for one in material_codes() if one.nomenclature == LATEST)
    else:
        rows = tuple(one for many in _carried(later).values() for one in many)
    links = [(one.code, one.other_code, one.relation) for one in kept(later, edition)]
    found: dict[str, list[MaterialCode]] = defaultdict(list)
    for one in carried(rows, links, edition):
        found[one.code].append(one)
    return {code: tuple(many) for code, many in found.items()}
