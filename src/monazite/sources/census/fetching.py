"""Where to fetch what is asked for: questions to the API, addresses of the bulk files."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from monazite.codes.countries import country
from monazite.errors import UnknownCodeError, UsageError
from monazite.sources.census.checking import check_answer, check_zip
from monazite.sources.source import Parameter, Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

API = "https://api.census.gov/data/timeseries/intltrade"
BULK = "https://www.census.gov/trade/downloads"
HOSTS = ("api.census.gov", "www.census.gov")

_IMPORTS = (
    "CON_VAL_MO", "CAL_DUT_MO", "CON_QY1_MO", "CON_QY1_MO_FLAG", "CON_QY2_MO", "CON_QY2_MO_FLAG",
    "GEN_VAL_MO", "GEN_QY1_MO", "GEN_QY1_MO_FLAG", "GEN_QY2_MO", "GEN_QY2_MO_FLAG", "UNIT_QY1", "UNIT_QY2",
)  # fmt: skip
_EXPORTS = (
    "ALL_VAL_MO", "QTY_1_MO", "QTY_1_MO_FLAG", "QTY_2_MO", "QTY_2_MO_FLAG", "UNIT_QY1", "UNIT_QY2", "DF",
)  # fmt: skip
ASKED = {"imports": _IMPORTS, "exports": _EXPORTS}
"""What is asked for: each quantity with its unit and its flag, and only figures of the month."""

GOODS = {"imports": "I_COMMODITY", "exports": "E_COMMODITY"}
ZIPS = {
    ("bulk", "imports"): "Merch/im_m/IMDB",
    ("bulk", "exports"): "Merch/ex_m/EXDB",
    ("ports", "imports"): "Port/im_hs6_m/PORTHS6MM",
    ("ports", "exports"): "Port/ex_hs6_m/PORTHS6XM",
}

CHAPTERS = tuple(f"{n:02d}" for n in range(1, 100) if n != 77)  # noqa: PLR2004 - HS keeps 77 free
LARGE = frozenset({"29", "39", "61", "62", "72", "73", "84", "85", "87", "90"})
"""Chapters the API fails to answer whole at ten digits: asked for by the first three digits."""

_PERIOD = re.compile(r"(?P<first>\d{4}(-\d{2})?)(/(?P<last>\d{4}(-\d{2})?))?")
_COMMODITY = re.compile(r"\d{1,9}\*|\d{2}|\d{4}|\d{6}|\d{10}|\*")
_LONGEST_NAME = 100
_FIRST_YEAR, _LAST_YEAR = 1989, 2100

PARAMETERS = (
    Parameter("time", "Month, year, or months from/to.", "2023-01/2024-06"),
    Parameter("flow", "Imports or exports.", "imports", "imports", ("imports", "exports")),
    Parameter(
        "form",
        "api asks for chosen goods and partners and needs a key; bulk is every ten-digit code by country and"
        " district, ports every HS-6 code by country and port: one zip a month, without a key.",
        "api", "api", ("api", "bulk", "ports"),
    ),
    Parameter("commodity", "Codes or their beginnings, parted by commas; * is all goods.", "2846*", "*"),
    Parameter("level", "Digits of the codes that come.", "HS10", "HS10", ("HS2", "HS4", "HS6", "HS10")),
    Parameter("country", "Schedule C or ISO 3166 codes or names, parted by commas; empty is all.", "CHN", ""),
    Parameter("district", "Customs districts, parted by commas; * is each; empty is their sum.", "10", ""),
    Parameter(
        "groupings", "yes asks for the world and groups (European Union) too, beside their members.",
        "no", "no", ("no", "yes"),
    ),
)  # fmt: skip


def locate(parameters: Mapping[str, str]) -> tuple[Request, ...]:
    """The requests that together hold what is asked for.

    Raises
    ------
    UsageError
        If a parameter is not of its form, or nothing known.
    """
    asked = {one.name: parameters.get(one.name) or one.default or "" for one in PARAMETERS}
    _check_codes(asked)
    if asked["form"] == "api":
        return tuple(_questions(asked))
    return tuple(_zip(asked, month) for month in months(asked["time"]))


def _check_codes(asked: Mapping[str, str]) -> None:
    """Refuse a parameter that takes other values."""
    for one in PARAMETERS:
        if one.codes and asked[one.name] not in one.codes:
            raise UsageError(f"{one.name} is {asked[one.name]!r}; it may be {', '.join(one.codes)}.")


def months(time: str) -> tuple[str, ...]:
    """Every month of a period: a month, a year, or months from/to.

    >>> months("2023-11/2024-02"), len(months("2024"))
    (('2023-11', '2023-12', '2024-01', '2024-02'), 12)
    """
    found = _PERIOD.fullmatch(time)
    if found is None:
        raise UsageError(
            f"time is {time!r}; give a month (2024-12), a year (2024) or months from/to (2023-01/2024-06)."
        )
    first, last = found["first"], found["last"] or found["first"]
    begin = first if "-" in first else f"{first}-01"
    end = last if "-" in last else f"{last}-12"
    years = range(max(int(begin[:4]), _FIRST_YEAR), min(int(end[:4]), _LAST_YEAR) + 1)
    listed = tuple(
        month for year in years for n in range(1, 13) if begin <= (month := f"{year}-{n:02d}") <= end
    )
    if not listed:
        raise UsageError(f"time is {time!r}, which holds no month since {_FIRST_YEAR}.")
    return listed


def _questions(asked: Mapping[str, str]) -> Iterator[Request]:
    """Questions to the API: goods that fill an answer too large are asked for in parts, a month at a time."""
    listed = months(asked["time"])
    partners = [_partner(one) for one in asked["country"].split(",") if one.strip()]
    for goods in asked["commodity"].split(","):
        parts = tuple(_parts(goods.strip(), asked["level"]))
        whole = asked["level"] == "HS2" or (len(parts) == 1 and not _wide(parts[0]))
        for spell in (listed,) if whole else ((month,) for month in listed):
            for part in parts:
                yield _question(asked, part, spell, partners)


def _wide(goods: str) -> bool:
    """Whether a wildcard covers a chapter, or a tenth of one."""
    return goods.endswith("*") and len(goods) <= 4  # noqa: PLR2004 - three digits and the sign


def _parts(goods: str, level: str) -> Iterator[str]:
    """Beginnings of codes that together are the goods asked for."""
    if not _COMMODITY.fullmatch(goods):
        raise UsageError(
            f"commodity is {goods!r}; give a code of 2, 4, 6 or 10 digits, or its beginning and a *."
        )
    bare = goods.rstrip("*")
    if not goods.endswith("*") or len(bare) > 2 or level in {"HS2", "HS4"}:  # noqa: PLR2004 - digits of a chapter
        yield goods
        return
    for chapter in (one for one in CHAPTERS if one.startswith(bare)):
        yield from (f"{chapter}{n}*" for n in range(10)) if chapter in LARGE else (f"{chapter}*",)


def _partner(asked: str) -> str:
    """Schedule C code of a partner."""
    for scheme in ("census", "any"):
        try:
            found = country(asked.strip(), scheme)
        except UnknownCodeError:
            continue
        if found.census:
            return found.census
    raise UnknownCodeError("country of Schedule C", asked.strip(), ())


def _question(asked: Mapping[str, str], goods: str, spell: tuple[str, ...], partners: list[str]) -> Request:
    """One question to the API."""
    flow = asked["flow"]
    districts = [one.strip() for one in asked["district"].split(",") if one.strip()]
    wanted = [
        *ASKED[flow],
        *([] if partners else ["CTY_CODE"]),
        *(["DISTRICT"] if districts == ["*"] else []),
    ]
    time = spell[0] if len(spell) == 1 else f"from {spell[0]} to {spell[-1]}"
    query = [("get", ",".join(wanted)), (GOODS[flow], goods), ("COMM_LVL", asked["level"]), ("time", time)]
    query += [("CTY_CODE", one) for one in partners]
    query += [("DISTRICT", one) for one in districts if one != "*"]
    query += [("SUMMARY_LVL", "DET")] if asked["groupings"] == "no" else []
    address = "&".join(f"{name}={quote(value, safe=',*-')}" for name, value in query)
    kept = {**asked, "commodity": goods, "time": spell[0] if len(spell) == 1 else f"{spell[0]}/{spell[-1]}"}
    return Request(
        url=f"{API}/{flow}/hs?{address.replace('%20', '+')}",
        file=_file("census", flow, asked["level"], goods, *partners, *districts, kept["time"]) + ".json",
        accepts=("application/json",),
        check=partial(check_answer, wanted=tuple(wanted)),
        parameters=kept,
        key_in="query:key",
        empty=(204,),
    )


def _file(*parts: str) -> str:
    """A file name out of what was asked for; a long one ends in a digest instead.

    >>> _file("census", "imports", "2846*", "2023-01/2024-06")
    'census-imports-2846x-2023-01_2024-06'
    """
    name = "-".join(re.sub(r"[^0-9A-Za-z_-]", "_", part.replace("*", "x")) for part in parts)
    if len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{name[: _LONGEST_NAME - 13]}-{digest}"


def _zip(asked: Mapping[str, str], month: str) -> Request:
    """The address of one month's bulk file."""
    name = f"{ZIPS[asked['form'], asked['flow']]}{month[2:4]}{month[5:]}.ZIP"
    return Request(
        url=f"{BULK}/{month[:4]}/{name}",
        file=name.rpartition("/")[2],
        accepts=("application/zip", "application/x-zip-compressed", "application/octet-stream"),
        check=check_zip,
        parameters={**asked, "time": month},
        limit=2**30,
    )
