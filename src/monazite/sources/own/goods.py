"""Codes of goods as files hold them: dots, lost zeros, and what a spreadsheet made of them."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

ALL = "TOTAL"
DOTTED = re.compile(r"^[0-9]{2,4}(?:[. -][0-9]{2,4}){1,3}$")
WRITTEN = re.compile(r"^[0-9A-Z][0-9A-Z.]{0,14}$")
_TOTALS = frozenset(("TOTAL", "TOTALS", "ALL", "ALL COMMODITIES", "ALL PRODUCTS", "ALL GOODS"))
_PREFIX = re.compile(r"^(?:HTSUS|HTS|HS)[ :-]*(?=[0-9])", re.IGNORECASE)
_POWER = re.compile(r"^[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}$", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = re.compile(
    rf"^(?:[0-9]{{1,4}}[- ]{_MONTH}|{_MONTH}[- ][0-9]{{1,4}}|[0-9]{{1,2}}[- ]{_MONTH}[- ][0-9]{{2,4}}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+)?)$",
    re.IGNORECASE,
)
_HALVES = 2
_EXACT = 1e15


class Goods(NamedTuple):
    """A code understood; ``shortened`` says it was or may be short of its leading zero."""

    code: str
    shortened: bool = False


class NotACodeError(ValueError):
    """A cell that holds no code; says what was expected, and under which rule it is refused."""

    def __init__(self, rule: str, expected: str) -> None:
        """Keep the rule beside the expectation."""
        super().__init__(expected)
        self.rule, self.expected = rule, expected


def dated(text: str) -> bool:
    """Whether a text is a date, as a spreadsheet makes of ``1-2`` or ``2846-10``.

    >>> dated("2-Jan"), dated("Oct-46"), dated("2846-10-01 00:00:00"), dated("2846-10")
    (True, True, True, False)
    """
    return len(text) < len("2846-10-01 00:00:00.000000000") and _DATES.match(text.strip()) is not None


def goods(cell: object, digits: int | None, *, harmonized: bool) -> Goods:
    """The code a cell holds, without dots in nomenclatures that build on the Harmonized System.

    Raises
    ------
    NotACodeError
        If it is a date, a power of ten, or no code; or not of the digits the mapping says.

    Examples
    --------
    >>> goods("2846.10.00.10", 10, harmonized=True).code, goods(250410.0, 6, harmonized=True).code
    ('2846100010', '250410')
    >>> goods("25410", None, harmonized=True), goods("10111", 6, harmonized=True)
    (Goods(code='25410', shortened=True), Goods(code='010111', shortened=True))
    """
    text = _text(cell)
    if text.upper() in _TOTALS:
        return Goods(ALL)
    if harmonized and DOTTED.match(bare := _PREFIX.sub("", text)):
        text = re.sub("[. -]", "", bare)
    elif harmonized:
        text = _PREFIX.sub("", text)
    code = text.upper()
    if not WRITTEN.match(code):
        raise NotACodeError("code-unreadable", "a code of digits and capitals")
    return _full(code, digits) if digits else Goods(code, shortened=harmonized and _odd(code))


def _text(cell: object) -> str:
    """A cell as text; a date or a number with decimals is no code."""
    if isinstance(cell, date) or (isinstance(cell, str) and dated(cell)):
        raise NotACodeError("date-mangled", "a code, not a date; format the column as text")
    if isinstance(cell, float):
        if not cell.is_integer() or abs(cell) >= _EXACT:
            raise NotACodeError("code-unreadable", "a code, not a number; format the column as text")
        return str(int(cell))
    text = str(cell).strip().lstrip("'")
    if _POWER.match(text):
        raise NotACodeError("code-unreadable", "a code, not a power of ten; format the column as text")
    whole, _, decimals = text.partition(".")
    return whole if decimals == "0" and whole.isdecimal() else text


def _full(code: str, digits: int) -> Goods:
    """A code of the digits the mapping says; one missing digit was a leading zero."""
    if not (code.isascii() and code.isdecimal()) or len(code) not in (digits, digits - 1):
        raise NotACodeError("code-digits", f"a code of {digits} digits")
    return Goods(code.zfill(digits), shortened=len(code) < digits)


def _odd(code: str) -> bool:
    """Whether a code has a number of digits no heading has: a leading zero may be lost."""
    return code.isdecimal() and len(code) % _HALVES == 1
