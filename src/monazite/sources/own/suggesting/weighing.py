"""How sure a proposal is: what the header says, what the cells say, and what else might be meant.

``header`` h is the weight of the synonym the header is, holds or resembles. ``content`` f is the share
of the different cells that can be read, and t how telling that is, divided by the number of columns of
the table that take the same sort. What supports the proposal is put together as independent evidence,
what contradicts it takes away (less so for countries under an exact header: a name no list holds is kept)::

    sure = (1 − (1 − h)(1 − t f)) · min(1, max(0, (f − 0.5) / 0.45)) · (1 − r / 2)

r runs from 0 to 1 as the score of the best rival, another column for the same purpose with other
contents, runs from 70 to 100 percent of this one's. From 0.6 on a proposal is made; from 0.25 on it is
shown as a possibility. ``docs/decisions/mapping.md`` says how often proposals were right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from monazite.schema.columns import Column
from monazite.sources.own import cells as reading
from monazite.sources.own import goods, numerals, periods, places, units, vocabulary
from monazite.sources.own.headings import unit_in
from monazite.sources.own.kinds import Kind, columns
from monazite.sources.own.kinds import kind as kind_of
from monazite.sources.own.suggesting import headers
from monazite.sources.own.suggesting.shares import plain, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.schema.tables import Table
    from monazite.sources.own.cells import Cell
    from monazite.sources.own.numerals import Writing
    from monazite.sources.own.suggesting.contents import Judge
    from monazite.sources.own.suggesting.samples import Look, Sample
    from monazite.sources.own.suggesting.shares import Content

PROPOSED, SHOWN = 0.6, 0.25
MONTH = Column("month", "integer", "Month, beside a year.", low=1, high=12)
_UNIT_SAYS = 0.75
_AGREE = 0.95
_EXACT = 0.9
_COMPARED = 300
_NOTHING = 0.05
_SECOND = 0.5
_MOST_SHOWN = 12
_PREFERRED = ("iso3", "name", "iso2", "census", "m49", "comtrade")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column of the file for a core column: how sure, why, and what the mapping must say."""

    column: Column
    sample: Sample
    kind: Kind
    sure: float
    why: str
    options: dict[str, Any]


def proposals(look: Look, table: Table, judge: Judge) -> list[Proposal]:
    """The best column of the file for each core column, and further possibilities; the surest first."""
    scored = _scored(look, table, judge)
    chosen, writing = _assigned(scored), judge.writing
    taken = {each.sample.place for each in chosen}
    settled = [_rivalled(each, scored, taken, writing) for each in chosen]
    others = [each for each in scored if each.sample.place not in taken and each.sure >= SHOWN]
    possible = [each for each in others if not _redundant(each, chosen, writing)][:_MOST_SHOWN]
    behind = [replace(each, sure=min(each.sure, _SECOND)) for each in possible]
    return sorted([*settled, *behind], key=lambda one: -one.sure)


def _scored(look: Look, table: Table, judge: Judge) -> list[Proposal]:
    """Every core column with every column of the file, as far as they have anything to do with each other."""
    known = columns(table) | ({MONTH.name: MONTH} if table.name == "trade" else {})
    wanted = {name: known[name] for name in headers.synonyms(table.name) if name in known}
    sorts = {name: Kind.TEXT if one is MONTH else kind_of(table, one) for name, one in wanted.items()}
    alike: Counter[Kind] = Counter(sort for sort in sorts.values() if sort not in (Kind.PERIOD, Kind.YEAR))
    free = [each for each in look.samples if each not in look.wide]
    scored = [
        _score(table.name, column, each, judge, kind=sorts[name], alike=alike[sorts[name]] or 1)
        for name, column in wanted.items()
        for each in free
    ]
    return sorted((each for each in scored if each.sure >= _NOTHING), key=_order)


def _order(each: Proposal) -> tuple[float, int, int]:
    """The surest first; among equals names of countries before their codes, long codes before short ones."""
    scheme = each.options.get("scheme")
    among = _PREFERRED.index(scheme) if scheme in _PREFERRED else -each.options.get("digits", 0)
    return -round(each.sure, 2), among, each.sample.place


