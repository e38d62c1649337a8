"""What a word that no tariff uses may have been meant to be: few edits, the fewer the shorter the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes import reviewed
from monazite.studies.nomenclature.search.words import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT, LONG = 4, 8
"""Letters from which a word may differ by one edit, and by two."""
TRIED = 3
"""How many words a misspelt one may stand for, and how many are suggested."""
TOLD = 6
"""How many words are repeated to who asked."""
LOOSE = 0.85
"""How alike a suggestion must be, of 1, by Jaro and Winkler: beginnings count most."""


def spelt(wanted: str, known: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """The words of fewest edits, and how alike they are; one edit, from eight letters two.

    The first letter counts, unless the word is long and all else the same. A word with a digit is a
    formula or a name, and is never taken for another.

    >>> spelt("galium", ("gallium", "thallium")), spelt("kupfer", ("copper", "upper"))
    ((('gallium', 0.857...),), ())
    """
    from rapidfuzz import process  # noqa: PLC0415 - only a misspelt word needs it
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    edits = (len(wanted) >= SHORT) + (len(wanted) >= LONG)
    if not edits or not wanted.isalpha():
        return ()
    near = process.extract(wanted, known, scorer=OSA.distance, score_cutoff=edits, limit=None)
    same = [one for one in near if one[0][0] == wanted[0] or (one[1] == 1 and len(wanted) >= LONG)]
    least = min((distance for _, distance, _ in same), default=0)
    stems = dict.fromkeys(stem(word) for word, distance, _ in sorted(same) if distance == least)
    return tuple((one, 1 - least / max(len(wanted), len(one))) for one in list(stems)[:TRIED])


def suggestions(asked: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The nearest words a tariff uses, for those that none does; else that no code has all of them."""
    from rapidfuzz import process  # noqa: PLC0415 - only a question that finds nothing needs it
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415 - as above

    used = frozenset(map(stem, known))
    lost = [word for word in asked if stem(word) not in used]
    if not lost:
        shown = [*asked[:TOLD], *(["..."] if len(asked) > TOLD else [])]
        return (f"No code has all of {', '.join(shown)}: ask for fewer.",) if len(asked) > 1 else ()
    words = sorted({*known, *(row["typed"] for row in reviewed.rows("search_words.csv"))})
    near = {}
    for word in lost[:TRIED]:
        begun = [one for one in words if one[0] == word[0]]
        alike = process.extract(word, begun, scorer=JaroWinkler.similarity, limit=TRIED, score_cutoff=LOOSE)
        near[word] = [one for one, _, _ in alike]
    return tuple(
        f"No text has {word}" + (f"; the nearest words: {', '.join(ones)}." if ones else ".")
        for word, ones in near.items()
    )
