"""Answers of the API and tables saved from them: rows of text, read a piece at a time.

The API answers with one JSON array of arrays, all of text, whose first is the header. However long
it is, a megabyte of it is held at a time; a broken or cut one is an error that names the row.
"""

from __future__ import annotations

import csv
import json
import re
from typing import IO, TYPE_CHECKING

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Line = tuple[int, list[str | None]]

CHUNK = 2**20
LONGEST = 4 * CHUNK
"""Characters of the longest row; a true one has some hundred."""

WHOLE = "a JSON array of arrays of text"
AGAIN = "The answer is cut short or damaged; fetch it again"
BLANK = " \t\r\n"
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can write and no file can hold."""


def json_rows(path: Path, file: str) -> Iterator[Line]:
    """Rows of an answer of the API with their numbers; the header is row 1.

    A row that is no array of texts and numbers comes as an empty one.

    Raises
    ------
    SourceError
        If it is not one whole JSON array of arrays.
    """
    with path.open(encoding="utf-8-sig", errors="replace") as opened:
        scan = _Scan(opened, file)
        scan.take("[")
        while not scan.ended():
            value = scan.value()
            yield scan.row, [] if not isinstance(value, list) else _texts(value)


def _texts(cells: list[object]) -> list[str | None]:
    """The cells of a row as texts; none of them if one is neither text nor number nor null."""
    if any(isinstance(cell, (bool, list, dict)) for cell in cells):
        return []
    texts = [None if cell is None else str(cell) for cell in cells]
    return [] if any(_HALF.search(text) for text in texts if text) else texts


class _Scan:
    """A place in a stream of JSON, with the text around it."""

    def __init__(self, opened: IO[str], file: str) -> None:
        """Begin before the first character."""
        self.opened, self.file = opened, file
        self.text, self.at, self.row, self.whole = "", 0, 0, False
        self.decoder = json.JSONDecoder()

    def more(self) -> None:
        """Read on, forgetting what lies behind."""
        chunk = self.opened.read(CHUNK)
        self.whole = not chunk
        self.text, self.at = self.text[self.at :] + chunk, 0

    def next(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in BLANK:
                self.at += 1
            if self.at < len(self.text) or self.whole:
                return self.text[self.at : self.at + 1]
            self.more()

    def take(self, sign: str) -> None:
        """Step over a sign that must come."""
        if self.next() != sign:
            raise self.broken()
        self.at += 1

    def ended(self) -> bool:
        """Step to the next row; or over the end, after which nothing may come."""
        if self.next() == "]":
            self.at += 1
            if self.next():
                raise self.broken()
            return True
        if self.row:
            self.take(",")
            self.next()
        self.row += 1
        return False

    def value(self) -> object:
        """The value that begins here."""
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except RecursionError:
                raise self.broken() from None
            except ValueError:
                value, end = None, len(self.text)
                if self.whole or len(self.text) - self.at > LONGEST:
                    raise self.broken() from None
            if end < len(self.text) or self.whole:
                self.at = end
                return value
            self.more()

    def broken(self) -> SourceError:
        """The error for what stands here."""
        found = repr(self.text[self.at : self.at + 40]) if self.next() else "the end of the file"
        return SourceError(self.file, line=self.row or 1, found=found, expected=WHOLE, hint=AGAIN)


def csv_rows(path: Path, file: str) -> Iterator[Line]:
    """Rows of a comma-separated table with the numbers of their lines; empty lines are passed over.

    Raises
    ------
    SourceError
        If a quote is not closed, or a field is longer than any true one.
    """
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        reader = csv.reader(opened, strict=True)
        try:
            for cells in reader:
                if cells:
                    yield reader.line_num, [cell or None for cell in cells]
        except csv.Error as error:
            found = str(error)
            raise SourceError(
                file, line=reader.line_num, found=found, expected="comma-separated values", hint=AGAIN
            ) from error
