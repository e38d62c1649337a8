"""A user's file of any size: its columns, and its rows as the engine reads them.

A Parquet file is read where it lies. A CSV file is read once, as text, into a Parquet file of the
scratch folder: codes and keys stay as they are written, amounts become numbers.
"""

from __future__ import annotations

import csv
import glob
import gzip
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from monazite.errors import SourceError, UsageError
from monazite.store.engine import connect, fetched, name, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

PARQUET = (".parquet", ".pq")
DELIMITED = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")
DELIMITERS = (",", ";", "\t", "|")
MARKS = ("", "na", "n/a", "nan", "none", "null", "-", "–", "..", ":")
"""What stands for a number that is missing."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
SAMPLE = 1000
"""Rows that are looked at to tell what a column is."""

_TYPES = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)")


class Field(NamedTuple):
    """A column of a file, and whether it holds numbers as far as the first rows tell."""

    name: str
    number: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a file are, in its order: one holds the code, some are amounts, the others keys."""

    columns: tuple[str, ...]
    code: str
    values: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that are neither."""
        return tuple(one for one in self.columns if one != self.code and one not in self.values)


def fields(path: Path) -> tuple[Field, ...]:
    """The columns of a CSV or Parquet file.

    Raises
    ------
    UsageError
        If there is no such file, or its ending says it is neither.
    SourceError
        If it cannot be read.
    """
    _check(path)
    if not is_parquet(path):
        first = sample(path)
        return tuple(Field(one, _numbers([row[one] for row in first])) for one in _header(path)[1])
    described = _fetched(path, f"DESCRIBE SELECT * FROM {_source(path)}")
    return tuple(Field(one["column_name"], bool(_TYPES.fullmatch(one["column_type"]))) for one in described)


def sample(path: Path) -> list[dict[str, str | None]]:
    """The first rows of a file, every cell as text.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    return list(_fetched(path, f"SELECT COLUMNS(*)::VARCHAR FROM {_source(path)} LIMIT {SAMPLE}"))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a small Parquet file.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    yield from _fetched(path, f"SELECT * FROM {_source(path)}")


def opened(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout, scratch: Path) -> None:
    """Make the view ``given``: the code as ``c``, the keys as ``k0`` ..., the amounts as ``v0`` ....

    Raises
    ------
    SourceError
        If the file cannot be read or an amount is no number, with its line.
    """
    try:
        selected = _selected(path, layout)
        if not is_parquet(path):
            staged = text(scratch / "given.parquet")
            connection.execute(f"COPY ({selected}) TO {staged} (FORMAT parquet)")
            selected = f"SELECT * FROM read_parquet({staged})"
        connection.execute(f"CREATE VIEW given AS {selected}")
        for number, _ in enumerate(layout.values):
            connection.execute(f"SELECT max(v{number}) FROM given")
    except _engine_error() as error:
        _tell_number(path, layout)
        raise unreadable(path, error) from error


def is_parquet(path: Path) -> bool:
    """Whether a file is Parquet, by its ending."""
    return path.name.lower().endswith(PARQUET)


def unreadable(path: Path, error: Exception) -> SourceError:
    """The engine's complaint about a file, as one about the file."""
    told = str(error)
    line = re.search(r"Line: (\d+)", told)
    kind = "a Parquet file" if is_parquet(path) else "delimited text in UTF-8 whose rows have equal length"
    said = next((one for one in told.splitlines()[1 if line else 0 :] if one.strip()), told.strip())
    return SourceError(str(path), line=int(line[1]) if line else None, found=said.strip(" ."), expected=kind)


def _fetched(path: Path, sql: str) -> list[dict[str, Any]]:
    """Rows of a query over a file."""
    connection = connect()
    try:
        return fetched(connection, sql)
    except _engine_error() as error:
        raise unreadable(path, error) from error
    finally:
        connection.close()


