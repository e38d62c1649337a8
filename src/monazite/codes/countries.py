"""The countries: what each publisher calls them, and from when to when.

``data/countries.csv`` holds one row per country, former country, area or aggregate, and
``data/country_names.csv`` every other code and name, with the period in which it was in use where
that is not the country's own. ``docs/decisions/countries.md`` says where each was read.

The same number means different things to different publishers: the United States are 840 in
ISO 3166 and M49 and 842 in UN Comtrade and BACI; 492 is Monaco in M49 and "Europe EU, nes" in
Comtrade. So name the scheme when you know it.

**Validity** runs in whole calendar years, as annual statistics do, and not to political dates: the
Soviet Union is valid to 31 December 1991 and Russia from 1 January 1992. An empty date is open.
Codes have their own periods where they differ from the country's: Belgium has always existed, and
has a Comtrade code of its own only since 1999.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, cast

from monazite.codes import reviewed
from monazite.errors import UnknownCodeError

Kind = Literal["country", "former", "area", "aggregate"]
Scheme = Literal["any", "iso3", "iso2", "m49", "comtrade", "census", "usgs", "name"]

NUMBERS = ("m49", "comtrade", "census")
WORDS = ("iso3", "iso2", "name", "usgs")
PLACES = ("country", "former")
HOME = "USA"
WORLD, OTHER = "WLD", "OTH"
"""What world totals and countries not named stand under, beside the codes of countries."""
APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


@dataclass(frozen=True, slots=True)
class Country:
    """One row of ``countries.csv``; latitude and longitude in degrees north and east.

    ``id`` is the ISO 3166-1 alpha-3 code of a country and the ISO 3166-3 alpha-4 code of a former one;
    a former one without such a code is ``SDN-2011`` (the ISO code and its last year) or a word in lower
    case, like all areas and aggregates. ``m49`` is also the ISO 3166-1 number. ``comtrade`` is the code of
    UN Comtrade and BACI, ``census`` the four characters of Schedule C. ``usgs`` are the spellings seen in
    USGS files, the newest first. ``latitude`` and ``longitude`` are where a map puts the name.
    An area is a territory, or a place not specified; an aggregate holds countries: never add both.

    Examples
    --------
    >>> korea = country("KOR")
    >>> korea.name, korea.census, korea.usgs[0]
    ('South Korea', '5800', 'Korea, Republic of')
    """

    id: str
    kind: Kind
    name: str
    iso3: str
    iso2: str
    m49: int | None
    comtrade: int | None
    census: str
    usgs: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    note: str
    sources: tuple[str, ...]


class Use(NamedTuple):
    """A code or name of a country, and the period in which it is in use (ends included)."""

    scheme: str
    text: str
    country: Country
    first: date | None
    last: date | None

    def covers(self, on: date) -> bool:
        """Tell whether the code was in use on that day."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    def told(self) -> str:
        """Say what the code stands for and when."""
        since = f" from {self.first}" if self.first else ""
        until = f" to {self.last}" if self.last else ""
        valid = f", valid{since}{until}" if since or until else ""
        after = f", then {', '.join(self.country.successors)}" if self.country.successors else ""
        return f"{self.scheme} {self.text} is {self.country.name}{valid}{after}"


@cache
def countries() -> tuple[Country, ...]:
    """Every country, then every former one, area and aggregate, each in the order of its id.

    Examples
    --------
    >>> sorted({entry.kind for entry in countries()})
    ['aggregate', 'area', 'country', 'former']
    """
    spellings: dict[str, list[str]] = {}
    for row in sorted(
        reviewed.rows("country_names.csv"),
        key=lambda row: "2026" not in row["source"],
    ):
        if row["scheme"] == "usgs":
            spellings.setdefault(row["id"], []).append(row["text"])
    return tuple(_country(row, tuple(spellings.get(row["id"], ()))) for row in reviewed.rows("countries.csv"))


def country(code: str | int, scheme: Scheme = "any", *, on: date | None = None) -> Country:
    """Find the country that a code or name stands for, at a date.

    Parameters
    ----------
    code
        A code or name, in capitals or not. Names are also compared without accents; Schedule C codes may
        have lost their leading zeros.
    scheme
        Whose code it is; a former country's id counts as ``iso3``. ``any`` looks for words in ``iso3``,
        ``iso2``, ``name`` and ``usgs`` and for numbers in ``m49``, ``comtrade`` and ``census``.
    on
        The day the code must be in use. Without it, the one in use today, else the latest.

    Raises
    ------
    UnknownCodeError
        If nobody knows the code, if it was not in use on that day, or if it stands for several
        countries; the message names the nearest names, or the periods, or the countries.

    Examples
    --------
    >>> country(842, "comtrade").id, country(840, "m49").id, country("South Korea").id
    ('USA', 'USA', 'KOR')
    >>> country(891, "comtrade", on=date(1999, 1, 1)).name
    'Serbia and Montenegro'
    >>> country("SUN", on=date(1995, 1, 1))
    Traceback (most recent call last):
    ...
    monazite.errors.UnknownCodeError: no country in 'any' on 1995-01-01 named 'SUN'. iso3 SUN is ...
    """
    uses = _uses(code, scheme)
    if not uses:
        known = [use.text for use in _every_use() if use.scheme in ({scheme} if scheme != "any" else WORDS)]
        raise UnknownCodeError(f"country in {scheme!r}", str(code), known)
    when = f" on {on}" if on else ""
    fitting = [use for use in uses if use.covers(on)] if on else _latest(uses)
    if len({use.country.id for use in fitting}) == 1:
        return fitting[0].country
    hint = "; ".join(use.told() for use in fitting or uses)
    hint = f"It is ambiguous, name the scheme or a date: {hint}" if fitting else hint
    raise UnknownCodeError(f"country in {scheme!r}{when}", str(code), (), hint)


