"""Crosswalks compiled by others: links to industries; a good without one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from monazite.errors import SourceError
from monazite.sources import SOURCES
from monazite.sources.crosswalks import SOURCE
from monazite.sources.load import read_file, recognised

SPECIMEN = Path(__file__).parents[2] / "specimens/crosswalks/hs10_bea_2022_made_up.csv"


def test_a_good_is_linked_to_its_industry_and_one_without_is_told() -> None:
    assert recognised(SPECIMEN, SOURCES) is SOURCE
    reading = read_file(SOURCE, SPECIMEN)
    links = {row["code"]: (row["nomenclature"], row["other"], row["other_code"], row["relation"])
             for row in reading.tables["nomenclature_link"]}  # fmt: skip
    assert links == {
        "0101210010": ("HTS2022", "BEA", "111CA", "n:1"),
        "0101210020": ("HTS2022", "BEA", "111CA", "n:1"),
        "8507600020": ("HTS2022", "BEA", "335", "1:1"),
    }
    assert {(row["code"], row["level"]) for row in reading.tables["nomenclature_code"]} == {
        ("111CA", 1),
        ("335", 1),
    }
    assert [(one["rule"], one["line"]) for one in reading.refused] == [("row-empty", 4)]
    assert [(one.rule, one.rows) for one in reading.findings] == [("row-empty", 1)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hs10,industry\n", "found hs10, industry"),
        ("hs10,naics\n0101210010\n", "line 2: found 1 cells, expected 2"),
        ("hs10,naics\n0101210010,112920", "end of the file inside a line"),
    ],
)
def test_what_is_no_crosswalk_is_an_error(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "walk_2022.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        read_file(SOURCE, path)


def test_a_line_that_links_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "walk_2022.csv"
    path.write_text("hs10,naics\n101210010,112920\n0101210010,horses\n", encoding="utf-8")
    refused = read_file(SOURCE, path).refused
    assert [(one["column"], one["found"]) for one in refused] == [
        ("hs10", "'101210010'"),
        ("naics", "'horses'"),
    ]


@pytest.mark.parametrize(
    ("name", "links", "industries", "without"),
    [("hs10_naics", 20_780, 405, 0), ("hs10_bea", 20_485, 23, 295)],
)
def test_every_line_of_a_real_crosswalk_is_stored_or_refused(
    real_data: Path, name: str, links: int, industries: int, without: int
) -> None:
    path = real_data / f"codes/crosswalks/{name}_crosswalk.csv"
    assert recognised(path, SOURCES) is SOURCE
    reading = read_file(SOURCE, path, as_of="2022")
    held = [len(reading.tables[table]) for table in ("nomenclature_link", "nomenclature_code")]
    assert held == [links, industries]
    assert len(reading.refused) == without
    assert reading.records == links + industries + without
