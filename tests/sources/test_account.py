"""Nothing disappears: figures in = rows out + figures explained, counted apart from the reader."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.sources.conftest import Slice

    from monazite.sources.usgs_mcs import Reading

ZIPS = ("Industry_Trends.zip", "Salient_Commodity.zip", "World_Data.zip")
WORLD_COLUMNS = 5
STATED_IN_NOTES = 1
CORRECTED = {"11,000,000", ">75,000,000"}


def rows_of(text: str) -> list[list[str]]:
    """Rows of a table, its header left out."""
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def counted(name: str, text: str) -> int:
    """How many figures a member of the wide layout holds a place for."""
    rows = rows_of(text)
    if name.endswith("_salient.csv"):
        return sum(len(row) - 3 for row in rows)
    if name.endswith("World_Data.csv"):
        return WORLD_COLUMNS * len(rows)
    return sum(1 + len(row[4].split(",")) for row in rows) if "Fig2" in name else 0


def figures_2025(zips: Mapping[str, bytes]) -> int:
    """How many figures the zips hold a place for."""
    return sum(counted(name, text) for zipped in zips.values() for name, text in texts(zipped))


def texts(zipped: bytes) -> Iterator[tuple[str, str]]:
    """Name and text of every table in a zip."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                yield name, archive.read(name).decode("utf-8-sig")


def out(reading: Reading) -> int:
    """Rows that a reading gives, and figures that its findings explain."""
    explained = sum(told.rows for told in reading.findings if told.rule == "row-empty")
    assert explained == reading.cells_explained
    return len(reading.statistics) + len(reading.import_sources) + explained


@pytest.mark.parametrize("edition", ["mcs2025", "mcs2026"])
def test_the_account_of_the_specimens_closes(edition: str, specimens: dict[str, Reading]) -> None:
    assert specimens[edition].cells_in == out(specimens[edition])


def test_every_row_of_the_long_specimen_is_read(
    specimens: dict[str, Reading], scraps: dict[str, Slice]
) -> None:
    (content,) = scraps["mcs2026"].files.values()
    assert out(specimens["mcs2026"]) == content.count(b"\r\n") - 1 + STATED_IN_NOTES


def test_every_cell_of_the_wide_specimen_is_read(
    specimens: dict[str, Reading], scraps: dict[str, Slice]
) -> None:
    assert out(specimens["mcs2025"]) == figures_2025(scraps["mcs2025"].files)


def test_every_row_of_the_long_file_is_read(readings: dict[str, Reading], real_data: Path) -> None:
    text = (real_data / "usgs/mcs2026/usgs_mcs2026_commodities_data.csv").read_text(encoding="cp1252")
    assert len(rows_of(text)) == 8886
    assert out(readings["mcs2026"]) == 8886 + STATED_IN_NOTES
    assert readings["mcs2026"].cells_in == out(readings["mcs2026"])


def test_every_cell_of_the_zips_is_read(readings: dict[str, Reading], real_data: Path) -> None:
    zips = {name: (real_data / "usgs/mcs2025" / name).read_bytes() for name in ZIPS}
    assert out(readings["mcs2025"]) == figures_2025(zips) == readings["mcs2025"].cells_in


@pytest.mark.parametrize("edition", ["mcs2025", "mcs2026"])
def test_a_row_keeps_its_line(edition: str, specimens: dict[str, Reading], scraps: dict[str, Slice]) -> None:
    """The figure as published stands in the line that the row names."""
    for row in specimens[edition].statistics:
        file, _, member = row["file"].partition("/")
        held = scraps[edition]
        content = held.members[file][member] if member else held.files[file]
        line = content.decode(held.edition.encoding).splitlines()[row["line"] - 1]
        if row["published"] not in CORRECTED:
            assert row["published"].replace("\xa0", " ") in line.replace("\xa0", " ")


@pytest.mark.parametrize("edition", ["mcs2025", "mcs2026"])
def test_every_country_of_an_edition_is_known(edition: str, readings: dict[str, Reading]) -> None:
    assert [told for told in readings[edition].findings if told.rule == "country-unknown"] == []
    codes = {row["country"] for row in readings[edition].statistics}
    codes |= {row["partner"] for row in readings[edition].import_sources}
    assert {"USA", "WLD", "OTH", "CHN", "COD", "KOR", "MMR"} <= codes
    assert all(len(part) == len("USA") for code in codes for part in code.split("+"))
