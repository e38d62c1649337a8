"""What may stand in each column of UN Comtrade: the check that notices a shifted file.

A domain is a regular expression that Python and the engine read alike. A table whose rows are shifted
against its header parses without error; here its first shifted column fits nowhere.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.sources.comtrade.vocabulary import FLOWS, NOMENCLATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SHIFTED = "The rows stand beside their headings; save the file again, with every column under its own"
_SHOWN = 60


class Domain(NamedTuple):
    """What may stand in a column: its name as published, a regular expression, and words for it."""

    column: str
    pattern: str
    meaning: str


YEAR = "(19[6-9]|20[0-5])[0-9]"
NUMBER = r"-?[0-9]{1,25}(\.[0-9]{0,25})?([eE][+-]?[0-9]{1,2})?"
_PLACE = Domain("", "[0-9]{1,4}", "the number of a country")
_FLAG = Domain("", "true|True|TRUE|false|False|FALSE|0|1|", "true or false")
_FIGURE = Domain("", f"({NUMBER})?", "a number")
_ISO = Domain("", "([A-Z_][A-Z0-9_]{1,3})?", "the letters of a country")
_UNIT = Domain("", "-1|[0-9]{1,2}|", "the number of a unit")
_LIKE = {
    "reporterCode": _PLACE,
    "partnerCode": _PLACE,
    "partner2Code": Domain("", "[0-9]{0,4}", _PLACE.meaning),
    "reporterISO": _ISO,
    "partnerISO": _ISO,
    "partner2ISO": _ISO,
    "qtyUnitCode": _UNIT,
    "altQtyUnitCode": _UNIT,
    "qty": _FIGURE,
    "altQty": _FIGURE,
    "netWgt": _FIGURE,
    "grossWgt": _FIGURE,
    "cifvalue": _FIGURE,
    "fobvalue": _FIGURE,
    "primaryValue": _FIGURE,
    "isOriginalClassification": _FLAG,
    "isLeaf": _FLAG,
    "isQtyEstimated": _FLAG,
    "isAltQtyEstimated": _FLAG,
    "isNetWgtEstimated": _FLAG,
    "isGrossWgtEstimated": _FLAG,
    "isReported": _FLAG,
    "isAggregate": _FLAG,
}
_OWN = (
    Domain("typeCode", "C", "C (goods)"),
    Domain("freqCode", "[AM]", "A (a year) or M (a month)"),
    Domain("refPeriodId", f"{YEAR}([0-9]{{4}})?", "a date such as 20240101"),
    Domain("refYear", YEAR, "a year"),
    Domain("refMonth", "0?[1-9]|1[0-2]|52", "a month, or 52 for a year"),
    Domain("period", f"{YEAR}(0[1-9]|1[0-2])?", "a year or a month such as 202404"),
    Domain("flowCode", "|".join(FLOWS), "the letters of a flow"),
    Domain("classificationCode", "|".join(NOMENCLATURES), "a nomenclature of goods, H0 to H6 or S1 to S4"),
    Domain("cmdCode", "TOTAL|[0-9][0-9A-Z]{0,9}", "the code of goods, or TOTAL"),
    Domain("aggrLevel", "[0-9]{0,2}", "a number of digits"),
    Domain("customsCode", "(C[0-9]{2})?", "C00 to C20"),
    Domain("mosCode", "[0-9]{0,2}", "a mode of supply"),
    Domain("motCode", "[0-9]{0,4}", "a mode of transport"),
    Domain("legacyEstimationFlag", "[0-9]?", "a digit"),
)
DOMAINS: Mapping[str, Domain] = {one.column.lower(): one for one in _OWN} | {
    column.lower(): like._replace(column=column) for column, like in _LIKE.items()
}
"""The domains of the columns that have one, by name in lower case; the others hold words."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A domain's expression."""
    return re.compile(pattern)


def misfit(cells: Mapping[str, str], domains: Mapping[str, Domain] = DOMAINS) -> Domain | None:
    """The first column whose cell does not belong there."""
    for name, text in cells.items():
        domain = domains.get(name)
        if domain is not None and compiled(domain.pattern).fullmatch(text) is None:
            return domain
    return None


def check_columns(
    file: str,
    header: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    domains: Mapping[str, Domain] = DOMAINS,
) -> None:
    """Refuse a table of which a whole column does not hold what its heading says.

    Raises
    ------
    SourceError
        Naming the first such column, and its first cell.
    """
    told = list(rows)
    for name in (heading.lower() for heading in header):
        domain = domains.get(name)
        cells = [row[name] for row in told if name in row]
        if domain and cells and not any(compiled(domain.pattern).fullmatch(cell) for cell in cells):
            found, expected = shown(cells[0]), domain.meaning
            raise SourceError(
                file, line=2, column=domain.column, found=found, expected=expected, hint=SHIFTED
            )


def shown(text: str) -> str:
    """A cell as an error shows it: in quotes, and not all of a long one.

    >>> shown("abc"), len(shown("a" * 1000))
    ("'abc'", 63)
    """
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
