"""Units of the Mineral Commodity Summaries, and what one of each is in ours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

POUND_T = Decimal("0.00045359237")
TROY_OUNCE_T = Decimal("0.0000311034768")
SHORT_TON_T = Decimal("0.90718474")


@dataclass(frozen=True, slots=True)
class Unit:
    """A publisher's unit: how many of our ``unit`` one of it is."""

    unit: str
    factor: Decimal


def _per(mass_t: Decimal | str, dollars: str = "1") -> Unit:
    """A price of so many dollars for so many tonnes."""
    return Unit("USD/t", Decimal(dollars) / Decimal(mass_t))


UNITS: dict[str, Unit] = {
    "metric tons": Unit("t", Decimal(1)),
    "tons": Unit("t", Decimal(1)),
    "kilograms": Unit("t", Decimal("0.001")),
    "thousand metric tons": Unit("t", Decimal(1000)),
    "thousand metric dry tons": Unit("t", Decimal(1000)),
    "million metric tons": Unit("t", Decimal(1_000_000)),
    "million carats": Unit("ct", Decimal(1_000_000)),
    "thousand carats": Unit("ct", Decimal(1000)),
    "thousands of carats": Unit("ct", Decimal(1000)),
    "million liters": Unit("m3", Decimal(1000)),
    "million cubic meters": Unit("m3", Decimal(1_000_000)),
    "million square feet": Unit("sq ft", Decimal(1_000_000)),
    "million dollars": Unit("USD", Decimal(1_000_000)),
    "percent": Unit("1", Decimal("0.01")),
    "number": Unit("persons", Decimal(1)),
    "index": Unit("index", Decimal(1)),
    "dollars per metric ton": _per("1"),
    "dollars per ton": _per("1"),
    "dollars per short ton": _per(SHORT_TON_T),
    "dollars per metric ton unit": _per("0.01"),
    "dollars per dry metric ton unit": _per("0.01"),
    "dollars per kilogram": _per("0.001"),
    "dollars per gram": _per("0.000001"),
    "dollars per 10-grams": _per("0.00001"),
    "dollars per 25 grams": _per("0.000025"),
    "dollars per 50 grams": _per("0.00005"),
    "dollars per 100 milliliters": Unit("USD/m3", Decimal(10_000)),
    "dollars per 100 mililiters": Unit("USD/m3", Decimal(10_000)),
    "dollars per pound": _per(POUND_T),
    "cents per pound": _per(POUND_T, "0.01"),
    "dollars per troy ounce": _per(TROY_OUNCE_T),
    "dollars per carat": Unit("USD/ct", Decimal(1)),
    "": Unit("", Decimal(1)),
}


def unit(published: str) -> Unit | None:
    """Our unit for a publisher's; ``None`` for one that no rule holds.

    >>> unit(" thousands of carats").unit
    'ct'
    """
    return UNITS.get(published.strip())
