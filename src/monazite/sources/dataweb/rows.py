"""Joined lines as rows of ``trade``: what a zero, a blank and a suppressed figure mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes.countries import HOME, WORLD
from monazite.schema.trade import MASS_UNITS, TRADE
from monazite.sources.dataweb.partners import partner
from monazite.sources.dataweb.units import NONE_COLLECTED, tonnes, unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.sources.dataweb.joining import Joined, Key, Line
    from monazite.sources.dataweb.query import Query

Row = dict[str, Any]
CODE = re.compile(r"[0-9A-Z]{1,15}")
_PAIRED = str.maketrans({";": ",", "=": ":"})


class Amount(NamedTuple):
    """A figure, its unit and why it is what it is."""

    number: float | None
    unit: str
    status: str


def rows(done: Joined, query: Query, several: set[str | None], empty: set[str]) -> Iterator[Row]:
    """One row for each line and period; what cannot be read is refused.

    ``several`` are the codes that stand under several units, ``empty`` the periods not published yet.
    """
    for key, lines in done.lines.items():
        fixed = _fixed(key, lines, query, several=key.code in several)
        for index, period in enumerate(key.periods):
            year = key.year_of(period)
            if fault := _fault(key, lines, index, year):
                _refuse(done, lines, index, fault)
            elif year is not None:
                told = period.told(year)
                yield {**fixed, "year": year, "period": told, **_amounts(lines, index, told in empty)}


def _fixed(key: Key, lines: Mapping[str, Line], query: Query, *, several: bool) -> Row:
    """The columns that all periods of a line share."""
    there = partner(key.partner) if key.partner is not None else partner("world")
    code = (key.code or "").replace(".", "").upper()
    code = code.zfill(len(code) + len(code) % 2) if code.isdecimal() and query.nomenclature == "HTS" else code
    parts = [*key.breakdown, *([("unit", unit(key.unit) or "none")] if several and key.unit else [])]
    value = lines.get("value")
    return {
        "reporter": HOME,
        "flow": query.flow,
        "importer": HOME if query.flow == "import" else there.id,
        "exporter": there.id if query.flow == "import" else HOME,
        "nomenclature": query.scheme(code),
        "code": code or "TOTAL",
        "regime": key.regime,
        "breakdown": ";".join(f"{name}={text.translate(_PAIRED)}" for name, text in parts if text),
        "valuation": value.valuation if value else "",
        "estimated": False,
        "aggregate": there.aggregate or there.id == WORLD,
        "_line": next(iter(lines.values())).number,
    }


def _fault(key: Key, lines: Mapping[str, Line], index: int, year: int | None) -> tuple[str, str, str] | None:
    """Why a figure's row cannot be stored: column, what was found, what was expected."""
    if key.partner == "":
        return "Country", "no name", "a partner"
    if key.code is not None and not CODE.fullmatch(key.code.replace(".", "").upper()):
        return "Number", key.code, "a code"
    if year is None:
        return "Year", str(key.year), "a year"
    for kind, line in lines.items():
        if isinstance(text := line.figures[index], str):
            return kind, text, "a number"
    return None


def _refuse(done: Joined, lines: Mapping[str, Line], index: int, fault: tuple[str, str, str]) -> None:
    """Refuse one row."""
    column, found, expected = fault
    first = next(iter(lines.values()))
    line = lines.get(column, first)
    done.account.refuse(
        TRADE,
        "unreadable",
        found=found,
        expected=expected,
        content={kind: one.figures[index] for kind, one in lines.items()},
        line=line.number,
        column=column,
        part=line.table,
    )


# ── amounts ───────────────────────────────────────────────────────────────────────────────────


def _amounts(lines: Mapping[str, Line], index: int, empty: bool) -> Row:  # noqa: FBT001 - one fact of a period
    """Value, quantities, mass and duty of one period."""
    value = None if empty else _number(lines.get("value"), index)
    traded = bool(value)
    first = _amount(lines.get("quantity"), lines.get("value"), index, traded=traded, empty=empty)
    second = _amount(lines.get("quantity_2"), None, index, traded=traded, empty=empty)
    mass, mass_status = _mass(first, second)
    return {
        "value_usd": value,
        "value_status": "not-available" if value is None else "normal",
        "duty_usd": None if empty else _number(lines.get("duty"), index),
        "quantity": first.number,
        "quantity_unit": first.unit,
        "quantity_status": first.status,
        "quantity_2": second.number,
        "quantity_2_unit": second.unit or None,
        "mass_t": mass,
        "mass_status": mass_status,
    }


def _number(line: Line | None, index: int) -> float | None:
    """A figure of a line that may not be there."""
    found = line.figures[index] if line else None
    return found if isinstance(found, float) else None


def _amount(line: Line | None, value: Line | None, index: int, *, traded: bool, empty: bool) -> Amount:
    """A quantity; a zero beside a value is no quantity, and a suppressed zero is withheld."""
    described = (line.unit if line else "") or (value.unit if value else "")
    number = _number(line, index)
    if described == NONE_COLLECTED:
        return Amount(None, "", "not-collected")
    if line and line.suppressed[index] and not empty:
        return Amount(number or None, unit(described), "withheld")
    if number is None or empty or (traded and number == 0):
        return Amount(None, unit(described), "not-available")
    return Amount(number, unit(described), "normal")


def _mass(first: Amount, second: Amount) -> tuple[float | None, str]:
    """The mass: the first quantity in a unit of mass, else the second."""
    for amount in (first, second):
        if amount.unit in MASS_UNITS:
            return tonnes(amount.number, amount.unit), amount.status
    units = (first.unit, second.unit)
    return None, "not-collected" if any(units) or first.status == "not-collected" else "not-available"
