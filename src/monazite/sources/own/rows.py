"""One row of a file, turned into one row of a core table, or refused at the cell that does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monazite.sources.own import cells as reading
from monazite.sources.own import places
from monazite.sources.own.cells import CellError, FigureReader
from monazite.sources.own.completing import Completion
from monazite.sources.own.kinds import Kind, columns, kind, status_column, unit_column
from monazite.sources.own.notes import Notes, Seen
from monazite.sources.own.numerals import ENGLISH
from monazite.sources.own.units import stored

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary
    from collections.abc import Sequence

    from monazite.schema.columns import Column
    from monazite.sources.own.cells import Cell, Figure
    from monazite.sources.own.layouts import Across
    from monazite.sources.own.mapping import ColumnMap, Mapping
    from monazite.sources.own.numerals import Writing

Row = dict[str, Any]
PLAIN = frozenset(("NAICS", "BEC", "EndUse", "USDA", "HiTech", "own", "SITC1", "SITC2", "SITC3", "SITC4"))
"""Nomenclatures whose codes are not digits of the Harmonized System."""

_ORDER = (Kind.PERIOD, Kind.YEAR, Kind.UNIT, Kind.CODED)


class RowError(ValueError):
    """A row that is refused: at which core column, under which rule, what was found and expected."""

    def __init__(self, field_: Field | None, rule: str, found: str, expected: str) -> None:
        """Keep the places an analyst looks at."""
        super().__init__(expected)
        self.field, self.rule, self.found, self.expected = field_, rule, found, expected


@dataclass(frozen=True, slots=True)
class Field:
    """A core column, what the mapping says of it, its sort, and the places of its cells in a row."""

    column: Column
    own: ColumnMap
    kind: Kind
    places: tuple[int, ...]
    figures: FigureReader | None = None
    factor: Decimal = Decimal(1)
    status: str = ""
    beside: str = ""

    @property
    def told(self) -> str:
        """The column of the file, for a message."""
        return self.own.told or self.column.name

    def cell(self, row: Sequence[Cell]) -> Cell:
        """Its cell in a row; several are joined, a constant is itself."""
        if self.own.value is not None:
            return self.own.value or None
        if len(self.places) == 1:
            return row[self.places[0]] if self.places[0] < len(row) else None
        parts = [reading.plain(row[place]) for place in self.places if place < len(row)]
        return "-".join(parts) if all(parts) else None


class RowReader:
    """Reads the rows of one file as a mapping says, and notes what is odd."""

    def __init__(self, mapping: Mapping, fields_: tuple[Field, ...], file: str) -> None:
        """Look up once what every row needs."""
        self.table, self.fields, self.file = mapping.table, fields_, file
        self.notes, self.complete = Notes(), Completion(mapping.table)
        self.keeps_origin = {"file", "line"} <= set(mapping.table.names)

    def read(self, line: int, row: Sequence[Cell], across: Across | None = None) -> Row:
        """The row of the core table.

        Raises
        ------
        RowError
            If a cell does not fit its column, or a column that is never empty has nothing.
        """
        done: Row = {"_line": line}
        units: dict[str, Decimal] = {}
        for each in self.fields:
            cell = each.cell(row)
            if across and each.own.across:
                cell = row[across.place] if across.place < len(row) else None
                self._period(each.own.across, across.period, done)
            try:
                self._take(each, cell, done, units)
            except CellError as error:
                raise RowError(each, error.rule, repr(reading.shown(cell)), error.expected) from error
        if self.keeps_origin:
            done |= {"file": self.file, "line": line}
        self._check(self.complete(done))
        return done

    def _period(self, name: str, text: str, done: Row) -> None:
        """The period of a wide table's column."""
        done[name] = text if name == "period" else int(text[:4])
        done.setdefault("year", int(text[:4]))

    def _take(self, each: Field, cell: Cell, done: Row, units: dict[str, Decimal]) -> None:
        """Read one cell into the row."""
        if each.kind is Kind.NUMBER:
            self._figure(each, cell, done, units)
        elif each.own.value == "":
            done[each.column.name] = ""
        elif reading.absent(cell, each.own.missing):
            done.setdefault(each.column.name, None)
        else:
            self._word(each, cell, done, units)

    def _figure(self, each: Field, cell: Cell, done: Row, units: dict[str, Decimal]) -> None:
        """Read a number, with its status, its unit and what it says of itself."""
        assert each.figures is not None  # noqa: S101 - a field of numbers has a reader of them
        found = each.figures(cell, units.get(each.beside, each.factor))
        whole = each.column.type == "integer" and found.value is not None
        done[each.column.name] = int(found.value or 0) if whole else found.value
        if each.status:
            done[each.status] = found.status
        if each.beside and each.own.unit and each.beside not in done:
            codes = self.table.column(each.beside).codes
            done[each.beside] = (stored(each.own.unit.text, codes) or ("", 1))[0]
        if each.figures.ends:
            _ends(done, found)
            done["published"] = reading.shown(cell) or "–"
            if each.own.unit:
                done["unit_published"] = each.own.unit.text

    def _word(self, each: Field, cell: Cell, done: Row, units: dict[str, Decimal]) -> None:
        """Read a cell that is no number."""
        name = each.column.name
        if each.kind in (Kind.PERIOD, Kind.YEAR):
            found = reading.read_period(cell, each.own)
            done[name] = found.year if each.kind is Kind.YEAR else found.text
            if "period" in self.table.names:
                done.setdefault("period", str(found.year))
            done["year"] = found.year
        elif each.kind is Kind.COUNTRY:
            done[name] = self._place(each, cell, done)
            if f"{name}_published" in self.table.names:
                done.setdefault(f"{name}_published", reading.plain(cell))
        elif each.kind is Kind.GOODS:
            done[name] = self._goods(each, cell, done)
        elif each.kind is Kind.UNIT:
            done[name], units[name] = reading.read_unit(cell, each.column, each.own)
        elif each.kind is Kind.CODED:
            done[name] = reading.read_coded(cell, each.column, each.own)
        elif each.kind is Kind.BOOLEAN:
            done[name] = reading.read_boolean(cell, each.column)
        else:
            done[name] = reading.read_day(cell) if each.kind is Kind.DAY else reading.read_text(cell)

    def _place(self, each: Field, cell: Cell, done: Row) -> str:
        """Read a country; one no list holds is kept as published and told."""
        found = reading.read_place(cell, each.own, done.get("year"))
        if not found.known:
            if places.total(found.id):
                raise CellError("total-row", "a country, not a total")
            seen = Seen(done["_line"], each.told, repr(found.id), f"a country in {each.own.scheme!r}")
            self.notes.note("country-unknown", found.id, seen)
        if found.aggregate:
            self.complete.aggregates.add(found.id)
        return found.id

    def _goods(self, each: Field, cell: Cell, done: Row) -> str:
        """Read a code of goods; a lost leading zero is told."""
        harmonized = done.get("nomenclature", "own") not in PLAIN or each.own.digits is not None
        found = reading.read_goods(cell, each.own, harmonized=harmonized)
        if found.shortened:
            digits = f"{each.own.digits} digits" if each.own.digits else "an even number of digits"
            seen = Seen(done["_line"], each.told, repr(reading.shown(cell)), digits)
            self.notes.note("code-shortened", each.told, seen)
        return found.code

    def _check(self, done: Row) -> None:
        """Refuse a row that lacks what is never empty."""
        for name in self.complete.needed:
            if done.get(name) is None:
                source = next((each for each in self.fields if each.column.name == name), None)
                raise RowError(source, f"{name}-present", "nothing", f"{name}, which is never empty")


