"""The lines proposed under a code: those written by hand, else one for each material the map lists.

``codes/data/breakouts.csv`` holds the reviewed ones with draft article text, unit and reason. Where it has
none, a line is composed for each material under the pattern of the tariff ("Of gallium") and tagged as
judgement. What no line takes remains as "Other", as in every tariff.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes import reviewed
from monazite.codes.material_codes import materials_of
from monazite.codes.materials import materials
from monazite.schema.interval import Interval
from monazite.studies.nomenclature.baskets.declared import declared_shares
from monazite.studies.nomenclature.names import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monazite.codes.material_codes import MaterialCode

SIX = 6
NEWEST, TARIFF = "HS2022", "HTS2025"
REST = "Other"
ANY = Interval(0.0, 1.0)
JUDGED = "U"
COMPOSED = (
    "Materials map, for what the code holds; the words of the line are composed from the material's name"
)
MOST = 6
"""Lines that are composed for one code; a longer list is no proposal, and is left to be written by hand."""
NOTHING = 1e-6
UNDIVIDED = "00"
"""Six digits that end so are a heading of one good."""
SIGNIFICANT = 0.005
"""A material below this share of six digits is no reason to split them; it has a line where they are."""
TWO = 2
"""Materials of significance that make a proposal."""


class Line(NamedTuple):
    """A proposed line: its words, the materials it is of, its units, its share of the code."""

    text: str
    materials: tuple[str, ...]
    unit: str
    share: Interval


class Proposal(NamedTuple):
    """The lines proposed under a code, the rest last, with the reason and what it rests on."""

    code: str
    lines: tuple[Line, ...]
    reviewed: bool
    reason: str
    source: str
    tag: str


def proposal(code: str, unit: str) -> Proposal | None:
    """The lines proposed under a code; nothing where there is nothing to tell apart.

    ``unit`` is the code's own first unit of quantity, which composed lines keep.

    >>> [line.text for line in proposal("3001900190", "kg").lines]
    ['Heparin and its salts', 'Other']
    >>> proposal("8112921000", "kg") is None
    True
    """
    known = shares(code)
    if rows := _written().get(code):
        told = [(row["text"], tuple(filter(None, row["materials"].split(";"))), row["unit"]) for row in rows]
        lines = [Line(*one, _together(known.get(each, ANY) for each in one[1])) for one in told]
        about = {name: rows[0][name] for name in ("reason", "source", "tag")}
        return Proposal(code, _with_rest(lines, unit), reviewed=True, **about)
    named = _apart(code, known) if len(code) == SIX else list(known)
    if not 1 < len(named) <= MOST:
        return None
    lines = [Line(f"Of {name_of(each)}", (each,), unit, known[each]) for each in named]
    return Proposal(code, _with_rest(lines, unit), reviewed=False, reason="", source=COMPOSED, tag=JUDGED)


def _apart(code: str, known: Mapping[str, Interval]) -> list[str]:
    """Listed minerals that ten-digit lines already tell apart, where six digits are not the whole heading."""
    listed = {one.id for one in materials() if one.list_2025}
    apart = [each for each, share in known.items() if each in listed and share.low > 0]
    worth = [each for each in apart if known[each].low >= SIGNIFICANT]
    exclusive = sum(known[each].low for each in apart) <= 1 + NOTHING
    if len(worth) < TWO or not exclusive or code.endswith(UNDIVIDED):
        return []
    return apart if len(apart) <= MOST else worth


def shares(code: str) -> dict[str, Interval]:
    """Share of a code that each material may be; nothing where one is all of it.

    >>> str(shares("2825600000")["germanium"])
    '[0, 1]'
    """
    if len(code) == SIX:
        return _declared(code)
    rows = materials_of(TARIFF, code)
    if any(row.share_low == 1 for row in rows) and code not in _written():
        return {}
    found: dict[str, list[Interval]] = defaultdict(list)
    for row in rows:
        found[row.material].append(_interval(row))
    return {material: _sum(several) for material, several in found.items()}


def _declared(code: str) -> dict[str, Interval]:
    """Shares of six digits as United States imports declare them; of several in the same lines, the first."""
    found: dict[str, Interval] = {}
    lines: set[str] = set()
    for one in declared_shares(code):
        if one.material != "other" and (one.codes not in lines or code in _written()):
            found[one.material] = Interval(one.share_low, one.share_high)
            lines.add(one.codes)
    return found


def _interval(row: MaterialCode) -> Interval:
    """The share of a row of the map; any, where nobody states it."""
    low = 0.0 if row.share_low is None else row.share_low
    return Interval(low, max(low, 1.0 if row.share_high is None else row.share_high))


def _together(several: Iterable[Interval]) -> Interval:
    """What materials of one line may be together; any, where the map lists none."""
    listed = list(several)
    return _sum(listed) if listed else ANY


def _sum(several: Iterable[Interval]) -> Interval:
    """Shares added, cut at all of the code."""
    listed = list(several)
    return Interval(min(1.0, sum(one.low for one in listed)), min(1.0, sum(one.high for one in listed)))


def _with_rest(lines: list[Line], unit: str) -> tuple[Line, ...]:
    """The lines, then what none of them takes."""
    low = max(0.0, 1 - sum(line.share.high for line in lines))
    high = max(low, 1 - sum(line.share.low for line in lines))
    return (*lines, Line(REST, (), unit, Interval(low, high))) if high > NOTHING else tuple(lines)


@cache
def _written() -> Mapping[str, list[dict[str, str]]]:
    """Reviewed rows by code, in order."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sorted(reviewed.rows("breakouts.csv"), key=lambda row: (row["code"], int(row["line"]))):
        found[row["code"]].append(row)
    return dict(found)


def reviewed_codes() -> tuple[str, ...]:
    """Codes for which lines were written by hand."""
    return tuple(_written())
