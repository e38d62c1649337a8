"""What a mapping says: which table, how the file is written, which header fills which column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from monazite.sources.source import Licence

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from monazite.schema.tables import Table
    from monazite.sources.own.numerals import Writing
    from monazite.sources.own.outline import Place
    from monazite.sources.own.units import Unit

VERSION = "1"
OWN = Licence("The user's own", "", "forbidden")


@dataclass(frozen=True, slots=True)
class Form:
    """How the file is written; what is empty is found out.

    ``header`` holds the numbers of the header's rows, from 1: none if the file has no header,
    ``None`` if they are looked for.
    """

    sheet: str = ""
    header: tuple[int, ...] | None = None
    encoding: str = ""
    delimiter: str = ""
    writing: Writing | None = None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where a core column comes from, and how its cells are written.

    Exactly one of ``headers`` (several are joined, for a year and a month), ``at`` (its place from 0),
    ``across`` (every header that is a period) and ``value`` (the same for all rows) says where from.
    """

    column: str
    place: Place
    headers: tuple[str, ...] = ()
    at: int | None = None
    across: str = ""
    value: str | None = None
    unit: Unit | None = None
    date: str = ""
    keep: Literal["", "year", "month"] = ""
    scheme: str = "any"
    digits: int | None = None
    zero_is: Literal["zero", "missing"] = "zero"
    zero: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    codes: Dictionary[str, str] = field(default_factory=dict)
    fill_down: bool = False

    @property
    def told(self) -> str:
        """The column of the file, as an analyst finds it."""
        if self.at is not None:
            return f"column {letters(self.at)}"
        return " and ".join(self.headers) or (f"one for each {self.across}" if self.across else "")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, read and checked; ``digest`` names its bytes."""

    name: str
    table: Table
    as_of: str
    columns: Dictionary[str, ColumnMap]
    title: str = "The user's own data"
    publisher: str = "The user"
    licence: Licence = OWN
    form: Form = field(default_factory=Form)
    digest: str = ""


def letters(place: int) -> str:
    """Name of a column in a spreadsheet, from its place.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    text = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        text = chr(ord("A") + left) + text
    return text


def place_of(text: str) -> int | None:
    """Place of a column, from its name in a spreadsheet.

    >>> place_of("AB"), place_of("7")
    (27, None)
    """
    if not (text.isascii() and text.isalpha() and len(text) <= len("XFD")):
        return None
    place = 0
    for letter in text.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
