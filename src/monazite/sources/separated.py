"""Tables of separated values as a stream of records: bounded in memory, refused where they are torn."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Literal

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Record = tuple[int, list[str]]
LINE_LIMIT = 2**20
"""Characters of the longest line: a table has none that comes near it."""

_AGAIN = "The file is cut short or damaged; fetch it again"


def lines(
    file: str, stream: IO[bytes], encoding: str = "utf-8-sig", *, limit: int | None = None
) -> Iterator[str]:
    """Lines of a text, each of bounded length; ``limit`` bounds the characters of all.

    Raises
    ------
    SourceError
        If a byte does not belong to the encoding, a line is too long, or the text is.
    """
    text, number, size = io.TextIOWrapper(stream, encoding, newline=""), 0, 0
    try:
        while line := text.readline(LINE_LIMIT):
            number, size = number + 1, size + len(line)
            _check_line(file, number, line)
            if limit is not None and size > limit:
                raise SourceError(file, found=f"more than {limit:,} characters", expected="a text table")
            yield line
    except UnicodeDecodeError as error:
        found = f"byte {error.object[error.start]:#04x} after line {number}"
        raise SourceError(file, found=found, expected=f"{encoding.removesuffix('-sig')} text") from error
    finally:
        with suppress(ValueError):  # the stream is its owner's to close, and may be closed already
            text.detach()


def _check_line(file: str, number: int, line: str) -> None:
    """Refuse a line that no table holds."""
    if len(line) >= LINE_LIMIT:
        found = f"a line of {LINE_LIMIT:,} characters or more"
        raise SourceError(file, line=number, found=found, expected="a table of lines")


def records(
    file: str, given: Iterable[str], delimiter: str = ",", *, quoted: bool = True
) -> Iterator[Record]:
    """Line and cells of each record, the header first; blank lines are passed over.

    Where cells are not ``quoted`` a quote is a character like any other.

    Raises
    ------
    SourceError
        If the text holds no header, a NUL, or a quote that is not closed.
    """
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(_without_nul(file, given), delimiter=delimiter, quoting=quoting, strict=True)
    line, seen = 1, False
    try:
        for cells in reader:
            if cells:
                seen = True
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        found = str(error)
        raise SourceError(file, line=line, found=found, expected="separated values", hint=_AGAIN) from error
    if not seen:
        raise SourceError(file, line=1, found="an empty file", expected="a header", hint="Fetch it again")


def _without_nul(file: str, given: Iterable[str]) -> Iterator[str]:
    """Lines, refused where one holds a NUL."""
    for number, line in enumerate(given, 1):
        if "\0" in line:
            raise SourceError(file, line=number, found="a NUL byte", expected="text", hint=_AGAIN)
        yield line


def positions(file: str, header: Sequence[str], wanted: Iterable[str]) -> dict[str, int]:
    """Place of each wanted column; others may stand beside them, in any order.

    Raises
    ------
    SourceError
        If one is missing, or stands twice.
    """
    for name in wanted:
        if (count := header.count(name)) != 1:
            found = "no such column" if not count else f"{count} columns of that name"
            raise SourceError(file, line=1, column=name, found=found, expected="one")
    return {name: header.index(name) for name in wanted}


def check_width(file: str, line: int, cells: Sequence[str], width: int) -> None:
    """Refuse a record that is cut short or shifted.

    Raises
    ------
    SourceError
        If it has not as many cells as the header.
    """
    if len(cells) != width:
        found, hint = f"{len(cells)} cells", "The row is cut short, shifted or torn; fetch the file again"
        raise SourceError(file, line=line, found=found, expected=f"{width}", hint=hint)


def check_whole(file: str, path: Path, limit: int) -> None:
    """Refuse a file that does not end with a line's end, or is larger than a table of its kind is.

    Raises
    ------
    SourceError
        If it is empty, cut inside a line, or larger than ``limit`` bytes.
    """
    size = path.stat().st_size
    if size > limit:
        raise SourceError(file, found=f"{size:,} bytes", expected=f"at most {limit:,}")
    with path.open("rb") as stream:
        stream.seek(max(size - 1, 0))
        last = stream.read(1)
    if last not in {b"\n", b"\r"}:
        found = "the end of the file inside a line" if size else "an empty file"
        raise SourceError(file, found=found, expected="a line's end", hint=_AGAIN)
