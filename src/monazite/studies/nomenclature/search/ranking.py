"""How well a code fits: whole words before parts, rare words before common, own text before what is above.

A reading of the question scores

    Σ_w idf(w) · max over levels (closeness(w) · 0.6^steps) / Σ_w idf(w)

times a share that grows with how much of the code's own text the question is about, so that "Gallium"
comes before a heading that names gallium among ten metals. ``idf`` is the logarithm of how rare the word
is among the codes found. A code of chapters 98 and 99, which repeat goods of other chapters for duty only,
counts half; another nomenclature than the newest tariff a little less.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.studies.nomenclature.search.words import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monazite.studies.nomenclature.search.texts import Line

WHOLE, BEGUN = 1.0, 0.55
STEP = 0.6
"""What a word counts for one level further up."""
ABOUT = 0.3
"""How much of the score hangs on the share of the own text that was asked for."""
DUTY_ONLY, OLDER = 0.5, 0.9
DUTY_CHAPTERS = ("98", "99")
NEWEST = "HTS2025"
CODES = 56_000
"""About as many codes carry text."""


class Match(NamedTuple):
    """A word found: how close it is, how many levels up, and as what."""

    closeness: float
    steps: int
    told: str

    @property
    def worth(self) -> float:
        """What it counts."""
        return self.closeness * STEP**self.steps


Meant = dict[str, tuple[tuple[str, float], ...]]
"""What each word stands for: the stems looked for, and how near to each the word was typed."""


@cache
def stems(level: str) -> tuple[tuple[str, str], ...]:
    """Words of one level of text, each with its stem."""
    return tuple((stem(word), word) for word in words(level))


def found(level: str, wanted: str) -> tuple[float, str]:
    """How a stem stands in a text: whole, as the beginning of a longer word, or not at all."""
    best = (0.0, "")
    for begun, word in stems(level):
        if begun == wanted:
            return WHOLE, word
        if word.startswith(wanted) and not best[0]:
            best = (BEGUN, word)
    return best


def match(line: Line, wanted: str) -> Match | None:
    """The best place of a stem in a code's text, its own first."""
    best: Match | None = None
    for steps, text in enumerate((" ".join(line.own), *reversed(line.above))):
        close, told = found(text, wanted)
        if close and (best is None or close * STEP**steps > best.worth):
            best = Match(close, steps, told)
    return best


def matches(line: Line, meant: Meant) -> dict[str, Match]:
    """Where each word of a reading stands in a code's text; a misspelt one counts as near as it was typed."""
    told = {}
    for word, several in meant.items():
        ways = [
            one._replace(closeness=one.closeness * near)
            for wanted, near in several
            if (one := match(line, wanted))
        ]
        if ways:
            told[word] = max(ways, key=lambda one: one.worth)
    return told


def rarity(all_matches: Iterable[Mapping[str, Match]], asked: Iterable[str]) -> dict[str, float]:
    """How rare each word is: the logarithm of codes over codes that have it."""
    listed = list(all_matches)
    return {word: math.log(1 + CODES / (1 + sum(word in one for one in listed))) for word in asked}


def score(line: Line, told: Mapping[str, Match], rare: Mapping[str, float]) -> float:
    """How well a code fits, at most 1."""
    whole = sum(rare.values())
    fit = sum(rare[word] * one.worth for word, one in told.items()) / whole
    own = [word for _, word in stems(" ".join(line.own))]
    asked = {one.told for one in told.values() if one.steps == 0}
    about = sum(word in asked for word in own) / len(own) if own else 0.0
    return fit * (1 - ABOUT + ABOUT * about) * _standing(line)


def _standing(line: Line) -> float:
    """What a nomenclature and chapter count for."""
    if line.nomenclature == NEWEST:
        return DUTY_ONLY if line.code[:2] in DUTY_CHAPTERS else 1.0
    return OLDER


def why(told: Mapping[str, Match], order: Sequence[str], note: str) -> str:
    """Which words matched, and where, in a few words."""
    own = [told[word].told for word in order if word in told and told[word].steps == 0]
    above = [told[word].told for word in order if word in told and told[word].steps > 0]
    said = f"says {', '.join(own)}" if own else ""
    parts = [said, f"above: {', '.join(above)}" if above else "", note]
    return "; ".join(part for part in parts if part)
