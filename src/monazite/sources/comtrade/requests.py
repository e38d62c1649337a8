"""What to ask the UN Comtrade API for: a user's wishes as addresses, each with a bounded answer."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from monazite.codes.countries import WORLD, country
from monazite.errors import UsageError
from monazite.sources.comtrade.answers import CAPS, check_answer
from monazite.sources.comtrade.vocabulary import NOMENCLATURES
from monazite.sources.source import Parameter, Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOST = "comtradeapi.un.org"
ROADS = {"key": f"https://{HOST}/data/v1/get", "preview": f"https://{HOST}/public/v1/preview"}
LIMITS = {"preview": CAPS[0], "key": CAPS[1]}
FLOWS = {"import": "M", "export": "X", "re-import": "RM", "re-export": "RX", "domestic-export": "DX"}
PERIODS, CODES = 12, 60
"""Periods and codes in one request at most: the publisher takes 12 periods, an address some codes."""

PARTNERS = 250
"""Partners that a row of the publisher may have, the world included."""

WILD = {"TOTAL": 1, "AG2": 97, "AG4": 1_230, "AG6": 5_620}
"""Codes that stand for many, and for how many in HS 2022."""

LARGEST = 512 * 2**20
_SPAN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:\.\.|/)(\d{4})(?:-(\d{2}))?")
_ONE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_CODE = re.compile(r"TOTAL|AG[246]|[0-9]{2,6}")

PARAMETERS = (
    Parameter("reporter", "Countries whose statistics are asked for, by ISO alpha-3 or name.", "CHN,USA"),
    Parameter("period", "Years or months, or a span of them with a slash.", "2019/2024"),
    Parameter("commodity", "Codes of goods; TOTAL, AG2, AG4 or AG6 for all.", "2846,280530"),
    Parameter("flow", f"Directions: {', '.join(FLOWS)}.", "import,export", "import"),
    Parameter("partner", "Other side: all, WLD for the world only, or countries.", "USA,JPN", "all"),
    Parameter("nomenclature", "HS as reported, or one edition.", "H6", "HS", tuple(NOMENCLATURES)),
    Parameter(
        "access",
        "With a key, up to 100,000 rows a request, or the preview without one, up to 500.",
        "preview",
        "key",
        tuple(ROADS),
    ),
)


class Wish(NamedTuple):
    """What the user asks for, in the publisher's codes."""

    reporters: tuple[str, ...]
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    flows: tuple[str, ...]
    partners: tuple[str, ...]
    nomenclature: str
    access: str

    def rows(self) -> int:
        """Rows that the answer may have at most."""
        codes = sum(WILD.get(code, 1) for code in self.codes)
        partners = len(self.partners) or PARTNERS
        return len(self.reporters) * len(self.periods) * codes * len(self.flows) * partners


def locate(parameters: Mapping[str, str]) -> tuple[Request, ...]:
    """Requests for what the user asks for, divided until no answer can reach the publisher's limit.

    A single period, code, flow and reporter is not divided further; where its answer is as long as the
    limit, reading it says so.

    Raises
    ------
    UsageError
        If a parameter is missing or means nothing.
    """
    wish = _wish(parameters)
    return tuple(_request(part) for part in _divided(wish, LIMITS[wish.access]))


def _wish(parameters: Mapping[str, str]) -> Wish:
    """Understand the user's parameters."""
    told = {one.name: parameters.get(one.name, one.default) for one in PARAMETERS}
    for one in PARAMETERS:
        value = told[one.name]
        if not value:
            raise UsageError(f"comtrade needs {one.name}: {one.meaning} Example: {one.name}={one.example}.")
        if one.codes and value not in one.codes:
            raise UsageError(f"comtrade: {one.name} is {value!r}; it is one of {', '.join(one.codes)}.")
    words = {name: _words(value or "") for name, value in told.items()}
    periods = tuple(dict.fromkeys(one for word in words["period"] for one in _periods(word)))
    if len({len(one) for one in periods}) > 1:
        raise UsageError("comtrade: ask for years or for months, not for both at once.")
    return Wish(
        tuple(_number(word, periods[-1]) for word in words["reporter"]),
        periods,
        tuple(_code(word) for word in words["commodity"]),
        tuple(_flow(word) for word in words["flow"]),
        ()
        if words["partner"] == ("all",)
        else tuple(_number(word, periods[-1]) for word in words["partner"]),
        str(told["nomenclature"]),
        str(told["access"]),
    )


def _words(text: str) -> tuple[str, ...]:
    """Words between commas, each once."""
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _number(word: str, period: str) -> str:
    """The publisher's number of a country in a period.

    >>> _number("USA", "2024"), _number("WLD", "2024"), _number("Taiwan", "2024")
    ('842', '0', '490')
    """
    if word == WORLD:
        return "0"
    entry = country(word, on=date(int(period[:4]), 7, 1))
    if entry.comtrade is None:
        raise UsageError(f"comtrade: UN Comtrade has no data for {entry.name}. {entry.note}".strip())
    return str(entry.comtrade)


