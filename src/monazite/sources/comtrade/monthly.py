"""A third party's monthly table of UN Comtrade: partners by name, subheadings, value, quantity, unit value.

Reporter and direction stand in the file's name only (``china_exports_...csv``); quantities are kilograms.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.countries import country
from monazite.errors import SourceError, UnknownCodeError
from monazite.schema.trade import TRADE
from monazite.sources.comtrade.domains import NUMBER, YEAR, Domain, misfit, shown
from monazite.sources.comtrade.records import Records, number
from monazite.sources.comtrade.saved import checked, lines_of
from monazite.sources.comtrade.vocabulary import PER_TONNE
from monazite.sources.source import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.sources.comtrade.records import Cells, Row
    from monazite.sources.source import Account, Given

COLUMNS = ("period_dt", "partner_name", "hs6", "val", "qty", "uv")
DOMAINS: Mapping[str, Domain] = {
    "period_dt": Domain("period_dt", f"{YEAR}-(0[1-9]|1[0-2])-01", "the first day of a month"),
    "partner_name": Domain("partner_name", "[^0-9]+", "the name of a country"),
    "hs6": Domain("hs6", "[0-9]{6}", "six digits"),
    "val": Domain("val", NUMBER, "a number"),
    "qty": Domain("qty", NUMBER, "a number"),
    "uv": Domain("uv", f"inf|{NUMBER}", "a number, or inf where the quantity is 0"),
}
ALIASES = {"UAE": "United Arab Emirates"}
MOST_NAMES = 200
NAMED = re.compile(r"(?P<reporter>[a-z_]+)_(?P<flow>exports|imports)(?![a-z])")
"""Where a third party's file says who reported, and in which direction: ``china_exports_...csv``."""


class Told(NamedTuple):
    """What a third party's table does not say in its columns: who reported, and in which direction."""

    reporter: str
    inward: bool


def read_monthly(given: Given, account: Account) -> Iterator[Rows]:
    """Read a third party's monthly table.

    Raises
    ------
    SourceError
        If nothing says who reported, or a column does not hold what its heading says.
    """
    records, told = Records(given.name, account), _told(given)
    yield Rows(TRADE, _monthly(given, records, told), _stamps(told))
    records.tell()


def _told(given: Given) -> Told:
    """Reporter and direction: as the user says, or as the file's name does.

    Raises
    ------
    SourceError
        If neither says it.
    """
    named = NAMED.search(given.name.lower())
    words = named.groupdict() if named else {}
    reporter = given.parameters.get("reporter") or words.get("reporter", "").replace("_", " ")
    flow = given.parameters.get("flow") or words.get("flow", "")
    if flow.rstrip("s") not in {"import", "export"} or not reporter:
        raise SourceError(
            given.name,
            found="no column that says who reported, or in which direction",
            expected="a name such as china_exports_2023.csv",
            hint="Rename the file",
        )
    return Told(country(reporter).id, inward=flow.startswith("import"))


def _stamps(told: Told) -> Mapping[str, object]:
    """What is the same in every row of such a table."""
    return {
        "reporter": told.reporter,
        "flow": "import" if told.inward else "export",
        "nomenclature": "HS",
        "regime": "",
        "breakdown": "",
        "valuation": "",
        "value_status": "normal",
        "quantity_unit": "kg",
        "estimated": False,
        "aggregate": False,
    }


def _monthly(given: Given, records: Records, told: Told) -> Iterator[Row]:
    """Rows of such a table; a quantity of 0 beside a value is none."""
    lines = lines_of(given.path, given.name)
    header = tuple(next(lines)[1])
    if wanting := [name for name in COLUMNS if header.count(name) != 1]:
        found = f"{header.count(wanting[0])} such columns"
        raise SourceError(given.name, line=1, column=wanting[0], found=found, expected="one")
    for line, cells in checked(given.name, header, lines, records, DOMAINS):
        records.account.records += 1
        if wrong := misfit(cells, DOMAINS) or _unit_value(cells):
            found = shown(cells[wrong.column])
            records.refuse(cells, line, column=wrong.column, found=found, expected=wrong.meaning)
            continue
        value, quantity = number(cells["val"]), number(cells["qty"])
        missing = quantity == 0 and bool(value)
        records.seen.zeros += missing
        status = "not-available" if missing else "normal"
        partner = _partner(cells["partner_name"], records)
        yield {
            "_line": line,
            "year": int(cells["period_dt"][:4]),
            "period": cells["period_dt"][:7],
            "importer": told.reporter if told.inward else partner,
            "exporter": partner if told.inward else told.reporter,
            "code": cells["hs6"],
            "value_usd": value,
            "quantity": None if missing else quantity,
            "quantity_status": status,
            "mass_t": None if missing or quantity is None else quantity / PER_TONNE["kg"],
            "mass_status": status,
        }


def _unit_value(cells: Cells) -> Domain | None:
    """Whether the unit value is the value divided by the quantity: a column in another's place is noticed."""
    value, quantity, unit_value = (float(cells[name]) for name in ("val", "qty", "uv"))
    fits = (
        math.isinf(unit_value) if quantity == 0 else math.isclose(unit_value * quantity, value, rel_tol=1e-6)
    )
    return None if fits else Domain("uv", "", f"val / qty, {cells['val']} / {cells['qty']}")


def _partner(name: str, records: Records) -> str:
    """A partner by name; one that nobody knows keeps its name, and there is a finding.

    Raises
    ------
    SourceError
        If nobody knows more names than there are countries.
    """
    known = _known(name)
    if not known:
        records.seen.names[name] += 1
        if len(records.seen.names) > MOST_NAMES:
            found, expected = f"more than {MOST_NAMES} names that no list holds", "countries"
            raise SourceError(records.file, column="partner_name", found=found, expected=expected)
    return known or name


@lru_cache(maxsize=1_024)
def _known(name: str) -> str:
    """A country's id by its name; nothing if nobody knows it."""
    try:
        return country(ALIASES.get(name, name), "name").id
    except UnknownCodeError:
        return ""
