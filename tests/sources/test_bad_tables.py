"""A damaged long file gives an error that says where, what came and what was expected."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sources.conftest import ReadScraps, Slice

    from monazite.sources.usgs_mcs import Reading

FILE = "usgs_mcs2026_commodities_data.csv"
CRLF = b"\r\n"
KEY = ("chapter", "section", "series", "country", "year")


@pytest.fixture(scope="module")
def content(scraps: dict[str, Slice]) -> bytes:
    return scraps["mcs2026"].files[FILE]


@pytest.fixture
def refuse(read_scraps: ReadScraps) -> Callable[[bytes], SourceError]:
    """Read damaged scraps; give the error."""

    def read(damaged: bytes) -> SourceError:
        with pytest.raises(SourceError) as caught:
            read_scraps("mcs2026", {FILE: damaged})
        told = caught.value
        assert told.file == FILE
        assert told.found
        assert told.expected
        return told

    return read


def changed(content: bytes, line: int, change: Callable[[list[str]], list[str]]) -> bytes:
    """The table with the cells of one line changed; the header is line 1."""
    rows = list(csv.reader(io.StringIO(content.decode("cp1252"), newline="")))
    rows[line - 1] = change(rows[line - 1])
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("cp1252")


def with_cell(content: bytes, line: int, column: int, text: str) -> bytes:
    """The table with one cell changed."""
    return changed(content, line, lambda cells: [*cells[:column], text, *cells[column + 1 :]])


def test_cut_anywhere(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    for part in (0.1, 0.37, 0.5, 0.99):
        told = refuse(content[: int(len(content) * part)])
        assert told.line is not None
    assert refuse(content[:-1]).found == "the end of the file"


def test_cut_at_a_line_end(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    lines = content.split(CRLF)
    told = refuse(CRLF.join(lines[:-2]) + CRLF)
    assert (told.found, told.expected) == ("1,237 rows", "1,238")
    assert "cut short" in str(told)


def test_a_series_missing(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    """As many rows as there should be, and a chapter gone: the rule that names its series says so."""
    lines = content.split(CRLF)[:-1]
    kept = [line for line in lines if not line.startswith(b"CESIUM")]
    told = refuse(CRLF.join([*kept, *kept[1 : len(lines) - len(kept) + 1]]) + CRLF)
    assert "in chapter 'CESIUM'" in told.found
    assert "rules/terms_mcs2026.csv line" in told.expected


def test_saved_again_as_utf_8(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    text = content.decode("cp1252")
    told = refuse(text.encode("utf-8"))
    assert "cp1252" in told.expected
    told = refuse(text.replace("”", '""').encode("utf-8"))
    assert (told.column, "encoding" in told.expected) == ("Section", True)


def test_saved_again_with_a_byte_order_mark(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    told = refuse(b"\xef\xbb\xbf" + content)
    assert (told.line, told.column, told.found) == (1, "MCS chapter", "'ï»¿MCS chapter'")


def test_line_ends_do_not_matter(
    content: bytes, read_scraps: ReadScraps, specimens: dict[str, Reading]
) -> None:
    again = read_scraps("mcs2026", {FILE: content.replace(CRLF, b"\n")})
    assert [row["published"] for row in again.statistics] == [
        row["published"] for row in specimens["mcs2026"].statistics
    ]


def test_columns_shifted_by_one(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    shifted = refuse(changed(content, 20, lambda cells: ["", *cells[:-1]]))
    assert (shifted.line, shifted.column) == (20, "Year")
    longer = refuse(changed(content, 20, lambda cells: ["", *cells]))
    assert (longer.line, longer.found, longer.expected) == (20, "13 cells", "12")
    shorter = refuse(changed(content, 20, lambda cells: cells[1:]))
    assert (shorter.line, shorter.found, shorter.expected) == (20, "11 cells", "12")


def test_a_column_renamed_missing_or_added(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    told = refuse(with_cell(content, 1, 8, "Values"))
    assert (told.line, told.column, told.found, told.expected) == (1, "Value", "'Values'", "'Value'")
    told = refuse(with_cell(content, 1, 6, "Year"))
    assert (told.column, told.found) == ("Unit", "'Year'")
    told = refuse(b",".join([content.split(CRLF)[0], b"Extra\r\n"]))
    assert (told.column, told.found, told.expected) == ("Extra", "13 columns", "12")
    told = refuse(b"MCS chapter,Section" + CRLF)
    assert (told.column, told.found) == ("Commodity", "no such column")


@pytest.mark.parametrize(
    ("column", "text", "named"),
    [
        (7, "2026", "Year"),
        (7, "²", "Year"),
        (7, "", "Year"),
        (1, "Salient Statistics", "Section"),
        (4, "Produktion", "Statistics"),
    ],
)
def test_a_row_of_another_layout(
    content: bytes, column: int, text: str, named: str, refuse: Callable[[bytes], SourceError]
) -> None:
    told = refuse(with_cell(content, 20, column, text))
    assert (told.line, told.column, told.found) == (20, named, repr(text))


def test_import_sources_of_another_window(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    lines = content.split(CRLF)
    line = next(number for number, row in enumerate(lines, start=1) if b",Import Sources," in row)
    told = refuse(with_cell(content, line, 7, "2020–23"))
    assert (told.line, told.column, told.expected) == (line, "Year", "2021–24")


@pytest.mark.parametrize("empty", [b"", b"\r\n", b"  \r\n\r\n"])
def test_an_empty_file(empty: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    assert refuse(empty).found == "an empty file"


def test_a_nul_byte(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    lines = content.split(CRLF)
    lines[6] = b"\0" + lines[6][1:]
    told = refuse(CRLF.join(lines))
    assert (told.line, told.found) == (7, "a NUL byte")


def test_a_lost_quote_swallows_no_row(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    lines = content.split(CRLF)
    line = next(number for number, row in enumerate(lines) if row.count(b'"') == 2)
    lines[line] = lines[line][: lines[line].rindex(b'"')] + lines[line][lines[line].rindex(b'"') + 1 :]
    assert refuse(CRLF.join(lines)).line is not None


def test_a_stray_quote_is_not_passed_over(content: bytes, refuse: Callable[[bytes], SourceError]) -> None:
    line = line_of(content, b"COBALT", b'",')
    lines = content.split(CRLF)
    lines[line - 1] = lines[line - 1].replace(b'",', b'"x,', 1)
    told = refuse(CRLF.join(lines))
    assert (told.line, told.expected) == (line, "comma-separated values")


def test_a_correction_whose_reason_is_gone(content: bytes, read_scraps: ReadScraps) -> None:
    mended = content.replace(b'"21,000,000"', b'"11,000,000"')
    with pytest.raises(SourceError, match="remove the rule") as caught:
        read_scraps("mcs2026", {FILE: mended})
    assert (caught.value.found, caught.value.expected) == ("11,000,000", "21,000,000")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ((6, "bushels"), ("unit-mislabelled", "unit 'bushels'")),
        ((6, ""), ("unit-mislabelled", "unit ''")),
        ((8, "1O"), ("value-unreadable", "'1O'")),
        ((8, ""), ("value-unreadable", "''")),
        ((8, "E"), ("value-unreadable", "'E'")),
        ((8, "-7"), ("footnote-as-number", "-7")),
        ((8, "?7"), ("value-unreadable", "'?7'")),
        ((3, "Atlantis"), ("country-unknown", "'Atlantis'")),
        ((10, "Maybe"), ("column-shifted", "'Maybe'")),
    ],
)
def test_a_cell_that_cannot_be_understood_is_told(
    content: bytes, cell: tuple[int, str], told: tuple[str, str], read_scraps: ReadScraps
) -> None:
    column, text = cell
    line = line_of(content, b"COBALT", b",Import,")
    reading = read_scraps("mcs2026", {FILE: with_cell(content, line, column, text)})
    names = {3: "Country", 6: "Value", 8: "Value", 10: "Is critical mineral 2025"}
    (found,) = [
        each for each in reading.findings if each.where == f"{FILE}, line {line}, column {names[column]}"
    ]
    assert (found.rule, found.found) == told
    (row,) = [row for row in reading.statistics if row["line"] == line]
    if column in {6, 8}:
        assert (row["value"], row["low"], row["high"], row["obs_status"]) == (None, None, None, "unreadable")


def line_of(content: bytes, start: bytes, holding: bytes) -> int:
    """Number of the first line that starts with some bytes and holds others."""
    lines = enumerate(content.split(CRLF), start=1)
    return next(number for number, row in lines if row.startswith(start) and holding in row)


def test_another_year_of_the_edition_doubles_a_key(content: bytes, read_scraps: ReadScraps) -> None:
    line = line_of(content, b"COBALT", b",Import,")
    reading = read_scraps("mcs2026", {FILE: with_cell(content, line, 7, "2022")})
    (told,) = [each for each in reading.findings if each.subject == "COBALT"]
    assert (told.rule, told.rows) == ("key-duplicated", 2)
    assert f"lines {line}, " in told.where


@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_one_byte_changed(content: bytes, place: float, byte: int, read_scraps: ReadScraps) -> None:
    """A changed byte is refused, or every row is still accounted for under a key of its own."""
    at = int(place * len(content))
    try:
        reading = read_scraps("mcs2026", {FILE: content[:at] + bytes([byte]) + content[at + 1 :]})
    except SourceError as error:
        told = error.file
    else:
        stated_in_notes = 1
        rows = len(reading.statistics) + len(reading.import_sources)
        assert rows == reading.cells_in == content.count(CRLF) - 1 + stated_in_notes
        assert len({tuple(row[name] for name in KEY) for row in reading.statistics}) == len(
            reading.statistics
        )
        return
    assert told in {FILE, "rules/corrections.csv"}


@given(start=st.floats(0, 1), length=st.integers(1, 4000))
def test_a_piece_torn_out(content: bytes, start: float, length: int, read_scraps: ReadScraps) -> None:
    """What is torn out is refused, unless it lay inside one cell or one end of line: every row is whole."""
    at = min(int(start * len(content)), len(content) - length)
    torn = content[:at] + content[at + length :]
    try:
        read_scraps("mcs2026", {FILE: torn})
    except SourceError:
        return
    assert len(torn.splitlines()) == len(content.splitlines())
