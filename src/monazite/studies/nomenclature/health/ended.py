"""A death told by trade, with what the tables know of it: the revision that took the code, what took over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.health.changes import own_changes, successors
from monazite.studies.nomenclature.health.facts import HARMONIZED, death_of
from monazite.studies.nomenclature.health.holds import LATEST
from monazite.studies.nomenclature.health.known import INTERNATIONAL, codes
from monazite.studies.nomenclature.health.tariff import tariff_changes
from monazite.studies.nomenclature.links import TARIFFS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.studies.nomenclature.health.changes import Change
    from monazite.studies.nomenclature.health.death import Death


class Ended(NamedTuple):
    """A dead code: when its trade fell, which edition took it, what took over then and by the latest."""

    death: Death
    edition: str = ""
    codes: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    latest: str = LATEST


def ended(nomenclature: str, code: str, yearly: Mapping[int, float]) -> Ended | None:
    """The death of a code by its trade in a nomenclature; nothing if it lives.

    >>> germanium = {2004: 44.7e6, 2005: 59.1e6, 2006: 80.7e6, 2007: 4.6e6, 2008: 3.3e6, 2009: 0.0}
    >>> found = ended("HS1992", "811230", germanium)
    >>> found.death.year, found.edition, found.codes
    (2007, 'HS2007', ('811292', '811299'))
    """
    death = death_of(nomenclature, code, yearly)
    if death is None:
        return None
    last = _last(nomenclature, code, death.year)
    if last is None:
        return Ended(death)
    if last.after in HS_EDITIONS:
        return Ended(death, last.after, last.codes, successors(last.before, code[:INTERNATIONAL]))
    return Ended(death, last.after, last.codes, last.codes, last.after)


def _last(nomenclature: str, code: str, year: int) -> Change | None:
    """The revision up to a year that took a code, or its first six digits, away."""
    if nomenclature not in (HARMONIZED, *HS_EDITIONS, *TARIFFS):
        return None
    six = code[:INTERNATIONAL]
    before = nomenclature if nomenclature in HS_EDITIONS else _in_force(year - 1)
    found = own_changes(before, six) if six in codes(before) and len(six) == INTERNATIONAL else ()
    if nomenclature in TARIFFS:
        found = (*found, *tariff_changes(nomenclature, code))
    taken = (
        one for one in found if one.codes and not {code, six}.intersection(one.codes) and one.year <= year
    )
    return next(taken, None)


def _in_force(year: int) -> str:
    """The edition of the Harmonized System in force in a year, or the first."""
    return max((one for one in HS_EDITIONS if int(one[2:]) <= year), default=HS_EDITIONS[0])
