"""What a column is: a name, a type, a unit, a basis, its codes and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "number", "boolean", "date"]

PYTHON_TYPES: dict[Type, type] = {"text": str, "integer": int, "number": float, "boolean": bool, "date": str}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, declared once and read by the engine, the checks, the docs and the doors.

    ``unit`` is the unit of a number (``1`` for a share, ``%`` never: percent is printed, not
    stored); a unit that varies by row is named after the column that carries it, as
    ``<unit>``. ``codes`` lists the only values a text may take. ``low`` and ``high`` bound a
    number. A ``key`` column is never null; neither is a ``required`` one.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    basis: str = ""
    codes: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    key: bool = False
    required: bool = False

    @property
    def nullable(self) -> bool:
        """Whether a row may leave it empty."""
        return not (self.key or self.required)
