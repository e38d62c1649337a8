"""A user's file as rows of cells, whatever it is saved as: separated values, workbook or Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from monazite.errors import SourceError, StoreError
from monazite.sources import workbook
from monazite.sources.own.delimited import Delimited
from monazite.store import parquet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.mapping import Form

MOST_ROWS = 5_000_000
MOST_COLUMNS = 2_000
TEXT = 10_001
_PAGE = 20_000
_ZIP, _XLS, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
_OTHERS = {b"%PDF": "a PDF", b"\x1f\x8b": "a gzip file", b"BZh": "a bzip2 file", b"<htm": "a web page",
           b"<!DO": "a web page", b"7z\xbc\xaf": "a 7-zip archive", b"\x89PNG": "a picture"}  # fmt: skip
_NATIVE = frozenset(
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT",
     "DOUBLE", "BOOLEAN")
)  # fmt: skip


class Grid(Protocol):
    """Rows of cells with their line numbers, from 1; ``ragged`` if rows may differ in width.

    ``part`` is the sheet of a workbook.
    """

    @property
    def file(self) -> str:
        """Name of the file."""

    @property
    def part(self) -> str:
        """Name of the sheet; empty for a file that has none."""

    @property
    def ragged(self) -> bool:
        """Whether a row of another width than the header is torn or shifted."""

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row, blank ones too; can be asked for again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    file: str
    part: str
    cells: list[list[Any]]
    ragged: bool = False

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row; an empty cell is None, a time of day its text."""
        for line, cells in enumerate(self.cells, 1):
            yield line, [_cell(cell) for cell in cells]


@dataclass(frozen=True, slots=True)
class Columnar:
    """A Parquet file; its column names count as line 1."""

    path: Path
    file: str
    names: tuple[str, ...]
    chosen: str
    count: int
    part: str = ""
    ragged: bool = False

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The names, then every row, a page at a time."""
        yield 1, list(self.names)
        for first in range(0, self.count, _PAGE):
            page = f"SELECT {self.chosen} FROM given LIMIT {_PAGE} OFFSET {first}"
            for line, row in enumerate(_asked(self.path, self.file, page), first + 2):
                yield line, list(row.values())


def grids(path: Path, file: str, form: Form) -> Iterator[Grid]:
    """The tables of a file: the sheet a mapping names or each in turn, or the one the file is.

    Raises
    ------
    SourceError
        If it is no table, or a damaged one.
    """
    head = _head(path, file)
    if head.startswith((_ZIP, _XLS)):
        yield from _sheets(path, file, form.sheet)
    elif head.startswith(_PARQUET):
        yield _columnar(path, file)
    else:
        for mark, what in _OTHERS.items():
            if head.startswith(mark):
                raise SourceError(file, found=what, expected="separated values, .xlsx or .parquet")
        yield Delimited(path, file, form)


def _head(path: Path, file: str) -> bytes:
    """The first bytes of a file."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
    except (OSError, ValueError) as error:
        raise SourceError(file, found=str(error), expected="a file that can be read") from error
    if not head:
        raise SourceError(file, found="an empty file", expected="a table with a header")
    return head


def _sheets(path: Path, file: str, wanted: str) -> Iterator[Sheet]:
    """The named sheet, or every sheet that holds something."""
    book = workbook.opened(path, file=file)
    for name in (wanted,) if wanted else book.sheets:
        cells = book.rows(name)
        if cells or wanted:
            yield Sheet(file, name, cells)


def _cell(cell: Any) -> Cell:  # noqa: ANN401 - what calamine gives
    """A cell of a workbook."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell if isinstance(cell, str | int | float | bool | date) else str(cell)


def _columnar(path: Path, file: str) -> Columnar:
    """A Parquet file: its columns and how many rows it holds."""
    told = _asked(path, file, "DESCRIBE SELECT * FROM given")
    count = _asked(path, file, "SELECT count(*) AS rows FROM given")[0]["rows"]
    if count > MOST_ROWS or len(told) > MOST_COLUMNS:
        found = f"{count:,} rows and {len(told):,} columns"
        raise SourceError(
            file, found=found, expected=f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns"
        )
    columns = [(row["column_name"], row["column_type"]) for row in told]
    chosen = ", ".join(_chosen(name, kind, f"c{place}") for place, (name, kind) in enumerate(columns))
    return Columnar(path, file, tuple(name for name, _ in columns), chosen, count)


def _chosen(name: str, kind: str, alias: str) -> str:
    """A column in SQL: numbers as numbers, everything else as text that cannot fill the memory."""
    quoted = '"' + name.replace('"', '""') + '"'
    if kind in _NATIVE:
        return f"{quoted} AS {alias}"
    if kind.startswith("DECIMAL") or kind.endswith("HUGEINT"):
        return f"CAST({quoted} AS DOUBLE) AS {alias}"
    return f"left(CAST({quoted} AS VARCHAR), {TEXT}) AS {alias}"


def _asked(path: Path, file: str, sql: str) -> list[dict[str, Any]]:
    """Rows of a query over the file."""
    try:
        return parquet.select({"given": path}, sql)
    except StoreError as error:
        found = str(error).partition("\nin: ")[0]
        raise SourceError(file, found=found[:200], expected="a Parquet file the engine can read") from error
