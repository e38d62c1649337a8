"""Scores the user brings: ability and willingness to supply by country, vulnerability by material.

Each is a table with a header: ``country,score`` or ``material,score``. The policy perception index of the
Fraser Institute runs from 0 to 100; the others from 0 to 1, 1 being worst. None of them may be shipped.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.codes.materials import material
from monazite.errors import SourceError, UnknownCodeError
from monazite.methods.supply_risk import inability

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LIMIT = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Scores:
    """Inability and unwillingness to supply by country, economic vulnerability by material; each in 0-1."""

    unable: Mapping[str, float]
    unwilling: Mapping[str, float]
    vulnerability: Mapping[str, float] = field(default_factory=dict)


def scores(fraser: Path | None, willingness: Path | None, vulnerability: Path | None) -> Scores | None:
    """Scores of the files given; nothing unless ability and willingness are both there.

    Raises
    ------
    SourceError
        If a file cannot be read; the message names line, column, what was found and expected.
    """
    spent = _read(vulnerability, "material", 1.0) if vulnerability else {}
    ability = _read(fraser, "country", 100.0) if fraser else {}
    unwilling = _read(willingness, "country", 1.0) if willingness else {}
    if not ability or not unwilling:
        return None
    unable = {one: float(inability([points])[0]) for one, points in ability.items()}
    return Scores(unable, unwilling, spent)


def _read(path: Path, what: str, most: float) -> dict[str, float]:
    """A table of scores by id."""
    known: Callable[[str], str] = _country if what == "country" else _material
    try:
        if path.stat().st_size > LIMIT:
            raise SourceError(path.name, found=f"{path.stat().st_size:,} bytes", expected="a table of scores")
        lines = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True)
        if tuple(lines.fieldnames or ()) != (what, "score"):
            told = ", ".join(lines.fieldnames or ()) or "nothing"
            raise SourceError(path.name, line=1, found=told, expected=f"{what}, score")
        found: dict[str, float] = {}
        for row in lines:
            one = _known(path, lines.line_num, what, str(row[what]), known)
            if one in found:
                raise SourceError(
                    path.name, line=lines.line_num, column=what, found=f"{one} twice", expected="each once"
                )
            found[one] = _score(path, lines.line_num, row["score"], most)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        told = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise SourceError(path.name, found=told, expected="a table of scores in UTF-8") from error
    return found


def _country(text: str) -> str:
    """Id of a country."""
    return country(text).id


def _material(text: str) -> str:
    """Id of a material."""
    return material(text).id


def _known(path: Path, line: int, what: str, text: str, known: Callable[[str], str]) -> str:
    """The id of a country or material."""
    try:
        return known(text)
    except UnknownCodeError as error:
        raise SourceError(
            path.name, line=line, column=what, found=repr(text), expected=f"a {what}"
        ) from error


def _score(path: Path, line: int, text: str | None, most: float) -> float:
    """A score between 0 and the most."""
    try:
        value = float(text or "")
    except ValueError:
        value = math.nan
    if not 0 <= value <= most:
        raise SourceError(path.name, line=line, column="score", found=repr(text), expected=f"0 to {most:g}")
    return value
