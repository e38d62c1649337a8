"""The European Union among partners: one figure for its countries, some of which are listed besides.

What is left of it when those are taken out is divided nobody knows how, but among a known number of
countries at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes import reviewed
from monazite.codes.countries import countries, country
from monazite.methods.concentration import hhi_bounds
from monazite.results.words import listed
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNION = "european-union"


def union(year: int) -> frozenset[str]:
    """Members of the European Union in a year, and of today: publishers revise its past.

    >>> len(union(2024)), "GBR" in union(2024), "GBR" in union(2015)
    (27, False, True)
    """
    rows = (row for row in reviewed.rows("members.csv") if row["id"] == UNION)
    return frozenset(
        row["member"] for row in rows if not row["last"] or int(row["first"]) <= year <= int(row["last"])
    )


def name(partner: str, members: Iterable[str] = ()) -> str:
    """A partner's name; of the union, whom it leaves out because they are listed.

    >>> name("CHN"), name("european-union", ("SVK",))
    ('China', 'European Union without Slovakia')
    """
    out = [country(one).name for one in members] if partner == UNION else []
    known = {one.id: one.name for one in countries()}
    return known.get(partner, partner) + (f" without {listed(out)}" if out else "")


def divided(shares: Sequence[Interval | float], rest: Interval | float, hidden: int) -> Interval:
    """Bounds of the HHI where a rest comes from ``hidden`` countries at most, in parts not known.

    Least if they send alike, greatest if one sends all of it.

    >>> str(divided([0.5], 0.5, 25)), str(divided([0.5], 0.5, 1)), str(divided([], 1.0, 4))
    ('[0.26, 0.5]', '0.5', '[0.25, 1]')
    """
    many = max(1, hidden)
    whole = rest if isinstance(rest, Interval) else Interval.exact(rest)
    each = Interval(whole.low / many, whole.high / many)
    high = hhi_bounds(shares, rest).high
    return Interval(min(high, hhi_bounds([*shares, *[each] * many], 0.0).low), high)
