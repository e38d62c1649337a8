"""Country cells of the Mineral Commodity Summaries: one country, several, all, or the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from monazite.codes.countries import OTHER, WORLD, find_by_usgs_name

_FOOTNOTE = re.compile(r"\s*\d+$")
_REMARK = re.compile(r"\s*\([a-z][^)]*\)")
_BETWEEN = re.compile(r",\s*and\s+|\s+and\s+|,\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A country cell understood: its code, and whether it had to be mended."""

    code: str
    mended: bool = False
    known: bool = True


@cache
def place(published: str) -> Place:
    """Understand a country cell.

    >>> place("China, Germany, and Russia").code
    'CHN+DEU+RUS'
    >>> place("World total (rounded)").code
    'WLD'
    >>> place("Brazil (beneficiated)")
    Place(code='BRA', mended=False, known=True)
    """
    text = published.replace("\xa0", " ").strip()
    plain = _FOOTNOTE.sub("", text)
    bare = _REMARK.sub("", plain).strip().rstrip(",")
    code = _one(bare) or _aggregate(bare) or _group(bare)
    if code is None:
        return Place(text, known=False)
    return Place(code, mended=plain != text)


def _one(name: str) -> str | None:
    """Code of a single country."""
    found = find_by_usgs_name(name)
    return found.id if found else None


def _aggregate(name: str) -> str | None:
    """Code of the world or of the rest."""
    folded = name.casefold()
    if folded.startswith("world total"):
        return WORLD
    return OTHER if folded == "other countries" else None


def _group(name: str) -> str | None:
    """Codes of several countries named in one cell, joined by ``+``; ``None`` unless all are known."""
    codes = [_one(part.strip()) for part in _BETWEEN.split(name) if part.strip()]
    return "+".join(code for code in codes if code) if len(codes) > 1 and all(codes) else None
