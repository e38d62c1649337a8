"""Numbers as people write them: separators, signs, brackets, and which convention a column follows.

``1,234`` is a thousand and more to an American and a little over one to a German. Which of the two
a column means is taken from the mapping; otherwise from cells that allow one reading only
(``1,234.5``, ``0,75``, ``1.234.567``), first of the column, then of the file. Where no cell decides,
the American reading is taken and the doubt is told.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

LONGEST = 40
_STRAY = 0.02
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007\u2009", " ") | {"−": "-", "’": "'", "–": "-"})
_DOLLARS = re.compile(r"^(?:USD|US\$|\$)\s*|\s*(?:USD|US\$|\$)$", re.IGNORECASE)
_DOUBLE = re.compile(r"^\d{1,3}([.,])\d{3}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes its numbers; ``thousands`` empty means blanks and apostrophes at most."""

    decimal: str = "."
    thousands: str = ","


ENGLISH, GERMAN = Writing(".", ","), Writing(",", ".")
MIXED = Writing("", "")
"""A column that holds both writings: only what can be read one way is read."""


class NotANumberError(ValueError):
    """A cell that is no number in the column's writing; says what was expected."""


def plain(text: str) -> str:
    """A numeral without typographic blanks, currency signs, accountants' brackets and a minus behind.

    >>> [plain(text) for text in ("(1,234)", "$ 5", "12-", "1 234")]
    ['-1,234', '5', '-12', '1 234']
    """
    text = _DOLLARS.sub("", text.translate(_BLANKS).strip())
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1].strip()
    elif text.endswith("-"):
        text = "-" + text[:-1].strip()
    return _DOLLARS.sub("", text[1:]) if text.startswith("+") else text


@cache
def _pattern(writing: Writing) -> re.Pattern[str]:
    """What a numeral looks like: groups of three, the decimal sign, a power of ten."""
    decimal = re.escape(writing.decimal)
    group = re.escape(writing.thousands) if writing.thousands else "[ ']"
    grouped = rf"\d{{1,3}}(?:{group}\d{{3}})+|\d{{1,3}}(?:[ ']\d{{3}})+|\d+"
    return re.compile(
        rf"^-?(?:(?:{grouped})(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d{{1,3}})?$", re.ASCII
    )


def number(text: str, writing: Writing) -> Decimal:
    """The number a cell writes.

    Raises
    ------
    NotANumberError
        If it writes none, or not in this way.

    Examples
    --------
    >>> number("1.234,5", GERMAN), number("(2,000)", ENGLISH)
    (Decimal('1234.5'), Decimal('-2000'))
    """
    if writing == MIXED:
        writing = _certain(text)
    written = plain(text)
    if len(written) > LONGEST or not _pattern(writing).match(written):
        groups = f" and {writing.thousands!r} between thousands" if writing.thousands else ""
        raise NotANumberError(f"a number with {writing.decimal!r} before decimals{groups}")
    for sign in (writing.thousands, " ", "'"):
        written = written.replace(sign, "") if sign else written
    return Decimal(written.replace(writing.decimal, "."))


def _certain(text: str) -> Writing:
    """The writing a numeral of a mixed column is certainly in."""
    sign = decimal_sign(text)
    if sign == "?":
        raise NotANumberError("a number that can be read one way, or decimal: in the mapping")
    return GERMAN if sign == "," else ENGLISH


def scaled(figure: Decimal | float, factor: Decimal) -> float:
    """A figure in our unit, rounded to 15 significant digits; finite.

    >>> scaled(Decimal("57"), Decimal("0.01"))
    0.57
    """
    exact = figure if isinstance(figure, Decimal) else Decimal(repr(figure))
    product = float(f"{exact * factor:.15g}") if exact.is_finite() else math.inf
    if not math.isfinite(product):
        raise NotANumberError("a number that is finite")
    return product


def decimal_sign(text: str) -> str:
    """The decimal sign a numeral shows: ``.`` or ``,``; ``?`` if it could be either, empty if none.

    >>> [decimal_sign(text) for text in ("1,234.5", "1.234.567", "0,75", "1,234", "12")]
    ['.', ',', ',', '?', '']
    """
    text = plain(text).removeprefix("-")
    points, commas = text.count("."), text.count(",")
    if points + commas == 0 or not text[:1].isdigit():
        return ""
    if points and commas:
        return "." if text.rfind(".") > text.rfind(",") else ","
    if points + commas > 1:
        return "," if points else "."
    doubtful = _DOUBLE.match(text) and not text.startswith("0")
    return "?" if doubtful else "." if points else ","


@dataclass(slots=True)
class Evidence:
    """What the numerals of a column, or of a file, show about its writing."""

    signs: Counter[str] = field(default_factory=Counter)
    doubtful: str = ""
    line: int = 0

    def hear(self, text: str, line: int) -> str:
        """Take a numeral into account; returns the sign it shows."""
        sign = decimal_sign(text)
        if sign:
            self.signs[sign] += 1
            if sign == "?" and not self.doubtful:
                self.doubtful, self.line = text, line
        return sign

    @property
    def decided(self) -> Writing | None:
        """The writing, if cells decide it; one cell in fifty may contradict, and will be refused."""
        points, commas = self.signs["."], self.signs[","]
        if max(points, commas) == 0:
            return None
        if min(points, commas) > _STRAY * max(points, commas):
            return MIXED
        return ENGLISH if points > commas else GERMAN
