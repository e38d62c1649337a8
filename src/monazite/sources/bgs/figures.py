"""One record of the World Mineral Statistics as a row: status, unit, basis, series, country."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monazite.schema.minerals import MINERAL_STATISTIC
from monazite.sources.bgs.answers import year
from monazite.sources.mineral_figures import Places, Unit, below_half, exact, scaled, silent

if TYPE_CHECKING:
    from monazite.sources.bgs.answers import Record
    from monazite.sources.source import Account, Row

UNITS = {
    "tonnes": Unit("t"),
    "tonnes (metric)": Unit("t"),
    "tonnes (metal content)": Unit("t", basis="content"),
    "tonnes (al2o3 content)": Unit("t", basis="oxide"),
    "tonnes (k20 content)": Unit("t", basis="oxide"),
    "tonnes (k2o content)": Unit("t", basis="oxide"),
    "kilograms": Unit("t", Decimal("0.001")),
    "kilograms (metal content)": Unit("t", Decimal("0.001"), "content"),
    "carats": Unit("ct"),
    "million cubic metres": Unit("m3", Decimal(1_000_000)),
}
MEASURES = {"Production": "production", "Imports": "imports", "Exports": "exports"}
FIGURES = ("A", "B", "D", "E", "F", "G", "I", "P", "U")
"""Codes of SDMX's list of observation statuses that go with a figure."""

ESTIMATES = ("E", "F", "I")
SILENT = {
    "H": "not-available",
    "L": "not-collected",
    "M": "not-applicable",
    "O": "not-available",
    "Q": "withheld",
}
SMALL = "N"
_BASES = (
    (re.compile(r"\bgross weight\b", re.IGNORECASE), "gross"),
    (re.compile(r"\b(?:REO|[A-Z][A-Za-z]?[2-5]?O[2-5]?|K20) content\b|\brare earth oxides\b"), "oxide"),
    (re.compile(r"\b(?:[A-Z][a-z]?|metal|[a-z]+(?:ium|el|er)) content\b", re.IGNORECASE), "content"),
)
_ESTIMATE, _BREAK = "*", "#"
_SHOWN = 5


@dataclass(slots=True)
class Reader:
    """Reads the records of one file and keeps what it finds."""

    file: str
    account: Account
    places: Places = field(init=False)
    breaks: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    unreadable: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Start with no country seen."""
        self.places = Places(self.file)

    def row(self, line: int, record: Record) -> Row | None:
        """The row of a record; nothing if it is refused."""
        if wrong := _wrong(record):
            column, expected = wrong
            self.account.refuse(
                MINERAL_STATISTIC, "reader", found=repr(record[column][:80]), expected=expected,
                content=record, line=line, column=column,
            )  # fmt: skip
            return None
        return self._read(line, record, year(record["year"]) or 0)

    def _read(self, line: int, record: Record, when: int) -> Row:
        """The row of a record that can be read."""
        unit, notes = UNITS[record["units"].casefold()], record["concat_figure_notes_code"].split("|")
        place = self.places.code(record["country_trans"], record["country_iso3_code"], when, line)
        series = _series(record)
        if _BREAK in notes:
            told = self.breaks.setdefault((record["bgs_commodity_trans"], series), [])
            told.append(f"{record['country_trans']} {when}")
        return {
            **self._figure(record, unit.factor),
            "chapter": record["bgs_commodity_trans"],
            "series": series,
            "country": place,
            "year": when,
            "measure": MEASURES[record["bgs_statistic_type_trans"]],
            "unit": unit.unit,
            "basis": _basis(record, unit),
            "estimated": _ESTIMATE in notes or record["sdmx_code"] in ESTIMATES,
            "published": record["quantity_in_book_style"] or record["quantity"],
            "unit_published": record["units"],
            "line": line,
            "_line": line,
        }

    def _figure(self, record: Record, factor: Decimal) -> dict[str, Any]:
        """Columns of the figure: what its status says, as far as its quantity agrees."""
        code, value = record["sdmx_code"], scaled(record["quantity"], factor)
        if code in FIGURES and value is not None:
            return exact(value)
        if code == SMALL and value in {None, 0}:
            return below_half(factor)
        if code in SILENT and value is None:
            return silent(SILENT[code])
        self.unreadable[code, "no quantity" if value is None else "a quantity"] += 1
        return silent("unreadable")

    def tell(self) -> None:
        """Record what was found, when every record has been read."""
        self.places.tell(self.account, "country_trans")
        for (chapter, series), places in self.breaks.items():
            shown = ", ".join(places[:_SHOWN]) + (", ..." if len(places) > _SHOWN else "")
            self.account.tell(
                "definition-changed", chapter, where=f"{self.file}, {series}",
                found=f"marked as a break in series: {shown}", expected="one definition", rows=len(places),
                hint="Do not draw a line across the break.",
            )  # fmt: skip
        for (code, found), rows in self.unreadable.items():
            self.account.tell(
                "value-unreadable", f"status {code[:20]!r}", where=f"{self.file}, column sdmx_code",
                found=found, expected="a status that goes with it", rows=rows,
            )  # fmt: skip


def _wrong(record: Record) -> tuple[str, str] | None:
    """What keeps a record from being read: column, and what was expected there."""
    checks = {
        "bgs_commodity_trans": (bool(record["bgs_commodity_trans"]), "a commodity"),
        "year": (year(record["year"]) is not None, "the first of January of a year"),
        "bgs_statistic_type_trans": (record["bgs_statistic_type_trans"] in MEASURES, ", ".join(MEASURES)),
        "units": (record["units"].casefold() in UNITS, f"one of {', '.join(UNITS)}"),
        "quantity": (
            not record["quantity"] or scaled(record["quantity"], Decimal(1)) is not None,
            "a number",
        ),
    }
    return next(((column, expected) for column, (good, expected) in checks.items() if not good), None)


def _series(record: Record) -> str:
    """The publisher's label of the series, unique within its commodity."""
    sub = record["bgs_sub_commodity_trans"]
    return f"{record['bgs_statistic_type_trans']}: {sub}" if sub else record["bgs_statistic_type_trans"]


def _basis(record: Record, unit: Unit) -> str:
    """What a mass counts: as the figure's own note says, its unit, its series, its commodity."""
    if unit.unit != "t":
        return ""
    note, sub = record["concat_figure_notes_text"], record["bgs_sub_commodity_trans"]
    rest = (sub, record["erml_sub_commodity"], record["erml_commodity"], record["bgs_commodity_trans"])
    for text in (note, unit.basis, *rest):
        if text in {"content", "oxide"}:
            return text
        found = next((basis for pattern, basis in _BASES if pattern.search(text)), "")
        if found:
            return found
    return ""
