"""What the materials map says of a question: the codes of materials and forms that are called so."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.material_codes import material_codes
from monazite.studies.nomenclature.names import called, name_of
from monazite.studies.nomenclature.search.words import rows_of_formula, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monazite.codes.material_codes import MaterialCode

CURRENT = ("HTS2025", "HS2022")
ALL, PART = 0.8, 0.6
"""What it counts that a code is all that was asked for, and that it is part of it."""
STAGES = {"ore": 0.9, "refined": 0.9, "intermediate": 0.75, "scrap": 0.65}
REST, NAMED_PART = 0.7, 0.5
"""The same where a material was asked for by its name: ore and metal before what is made of them."""
BY_FORMULA = (0.95, 0.85)
"""The same where a formula was asked for; an ore is only counted in it."""
HEADINGS = {"ore": 0.97, "refined": 0.97, "intermediate": 0.93}
"""What a heading counts that holds a stage of the material before others, and names it."""
FOUR, HALF = 4, 0.5


class Mapped(NamedTuple):
    """A code of the map: what it counts, why, and whether only if its own text names what was asked for."""

    worth: float
    told: str
    named: bool = False


class Known(NamedTuple):
    """A row of the map with the words for its material and for its form."""

    row: MaterialCode
    names: frozenset[str]
    form: frozenset[str]


def mapped(readings: Iterable[Iterable[str]], formula: str = "") -> dict[str, Mapped]:
    """Codes the map lists for any reading of a question, each with what it counts.

    >>> mapped([["gallium"]])["8112921000"].told
    'map: gallium, metal'
    """
    wanted = [frozenset(map(stem, reading)) for reading in readings]
    told = [*_by_formula(formula), *(one for asked in wanted for one in _by_words(asked))]
    for meant in filter(None, map(material_of, wanted)):
        told += [
            (code, Mapped(worth, f"map: {name_of(meant)}", named=True))
            for code, worth in headings(meant).items()
        ]
    found: dict[str, Mapped] = {}
    for code, one in told:
        if code not in found or one.worth > found[code].worth:
            found[code] = one
    return found


def material_of(asked: frozenset[str]) -> str:
    """The material that words are the name of, forms aside; empty if none."""
    return next((one.row.material for one in _known() if asked and asked in _names(one.row.material)), "")


@cache
def headings(material: str) -> dict[str, float]:
    """Headings that hold this material before all others, and what they count.

    At least half of their codes that are wholly one material are of this one.

    >>> headings("tungsten")["8101"]
    0.97
    """
    whole = [one.row for one in _known() if one.row.nomenclature == CURRENT[0] and one.row.share_low == 1]
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for row in whole:
        held[row.code[:FOUR]][row.material] += 1
    ours: dict[str, float] = {}
    for row in whole:
        code = row.code[:FOUR]
        if row.material == material and held[code][material] >= HALF * held[code].total():
            ours[code] = max(ours.get(code, 0.0), HEADINGS.get(row.stage, 0.0))
    return {code: worth for code, worth in sorted(ours.items()) if worth}


def _by_formula(formula: str) -> Iterator[tuple[str, Mapped]]:
    """What rows of a formula say."""
    for row in rows_of_formula(formula):
        if row.code and row.nomenclature in CURRENT:
            whole, part = BY_FORMULA
            yield row.code, _told(row, part if row.stage == "ore" else whole, part)


def _by_words(asked: frozenset[str]) -> list[tuple[str, Mapped]]:
    """What rows say that are called so: of the material of that name first, of that form if it is one's."""
    every = [one for one in _known() if asked <= one.names | one.form]
    if not material_of(asked):
        formed = [one for one in every if asked <= one.form]
        return [(one.row.code, _told(one.row, ALL, PART)) for one in formed or every]
    own = [
        (one.row.code, _told(one.row, STAGES.get(one.row.stage, REST), NAMED_PART))
        for one in every
        if asked in _names(one.row.material)
    ]
    rest = [(one.row.code, _told(one.row, REST, NAMED_PART)) for one in every]
    return own + rest


def _told(row: MaterialCode, whole: float, part: float) -> Mapped:
    """What one row of the map says, and what it counts that it is all or part of a code."""
    name = name_of(row.material)
    told = name if row.form.casefold() == name else f"{name}, {row.form}"
    if row.share_low == 1:
        return Mapped(whole, f"map: {told}")
    return Mapped(part, f"map: partly {told}")


@cache
def _names(material: str) -> frozenset[frozenset[str]]:
    """Each name of a material as the stems of its words, but for those of one form of it only."""
    forms = [frozenset(map(stem, words(row.form))) for row in material_codes() if row.material == material]
    first, *others = (frozenset(map(stem, words(name))) for name in called(material))
    return frozenset([first, *(one for one in others if not any(one <= form for form in forms))])


@cache
def _known() -> list[Known]:
    """Current rows of the map that have a code, with the words for them."""
    return [
        Known(row, _stems(*called(row.material)), _stems(row.form))
        for row in material_codes()
        if row.code and row.nomenclature in CURRENT
    ]


@cache
def _stems(*texts: str) -> frozenset[str]:
    """The stems of the words of texts."""
    return frozenset(stem(word) for text in texts for word in words(text))
