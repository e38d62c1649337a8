"""Compound files, in which old workbooks (.xls) lie: what must hold before calamine sees one.

calamine follows every chain of sectors to its end, makes room for as many texts as a workbook says it
has, and for all rows and columns up to the last that any cell says it stands in. Each of these can end the
process; so each is checked here first, by the same rules.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXPECTED = "a whole workbook saved as .xls"
HINT = "Save it as .xlsx, or fetch it again"
_HEADER, _ENTRY = 512, 128
_IN_HEADER = 109
_LAST = 0xFFFFFFFA
"""Numbers of sectors end below; from here on they mean that there is none."""

_STREAMS = ("Workbook", "Book")
_CELL_RECORDS = {0x0006, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_END, _SHEET, _MANY, _TEXTS, _SIZE = 0x000A, 0x0085, 0x00BD, 0x00FC, 0x0200
_SIZES = {10: "<HHHH", 14: "<IIHH"}
"""How first and last rows and columns are written, by the length of their record."""


class Entry(NamedTuple):
    """A stream or storage of the directory: its name, its first sector, its bytes."""

    name: str
    start: int
    size: int


def check(content: bytes, file: str, *, cells: int) -> None:
    """Refuse a workbook whose sectors run in a circle, or of which a sheet spans more than so many cells.

    Raises
    ------
    SourceError
        If it does, or if it is cut short.
    """
    try:
        for stream in _books(content):
            for offset in (0, *_sheets(stream)):
                _check_span(stream, offset, cells)
    except (struct.error, ValueError, IndexError) as error:
        raise SourceError(file, found=str(error), expected=EXPECTED, hint=HINT) from error


def _books(content: bytes) -> list[bytes]:
    """The streams of a workbook's records; calamine takes the first it finds."""
    found = [stream for stream in _streams(content) if stream]
    if not found:
        raise ValueError("no stream of a workbook")
    return found


def _streams(content: bytes) -> Iterator[bytes]:
    """The streams of a workbook's records, and nothing for the others; every chain is followed to its end."""
    shift, counts = struct.unpack_from("<H", content, 30)[0], struct.unpack_from("<10I", content, 40)
    _, _, directory, _, cutoff, small, _, more, _, _ = counts
    if shift not in {9, 12}:
        raise ValueError(f"sectors of 2 to the power of {shift} bytes")
    sectors = _sectors(content, 1 << shift)
    fat = _numbers(_listed(content, sectors, more))
    smalls = _numbers(_chain(sectors, fat, small))
    entries = list(_entries(_chain(sectors, fat, directory)))
    for one in entries:
        if one.size > len(content):
            raise ValueError(f"a stream of {one.size:,} bytes")
        if one.size >= cutoff or one.name.startswith("Root"):
            stream = _chain(sectors, fat, one.start)
            yield stream[: one.size] if one.name in _STREAMS else b""
        elif one.size:
            _chain([b""] * len(smalls), smalls, one.start)
            if one.name in _STREAMS:
                raise ValueError(f"a stream of {one.size:,} bytes")


def _sectors(content: bytes, size: int) -> list[bytes]:
    """The sectors behind the header, which fills one of them."""
    return [content[at : at + size] for at in range(size, len(content), size)]


def _listed(content: bytes, sectors: Sequence[bytes], more: int) -> Iterator[bytes]:
    """Sectors of the table of chains: the first are listed in the header, others in sectors of their own."""
    numbers = list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    seen = 0
    while more < _LAST:
        *held, more = _numbers([sectors[more]])
        numbers += held
        seen += 1
        if seen > len(sectors):
            raise ValueError("a list of sectors that runs in a circle")
    return (sectors[number] for number in numbers if number < _LAST)


def _numbers(held: Iterator[bytes] | Sequence[bytes] | bytes) -> list[int]:
    """Numbers of four bytes each."""
    joined = held if isinstance(held, bytes) else b"".join(held)
    return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))


def _chain(sectors: Sequence[bytes], fat: Sequence[int], start: int) -> bytes:
    """The sectors of a chain, joined."""
    held: list[bytes] = []
    while start < _LAST:
        held.append(sectors[start])
        if len(held) > len(sectors):
            raise ValueError("a chain of sectors that runs in a circle")
        start = fat[start]
    return b"".join(held)


def _entries(directory: bytes) -> Iterator[Entry]:
    """Entries of the directory that are in use."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind:
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            yield Entry(name, start, size)


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Records from an offset to the end of their sheet."""
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield kind, stream[offset + 4 : offset + 4 + length]
        if kind == _END:
            return
        offset += 4 + length


def _sheets(stream: bytes) -> list[int]:
    """Where the sheets begin."""
    return [struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if kind == _SHEET]


def _check_span(stream: bytes, offset: int, cells: int) -> None:
    """Refuse a sheet of too many cells, or more texts than its bytes can hold."""
    rows = columns = 0
    for kind, data in _records(stream, offset):
        if kind in _CELL_RECORDS or kind == _MANY:
            row, column = struct.unpack_from("<HH", data)
            rows, columns = max(rows, row + 1), max(columns, column + (len(data) if kind == _MANY else 1))
        elif kind == _SIZE and len(data) in _SIZES:
            first, last, left, right = struct.unpack(
                _SIZES[len(data)], data[: struct.calcsize(_SIZES[len(data)])]
            )
            rows, columns = max(rows, last - first + 1), max(columns, right - left + 1)
        elif kind == _TEXTS and struct.unpack_from("<I", data, 4)[0] > len(stream):
            raise ValueError("more texts than bytes")
    if rows * columns > cells:
        raise ValueError(f"cells over {rows:,} rows and {columns:,} columns")
