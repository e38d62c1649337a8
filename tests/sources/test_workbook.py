"""Workbooks from outside are checked before they are opened."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError
from monazite.sources import workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETS = '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>'
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{SHEETS}</workbook>'


def related(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'


def sheet_of(rows: str, before: str = "") -> str:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a workbook of one sheet from the XML of its rows."""

    def written(rows: str | bytes, shared: str = "", before: str = "") -> Path:
        path = tmp_path / "book.xlsx"
        sheet = rows if isinstance(rows, bytes) else sheet_of(rows, before).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
            archive.writestr("_rels/.rels", related("officeDocument", "xl/workbook.xml"))
            archive.writestr("xl/workbook.xml", BOOK)
            archive.writestr("xl/_rels/workbook.xml.rels", related("worksheet", "worksheets/sheet1.xml"))
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{shared}</sst>')
        return path

    return written


def test_cells_are_python_values_from_the_first_row_on(write: Write) -> None:
    rows = '<row r="2"><c r="B2"><v>5</v></c><c r="C2" t="s"><v>0</v></c><c r="D2" t="b"><v>1</v></c></row>'
    book = workbook.opened(write(rows, "<si><t>tin</t></si>"))
    assert book.sheets == ("A",)
    assert book.rows("A") == [["", "", "", ""], ["", 5.0, "tin", True]]


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(write: Write) -> None:
    path = write('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert workbook.opened(path.rename(path.with_name("204dbe2f51cf3d0f"))).rows("A") == [[1.0]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c\n r = 'xfd1048576'><v>1</v></c></row>",
        '<row r="1"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"/></row>' + "<row><c><v>1</v></c></row>" * 400,
        '<row r="1"><c r="XFD1"/></row>' + "<row><c><v>1</v></c></row>" * 400 + '<x r="A1"/><x r="1"/>' * 900,
        '<row r="1048000"><c r="A1048000"/></row><row>' + "<c><v>1</v></c>" * 9 + "</row>",
    ],
)
def test_cells_said_to_stand_far_away_are_refused_before_room_is_made_for_them(
    write: Write, rows: str
) -> None:
    with pytest.raises(SourceError, match=r"sheet1\.xml: found cells over"):
        workbook.opened(write(rows))


def test_rows_and_cells_without_a_place_follow_the_one_before(write: Write) -> None:
    path = write("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert workbook.opened(path).rows("A") == [[1.0, 2.0], [3.0, ""]]


@pytest.mark.parametrize("index", ["0", "+0", "000"])
def test_one_long_text_repeated_is_refused(write: Write, index: str) -> None:
    rows = "".join(f"<row r='{n}'><c r='A{n}' t='s'><v>{index}</v></c></row>" for n in range(1, 601))
    with pytest.raises(SourceError, match="found texts of"):
        workbook.opened(write(rows, f"<si><t>{'a' * 500_000}</t></si>"))


def test_entities_are_not_expanded(write: Write) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    book = workbook.opened(write('<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>', before=bomb))
    with pytest.raises(SourceError, match=r"book\.xlsx/A"):
        book.rows("A")


def test_a_sheet_that_is_not_utf_8_is_refused(write: Write) -> None:
    sheet = sheet_of('<row r="1"><c r="XFD1048576"/></row>')
    with pytest.raises(SourceError, match="a NUL byte"):
        workbook.opened(write(sheet.encode("utf-16")))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    with pytest.raises(SourceError, match="times the packed size"):
        workbook.opened(path)
    assert not workbook.glimpse(path)


def test_a_zip_that_holds_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(SourceError, match="without xl/workbook"):
        workbook.opened(path)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"a,b\n"]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xls"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"book\.xls"):
        workbook.opened(path)


def test_a_sheet_that_is_not_there_is_named(write: Write) -> None:
    book = workbook.opened(write('<row r="1"><c r="A1"><v>1</v></c></row>'))
    with pytest.raises(SourceError, match="found sheets A, expected a sheet named 'B'"):
        book.rows("B")


def test_an_index_beyond_the_shared_texts_is_an_error_that_names_the_sheet(write: Write) -> None:
    with pytest.raises(SourceError, match=r"book\.xlsx/A"):
        workbook.opened(write('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')).rows("A")


def test_a_glimpse_gives_sheet_names_and_texts(write: Write) -> None:
    told = workbook.glimpse(write("", "<si><t>Bureau</t></si>"))
    assert 'name="A"' in told
    assert "Bureau" in told


def test_cells_as_text_lose_the_points_of_whole_numbers_and_control_characters() -> None:
    cells: list[workbook.Cell] = [111200.0, "x\x00y\ud800", datetime(2026, 7, 10, 18, 23), True, 1e300]  # noqa: DTZ001 - has no zone
    assert [workbook.text_of(cell) for cell in cells] == [
        "111200",
        "x y",
        "2026-07-10T18:23:00",
        "True",
        "1e+300",
    ]
