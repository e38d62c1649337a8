"""Where the boxes and bands of a flow picture stand: three columns of boxes, bands from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Flow = tuple[str, str, float]
    Bands = Mapping[tuple[str, str], float]

MOST, LEAST = 9, 0.01
"""Boxes of a column with a name of their own, and the least share of one; the rest are one box."""
BOX, SLOT, GAP, STEPS = 10, 15, 4, 24
"""Width of a box, least room of its name, gap beneath it, in pixels; steps of a curve."""
ORIGINS, PARTNERS = "Other origins", "Other partners"


class Box(NamedTuple):
    """A country in a column: its share of the whole, and where it stands, in pixels."""

    name: str
    share: float
    left: float
    top: float
    height: float


Column = dict[str, Box]


class Band(NamedTuple):
    """A band from box to box, ``height`` thick: of which origin and partner, to the partner or onward."""

    origin: str
    partner: str
    left: float
    start: float
    right: float
    end: float
    height: float
    onward: bool = False

    @property
    def curve(self) -> Iterator[tuple[float, float]]:
        """Points of its upper edge, level at both ends; x and y in pixels.

        >>> list(Band("A", "B", 0, 0, 24, 10, 1).curve)[::12]
        [(0.0, 0.0), (12.0, 5.0), (24.0, 10.0)]
        """
        for step in range(STEPS + 1):
            part = step / STEPS
            rise = part * part * (3 - 2 * part)
            yield self.left + (self.right - self.left) * part, self.start + (self.end - self.start) * rise


def bands(flows: Sequence[Flow]) -> Bands:
    """Shares by origin and partner, small ones of a column as one; what no flow holds is of the others.

    >>> bands([("China", "Japan", 0.6), ("Laos", "Japan", 0.396), ("Chad", "Japan", 0.004)])[ORIGINS, "Japan"]
    0.004
    """
    origins = _largest((origin, share) for origin, _, share in flows)
    partners = _largest((partner, share) for _, partner, share in flows)
    left = max(0.0, 1 - sum(share for *_, share in flows))
    found: dict[tuple[str, str], float] = {}
    for origin, partner, share in [*flows, (ORIGINS, PARTNERS, left)]:
        ends = (origin if origin in origins else ORIGINS, partner if partner in partners else PARTNERS)
        found[ends] = found.get(ends, 0.0) + share
    return {ends: share for ends, share in found.items() if share}


def _largest(shares: Iterable[tuple[str, float]]) -> set[str]:
    """Those that get a box of their own."""
    total = _total(shares)
    order = sorted(total, key=lambda name: (-total[name], name))[:MOST]
    return {name for name in order if total[name] >= LEAST}


def _total(shares: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Sums by name."""
    total: dict[str, float] = {}
    for name, share in shares:
        total[name] = total.get(name, 0.0) + share
    return total


def sums(flows: Bands, side: int) -> dict[str, float]:
    """What each box of a column holds, the largest first, the rest last; the side is 0 or 1."""
    total = _total((ends[side], share) for ends, share in flows.items())
    rest = (ORIGINS, PARTNERS)
    return {name: total[name] for name in sorted(total, key=lambda one: (one in rest, -total[one], one))}


def columns(shares: Sequence[Mapping[str, float]], lefts: Sequence[float], height: float) -> list[Column]:
    """Columns of boxes, each in the middle of the tallest; ``height`` is that of the whole, without gaps."""
    made = [_column(one, left, height) for one, left in zip(shares, lefts, strict=True)]
    tall = max(map(tallness, made))
    return [_lowered(column, (tall - tallness(column)) / 2) for column in made]


def tallness(column: Column) -> float:
    """Where a column ends, the room of its last name included."""
    last = list(column.values())[-1]
    return last.top + last.height / 2 + max(last.height, SLOT) / 2


def _column(shares: Mapping[str, float], left: float, height: float) -> Column:
    """Boxes one below the other, each with room for its name."""
    column, top = {}, 0.0
    for name, share in shares.items():
        room = max(share * height, SLOT)
        column[name] = Box(name, share, left, top + (room - share * height) / 2, share * height)
        top += room + GAP
    return column


def _lowered(column: Column, down: float) -> Column:
    """A column further down."""
    return {name: box._replace(top=box.top + down) for name, box in column.items()}


def placed(flows: Bands, boxes: Sequence[Column], height: float) -> Iterator[Band]:
    """Every band, from its origin to its partner and from there on to the last column's one box."""
    origins, partners, (home,) = boxes[0], boxes[1], boxes[2].values()
    out = {name: box.top for name, box in origins.items()}
    arrived = home.top
    for partner, there in partners.items():
        into = there.top
        for origin, here in origins.items():
            thick = height * flows.get((origin, partner), 0.0)
            if thick:
                yield Band(origin, partner, here.left + BOX, out[origin], there.left, into, thick)
                yield Band(origin, partner, there.left + BOX, into, home.left, arrived, thick, onward=True)
                out[origin] += thick
                into += thick
                arrived += thick
