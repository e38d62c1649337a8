"""How a code stands: since when it has held the same goods, and in a few words whether it can be trusted."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from monazite.codes.material_codes import materials_of
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.store import shipped
from monazite.studies.nomenclature.health.changes import national
from monazite.studies.nomenclature.links import base, kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.codes.material_codes import MaterialCode
    from monazite.studies.nomenclature.health.changes import Change
    from monazite.studies.nomenclature.links import Link

NEWEST = HS_EDITIONS[-1]
TARIFF = "HTS"
SIX = 6
UNIT = "unit"
WHOLE = 0.9995
"""From here on a share is all of the code, to the digits shares are told in."""


@cache
def before(edition: str) -> dict[str, tuple[Link, ...]]:
    """Links of each code of an edition to the codes of the edition before."""
    earlier = HS_EDITIONS[HS_EDITIONS.index(edition) - 1]
    found: dict[str, list[Link]] = {}
    for link in kept(edition, earlier):
        found.setdefault(link.code, []).append(link)
    return {code: tuple(links) for code, links in found.items()}


def unchanged_since(code: str) -> int | None:
    """The year of the edition since which six digits have held the same goods; nothing if they are gone.

    >>> unchanged_since("850760"), unchanged_since("811292"), unchanged_since("283691")
    (2012, 2022, 1992)
    >>> unchanged_since("811230") is None
    True
    """
    six = code[:SIX]
    if six not in before(NEWEST):
        return None
    for edition, _ in pairwise(reversed(HS_EDITIONS)):
        links = before(edition).get(six, ())
        if [(link.other_code, link.relation) for link in links] != [(six, "1:1")]:
            return int(edition[2:])
    return int(HS_EDITIONS[0][2:])


def as_today(nomenclature: str, code: str) -> bool:
    """Whether digits mean in a nomenclature what they mean in today's tariff, so that its trade is theirs.

    >>> [as_today(one, "850780") for one in ("HS1992", "HS2017", "HS2022", "HTS2025", "SITC4")]
    [False, False, True, True, False]
    >>> as_today("HS2012", "850760"), as_today("HS2017", "8507")
    (True, False)
    """
    if nomenclature not in HS_EDITIONS:
        return nomenclature.startswith(TARIFF) and base(nomenclature) == NEWEST
    since = unchanged_since(code) if len(code) == SIX else None
    return nomenclature == NEWEST or (since is not None and since <= int(nomenclature[2:]))


def editions(code: str) -> tuple[str, ...]:
    """Editions of the Harmonized System that have the first six digits, the earliest first.

    >>> editions("8507600020")
    ('HS2012', 'HS2017', 'HS2022')
    """
    return _editions().get(code[:SIX], ())


@cache
def _editions() -> dict[str, tuple[str, ...]]:
    """Editions that have each subheading, whether linked or not."""
    told = shipped.columns(
        f"SELECT code, list(nomenclature ORDER BY nomenclature) AS had FROM nomenclature_code"
        f" WHERE nomenclature IN {HS_EDITIONS} AND length(code) = {SIX} GROUP BY code"
    )
    return {code: tuple(had) for code, had in zip(*told.values(), strict=True)}


def dead_since(code: str) -> int | None:
    """The year of the edition that took six digits away; nothing if the newest has them, or none ever had.

    >>> dead_since("811230"), dead_since("850760"), dead_since("980100")
    (2007, None, None)
    """
    had = editions(code)
    if not had or had[-1] == NEWEST:
        return None
    return int(HS_EDITIONS[HS_EDITIONS.index(had[-1]) + 1][2:])


def held(rows: Sequence[MaterialCode]) -> tuple[str, ...]:
    """Materials that the map's rows of a code say share it; none where one is all of it."""
    total: dict[str, float] = defaultdict(float)
    for row in rows:
        total[row.material] += row.share_low or 0.0
    if any(share >= WHOLE for share in total.values()):
        return ()
    return tuple(dict.fromkeys(row.material for row in rows if row.share_high != 0))


def own(nomenclature: str, code: str) -> tuple[Change, ...]:
    """Reviewed changes of a national code that made other codes of it; a new unit is none."""
    return tuple(one for one in national(nomenclature, code) if one.kind != UNIT and len(code) > SIX)


def verdict(nomenclature: str, code: str, rows: Sequence[MaterialCode] | None = None) -> str:
    """In a few words: dead, basket, changed, or nothing against it.

    ``rows`` are the map's rows of the code, where they are not those of the reviewed tables.

    >>> verdict("HS2022", "811292")
    'basket of 5; changed 2022'
    >>> verdict("HS2022", ""), verdict("HS1992", "811230"), verdict("HS2022", "283691")
    ('no code', 'dead since 2007', 'sound')
    >>> verdict("HTS2025", "8507600020"), verdict("HTS2025", "2825600000")
    ('six digits changed 2012; split 2026', 'basket of 2; split 2025')
    >>> verdict("HTS2025", "9801001012")
    'not judged: not in the Harmonized System'
    """
    if not code:
        return "no code"
    year = unchanged_since(code)
    if year is None:
        gone = dead_since(code)
        return f"dead since {gone}" if gone else "not judged: not in the Harmonized System"
    several = held(materials_of(nomenclature, code) if rows is None else rows)
    told = [f"basket of {len(several)}" if len(several) > 1 else "basket" if several else ""]
    whose = "six digits " if len(code) > SIX else ""
    told.append(f"{whose}changed {year}" if year > int(HS_EDITIONS[0][2:]) else "")
    told += [f"{'' if one.codes else 'perhaps '}{one.kind} {one.year}" for one in own(nomenclature, code)]
    return "; ".join(one for one in told if one) or "sound"
