"""Second step of the SELECT: numbers, codes, months, partners; null where a text is not one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.sources.census import partners as places
from monazite.sources.census import units
from monazite.sources.census.columns import WEIGHTS
from monazite.sources.census.texts import by_arm, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.sources.census.partners import Partner
    from monazite.sources.census.sheet import Sheet

MEASURES = ("value", "duty", "quantity", "quantity_2")
_WEIGHTS = tuple(name.lower() for name in WEIGHTS)
_NUMBER = r"[0-9]{1,18}(\.[0-9]*)?([eE][+-]?[0-9]{1,2})?"
_MOST = "1e18"
_MONTH = r"(19|20)[0-9][0-9]-(0[1-9]|1[0-2])(-01([ T]00:00:00(\.0+)?)?)?"
_TIME = "coalesce(stated, stated_year || '-' || lpad(stated_month, 2, '0'))"

_LEVELS = {
    "HS": {"HS2": 2, "HS4": 4, "HS6": 6, "HS10": 10},
    "NAICS": {"NA2": 2, "NA3": 3, "NA4": 4, "NA5": 5, "NA6": 6},
    "EndUse": {"EU1": 1, "EU5": 5},
}
"""Digits of a code at a level; other nomenclatures are taken as they are."""

_SHORT = {1: 2, 3: 4, 5: 6, 9: 10}
"""Digits a code of HS had before it lost its leading zero: there are none of 1, 3, 5 or 9."""


def odd(measure: str) -> str:
    """Whether a text that should be a number is none."""
    return f"({measure} IS NOT NULL AND {measure}_n IS NULL)"


def typed(sheet: Sheet, found: Iterable[Partner]) -> str:
    """Everything of the first step, with what it means beside it.

    Of a bulk file only the rows with some trade, or with something amiss, are kept.
    """
    numbers = [f"{_number(one)} AS {one}_n" for one in (*MEASURES, *_WEIGHTS)]
    spans = by_arm(sheet, [f"'{arm.span(sheet.columns)}'" for arm in sheet.header.arms])
    regimes = by_arm(sheet, [f"'{arm.regime}'" for arm in sheet.header.arms])
    nomenclature = sheet.header.nomenclature
    told = [
        f"{spans} AS span",
        f"{regimes} AS regime",
        f"CASE WHEN regexp_full_match({_TIME}, '{_MONTH}') THEN left({_TIME}, 7) END AS month",
        f"{_digits(nomenclature)} AS digits",
        *numbers,
    ]
    made = f"SELECT *, {', '.join(told)} FROM ({texts(sheet)})"
    coded = f"SELECT *, {_code(nomenclature)} AS code FROM ({made})"
    kept = f"SELECT * FROM ({coded}) WHERE {_active()}" if sheet.empty is not None else coded
    return _joined(kept, found)


def _number(measure: str) -> str:
    """A number of zero or more and of at most 10^18, or null."""
    whole = f"regexp_full_match({measure}, '{_NUMBER}') AND try_cast({measure} AS DOUBLE) <= {_MOST}"
    return f"CASE WHEN {whole} THEN try_cast({measure} AS DOUBLE) END"


def _digits(nomenclature: str) -> str:
    """How many digits a code must have: its level says so, or for HS its length where there is none."""
    levels = _LEVELS.get(nomenclature)
    if levels is None:
        return "NULL::INTEGER"
    stated = "CASE goods_level " + " ".join(f"WHEN '{one}' THEN {n}" for one, n in levels.items()) + " END"
    if nomenclature != "HS":
        return stated
    short = "CASE length(goods) " + " ".join(f"WHEN {n} THEN {full}" for n, full in _SHORT.items())
    inferred = f"{short} WHEN 2 THEN 2 WHEN 4 THEN 4 WHEN 6 THEN 6 WHEN 10 THEN 10 END"
    return f"CASE WHEN coalesce(goods_level, '-') = '-' THEN {inferred} ELSE {stated} END"


def _code(nomenclature: str) -> str:
    """The code, with the leading zero a number has lost; null where it is none of its level."""
    unsure = "NULL" if nomenclature == "HS" else "goods"
    signs = "[0-9]+" if nomenclature == "HS" else "[0-9A-Z]{1,10}"
    return (
        "CASE WHEN goods = '-' THEN 'TOTAL'"
        f" WHEN NOT regexp_full_match(goods, '{signs}') THEN NULL"
        f" WHEN digits IS NULL THEN {unsure}"
        " WHEN length(goods) = digits THEN goods"
        " WHEN length(goods) = digits - 1 AND regexp_full_match(goods, '[0-9]+') THEN '0' || goods END"
    )


def _active() -> str:
    """Whether a cell had trade this month, or cannot be read."""
    measured = (f"coalesce({one}_n, 0) <> 0 OR {odd(one)}" for one in MEASURES)
    return " OR ".join([*measured, "code IS NULL", "month IS NULL"])


def _joined(rows: str, found: Iterable[Partner]) -> str:
    """Rows with their partner and what their units stand for."""
    return (
        "SELECT read.*, place.id AS place, place.is_group, one.unit AS known_1, one.tonnes AS tonnes_1,"
        f" two.unit AS known_2, two.tonnes AS tonnes_2 FROM ({rows}) AS read"
        f" LEFT JOIN (VALUES {places.values(found)}) AS place(partner, id, is_group)"
        " ON read.partner = place.partner"
        f" LEFT JOIN (VALUES {units.values()}) AS one(letters, unit, tonnes) ON read.unit_1 = one.letters"
        f" LEFT JOIN (VALUES {units.values()}) AS two(letters, unit, tonnes) ON read.unit_2 = two.letters"
    )
