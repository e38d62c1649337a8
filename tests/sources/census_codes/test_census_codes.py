"""Concordances of the Census Bureau: goods, what they belong to, and the zeros one table has lost."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError
from monazite.sources import SOURCES
from monazite.sources.census_codes import SOURCE
from monazite.sources.load import read_file, recognised

if TYPE_CHECKING:
    from monazite.sources.load import Reading

FOLDER = Path(__file__).parents[2] / "specimens/census_codes"
IMPORTS, EXPORTS = FOLDER / "census_imp_code_2022.csv", FOLDER / "sked_b_exp_code_2022.txt"
TECHNOLOGY, SITC = FOLDER / "impatp22.txt", FOLDER / "sitcmstr.txt"
LINKS, CODES = "nomenclature_link", "nomenclature_code"
HEADER = "HS10,short_desc,long_desc,quantity_1,quantity_2,sitc,end_use,usda,naics,hitech,HS6,HS8"


def rows(reading: Reading, table: str, **wanted: str) -> list[dict[str, Any]]:
    """Rows of a table with such cells."""
    return [row for row in reading.tables[table] if all(row[key] == held for key, held in wanted.items())]


def made(folder: Path, *lines: str) -> Reading:
    """A table of imports of such lines, read."""
    path = folder / "census_imp_code_2031.csv"
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return read_file(SOURCE, path)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_every_specimen_is_known_to_this_source_alone_and_closes(path: Path) -> None:
    assert recognised(path, SOURCES) is SOURCE
    reading = read_file(SOURCE, path)
    assert reading.records == sum(len(held) for held in reading.tables.values())
    assert not reading.refused


def test_a_good_has_its_text_units_and_year() -> None:
    (battery,) = rows(read_file(SOURCE, IMPORTS), CODES, code="8507600020")
    assert {key: battery[key] for key in ("nomenclature", "description", "unit", "unit_2", "valid_from")} == {
        "nomenclature": "HTS2022",
        "description": "LITHIUM-ION STORAGE BATTERIES, NESOI",
        "unit": "number",
        "unit_2": "kg",
        "valid_from": 2022,
    }
    (horse,) = rows(read_file(SOURCE, EXPORTS), CODES, code="0101210000")
    assert (horse["nomenclature"], horse["unit"]) == ("ScheduleB2022", "number")
    assert horse["description"] == "HORSES, PUREBRED BREEDING, LIVE"


def test_a_unit_that_is_not_collected_is_none() -> None:
    (low,) = rows(read_file(SOURCE, IMPORTS), CODES, code="9999950000")
    assert low["unit"] is None


def test_a_good_is_linked_to_all_it_belongs_to_with_the_zeros_put_back() -> None:
    reading = read_file(SOURCE, IMPORTS)
    horse = {row["other"]: row["other_code"] for row in rows(reading, LINKS, code="0101290010")}
    assert horse == {"SITC4": "00150", "EndUse": "00100", "NAICS": "112920"}
    told = {one.subject: one for one in reading.findings}
    assert {one.rule for one in told.values()} == {"code-shortened"}
    assert told["EndUse"].found.startswith("100, and")


def test_relations_are_counted_over_the_file(tmp_path: Path) -> None:
    one = "0101210010,x,x,NO,,00150,12060,0,112920,0,010121,01012100"
    two = "0101210020,x,x,NO,,00150,12060,0,112990,4,010121,01012100"
    reading = made(tmp_path, one, two)
    assert {(row["code"], row["other"]): row["relation"] for row in reading.tables[LINKS]} == {
        ("0101210010", "SITC4"): "n:1",
        ("0101210020", "SITC4"): "n:1",
        ("0101210010", "EndUse"): "n:1",
        ("0101210020", "EndUse"): "n:1",
        ("0101210010", "NAICS"): "1:1",
        ("0101210020", "NAICS"): "1:1",
        ("0101210020", "HiTech"): "1:1",
    }
    assert {row["nomenclature"] for row in reading.tables[LINKS]} == {"HTS2031"}


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("101210010,x,x,NO,,00150,12060,0,112920,0,010121,01012100", "code"),
        ("0101210010,x,x,PIECES,,00150,12060,0,112920,0,010121,01012100", "unit"),
        ("0101210010,x,x,NO,,150,12060,0,112920,0,010121,01012100", "SITC4"),
        ("0101210010,x,x,NO,,00150,none,0,112920,0,010121,01012100", "EndUse"),
        ("0101210010,x,x,NO,,00150,12060,0,11292,0,010121,01012100", "NAICS"),
    ],
)
def test_a_line_that_is_no_good_is_refused(tmp_path: Path, line: str, column: str) -> None:
    reading = made(tmp_path, "0101290090,x,x,NO,,00150,12060,0,112920,0,010129,01012900", line)
    assert [(one["column"], one["line"]) for one in reading.refused] == [(column, 3)]
    assert len(rows(reading, CODES, nomenclature="HTS2031")) == 1


def test_a_torn_line_of_fixed_width_is_refused(tmp_path: Path) -> None:
    path = tmp_path / EXPORTS.name
    path.write_bytes(EXPORTS.read_bytes() + b"0101210000    HORSES\n")
    (refused,) = read_file(SOURCE, path).refused
    assert refused["expected"] == "a line of the list's widths"


def test_advanced_technology_links_a_good_to_its_field() -> None:
    reading = read_file(SOURCE, TECHNOLOGY)
    held = {(row["nomenclature"], row["other"]) for row in reading.tables[LINKS]}
    assert held == {("HTS2022", "HiTech")}
    assert {row["code"] for row in reading.tables[CODES]} == {"01", "10"}


def test_sitc_has_its_places_and_the_year_it_was_published_in() -> None:
    found = {row["code"]: row for row in read_file(SOURCE, SITC).tables[CODES]}
    assert [found["0011"][name] for name in ("parent", "level", "leaf", "description")] == [
        "001", 4, False, "BOVINE ANIMALS, LIVE",
    ]  # fmt: skip
    assert [found["00111"][name] for name in ("parent", "leaf")] == ["0011", True]
    assert found["792XX"]["parent"] == "792"
    assert {row["nomenclature"] for row in found.values()} == {"SITC4"}


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (EXPORTS.read_bytes(), "sked_b_exp_code.txt", r"no year in the name.*--edition 2022"),
        (TECHNOLOGY.read_bytes(), "list2022.txt", r"expected imp\.\.\. or exp\.\.\."),
        (EXPORTS.read_bytes()[:-10], EXPORTS.name, "end of the file inside a line"),
        (b"a,b\n1,2\n", "codes_2022.csv", "expected a list of HTS, Schedule B, SITC"),
    ],
)
def test_what_cannot_be_read_is_an_error(tmp_path: Path, content: bytes, name: str, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=told):
        read_file(SOURCE, tmp_path / name)


@pytest.mark.parametrize(
    ("name", "nomenclature", "lines", "links"),
    [
        ("census_imp_code_2022.csv", "HTS2022", 19_758, 3 * 19_758 + 644),
        ("sked_b_exp_code.txt", "ScheduleB2022", 9_662, 3 * 9_662 + 494),
        ("impatp22.txt", "HTS2022", 0, 644),
        ("expatp22.txt", "ScheduleB2022", 0, 494),
    ],
)
def test_every_line_of_a_real_list_is_stored(
    real_data: Path, name: str, nomenclature: str, lines: int, links: int
) -> None:
    path = real_data / "codes/census_concordance" / name
    assert recognised(path, SOURCES) is SOURCE
    reading = read_file(SOURCE, path, as_of="2022")
    counted = Counter(row["nomenclature"] for row in reading.tables[CODES])
    assert (counted[nomenclature], len(reading.tables[LINKS])) == (lines, links)
    assert reading.records == counted.total() + links
    assert not reading.refused


def test_every_code_of_the_real_sitc_is_stored(real_data: Path) -> None:
    reading = read_file(SOURCE, real_data / "codes/census_concordance/sitcmstr.txt")
    assert reading.records == len(reading.tables[CODES]) == 4_374
    assert not reading.refused


def test_both_tables_of_imports_say_the_same(real_data: Path) -> None:
    """So one of them is enough to ship; only the one has lost zeros."""
    held = []
    for name in ("census_imp_code_2022.csv", "sked_b_import_codes.csv"):
        with (real_data / "codes/census_concordance" / name).open(encoding="utf-8-sig", newline="") as opened:
            cells = [{key.casefold(): cell for key, cell in row.items()} for row in csv.DictReader(opened)]
        held.append({
            row.get("hs10") or row["code"]: (row["sitc"], row["naics"], row["end_use"].zfill(5),
                                             row["hitech"].zfill(2), row["quantity_1"], row["quantity_2"])
            for row in cells
        })  # fmt: skip
    assert held[0] == held[1]
