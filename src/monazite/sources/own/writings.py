"""Which way each column of a file writes its numbers, and what stays in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.sources.own.notes import Seen
from monazite.sources.own.numerals import ENGLISH, MIXED, Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from monazite.sources.own.grids import Grid
    from monazite.sources.own.headings import Heading
    from monazite.sources.own.mapping import Mapping
    from monazite.sources.own.numerals import Writing

Doubt = tuple[str, Seen]


def decided(
    grid: Grid, heading: Heading, mapping: Mapping, numbers: Dictionary[str, tuple[int, ...]]
) -> tuple[dict[str, Writing], list[Doubt]]:
    """The writing of each column of numbers, and a doubt for each that nothing decides.

    What the mapping says goes first; then what the column's own cells show, then the whole file's.
    """
    if mapping.form.writing is not None:
        return dict.fromkeys(numbers, mapping.form.writing), []
    heard = {name: Evidence() for name in numbers}
    whole = Evidence()
    _hear(grid, heading, numbers, heard, whole)
    usual = whole.decided if whole.decided != MIXED else None
    writings = {name: each.decided or usual or ENGLISH for name, each in heard.items()}
    doubts = [
        (name, _seen(mapping.columns[name].told, each))
        for name, each in heard.items()
        if each.doubtful and (each.decided or usual) in (None, MIXED)
    ]
    return writings, doubts


def _hear(
    grid: Grid, heading: Heading, numbers: Dictionary[str, tuple[int, ...]], heard: Dictionary[str, Evidence],
    whole: Evidence,
) -> None:  # fmt: skip
    """Go through every numeral of the file."""
    wanted = [(heard[name], place) for name, places in numbers.items() for place in places]
    for line, row in grid.rows():
        if line <= heading.line:
            continue
        for evidence, place in wanted:
            cell = row[place] if place < len(row) else None
            if isinstance(cell, str) and len(cell) < 40 and ("," in cell or "." in cell):  # noqa: PLR2004
                evidence.hear(cell, line)
                whole.hear(cell, line)


def _seen(column: str, evidence: Evidence) -> Seen:
    """A numeral that can be read two ways."""
    sign = "." if "." in evidence.doubtful else ","
    other = "," if sign == "." else "."
    known = "other cells say otherwise" if evidence.decided == MIXED else "read as if it were '.'"
    expected = f"decimal: {sign!r} or decimal: {other!r} in the mapping; {known}"
    return Seen(evidence.line, column, repr(evidence.doubtful), expected)
