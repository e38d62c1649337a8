"""What the compilers of world mineral production have in common: countries by name, figures, units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import country
from monazite.errors import SourceError, UnknownCodeError

if TYPE_CHECKING:
    from monazite.sources.source import Account

NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,12})?", re.ASCII)
_LONGEST_NAME = 80
_MOST_NAMES = 100
"""More names that no list holds, and the column does not hold countries."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A publisher's unit: how many of our ``unit`` one of it is, and what a mass of it counts."""

    unit: str
    factor: Decimal = Decimal(1)
    basis: str = ""


def scaled(text: str, factor: Decimal) -> float | None:
    """A published number in our unit, rounded to 15 significant digits; nothing if it is no number.

    >>> scaled("3285.0", Decimal("0.001")), scaled("1e999", Decimal(1))
    (3.285, None)
    """
    return float(f"{Decimal(text) * factor:.15g}") if NUMBER.fullmatch(text) else None


def exact(value: float) -> dict[str, Any]:
    """Columns of an exact figure."""
    return _interval(value, value, "normal") | {"value": value}


def below_half(factor: Decimal) -> dict[str, Any]:
    """Columns of a figure that is more than nothing and less than half of the publisher's unit."""
    return _interval(0.0, float(factor / 2), "below-half-unit") | {"low_open": True, "high_open": True}


def silent(status: str) -> dict[str, Any]:
    """Columns of a figure that is not there, and why."""
    return _interval(None, None, status)


def _interval(low: float | None, high: float | None, status: str) -> dict[str, Any]:
    """Columns of a figure between two ends, both included."""
    ends = {"low": low, "high": high, "low_open": False, "high_open": False}
    return {"value": None, **ends, "obs_status": status}


# ── countries ─────────────────────────────────────────────────────────────────────────────────


@cache
def _code(name: str, year: int | None) -> str | None:
    """Id of the country of that name in that year; in any year without one."""
    try:
        return country(name, on=date(year, 7, 1) if year else None).id
    except UnknownCodeError:
        return None


@dataclass(slots=True)
class _Seen:
    """How often something was met, and where first."""

    line: int
    rows: int = 0
    meant: str = ""


@dataclass(slots=True)
class Places:
    """The countries of one file: their codes, the names nobody knows, the codes that contradict the name."""

    file: str
    unknown: dict[str, _Seen] = field(default_factory=dict)
    doubtful: dict[tuple[str, str], _Seen] = field(default_factory=dict)

    def code(self, name: str, published: str, year: int, line: int) -> str:
        """Id of the country of that name, as it was in that year; the name itself if nobody knows it.

        ``published`` is the code the file gives beside the name: where it stands for another country
        the name is believed, and the doubt is told.

        Raises
        ------
        SourceError
            If the column holds hundreds of names that no list holds.
        """
        found = self._known(name, year)
        if found is None:
            self._count(self.unknown, name, line)
            return name
        if _contradicts(published, found, year):
            self._count(self.doubtful, (name, published), line, meant=found)
        return found

    def _known(self, name: str, year: int) -> str | None:
        """Id of a country, looked for only where it may be one."""
        if not name or len(name) > _LONGEST_NAME or name in self.unknown:
            return None
        return _code(name, year) or _code(name, None)

    def _count(self, met: dict[Any, _Seen], key: object, line: int, meant: str = "") -> None:
        """Count what was met."""
        if len(met) > _MOST_NAMES:
            found = f"more than {_MOST_NAMES} names that no list holds"
            raise SourceError(self.file, line=line, column="country", found=found, expected="countries")
        met.setdefault(key, _Seen(line, meant=meant)).rows += 1

    def tell(self, account: Account, column: str) -> None:
        """Record what was met, one finding for each name."""
        for name, seen in self.unknown.items():
            account.tell(
                "country-unknown", name or "no name", where=f"{self.file}, line {seen.line}, column {column}",
                found=repr(name), expected="a country", rows=seen.rows,
            )  # fmt: skip
        for (name, code), seen in self.doubtful.items():
            account.tell(
                "country-doubtful", name, where=f"{self.file}, line {seen.line}, column {column}",
                found=f"{name!r} with the code {code}", expected=f"the code of {seen.meant}", rows=seen.rows,
            )  # fmt: skip


@cache
def _contradicts(published: str, found: str, year: int) -> bool:
    """Whether a three-letter code stands for other countries than the one found, then and today."""
    if not re.fullmatch(r"[A-Z]{3}", published):
        return False
    meant = {_code(published, year), _code(published, None)} - {None}
    return bool(meant) and found not in meant
