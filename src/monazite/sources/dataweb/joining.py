"""Value, quantities and duty of the same goods, partner and period, brought together.

DataWeb gives each measure a table of its own. What they have in common names a line of figures: its
partner, code, breakdown, unit and periods. The tables of value and of first quantity have a line for
each unit, so they meet one to one. Second quantities have lines of their own units: such a line
belongs to the one line of the same goods whose first unit is another and is collected; where there
is no such line, or several, it stays a line by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from monazite.schema.trade import TRADE
from monazite.sources.dataweb.figures import figure, flagged
from monazite.sources.dataweb.measures import measure
from monazite.sources.dataweb.periods import YEAR
from monazite.sources.dataweb.units import NONE_COLLECTED, words
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.dataweb.figures import Figure
    from monazite.sources.dataweb.measures import Kind, Measure
    from monazite.sources.dataweb.periods import Period
    from monazite.sources.dataweb.query import Query
    from monazite.sources.dataweb.tables import Table
    from monazite.sources.source import Account
    from monazite.sources.workbook import Cell

SEVERAL = 20
"""No code stands under as many units."""

ORDER = ("value", "quantity", "duty", "quantity_2", "refused")


class Key(NamedTuple):
    """What names a line of figures; ``unit`` is in the publisher's words."""

    partner: str | None
    code: str | None
    breakdown: tuple[tuple[str, str], ...]
    year: str | None
    regime: str
    periods: tuple[Period, ...]
    unit: str

    def year_of(self, period: Period) -> int | None:
        """The year of one of its periods; nothing where the row does not say it."""
        if period.year is not None:
            return period.year
        return int(self.year) if self.year and YEAR.fullmatch(self.year) else None


class Line(NamedTuple):
    """Figures of one measure, by period, and whether each is suppressed."""

    table: str
    number: int
    unit: str
    valuation: str
    figures: tuple[Figure, ...]
    suppressed: tuple[bool, ...]


@dataclass(slots=True)
class Joined:
    """Lines of all measures, by key; a record is one key and one of its periods."""

    account: Account
    lines: dict[Key, dict[str, Line]] = field(default_factory=dict)
    _alike: dict[Key, list[Key]] = field(default_factory=dict)

    def add(self, kind: Kind, key: Key, line: Line) -> None:
        """Put a line where it belongs; one that is there already is refused."""
        key = self._place(kind, key)
        if key not in self.lines:
            self.lines[key] = {}
            self._alike.setdefault(key._replace(unit=""), []).append(key)
            self.account.records += len(key.periods)
        elif kind in self.lines[key]:
            self._refuse_again(key, line)
            return
        self.lines[key][kind] = line

    def _place(self, kind: Kind, key: Key) -> Key:
        """The key of the line it belongs to, or its own."""
        own = key
        if kind == "quantity_2":
            own = key._replace(breakdown=(*key.breakdown, ("unit_2", key.unit)))
        elif kind == "value" or key in self.lines:
            return key
        alike = self._alike.get(key._replace(unit=""), [])[:SEVERAL]
        found = [one for one in alike if kind not in self.lines[one] and _fits(kind, key.unit, one.unit)]
        return found[0] if len(found) == 1 else own

    def _refuse_again(self, key: Key, line: Line) -> None:
        """Refuse a second line of one key: which is right cannot be told."""
        self.account.records += len(key.periods)
        for _ in key.periods:
            self.account.refuse(
                TRADE,
                "key-unique",
                found=f"{key.partner or 'all partners'}, {key.code or 'all goods'}, {key.unit} again",
                expected="one line for each partner, code and unit",
                content=line.figures,
                line=line.number,
                part=line.table,
            )


def _fits(kind: Kind, unit: str, other: str) -> bool:
    """Whether a line of one unit can belong to a line of another."""
    if kind == "quantity_2":
        return other not in {unit, NONE_COLLECTED}
    return not (unit and other)


class Entry(NamedTuple):
    """One line of a table, as it was read; without a measure if its name is unknown."""

    measure: Measure | None
    name: str
    key: Key
    line: Line

    @property
    def kind(self) -> Kind:
        """What its figures are; those of an unknown measure are refused."""
        return self.measure.kind if self.measure else "refused"


def joined(tables: Sequence[Table], query: Query, account: Account) -> Joined:
    """Bring the lines of all tables together; a figure of a measure without a column is refused."""
    entries = [_entry(table, *line, query) for table in tables for line in table.lines]
    customs = {one.key.regime for one in entries if one.line.valuation == "customs"}
    done = Joined(account)
    for one in sorted(entries, key=lambda one: ORDER.index(one.kind)):
        if one.kind == "refused":
            _refuse(account, one)
        elif one.line.valuation == "cif" and one.key.regime in customs:
            both = one.key._replace(breakdown=(*one.key.breakdown, ("valuation", "cif")))
            done.add(one.kind, both, one.line)
        else:
            done.add(one.kind, one.key, one.line)
    return done


def _entry(table: Table, number: int, cells: Sequence[Cell], query: Query) -> Entry:
    """Read one line of a table."""
    layout = table.layout
    at = {place: text_of(cells[index]) for place, index in layout.places.items()}
    name = at.get("measure") or table.measure
    told = measure(name)
    imports = query.flow == "import"
    regime = (told.regime if told else "") or query.regime if imports else ""
    breakdown = tuple((place, text_of(cells[index])) for place, index in layout.breakdowns)
    unit = words(at.get("unit", ""))
    key = Key(at.get("partner"), at.get("code"), breakdown, at.get("year"), regime, layout.periods, unit)
    figures = tuple(figure(cells[index]) for index in layout.columns)
    marks = tuple(index is not None and flagged(cells[index]) for index in layout.suppressed)
    return Entry(
        told, name, key, Line(table.place, number, unit, told.valuation if told else "", figures, marks)
    )


def _refuse(account: Account, entry: Entry) -> None:
    """Refuse each figure of a line whose measure has no column in ``trade``."""
    account.records += len(entry.key.periods)
    for period, value in zip(entry.key.periods, entry.line.figures, strict=True):
        account.refuse(
            TRADE,
            "measure",
            found=f"{entry.name}: {value}",
            expected=entry.measure.why if entry.measure else "a measure of DataWeb",
            content=f"{entry.key.partner}, {entry.key.code}, {period}",
            line=entry.line.number,
            part=entry.line.table,
        )
