"""Cells of manifests: first without personal data, then as what their column holds.

Only what has passed :func:`clean` is ever kept, refused or told of.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.errors import UnknownCodeError
from monazite.sources.manifests.personal import REDACTED, mask, redacted, redacted_code

if TYPE_CHECKING:
    from collections.abc import Callable

POUND_T = 0.00045359237
TONNES = {
    "KILOGRAMS": 0.001,
    "KILOGRAM": 0.001,
    "KG": 0.001,
    "K": 0.001,
    "POUNDS": POUND_T,
    "POUND": POUND_T,
    "LB": POUND_T,
    "L": POUND_T,
    "METRIC TON": 1.0,
    "METRIC TONS": 1.0,
    "MT": 1.0,
    "LONG TON": 2240 * POUND_T,
    "LONG TONS": 2240 * POUND_T,
    "LT": 2240 * POUND_T,
    "SHORT TON": 2000 * POUND_T,
    "SHORT TONS": 2000 * POUND_T,
    "ST": 2000 * POUND_T,
}
"""Tonnes in one of the units of weight."""

_BILL = re.compile(r"([1-9]\d{0,7}|[1-9]\d{11,18}|20\d{6}\d{1,3})(?:\.0{1,6})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,9})(?:\.0{1,6})?", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00:00(?:\.0{1,9})?)?|(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_GOODS = re.compile(r"(\d{1,10})(?:\.0{0,6})?", re.ASCII)
_LINE = re.compile(r"\d{2,4}(?:\.\d\d(?:\.\d\d(?:\.?\d\d)?|\.\d{4})?)?", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_DATE_DIGITS = 8
_SHORT = 64
"""Characters of a cell that is remembered with what it became."""

Value = str | int | float


class NotOneError(ValueError):
    """A cell that is not what its column holds; says what was expected."""


def decoded(cell: str) -> str:
    """A cell read byte by byte, in the encoding it is in: UTF-8, otherwise that of Windows."""
    if cell.isascii():
        return cell
    held = cell.encode("latin-1")
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError:
        return held.decode("cp1252", "replace")


def clean(kind: str, cell: str) -> str:
    """A cell without personal data; of one that is not what its column holds only the shape stays."""
    if not cell or kind == "person":
        return ""
    return _known(kind, cell) if len(cell) <= _SHORT else _clean(kind, cell)


def _clean(kind: str, cell: str) -> str:
    """A cell without personal data."""
    cell = decoded(cell).strip()
    if not cell:
        return ""
    if kind in _READERS:
        return cell if _fits(kind, cell) else mask(cell)
    if kind == "hidden":
        return REDACTED
    if kind == "country" and _COUNTRY.fullmatch(cell):
        return cell
    return redacted_code(cell).strip() if kind == "code" else redacted(cell).strip()


_known = lru_cache(maxsize=2**15)(_clean)
"""The same for short cells: ports, carriers, units and dates repeat."""


def _fits(kind: str, cell: str) -> bool:
    """Whether a cell is what its column holds."""
    try:
        _said(kind, cell)
    except NotOneError:
        return False
    return True


def value(kind: str, cell: str) -> Value | None:
    """What a clean cell says; nothing if it is empty.

    Raises
    ------
    NotOneError
        If it is not what its column holds.
    """
    if not cell:
        return None
    return _said(kind, cell) if kind in _READERS else cell


@lru_cache(maxsize=2**15)
def _said(kind: str, cell: str) -> Value:
    """What a clean cell of a typed column says."""
    return _READERS[kind](cell)


def _bill(cell: str) -> str:
    """The number of a bill: not one of nine to eleven digits, unless it begins with a day."""
    match = _BILL.fullmatch(cell)
    if not match or (_DATE_DIGITS < len(match[1]) < 12 and not _is_day(match[1][:_DATE_DIGITS])):  # noqa: PLR2004
        raise NotOneError("the number of a bill")
    return match[1]


def _is_day(digits: str) -> bool:
    """Whether eight digits are a day."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _whole(cell: str) -> int:
    """A whole number of at most nine digits."""
    if not (match := _WHOLE.fullmatch(cell)):
        raise NotOneError("a whole number of at most nine digits")
    return int(match[1])


def _number(cell: str) -> float:
    """A number of at most nine digits."""
    if not _NUMBER.fullmatch(cell):
        raise NotOneError("a number of at most nine digits")
    return float(cell)


def _day(cell: str) -> str:
    """A day, ISO 8601."""
    if match := _DAY.fullmatch(cell):
        year, month, day = match.groups()[:3] if match[1] else (match[6], match[4], match[5])
        if _is_day(f"{year}{int(month):02}{int(day):02}"):
            return f"{year}-{int(month):02}-{int(day):02}"
    raise NotOneError("a date")


def _goods(cell: str) -> str:
    """A code of goods from a number: a leading zero it has lost is put back.

    >>> _goods("8451.0"), _goods("37.0"), _goods("84122981.0"), _goods("901110.0"), _goods("10121")
    ('8451', '37', '84122981', '901110', '010121')
    """
    if not (match := _GOODS.fullmatch(cell)) or not match[1].strip("0"):
        raise NotOneError("a code of goods, 2 to 10 digits")
    return match[1] if len(match[1]) % 2 == 0 else "0" + match[1]


def _line(cell: str) -> str:
    """A code of goods without its dots."""
    if not _LINE.fullmatch(cell):
        raise NotOneError("a code of goods, with dots")
    return cell.replace(".", "")


_READERS: dict[str, Callable[[str], Value]] = {
    "bill": _bill,
    "whole": _whole,
    "number": _number,
    "day": _day,
    "goods": _goods,
    "line": _line,
}


@cache
def place(code: str) -> tuple[str, bool]:
    """Id of the country of a two-letter code, and whether it is one."""
    try:
        return country(code, "iso2").id, True
    except UnknownCodeError:
        return code, False


def is_place(cell: str) -> bool:
    """Whether a clean cell is written like a two-letter code."""
    return bool(_COUNTRY.fullmatch(cell))


def tonnes(weight: float | None, unit: str | None) -> float | None:
    """A weight in tonnes; nothing where its unit is not one of mass.

    >>> tonnes(2000.0, "Kilograms"), tonnes(5.0, "Cubic Meters")
    (2.0, None)
    """
    factor = TONNES.get((unit or "").upper())
    return None if weight is None or factor is None else float(f"{weight * factor:.15g}")
