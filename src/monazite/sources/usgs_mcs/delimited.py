"""Tables of comma-separated values, refused where they are cut short, shifted or torn."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.usgs_mcs.editions import Edition

Line = tuple[int, list[str]]
_AGAIN = "The row is cut short, shifted or torn; fetch the file again"


def table(file: str, text: str) -> tuple[list[str], list[Line]]:
    """Header and rows of a table, each row with its line number; the header is line 1.

    Raises
    ------
    SourceError
        If the table is empty, holds a NUL or a stray quote, breaks off inside a row, or has a row
        of another width than its header or of more than one line.
    """
    _check_whole(file, text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Line] = []
    try:
        header = next(reader)
        rows.extend(_checked(file, len(header), reader.line_num, cells) for cells in reader)
    except csv.Error as error:
        raise _torn(file, reader.line_num, str(error), "comma-separated values") from error
    _check_lines(file, reader.line_num, rows)
    return header, rows


def _check_whole(file: str, text: str) -> None:
    """Refuse a text that holds no table, or not the whole of it."""
    if not text.strip():
        raise SourceError(file, line=1, found="an empty file", expected="a header", hint="Fetch it again")
    if "\0" in text:
        raise _torn(file, text.count("\n", 0, text.index("\0")) + 1, "a NUL byte", "text")
    if not text.endswith("\n"):
        raise _torn(file, text.count("\n") + 1, "the end of the file", "a line end")


def _checked(file: str, width: int, line: int, cells: list[str]) -> Line:
    """A row with its line number, after checking its width."""
    if len(cells) != width:
        raise _torn(file, line, f"{len(cells)} cells", f"{width}")
    return line, cells


def _check_lines(file: str, last: int, rows: list[Line]) -> None:
    """Refuse a row that runs over a line's end: a quote was lost, and rows with it."""
    expected = 2
    for line, _ in rows:
        if line != expected:
            raise _torn(file, expected, f"a row that runs to line {line}", "a row on one line")
        expected += 1
    if last != len(rows) + 1:
        raise _torn(file, 1, f"a header that runs to line {last}", "a header on one line")


def _torn(file: str, line: int, found: str, expected: str) -> SourceError:
    """The error for a table that is damaged at a line."""
    return SourceError(file, line=line, found=found, expected=expected, hint=_AGAIN)


def check_header(file: str, header: Sequence[str], expected: Sequence[str]) -> None:
    """Refuse a header that differs from the layout's, naming the first column that does.

    Raises
    ------
    SourceError
        If a column is missing, renamed, moved or added.
    """
    for number, name in enumerate(expected):
        found = header[number] if number < len(header) else None
        if found != name:
            told = "no such column" if found is None else repr(found)
            raise SourceError(file, line=1, column=name, found=told, expected=repr(name))
    if len(header) > len(expected):
        extra = header[len(expected)]
        raise SourceError(
            file, line=1, column=extra, found=f"{len(header)} columns", expected=f"{len(expected)}"
        )


def check_edition(edition: Edition, file: str, line: int, cell: tuple[str, str]) -> None:
    """Refuse a row whose source, given by its column and what stands there, is another edition.

    Raises
    ------
    SourceError
        If it is.
    """
    column, found = cell
    if found.casefold() != edition.id:
        raise SourceError(file, line=line, column=column, found=repr(found), expected=edition.id)


def decoded(file: str, content: bytes, encoding: str) -> str:
    """Text of a file in the edition's encoding.

    Raises
    ------
    SourceError
        If a byte does not belong to that encoding; the message names its line.
    """
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"byte {error.object[error.start]:#04x}"
        raise SourceError(file, line=line, found=found, expected=f"{encoding} text") from error
