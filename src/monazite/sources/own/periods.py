"""Years, months and spans of months as people write them, and as spreadsheets damage them.

A ``date:`` of a mapping is written with yyyy, yy, mmm (a month's name), mm, dd and whatever stands
between them (``dd-mm-yyyy``, ``yyyyMmm``, ``mmm-yy``), with the signs of strptime (``%Y%m``), or is
``excel`` for the day numbers of a spreadsheet. Without it, everything that has one reading is read;
``03/04/2024`` has two and is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL, EXCEL_1904 = "excel", "excel-1904"
_EPOCHS = {EXCEL: date(1899, 12, 30), EXCEL_1904: date(1904, 1, 1)}
_SERIALS = range(61, 73_415)  # from March 1900, after the 29 February that never was, to the year 2100
_PIVOT = 70
_MONTHS = (
    "jan january januar jän jänner janvier janv ene enero",
    "feb february februar février fév févr febrero",
    "mar march märz mär mrz mars marzo",
    "apr april avril avr abril abr",
    "may mai mayo",
    "jun june juni juin junio",
    "jul july juli juillet juil julio",
    "aug august août aoû agosto ago",
    "sep sept september septembre septiembre",
    "oct october okt oktober octobre octubre",
    "nov november novembre noviembre",
    "dec december dez dezember décembre déc diciembre dic",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_STRPTIME = {"%Y": "yyyy", "%y": "yy", "%m": "mm", "%d": "dd", "%b": "mmm", "%B": "mmm"}
_TOKEN = re.compile(r"yyyy|yy|mmmm|mmm|mm|m(?!\w)|dd|d(?!\w)|.", re.IGNORECASE | re.DOTALL)
_PARTS = {"yyyy": "(?P<y>[0-9]{4})", "yy": "(?P<y>[0-9]{2})", "mmm": r"(?P<m>[^\W\d_]+)\.?", "\0": "[Mm]"}
_CLOCK = re.compile(
    r"[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?([AP]M|Z|[+-][0-9]{2}(:?[0-9]{2})?))?$",
    re.IGNORECASE,
)
_AUTO = (
    "yyyy", "yyyy-mm", "yyyy/mm", "yyyymm", "yyyyMmm", "yyyy-Mmm", "yyyy-mm-dd", "yyyy/mm/dd", "yyyymmdd",
    "dd.mm.yyyy", "mmm-yy", "mmm-yyyy", "mmm yy", "mmm yyyy", "yyyy-mmm", "yyyy mmm", "mm/yyyy", "mm-yyyy",
    "mm.yyyy", "dd-mmm-yyyy", "dd-mmm-yy", "dd mmm yyyy", "mmm dd, yyyy",
)  # fmt: skip
_QUARTER = re.compile(
    "^(?:(?P<y>[0-9]{4})[ /-]?Q(?P<q>[1-4])|Q(?P<r>[1-4])[ /-]?(?P<z>[0-9]{4}))$", re.IGNORECASE
)
_SPAN = re.compile("^([0-9]{4}-[0-9]{2})/([0-9]{4}-[0-9]{2})$")
_EITHER = re.compile(r"^([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})$")


class NotAPeriodError(ValueError):
    """A cell that is no period in the column's writing; says what was expected."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a month or span of months, in ISO 8601; ``dated`` is the day, if one was given."""

    text: str
    year: int
    day: int = 0
    month: int = 0


@lru_cache(maxsize=4096)
def period(text: str, writing: str = "") -> Period:
    """The period a cell names, in the writing of the mapping or in any that allows one reading.

    Raises
    ------
    NotAPeriodError
        If it names none, or more than one.

    Examples
    --------
    >>> [period(text).text for text in ("2024M04", "Apr-24", "2024Q2", "31/12/2024", "2024")]
    ['2024-04', '2024-04', '2024-04/2024-06', '2024-12', '2024']
    >>> period("03-04-2024", "dd-mm-yyyy").text, period("45383", "excel").text
    ('2024-04', '2024-04')
    """
    written = " ".join(_CLOCK.sub("", text.strip()).split())
    if writing in _EPOCHS:
        return _serial(written, writing)
    if writing:
        found = _read(written, writing)
        if found is None:
            raise NotAPeriodError(f"a period written {writing}")
        return found
    for each in _AUTO:
        if (found := _read(written, each)) is not None:
            return found
    return _otherwise(written)


def of_date(day: date) -> Period:
    """The month of a day.

    >>> of_date(date(2024, 4, 15)).text
    '2024-04'
    """
    return _period(day.year, day.month, day.day)


def as_year(found: Period) -> Period:
    """The year a period lies in."""
    return Period(str(found.year), found.year)


