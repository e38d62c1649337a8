"""Excel workbooks from outside: checked, then opened with python-calamine, their cells as Python values.

calamine is fast and expands no entities, and it trusts what a file says of itself: a cell said to
stand at ``XFD1048576`` makes it ask for 500 GB, which ends the process. So the zip directory, the
places of the cells and the length of repeated texts are checked before it sees a byte, and it sees
a plain copy, in which nothing can unpack to more than was checked.

An error in a cell (``#N/A``) reads as an empty one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError
from monazite.sources import compound
from monazite.store import archives

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Cell = str | float | int | bool | date | datetime | time | timedelta

LIMIT = 256 * 2**20
"""Bytes a workbook may unpack to."""

XLS_LIMIT = 16 * 2**20
CELLS = 5_000_000
"""Cells a sheet may span, empty ones included: more do not fit into a gigabyte."""

TEXT = 256 * 2**20
"""Characters the texts of a sheet may have together, repeated ones counted each time."""

COLUMNS, ROWS = 16_384, 1_048_576
EXPECTED = "a workbook saved as .xlsx"
_GLIMPSE = 64 * 2**10
_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(rb"r\s*=\s*[\"']\s*([A-Za-z]*)([0-9]+)")
_ATTRIBUTE = rb"\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*')"
_PLACED = re.compile(rb"<(?:\w+:)?(?:row|c)(?:" + _ATTRIBUTE + rb")*?\s+r\s*=\s*[\"']\s*([A-Za-z]*)[0-9]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_INTEGER = re.compile(rb">\s*\+?([0-9]+)\s*<")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Workbook:
    """An open workbook: the names of its sheets, and their rows on demand."""

    file: str
    sheets: tuple[str, ...]
    _book: Any

    def rows(self, sheet: str) -> list[list[Cell]]:
        """Every row of a sheet from row 1 on, all of one length; an empty cell is an empty text.

        Raises
        ------
        SourceError
            If there is no such sheet, or if it is damaged.
        """
        if sheet not in self.sheets:
            several = ", ".join(self.sheets)
            raise SourceError(self.file, found=f"sheets {several}", expected=f"a sheet named {sheet!r}")
        with _told(f"{self.file}/{sheet}"):
            return list(self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))


def opened(path: Path, *, file: str = "") -> Workbook:
    """Open a workbook, .xlsx or .xls by its content, whatever its name; ``file`` is named in errors.

    Raises
    ------
    SourceError
        If it is damaged, encrypted, no workbook, or larger than a gigabyte of memory can hold.
    """
    import python_calamine as calamine  # noqa: PLC0415 - only where a workbook is read

    told = file or path.name
    packed = _plain(path, told)
    with _told(told):
        book = calamine.CalamineWorkbook.from_filelike(packed)
        return Workbook(told, tuple(book.sheet_names), book)


def glimpse(path: Path) -> str:
    """The names of a workbook's sheets and the first of its shared texts; nothing if it is none.

    It costs little and never fails: it is how a source recognises its own workbooks.
    """
    try:
        with archives.opened(path, limit=LIMIT) as archive:
            names = [
                name for name in ("xl/workbook.xml", "xl/sharedStrings.xml") if name in archive.namelist()
            ]
            return "\n".join(_head(archive, name) for name in names)
    except SourceError:
        return ""


def _head(archive: zipfile.ZipFile, name: str) -> str:
    """The first bytes of a member, as text."""
    with archive.open(name) as member:
        return member.read(_GLIMPSE).decode("utf-8", "replace")


def text_of(cell: Cell) -> str:
    """A cell as text: a code read as a number loses its decimal point, a date is ISO.

    >>> [text_of(cell) for cell in (111200.0, " 1111A0 ", 0.5, date(2026, 7, 10), "")]
    ['111200', '1111A0', '0.5', '2026-07-10', '']
    """
    if isinstance(cell, str):
        return _CONTROL.sub(" ", cell).strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Turn what calamine raises into an error that names the file; its panics are no Exception."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        found = _CONTROL.sub(" ", str(error))[:200] or type(error).__name__
        raise SourceError(file, found=found, expected=EXPECTED, hint="Save it again, or as CSV") from error


# ── what must hold before calamine sees it ────────────────────────────────────────────────────


def _plain(path: Path, file: str) -> io.BytesIO:
    """The workbook's bytes, after the checks; the XML of an .xlsx unpacked."""
    with path.open("rb") as opened:
        head = opened.read(len(_XLS))
    if head == _XLS:
        if (size := path.stat().st_size) > XLS_LIMIT:
            hint = "Save it as .xlsx"
            raise SourceError(file, found=f"{size:,} bytes", expected=f"at most {XLS_LIMIT:,}", hint=hint)
        content = path.read_bytes()
        compound.check(content, file, cells=CELLS)
        return io.BytesIO(content)
    with archives.opened(path, limit=LIMIT, file=file) as archive:
        return _copied(archive, file)


