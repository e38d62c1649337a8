"""Records of the Worldwide Governance Indicators as rows of ``indicator``."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.errors import SourceError, UnknownCodeError
from monazite.schema.indicators import INDICATOR
from monazite.sources.source import Rows
from monazite.sources.wgi.layouts import DIMENSIONS, of_sheet, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.sources.source import Account, Given, Row
    from monazite.sources.wgi.layouts import Record

MISSING = {"", "..", "#N/A", "NA", "N/A", "nan", "NaN", "None", "."}
WORLD_BANK = {"ADO": "AND", "ROM": "ROU", "WBG": "PSE", "KSV": "XKX", "TMP": "TLS", "ZAR": "COD"}
"""Codes of the World Bank that are not those of ISO 3166."""

UNIT = "standard normal"
LARGEST = 5.0
"""No estimate is as far from the mean: they are standard normal, about −2.5 to 2.5."""

MOST, MOST_COUNTRIES = 200_000, 1_000
NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{0,20})?([eE]-?[0-9]{1,2})?")
YEAR = re.compile(r"(199[6-9]|20[0-9]{2})")


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Read every estimate and its standard error; ranks, scores and derived columns are left.

    Raises
    ------
    SourceError
        If it is none of the publisher's layouts, or nothing in it is what its headings say.
    """
    yield Rows(INDICATOR, _rows(given, account), {"unit": UNIT})


def _rows(given: Given, account: Account) -> Iterator[Row]:
    """Rows of a file, then what was found about its countries."""
    countries: Counter[tuple[str, str]] = Counter()
    keys: Counter[tuple[str, str, str]] = Counter()
    for record in records(given):
        account.records += 1
        countries[record.code, record.name] += 1
        _check_many(given, record, account.records, len(countries))
        keys[_place(record.code, record.name)[0], record.dimension, record.year] += 1
        wrong = _wrong(record)
        if wrong is None:
            yield _row(record)
            continue
        column, found, expected = wrong
        account.refuse(
            INDICATOR,
            "reader",
            found=repr(found[:60]),
            expected=expected,
            content=ascii(tuple(record))[:2_000],
            line=record.line,
            column=column,
            part=record.part,
        )
    _check_any(given, account)
    _tell_countries(given, account, countries)
    _tell_twins(given, account, keys)


def _check_many(given: Given, record: Record, estimates: int, countries: int) -> None:
    """Refuse a file of more estimates or countries than there can be: the world has some 230.

    Raises
    ------
    SourceError
        If it is one.
    """
    if estimates > MOST or countries > MOST_COUNTRIES:
        found = f"{estimates:,} estimates of {countries:,} countries so far"
        expected = f"at most {MOST:,} of {MOST_COUNTRIES:,}"
        raise SourceError(given.name, line=record.line, found=found, expected=expected)


def _wrong(record: Record) -> tuple[str, str, str] | None:
    """Column, what was found and what was expected, where a record cannot be read."""
    if record.dimension not in DIMENSIONS or of_sheet(record.part) not in {"", record.dimension}:
        expected = of_sheet(record.part) or f"one of {', '.join(DIMENSIONS)}"
        return "indicator", record.dimension, expected
    if not YEAR.fullmatch(record.year):
        return "year", record.year, "a year from 1996 on"
    if not record.code and not record.name:
        return "code", "", "a country"
    for column, figure, low in (("estimate", record.estimate, -LARGEST), ("stddev", record.error, 0.0)):
        if figure not in MISSING and not (NUMBER.fullmatch(figure) and low <= float(figure) <= LARGEST):
            return column, figure, f"a number from {low:g} to {LARGEST:g}, or a mark for none"
    return None


def _row(record: Record) -> Row:
    """One row of ``indicator``; an estimate that is missing is no zero."""
    value = None if record.estimate in MISSING else float(record.estimate)
    return {
        "_line": record.line,
        "indicator": DIMENSIONS[record.dimension],
        "country": _place(record.code, record.name)[0],
        "year": int(record.year),
        "value": value,
        "standard_error": None if record.error in MISSING else float(record.error),
        "obs_status": "not-available" if value is None else "normal",
    }


@cache
def _place(code: str, name: str) -> tuple[str, str]:
    """The country of a code and a name, and the rule of the finding if the two do not fit.

    >>> _place("USA", "United States"), _place("NA", "Taiwan, China"), _place("XYZ", "Atlantis")
    (('USA', ''), ('TWN', 'country-doubtful'), ('XYZ', 'country-unknown'))
    """
    by_code, by_name = _known(WORLD_BANK.get(code, code), "iso3"), _known(name, "name")
    if by_code and by_name in {"", by_code}:
        return by_code, ""
    if by_name:
        return by_name, "country-doubtful"
    return code or name, "country-unknown"


def _known(text: str, scheme: str) -> str:
    """A country's id; nothing if nobody knows it."""
    try:
        return country(text, "iso3" if scheme == "iso3" else "name").id if text else ""
    except UnknownCodeError:
        return ""


def _check_any(given: Given, account: Account) -> None:
    """Refuse a file of which no record could be read: its columns are not what they say.

    Raises
    ------
    SourceError
        Naming the first.
    """
    if account.records and account.records == len(account.refused):
        one = account.refused[0]
        raise SourceError(
            given.name, line=one.line, column=one.column, found=one.found, expected=one.expected
        )


def _tell_countries(given: Given, account: Account, countries: Mapping[tuple[str, str], int]) -> None:
    """One finding for each country whose code and name do not fit, or that nobody knows."""
    for (code, name), rows in countries.items():
        who, rule = _place(code, name)
        if rule:
            found, expected = f"code {code!r} beside {name!r}", f"the code of {who}"
            account.tell(rule, name or code, where=given.name, found=found, expected=expected, rows=rows)


def _tell_twins(given: Given, account: Account, keys: Mapping[tuple[str, str, str], int]) -> None:
    """One finding for each country that stands twice: one of the two is another's under its name."""
    twins: Counter[str] = Counter()
    for (who, _, _), rows in keys.items():
        twins[who] += rows if rows > 1 else 0
    for who, rows in (+twins).items():
        hint = "Rows that differ are both refused: the file does not tell whose they are."
        found, expected = f"{rows} rows of years in which {who} stands twice", "one row a year"
        account.tell(
            "country-doubtful", who, where=given.name, found=found, expected=expected, rows=rows, hint=hint
        )