def fields(
    mapping: Mapping, found: Dictionary[str, tuple[int, ...]], writings: Dictionary[str, Writing]
) -> tuple[Field, ...]:
    """The fields of a mapping in the order they are read: what others depend on goes first."""
    known = columns(mapping.table)
    made = [
        _field(mapping, known[name], own, found.get(name, ()), writings.get(name, ENGLISH))
        for name, own in mapping.columns.items()
    ]
    return tuple(
        sorted(made, key=lambda each: _ORDER.index(each.kind) if each.kind in _ORDER else len(_ORDER))
    )


def _field(
    mapping: Mapping, column: Column, own: ColumnMap, found: tuple[int, ...], writing: Writing
) -> Field:
    """One field; a constant number is written as numbers are in English."""
    sort = kind(mapping.table, column)
    if sort is not Kind.NUMBER:
        return Field(column, own, sort, found)
    share = column.unit == "1" or (own.unit is not None and own.unit.measures == "share")
    ends = column.name == "value" and {"low", "high", "low_open", "high_open"} <= set(mapping.table.names)
    reader = FigureReader(column, own, ENGLISH if own.value is not None else writing, ends=ends, share=share)
    return Field(
        column, own, sort, found, reader, _factor(mapping, column, own),
        status_column(mapping.table, column.name), unit_column(column),
    )  # fmt: skip


def _factor(mapping: Mapping, column: Column, own: ColumnMap) -> Decimal:
    """What a number is multiplied by, to the column's unit or to the one it is kept in."""
    if own.unit is None:
        return Decimal(1)
    beside = unit_column(column)
    if not beside:
        return own.unit.factor
    kept = stored(own.unit.text, mapping.table.column(beside).codes)
    return kept[1] if kept else own.unit.factor


def _ends(done: Row, found: Figure) -> None:
    """The interval a figure lies in."""
    exact = found.value is not None
    done["low"] = found.value if exact else found.low
    done["high"] = found.value if exact else found.high
    done["low_open"], done["high_open"] = found.low_open, found.high_open
