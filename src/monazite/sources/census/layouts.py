"""Layouts of the bulk files anyone may fetch without a key: fixed width, one record for each cell.

Positions are those the publisher prints at
``census.gov/foreign-trade/reference/products/layouts/`` (``imdb``, ``exdb``, ``dporths6i``,
``dporths6e``); ``docs/sources/census.md`` says how each was confirmed. A record is a cell that had
trade this year; figures of the month come first and the year to date, which repeats them, after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.store.archives import checked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Place = tuple[int, int]
"""First and last position of a field, counted from 1, as the publisher prints them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of bulk file: its members' names, the length of a record, the fields that are read.

    ``fields`` go by the names that the API gives the same things; ``level`` is that of its codes.
    """

    id: str
    member: str
    length: int
    level: str
    year: Place
    month: Place
    fields: Mapping[str, Place]
    counted: bool = True

    @property
    def least(self) -> int:
        """Characters a record needs, if the blanks at its end are cut off."""
        return max(last for _, last in self.fields.values())


def _row(first: int, *names: str) -> dict[str, Place]:
    """Fields of 15 characters, one after another.

    >>> _row(44, "CON_QY1_MO", "CON_QY2_MO")
    {'CON_QY1_MO': (44, 58), 'CON_QY2_MO': (59, 73)}
    """
    return {name: (first + 15 * n, first + 15 * n + 14) for n, name in enumerate(names)}


IMDB = Layout(
    "imdb", r"IMP_DETL\.TXT", 688, "HS10", (23, 26), (27, 28),
    {
        "I_COMMODITY": (1, 10), "CTY_CODE": (11, 14), "CTY_SUBCODE": (15, 16), "DISTRICT": (17, 18),
        "UNLADING": (19, 20), "RP": (21, 22), **_row(44, "CON_QY1_MO", "CON_QY2_MO", "CON_VAL_MO"),
        "CAL_DUT_MO": (104, 118), **_row(149, "GEN_QY1_MO", "GEN_QY2_MO", "GEN_VAL_MO"),
    },
)  # fmt: skip
EXDB = Layout(
    "exdb", r"EXP_DETL\.TXT", 323, "HS10", (18, 21), (22, 23),
    {
        "DF": (1, 1), "E_COMMODITY": (2, 11), "CTY_CODE": (12, 15), "DISTRICT": (16, 17),
        **_row(39, "QTY_1_MO", "QTY_2_MO", "ALL_VAL_MO"),
    },
)  # fmt: skip
_WEIGHED = ("AIR_VAL_MO", "AIR_WGT_MO", "VES_VAL_MO", "VES_WGT_MO")
PORTS_IN = Layout(
    "ports-in", r"D?PORTHS6(M|I)[0-9A-Z]*\.TXT", 230, "HS6", (15, 18), (19, 20),
    {
        "I_COMMODITY": (1, 6), "CTY_CODE": (7, 10), "PORT": (11, 14), **_row(21, "GEN_VAL_MO", *_WEIGHED),
    },
    counted=False,
)  # fmt: skip
PORTS_OUT = Layout(
    "ports-out", r"D?PORTHS6(X|E)[0-9A-Z]*\.TXT", 230, "HS6", (15, 18), (19, 20),
    {
        "E_COMMODITY": (1, 6), "CTY_CODE": (7, 10), "PORT": (11, 14), **_row(21, "ALL_VAL_MO", *_WEIGHED),
    },
    counted=False,
)  # fmt: skip
LAYOUTS = (IMDB, EXDB, PORTS_IN, PORTS_OUT)


def layout_of(path: Path, file: str) -> tuple[Layout, str]:
    """Which layout an archive's file of records has, and the member's name.

    Raises
    ------
    SourceError
        If the archive is damaged or hostile, or holds no such file.
    """
    for member in checked(path, file=file):
        base = PurePosixPath(member).name.upper()
        for layout in LAYOUTS:
            if re.fullmatch(layout.member, base):
                return layout, member
    expected = "IMP_DETL.TXT, EXP_DETL.TXT or PORTHS6*.TXT"
    raise SourceError(
        file, found="no such member", expected=expected, hint="Fetch an IMDB, EXDB or PORTHS6 zip"
    )
