"""What is proposed for one table: columns of the file, constants it implies, and what is lacking."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from monazite.sources.own import completing, numerals, units
from monazite.sources.own.headings import unit_in
from monazite.sources.own.kinds import Kind, unit_column
from monazite.sources.own.suggesting.implied import implied
from monazite.sources.own.suggesting.weighing import PROPOSED, proposals

if TYPE_CHECKING:
    from monazite.schema.tables import Table
    from monazite.sources.own.numerals import Writing
    from monazite.sources.own.suggesting.contents import Judge
    from monazite.sources.own.suggesting.implied import Constant
    from monazite.sources.own.suggesting.samples import Look
    from monazite.sources.own.suggesting.weighing import Proposal

UNSURE = 0.5
"""How sure a proposal is at most whose unit would be a guess."""

_EVIDENCE = 5_000
_NUMERAL = re.compile(r"^[-+(]?[$]?[0-9][0-9.,' \u00a0\u202f]*%?\)?$")
_CODE_OR_DATE = re.compile(
    r"^[0-9]{2,4}(?:\.[0-9]{2,4}){2,3}$|^[0-9]{4}\.[0-9]{2}$|^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}$"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed for one table."""

    table: Table
    made: dict[str, Proposal]
    shown: tuple[Proposal, ...]
    constants: tuple[Constant, ...]
    lacking: tuple[str, ...]

    @property
    def score(self) -> float:
        """How well the table suits the file: what is found, its keys above all, less what is lacking."""
        keys = (*self.table.key, "partner")
        found = sum(each.sure * (1.3 if name in keys else 0.3) for name, each in self.made.items())
        return found - 0.75 * len(self.lacking)


class Writings(NamedTuple):
    """How a file likely writes its numbers, and how it certainly does, if a cell shows it."""

    likely: Writing
    certain: Writing | None


def writing(found: Look) -> Writings:
    """How the file writes its numbers, by the first of its cells."""
    evidence = numerals.Evidence()
    for _, row in islice(found.grid.rows(), _EVIDENCE):
        for cell in row:
            if isinstance(cell, str) and len(cell) < numerals.LONGEST and _is_numeral(cell.strip()):
                evidence.hear(cell, 0)
    decided = evidence.decided
    return Writings(decided or numerals.ENGLISH, None if decided == numerals.MIXED else decided)


def _is_numeral(text: str) -> bool:
    """Whether a text is a numeral with a separator, and neither a dotted code nor a date."""
    return ("." in text or "," in text) and bool(_NUMERAL.match(text)) and not _CODE_OR_DATE.match(text)


def draft(found: Look, table: Table, judge: Judge) -> Draft:
    """What is proposed for one table."""
    every = [_with_unit(each, found) for each in proposals(found, table, judge)]
    made: dict[str, Proposal] = {}
    for each in every:
        if each.sure >= PROPOSED:
            made.setdefault(each.column.name, each)
    if {"importer", "exporter"} <= made.keys():
        made.pop("partner", None)
    constants = tuple(implied(found, table, made))
    shown = tuple(each for each in every if made.get(each.column.name) is not each)
    return Draft(table, made, shown, constants, _left(found, table, made, constants))


def _left(
    found: Look, table: Table, made: dict[str, Proposal], constants: tuple[Constant, ...]
) -> tuple[str, ...]:  # fmt: skip
    """What a load still needs beside what is proposed."""
    filled = {*made, *(each.column for each in constants if each.sure >= PROPOSED)}
    with_unit = [name for name, each in made.items() if each.options.get("unit")]
    if found.wide:
        filled |= {"year", "period", "value"} & set(table.names)
        with_unit += ["value"] * bool(titled(found))
    return completing.left(table, completing.filled_by(table, filled, with_unit))


def titled(found: Look) -> list[units.Unit]:
    """Units that titles above the header, or the sheet's name, state."""
    parts = [part for title in found.titles for part in _PARTS.split(title[:200])]
    return [unit for part in parts if (unit := units.unit(part.strip())) and len(unit.text) > 1]


_PARTS = re.compile(r"[()\[\];,:]|\bin\b|\band\b")


def _with_unit(each: Proposal, found: Look) -> Proposal:
    """A proposal with the unit of its numbers, from the header or a title; a guess where none is stated."""
    if each.kind is not Kind.NUMBER or "unit" in each.options:
        return each
    measures = {base: name for name, base in units.BASE.items()}.get(each.column.unit, "")
    named = unit_in(each.sample.header)
    if named and (unit_column(each.column) or named.measures == measures):
        return replace(each, options={"unit": named.text, **each.options})
    stated = next((unit for unit in titled(found) if unit.measures == measures), None)
    if stated:
        why = f'{each.why}; unit from the title "{stated.text}"'
        return replace(each, options={"unit": stated.text, **each.options}, why=why)
    return _with_guess(each) if measures and not named else each


def _with_guess(each: Proposal) -> Proposal:
    """A proposal whose unit is not stated: dollars are likely, of masses nobody knows."""
    unit = each.column.unit
    said = {"unit": unit, **each.options}
    if unit == units.BASE["mass"]:
        why = f"{each.why}; no unit is stated: t or kg?"
        return replace(each, options=said, why=why, sure=min(each.sure, UNSURE))
    return replace(each, options=said, why=f"{each.why}; no unit is stated: taken as {unit}")
