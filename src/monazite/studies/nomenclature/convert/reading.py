"""What stands in the code column, read: the code meant, what is wrong with it, where it goes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.written import INTERNATIONAL, read_code, shares
from monazite.store import shipped
from monazite.store.carrying import Move
from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.concordance.shares import LOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monazite.codes.written import Written
    from monazite.store.carrying import Found
    from monazite.studies.nomenclature.concordance import Concordance
    from monazite.studies.nomenclature.concordance.shares import Shares

HEADING = "a heading or chapter: trade of the codes below it would count twice"
DOUBT = 0.02
"""How much more of the codes another edition must know to be the likelier one."""


class Read(NamedTuple):
    """A text of the code column: the code it is taken for, empty if for none, and what it amounts to."""

    found: Found
    written: Written
    code: str

    @property
    def repaired(self) -> bool:
        """Whether another code is taken than stands there."""
        return bool(self.code) and not self.written.code


@cache
def known(nomenclature: str) -> frozenset[str]:
    """The codes of a nomenclature at every level, as far as they are shipped.

    >>> "8507" in known("HS2012"), "850760" in known("HS2012")
    (True, True)
    """
    listed = shipped.columns("SELECT code FROM nomenclature_code WHERE nomenclature = ?", [nomenclature])
    return links.known(nomenclature) | frozenset(listed["code"])


def read(found: Iterable[Found], nomenclature: str, *, repair: bool) -> tuple[Read, ...]:
    """Read every text; a repair is taken only if asked for."""
    codes = known(nomenclature)
    written = ((one, read_code(one.text, nomenclature, codes)) for one in found)
    return tuple(Read(one, is_, is_.code or (is_.repaired if repair else "")) for one, is_ in written)


def moves(reads: Iterable[Read], concordance: Concordance) -> Iterator[Move]:
    """Where every text that was read goes."""
    for one in reads:
        found = concordance.of(one.code) if one.code else ()
        if any(share.target != LOST for share in found):
            yield from _moves(one.found.text, found, kind(found, concordance))


def kind(shares_: Shares, concordance: Concordance) -> str:
    """How the shares of a code are known.

    >>> from monazite.studies.nomenclature.concordance import concordance
    >>> across = concordance("HS2017", "HS2022")
    >>> kind(across.of("810600"), across), kind(across.of("850760"), across)
    ('bounds', 'exact')
    """
    if len(shares_) == 1:
        return (
            "family"
            if shares_[0].target in concordance.families and shares_[0].target[:1] == "F"
            else "exact"
        )
    return "bounds" if any(one.point is None for one in shares_) else "weights"


def _moves(text: str, shares_: Shares, kind_: str) -> Iterator[Move]:
    """The shares of a code with the sums up to each."""
    after = 0.0
    for place, one in enumerate(shares_, 1):
        if kind_ == "bounds":
            yield Move(text, one.target, None, None, one.low, one.high, kind_)
            continue
        before, after = after, 1.0 if place == len(shares_) else min(1.0, after + (one.point or 0.0))
        yield Move(text, one.target, before, after, one.low, one.high, kind_)


def likelier(reads: Iterable[Read], nomenclature: str) -> tuple[str, float, float] | None:
    """Another edition that knows clearly more of the codes, its share and that of the one named."""
    base = links.base(nomenclature) or nomenclature
    if base not in links.EDITIONS:
        return None
    heads = {(one.code or one.written.repaired or one.written.text)[:INTERNATIONAL] for one in reads}
    codes = {one for one in heads if len(one) == INTERNATIONAL and one.isdigit()}
    found = shares(codes, {edition: links.codes_in(edition) for edition in links.EDITIONS})
    best = next(iter(found), base)
    return (best, found[best], found[base]) if codes and found[best] > found[base] + DOUBT else None
