"""A table of the European Union's results as a user saves it: figures, and the defects such tables have.

A CSV in UTF-8 with a header, its columns in any order: ``material``, ``SR``, ``EI``, and if at hand ``stage``
(E extraction, P processing), ``SI_EI``, ``SI_SR``, ``IR_primary``, ``IR_refined`` and ``EoL_RIR``, the last
three in percent. Other columns are not read. Decimals are written with a point.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LIMIT = 4 * 2**20
NEEDED = ("material", "SR", "EI")
NUMBERS = {"SR": 10.0, "EI": 10.0, "SI_EI": 1.5, "SI_SR": 1.5, "IR_primary": 100.0, "IR_refined": 100.0,
           "EoL_RIR": 100.0}  # fmt: skip
"""Columns of numbers, and the most each can be."""
STAGES = ("E", "P", "")
BEYOND = "beyond the last column"
"""Under which cells stand that the header has no name for."""


@dataclass(frozen=True, slots=True)
class Result:
    """One row: figures by column, none where blank or unreadable; ``wrong`` names column, found, rule."""

    line: int
    material: str
    figures: dict[str, float | None]
    wrong: tuple[tuple[str, str, str], ...] = field(default=())
    stage: str = ""

    @property
    def recycling(self) -> float | None:
        """End-of-life recycling input rate, a share."""
        percent = self.figures.get("EoL_RIR")
        return None if percent is None else percent / 100

    @property
    def substitution(self) -> float | None:
        """Substitution index for supply risk."""
        return self.figures.get("SI_SR")


def results(path: Path) -> tuple[Result, ...]:
    """Rows of a table of results.

    Raises
    ------
    SourceError
        If it cannot be read, lacks a column or has one twice; a cell that is wrong is kept with the row,
        never repaired.
    """
    try:
        if path.stat().st_size > LIMIT:
            raise SourceError(
                path.name, found=f"{path.stat().st_size:,} bytes", expected="a table of results"
            )
        text = io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")
        lines = csv.DictReader(text, restkey=BEYOND, strict=True)
        _check(path.name, lines.fieldnames or ())
        rows = [
            (lines.line_num, row) for row in lines if any(str(cell or "").strip() for cell in row.values())
        ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        told = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise SourceError(path.name, found=told, expected="a table in UTF-8") from error
    if not rows:
        raise SourceError(path.name, found="no row", expected="a row for each material")
    return tuple(_result(line, row) for line, row in rows)


def _check(file: str, header: Sequence[str]) -> None:
    """Refuse a header that lacks a column or names one twice."""
    for name in (*NEEDED, "stage", *NUMBERS):
        if name in NEEDED and name not in header:
            raise SourceError(file, line=1, found=f"no column {name}", expected="material, SR, EI and others")
        if header.count(name) > 1:
            raise SourceError(file, line=1, column=name, found="it twice", expected="each column once")


def _result(line: int, row: dict[str, str | None]) -> Result:
    """One row with what is wrong in it; of a row without a name no figure is taken."""
    name, stage = ((row.get(column) or "").strip() for column in ("material", "stage"))
    read = {column: _figure(row[column] or "", most) for column, most in NUMBERS.items() if column in row}
    wrong = [(column, repr(row[column]), rule) for column, (_, rule) in read.items() if rule]
    named = bool(name) and not _is_number(name)
    shifted = {"material": not named, "stage": stage not in STAGES, BEYOND: bool(row.get(BEYOND))}
    wrong += [(column, repr(row[column]), "column-shifted") for column, is_so in shifted.items() if is_so]
    figures = {column: value if named else None for column, (value, _) in read.items()}
    return Result(line, name if named else f"line {line}", figures, tuple(wrong), stage)


def _figure(text: str, most: float) -> tuple[float | None, str]:
    """A number with the rule it breaks; a blank is no number and breaks none.

    >>> _figure("281%", 100), _figure("E", 10), _figure("5,6", 10)
    ((None, 'figure-implausible'), (None, 'column-shifted'), (None, 'value-unreadable'))
    >>> _figure("", 10), _figure("5.6", 10)
    ((None, ''), (5.6, ''))
    """
    bare = text.strip().removesuffix("%").strip()
    if not bare:
        return None, ""
    if not _is_number(bare):
        return None, "value-unreadable" if any(sign.isdigit() for sign in bare) else "column-shifted"
    value = float(bare)
    if not (math.isfinite(value) and 0 <= value <= most):
        return None, "figure-implausible"
    return value, ""


def _is_number(text: str) -> bool:
    """Whether a cell holds a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True