def _code(word: str) -> str:
    """A code of goods as the publisher takes it."""
    if not _CODE.fullmatch(word):
        raise UsageError(
            f"comtrade: {word!r} is no code of goods; give 2 to 6 digits, TOTAL, AG2, AG4 or AG6."
        )
    return word


def _flow(word: str) -> str:
    """A flow in the publisher's letters."""
    if word not in FLOWS:
        raise UsageError(f"comtrade: {word!r} is no flow; it is one of {', '.join(FLOWS)}.")
    return FLOWS[word]


def _periods(word: str) -> Iterator[str]:
    """Periods of a word: a year, a month, or a span of either.

    >>> list(_periods("2023-11/2024-02"))
    ['202311', '202312', '202401', '202402']
    >>> list(_periods("2024"))
    ['2024']
    """
    span = _SPAN.fullmatch(word)
    if not span and not _ONE.fullmatch(word):
        raise UsageError(
            f"comtrade: {word!r} is no period; give 2024, 2024-04, 2019/2024 or 2024-01/2024-12."
        )
    if not span:
        yield word.replace("-", "")
        return
    first, month, last, until = span.groups()
    if bool(month) != bool(until) or (first, month or "") > (last, until or ""):
        raise UsageError(f"comtrade: {word!r} is no span; give two years or two months, the earlier first.")
    for year in range(int(first), int(last) + 1):
        if not month:
            yield str(year)
        else:
            months = (f"{year}{one:02d}" for one in range(1, 13))
            yield from (one for one in months if f"{first}{month}" <= one <= f"{last}{until}")


def _divided(wish: Wish, limit: int) -> Iterator[Wish]:
    """Parts of a wish whose answers stay under the limit: first by reporter, then period, code and flow."""
    for reporter in wish.reporters:
        part = wish._replace(reporters=(reporter,))
        width = {"codes": min(len(part.codes), CODES), "periods": min(len(part.periods), PERIODS)}
        width["flows"] = len(part.flows)
        while (name := _too_wide(part, width, limit)) is not None:
            width[name] = (width[name] + 1) // 2
        pieces = [_pieces(getattr(part, name), width[name]) for name in width]
        for codes, periods, flows in product(*pieces):
            yield part._replace(codes=codes, periods=periods, flows=flows)


def _too_wide(part: Wish, width: Mapping[str, int], limit: int) -> str | None:
    """What to ask for less of, if the longest piece of a wish may reach the limit."""
    codes = sorted(part.codes, key=lambda code: -WILD.get(code, 1))[: width["codes"]]
    longest = part._replace(
        codes=tuple(codes), periods=part.periods[: width["periods"]], flows=part.flows[: width["flows"]]
    )
    if longest.rows() < limit:
        return None
    return next((name for name in ("periods", "codes", "flows") if width[name] > 1), None)


def _pieces(values: tuple[str, ...], width: int) -> list[tuple[str, ...]]:
    """Values in pieces of at most that width."""
    return [values[first : first + width] for first in range(0, len(values), width)]


def _request(part: Wish) -> Request:
    """One request: totals over second partner, customs procedure and mode of transport."""
    frequency = "A" if len(part.periods[0]) == len("2024") else "M"
    asked = {
        "reporterCode": ",".join(part.reporters),
        "period": ",".join(part.periods),
        "cmdCode": ",".join(part.codes),
        "flowCode": ",".join(part.flows),
        **({"partnerCode": ",".join(part.partners)} if part.partners else {}),
        "partner2Code": "0",
        "customsCode": "C00",
        "motCode": "0",
        "maxRecords": str(LIMITS[part.access]),
        "includeDesc": "false",
    }
    road = f"{ROADS[part.access]}/C/{frequency}/{part.nomenclature}"
    return Request(
        url=f"{road}?{urlencode(asked, safe=',')}",
        file=_file(part, frequency),
        accepts=("application/json",),
        check=check_answer,
        parameters={**asked, "access": part.access},
        key_in="header:Ocp-Apim-Subscription-Key" if part.access == "key" else "",
        limit=LARGEST,
    )


def _file(part: Wish, frequency: str) -> str:
    """A name that tells the request: long lists by their first and last."""
    words = [_brief(one) for one in (part.reporters, part.periods, part.codes, part.flows, part.partners)]
    return "-".join(["comtrade", frequency, part.nomenclature, *words[:4], words[4] or "all"]) + ".json"


def _brief(values: tuple[str, ...]) -> str:
    """A list in a file's name.

    >>> _brief(("2019", "2020", "2021")), _brief(("M",)), _brief(())
    ('2019_2021+1', 'M', '')
    """
    if len(values) <= 1:
        return "".join(values)
    between = f"+{len(values) - 2}" if len(values) > len(("first", "last")) else ""
    return f"{values[0]}_{values[-1]}{between}"
