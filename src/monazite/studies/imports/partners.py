"""Partners: an aggregate beside its members counted once, and which countries the figures do not list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.codes.countries import HOME, WORLD, countries
from monazite.studies.imports.flows import counted
from monazite.studies.nomenclature.union import UNION, union

if TYPE_CHECKING:
    from monazite.studies.imports.flows import Imports

WHOLE = 0.995
"""What share of the world's total the listed partners must hold to count as all."""
NOTABLE = {
    "batteries": ("COD", "KAZ", "BOL", "MOZ", "MDG"),
    "magnets": ("COD", "KAZ", "BOL", "MOZ", "MDG"),
    "pharmaceuticals": ("JOR", "ISL", "SRB", "MAC", "CUB"),
}
"""Countries to name first among those missing: sellers of minerals (cobalt, chromium, tin, graphite), or of
medicines by judgement [U]."""


@dataclass(frozen=True, slots=True)
class Untangled:
    """Imports whose partners do not overlap, and what was done to make them so.

    ``members`` were listed beside the union that holds them; ``removed`` is their amount, taken out of
    it. ``dropped`` are other aggregates, left out. ``world`` is what a row for the world gave.
    """

    imports: Imports
    members: tuple[str, ...]
    removed: float
    dropped: tuple[str, ...]
    world: float | None

    @property
    def hidden(self) -> int:
        """How many countries the rest of the union is at most."""
        return len(union(self.imports.year)) - len(self.members)


def untangled(imports: Imports) -> Untangled:
    """Take members that are listed by themselves out of the union, and leave other aggregates out."""
    joined = [one for one in imports.flows if one.aggregate and one.partner == UNION]
    single = [one for one in imports.flows if not one.aggregate]
    inside = {one for one in union(imports.year) if one in imports.partners}
    apart: dict[str, float] = {}
    for one in single:
        if one.partner in inside and UNION in imports.partners:
            apart[one.code] = apart.get(one.code, 0.0) + one.amount
    rest = [one._replace(amount=max(0.0, one.amount - apart.get(one.code, 0.0))) for one in joined]
    world = [one.amount for one in imports.flows if one.partner == WORLD]
    others = {one.partner for one in imports.flows if one.aggregate} - {UNION, WORLD}
    kept = sorted([*single, *(one for one in rest if one.amount)])
    return Untangled(
        counted(imports, kept),
        tuple(sorted(inside)) if UNION in imports.partners else (),
        sum(apart.values()),
        tuple(sorted(others)),
        sum(world) if world else None,
    )


def missing(group: str, told: Untangled) -> tuple[str, ...]:
    """Countries of Schedule C that the figures neither list nor hold in a union, notable ones in front."""
    imports = told.imports
    held = imports.partners | (union(imports.year) if UNION in imports.partners else set())
    every = {one.id for one in countries() if one.kind == "country" and one.census} - {HOME}
    absent = every - held
    first = [one for one in NOTABLE[group] if one in absent]
    return (*first, *sorted(absent - set(first)))


def complete(told: Untangled) -> bool:
    """Whether the listed partners sum to the world's total, where that is among the figures."""
    return bool(told.world) and sum(one.amount for one in told.imports.flows) >= WHOLE * (told.world or 0)


def the(named: str) -> str:
    """A partner's name as it stands inside a sentence.

    >>> the("European Union"), the("United Kingdom"), the("China")
    ('the European Union', 'the United Kingdom', 'China')
    """
    return f"the {named}" if named.startswith(("European ", "United ")) else named
