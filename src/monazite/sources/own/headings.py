"""Where the header stands, and what its names are: below titles, over two rows, with units in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from monazite.errors import SourceError, nearest
from monazite.sources.own import units
from monazite.sources.own.cells import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.grids import Grid
    from monazite.sources.own.mapping import Form
    from monazite.sources.own.units import Unit

SEARCHED = 60
LONGEST = 300
MOST_COLUMNS = 16_384
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_AFTER = re.compile(r"(?:,|:|\bin\b|_|-)\s*([^,:]{1,30})$")
_WORD = re.compile(
    r"(?:^|[\s_])([^\s_]{1,12}(?:[\s_](?:mn|m|bn|thousand|million|billion|mio))?)$", re.IGNORECASE
)

Row = tuple[int, "list[Cell]"]


@dataclass(frozen=True, slots=True)
class Heading:
    """Names of the columns in order, and the line the header ends on; 0 if there is none."""

    names: tuple[str, ...]
    line: int

    def places(self, wanted: str) -> list[int]:
        """Places of a name: as written, else without capitals."""
        exact = [place for place, name in enumerate(self.names) if name == wanted]
        folded = wanted.casefold()
        return exact or [place for place, name in enumerate(self.names) if name.casefold() == folded]


def named(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Names of the columns from one row, or two of which the upper spans.

    >>> named([["Country", "2024", None], [None, "Value", "Tonnes"]])
    ('Country', '2024 Value', '2024 Tonnes')
    """
    width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
    texts = [[plain(cell)[:LONGEST] for cell in row[:width]] + [""] * (width - len(row)) for row in rows]
    if len(texts) > 1:
        texts[0] = _spread(texts[0])
    return tuple(
        " ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*texts, strict=True)
    )


def _spread(cells: list[str]) -> list[str]:
    """The upper of two rows, each name carried over the empty cells to its right."""
    carried, last = [], ""
    for cell in cells:
        last = cell or last
        carried.append(last)
    return carried


def located(grid: Grid, form: Form, wanted: frozenset[str]) -> Heading:
    """The header of a file: in the rows the mapping says, or the first that holds every wanted name.

    Raises
    ------
    SourceError
        If no row holds them all; the message names what is lacking and the nearest names there are.
    """
    if form.header == ():
        return Heading((), 0)
    top = list(islice(grid.rows(), SEARCHED + max(form.header or (0,))))
    if form.header:
        found = Heading(named([cells for line, cells in top if line in form.header]), form.header[-1])
        _check(grid, found, wanted)
        return found
    candidates = _candidates(top[:SEARCHED])
    best = max(candidates, key=lambda each: len(wanted) - len(_lacking(each, wanted)), default=Heading((), 1))
    _check(grid, best, wanted)
    return best


def _candidates(top: list[Row]) -> list[Heading]:
    """Single rows, then pairs of neighbours, that may be the header."""
    held = [(line, cells) for line, cells in top if any(cell is not None for cell in cells)]
    single = [Heading(named([cells]), line) for line, cells in held]
    double = [Heading(named([above, below]), line) for (_, above), (line, below) in pairwise(top)]
    return single + double


def _lacking(heading: Heading, wanted: Iterable[str]) -> list[str]:
    """Wanted names a header does not hold."""
    return sorted(name for name in wanted if not heading.places(name))


def _check(grid: Grid, heading: Heading, wanted: frozenset[str]) -> None:
    """Refuse a header that lacks a name, or holds one twice."""
    for name in sorted(wanted):
        if (count := len(heading.places(name))) > 1:
            hint = "Say at: with the letters of the column instead of from:"
            found = f"{count} columns of that name"
            raise SourceError(
                told(grid), line=heading.line, column=name, found=found, expected="one", hint=hint
            )
    for name in _lacking(heading, wanted):
        there = [each for each in heading.names if each]
        close = nearest(name, there[:500]) if len(name) <= LONGEST else ()
        hint = f"Nearest: {', '.join(close)}" if close else f"There are: {', '.join(there[:20])}"
        raise SourceError(
            told(grid), line=heading.line or None, column=name[:LONGEST], found="no such column",
            expected="the header the mapping names", hint=hint,
        )  # fmt: skip


def told(grid: Grid) -> str:
    """A file, with the sheet of a workbook."""
    return f"{grid.file}/{grid.part}" if grid.part else grid.file


def unit_in(header: str) -> Unit | None:
    """The unit a header names: in brackets, after a comma or "in", or as its last word.

    >>> [unit_in(name).text for name in ("Net weight (kg)", "Value, USD mn", "Imports in 1000 USD", "wgt_kg")]
    ['kg', 'USD mn', '1000 USD', 'kg']
    >>> unit_in("Partner") is None
    True
    """
    header = header[:LONGEST].strip()
    if len(header) == 1:
        return None
    texts = [*_BRACKETS.findall(header), *_AFTER.findall(header), *_WORD.findall(header)]
    for text in texts:
        found = units.unit(text.replace("_", " ").strip())
        if found and found.text not in _TOO_SHORT:
            return found
    return None


_TOO_SHORT = frozenset(("no", "nr", "m", "g", "l", "u", "1", "ct", "share", "each", "items", "index"))


def bare(header: str) -> str:
    """A header without what stands in brackets.

    >>> bare("Net weight (kg)")
    'Net weight'
    """
    return " ".join(_BRACKETS.sub(" ", header[:LONGEST]).split())