def check_writing(writing: str) -> str:
    """Say what is wrong with the ``date:`` of a mapping; empty if nothing is.

    >>> check_writing("dd-mm-yyyy"), check_writing("%H:%M")
    ('', 'yyyy or yy in it')
    """
    if writing in _EPOCHS:
        return ""
    parts = _tokens(writing)
    years, months = (sum(part.startswith(letter) for part in parts) for letter in ("yy", "m"))
    if years != 1:
        return "yyyy or yy in it"
    return "at most one mm or mmm, and one dd" if months > 1 or parts.count("dd") > 1 else ""


def _serial(text: str, system: str) -> Period:
    """The month of a spreadsheet's day number."""
    try:
        days = int(float(text)) if len(text) < len("73415.000000000000") else 0
    except (ValueError, OverflowError):
        days = 0
    if days not in _SERIALS:
        raise NotAPeriodError("the day number of a spreadsheet, such as 45383")
    return of_date(_EPOCHS[system] + timedelta(days=days))


@cache
def _tokens(writing: str) -> tuple[str, ...]:
    """Parts of a writing: the tokens by one name each, everything else as it stands."""
    for sign, token in _STRPTIME.items():
        writing = writing.replace(sign, token)
    return tuple(_token(part) for part in _TOKEN.findall(_marked(writing)))


def _marked(writing: str) -> str:
    """A writing in which the literal M of 2024M04 cannot be taken for a month."""
    return re.sub(r"(yyyy-?)M(?=mm(?!m))", "\\1\0", writing)


def _token(part: str) -> str:
    """One name for a token, whatever its spelling."""
    folded = part.lower()
    named = {"mmmm": "mmm", "m": "mm", "d": "dd"}
    return named.get(folded, folded if folded in {"yyyy", "yy", "mmm", "mm", "dd"} else part)


@cache
def _pattern(writing: str) -> re.Pattern[str]:
    """What a period in a writing looks like; digits that touch other digits are two."""
    tokens = _tokens(writing)
    digits = {"yyyy", "yy", "mm", "dd"}
    pattern = ""
    for place, token in enumerate(tokens):
        touching = digits.intersection(tokens[max(place - 1, 0) : place] + tokens[place + 1 : place + 2])
        few = "{2}" if touching else "{1,2}"
        known = _PARTS | {"mm": f"(?P<m>[0-9]{few})", "dd": f"(?P<d>[0-9]{few})"}
        pattern += known.get(token, re.escape(token))
    return re.compile(f"^{pattern}$")


def _read(text: str, writing: str) -> Period | None:
    """The period a text names in one writing."""
    match = _pattern(writing).match(text)
    if not match:
        return None
    parts = match.groupdict()
    try:
        month, day = _month(parts.get("m") or ""), int(parts.get("d") or 0)
        return _period(_year(parts["y"]), month, day)
    except (NotAPeriodError, ValueError):
        return None


def _month(text: str) -> int:
    """Number of a month; 0 where none is named."""
    if not text:
        return 0
    month = int(text) if text.isdecimal() else MONTHS.get(text.casefold(), 0)
    if not month:
        raise NotAPeriodError("a month")
    return month


def _year(text: str) -> int:
    """Year of four digits, or of two."""
    year = int(text)
    return year if len(text) > len("70") else year + (2000 if year < _PIVOT else 1900)


def _period(year: int, month: int, day: int) -> Period:
    """A year or month between the bounds of the tables; a day must exist."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotAPeriodError(f"a year between {FIRST_YEAR} and {LAST_YEAR}")
    if month == 0:
        return Period(str(year), year)
    date(year, month, day or 1)
    return Period(f"{year}-{month:02}", year, day, month)


def _otherwise(text: str) -> Period:
    """A quarter, a span, or a day whose order only its size tells."""
    if match := _QUARTER.match(text):
        year, quarter = int(match["y"] or match["z"]), int(match["q"] or match["r"])
        first = _period(year, 3 * quarter - 2, 0)
        return Period(f"{first.text}/{year}-{3 * quarter:02}", year)
    if match := _SPAN.match(text):  # inside one year, because a row stands in one
        ends = [_read(each, "yyyy-mm") for each in match.groups()]
        if ends[0] and ends[1] and ends[0].text < ends[1].text and ends[0].year == ends[1].year:
            return Period(text, ends[0].year)
    if match := _EITHER.match(text):
        orders = (f"dd{match[2]}mm{match[2]}yyyy", f"mm{match[2]}dd{match[2]}yyyy")
        readings = [found for order in orders if (found := _read(text, order))]
        if len({found.text for found in readings}) == 1:
            return readings[0]
        if readings:
            raise NotAPeriodError(f"a date that can be read one way; say date: {' or date: '.join(orders)}")
    raise NotAPeriodError("a year or month, such as 2024, 2024-04, 2024M04 or Apr-24")
