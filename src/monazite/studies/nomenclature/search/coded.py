"""A question in digits: the code itself in every nomenclature that has it, then the codes that begin so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.codes.material_codes import material_codes
from monazite.store import shipped
from monazite.store.engine import text
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.names import name_of
from monazite.studies.nomenclature.search.texts import HARMONIZED, as_line, chosen, system

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.studies.nomenclature.search.texts import Line

CODE = re.compile(r"(?=.*\d)[\d. ]+")
SHORTEST = 2
NO_TEXT = "no text at hand"
NEWEST_FIRST = ("HTS2025", "HTS2022", "ScheduleB2022")
EXACT, BEGINS = 1.0, 0.9
LESS = 0.02
"""What each further digit takes off a code that begins so."""
SQL = """\
SELECT c.nomenclature, c.code, c.parent, c.leaf, c.unit, c.unit_2,
    coalesce(c.description, {no_text}) AS description, p.description AS above
FROM nomenclature_code c
LEFT JOIN nomenclature_code p ON p.nomenclature = c.nomenclature AND p.code = c.parent
WHERE c.code LIKE {begun} AND {chosen} AND (c.code = {code} OR c.description IS NOT NULL)
ORDER BY c.code, c.nomenclature"""


def code(question: str) -> str:
    """The code a question is, without dots and spaces; empty if it is words.

    >>> code("8112.92 10"), code("8112"), code("99.99 percent")
    ('81129210', '8112', '')
    """
    digits = re.sub(r"\D", "", question)
    return digits if CODE.fullmatch(question) and len(digits) >= SHORTEST else ""


def lines(asked: str, nomenclatures: Sequence[str], digits: int | None) -> Iterator[tuple[Line, float, str]]:
    """Codes that are or begin as asked, each with what it counts and why, the shortest first."""
    where = chosen(nomenclatures) if nomenclatures else "true"
    sql = SQL.format(begun=text(asked + "%"), chosen=where, code=text(asked), no_text=text(NO_TEXT))
    found = [as_line(row) for row in shipped.query(sql)]
    for line in sorted(found, key=_place):
        if not digits or len(line.code) == digits:
            exact = line.code == asked
            why = "is the code" if exact else f"begins {dotted(asked, line.nomenclature)}"
            worth = EXACT if exact else BEGINS - LESS * (len(line.code) - len(asked))
            yield line, worth, "; ".join((why, *_mapped(line)))


def nearest(asked: str, nomenclatures: Sequence[str]) -> tuple[str, ...]:
    """The longest code at hand of which the one asked for would be a part."""
    parts = ", ".join(text(asked[:end]) for end in range(SHORTEST, len(asked)))
    where = chosen(nomenclatures) if nomenclatures else "true"
    rows = shipped.query(
        "SELECT max(c.code) AS code FROM nomenclature_code c"
        f" WHERE c.code IN ({parts or text('')}) AND {where}"
    )
    near = rows[0]["code"]
    return (f"No nomenclature at hand has {asked}; the nearest above it is {near}.",) if near else ()


def _place(line: Line) -> tuple[int, str, int, str]:
    """Shorter codes first; of one code that of the newest tariff, then others of its system."""
    known = line.nomenclature in NEWEST_FIRST
    foreign, mute = system(line.nomenclature) != HARMONIZED, line.own == (NO_TEXT,)
    other = len(NEWEST_FIRST) + 2 * foreign + mute
    newest = NEWEST_FIRST.index(line.nomenclature) if known else other
    return len(line.code), line.code, newest, line.nomenclature


def _mapped(line: Line) -> tuple[str, ...]:
    """What the materials map holds under the very code, whatever the edition."""
    names = dict.fromkeys(
        name_of(row.material)
        for row in material_codes()
        if row.code == line.code and row.nomenclature in (line.nomenclature, "HS2022")
    )
    return (f"map: {', '.join(names)}",) if names else ()
