"""What the tariffs say: the codes that hold a word, and every word they use."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from monazite.store import shipped
from monazite.store.engine import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

REST = "Other"
LEVELS = " > "
"""What stands between the text of a code and that of the codes above it."""
WITHOUT_OLD = (
    "(c.nomenclature <> 'HTS2022' OR NOT EXISTS (SELECT 1 FROM nomenclature_code n"
    " WHERE n.nomenclature = 'HTS2025' AND n.code = c.code))"
)
"""A line of the older tariff only where the newer does not have it."""
HARMONIZED = "HS"
NATIONAL = ("HTS", "ScheduleB")
HOLDING = """\
SELECT c.nomenclature, c.code, c.parent, c.leaf, c.unit, c.unit_2, c.description, p.description AS above
FROM nomenclature_code c
LEFT JOIN nomenclature_code p ON p.nomenclature = c.nomenclature AND p.code = c.parent
WHERE {chosen} AND (regexp_matches(lower(c.description), {pattern}) OR c.code IN ({codes}))
ORDER BY c.nomenclature, c.code"""


@dataclass(frozen=True, slots=True)
class Line:
    """A code with its own text, the text of the codes above it from the top, and its units."""

    nomenclature: str
    code: str
    own: tuple[str, ...]
    above: tuple[str, ...]
    leaf: bool
    unit: str
    same: tuple[str, ...] = ()
    """Codes that say the same and are told by this one."""

    @property
    def text(self) -> str:
        """Its own text in one line; a bare Other with what it is other than."""
        told = [one for one in self.own if one != REST]
        if self.own[-1] == REST:
            told = [*(told or [one for one in self.above if one != REST][-1:]), REST]
        return "; ".join(told)

    def says(self, other: Line) -> bool:
        """Whether another code is part of this one and says no more."""
        nested = self.nomenclature == other.nomenclature and other.code.startswith(self.code)
        return nested and self.above + self.own == other.above + other.own


def lines(
    stems: Iterable[str], codes: Iterable[str], nomenclatures: Sequence[str], digits: int | None
) -> list[Line]:
    """These codes, and those in whose text, or in that of a code above, a word begins like a stem.

    Codes that say the same because the one is all of the other (8112.92.10 and 8112.92.10.00) are one:
    that with the digits asked for, else the one trade is recorded under, else the shortest.
    """
    listed = ", ".join(map(text, sorted(codes)))
    if not (stems := sorted(set(stems))) and not listed:
        return []
    begun = "|".join(re.escape(one) for one in stems) or "$."
    sql = HOLDING.format(chosen=chosen(nomenclatures), pattern=text(rf"\b({begun})"), codes=listed or "''")
    rows = _rows(shipped.columns(sql))
    same: list[list[Line]] = []
    for line in map(as_line, rows):
        held = same[-1] if same else []
        if held and held[0].says(line):
            held.append(line)
        else:
            same.append([line])
    return [found for group in same if (found := _one(group, digits))]


def _rows(columns: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Columns row by row."""
    return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _one(group: Sequence[Line], digits: int | None) -> Line | None:
    """The code that stands for those that say the same, with the text that tells the first from above."""
    fitting = [line for line in group if not digits or len(line.code) == digits]
    leaf = [line for line in fitting if line.leaf]
    best = leaf[-1] if leaf else fitting[0] if fitting else None
    same = tuple(line.code for line in group)
    return best and replace(best, own=group[0].own, above=group[0].above, same=same)


@cache
def lexicon(nomenclatures: tuple[str, ...]) -> tuple[str, ...]:
    """Every word the texts use; made only for a word that none of them has."""
    levels = shipped.columns(
        f"SELECT DISTINCT unnest(string_split(lower(c.description), '{LEVELS}')) AS said"
        f" FROM nomenclature_code c WHERE {chosen(nomenclatures)}"
    )
    return tuple(sorted(set(re.findall(r"[a-z]{3,}", "\n".join(levels["said"])))))


def chosen(nomenclatures: Sequence[str]) -> str:
    """The condition that leaves the nomenclatures asked for; all that have texts if none is."""
    if nomenclatures:
        return f"c.nomenclature IN ({', '.join(map(text, nomenclatures))})"
    return f"c.description IS NOT NULL AND {WITHOUT_OLD}"


def as_line(row: dict[str, Any]) -> Line:
    """A row with its own text told from what stands above it."""
    said, above = row["description"], row["above"] or ""
    nested = said == above or said.startswith(above + LEVELS)
    levels = tuple(said.split(LEVELS))
    depth = min(len(above.split(LEVELS)), len(levels) - 1) if nested else 0
    units = ", ".join(row[name] for name in ("unit", "unit_2") if row[name])
    return Line(row["nomenclature"], row["code"], levels[depth:], levels[:depth], row["leaf"], units)


def system(nomenclature: str) -> str:
    """The system a nomenclature is of: equal digits of two systems are different goods.

    >>> system("HTS2025"), system("HS1992"), system("SITC4")
    ('HS', 'HS', 'SITC')
    """
    name = nomenclature.rstrip("0123456789")
    return HARMONIZED if name in NATIONAL else name
