"""One matrix as BEA prints it: rows of codes and names, columns of codes, cells of figures."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.errors import SourceError
from monazite.schema.indicators import CODE
from monazite.schema.input_output import INPUT_OUTPUT
from monazite.sources.source import Rows
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monazite.sources.source import Account
    from monazite.sources.workbook import Cell

    Line = tuple[int, Sequence[Cell]]

Row = dict[str, Any]
NONE = "---"
"""What the interactive tables print where there is no figure."""

MILLION = 1e6
DETAIL = 150
"""More columns than this are industries at the detail level (402); summary tables have at most 95."""

CODE_FORM = re.compile(r"[0-9A-Za-z]{1,12}")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,20})?(?:[eE]-?\d{1,2})?")
UNCODED = "TOTAL"
"""Code of a row of totals to which the publisher gives none."""


class Title(NamedTuple):
    """What a matrix is: which table, how fine, of which year, in which file, in which sheet of it."""

    file: str
    part: str
    matrix: str
    detail: str
    year: int

    @property
    def place(self) -> str:
        """File and sheet."""
        return f"{self.file}/{self.part}" if self.part else self.file

    @property
    def unit(self) -> str:
        """Unit of the figures as they are stored: requirements are per dollar of output."""
        return "1" if self.matrix.startswith("requirements") else "USD"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix: its codes, cells, the line of each row, and the names of its codes."""

    title: Title
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[Sequence[Cell], ...]
    lines: tuple[int, ...]
    names: Mapping[str, str]


def cut(title: Title, header: Sequence[Cell], lines: Sequence[Line], called: Mapping[str, str]) -> Matrix:
    """A matrix from the line of its column codes and the lines below.

    The first column holds the codes of the rows, the second their names unless the header has a code
    there. ``called`` are the names of the columns. Lines without a figure are notes.

    Raises
    ------
    SourceError
        If a code is missing, stands twice, or is no code; or if there is no row.
    """
    first = 2 if len(header) > 1 and not _is_code(header[1]) else 1
    columns = [text_of(cell) for cell in header[first:]]
    while columns and not columns[-1]:
        columns.pop()
    kept = [(number, row) for number, row in lines if len(row) > first and any(map(text_of, row[first:]))]
    rows = [_row_code(row, first) for _, row in kept]
    _check(title.place, "columns", columns)
    _check(title.place, "rows", rows)
    names = dict(called)
    if first > 1:
        names |= {code: text_of(row[1]) for code, (_, row) in zip(rows, kept, strict=True)}
    end = first + len(columns)
    for number, row in kept:
        if len(row) < end or any(map(text_of, row[end:])):
            found = f"{len(row) - first} cells"
            raise SourceError(
                title.place, line=number, found=found, expected=f"{len(columns)}, one for each code"
            )
    cells = tuple(row[first:end] for _, row in kept)
    numbers = tuple(number for number, _ in kept)
    return Matrix(title, tuple(rows), tuple(columns), cells, numbers, names)


def _is_code(cell: Cell) -> bool:
    """Whether a cell of the header is the code of a column, and not the heading of the names."""
    return any(letter.isdigit() for letter in text_of(cell)) and bool(CODE_FORM.fullmatch(text_of(cell)))


def _row_code(row: Sequence[Cell], first: int) -> str:
    """Code of a row; a row of totals may have none."""
    code = text_of(row[0])
    unnamed = not code and first > 1 and text_of(row[1]).casefold().startswith("total")
    return UNCODED if unnamed else code


def _check(place: str, what: str, codes: Sequence[str]) -> None:
    """Refuse codes from which a cell could not be named."""
    wrong = next((code for code in codes if not CODE_FORM.fullmatch(code)), None)
    twice = next((code for code, count in Counter(codes).items() if count > 1), None)
    if not codes or wrong is not None or twice is not None:
        found = f"code {wrong!r}" if wrong is not None else f"code {twice!r} twice" if codes else "none"
        raise SourceError(place, found=f"{what}: {found[:80]}", expected="codes of BEA, each once")


def batches(matrix: Matrix, account: Account, *, names: bool) -> Iterator[Rows]:
    """The cells of a matrix, and once for a file the names of its codes."""
    title = matrix.title
    stamps = {"matrix": title.matrix, "detail": title.detail, "year": title.year, "unit": title.unit}
    yield Rows(INPUT_OUTPUT, cells(matrix, account), stamps)
    if names and matrix.names:
        listed = [{"code": code, "name": name} for code, name in matrix.names.items() if name]
        account.records += len(listed)
        yield Rows(CODE, listed, {"scheme": f"bea-{title.detail}-{title.matrix}"})


def cells(matrix: Matrix, account: Account) -> Iterator[Row]:
    """Cells that hold something; a blank one is no record, one that is no figure is refused."""
    value_added = _value_added(matrix)
    final = matrix.columns.index("T001") + 1 if "T001" in matrix.columns else len(matrix.columns)
    factor = 1.0 if matrix.title.unit == "1" else MILLION
    for row_code, row, line in zip(matrix.rows, matrix.cells, matrix.lines, strict=True):
        for at, (column_code, cell) in enumerate(zip(matrix.columns, row, strict=True)):
            if cell == "":
                continue
            account.records += 1
            number = figure(cell)
            told = {"row_code": row_code, "column_code": column_code, "_line": line}
            if cell == NONE and row_code in value_added and at >= final:
                yield {**told, "obs_status": "not-applicable"}
            elif number is None:
                _refuse(matrix, account, told, cell)
            else:
                yield {**told, "value": number * factor, "obs_status": "normal"}


def figure(cell: Cell) -> float | None:
    """A cell's number: none where there is no transaction is zero; nothing if it is no number.

    >>> figure("---"), figure("-26579"), figure(2.5), figure("n.a.")
    (0.0, -26579.0, 2.5, None)
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell) if math.isfinite(cell) and abs(cell) < 1e15 else None  # noqa: PLR2004 - dollars, in millions
    text = text_of(cell)
    if text == NONE:
        return 0.0
    return float(text) if _NUMBER.fullmatch(text) else None


def _value_added(matrix: Matrix) -> frozenset[str]:
    """Rows of a use table below the commodities: final uses have no value added."""
    if matrix.title.matrix != "use" or "T005" not in matrix.rows:
        return frozenset()
    return frozenset(matrix.rows[matrix.rows.index("T005") + 1 :])


def _refuse(matrix: Matrix, account: Account, told: Row, cell: Cell) -> None:
    """Refuse one cell."""
    account.refuse(
        INPUT_OUTPUT,
        "unreadable",
        found=str(cell)[:80],
        expected=f"a number or {NONE}",
        content=f"{told['row_code']}, {told['column_code']}",
        line=told["_line"],
        column=told["column_code"],
        part=matrix.title.part,
    )
