"""Lines of the export: a number or none, how deep it stands, its text under all texts above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.sources import separated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.sources.source import Given

COLUMNS = ("HTS Number", "Indent", "Description", "Unit of Quantity")
"""Columns that are read; rates of duty are left."""

LIMIT = 64 * 2**20
DEEPEST = 30
_INDENT = re.compile(r"0?\d{1,2}", re.ASCII)
_SPACES = re.compile(r"\s+")


class Line(NamedTuple):
    """A line: its place, its number with dots, the texts from the heading down to its own, its units."""

    line: int
    number: str
    texts: tuple[str, ...]
    units: str
    cells: Sequence[str]


def lines(given: Given) -> Iterator[Line]:
    """Lines of an export; those without a number lend their texts to the lines that stand deeper below.

    Raises
    ------
    SourceError
        If the file is not the export, or a line is torn or stands at no depth.
    """
    separated.check_whole(given.name, given.path, LIMIT)
    with given.path.open("rb") as stream:
        records = separated.records(given.name, separated.lines(given.name, stream))
        _, header = next(records)
        places = separated.positions(given.name, header, COLUMNS)
        above: list[tuple[int, str]] = []
        for line, cells in records:
            separated.check_width(given.name, line, cells, len(header))
            number, indent, description, units = (cells[places[name]] for name in COLUMNS)
            depth = _depth(given.name, line, indent)
            above = [one for one in above if one[0] < depth]
            above.append((depth, _SPACES.sub(" ", description).strip().removesuffix(":").rstrip()))
            yield Line(line, number.strip(), tuple(text for _, text in above if text), units, cells)


def _depth(file: str, line: int, indent: str) -> int:
    """How deep a line stands; it decides which texts are its own, so that no other can be taken for it."""
    if not _INDENT.fullmatch(indent) or int(indent) > DEEPEST:
        raise SourceError(
            file, line=line, column="Indent", found=repr(indent[:80]), expected=f"0 to {DEEPEST}",
            hint="The line is shifted or torn; export the schedule again",
        )  # fmt: skip
    return int(indent)