def _check(path: Path) -> None:
    """Refuse what is no file of a form that is read."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file.")
    if not path.name.lower().endswith((*PARQUET, *DELIMITED)):
        raise UsageError(f"{path}: convert reads {', '.join((*DELIMITED, *PARQUET))}; name the file so.")


def _source(path: Path) -> str:
    """A file as a table of the engine; delimited text as text."""
    literal = text(glob.escape(str(path)))
    if is_parquet(path):
        return f"read_parquet({literal}, hive_partitioning = false)"
    delimiter, columns = _header(path)
    listed = ", ".join(f"{text(one)}: 'VARCHAR'" for one in columns)
    form = f"header = true, auto_detect = false, delim = {text(delimiter)}, quote = '\"', escape = '\"'"
    return f"read_csv({literal}, columns = {{{listed}}}, {form})"


def _header(path: Path) -> tuple[str, list[str]]:
    """The sign between the cells of a delimited file, the one its first line has most of; its columns."""
    try:
        with _text(path) as stream:
            first = stream.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(path), found=str(error), expected="text in UTF-8") from error
    delimiter = max(DELIMITERS, key=first.count)
    columns = next(csv.reader([first], delimiter=delimiter), [])
    if not columns or "" in columns or len(set(columns)) < len(columns):
        told = "a name for each column, each once"
        raise SourceError(str(path), line=1, found=repr(first.strip()), expected=told)
    return delimiter, columns


def _numbers(cells: list[str | None]) -> bool:
    """Whether cells hold numbers, and nothing else but marks of missing ones."""
    told = [cell.strip() for cell in cells if cell and cell.strip().casefold() not in MARKS]
    return bool(told) and all(_NUMBER.fullmatch(cell) for cell in told)


def _selected(path: Path, layout: Layout) -> str:
    """The SELECT that gives the columns their parts."""
    numbers = {field.name for field in fields(path) if field.number} if is_parquet(path) else set()
    keys = [f"{name(key)} AS k{number}" for number, key in enumerate(layout.keys)]
    values = [
        f"{_number(value, value in numbers)} AS v{number}" for number, value in enumerate(layout.values)
    ]
    columns = [f"{name(layout.code)}::VARCHAR AS c", *keys, *values]
    return f"SELECT {', '.join(columns)} FROM {_source(path)}"


def _number(column: str, typed: bool) -> str:  # noqa: FBT001 - what is known of the column
    """A column as numbers; a missing one is null."""
    if typed:
        return f"CASE WHEN isfinite({name(column)}::DOUBLE) THEN {name(column)}::DOUBLE END"
    return f"CASE WHEN {_missing(column)} THEN NULL ELSE trim({name(column)}::VARCHAR)::DOUBLE END"


def _missing(column: str) -> str:
    """Whether a text stands for a missing number."""
    marks = ", ".join(map(text, MARKS))
    return f"{name(column)} IS NULL OR lower(trim({name(column)}::VARCHAR)) IN ({marks})"


def _tell_number(path: Path, layout: Layout) -> None:
    """Raise for the first amount that is no number, with its line; return if all are."""
    for value in layout.values:
        tried = f"try_cast(trim({name(value)}::VARCHAR) AS DOUBLE)"
        wrong = f"NOT ({_missing(value)}) AND ({tried} IS NULL OR NOT isfinite({tried}))"
        sql = f"SELECT {name(value)}::VARCHAR AS wrong FROM {_source(path)} WHERE {wrong} LIMIT 1"
        if found := _fetched(path, sql):
            told = found[0]["wrong"]
            raise SourceError(
                str(path),
                line=_line_of(path, value, told),
                column=value,
                found=repr(told),
                expected="a number",
                hint="Leave a missing amount empty; write 1234.5 without separators.",
            )


def _line_of(path: Path, column: str, cell: str) -> int | None:
    """The line of a delimited file in which a cell of a column first stands."""
    if is_parquet(path):
        return None
    with _text(path) as stream:
        reader = csv.DictReader(stream, delimiter=_header(path)[0])
        return next((reader.line_num for row in reader if row.get(column) == cell), None)


def _text(path: Path) -> TextIO:
    """A delimited file as text."""
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _engine_error() -> type[Exception]:
    """What the engine raises."""
    import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

    return duckdb.Error
