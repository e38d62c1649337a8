"""The names DataWeb gives its partners, as our ids."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from monazite.codes import reviewed
from monazite.codes.countries import WORLD, countries, find_by_usgs_name

SPELLINGS = {"myanmar (burma)": "MMR", "all countries": WORLD, "world": WORLD, "world total": WORLD}
"""Spellings of DataWeb that the table of countries does not hold, and the world."""


class Partner(NamedTuple):
    """A partner's id, whether it holds other partners, and whether its name is known."""

    id: str
    aggregate: bool
    known: bool


@lru_cache(4096)
def partner(name: str) -> Partner:
    """The partner a name stands for; an unknown one keeps its name.

    >>> partner("South Korea").id, partner("European Union"), partner("Atlantis").known
    ('KOR', Partner(id='european-union', aggregate=True, known=True), False)
    """
    folded = name.casefold()
    if folded in SPELLINGS:
        return Partner(SPELLINGS[folded], SPELLINGS[folded] == WORLD, known=True)
    if found := find_by_usgs_name(name):
        return Partner(found.id, aggregate=False, known=True)
    return _areas().get(folded, Partner(name, aggregate=False, known=False))


@cache
def _areas() -> dict[str, Partner]:
    """Areas and aggregates by their names in lower case."""
    held = {entry.id: entry for entry in countries() if entry.kind in ("area", "aggregate")}
    names = [(entry.name, entry.id) for entry in held.values()]
    names += [
        (row["text"], row["id"]) for row in reviewed.rows("country_names.csv") if row["scheme"] == "name"
    ]
    return {
        name.casefold(): Partner(id_, held[id_].kind == "aggregate", known=True)
        for name, id_ in names
        if id_ in held
    }
