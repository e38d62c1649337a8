"""A company's own purchases as flows: ``material, country, amount_t`` in a file with a header."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.codes.materials import material as material_of
from monazite.errors import SourceError, UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("material", "country", "amount_t")
LIMIT = 16 * 2**20


def purchases(path: Path) -> dict[str, dict[str, float]]:
    """Amounts in t by material id and country, of one unit mass of the same goods each.

    Raises
    ------
    SourceError
        If the file cannot be read; the message names line, column, what was found and expected.
    """
    found: dict[str, dict[str, float]] = {}
    for line, row in _rows(path):
        name = _known(path, line, row)
        amounts = found.setdefault(name[0], {})
        amounts[name[1]] = amounts.get(name[1], 0.0) + _amount(path, line, row["amount_t"])
    if not found:
        raise SourceError(path.name, found="no purchase", expected="rows under material, country, amount_t")
    return found


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Rows of the file with their lines."""
    try:
        if path.stat().st_size > LIMIT:
            raise SourceError(
                path.name, found=f"{path.stat().st_size:,} bytes", expected="a list of purchases"
            )
        text = path.read_text(encoding="utf-8-sig")
        lines = csv.DictReader(text.splitlines(), strict=True)
        if tuple(lines.fieldnames or ()) != HEADER:
            told = ", ".join(lines.fieldnames or ()) or "nothing"
            raise SourceError(path.name, line=1, found=told, expected=", ".join(HEADER))
        return [(lines.line_num, {name: row[name] or "" for name in HEADER}) for row in lines]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        found = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise SourceError(path.name, found=found, expected="a table of purchases in UTF-8") from error


def _known(path: Path, line: int, row: dict[str, str]) -> tuple[str, str]:
    """Ids of the material and the country of a row."""
    try:
        name = material_of(row["material"]).id
    except UnknownCodeError as error:
        told = str(error).removeprefix("no material named ")
        raise SourceError(
            path.name, line=line, column="material", found=told, expected="a material"
        ) from error
    try:
        place = country(row["country"])
    except UnknownCodeError as error:
        told = repr(row["country"])
        raise SourceError(path.name, line=line, column="country", found=told, expected="a country") from error
    if place.kind not in ("country", "former"):
        raise SourceError(
            path.name, line=line, column="country", found=place.name, expected="a country, not an aggregate"
        )
    return name, place.id


def _amount(path: Path, line: int, text: str) -> float:
    """An amount, finite and at least 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise SourceError(path.name, line=line, column="amount_t", found=repr(text), expected="t, at least 0")
    return value
