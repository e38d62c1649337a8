"""What part of a code goes to which code: a point where it is known, and always the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOST = ""
"""The target of what is carried nowhere."""
EXACT = 1e-12
"""Bounds nearer to one another than this are one number."""


class Share(NamedTuple):
    """The part of a code that goes to ``target``, 0-1; ``point`` is none where only the bounds are known."""

    target: str
    point: float | None
    low: float
    high: float


Shares = tuple[Share, ...]


def whole(target: str) -> Shares:
    """All of a code goes to one target.

    >>> whole("850760")
    (Share(target='850760', point=1.0, low=1.0, high=1.0),)
    """
    return (Share(target, 1.0, 1.0, 1.0),)


def unknown(targets: Iterable[str]) -> Shares:
    """A code goes to these targets, nobody knows in which parts; to one alone it goes whole.

    >>> unknown(["810690", "810610"])[0]
    Share(target='810610', point=None, low=0.0, high=1.0)
    """
    return tightened(Share(target, None, 0.0, 1.0) for target in targets)


def exact(shares: Shares) -> bool:
    """Whether all of a code goes to one target."""
    return len(shares) == 1 and shares[0].target != LOST


def tightened(shares: Iterable[Share]) -> Shares:
    """Shares in the order of their targets, with the bounds that follow from their sum being one.

    >>> tightened([Share("a", None, 0.0, 0.25), Share("b", None, 0.0, 1.0)])[1]
    Share(target='b', point=None, low=0.75, high=1.0)
    """
    given = sorted(shares)
    low, high = sum(one.low for one in given), sum(one.high for one in given)
    found = [
        one._replace(low=max(one.low, 1 - (high - one.high)), high=min(one.high, 1 - (low - one.low)))
        for one in given
    ]
    settled = [_settled(one) for one in found if one.high > EXACT]
    known = all(one.point is not None for one in settled)
    return tuple(settled if known else (_open(one) for one in settled))


def composed(first: Shares, then: Mapping[str, Shares]) -> Shares:
    """The shares of a code two steps away; what is lost on the way stays lost.

    The bounds are the least and the most that any shares within their bounds, each code's summing to
    one, can give.

    >>> onward = {"b": whole("d"), "c": whole("d")}
    >>> composed(unknown(["b", "c"]), onward) == whole("d")
    True
    """
    if exact(first):
        return then.get(first[0].target, whole(LOST))
    reached = {
        one.target: {share.target: share for share in then.get(one.target, whole(LOST))} for one in first
    }
    targets = sorted({target for shares in reached.values() for target in shares})
    return tightened(_through(first, reached, target) for target in targets)


def _through(first: Shares, reached: Mapping[str, Mapping[str, Share]], target: str) -> Share:
    """The share that reaches one target over all codes between."""
    nothing = Share(target, 0.0, 0.0, 0.0)
    there = [reached[one.target].get(target, nothing) for one in first]
    points = [(one.point, two.point) for one, two in zip(first, there, strict=True)]
    known = all(one is not None and two is not None for one, two in points)
    point = sum((one or 0.0) * (two or 0.0) for one, two in points) if known else None
    low = _least(first, [one.low for one in there])
    high = -_least(first, [-one.high for one in there])
    return Share(target, point, low, high)


def _least(first: Shares, gains: list[float]) -> float:
    """The least sum of shares times gains: every share at its low, the rest where it gains least."""
    left = 1 - sum(one.low for one in first)
    total = sum(one.low * gain for one, gain in zip(first, gains, strict=True))
    for gain, room in sorted((gain, one.high - one.low) for one, gain in zip(first, gains, strict=True)):
        more = min(left, room)
        total, left = total + more * gain, left - more
    return total


def _settled(share: Share) -> Share:
    """A share whose bounds are within 0 and 1, and whose point lies within them."""
    low, high = max(0.0, share.low), min(1.0, share.high)
    if high - low <= EXACT:
        low = high = 1.0 if high >= 1 - EXACT else high
        return Share(share.target, high, low, high)
    return Share(share.target, None if share.point is None else min(max(share.point, low), high), low, high)


def _open(share: Share) -> Share:
    """A share beside others without a point has none either, unless its bounds are one number."""
    return share if share.low == share.high else share._replace(point=None)
