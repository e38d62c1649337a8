"""What UN Comtrade's codes stand for: flows, nomenclatures, units of quantity, countries at a date.

Read from the publisher's reference lists (``tradeRegimes.json``, ``ListofReferences.json``,
``QuantityUnits.json``); ``docs/sources/comtrade.md`` says where each stands.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from monazite.codes import reviewed
from monazite.codes.countries import WORLD, countries, country
from monazite.errors import UnknownCodeError

Known = Literal["", "unknown", "out-of-time"]

FIRST_YEAR, LAST_YEAR = 1960, 2059
"""Years of the periods that a file may hold; the publisher's begin in 1962."""

ZONE = "world"


class Flow(NamedTuple):
    """A flow in our words, whether goods come in, and the code that tells a part of a flow from the whole."""

    flow: str
    inward: bool
    part: str


FLOWS = {
    "M": Flow("import", inward=True, part=""),
    "X": Flow("export", inward=False, part=""),
    "DX": Flow("domestic-export", inward=False, part=""),
    "RM": Flow("re-import", inward=True, part=""),
    "RX": Flow("re-export", inward=False, part=""),
    "FM": Flow("import", inward=True, part="FM"),
    "MIF": Flow("import", inward=True, part="MIF"),
    "MIP": Flow("import", inward=True, part="MIP"),
    "MOP": Flow("import", inward=True, part="MOP"),
    "XIF": Flow("export", inward=False, part="XIF"),
    "XIP": Flow("export", inward=False, part="XIP"),
    "XOP": Flow("export", inward=False, part="XOP"),
}
NOMENCLATURES = {
    "H0": "HS1992",
    "H1": "HS1996",
    "H2": "HS2002",
    "H3": "HS2007",
    "H4": "HS2012",
    "H5": "HS2017",
    "H6": "HS2022",
    "HS": "HS",
    "S1": "SITC1",
    "S2": "SITC2",
    "S3": "SITC3",
    "S4": "SITC4",
    "BE": "BEC",
    "B4": "BEC",
}
NO_UNIT = ("", "-1", "0", "1", "N/A")
"""Codes and the abbreviation of "no quantity"; 1 is that of the database before 2022."""

_UNITS = (
    ("2", "m²", "m2"),
    ("3", "1000 kWh", "MWh"),
    ("4", "m", "m"),
    ("5", "u", "number"),
    ("6", "2u", "pair"),
    ("7", "l", "l"),
    ("8", "kg", "kg"),
    ("9", "1000u", "1000 number"),
    ("10", "U (jeu/pack)", "pack"),
    ("11", "12u", "dozen"),
    ("12", "m³", "m3"),
    ("13", "carat", "ct"),
    ("14", "km", "km"),
    ("15", "g", "g"),
    ("16", "hive", "hive"),
    ("17", "1000 m³", "1000 m3"),
    ("18", "TJ", "TJ"),
    ("19", "BBL", "bbl"),
    ("20", "1000 L", "1000 l"),
    ("21", "1000 KG", "t"),
    ("22", "kWH", "kWh"),
    ("23", "l alc 100%", "l pure alcohol"),
    ("24", "head", "head"),
    ("25", "kg/net eda", "kg drained"),
    ("26", "kg C5H14ClNO", "kg C5H14ClNO"),
    ("27", "kg P2O5", "kg P2O5"),
    ("28", "kg H2O2", "kg H2O2"),
    ("29", "kg met.am.", "kg methylamines"),
    ("30", "kg N", "kg N"),
    ("31", "kg KOH", "kg KOH"),
    ("32", "kg K2O", "kg K2O"),
    ("33", "kg NaOH", "kg NaOH"),
    ("34", "kg 90% sdt", "kg 90% dry"),
    ("35", "kg U", "kg U"),
    ("36", "ct/l", "t capacity"),
    ("37", "Bq", "Bq"),
    ("38", "gi F/S", "g fissile"),
    ("39", "GRT", "GRT"),
    ("40", "GT", "GT"),
    ("41", "ce/el", "cell"),
)
UNITS = {code: ours for code, _, ours in _UNITS}
ABBREVIATIONS = {published: ours for _, published, ours in _UNITS} | {"m2": "m2", "m3": "m3"}
PER_TONNE = {"kg": 1_000.0, "t": 1.0, "g": 1_000_000.0}
"""How many of a unit of gross or net mass make a tonne."""


class Place(NamedTuple):
    """Who a code stands for: our id, whether it holds others, and what is wrong with the code."""

    id: str
    aggregate: bool
    doubt: Known


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Every country code of UN Comtrade, of any time."""
    own = {row["text"] for row in reviewed.rows("country_names.csv") if row["scheme"] == "comtrade"}
    return frozenset(own | {str(entry.comtrade) for entry in countries() if entry.comtrade is not None})


@lru_cache(maxsize=65_536)
def place(code: str, year: int) -> Place:
    """Who a country code of UN Comtrade stands for in a year.

    A code that was not in use in that year stands for whom it last stood for; one that nobody knows
    stands for itself.

    >>> place("842", 2024).id, place("0", 2024).id, place("490", 2024).id, place("58", 1997).id
    ('USA', 'WLD', 'TWN', 'belgium-luxembourg')
    >>> place("891", 2006).doubt, place("9", 2006)
    ('out-of-time', Place(id='9', aggregate=False, doubt='unknown'))
    """
    if (code.lstrip("0") or "0") not in _codes():
        return Place(code, aggregate=False, doubt="unknown")
    doubt: Known = ""
    try:
        entry = country(code, "comtrade", on=date(year, 7, 1))
    except UnknownCodeError:
        entry, doubt = country(code, "comtrade"), "out-of-time"
    return Place(WORLD if entry.id == ZONE else entry.id, entry.kind == "aggregate", doubt)


@lru_cache(maxsize=1)
def spans() -> tuple[tuple[str, int, int, Place], ...]:
    """Every country code of UN Comtrade with the years in which it stands for one place."""
    told: list[tuple[str, int, int, Place]] = []
    for code in sorted(_codes(), key=int):
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            who = place(code, year)
            if told and told[-1][0] == code and told[-1][3] == who:
                told[-1] = (code, told[-1][1], year, who)
            else:
                told.append((code, year, year, who))
    return tuple(told)
