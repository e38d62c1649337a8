"""The words of a question: what counts as one, and what else people say for it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes import reviewed
from monazite.codes.material_codes import codes_of, material_codes
from monazite.codes.materials import aliases, material, materials
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.codes.material_codes import MaterialCode

WORD = re.compile(r"[^\W_]+")
IDLE = frozenset(
    """a an and any are as at but by etc for from in including into is it its kind like not of on or other
    such than that the their thereof this to use used whether which with without""".split()  # noqa: SIM905 - a text
)
"""Words that tell no good from another."""
SHORTEST_STEM = 3
LONGEST_NAME = 80
"""Letters of a question that may be the name of a material."""
SPELLING = "spelling"
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉·", "0123456789.")
PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", ""))


class Reading(NamedTuple):
    """One way to read a question: its words, and why if they are not those that were typed."""

    words: tuple[str, ...]
    told: str = ""


def words(text: str) -> tuple[str, ...]:
    """The words of a text that tell goods apart, folded, in order.

    >>> words("Ores of Tungsten (wolfram)")
    ('ores', 'tungsten', 'wolfram')
    """
    return tuple(word for word in WORD.findall(text.casefold()) if word not in IDLE)


def stem(word: str) -> str:
    """A word without the ending of a plural.

    >>> stem("magnets"), stem("batteries"), stem("alloys"), stem("gas"), stem("glass"), stem("arsenic")
    ('magnet', 'battery', 'alloy', 'gas', 'glass', 'arsenic')
    """
    for ending, instead in PLURALS:
        begun = word.removesuffix(ending)
        if begun != word and len(begun) >= SHORTEST_STEM and not word.endswith(("ss", "us", "is")):
            return begun + instead
    return word


def readings(question: str) -> tuple[Reading, ...]:
    """The question as typed, then as a material's other names and the reviewed words would put it.

    Neither a symbol nor a formula is a word: Ga is read as gallium only. Words are read once each.

    >>> [" ".join(one.words) for one in readings("wolfram ore")][:2]
    ['wolfram ore', 'tungsten ore']
    >>> readings("Ga")[0]
    Reading(words=('gallium',), told='Ga is gallium')
    >>> [" ".join(one.words) for one in readings("aluminium sulphate")][:2]
    ['aluminium sulphate', 'aluminum sulfate']
    """
    asked = question.strip()
    if formula := tuple(_as_formula(asked)):
        return formula
    plain = " ".join(WORD.findall(asked.casefold()))
    spelt, told = _spelt(plain)
    ours = [Reading(words(spelt), told)] if told else []
    others = [*ours, *_as_material(asked), *_as_reviewed(spelt)]
    typed = () if len(asked) < SHORTEST_STEM and others else (Reading(words(asked)),)
    found: dict[tuple[str, ...], Reading] = {}
    for one in (*typed, *others):
        once = tuple(dict.fromkeys(one.words))
        found.setdefault(once, Reading(once, one.told))
    return tuple(one for one in found.values() if one.words)


def _as_formula(asked: str) -> Iterator[Reading]:
    """What a formula is called, if the question is one of the map's or of the reviewed compounds."""
    rows = rows_of_formula(asked)
    meanings = [
        part
        for row in reviewed.rows("compounds.csv")
        if same_formula(row["formula"], asked)
        for part in row["meaning"].split("; ")
    ]
    for meant in dict.fromkeys(meanings or [f"{material(row.material).name} {row.form}" for row in rows]):
        yield Reading(tuple(dict.fromkeys(words(meant))), f"{asked} is {meant}")


def same_formula(formula: str, asked: str) -> bool:
    """Whether a question is a formula; its case counts unless it has digits, which no word has.

    >>> same_formula("Li2CO3", "li2co3"), same_formula("Li2CO3", "Li₂CO₃"), same_formula("Sn", "sn")
    (True, True, False)
    """
    level = asked.translate(SUBSCRIPTS)
    if any(sign.isdigit() for sign in level):
        return formula.casefold() == level.casefold()
    return bool(formula) and formula == level


def rows_of_formula(asked: str) -> list[MaterialCode]:
    """Rows of the map whose content is computed for a formula; a symbol alone is none."""
    if " " in asked or not asked or asked in _symbols():
        return []
    return [row for row in material_codes() if same_formula(row.formula, asked)]


@cache
def _symbols() -> frozenset[str]:
    """Symbols of the elements among the materials."""
    return frozenset(one.symbol for one in materials() if one.symbol)


def _spelt(plain: str) -> tuple[str, str]:
    """A question in the spelling of the tariff, and which words that changed."""
    told = []
    for row in reviewed.rows("search_words.csv"):
        if row["kind"] == SPELLING and row["typed"] in plain:
            put = re.sub(rf"\b{row['typed']}(s?)\b", rf"{row['means']}\1", plain)
            if put != plain:
                told.append(f"{row['typed']} is {row['means']}")
            plain = put
    return plain, ", ".join(told)


def _as_material(asked: str) -> Iterator[Reading]:
    """The question as names of the material it is, where it is one.

    A name that is of one form only, as spodumene is of lithium, is not read as the material.
    """
    if len(asked) > LONGEST_NAME:
        return
    try:
        meant = material(asked)
    except UnknownCodeError:
        return
    typed = frozenset(map(stem, words(asked)))
    own = asked == meant.symbol or typed <= frozenset(map(stem, words(meant.name)))
    if not own and _of_a_form(asked, meant.id):
        return
    for name in (meant.name, *(one for one in aliases(meant.id) if not _of_a_form(one, meant.id))):
        yield Reading(words(name), f"{asked} is {name}")


def _of_a_form(name: str, meant: str) -> bool:
    """Whether a name of a material is that of one of its forms.

    >>> _of_a_form("spodumene", "lithium"), _of_a_form("wolfram", "tungsten")
    (True, False)
    """
    named = frozenset(map(stem, words(name)))
    return any(named <= frozenset(map(stem, words(row.form))) for row in codes_of(meant))


def _as_reviewed(plain: str) -> Iterator[Reading]:
    """The question with the words of ``search_words.csv`` put in place of what was typed."""
    for row in reviewed.rows("search_words.csv"):
        typed = " ".join(WORD.findall(row["typed"]))
        if row["kind"] != SPELLING and typed in plain and re.search(rf"\b{typed}s?\b", plain):
            for meant in row["means"].split("; "):
                put = re.sub(rf"\b{typed}s?\b", meant, plain)
                yield Reading(words(put), f"{row['typed']} is {meant}")
