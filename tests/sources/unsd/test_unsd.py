"""UN tables: sheets in any order, apostrophes, blanks; what has lost its zeros is refused and told."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from monazite.errors import SourceError
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.sources import SOURCES
from monazite.sources.load import load, read_file, recognised
from monazite.sources.unsd import SOURCE
from monazite.store.home import Store
from monazite.store.reading import query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.load import Reading

SPECIMENS = Path(__file__).parents[2] / "specimens/unsd"
LINKS, CODES = "nomenclature_link", "nomenclature_code"
CONSOLIDATED = "HS_consolidated_comtrade_concordances.csv"
HEADER = "code.after,code.before,Relationship,adjustment\n"
LIST = ("id", "text", "parent", "isLeaf", "aggrlevel", "standardUnitAbbr")
TOTAL = ("TOTAL", "Total - All H4 Commodities", "#", "0", "0.0", "n/a")
GOLDEN = "HS_CONCORDANCE"


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[str | float]]]) -> Path:
    """A workbook of such sheets, texts in their cells."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    (sheet.write_string if isinstance(cell, str) else sheet.write_number)(number, place, cell)
    return path


def correlation(path: Path, *rows: Sequence[str | float]) -> Reading:
    """A correlation table of such rows, read."""
    heading = [("", "", ""), ("HS2022", " HS2017", "Relationship")]
    return read_file(SOURCE, workbook(path / "made.xlsx", {"Correlation Tables": [*heading, *rows]}))


def listed(path: Path, *rows: Sequence[str]) -> Reading:
    """A list of such codes, read."""
    return read_file(SOURCE, workbook(path / "made.xlsx", {"Sheet1": [LIST, TOTAL, *rows]}))


def consolidated(path: Path, *lines: str) -> Reading:
    """A consolidated table of such lines, read."""
    file = path / "made.csv"
    file.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_file(SOURCE, file)


@pytest.mark.parametrize("path", sorted(SPECIMENS.iterdir()), ids=lambda path: path.stem)
def test_every_specimen_is_known_to_this_source_alone_and_closes(path: Path) -> None:
    assert recognised(path, SOURCES) is SOURCE
    reading = read_file(SOURCE, path)
    stored = sum(len(rows) for rows in reading.tables.values())
    assert reading.records == stored + len(reading.refused)
    assert stored >= 5


def test_a_link_leads_to_the_edition_before_whatever_stands_around_its_relation() -> None:
    rows = read_file(SOURCE, SPECIMENS / "HS_2012_to_HS_2007_made_up.xlsx").tables[LINKS]
    assert {(row["nomenclature"], row["other"]) for row in rows} == {("HS2012", "HS2007")}
    assert {(row["code"], row["other_code"]): row["relation"] for row in rows} == {
        ("010121", "010110"): "n:1",
        ("010129", "010110"): "n:1",
        ("280530", "280530"): "1:1",
        ("380993", "380999"): "1:1",
        ("811292", "811291"): "1:n",
        ("811292", "811299"): "1:n",
        ("850710", "850710"): "1:1",
        ("850750", "850780"): "n:n",
        ("850760", "850780"): "n:n",
        ("850780", "850780"): "n:n",
    }


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        (("10111", "010111", "1:1"), "HS2022", "'10111'"),
        ((10111.0, "010111", "1:1"), "HS2022", "'10111'"),
        (("010111", "0101.11", "1:1"), "HS2017", "'0101.11'"),
        (("010111", "", "1:1"), "HS2017", "''"),
        (("010111", "010111", "2:1"), "Relationship", "'2:1'"),
    ],
)
def test_a_line_that_is_no_link_is_refused(
    tmp_path: Path, row: Sequence[str | float], column: str, found: str
) -> None:
    reading = correlation(tmp_path, ("010129", "010129", "1:1"), row)
    assert len(reading.tables[LINKS]) == 1
    assert [(one["column"], one["found"], one["line"], one["part"]) for one in reading.refused] == [
        (column, found, 4, "Correlation Tables")
    ]
    assert reading.records == 2


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({"Correlation Tables": [("HS2022", "HS2017", "Relation")]}, "Correlation Tables, line 1"),
        ({"Correlation Tables": [("HS2022", "HS2022", "Relationship")]}, "expected two editions"),
        ({"Correlation Tables": [("HS2022", "ISIC4", "Relationship")]}, "found HS2022, ISIC4, Relationship"),
        ({"Correlations": [("HS2022", "HS2017", "Relationship")]}, "column 'id': found no such column"),
        ({"Sheet1": [LIST[:4]]}, "column 'aggrlevel': found no such column"),
        ({"Sheet1": [LIST, ("01", "01 - x", "TOTAL", "0", "2.0", "n/a")]}, "a row TOTAL that names H0 to H6"),
        ({"Sheet1": [LIST, ("TOTAL", "All H9 Commodities", "#", "0", "0.0", "n/a")]}, "H0 to H6"),
    ],
)
def test_a_workbook_of_another_layout_is_an_error(
    tmp_path: Path, sheets: dict[str, Sequence[Sequence[str | float]]], told: str
) -> None:
    with pytest.raises(SourceError, match=told):
        read_file(SOURCE, workbook(tmp_path / "made.xlsx", sheets))


