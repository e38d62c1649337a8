"""What sort of cell a core column takes, which decides how it is read and what a mapping may say."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from monazite.schema import catalogue, manifests, provenance
from monazite.schema.columns import Column

if TYPE_CHECKING:
    from monazite.schema.tables import Table

TARGETS: dict[str, Table] = {
    table.name: table for table in catalogue.TABLES if table not in (*provenance.TABLES, *manifests.TABLES)
}
"""Tables a mapping may fill, by name: not those of manifests, whose reader redacts personal data."""

STAMPED = frozenset(("source", "as_of", "snapshot", "file", "line"))
"""Columns the load fills; a mapping says ``as_of`` once, above its columns."""

PARTNER = Column(
    "partner",
    "text",
    "The other country, seen from the reporter; with the flow it gives importer and exporter.",
)
_COUNTRIES = frozenset(("reporter", "importer", "exporter", "partner", "country"))
_UNITS = frozenset(("unit", "quantity_unit", "quantity_2_unit"))


class Kind(Enum):
    """Sorts of cells."""

    COUNTRY = "a country"
    GOODS = "a code of goods"
    PERIOD = "a year or month"
    YEAR = "a year"
    NUMBER = "a number"
    UNIT = "a unit"
    CODED = "one of the column's codes"
    BOOLEAN = "yes or no"
    DAY = "a day"
    TEXT = "text"


def kind(table: Table, column: Column) -> Kind:
    """The sort of cell a column of a core table takes.

    >>> kind(TARGETS["trade"], TARGETS["trade"].column("importer"))
    <Kind.COUNTRY: 'a country'>
    """
    by_type = {"integer": Kind.NUMBER, "number": Kind.NUMBER, "boolean": Kind.BOOLEAN, "date": Kind.DAY}
    by_name = {"period": Kind.PERIOD, "year": Kind.YEAR, **dict.fromkeys(_UNITS, Kind.UNIT)}
    by_name |= dict.fromkeys(_COUNTRIES, Kind.COUNTRY)
    if table.name == "trade" and column.name == "code":
        return Kind.GOODS
    return by_name.get(column.name) or by_type.get(column.type) or (Kind.CODED if column.codes else Kind.TEXT)


def columns(table: Table) -> dict[str, Column]:
    """Columns a mapping may name, by name.

    >>> "partner" in columns(TARGETS["trade"]), "snapshot" in columns(TARGETS["trade"])
    (True, False)
    """
    own = {column.name: column for column in table.columns if column.name not in STAMPED}
    return own | ({PARTNER.name: PARTNER} if table.name == "trade" else {})


def unit_column(column: Column) -> str:
    """Name of the column that carries a column's unit row by row; empty if the unit is fixed.

    >>> unit_column(TARGETS["trade"].column("quantity"))
    'quantity_unit'
    """
    return column.unit[1:-1] if column.unit.startswith("<") else ""


def status_column(table: Table, column: str) -> str:
    """Name of the column that says why a figure is what it is; empty if there is none.

    >>> [status_column(TARGETS["trade"], name) for name in ("value_usd", "quantity", "duty_usd")]
    ['value_status', 'quantity_status', '']
    """
    stem = column.partition("_")[0]
    if f"{stem}_status" in table.names and column in (stem, f"{stem}_usd", f"{stem}_t"):
        return f"{stem}_status"
    return "obs_status" if column == "value" and "obs_status" in table.names else ""
