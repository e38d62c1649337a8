"""Old workbooks (.xls): read as they are, and refused before what they ask for ends the process."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import SourceError
from monazite.sources import compound, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Sequence[str | float]]

SPECIMEN = Path(__file__).parents[1] / "specimens/unsd/HS_2007_to_HS_2002_made_up.xls"
SHEETS: dict[str, Rows] = {
    "Correlation Tables": [
        ["", "", ""],
        ["HS 2007", "HS 2002", "Relationship"],
        ["010110", "010110", "'1:1"],
        ["811292", "811230", "'n:n"],
        ["811292", "811240", "'n:n"],
        ["811299", "811230", "'n:n"],
        ["282739", "282733", "n:1"],
        ["282739", "282734", "n:1"],
        ["380993", 380999.0, "1:1"],
    ],
    "Conversion Tables": [["From", "To"], ["HS 2007", "HS 2002"], ["010110", "010110"]],
}
CELLS = 1_000
SECTOR, LEAST = 512, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
BOF = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0x06)
"""Version 8, of the workbook; sheets say 16 in place of 5."""


def old_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of such sheets."""
    return packed(records(sheets))


def records(sheets: Mapping[str, Rows]) -> bytes:
    """The stream of records: what the workbook holds, then each sheet."""
    cells = (cell for rows in sheets.values() for row in rows for cell in row)
    texts = list(dict.fromkeys(cell for cell in cells if isinstance(cell, str) and cell))
    bodies = [_sheet(rows, texts) for rows in sheets.values()]
    shared = struct.pack("<II", len(texts), len(texts)) + b"".join(_text(one, "<H") for one in texts)
    length = sum(len(_record(0x85, struct.pack("<IBB", 0, 0, 0) + _text(name, "<B"))) for name in sheets)
    at = len(_record(0x809, BOF)) + length + len(_record(0xFC, shared)) + len(_record(0x0A, b""))
    named = b""
    for name, body in zip(sheets, bodies, strict=True):
        named += _record(0x85, struct.pack("<IBB", at, 0, 0) + _text(name, "<B"))
        at += len(body)
    return _record(0x809, BOF) + named + _record(0xFC, shared) + _record(0x0A, b"") + b"".join(bodies)


def packed(stream: bytes) -> bytes:
    """A compound file of one stream: header, directory, table of sectors, then the stream."""
    stream = stream.ljust(LEAST, b"\0")
    stream += b"\0" * (-len(stream) % SECTOR)
    sectors = len(stream) // SECTOR
    chain = [END, FAT, *range(3, sectors + 2), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 0, 0, LEAST, END, 0, END, 0, 1)
    header = header.ljust(SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    return header + directory.ljust(SECTOR, b"\0") + table + stream


def _record(kind: int, data: bytes) -> bytes:
    """A record."""
    return struct.pack("<HH", kind, len(data)) + data


def _text(text: str, length: str) -> bytes:
    """A text in one byte a character, its length in front."""
    return struct.pack(length, len(text)) + b"\0" + text.encode("latin-1")


def _sheet(rows: Rows, texts: Sequence[str]) -> bytes:
    """A sheet's records: texts by their number among the shared ones, numbers as they are."""
    cells = b"".join(
        _record(0xFD, struct.pack("<HHHI", line, place, 0, texts.index(cell)))
        if isinstance(cell, str)
        else _record(0x203, struct.pack("<HHHd", line, place, 0, cell))
        for line, row in enumerate(rows)
        for place, cell in enumerate(row)
        if cell or not isinstance(cell, str)
    )
    return _record(0x809, BOF[:2] + struct.pack("<H", 16) + BOF[4:]) + cells + _record(0x0A, b"")


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE) -> bytes:
    """An entry of the directory."""
    told = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", FREE, FREE, child)
    place = struct.pack("<III", start, size, 0)
    return told.ljust(64, b"\0") + struct.pack("<HBB", len(told), kind, 1) + links + bytes(36) + place


def checked(stream: bytes) -> None:
    compound.check(packed(stream), "old.xls", cells=CELLS)


def test_an_old_workbook_reads_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(old_workbook(SHEETS))
    book = workbook.opened(path)
    assert {sheet: book.rows(sheet) for sheet in book.sheets} == SHEETS


def test_the_specimen_is_made_here() -> None:
    assert SPECIMEN.read_bytes() == old_workbook(SHEETS)


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        (0x203, struct.pack("<HHHd", 65_535, 255, 0, 1.0), "cells over 65,536 rows and 256 columns"),
        (0xFD, struct.pack("<HHHI", 0, 65_535, 0, 0), "cells over 2 rows and 65,536 columns"),
        (0xBD, struct.pack("<HH", 999, 0) + bytes(12), "cells over 1,000 rows and 16 columns"),
        (0x200, struct.pack("<IIHHH", 0, 0x10000, 0, 256, 0), "cells over 65,537 rows and 257 columns"),
        (0xFC, struct.pack("<II", 1, 2**31), "more texts than bytes"),
    ],
)
def test_a_cell_far_away_and_texts_out_of_number_are_refused(kind: int, data: bytes, found: str) -> None:
    near = _record(0x203, struct.pack("<HHHd", 1, 1, 0, 1.0))
    end = _record(0x0A, b"")
    checked(near + end)
    with pytest.raises(SourceError, match=rf"old\.xls: found {found}, expected a whole workbook.*as \.xlsx"):
        checked(near + _record(kind, data) + end)


def test_sheets_are_looked_at_where_the_workbook_says_they_begin() -> None:
    far = _record(0x203, struct.pack("<HHHd", 5_000, 5_000, 0, 1.0)) + _record(0x0A, b"")
    end = _record(0x0A, b"")
    at = 12 + len(end)
    named = _record(0x85, struct.pack("<II", at, 0))
    with pytest.raises(SourceError, match="cells over 5,001 rows"):
        checked(named + end + far)
    checked(end + far)


@pytest.mark.parametrize("sector", [0, 2, 5, 9])
def test_sectors_that_run_in_a_circle_are_refused(sector: int) -> None:
    content = bytearray(old_workbook(SHEETS))
    struct.pack_into("<I", content, 2 * SECTOR + 4 * sector, sector)
    with pytest.raises(SourceError, match="a chain of sectors that runs in a circle"):
        compound.check(bytes(content), "old.xls", cells=CELLS)


@given(st.data())
def test_damage_is_told_or_does_no_harm(data: st.DataObject) -> None:
    content = bytearray(old_workbook(SHEETS))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, 1_600))] = data.draw(st.sampled_from([0, 1, 127, 254, 255]))
    cut = data.draw(st.integers(0, len(content)))
    with suppress(SourceError):
        compound.check(bytes(content[:cut] if data.draw(st.booleans()) else content), "old.xls", cells=CELLS)