def find_by_usgs_name(name: str) -> Country | None:
    """Find the country a cell of a USGS table names; none where it names a group, a rest or a total.

    A footnote number fused to the name (``China3``) and a remark in parentheses that begins in lower
    case (``Canada (shipments)``) are passed over, for the reader to keep. A remark in capitals is part
    of the name: ``Congo (Kinshasa)`` and ``Congo (Brazzaville)`` are two countries.

    Examples
    --------
    >>> [entry.id for text in ("Burma", "Brazil (beneficiated)") if (entry := find_by_usgs_name(text))]
    ['MMR', 'BRA']
    >>> find_by_usgs_name("China, Germany, and Russia") is None
    True
    """
    for text in (name, _without_remark(name)):
        uses = [use for use in _uses(text, "usgs") + _uses(text, "name") if use.country.kind in PLACES]
        if uses:
            return _latest(uses)[0].country
    return None


def _without_remark(name: str) -> str:
    """Cut a remark in lower case and a footnote number off a name."""
    bare = name.strip().rstrip("0123456789 ")
    before, bracket, remark = bare.rpartition(" (")
    return before if bracket and remark[:1].islower() and remark.endswith(")") else bare


def _uses(code: str | int, scheme: str) -> list[Use]:
    """List what a code stands for, at any time."""
    text = str(code).strip()
    schemes = (scheme,) if scheme != "any" else NUMBERS if text.isdecimal() else WORDS
    return [use for each in schemes for use in _index().get((each, _folded(text, each)), ())]


def _latest(uses: list[Use]) -> list[Use]:
    """Keep the codes in use today, else those last in use."""
    ends = [use.last or date.max for use in uses]
    return [use for use, end in zip(uses, ends, strict=True) if end == max(ends)]


def _folded(text: str, scheme: str) -> str:
    """Bring spellings of one code or name together: capitals, accents, blanks, leading zeros."""
    if scheme in ("m49", "comtrade"):
        return text.lstrip("0") or "0"
    if scheme == "census":
        return text.upper().rjust(4, "0") if text.isdecimal() else text.upper()
    letters = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


@cache
def _index() -> dict[tuple[str, str], list[Use]]:
    """Every code and name by scheme and folded text."""
    index: dict[tuple[str, str], list[Use]] = {}
    for use in _every_use():
        index.setdefault((use.scheme, _folded(use.text, use.scheme)), []).append(use)
    return index


@cache
def _every_use() -> tuple[Use, ...]:
    """Every code and name: first those with a line of their own, then those of the countries' rows."""
    by_id = {entry.id: entry for entry in countries()}
    own = [_own_use(row, by_id[row["id"]]) for row in reviewed.rows("country_names.csv")]
    said = {(use.country.id, use.scheme, use.text) for use in own}
    rows = (use for entry in countries() for use in _row_uses(entry))
    return (*own, *(use for use in rows if (use.country.id, use.scheme, use.text) not in said))


def _own_use(row: dict[str, str], entry: Country) -> Use:
    """Take a line of ``country_names.csv``; without dates it is valid as long as the country."""
    dated = bool(row["first"] or row["last"])
    first = _date(row["first"]) if dated else entry.valid_from
    last = _date(row["last"]) if dated else entry.valid_to
    return Use(row["scheme"], row["text"], entry, first, last)


def _row_uses(entry: Country) -> list[Use]:
    """Give the codes of a country's own row, valid as long as the country."""
    numbers = {scheme: getattr(entry, scheme) for scheme in ("m49", "comtrade")}
    texts = {"iso3": entry.iso3, "iso2": entry.iso2, "census": entry.census, "name": entry.name}
    texts |= {scheme: str(number) for scheme, number in numbers.items() if number is not None}
    pairs = sorted({*texts.items(), ("iso3", entry.id)})
    return [Use(each, text, entry, entry.valid_from, entry.valid_to) for each, text in pairs if text]


def _country(row: dict[str, str], usgs: tuple[str, ...]) -> Country:
    """Read one row of ``countries.csv``."""
    return Country(
        id=row["id"],
        kind=cast("Kind", row["kind"]),
        name=row["name"],
        iso3=row["iso3"],
        iso2=row["iso2"],
        m49=int(row["m49"]) if row["m49"] else None,
        comtrade=int(row["comtrade"]) if row["comtrade"] else None,
        census=row["census"],
        usgs=usgs,
        valid_from=_date(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
        successors=tuple(row["successors"].split()),
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        note=row["note"],
        sources=tuple(row["sources"].split()),
    )


def _date(text: str) -> date | None:
    """Read an ISO date; empty is open."""
    return date.fromisoformat(text) if text else None
