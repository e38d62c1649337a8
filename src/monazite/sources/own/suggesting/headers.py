"""What a header says of its column: reviewed synonyms, as written, inside a longer name, or misspelt."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache, lru_cache

from monazite.codes import reviewed
from monazite.sources.own.headings import LONGEST, bare, unit_in

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z]{3})(?=[0-9])")
_SIGNS = re.compile(r"[^a-z0-9]+")
_INSIDE, _ALIKE = 0.85, 0.85
_SHORT = 5
_LETTERS = 3
_WORDS = 6


def fold(header: str) -> str:
    """A header in small letters without accents, signs and CamelCase.

    >>> fold("primaryValue"), fold("Poids net (kg)"), fold("I_COMMODITY"), fold("Stückzahl")
    ('primary value', 'poids net', 'i commodity', 'stuckzahl')
    """
    letters = unicodedata.normalize("NFKD", _CAMEL.sub(" ", bare(header)[:LONGEST]))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_SIGNS.sub(" ", plain.casefold()).split())


@cache
def synonyms(table: str) -> dict[str, dict[str, float]]:
    """Folded headers that mean a column, with their weights, by column."""
    found: dict[str, dict[str, float]] = {}
    for row in reviewed.rows("synonyms.csv", __package__):
        if row["table"] == table:
            found.setdefault(row["column"], {})[row["text"]] = float(row["weight"])
    return found


@lru_cache(maxsize=65_536)
def weight(table: str, column: str, header: str) -> tuple[float, str]:
    """How strongly a header means a column, from 0 to 1, and the synonym it does it by.

    A synonym counts fully if the header is it; for less if the header holds it among other words, by
    the share of its words, or is like it in spelling.

    >>> weight("trade", "code", "HTS Number"), weight("trade", "value_usd", "Blood type")
    ((1.0, 'hts number'), (0.0, ''))
    """
    known = synonyms(table).get(column, {})
    texts = list(dict.fromkeys((fold(header), fold(header.casefold()), _without_unit(header))))
    best = max(((known[text], text) for text in texts if text in known), default=(0.0, ""))
    if best[0] or _means_another(table, column, texts[0]):
        return best
    tried = [(_near(text, each) * given, each) for text in texts for each, given in known.items()]
    best = max(tried, default=(0.0, ""))
    return (round(best[0], 3), best[1]) if best[0] > 0 else (0.0, "")


@cache
def _every(tables: tuple[str, ...]) -> frozenset[str]:
    """Every synonym of some tables."""
    return frozenset(text for table in tables for known in synonyms(table).values() for text in known)


@lru_cache(maxsize=16_384)
def meant(header: str, tables: tuple[str, ...]) -> bool:
    """Whether a header is a synonym of any column, or holds one among at most six words; cheap.

    >>> meant("Customs value (USD)", ("trade",)), meant("China", ("trade",))
    (True, False)
    """
    words = fold(header).split()[:_WORDS]
    parts = {
        " ".join(words[first:last])
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    }
    telling = {part for part in parts if len(part) >= _LETTERS or len(words) == 1}
    return not telling.isdisjoint(_every(tables))


def _means_another(table: str, column: str, text: str) -> bool:
    """Whether a folded header is exactly what another column is called."""
    return any(text in known for name, known in synonyms(table).items() if name != column)


def _without_unit(header: str) -> str:
    """A folded header without the unit it ends in."""
    unit = unit_in(header)
    folded = fold(header)
    if unit is None:
        return folded
    left = folded.removesuffix(fold(unit.text)).strip()
    return re.sub(r"\b(?:in|usd|us|value in)$", "", left).strip() or folded


def _near(text: str, synonym: str) -> float:
    """How near a folded header is to a synonym: words in common, or letters."""
    words, wanted = text.split(), synonym.split()
    if wanted and _holds(words, wanted) and len(synonym) >= _LETTERS:
        return _INSIDE * (0.5 + 0.5 * len(wanted) / len(words))
    if min(len(text), len(synonym)) < _SHORT or abs(len(text) - len(synonym)) > 2:  # noqa: PLR2004 - a slip
        return 0.0
    alike = difflib.SequenceMatcher(None, text, synonym, autojunk=False).ratio()
    return 0.8 * alike if alike >= _ALIKE else 0.0


def _holds(words: list[str], wanted: list[str]) -> bool:
    """Whether words stand among others in their order, one after the other."""
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
