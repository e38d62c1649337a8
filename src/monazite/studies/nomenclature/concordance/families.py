"""Families of codes (Pierce and Schott 2012): what is tied together by any link counts as one code."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from monazite.methods.families import families as components
from monazite.studies.nomenclature import links

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Member = tuple[str, str]
"""A nomenclature and a code of it."""


def families(path: tuple[str, ...], codes: Collection[str] = ()) -> dict[str, tuple[Member, ...]]:
    """The families over a path of nomenclatures: members by the family's code.

    A family with one code in the last nomenclature is called by it; one with several ``F`` and the
    least of them, such as ``F850750``; one with none is left out, for nothing can be carried into it.
    ``codes`` are those of the first nomenclature that its tables may not list.

    Examples
    --------
    >>> found = families(("HS2007", "HS2012"))
    >>> found["F850750"]
    (('HS2007', '850780'), ('HS2012', '850750'), ('HS2012', '850760'), ('HS2012', '850780'))
    """
    tied = [tie for one, other in pairwise(path) for tie in _ties(one, other, codes)]
    alone = [(path[0], code) for code in {*links.known(path[0]), *codes}]
    place = {name: number for number, name in enumerate(path)}
    named: dict[str, tuple[Member, ...]] = {}
    for group in united(alone, tied):
        last = sorted(code for name, code in group if name == path[-1])
        if last:
            name = last[0] if len(last) == 1 else f"F{last[0]}"
            named[name] = tuple(sorted(group, key=lambda one: (place[one[0]], one[1])))
    return named


def _ties(one: str, other: str, codes: Collection[str]) -> Iterator[tuple[Member, Member]]:
    """What ties two neighbours: the links, or the first six digits."""
    if links.base(one) == other:
        known = links.codes_in(other)
        for code in {*links.known(one), *codes}:
            if code[: links.INTERNATIONAL] in known:
                yield (one, code), (other, code[: links.INTERNATIONAL])
        return
    for link in links.kept(one, other):
        yield (one, link.code), (other, link.other_code)


def united(alone: Iterable[Member], tied: Iterable[tuple[Member, Member]]) -> list[list[Member]]:
    """Members in groups, so that those tied stand in one."""
    ties = list(tied)
    members = sorted({*alone, *(one for tie in ties for one in tie)})
    number = {one: place for place, one in enumerate(members)}
    left, right = ([number[tie[side]] for tie in ties] for side in (0, 1))
    groups: dict[int, list[Member]] = defaultdict(list)
    for place, head in enumerate(components(left, right, len(members)).tolist()):
        groups[head].append(members[place])
    return list(groups.values())