def _score(  # noqa: PLR0913 - what a score rests on
    table: str, column: Column, sample: Sample, judge: Judge, *, kind: Kind, alike: int
) -> Proposal:
    """One core column with one column of the file, rivals apart."""
    named, synonym = _named(table, column, sample, kind)
    found = _months(sample) if column is MONTH else judge.content(sample, column, kind)
    supports = 1 - (1 - named) * (1 - found.telling / alike * found.fits)
    least, span = (0.1, 0.6) if kind is Kind.COUNTRY and named >= _EXACT else (0.5, 0.45)
    sure = round(supports * min(1.0, max(0.0, (found.fits - least) / span)), 3)
    header = f'header says "{synonym}"' if synonym else "header says nothing"
    return Proposal(column, sample, kind, sure, f"{header}; {found.why}", found.options)


def _named(table: str, column: Column, sample: Sample, kind: Kind) -> tuple[float, str]:
    """What the header says: by a synonym, or by the unit it names."""
    named = headers.weight(table, column.name, sample.header)
    unit = unit_in(sample.header) if kind is Kind.NUMBER and column.name != "duty_usd" else None
    if unit and units.BASE.get(unit.measures) == column.unit:
        return max(named, (_UNIT_SAYS, unit.text))
    return named


def _months(sample: Sample) -> Content:
    """Numbers or names of months."""
    return share(sample, lambda cell: _is_month(plain(cell)), 0.1, "months")


def _is_month(text: str) -> bool:
    """Whether a text is a month."""
    return text in periods.MONTHS or text.lstrip("0") in _NUMBERS


_NUMBERS = frozenset(str(number) for number in range(1, 13))


def _assigned(scored: Sequence[Proposal]) -> list[Proposal]:
    """One column of the file for each core column, and the other way round, the surest first."""
    chosen: list[Proposal] = []
    used: set[int] = set()
    filled: set[str] = set()
    for each in scored:
        if each.column.name not in filled and each.sample.place not in used and each.sure >= SHOWN:
            chosen.append(each)
            used.add(each.sample.place)
            filled.add(each.column.name)
    return chosen


def _rivalled(each: Proposal, scored: Sequence[Proposal], taken: set[int], writing: Writing) -> Proposal:
    """A proposal, less sure where another column might as well be meant."""
    rivals = [
        one
        for one in scored
        if one.column.name == each.column.name
        and one.sample.place not in taken
        and not _same(each, one, writing)
    ]
    best = max(rivals, key=lambda one: one.sure, default=None)
    if best is None or not each.sure:
        return each
    rivalry = min(1.0, max(0.0, (best.sure / each.sure - 0.7) / 0.3))
    why = f'{each.why}; "{best.sample.header}" might be meant as well' if rivalry else each.why
    return replace(each, sure=round(each.sure * (1 - rivalry / 2), 3), why=why)


def _redundant(each: Proposal, chosen: Sequence[Proposal], writing: Writing) -> bool:
    """Whether a chosen column says the same already."""
    return any(one.column.name == each.column.name and _same(one, each, writing) for one in chosen)


def _same(one: Proposal, other: Proposal, writing: Writing) -> bool:
    """Whether two columns of the file say the same, row by row."""
    pairs = zip(one.sample.cells[:_COMPARED], other.sample.cells[:_COMPARED], strict=False)
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not both:
        return False
    said = [(_said(a, one, writing), _said(b, other, writing)) for a, b in both]
    if one.kind is Kind.GOODS:
        return (
            sum(str(a).startswith(str(b)) or str(b).startswith(str(a)) for a, b in said) / len(both) >= _AGREE
        )
    return sum(a == b for a, b in said) / len(both) >= _AGREE


def _said(cell: Cell, each: Proposal, writing: Writing) -> object:
    """What a cell says, whatever the way it is written in."""
    text = reading.plain(cell)[:200]
    try:
        if each.kind is Kind.COUNTRY:
            return places.place(text, each.options.get("scheme", "any")).id
        if each.kind is Kind.GOODS:
            return goods.goods(cell, None, harmonized=True).code.lstrip("0")
        if each.kind is Kind.CODED:
            return vocabulary.code(each.column, text)
        if each.kind is Kind.NUMBER:
            return numerals.number(text, writing) if isinstance(cell, str) else float(text)
        if each.kind in (Kind.PERIOD, Kind.YEAR):
            return periods.period(text, each.options.get("date", "")).text
    except ValueError:
        pass
    return text.casefold()