def _copied(archive: zipfile.ZipFile, file: str) -> io.BytesIO:
    """A copy with what makes up the cells, so that nothing unpacks to more than its directory says."""
    names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    if "xl/workbook.xml" not in names:
        raise SourceError(file, found="a zip archive without xl/workbook.xml", expected=EXPECTED)
    shared = next((name for name in names if name.casefold() == "xl/sharedstrings.xml"), "")
    lengths = _lengths(archive.read(shared)) if shared else [0]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as copy:
        for name in names:
            content = archive.read(name)
            if b"\0" in content:
                raise SourceError(f"{file}/{name}", found="a NUL byte", expected="XML in UTF-8")
            if b"sheetData" in content:
                _check_places(content, f"{file}/{name}")
                _check_texts(content, lengths, f"{file}/{name}")
            copy.writestr(zipfile.ZipInfo(name), content)
    packed.seek(0)
    return packed


def _check_places(content: bytes, file: str) -> None:
    """Refuse a sheet whose cells span more than can be held."""
    places = _PLACE.findall(content)
    rows = max((_number(digits) for digits in {digits for _, digits in places}), default=0)
    columns = max((_column(letters) for letters in {letters for letters, _ in places}), default=0)
    # Rows and cells that do not say where they stand follow the one before.
    placed = Counter(bool(letters) for letters in _PLACED.findall(content))
    rows += max(len(_ROW.findall(content)) - placed[False], 0)
    if len(_CELL.findall(content)) > placed[True]:
        columns += max(len(_CELL.findall(row)) for row in _ROW.split(content))
    if rows > ROWS or columns > COLUMNS or rows * columns > CELLS:
        found, expected = f"cells over {rows:,} rows and {columns:,} columns", f"at most {CELLS:,} cells"
        raise SourceError(
            file, found=found, expected=expected, hint="Delete what is empty, or save it as CSV"
        )


def _check_texts(content: bytes, lengths: list[int], file: str) -> None:
    """Refuse a sheet that repeats long texts until they fill the memory."""
    if max(lengths) * content.count(b"<") <= TEXT:
        return
    known = len(lengths)
    indexes = (_number(digits) for digits in _INTEGER.findall(content))
    if (size := sum(lengths[index] for index in indexes if index < known)) > TEXT:
        raise SourceError(file, found=f"texts of {size:,} characters", expected=f"at most {TEXT:,}")


def _lengths(content: bytes) -> list[int]:
    """How long each shared text is, at most."""
    return [len(text) for text in _STRING.split(content)[1:]] or [0]


def _number(digits: bytes) -> int:
    """A row's number or a text's index; more digits than either may have are too many in any case."""
    return int(digits) if len(digits) <= 9 else 10**9  # noqa: PLR2004 - int() of a long text is slow


def _column(letters: bytes) -> int:
    """Number of a column: A is 1, XFD is 16,384.

    >>> [_column(letters) for letters in (b"A", b"xfd", b"", b"AAAA")]
    [1, 16384, 0, 18279]
    """
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number
