"""Which editions of a nomenclature know a code, from when to when, and with which unit of quantity."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.written import system
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.store import shipped
from monazite.studies.nomenclature.health.changes import named, national

if TYPE_CHECKING:
    from monazite.studies.nomenclature.health.changes import Change

INTERNATIONAL = 6
_IMPORTS = "HTS2024"
"""The codes under which the United States imported in 2024 stand for the tariff of that year, with those
that both lists around it have, of which nothing was imported."""
_TARIFF = "HTS"
_BRANCHES = (4, 6, 8)
"""Digits of the lines that a ten-digit code stands under; two of the lists have only the ten digits."""


class Life(NamedTuple):
    """Editions that know a code, and the years it is in force as far as they tell; none if they do not.

    ``units`` are its first units of quantity by edition, where the edition names one.
    """

    editions: tuple[str, ...]
    since: int | None
    until: int | None
    units: dict[str, str]


@cache
def codes(nomenclature: str) -> dict[str, str]:
    """Every code of an edition with its first unit of quantity; an empty text where none is named."""
    return _held().get(nomenclature, {})


@cache
def editions(name: str) -> tuple[str, ...]:
    """Editions at hand of a nomenclature or of the one edition named, the earliest first.

    >>> editions("HTS"), editions("HS2017"), editions("HS")[0]
    (('HTS2022', 'HTS2024', 'HTS2025'), ('HS2017',), 'HS1992')
    """
    held = [one for one in _held() if name in (one, system(one))]
    return tuple(sorted(held))


def latest(name: str) -> int:
    """The year of the latest edition at hand of a nomenclature.

    >>> latest("HS1992"), latest("HTS")
    (2022, 2025)
    """
    return max(_year(one) or 0 for one in editions(system(name)))


@cache
def every(name: str) -> frozenset[str]:
    """Every code that an edition of a nomenclature at hand knows, or a reviewed change names."""
    held = frozenset(code for one in editions(name) for code in codes(one))
    return held.union(named(name)) if name == system(name) else held


@cache
def under(name: str, heading: str, digits: int) -> tuple[str, ...]:
    """Codes of a nomenclature under a heading that have so many digits.

    >>> under("HTS", "2836", 8)[:2]
    ('28362000', '28363000')
    """
    return tuple(_by_heading(name).get((heading, digits), ()))


@cache
def _by_heading(name: str) -> dict[tuple[str, int], list[str]]:
    """Codes by their first four digits and their length, each in order."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for code in sorted(every(name)):
        found[code[:4], len(code)].append(code)
    return found


def named_only(name: str, code: str) -> Change | None:
    """The reviewed change that names a code which no edition at hand has.

    >>> named_only("HTS", "8507600030").year, named_only("HTS", "8507600020")
    (2026, None)
    """
    change = named(system(name)).get(code)
    return None if any(code in codes(one) for one in editions(system(name))) else change


def life(name: str, code: str) -> Life | None:
    """The life of a code in a nomenclature, or around one edition of it; nothing if no edition knows it.

    A number that was given up and given again to other goods has several lives: the one that holds the
    edition named is meant, or the last before it, or the last of all.

    >>> life("HS", "850760")[:3]
    (('HS2012', 'HS2017', 'HS2022'), 2012, None)
    >>> life("HS1992", "811230")[:3]
    (('HS1992', 'HS1996', 'HS2002'), None, 2006)
    >>> life("HTS", "3801105000")[1:3], life("HS", "123456")
    ((None, 2024), None)
    >>> life("HTS", "8507600030")
    Life(editions=('HTS2026',), since=2026, until=None, units={})
    """
    if code not in every(system(name)):
        return None
    if change := named_only(name, code):
        return _announced(change, code)
    order = editions(system(name))
    runs = [tuple(run) for known, run in groupby(order, lambda one: code in codes(one)) if known]
    run = next((one for one in runs if name in one), None) or _before(name, runs) or runs[-1]
    units = {one: unit for one in run if (unit := codes(one)[code])}
    since = None if run[0] == order[0] else _year(run[0])
    return Life(run, since, _until(order, run, code), units)


def _before(name: str, runs: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The last run of editions before the one named."""
    return next((one for one in reversed(runs) if one[-1] < name), None) if name != system(name) else None


def _announced(change: Change, code: str) -> Life:
    """The life of a code that only a reviewed change names: before it, or from it on."""
    if code in change.codes:
        return Life((change.after,), change.year, None, {})
    return Life((change.before,), None, change.year - 1, {})


def _until(order: tuple[str, ...], run: tuple[str, ...], code: str) -> int | None:
    """The last year in force: until the next edition, or until a reviewed change takes the code away."""
    taken = [one.year - 1 for one in national(run[-1], code) if one.codes and code not in one.codes]
    if taken:
        return max(taken[0], _year(run[-1]) or 0)
    after = order[order.index(run[-1]) + 1 :]
    if not after or not _year(run[-1]):
        return None
    return (_year(after[0]) or 0) - 1 if run[-1] in HS_EDITIONS else _year(run[-1])


def _year(edition: str) -> int | None:
    """The year of an edition; nothing for a nomenclature that has none."""
    year = edition.removeprefix(system(edition))
    return int(year) if year else None


@cache
def _held() -> dict[str, dict[str, str]]:
    """Codes and units by edition."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    told = shipped.columns("SELECT nomenclature, code, coalesce(unit, '') AS unit FROM nomenclature_code")
    for edition, code, unit in zip(*told.values(), strict=True):
        found[edition][code] = unit
    (imported,) = shipped.columns("SELECT DISTINCT code FROM us_import WHERE year = 2024").values()
    first, *_, last = sorted(one for one in found if system(one) == _TARIFF)
    found[_IMPORTS] = dict.fromkeys(imported, "")
    for edition in (first, _IMPORTS, last):
        lines = {code[:digits] for code in found[edition] for digits in _BRANCHES}
        found[edition] = dict.fromkeys(lines, "") | found[edition]
    found[_IMPORTS] |= dict.fromkeys(found[first].keys() & found[last].keys(), "")
    return dict(found)