def test_a_list_gives_places_leaves_units_and_years_and_no_text() -> None:
    reading = read_file(SOURCE, SPECIMENS / "HS2012_made_up.xlsx")
    rows = {row["code"]: row for row in reading.tables[CODES]}
    assert {row["nomenclature"] for row in rows.values()} == {"HS2012"}
    assert [rows["01"][name] for name in ("parent", "level", "leaf")] == [None, 2, False]
    assert [rows["010121"][name] for name in ("parent", "level", "leaf")] == ["0101", 6, True]
    assert not rows["8507"]["leaf"], "the list calls it one, and it holds 850750"
    assert [rows[code]["unit"] for code in ("010121", "850750", "850760", "0101")] == [
        "number", "pair", "m2", None,
    ]  # fmt: skip
    assert {(row["valid_from"], row["valid_to"]) for row in rows.values()} == {(2012, 2016)}
    assert {row["description"] for row in rows.values()} == {None}
    assert [(one["rule"], one["line"]) for one in reading.refused] == [("total-row", 2)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("0101", "x", "01", "0", "4.0", "n/a"), "parent"),
        (("01011", "x", "TOTAL", "0", "6.0", "n/a"), "aggrlevel"),
        (("01.01", "x", "TOTAL", "0", "5.0", "n/a"), "id"),
        (("0101", "x", "02", "0", "4.0", "n/a"), "parent"),
    ],
)
def test_a_line_that_is_no_code_is_refused(tmp_path: Path, row: Sequence[str], column: str) -> None:
    reading = listed(tmp_path, ("02", "x", "TOTAL", "0", "2.0", "n/a"), row)
    assert [row["code"] for row in reading.tables[CODES]] == ["02"]
    assert [one["column"] for one in reading.refused if one["rule"] == "reader"] == [column]


def test_a_consolidated_table_with_its_zeros_is_read(tmp_path: Path) -> None:
    reading = consolidated(tmp_path, "010111,010111,1:1,1996 to 1992", "010111,00151,n:n,1992 to 1988",
                           "00151,0015,1:1,1976 to 1962")  # fmt: skip
    assert {(row["nomenclature"], row["other"], row["code"]) for row in reading.tables[LINKS]} == {
        ("HS1996", "HS1992", "010111"), ("HS1992", "SITC3", "010111"), ("SITC2", "SITC1", "00151"),
    }  # fmt: skip
    assert not reading.findings


