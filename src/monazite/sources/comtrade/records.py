"""One record of UN Comtrade, whatever file it came in, as a row of ``trade``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError
from monazite.schema.trade import TRADE
from monazite.sources.comtrade.domains import Domain, misfit, shown
from monazite.sources.comtrade.oddities import Seen, tell
from monazite.sources.comtrade.vocabulary import (
    ABBREVIATIONS,
    FLOWS,
    NO_UNIT,
    NOMENCLATURES,
    PER_TONNE,
    UNITS,
    place,
)

if TYPE_CHECKING:
    from monazite.sources.comtrade.vocabulary import Flow
    from monazite.sources.source import Account

Row = dict[str, Any]
Cells = dict[str, str]

REQUIRED = ("period", "reportercode", "flowcode", "partnercode", "cmdcode")
_TRUE = ("true", "True", "TRUE", "1")
_ESTIMATES = ("isqtyestimated", "isaltqtyestimated", "isnetwgtestimated")
_CONTENT = 2_000
MOST_REFUSED = 100_000
"""More records that cannot be read, and the file is not a table of UN Comtrade."""

MONTHLY = 6
EVEN = (2, 4, 6)


@dataclass(slots=True)
class Records:
    """Turns the records of one file into rows, refuses what it cannot, and counts what is odd."""

    file: str
    account: Account
    seen: Seen = field(default_factory=Seen)

    def row(self, cells: Cells, line: int) -> Row | None:
        """A row, or nothing where the record was refused; ``cells`` by column in lower case."""
        self.account.records += 1
        wrong = misfit(cells) or contradiction(cells)
        if wrong is not None:
            found = shown(cells.get(wrong.column.lower(), ""))
            self.refuse(cells, line, column=wrong.column, found=found, expected=wrong.meaning)
            return None
        flow = FLOWS[cells["flowcode"]]
        nomenclature = NOMENCLATURES[cells.get("classificationcode") or "HS"]
        year = int(cells["period"][:4])
        self.seen.levels[nomenclature, 0 if cells["cmdcode"] == "TOTAL" else len(cells["cmdcode"])] += 1
        self.seen.computed += _computed(cells)
        return {
            "_line": line,
            "year": year,
            "period": _period(cells["period"]),
            "flow": flow.flow,
            "nomenclature": nomenclature,
            "code": cells["cmdcode"],
            "regime": "",
            "breakdown": _breakdown(cells, flow, year),
            **self._parties(cells, flow, year),
            **self._amounts(cells, flow),
        }

    def refuse(self, cells: object, line: int, *, column: str, found: str, expected: str) -> None:
        """Keep a record aside.

        Raises
        ------
        SourceError
            If there are so many that the file is not what it seems.
        """
        if len(self.account.refused) >= MOST_REFUSED:
            expected = f"fewer than {MOST_REFUSED:,} of them in a file"
            raise SourceError(self.file, line=line, column=column, found=found, expected=expected)
        content = ascii(cells)[:_CONTENT]
        self.account.refuse(
            TRADE, "reader", found=found, expected=expected, content=content, line=line, column=column
        )

    def _parties(self, cells: Cells, flow: Flow, year: int) -> Row:
        """Reporter, importer and exporter."""
        reporter, partner = place(cells["reportercode"], year), place(cells["partnercode"], year)
        self.seen.reporters[cells["reportercode"], year] += 1
        self.seen.partners[cells["partnercode"], year] += 1
        importer, exporter = (reporter, partner) if flow.inward else (partner, reporter)
        return {
            "reporter": reporter.id,
            "importer": importer.id,
            "exporter": exporter.id,
            "aggregate": reporter.aggregate or partner.aggregate,
        }

    def _amounts(self, cells: Cells, flow: Flow) -> Row:
        """Value, quantities and mass; a zero beside a positive value is no quantity."""
        value, valuation = worth(cells, inward=flow.inward)
        unit, unit_2 = _unit(cells, "qtyunit"), _unit(cells, "altqtyunit")
        quantity = _measured(cells.get("qty", ""), value, unit)
        mass = _mass(_measured(cells.get("netwgt", ""), value, "kg"), quantity, unit)
        self.seen.zeros += bool(unit and quantity is None and number(cells.get("qty", "")) == 0)
        return {
            "value_usd": value,
            "valuation": valuation,
            "value_status": _status(value),
            "quantity": quantity,
            "quantity_unit": unit,
            "quantity_status": _status(quantity),
            "quantity_2": _measured(cells.get("altqty", ""), value, unit_2),
            "quantity_2_unit": unit_2,
            "mass_t": mass,
            "mass_status": _status(mass),
            "estimated": any(cells.get(name) in _TRUE for name in _ESTIMATES)
            or cells.get("legacyestimationflag", "") not in {"", "0"},
        }

    def tell(self) -> None:
        """Say what is odd about the file as a whole."""
        tell(self.account, self.file, self.seen)


def contradiction(cells: Cells) -> Domain | None:
    """The column that contradicts another: the year or frequency of a period, a code that lost a zero.

    >>> contradiction({"period": "202404", "freqcode": "A"}).column
    'freqCode'
    >>> contradiction({"period": "2024", "cmdcode": "28461", "classificationcode": "H6"}).meaning
    '2, 4 or 6 digits; a leading zero may be lost'
    """
    period, code = cells["period"], cells.get("cmdcode", "TOTAL")
    if cells.get("refyear", period[:4]) != period[:4]:
        return Domain("refYear", "", f"the year of the period, {period[:4]}")
    frequency = "M" if len(period) == MONTHLY else "A"
    if cells.get("freqcode", frequency) != frequency:
        return Domain("freqCode", "", f"{frequency}, as the period {period} says")
    if cells.get("classificationcode", "HS")[0] == "H" and code != "TOTAL" and len(code) not in EVEN:
        return Domain("cmdCode", "", "2, 4 or 6 digits; a leading zero may be lost")
    return None


def worth(cells: Cells, *, inward: bool) -> tuple[float | None, str]:
    """Value and what it includes: the primary value, and which of CIF and FOB it is.

    >>> worth({"primaryvalue": "5.0", "fobvalue": "5.0", "cifvalue": ""}, inward=True)
    (5.0, 'fob')
    """
    kinds = ("cif", "fob") if inward else ("fob", "cif")
    values = {kind: number(cells.get(f"{kind}value", "")) for kind in kinds}
    primary = number(cells.get("primaryvalue", ""))
    if primary is None:
        return next(((value, kind) for kind, value in values.items() if value), (None, ""))
    return primary, next((kind for kind, value in values.items() if value == primary), "")


def _breakdown(cells: Cells, flow: Flow, year: int) -> str:
    """What tells a part of a flow from the whole; the codes of totals say nothing."""
    second = cells.get("partner2code", "")
    named = {
        "customs": cells.get("customscode", "").replace("C00", ""),
        "flow": flow.part,
        "mos": cells.get("moscode", "").lstrip("0"),
        "mot": cells.get("motcode", "").lstrip("0"),
        "partner2": place(second, year).id if second.lstrip("0") else "",
    }
    return ";".join(f"{name}={code}" for name, code in named.items() if code)


def number(text: str) -> float | None:
    """A figure; none for an empty cell."""
    return float(text) if text else None


def _measured(text: str, value: float | None, unit: str) -> float | None:
    """A quantity; none where there is no unit, or a zero stands for what is not known."""
    quantity = number(text)
    return None if quantity == 0 and (value or not unit) else quantity


def _mass(net: float | None, quantity: float | None, unit: str) -> float | None:
    """Tonnes, from the net weight in kilograms or else from a quantity that is a mass."""
    if net is not None:
        return net / PER_TONNE["kg"]
    return quantity / PER_TONNE[unit] if quantity is not None and unit in PER_TONNE else None


def _unit(cells: Cells, column: str) -> str:
    """Unit of a quantity by its code, or by its abbreviation where the file has no code."""
    code = cells.get(f"{column}code")
    if code is not None:
        return "" if code in NO_UNIT else UNITS.get(code, f"unit {code}")
    published = cells.get(f"{column}abbr", "")
    return "" if published in NO_UNIT else ABBREVIATIONS.get(published, published)


def _computed(cells: Cells) -> bool:
    """Whether the publisher says that it made the row itself."""
    return cells.get("isaggregate") in _TRUE or cells.get("isreported", "1") not in {*_TRUE, ""}


def _period(text: str) -> str:
    """A period in ISO 8601.

    >>> _period("202404"), _period("2024")
    ('2024-04', '2024')
    """
    return f"{text[:4]}-{text[4:]}" if len(text) == MONTHLY else text


def _status(figure: float | None) -> str:
    """Whether there is a figure."""
    return "not-available" if figure is None else "normal"
