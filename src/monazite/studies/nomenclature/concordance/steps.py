"""One step of a path: which part of every code goes to which code of the nomenclature beside it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.concordance.shares import unknown, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from monazite.studies.nomenclature.concordance.shares import Shares
    from monazite.studies.nomenclature.concordance.tables import Given


class Step(NamedTuple):
    """A step: the shares of every code that goes on, and why the others do not."""

    start: str
    end: str
    shares: Mapping[str, Shares]
    lost: Mapping[str, str]


def step(start: str, end: str, codes: Collection[str], *tables: Given) -> Step:
    """The shares of codes over one pair of neighbours; a table given later has the last word."""
    if links.base(start) == end:
        return _shortened(start, end, codes)
    shares = dict(_linked(start, end))
    for table in tables:
        shares |= table.shares.get((start, end), {})
    return Step(start, end, shares, _lost(start, end, shares))


@cache
def _linked(start: str, end: str) -> dict[str, Shares]:
    """The shares of every code as far as the links tell."""
    targets: dict[str, list[str]] = defaultdict(list)
    for link in links.kept(start, end):
        targets[link.code].append(link.other_code)
    return {code: unknown(those) for code, those in targets.items()}


def _shortened(start: str, end: str, codes: Collection[str]) -> Step:
    """From a national tariff to the international code its lines are part of."""
    known = links.codes_in(end)
    heads = {code: code[: links.INTERNATIONAL] for code in codes}
    shares = {code: whole(head) for code, head in heads.items() if head in known}
    told = f"its first six digits are no code of {end}"
    return Step(start, end, shares, {code: told for code in codes if code not in shares})


def _lost(start: str, end: str, shares: Mapping[str, Shares]) -> dict[str, str]:
    """Why codes of the start go nowhere: their links are cut, or there are none."""
    cut = {link.code: link.cut for link in links.between(start, end) if link.cut}
    none = f"no link leads from it to {end}"
    return {
        code: f"cut: {cut[code]}" if code in cut else none
        for code in links.codes_in(start)
        if code not in shares
    }
