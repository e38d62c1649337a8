"""The tariff schedule: texts under the texts above them, codes it passes over, units as in trade."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError
from monazite.sources import SOURCES
from monazite.sources.census.units import UNITS
from monazite.sources.hts import SOURCE, edition, units
from monazite.sources.load import read_file, recognised
from monazite.sources.source import Given

if TYPE_CHECKING:
    from monazite.sources.load import Reading

SPECIMEN = Path(__file__).parents[2] / "specimens/hts/hts_2025_basic_edition_scrap.csv"
HEADER = (
    "HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,"
    "Column 2 Rate of Duty,Quota Quantity,Additional Duties"
)


@pytest.fixture(scope="module")
def scrap() -> dict[str, dict[str, Any]]:
    """Codes of the specimen."""
    return {row["code"]: row for row in read_file(SOURCE, SPECIMEN).tables["nomenclature_code"]}


def made(folder: Path, *lines: str, name: str = "hts_2031.csv", as_of: str = "") -> Reading:
    """An export of such lines (number, indent, text, units), read."""
    path = folder / name
    path.write_text("\n".join([HEADER, *(f"{line},,,,," for line in lines), ""]), encoding="utf-8")
    return read_file(SOURCE, path, as_of=as_of)


def test_the_specimen_is_known_to_this_source_alone_and_closes() -> None:
    assert recognised(SPECIMEN, SOURCES) is SOURCE
    reading = read_file(SOURCE, SPECIMEN)
    assert reading.records == len(reading.tables["nomenclature_code"])
    assert not reading.refused


def test_a_text_stands_under_the_texts_above_it_numbered_or_not(scrap: dict[str, dict[str, Any]]) -> None:
    assert scrap["0101210010"]["description"] == (
        "Live horses, asses, mules and hinnies > Horses > Purebred breeding animals > Males"
    )
    assert scrap["8507600020"]["description"].endswith("> Lithium-ion batteries > Other")
    assert scrap["2825600000"]["description"].endswith("> Germanium oxides and zirconium dioxide")


@pytest.mark.parametrize(
    ("code", "parent", "level"),
    [
        ("0101", None, 4),
        ("010121", "0101", 6),
        ("01012100", "010121", 8),
        ("0101210010", "01012100", 10),
        ("850760", "8507", 6),
        ("030990", "0309", 6),
    ],
)
def test_codes_without_a_line_stand_between(
    scrap: dict[str, dict[str, Any]], code: str, parent: str | None, level: int
) -> None:
    assert [scrap[code][name] for name in ("parent", "level", "leaf")] == [parent, level, level == 10]
    assert scrap[code]["nomenclature"] == "HTS2025"


def test_a_code_without_a_line_says_what_its_codes_share(scrap: dict[str, dict[str, Any]]) -> None:
    assert scrap["850760"]["description"] == scrap["85076000"]["description"]
    assert scrap["010121"]["description"].endswith("> Horses > Purebred breeding animals")
    assert scrap["282560"]["unit"] == scrap["2825600000"]["unit"] == "kg"


def test_codes_that_share_no_text_make_no_code(tmp_path: Path) -> None:
    rows = made(tmp_path, "9903.01.24,0,One,", "9903.01.25,0,Two,").tables["nomenclature_code"]
    assert [(row["code"], row["parent"]) for row in rows] == [("99030124", None), ("99030125", None)]


@pytest.mark.parametrize(
    ("published", "ours"),
    [
        ('["No.","kg"]', ("number", "kg")),
        ('["kg","W kg"]', ("kg", "kg content")),
        ('["t","Cr2O3 t"]', ("t", "t content")),
        ('["doz. ","kg"]', ("dozen", "kg")),
        ('["No. and kg"]', ("number", "kg")),
        ('["","\\n"]', ()),
    ],
)
def test_units_are_those_of_trade(published: str, ours: tuple[str, ...]) -> None:
    assert units.units(published) == ours


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("0101.2,1,x,", "HTS Number"),
        ("101.21.00,1,x,", "HTS Number"),
        ("0101,1,x,", "HTS Number"),
        ('0101.21.00,1,x,"[""kg"""', "Unit of Quantity"),
        ('0101.21.00,1,x,"[""kg"",""t"",""g""]"', "Unit of Quantity"),
        ("0101.21.00,1,x,[7]", "Unit of Quantity"),
    ],
)
def test_a_line_that_is_no_code_is_refused(tmp_path: Path, line: str, column: str) -> None:
    reading = made(tmp_path, "0101,0,Horses:,", line)
    assert [row["code"] for row in reading.tables["nomenclature_code"]] == ["0101"]
    assert [(one["column"], one["line"]) for one in reading.refused] == [(column, 3)]


def test_a_shifted_line_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"line 3, column 'Indent': found 'x', expected 0 to 30"):
        made(tmp_path, "0101,0,Horses:,", "0101.21.00,x,1,")
    with pytest.raises(SourceError, match=r"line 2: found 8 cells, expected 9"):
        made(tmp_path, "0101,0,Horses:")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hts_2025_basic_edition.csv", "2025-basic"),
        ("hts_2025_revision_16_csv.csv", "2025-revision16"),
        ("htsdata-2031.csv", "2031"),
    ],
)
def test_the_edition_is_in_the_name(tmp_path: Path, name: str, told: str) -> None:
    given = Given(tmp_path / name, name, "0" * 16, date(2026, 1, 1), tmp_path)
    assert edition(given) == told


def test_without_a_year_the_user_is_asked_for_one(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no year in the name.*--edition 2025"):
        made(tmp_path, "0101,0,Horses:,", name="htsdata.csv")
    with pytest.raises(SourceError, match="found 'latest', expected a year"):
        made(tmp_path, "0101,0,Horses:,", as_of="latest")
    rows = made(tmp_path, "0101,0,Horses:,", name="htsdata.csv", as_of="2031").tables["nomenclature_code"]
    assert [(row["nomenclature"], row["valid_from"]) for row in rows] == [("HTS2031", 2031)]


def test_every_numbered_line_of_the_real_schedule_is_a_code(real_data: Path) -> None:
    path = real_data / "codes/hts/hts_2025_basic_edition.csv"
    assert recognised(path, SOURCES) is SOURCE
    reading = read_file(SOURCE, path)
    codes = {row["code"]: row for row in reading.tables["nomenclature_code"]}
    with path.open(encoding="utf-8-sig", newline="") as opened:
        numbers = [row["HTS Number"].replace(".", "") for row in csv.DictReader(opened)]
    assert (len(numbers), numbers.count("")) == (35_859, 6_017)
    assert {number for number in numbers if number} <= codes.keys()
    assert reading.records == len(codes) == 29_842 + 12_057
    assert not reading.refused
    assert all(row["description"] for row in codes.values())
    counted = {row[unit] for row in codes.values() for unit in ("unit", "unit_2")}
    assert counted - {None} <= set(UNITS.values())
