"""Columns of the publisher's answers: which direction, nomenclature and regimes a header tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

Direction = Literal["imports", "exports"]

COMMODITIES = {
    "I_COMMODITY": "HS",
    "E_COMMODITY": "HS",
    "NAICS": "NAICS",
    "SITC": "SITC4",
    "I_ENDUSE": "EndUse",
    "E_ENDUSE": "EndUse",
    "USDA": "USDA",
    "HITECH": "HiTech",
}
"""Columns that hold the code of the goods, and the nomenclature; HS is refined by its level."""

DETAIL = {"imports": "HTS", "exports": "ScheduleB"}
"""Nomenclature of ten digits: each direction has its own."""

BREAKDOWNS = {
    "DISTRICT": "district",
    "UNLADING": "unlading",
    "PORT": "port",
    "STATE": "state",
    "RP": "rate",
    "CTY_SUBCODE": "subcountry",
}
"""Columns that divide a flow further, and their names in ``breakdown``; ``-`` is their total."""

PLACES = ("CTY_CODE", "CTY_NAME")
TIMES = ("time", "YEAR", "MONTH")
SPANS = ("MO", "YR")


@dataclass(frozen=True, slots=True)
class Arm:
    """One way of counting a flow, and the beginnings of the names of its columns.

    A row of imports may hold two: goods that entered consumption, and all that arrived.
    """

    regime: str
    value: str
    quantity: str
    quantity_2: str
    duty: str = ""
    weighed: bool = False

    def span(self, names: Iterable[str]) -> str:
        """``MO`` if the names hold its month, else ``YR`` if they hold its year to date, else nothing.

        >>> IMPORTS[0].span(["CON_VAL_YR", "GEN_VAL_MO"]), IMPORTS[1].span(["CON_VAL_YR", "GEN_VAL_MO"])
        ('YR', 'MO')
        """
        held = set(names)
        return next((span for span in SPANS if f"{self.value}_{span}" in held), "")


IMPORTS = (
    Arm("consumption", "CON_VAL", "CON_QY1", "CON_QY2", duty="CAL_DUT"),
    Arm("general", "GEN_VAL", "GEN_QY1", "GEN_QY2", weighed=True),
)
EXPORTS = (Arm("", "ALL_VAL", "QTY_1", "QTY_2", weighed=True),)

WEIGHTS = ("AIR_VAL", "VES_VAL", "AIR_WGT", "VES_WGT")
_MEASURES = [name for arm in (*IMPORTS, *EXPORTS) for name in (arm.value, arm.quantity, arm.quantity_2)]
_FLAGS = [f"{name}_{span}_FLAG" for name in _MEASURES for span in SPANS]
READ = frozenset(
    [
        *COMMODITIES,
        *BREAKDOWNS,
        *PLACES,
        *(name.upper() for name in TIMES),
        *(f"{name}_{span}" for name in (*_MEASURES, *WEIGHTS, "CAL_DUT") for span in SPANS),
        *_FLAGS,
        *("COMM_LVL", "UNIT_QY1", "UNIT_QY2", "DF"),
    ]
)
"""Every column that is read, in capitals; what else a file holds (names, charges, ports) is left."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a header tells: the direction, the code's column and the ways of counting, with their spans."""

    direction: Direction
    commodity: str
    arms: tuple[Arm, ...]
    names: frozenset[str]

    @property
    def nomenclature(self) -> str:
        """Nomenclature of the code's column."""
        return COMMODITIES[self.commodity]


def is_header(names: Iterable[str]) -> bool:
    """Whether names are those of an answer about trade: a code, a value, a time.

    >>> is_header(["I_COMMODITY", "CON_VAL_MO", "time"]), is_header(["I_COMMODITY", "time"])
    (True, False)
    """
    held = {name.upper() for name in names}
    valued = any(arm.span(held) for arm in (*IMPORTS, *EXPORTS))
    return valued and bool(held & COMMODITIES.keys()) and ("TIME" in held or {"YEAR", "MONTH"} <= held)


def header(file: str, names: Iterable[str]) -> Header:
    """What a file's column names tell.

    Raises
    ------
    SourceError
        If a column that every answer has is missing, or if they speak of two directions or codes.
    """
    held = frozenset(name.upper() for name in names)
    imported = tuple(arm for arm in IMPORTS if arm.span(held))
    exported = tuple(arm for arm in EXPORTS if arm.span(held))
    codes = [name for name in COMMODITIES if name in held]
    _need(file, bool(imported or exported), "a value: CON_VAL_MO, GEN_VAL_MO, ALL_VAL_MO or their _YR")
    _need(file, not (imported and exported), "imports or exports, not both")
    _need(file, len(codes) == 1, f"one code of goods, of {', '.join(COMMODITIES)}", ", ".join(codes))
    _need(file, any(name in held for name in PLACES), "the partner: CTY_CODE or CTY_NAME")
    _need(file, "TIME" in held or {"YEAR", "MONTH"} <= held, "the month: time, or YEAR and MONTH")
    return Header("imports" if imported else "exports", codes[0], imported or exported, held)


def _need(file: str, kept: bool, expected: str, found: str = "") -> None:  # noqa: FBT001 - a condition
    """Refuse a header that does not hold what every answer does."""
    if not kept:
        hint = "Ask for it with get=; monazite fetch census does"
        raise SourceError(file, line=1, found=found or "no such column", expected=expected, hint=hint)
