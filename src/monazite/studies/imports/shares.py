"""Amounts and shares by partner, where of some codes it is not known how much is the product."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.schema.interval import Interval
from monazite.studies.nomenclature.union import divided

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monazite.studies.imports.flows import Flow


class Part(NamedTuple):
    """A partner's part: the amount, its share of all partners, and its share of all under the codes."""

    partner: str
    aggregate: bool
    amount: Interval
    share: Interval
    share_of_codes: float


def parts(flows: Iterable[Flow], shares: Mapping[str, Interval]) -> tuple[Part, ...]:
    """Every partner's part of the product, the largest first.

    ``shares`` says what share of each code is the product; other codes are passed over. Where it is an
    interval it may differ from partner to partner, so a partner's share is lowest when its own goods
    are the least they may be and all others' the most.
    """
    least: dict[str, float] = {}
    most: dict[str, float] = {}
    gross: dict[str, float] = {}
    joined = {}
    for one in flows:
        if one.code in shares and one.amount > 0:
            least[one.partner] = least.get(one.partner, 0.0) + one.amount * shares[one.code].low
            most[one.partner] = most.get(one.partner, 0.0) + one.amount * shares[one.code].high
            gross[one.partner] = gross.get(one.partner, 0.0) + one.amount
            joined[one.partner] = one.aggregate
    low, high, whole = sum(least.values()), sum(most.values()), sum(gross.values())
    found = [
        Part(
            partner,
            joined[partner],
            Interval(least[partner], most[partner]),
            _share(least[partner], most[partner], low - least[partner], high - most[partner]),
            gross[partner] / whole,
        )
        for partner in most
    ]
    return tuple(sorted(found, key=lambda one: (-one.amount.high, -one.amount.low, one.partner)))


def _share(low: float, high: float, others_low: float, others_high: float) -> Interval:
    """A share where neither the amount nor that of the others is known exactly.

    >>> str(_share(7.0, 7.0, 3.0, 3.0)), str(_share(0.0, 7.0, 0.0, 3.0)), str(_share(5.0, 5.0, 0.0, 5.0))
    ('0.7', '[0, 1]', '[0.5, 1]')
    """
    if others_high <= 0:
        return Interval.exact(1.0)
    return Interval(low / (low + others_high), high / (high + max(0.0, others_low)))


def total(parts_: Iterable[Part]) -> Interval:
    """The amount of all partners together."""
    held = list(parts_)
    return Interval(sum(one.amount.low for one in held), sum(one.amount.high for one in held))


def concentration(parts_: Iterable[Part], hidden: int) -> Interval | None:
    """Bounds of the HHI of the listed partners; nothing where there is no trade.

    The remainder of a union is divided nobody knows how, among ``hidden`` countries at most.
    """
    held = list(parts_)
    if not held:
        return None
    single = [_quantity(one.share) for one in held if not one.aggregate]
    joined = [_quantity(one.share) for one in held if one.aggregate]
    return divided(single, joined[0] if joined else 0.0, hidden)


def _quantity(share: Interval) -> Interval | float:
    """An exact share as a number."""
    return share.low if share.is_exact else share
