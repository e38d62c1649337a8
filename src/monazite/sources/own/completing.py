"""What follows from the columns a mapping fills: partners, statuses, units, and what is false unless said."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monazite.sources.own import kinds, units
from monazite.sources.own.numerals import scaled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.schema.tables import Table
    from monazite.sources.own.mapping import Mapping

Row = dict[str, Any]

USUAL: dict[str, Row] = {
    "trade": {"nomenclature": "own", "breakdown": "", "regime": "", "valuation": ""},
    "mineral_statistic": {"basis": "", "unit_published": ""},
    "import_source": {"basis": "", "unit_published": ""},
}
"""What a column holds where the mapping is silent, by table."""

_COUNTRIES = {"reporter", "partner", "importer", "exporter"}
_INWARD = frozenset(("import", "re-import"))
_FROM_TRADE = (
    ({"period"}, {"year"}),
    ({"year"}, {"period"}),
    ({"reporter", "partner"}, {"importer", "exporter"}),
    ({"importer", "exporter"}, {"reporter"}),
)
_FROM_STATISTIC = (
    ({"chapter", "measure"}, {"series"}),
    ({"country"}, {"section"}),
    ({"value"}, {"published"}),
)
_FROM_SHARE = (({"partner"}, {"partner_published"}), ({"value"}, {"published"}))


def lacking(mapping: Mapping) -> tuple[str, ...]:
    """Columns a load needs that neither the mapping fills nor anything else gives.

    Either importer and exporter are filled, or reporter and partner.
    """
    wide = {own.across for own in mapping.columns.values() if own.across}
    with_unit = [name for name, own in mapping.columns.items() if own.unit is not None]
    return left(mapping.table, filled_by(mapping.table, {*mapping.columns, *wide}, with_unit))


def left(table: Table, filled: set[str]) -> tuple[str, ...]:
    """What is still to be said for a table where these columns are filled, by what gives it."""
    needed = [one.name for one in table.columns if not one.nullable and one.name not in kinds.STAMPED]
    wanted = dict.fromkeys(name for name in needed if name not in filled)
    for giving, given in _rules(table):
        if wanted.keys() & given and not (table.name == "trade" and given <= _COUNTRIES):
            wanted = dict.fromkeys(
                [*(name for name in wanted if name not in given), *sorted(giving - filled)]
            )
    if table.name == "trade" and wanted.keys() & _COUNTRIES:
        others = [name for name in wanted if name not in _COUNTRIES]
        return (*others, *_countries_left(filled))
    return tuple(wanted)


def _countries_left(filled: set[str]) -> tuple[str, ...]:
    """Which country is still to be said: the reporter of a partner, or the other end."""
    if "partner" in filled:
        return ("reporter",)
    return tuple(name for name in ("importer", "exporter") if name not in filled)


def _rules(table: Table) -> tuple[tuple[set[str], set[str]], ...]:
    """Columns that follow from others, by table."""
    return {"trade": _FROM_TRADE, "mineral_statistic": _FROM_STATISTIC, "import_source": _FROM_SHARE}.get(
        table.name, ()
    )


def filled_by(table: Table, named: Iterable[str], with_unit: Iterable[str]) -> set[str]:
    """Columns that are filled where these are named, some with their unit."""
    filled = set(named) | set(USUAL.get(table.name, ()))
    filled |= {one.name for one in table.columns if one.type == "boolean"}
    filled |= {status for one in table.columns if (status := kinds.status_column(table, one.name))}
    filled |= {kinds.unit_column(table.column(name)) for name in with_unit if name in table.names}
    for given, gives in _rules(table):
        if given <= filled:
            filled |= gives
    return filled


class Completion:
    """What is added to every row of a table; ``aggregates`` are ids that hold other countries."""

    def __init__(self, table: Table) -> None:
        """Look up once what every row needs."""
        self.aggregates: set[str] = set()
        self.usual = {one.name: False for one in table.columns if one.type == "boolean"}
        self.usual |= USUAL.get(table.name, {})
        told = [(one.name, kinds.status_column(table, one.name)) for one in table.columns]
        self.statuses = [(name, status) for name, status in told if status]
        self.needed = [
            one.name for one in table.columns if not one.nullable and one.name not in kinds.STAMPED
        ]
        self.table = table.name

    def __call__(self, row: Row) -> Row:
        """The row, complete."""
        for name, usual in self.usual.items():
            row.setdefault(name, usual)
        for name, status in self.statuses:
            if row.get(status) is None:
                row[status] = "not-available" if row.get(name) is None else "normal"
        if self.table == "trade":
            _complete_trade(row, self.aggregates)
        elif self.table == "mineral_statistic":
            _complete_statistic(row)
        return row


def _complete_trade(row: Row, aggregates: set[str]) -> None:
    """Importer and exporter from reporter and partner, or the reporter from them; mass from quantity."""
    inward, partner = row.get("flow") in _INWARD, row.pop("partner", None)
    if partner is not None:
        row.setdefault("importer" if inward else "exporter", row.get("reporter"))
        row.setdefault("exporter" if inward else "importer", partner)
    reconciled = row.get("flow") == "reconciled"
    row.setdefault("reporter", "" if reconciled else row.get("importer" if inward else "exporter"))
    row["aggregate"] = row["aggregate"] or not aggregates.isdisjoint(
        (row.get("importer"), row.get("exporter"))
    )
    known = units.unit(row.get("quantity_unit") or "")
    if "mass_t" not in row and known and known.measures == "mass" and row.get("quantity") is not None:
        row["mass_t"] = scaled(Decimal(repr(row["quantity"])), units.of_one(known.unit))
        row["mass_status"] = row["quantity_status"]


def _complete_statistic(row: Row) -> None:
    """Series and section, where the mapping is silent; the ends of an exact figure are the figure."""
    if row.get("chapter") and row.get("measure"):
        row.setdefault("series", f"{row['chapter']} | {row['measure']}")
    row.setdefault("section", "salient" if row.get("country") == "USA" else "world")
    if row.get("value") is not None:
        row["low"] = row["high"] = row["value"]
