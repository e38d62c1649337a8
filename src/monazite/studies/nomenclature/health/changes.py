"""What became of a code in each revision of its nomenclature: kept, renamed, split, merged, re-cut."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes import reviewed
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.links import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

Codes = tuple[str, ...]
Index = dict[str, tuple[str, ...]]
YEARS = tuple(int(name.removeprefix("HS")) for name in HS_EDITIONS)


_HEADING = 4
HS_TABLE = "UN Statistics Division, correlation table"


class Change(NamedTuple):
    """What a revision did to a code, or to what had become of it by then.

    ``before`` and ``after`` name the editions, ``codes`` are what the goods are under afterwards,
    ``shared`` the other codes whose goods went the same way.
    """

    year: int
    before: str
    after: str
    kind: str
    codes: Codes
    shared: Codes
    note: str = ""
    source: str = HS_TABLE
    tag: str = "V1"


@cache
def changes(edition: str, code: str) -> tuple[Change, ...]:
    """Every revision after an edition of the Harmonized System that touched a subheading's goods.

    >>> [(one.after, one.kind, one.codes) for one in changes("HS2007", "850780")][:1]
    [('HS2012', 'split', ('850750', '850760', '850780'))]
    >>> [(one.after, one.kind, one.shared) for one in changes("HS1992", "250390")]
    [('HS1996', 'merged', ('250310',))]
    """
    here: Codes = (code,)
    found = []
    for before, after in pairwise(HS_EDITIONS[HS_EDITIONS.index(edition) :]):
        change = _change(before, after, here)
        if change.codes != here or change.shared:
            found.append(change)
        here = change.codes
    return tuple(found)


@cache
def own_changes(edition: str, code: str) -> tuple[Change, ...]:
    """Every revision that touched what a number holds, up to the one that took the number away.

    >>> [(one.after, one.kind, one.codes) for one in own_changes("HS2002", "811292")]
    [('HS2007', 'merged', ('811292',)), ('HS2022', 'split', ('811231', '811241', '811292'))]
    """
    found = []
    for before, after in pairwise(HS_EDITIONS[HS_EDITIONS.index(edition) :]):
        change = _change(before, after, (code,))
        if change.codes != (code,) or change.shared:
            found.append(change)
        if code not in change.codes:
            break
    return tuple(found)


def _change(before: str, after: str, here: Codes) -> Change:
    """What a revision did to some codes; a change of nothing if it left them as they were."""
    forward, back = indexes(before, after)
    there = tuple(sorted({new for old in here for new in forward.get(old, ())}))
    sources = {old for new in there for old in back[new]}
    shared = tuple(sorted(sources.difference(here)))
    return Change(int(after[2:]), before, after, _kind(len(there), shared=bool(shared)), there, shared)


@cache
def origin(edition: str, code: str) -> Change | None:
    """The revision that made a subheading's number, with what its goods were under before.

    >>> origin("HS2022", "850760").shared, origin("HS2022", "284690")
    (('850780',), None)
    """
    for before, after in reversed(tuple(pairwise(HS_EDITIONS[: HS_EDITIONS.index(edition) + 1]))):
        forward, back = indexes(before, after)
        old = back.get(code, ())
        if code in old:
            continue
        others = tuple(sorted({new for one in old for new in forward[one]}))
        kind = _kind(len(others), shared=len(old) > 1) if old else "new"
        return Change(int(after[2:]), before, after, kind, others, old)
    return None


def successors(edition: str, code: str) -> Codes:
    """What the goods of a subheading are under in the latest edition.

    >>> successors("HS1992", "811230")
    ('811231', '811239', '811241', '811249', '811292', '811299')
    """
    return next((one.codes for one in reversed(changes(edition, code))), (code,))


def national(nomenclature: str, code: str) -> tuple[Change, ...]:
    """Reviewed changes of a national code or of a heading it is under, the earliest first.

    >>> [(one.year, one.kind, one.codes) for one in national("HTS2025", "8507600020")]
    [(2026, 'split', ('8507600030', '8507600090'))]
    """
    return tuple(sorted(_reviewed(nomenclature, code))) if code[:_HEADING] in _headings() else ()


@cache
def _headings() -> frozenset[str]:
    """Headings that a reviewed change is about."""
    return frozenset(row["code"][:_HEADING] for row in reviewed.rows("national_changes.csv"))


@cache
def named(system: str) -> dict[str, Change]:
    """Codes that the reviewed changes of a nomenclature name, before or after, each with its change.

    >>> sorted(code for code in named("HTS") if code.startswith("8507"))
    ['8507600020', '8507600030', '8507600090']
    """
    found = {}
    for row in reviewed.rows("national_changes.csv"):
        if row["nomenclature"] == system and row["successors"]:
            change = _from_row(row)
            found.update(dict.fromkeys((row["code"], *change.codes), change))
    return found


def split_from(system: str, code: str) -> Change | None:
    """The reviewed change that made a national code, with the code it was drawn out of as ``shared``.

    >>> split_from("HTS", "8507600030").shared
    ('8507600020',)
    """
    for row in reviewed.rows("national_changes.csv"):
        if row["nomenclature"] == system and code in row["successors"].split(";") and code != row["code"]:
            return _from_row(row)._replace(shared=(row["code"],))
    return None


def _reviewed(nomenclature: str, code: str) -> Iterator[Change]:
    """The reviewed rows about a code."""
    for row in reviewed.rows("national_changes.csv"):
        if nomenclature.startswith(row["nomenclature"]) and code.startswith(row["code"]):
            yield _from_row(row)


def _from_row(row: dict[str, str]) -> Change:
    """A reviewed row as a change."""
    year, codes = int(row["year"]), tuple(filter(None, row["successors"].split(";")))
    names = (f"{row['nomenclature']}{year - 1}", f"{row['nomenclature']}{year}")
    return Change(year, *names, row["kind"], codes, (), row["note"], row["source"], row["tag"])


def _kind(parts: int, *, shared: bool) -> str:
    """What a revision did: how many codes the goods came under, and whether others came there too."""
    if parts > 1:
        return "re-cut" if shared else "split"
    return "merged" if shared else "renamed"


@cache
def indexes(before: str, after: str) -> tuple[Index, Index]:
    """Links between two editions from either end."""
    forward: dict[str, list[str]] = defaultdict(list)
    back: dict[str, list[str]] = defaultdict(list)
    for link in kept(before, after):
        forward[link.code].append(link.other_code)
        back[link.other_code].append(link.code)
    return _fixed(forward), _fixed(back)


def _fixed(index: dict[str, list[str]]) -> Index:
    """An index whose codes are in order."""
    return {code: tuple(sorted(others)) for code, others in index.items()}
