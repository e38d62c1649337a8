"""Death of a code, told by its trade: it falls to next to nothing after a revision, and stays there."""

from __future__ import annotations

import statistics
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from monazite.studies.nomenclature.health.thresholds import DEAD, DEAD_VALUE_USD, DEAD_WITHIN, DEAD_YEARS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class Death(NamedTuple):
    """A code that lost its trade for good.

    ``usual`` is the median of the years before ``revision``, in the unit of the values; ``year`` the first
    year from which on every one is below a tenth of it; ``empty`` the first year from which on there is
    no trade at all, or nothing if there is some to the end.
    """

    revision: int
    year: int
    usual: float
    empty: int | None


def answerable(touched: Collection[int], revisions: Iterable[int]) -> dict[int, int]:
    """The last year each revision answers for: up to the next if it touched the code, else the year after.

    Reporters change over late, and a code that was taken away is not given back: what falls before the
    next revision falls because of this one.

    >>> answerable([2007], [2002, 2007, 2012])
    {2002: 2003, 2007: 2011, 2012: 2013}
    >>> answerable([2022], [2022])[2022] > 2050  # no next one yet
    True
    >>> answerable([2022], [])
    {}
    """
    years = sorted(revisions)
    if not years:
        return {}
    ends = dict(zip(years, [*(year - 1 for year in years[1:]), _NO_NEXT], strict=True))
    return {year: ends[year] if year in touched else year + DEAD_WITHIN for year in years}


_NO_NEXT = 9999


def may_have_died(yearly: Mapping[int, float]) -> bool:
    """Whether trade fell enough for any death; most codes live, and this is told at once.

    >>> may_have_died({2005: 5.9e6, 2006: 8.1e6, 2007: 0.4e6, 2008: 0.3e6}), may_have_died({2007: 1.0})
    (True, False)
    """
    late = [yearly[year] for year in sorted(yearly)[-2:]]
    return max(late, default=0.0) < DEAD * max(yearly.values(), default=0.0)


def died(yearly: Mapping[int, float], answers: Mapping[int, int] | None = None) -> Death | None:
    """The death of a code by its trade in successive years; nothing if it lives or is too small to tell.

    ``answers`` are the revisions with the last year each answers for; where it is not known when the
    nomenclature was revised, every year with three before it may be one, and answers for itself. The fall
    must last two years: the latest one is often not complete.

    >>> germanium = {2004: 44.7e6, 2005: 59.1e6, 2006: 80.7e6, 2007: 4.6e6, 2008: 3.3e6, 2009: 0.0}
    >>> died(germanium, {2007: 2011})
    Death(revision=2007, year=2007, usual=59100000.0, empty=2009)
    >>> died(germanium) == died(germanium, {2007: 2011})
    True
    >>> died(germanium | {2009: 70e6}) is None
    True
    >>> died({year: value / 1e6 for year, value in germanium.items()}) is None  # too small to matter
    True
    """
    years = sorted(yearly)
    peaks = list(accumulate((yearly[year] for year in reversed(years)), max))[::-1]
    peak = dict(zip(years, peaks, strict=True))
    asked = {year: year for year in years[DEAD_YEARS:]} if answers is None else answers
    for revision, last in sorted(asked.items()):
        usual = usually(yearly, revision)
        fell = [y for y in years[:-1] if revision <= y <= last and peak[y] < DEAD * usual]
        if fell and usual >= DEAD_VALUE_USD:
            return Death(revision, fell[0], usual, next((y for y in years if not peak[y]), None))
    return None


def usually(yearly: Mapping[int, float], revision: int) -> float:
    """Median value of the last years before a revision that are at hand, three at most; zero if none is.

    >>> usually({1995: 162e6, 1996: 77e6}, 1996), usually({1995: 162e6}, 1995)
    (162000000.0, 0.0)
    """
    before = [yearly[year] for year in sorted(yearly) if year < revision][-DEAD_YEARS:]
    return statistics.median(before) if before else 0.0
