"""A first look at a file: which sheet, which rows are the header, and what stands in its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.own import periods, places, units
from monazite.sources.own.cells import plain
from monazite.sources.own.grids import grids
from monazite.sources.own.headings import Heading, named, told, unit_in
from monazite.sources.own.mapping import Form
from monazite.sources.own.suggesting import headers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.grids import Grid

ROWS = 2_000
SEARCHED = 40
MOST_COLUMNS = 300
_DISTINCT = 200
_SHEETS = 12
_WIDE = 3
_BETTER = 1.05
_PAIR = 0.25
_MOSTLY = 0.5
_NAMES = 2  # a single cell is a title

Row = tuple[int, "list[Cell]"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One column of a file: its place, its header, its first cells and the different ones among them."""

    place: int
    header: str
    cells: tuple[Cell, ...]
    distinct: tuple[Cell, ...]
    repeated: bool = False

    @property
    def period(self) -> str:
        """The period its header names, in a wide table; empty if none."""
        try:
            return periods.period(self.header).text if self.header else ""
        except periods.NotAPeriodError:
            return ""


@dataclass(frozen=True, slots=True)
class Look:
    """A table as it was found: where its header stands, and a sample of each column."""

    grid: Grid
    heading: Heading
    rows: tuple[int, ...]
    samples: tuple[Sample, ...]
    titles: tuple[str, ...] = ()
    wide: tuple[Sample, ...] = field(default=())


def look(path: Path, tables: Sequence[str]) -> Look:
    """The table in a file whose header says most.

    Raises
    ------
    SourceError
        If the file holds no table.
    """
    best: tuple[float, Look] | None = None
    for grid in islice(grids(path, path.name, Form()), _SHEETS):
        top = list(islice(grid.rows(), ROWS + SEARCHED))
        if (found := _header(top, tables)) is not None:
            score, lines, heading = found
            if best is None or score > _BETTER * best[0]:
                best = (score, _look(grid, top, lines, heading))
    if best is None:
        raise SourceError(
            path.name, found="no row of names above rows of cells", expected="a table with a header"
        )
    return best[1]


def _header(top: Sequence[Row], tables: Sequence[str]) -> tuple[float, tuple[int, ...], Heading] | None:
    """The row, or pair of rows, that is most like a header."""
    candidates: list[tuple[float, tuple[int, ...], tuple[str, ...]]] = []
    for place, (line, cells) in enumerate(top[:SEARCHED]):
        names = named([cells])
        candidates.append((_score(names, top[place + 1 :], tables), (line,), names))
    for place, ((upper, above), (line, below)) in enumerate(pairwise(top[:SEARCHED])):
        if _spans(above, below):
            names = named([above, below])
            candidates.append((_score(names, top[place + 2 :], tables) - _PAIR, (upper, line), names))
    best = max(candidates, key=lambda each: each[0], default=None)
    if best is None or best[0] <= 0:
        return None
    return best[0], best[1], Heading(best[2], best[1][-1])


def _spans(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether two rows may be one header: a few names over more of them, or units below names."""
    upper = [cell for cell in above if cell is not None]
    lower = [cell for cell in below if cell is not None]
    if len(upper) < _NAMES or not lower or len(upper) == len(lower) == len(above):
        return False
    if all(isinstance(cell, str) and units.unit(cell.strip("()[] ")) for cell in lower):
        return True
    return len(lower) > 1 and all(isinstance(cell, str) and not _numeric(cell) for cell in lower)


def _score(names: Sequence[str], below: Sequence[Row], tables: Sequence[str]) -> float:
    """How like a header a row is: names that mean something, words, units, full columns below."""
    held = [place for place, name in enumerate(names[:MOST_COLUMNS]) if name]
    rows = [row for _, row in below[:20] if sum(cell is not None for cell in row) > 1][:8]
    if len(held) < _NAMES or not rows:
        return 0.0
    known = {names[place] for place in held if headers.meant(names[place], tuple(tables))}
    repeated = len(held) - len({names[place] for place in held})
    measured = sum(unit_in(names[place]) is not None for place in held)
    years = sum(_is_period(names[place]) for place in held)
    words = sum(not _numeric(names[place]) for place in held)
    labels = min(1.0, (words + years * (years >= _WIDE)) / len(held))
    score = 3 * len(known) + 2 * labels + min(len(held), 20) / 20 + 0.3 * measured - repeated
    return score * sum(_full(rows, place) for place in held) / len(held) * (labels > _MOSTLY)


def _full(rows: Sequence[Sequence[Cell]], place: int) -> float:
    """Share of rows that hold something in a column."""
    return sum(place < len(row) and row[place] is not None for row in rows) / len(rows)


def _numeric(text: str) -> bool:
    """Whether a text is a number, roughly."""
    return text.strip().strip("%$€()+-").replace(",", "").replace(".", "").replace(" ", "").isdigit()


def _is_period(name: str) -> bool:
    """Whether a name is a period, as headers of wide tables are."""
    try:
        return bool(periods.period(name[:40]))
    except periods.NotAPeriodError:
        return False


def _look(grid: Grid, top: Sequence[Row], lines: tuple[int, ...], heading: Heading) -> Look:
    """Samples of the columns below a header, totals and remarks left out."""
    rows = [row for line, row in top if line > heading.line and _is_data(row)]
    names = heading.names[:MOST_COLUMNS]
    samples = tuple(_sample(place, name, rows, names.count(name) > 1) for place, name in enumerate(names))
    wide = tuple(each for each in samples if each.period)
    titles = tuple(
        plain(cell) for line, row in top if line < lines[0] for cell in row if isinstance(cell, str)
    )
    return Look(
        grid, heading, lines, tuple(each for each in samples if each.cells), (*titles, told(grid)),
        wide if len(wide) >= _WIDE else (),
    )  # fmt: skip


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row is neither blank, nor a remark, nor a total."""
    held = [cell for cell in row if cell is not None]
    return len(held) > 1 and not any(isinstance(cell, str) and places.total(cell) for cell in held)


def _sample(place: int, name: str, rows: Sequence[Sequence[Cell]], repeated: bool) -> Sample:  # noqa: FBT001
    """Cells of one column."""
    cells = tuple(row[place] if place < len(row) else None for row in rows)
    distinct = tuple(dict.fromkeys(cell for cell in cells if cell is not None))[:_DISTINCT]
    return Sample(place, name, cells if distinct else (), distinct, repeated)
