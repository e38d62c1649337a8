"""The tests of those who decide: the United States 484(f) committee and the World Customs Organization.

The committee's criteria and dates were read in a stored copy of its page at usitc.gov, that requests are
grouped by heading from 2026 on in a report of it [S]. What trade the World Customs Organization asks of a
subheading is often given as 50 million dollars a year, of a heading as 100; no text of its own was read [U].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.schema.interval import Interval
    from monazite.studies.nomenclature.reform.lines import Line

COMMITTEE, WORLD = "484(f)", "WCO"
LEAST_USD = 1_000_000
"""Annual trade that a ten-digit line typically has."""
LEAST_TRADERS = 3
"""Importers or exporters a line must have, so that nobody's trade is disclosed."""
WORLD_USD = 50_000_000
"""World trade that is often said to be asked of a subheading [U]."""
MET, OPEN, NOT_MET = "met", "open", "not met"

CRITERIA = (
    "A line typically has at least 1 million USD of trade a year [S].",
    "At least three importers or exporters report in an average month, so that none is disclosed [S].",
    "Importers are not published: partner countries stand in for them here [U].",
    "The words must be clear and administrable, and change neither classification nor duty [S].",
    "Requests by 15 March take effect on 1 July, by 15 July on 1 January [S].",
    "From 1 January 2026 requests are grouped by four-digit heading and sent to 484f@usitc.gov [S].",
    "A statistical line is granted for five years and may be renewed [S].",
)
CRITERIA_WORLD = (
    "World trade of 50 million USD a year is often said to be asked of a subheading [U].",
    "That was not checked: no text of the World Customs Organization was read.",
    "World trade is not in the figures here; United States imports are a lower bound of it.",
    "Proposals from the United States go through the International Trade Commission, Customs and Census [S].",
)
COST = (
    "The new lines are parts of the old one: their sum continues its series to the dollar. A series of one"
    " line begins when it does."
)
COST_WORLD = (
    "A new subheading breaks the six-digit series of every country in the year it enters into force, and"
    " again where countries change over late; the old code is the sum of the new ones only if nothing else"
    " moves."
)


def worth(line: Line, value_usd: float | None) -> str:
    """Whether a line has a million dollars a year."""
    if value_usd is None:
        return OPEN
    if line.share.low * value_usd >= LEAST_USD:
        return MET
    return OPEN if line.share.high * value_usd >= LEAST_USD else NOT_MET


def worth_whole(value_usd: float | None) -> str:
    """Whether the code as a whole has a million dollars a year.

    >>> worth_whole(2_000_000), worth_whole(10), worth_whole(None)
    ('met', 'not met', 'open')
    """
    if value_usd is None:
        return OPEN
    return MET if value_usd >= LEAST_USD else NOT_MET


def worth_of(code: str, lines: Iterable[Line], value_usd: float | None, six: int = 6) -> str:
    """Whether every line proposed may have the trade that is asked; of six digits, whether the whole has."""
    if len(code) == six:
        return MET if (value_usd or 0) >= WORLD_USD else OPEN
    tests = [worth(line, value_usd) for line in lines]
    if NOT_MET in tests:
        return NOT_MET
    return MET if set(tests) == {MET} else OPEN


def traders(partners: int | None) -> str:
    """Whether at least three partners send any: a proxy for three importers."""
    if partners is None:
        return OPEN
    return MET if partners >= LEAST_TRADERS else NOT_MET


def told(span: Interval) -> str:
    """Bits in words.

    >>> from monazite.schema.interval import Interval
    >>> told(Interval(0, 2.81)), told(Interval(1.64, 1.9)), told(Interval.exact(1.2))
    ('up to 2.8 bits', '1.6 to 1.9 bits', '1.2 bits')
    """
    if span.low < 0.05:  # noqa: PLR2004 - would be printed as 0.0
        return f"up to {span.high:.1f} bits"
    if f"{span.low:.1f}" == f"{span.high:.1f}":
        return f"{span.high:.1f} bits"
    return f"{span.low:.1f} to {span.high:.1f} bits"
