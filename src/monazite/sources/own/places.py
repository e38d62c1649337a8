"""Countries as a file names them, turned into ours; totals and rests among them are told apart."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from monazite.codes import reviewed
from monazite.codes.countries import APOSTROPHES, OTHER, WORLD, countries, country
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from monazite.codes.countries import Scheme

SCHEMES = ("any", "iso3", "iso2", "m49", "comtrade", "census", "usgs", "name")
LONGEST = 120
_TOTALS = re.compile(
    r"^(?:(?:grand|sub|all|overall|world)[ -]?)?totals?:?$|^(?:sum|summe|gesamt|insgesamt|somme|suma)\b.*$"
    r"|^all (?:countries|partners)$|^total for all countries$|^.{2,60}[ ,:-]+(?:sub)?total$",
    re.IGNORECASE,
)
_RESTS = frozenset(
    ("other", "others", "other countries", "all other", "all others", "all other countries",
     "rest of world", "rest of the world", "row", "other countries, total")
)  # fmt: skip


class Named(NamedTuple):
    """What a cell stands for: our id, whether it holds other countries, whether a list knows it."""

    id: str
    aggregate: bool
    known: bool


def total(text: str) -> bool:
    """Whether a cell labels a total and not a country or a code.

    >>> total("Grand Total"), total("China Total"), total("Portugal"), total("Summe 2024")
    (True, True, False, True)
    """
    return len(text) <= LONGEST and _TOTALS.match(text.strip()) is not None


@lru_cache(maxsize=8192)
def place(text: str, scheme: str = "any", year: int | None = None) -> Named:
    """What a country cell stands for, in the year of its row; an unknown one is kept as published.

    >>> place("5700", "census").id, place("Türkiye").id, place("World").aggregate, place("Atlantis")
    ('CHN', 'TUR', True, Named(id='Atlantis', aggregate=False, known=False))
    """
    if text in (WORLD, OTHER):
        return Named(text, aggregate=text == WORLD, known=True)
    for each in _tried(scheme):
        found = _found(text, cast("Scheme", each), year) if _fold(text) in _texts(each) else None
        if found:
            return found
    if text.strip().casefold() in _RESTS:
        return Named(OTHER, aggregate=False, known=True)
    return Named(text, aggregate=False, known=False)


def _tried(scheme: str) -> tuple[str, ...]:
    """Lists to look into: a name may be spelt as USGS spells it."""
    return {"name": ("name", "usgs", "iso3"), "any": ("any",)}.get(scheme, (scheme,))


def _found(text: str, scheme: Scheme, year: int | None) -> Named | None:
    """The country of a code that stands in the list, in the year or else today."""
    for on in (date(year, 7, 1) if year else None, None):
        try:
            entry = country(text, scheme, on=on)
        except UnknownCodeError:
            continue
        aggregate = entry.kind == "aggregate"
        return Named(WORLD if entry.id == "world" else entry.id, aggregate=aggregate, known=True)
    return None


def _fold(text: str) -> str:
    """A code or name without capitals, accents and leading zeros."""
    letters = unicodedata.normalize("NFKD", text[:LONGEST].translate(APOSTROPHES))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split()).lstrip("0")


@cache
def _texts(scheme: str) -> frozenset[str]:
    """Every code and name of a scheme, folded: asking here first is what makes unknown names cheap."""
    told = [(row["scheme"], row["text"]) for row in reviewed.rows("country_names.csv")]
    for entry in countries():
        told += [("iso3", entry.id), ("iso3", entry.iso3), ("iso2", entry.iso2), ("name", entry.name)]
        told += [("m49", str(entry.m49)), ("comtrade", str(entry.comtrade)), ("census", entry.census)]
    return frozenset(_fold(text) for each, text in told if text and scheme in ("any", each))
