"""Columns of figures: which period each stands for."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
YEAR = re.compile(r"(19\d\d|20\d\d)")
_YEAR_TO_DATE = re.compile(r"(19\d\d|20\d\d)[ _](?:year[ _-]to[ _-]date|ytd)")
_SPAN = re.compile(r"data from (\w{3})\w* ?- ?(\w{3})\w*")
_MONTH = re.compile(r"([a-z]{3})[a-z]*(?:[ _-](19\d\d|20\d\d))?")
_MONTH_AFTER = re.compile(r"(19\d\d|20\d\d)[ _-](\d\d|[a-z]{3})[a-z]*")
WHOLE = (1, 12)
RELEASE = timedelta(days=120)
"""Within how many days after its end a period's figures are out, with a margin for late ones."""


class Period(NamedTuple):
    """Months of a year; without a year it is the row that says which."""

    year: int | None
    first: int
    last: int

    def told(self, year: int) -> str:
        """The period in ISO 8601.

        >>> [Period(None, *months).told(2026) for months in ((1, 12), (4, 4), (1, 4))]
        ['2026', '2026-04', '2026-01/2026-04']
        """
        if (self.first, self.last) == WHOLE:
            return str(year)
        if self.first == self.last:
            return f"{year}-{self.first:02d}"
        return f"{year}-{self.first:02d}/{year}-{self.last:02d}"

    def published(self, year: int, by: date) -> bool:
        """Whether its figures are sure to be out on a day."""
        end = date(year, self.last, calendar.monthrange(year, self.last)[1])
        return end + RELEASE <= by


def span(title: str) -> tuple[int, int] | None:
    """The months "year to date" runs over, from a sheet's title.

    >>> span("Domestic Exports|Annual + Year-To-Date Data from Jan - Apr")
    (1, 4)
    """
    found = _SPAN.search(title.casefold())
    months = [MONTHS.get(name) for name in found.groups()] if found else []
    first, last = months or (None, None)
    return (first, last) if first and last and first <= last else None


def period(label: str, to_date: tuple[int, int] | None) -> Period | None:
    """The period a column's heading names; nothing if it names none, or the months to date are unknown.

    >>> [tuple(period(label, (1, 4)) or ()) for label in ("2024", "2026_Year_to_date", "January", "District")]
    [(2024, 1, 12), (2026, 1, 4), (None, 1, 1), ()]
    >>> period("2024-03", None) == period("March 2024", None) == Period(2024, 3, 3)
    True
    """
    text = label.casefold().strip()
    if YEAR.fullmatch(text):
        return Period(int(text), *WHOLE)
    if found := _YEAR_TO_DATE.fullmatch(text):
        return Period(int(found[1]), *to_date) if to_date else None
    if (found := _MONTH_AFTER.fullmatch(text)) and (month := _month(found[2])):
        return Period(int(found[1]), month, month)
    if (found := _MONTH.fullmatch(text)) and (month := MONTHS.get(found[1])):
        return Period(int(found[2]) if found[2] else None, month, month)
    return None


def _month(text: str) -> int | None:
    """Number of a month, from its number or its name."""
    number = int(text) if text.isdigit() else MONTHS.get(text, 0)
    return number if 1 <= number <= 12 else None  # noqa: PLR2004 - months of a year
