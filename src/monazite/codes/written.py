"""How a code is written: what a text in a code column is, and the one code it can stand for.

Nothing is repaired here: :func:`read_code` says what is wrong and which code a repair would give, and
whoever asked for repairs takes it. A text with two meanings has no repair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

PROBLEMS = {
    "blank": ("code-misread", "no code"),
    "total": ("code-misread", "a total of other rows, not a code"),
    "text": ("code-misread", "text, not a code"),
    "scientific": ("code-misread", "a number in scientific notation, whose digits may be lost"),
    "decimal": ("code-misread", "a decimal number: zeros before and after it may be lost"),
    "shortened": ("code-shortened", "leading zero lost"),
    "longer": ("code-misread", "a national tariff line: its first six digits are the international code"),
    "too-long": ("code-misread", "more digits than any tariff has"),
    "dotted": ("code-misread", "written with dots"),
    "spaced": ("code-misread", "written with spaces"),
    "quoted": ("code-misread", "written with an apostrophe or quotes"),
    "foreign": ("code-unknown", "another country's or year's tariff line: only its first six digits match"),
    "unknown": ("code-unknown", "not a code of this nomenclature"),
}  # fmt: skip
"""What may be wrong: the rule it is found under, and in words."""

LENGTHS = {"HS": (2, 4, 6), "HTS": (2, 4, 6, 8, 10), "ScheduleB": (2, 4, 6, 10)}
INTERNATIONAL, LONGEST = 6, 10
"""Digits every country shares, and the most a national tariff adds up to."""

_BLANK = {"", "-", "–", "..", "na", "n/a", "nan", "none", "null", "<na>"}
_TOTAL = {"total", "all", "all commodities", "ag2", "ag4", "ag6", "sum"}
_DOTTED = re.compile(r"\d{4}\.\d\d(?:\.\d\d(?:\.?\d\d)?)?|\d{4}\.\d\d\d\d(?:\.?\d\d)?|\d\d(?:\.\d\d){1,4}")
_DECIMAL = re.compile(r"(\d+)\.(\d+)")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_HEADING = (3, 4)  # digits before the dot, with or without a leading zero
_QUOTES = "'’‘`\"="


@dataclass(frozen=True, slots=True)
class Written:
    """What a text is: ``code`` if it is written as it should be, else the problem and its repair.

    ``problem`` is a key of :data:`PROBLEMS`, or empty; ``repaired`` is the one code the text can mean,
    empty if there is none or more than one.
    """

    text: str
    code: str = ""
    problem: str = ""
    repaired: str = ""

    @property
    def rule(self) -> str:
        """The rule its problem is found under; empty if there is none."""
        return PROBLEMS[self.problem][0] if self.problem else ""

    @property
    def told(self) -> str:
        """Its problem in words; empty if there is none."""
        return PROBLEMS[self.problem][1] if self.problem else ""


def read_code(text: str, nomenclature: str, known: frozenset[str] = frozenset()) -> Written:
    """Say what a text is as a code of a nomenclature; ``known`` are its codes, if they are at hand.

    Examples
    --------
    >>> read_code("850760", "HS2022").code
    '850760'
    >>> wrong = read_code("10121", "HS2022", {"010121"})
    >>> wrong.code, wrong.problem, wrong.repaired
    ('', 'shortened', '010121')
    >>> read_code("8507.60.0020", "HTS2025", {"8507600020"}).repaired
    '8507600020'
    """
    if (plain := text.strip().casefold()) in _BLANK or plain in _TOTAL:
        return Written(text, problem="blank" if plain in _BLANK else "total")
    if system(nomenclature) not in LENGTHS:
        return _other(text, known)
    bare, problem = _bared(text)
    if bare.isascii() and bare.isdigit():
        return _with(_digits(bare, nomenclature, known), text, problem)
    if _DOTTED.fullmatch(bare):
        return _with(_digits(bare.replace(".", ""), nomenclature, known), text, "dotted")
    return _number(text, bare, nomenclature, known)


@lru_cache(maxsize=256)
def system(nomenclature: str) -> str:
    """The nomenclature without its year.

    >>> system("HS2022"), system("SITC3"), system("NAICS")
    ('HS', 'SITC3', 'NAICS')
    """
    return re.sub(r"\d{4}$", "", nomenclature)


def shares(codes: Iterable[str], editions: Mapping[str, Collection[str]]) -> dict[str, float]:
    """Share of distinct codes that each edition knows, the best first; to tell which edition data is in.

    >>> shares(["811230", "850780"], {"HS2007": {"850780"}, "HS2002": {"811230", "850780"}})
    {'HS2002': 1.0, 'HS2007': 0.5}
    """
    asked = set(codes)
    found = {name: len(asked.intersection(known)) / len(asked) for name, known in editions.items() if asked}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _other(text: str, known: frozenset[str]) -> Written:
    """A code of a nomenclature that has no rule of writing: it is in the list or it is not."""
    bare, problem = _bared(text)
    if not known or bare in known:
        return _with(Written(bare, bare), text, problem)
    plain = bare.replace(".", "")
    if plain in known:
        return Written(text, problem="dotted", repaired=plain)
    longer = [zeros + plain for zeros in ("0", "00") if zeros + plain in known]
    if plain.isdigit() and len(longer) == 1:
        return Written(text, problem="shortened", repaired=longer[0])
    return Written(text, problem="unknown" if any(map(str.isdigit, bare)) else "text")


def _bared(text: str) -> tuple[str, str]:
    """A text without quotes and blanks, and which of them it had."""
    if text.isdigit():
        return text, ""
    unquoted = "".join(one for one in text if one not in _QUOTES)
    bare = "".join(unquoted.split())
    return bare, "quoted" if unquoted != text else "spaced" if bare != text else ""


def _with(read: Written, text: str, problem: str) -> Written:
    """What the bare text is, told of the text as it came: a code written wrongly is a repair."""
    if read.problem or not problem:
        return read if read.text == text else replace(read, text=text)
    return Written(text, problem=problem, repaired=read.code)


def _digits(bare: str, nomenclature: str, known: frozenset[str]) -> Written:
    """What a row of digits is."""
    lengths = LENGTHS[system(nomenclature)]
    if len(bare) in lengths and (not known or bare in known):
        return Written(bare, bare)
    if len(bare) % 2 and len(bare) < LONGEST:
        return Written(bare, problem="shortened", repaired=_one([f"0{bare}"], nomenclature, known))
    if len(bare) > LONGEST:
        return Written(bare, problem="too-long")
    if len(bare) in lengths:
        foreign = len(bare) > INTERNATIONAL and bare[:INTERNATIONAL] in _heads(known)
        return Written(bare, problem="foreign" if foreign else "unknown")
    return Written(bare, problem="longer", repaired=_one([bare], nomenclature, known))


def _number(text: str, bare: str, nomenclature: str, known: frozenset[str]) -> Written:
    """What a text is that may be a code once read as a number."""
    if _SCIENTIFIC.fullmatch(bare):
        repaired = _one([_exact(bare)], nomenclature, known, sure=False)
        return Written(text, problem="scientific", repaired=repaired)
    if parts := _DECIMAL.fullmatch(bare):
        repaired = _one(_undone(*parts.groups()), nomenclature, known)
        return Written(text, problem="decimal", repaired=repaired)
    return Written(text, problem="text")


@lru_cache(maxsize=8)
def _heads(known: frozenset[str]) -> frozenset[str]:
    """The first six digits of every code."""
    return frozenset(one[:INTERNATIONAL] for one in known)


def _one(candidates: Iterable[str], nomenclature: str, known: frozenset[str], *, sure: bool = True) -> str:
    """The one code among candidates, cut to the nomenclature's digits; empty if none or several.

    Without a list of codes a candidate counts if its form is right and the reading is ``sure``.
    """
    lengths = LENGTHS[system(nomenclature)]
    fitted = {one if len(one) in lengths else one[: lengths[-1]] for one in candidates}
    right = {one for one in fitted if len(one) in lengths and (one in known if known else sure)}
    return right.pop() if len(right) == 1 else ""


def _exact(scientific: str) -> str:
    """The whole number that a number in scientific notation is, or nothing."""
    number = Decimal(scientific)
    whole = number == number.to_integral_value()
    return str(int(number)) if whole else ""


def _undone(whole: str, part: str) -> list[str]:
    """The codes a decimal number may have been: a code read as a number, or one whose dot was kept."""
    headed = len(whole) in _HEADING
    if part.strip("0"):
        return [f"{whole:0>4}{part}{'0' * (len(part) % 2)}"] if headed else []
    read = whole if len(whole) % 2 == 0 else f"0{whole}"
    return [read, f"{whole:0>4}00"] if headed else [read]
