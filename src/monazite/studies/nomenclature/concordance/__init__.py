"""Concordance: carrying codes of one edition to another, by a way that is chosen and named.

``families`` counts codes that are tied together as one; ``weights`` carries parts, with bounds where
no one knows them; ``refuse`` takes only what one rule decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from monazite.errors import UsageError
from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.concordance import tables
from monazite.studies.nomenclature.concordance.families import families
from monazite.studies.nomenclature.concordance.shares import LOST, composed, exact, whole
from monazite.studies.nomenclature.concordance.steps import step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from monazite.studies.nomenclature.concordance.families import Member
    from monazite.studies.nomenclature.concordance.shares import Shares
    from monazite.studies.nomenclature.concordance.steps import Step
    from monazite.studies.nomenclature.concordance.tables import Given

Way = Literal["families", "weights", "refuse"]
WAYS: tuple[Way, ...] = ("weights", "families", "refuse")
NO_LINK = "no link is drawn for it"


@dataclass(frozen=True, slots=True)
class Concordance:
    """Where the codes of one nomenclature go in another, along a path, by one way."""

    path: tuple[str, ...]
    way: Way
    shares: Mapping[str, Shares]
    steps: tuple[Step, ...]
    rules: tuple[Given, ...] = ()
    families: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)

    def of(self, code: str) -> Shares:
        """The shares of a code; what is carried nowhere goes to an empty target."""
        return self.shares.get(code, whole(LOST))

    def lost(self, code: str) -> str:
        """Why a code, or a part of it, is carried nowhere; empty if all of it is."""
        if all(one.target != LOST for one in self.of(code)):
            return ""
        if self.way == "families":
            return f"no code of {self.path[-1]} is tied to it"
        here = {code}
        for one in self.steps:
            for gone in sorted(here):
                if gone not in one.shares:
                    told = one.lost.get(gone, NO_LINK)
                    return told if one is self.steps[0] else f"{one.start} {gone}: {told}"
            here = {share.target for gone in here for share in one.shares[gone]}
        return NO_LINK

    def check_single(self, codes: Collection[str]) -> None:
        """Refuse codes that no single rule carries.

        Raises
        ------
        UsageError
            If one is unmapped or ambiguous; names the first of them, its step and the file of rules.
        """
        wrong = [code for code in sorted(codes) if not exact(self.of(code))]
        if wrong:
            also = f", nor for {len(wrong) - 1} more" if len(wrong) > 1 else ""
            raise UsageError(f"{self._refused(wrong[0])}{also}; add one or choose --by families or weights.")

    def _refused(self, code: str) -> str:
        """Why one code has no single target: the step at which its way parts."""
        here = code
        for one in self.steps:
            shares = one.shares.get(here, ())
            if not exact(shares):
                break
            here = shares[0].target
        files = " and ".join(f"{table.file} has {table.rows} rules" for table in self.rules)
        became = "" if here == code else f" (what {code} of {self.path[0]} became)"
        why = (
            f"it may go to {', '.join(share.target for share in shares)}"
            if shares
            else one.lost.get(here, NO_LINK)
        )
        return f"no single rule {one.start} → {one.end} for {here}{became}: {why} ({files})"


def concordance(  # noqa: PLR0913 - what it is made of, by name
    start: str,
    end: str,
    by: Way = "weights",
    *,
    weights: Given = tables.NONE,
    rules: Given = tables.NONE,
    codes: Collection[str] | None = None,
) -> Concordance:
    """Where the codes of one nomenclature go in another.

    Parameters
    ----------
    start, end
        Nomenclatures, such as ``HS2012`` and ``HS2022``; a path of tables must lead from one to the other.
    by
        ``families``: exact, codes tied together count as one. ``weights``: parts, with a point where
        ``weights`` gives one and the bounds [0, 1] where nobody does. ``refuse``: one target each.
    weights, rules
        Tables read by :mod:`.tables`. Rules are taken before weights; the reviewed rules of the package
        count with ``refuse`` only, for they are judgement.
    codes
        The codes asked for; all of ``start`` if left out. A national tariff has no list and needs them.

    Raises
    ------
    UsageError
        If no path leads from one to the other, or tables are given for families.

    Examples
    --------
    >>> [share.target for share in concordance("HS2017", "HS2022").of("810600")]
    ['810610', '810690']
    >>> concordance("HS2007", "HS2012", "families").of("850780")[0].target
    'F850750'
    >>> concordance("HS2007", "HS2012", "refuse").of("850780")[0].target
    '850760'
    """
    path = links.path(start, end)
    if by == "families":
        return _by_families(path, codes, weights, rules)
    given = (tables.reviewed_rules(),) if by == "refuse" else ()
    used = tuple(one for one in (*given, weights, rules) if one.file)
    asked = frozenset(links.codes_in(start) if codes is None else codes)
    steps = tuple(
        step(one, other, asked if one == start else links.codes_in(one), *used)
        for one, other in pairwise(path)
    )
    shares = {code: whole(code) for code in asked}
    for then in steps:
        shares = {code: composed(first, then.shares) for code, first in shares.items()}
    for table in used:
        shares |= table.shares.get((start, end), {})
    kept = {code: those for code, those in shares.items() if code in asked and those != whole(LOST)}
    return Concordance(path, by, kept, steps, tuple(one for one in (*given, rules) if one.file))


def _by_families(
    path: tuple[str, ...], codes: Collection[str] | None, weights: Given, rules: Given
) -> Concordance:
    """The families over a path."""
    for table in (weights, rules):
        if table.file:
            raise UsageError(f"{table.file}: families take neither weights nor rules; every link counts.")
    asked = frozenset(links.codes_in(path[0]) if codes is None else codes)
    named = families(path, asked)
    shares = {
        code: whole(name)
        for name, members in named.items()
        for nomenclature, code in members
        if nomenclature == path[0] and code in asked
    }
    return Concordance(path, "families", shares, (), (), named)
