"""Separated values as people save them: any of four delimiters, any line end, sometimes two encodings."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.separated import LINE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monazite.sources.own.cells import Cell
    from monazite.sources.own.mapping import Form

LARGEST = 2 * 2**30
DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE = 60
_NEARLY = 0.9
_ESCAPED = range(0xDC80, 0xDD00)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class Bytes:
    """Lines that are UTF-8 beyond ASCII, and lines that are not UTF-8 with the first of them."""

    utf8: int = 0
    other: int = 0
    line: int = 0
    text: str = ""


@dataclass(slots=True)
class Delimited:
    """A text file as rows of cells with the line each begins on; it can be read again and again."""

    path: Path
    file: str
    form: Form
    part: str = ""
    ragged: bool = True
    heard: Bytes = field(default_factory=Bytes)
    _delimiter: str = ""
    _encoding: str = ""

    @property
    def encoding(self) -> str:
        """Its encoding: as the mapping says, or UTF-16 by its mark, or UTF-8."""
        if not self._encoding:
            said = self.form.encoding or self._marked()
            self._encoding = "utf-8-sig" if said == "utf-8" else said
        return self._encoding

    def _marked(self) -> str:
        """UTF-16 if the file begins with its mark, otherwise UTF-8."""
        with self.path.open("rb") as stream:
            return "utf-16" if stream.read(2) in _UTF16 else "utf-8"

    @property
    def delimiter(self) -> str:
        """Its delimiter: as the mapping says, or the one that cuts the lines most evenly."""
        if not self._delimiter:
            self._delimiter = self.form.delimiter or self._sniffed()
        return self._delimiter

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every record with the line it begins on, blank ones too.

        Raises
        ------
        SourceError
            If a line is too long, holds a NUL or bytes of no encoding, or a quote is not closed.
        """
        self.heard = Bytes()
        return self._records(self.delimiter)

    def _records(self, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
        """Records cut by a delimiter."""
        reader = csv.reader(self._lines(), delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                yield line, [cell or None for cell in cells]
                line = reader.line_num + 1
        except csv.Error as error:
            hint = "A quote may be missing; or say delimiter: in the mapping"
            raise SourceError(
                self.file, line=line, found=str(error), expected="separated values", hint=hint
            ) from error

    def _lines(self) -> Iterator[str]:
        """Lines of text, each with its end."""
        if (size := self.path.stat().st_size) > LARGEST:
            raise SourceError(self.file, found=f"{size:,} bytes", expected=f"at most {LARGEST:,}")
        escaped = self.encoding == "utf-8-sig"
        number = 0
        with self.path.open("rb") as stream:
            errors = "surrogateescape" if escaped else "strict"
            text = io.TextIOWrapper(stream, self.encoding, errors=errors, newline="")
            try:
                while line := text.readline(LINE_LIMIT):
                    number += 1
                    self._check(number, line)
                    yield self._heard(number, line) if escaped and not line.isascii() else line
            except UnicodeError as error:
                raise SourceError(
                    self.file, line=number + 1, found=f"bytes that are no {self.encoding}",
                    expected=f"{self.encoding} text", hint="Say encoding: in the mapping",
                ) from error  # fmt: skip

    def _check(self, number: int, line: str) -> None:
        """Refuse a line that no table holds."""
        if len(line) >= LINE_LIMIT:
            found = f"a line of {LINE_LIMIT:,} characters or more"
            raise SourceError(self.file, line=number, found=found, expected="a table of lines")
        if "\0" in line:
            hint = "A table saved as Unicode text needs encoding: utf-16 in the mapping"
            raise SourceError(self.file, line=number, found="a NUL byte", expected="text", hint=hint)

    def _heard(self, number: int, line: str) -> str:
        """A line beyond ASCII; bytes in it that are not UTF-8 are read as Windows-1252."""
        odd = any(ord(letter) in _ESCAPED for letter in line)
        if not odd:
            self.heard.utf8 += 1
            return line
        mended = "".join(_windows(letter) if ord(letter) in _ESCAPED else letter for letter in line)
        self.heard.other += 1
        if not self.heard.line:
            self.heard.line, self.heard.text = number, mended.strip()[:80]
        return mended

    def _sniffed(self) -> str:
        """The delimiter that cuts the first lines into the most even rows of two cells and more.

        Commas and semicolons also stand inside cells: among the nearly best the rarer sign is taken.
        """
        scores = {each: self._evenness(each) for each in DELIMITERS}
        best = max(scores.values())
        return next(each for each in DELIMITERS if scores[each] >= _NEARLY * best) if best else ","

    def _evenness(self, delimiter: str) -> float:
        """Share of the first records that have the commonest width, if that is two cells or more."""
        widths: Counter[int] = Counter()
        try:
            for _, cells in self._records(delimiter):
                if any(cells):
                    widths[len(cells)] += 1
                if widths.total() >= _SAMPLE:
                    break
        except SourceError:
            return 0.0
        if not widths:
            return 0.0
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        return count / widths.total() if width > 1 else 0.0


def _windows(letter: str) -> str:
    """What an escaped byte is in Windows-1252, or in Latin-1 where that has no letter for it."""
    byte = bytes([ord(letter) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")
