"""Links from goods to what they belong to, their relation as counted, and the codes that occur in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monazite.sources.source import Row

LEVELS = {"BEA": 1}
"""Level of codes whose length tells none: the summary industries of BEA stand side by side."""


class Belonging(NamedTuple):
    """A good and the code of another nomenclature it belongs to, with its line."""

    code: str
    other: str
    other_code: str
    line: int


def links(nomenclature: str, held: Sequence[Belonging]) -> Iterator[Row]:
    """A link for each; the publisher names no relations, so they are counted over the file.

    >>> pair = [Belonging("0101210010", "NAICS", "112920", 2), Belonging("0101210020", "NAICS", "112920", 3)]
    >>> [row["relation"] for row in links("HTS2022", pair)]
    ['n:1', 'n:1']
    """
    of_good = Counter((one.code, one.other) for one in held)
    of_other = Counter((one.other, one.other_code) for one in held)
    for one in held:
        goods = "n" if of_other[one.other, one.other_code] > 1 else "1"
        others = "n" if of_good[one.code, one.other] > 1 else "1"
        yield {
            "nomenclature": nomenclature,
            "code": one.code,
            "other": one.other,
            "other_code": one.other_code,
            "relation": f"{goods}:{others}",
            "_line": one.line,
        }


def occurring(held: Iterable[Belonging], nomenclatures: Iterable[str]) -> list[Row]:
    """Codes of nomenclatures of which only the codes that occur are known, each once, without a text."""
    wanted = set(nomenclatures)
    first = {(one.other, one.other_code): one.line for one in reversed(list(held)) if one.other in wanted}
    return [
        {
            "nomenclature": name,
            "code": code,
            "level": LEVELS.get(name, len(code)),
            "leaf": True,
            "_line": line,
        }
        for (name, code), line in sorted(first.items())
    ]