def test_one_short_code_refuses_the_whole_table_and_says_why(tmp_path: Path) -> None:
    reading = consolidated(tmp_path, "280530,280530,1:1,1996 to 1992", "10111,10111,1:1,1996 to 1992",
                           "151,15,1:1,1976 to 1962")  # fmt: skip
    assert not reading.tables[LINKS]
    assert [(one["rule"], one["line"]) for one in reading.refused] == [
        ("code-shortened", 2), ("code-shortened", 3), ("code-shortened", 4),
    ]  # fmt: skip
    (told,) = reading.findings
    assert (told.rule, told.where, told.rows) == ("code-shortened", "made.csv, line 3, code.after", 1)
    assert (told.found, told.expected) == ("10111: its leading zero is lost", "010111: six digits")
    assert "No line of it is stored" in told.hint


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("010111,010111,1:1", "line 2: found 3 cells, expected 4"),
        ("010111,010111,1:1,1992", "line 2, column 'adjustment': found '1992'"),
        ("010111,010111,1:1,2022 to 2099", "two years of HS or SITC"),
    ],
)
def test_a_torn_consolidated_table_is_an_error(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        consolidated(tmp_path, line)


@pytest.mark.parametrize("name", [*HS_EDITIONS, "SITC1", "SITC2", "SITC3"])
def test_every_code_of_a_real_list_is_stored_but_the_total(real_data: Path, name: str) -> None:
    path = real_data / f"codes/hs_product_lists/{name}.xlsx"
    assert recognised(path, SOURCES) is SOURCE
    reading = read_file(SOURCE, path)
    rows = {row["code"]: row for row in reading.tables[CODES]}
    assert reading.records == len(rows) + 1
    assert [one["rule"] for one in reading.refused] == ["total-row"]
    assert all(row["parent"] is None or not rows[row["parent"]]["leaf"] for row in rows.values())


@pytest.mark.parametrize(
    ("name", "records"),
    [
        ("HS_1992_to_SITC3_1988_Conversion_and_Correlation_Tables.xls", 12_112),
        ("SITC2_to_SITC1_Conversion_and_Correlation_Tables_1.xls", 2_016),
        ("SITC3_to_SITC2_Conversion_and_Correlation_Tables_1.xls", 5_737),
    ],
)
def test_every_row_of_a_real_correlation_is_stored(real_data: Path, name: str, records: int) -> None:
    path = real_data / "codes/hs_correlation_unsd" / name
    assert recognised(path, SOURCES) is SOURCE
    reading = read_file(SOURCE, path)
    assert reading.records == len(reading.tables[LINKS]) == records


def test_relations_between_editions_are_counted_as_published(real_data: Path, golden: Path) -> None:
    """Row for row; "after:before" is how the workbooks write them: first the later edition."""
    counted: Counter[tuple[str, str]] = Counter()
    for path in sorted((real_data / "codes/hs_correlation_unsd").glob("HS_*_to_HS_*.xls*")):
        reading = read_file(SOURCE, path)
        assert reading.records == len(reading.tables[LINKS])
        counted.update(
            (f"{row['other'].removeprefix('HS')}->{row['nomenclature'].removeprefix('HS')}", row["relation"])
            for row in reading.tables[LINKS]
        )
    assert counted == published(golden)
    assert sum(counted.values()) == 43_863


def published(golden: Path) -> Counter[tuple[str, str]]:
    """The counts others published, by step and relation."""
    with golden.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.reader(opened) if row[0] == GOLDEN]
    assert len(rows) == 6 * 4
    counted: Counter[tuple[str, str]] = Counter()
    for _, _, _, _, what, value, *_ in rows:
        words: list[Any] = what.split()
        counted[words[1], f"{words[3]}:{words[5]}"] = int(value)
    return counted


def test_the_real_consolidated_table_is_refused_and_the_finding_kept(real_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    path = real_data / "codes/hs_correlation_unsd" / CONSOLIDATED
    with store.writing():
        done = load(store, path, recognised(path, SOURCES), scratch=tmp_path)
    assert (done.records, done.refused, done.stored.get(LINKS, 0)) == (63_728, 63_728, 0)
    (told,) = query(store, "SELECT rule, found, rows FROM finding")
    found = "10111 and short codes in 3,355 more lines: their leading zeros are lost"
    assert told == {"rule": "code-shortened", "found": found, "rows": 3_356}
