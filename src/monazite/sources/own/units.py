"""Units a mapping or a file may name, and what one of each is in ours.

``units.csv`` holds one line per spelling. Spellings are compared without capitals, except that a
spelling found as written goes first: ``Mt`` is a million tonnes and ``MT``, in customs writing, one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from monazite.codes import reviewed

KEPT = frozenset(("mass", "count", "area", "volume", "length", "index", "persons"))
"""What is kept in its own unit where the unit stands beside the number; shares and money never are."""

BASE = {"mass": "t", "money": "USD", "share": "1", "price": "USD/t", "volume": "m3"}
FOREIGN = frozenset(
    ("eur", "euro", "euros", "€", "gbp", "£", "cny", "rmb", "yuan", "jpy", "yen", "¥", "inr", "chf", "aud",
     "cad", "krw", "brl", "rub", "mxn")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as spelled: what it measures, our name, and how many of our base unit one of it is.

    The base units are t, USD, 1 (a share), number, m2, m3 and USD/t. ``unit`` is the name to print
    beside a quantity that is kept in its own unit (kg), ``size`` how many of those one is.
    """

    text: str
    measures: str
    unit: str
    factor: Decimal

    @property
    def size(self) -> Decimal:
        """How many of ``unit`` one of it is: 1000 for a thousand kg."""
        return self.factor / of_one(self.unit)


def unit(text: str) -> Unit | None:
    """The unit of that spelling; ``None`` for one that no line holds.

    >>> unit("USD mn").factor, unit("Mt").factor, unit("MT").factor, unit("thousand kg").size
    (Decimal('1000000'), Decimal('1000000'), Decimal('1'), Decimal('1E+3'))
    """
    written = " ".join(text.split())
    return _as_written().get(written) or _folded().get(_fold(written))


def stored(text: str, codes: tuple[str, ...] = ()) -> tuple[str, Decimal] | None:
    """The unit a number is kept in where its unit stands beside it, and how many of that one of it is.

    ``codes`` are the only units the table takes, if it has such a list; ``None`` if no line or no code fits.

    >>> stored("thousand kg"), stored("kg", ("t", "ct")), stored("percent")
    (('kg', Decimal('1E+3')), ('t', Decimal('0.001')), ('1', Decimal('0.01')))
    """
    found = unit(text)
    if found is None:
        return None
    if found.unit in codes or (not codes and found.measures in KEPT):
        return found.unit, found.size
    base = BASE.get(found.measures, found.unit)
    return (base, found.factor) if not codes or base in codes else None


def spellings(measures: str = "") -> tuple[str, ...]:
    """Every spelling, or those of units that measure one thing, as written in the list."""
    return tuple(text for text, each in _as_written().items() if measures in ("", each.measures))


def foreign(text: str) -> bool:
    """Whether a unit names a currency other than the US dollar.

    >>> foreign("thousand EUR"), foreign("thousand USD")
    (True, False)
    """
    return not FOREIGN.isdisjoint(text.casefold().replace("€", " € ").replace("£", " £ ").split())


@cache
def _as_written() -> dict[str, Unit]:
    """Units by spelling."""
    rows = reviewed.rows("units.csv", __package__)
    return {
        row["text"]: Unit(row["text"], row["measures"], row["unit"], Decimal(row["factor"])) for row in rows
    }


@cache
def _folded() -> dict[str, Unit]:
    """Units by spelling without capitals; where two agree, the first line."""
    return {_fold(text): each for text, each in reversed(_as_written().items())}


def _fold(text: str) -> str:
    """A spelling without capitals, blanks around signs and typographic apostrophes."""
    return text.casefold().replace("’", "'").replace("$ ", "$").replace(" $", "$").replace(" '", "'")


@cache
def of_one(name: str) -> Decimal:
    """How many of our base unit one of a unit of our own name is; 1 for a name no line holds."""
    own = _as_written().get(name)
    return own.factor if own else Decimal(1)
