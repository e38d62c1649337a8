"""The page for analysts is true: its example is proposed, read and told as it says."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monazite.errors import UsageError
from monazite.sources.load import read_file
from monazite.sources.own import read_mapping, source_for, suggest
from monazite.sources.own.columns import _ALWAYS, _BY_KIND
from monazite.sources.own.kinds import TARGETS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "own-data.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DAY = datetime(2025, 6, 30, 12, tzinfo=UTC).timestamp()


def block(kind: str) -> str:
    """The first block of a kind on the page."""
    return next(match[2] for match in FENCE.finditer(PAGE) if match[1] == kind)


def rows(header: str) -> list[tuple[str, ...]]:
    """Rows of the table on the page that begins with a header."""
    table = PAGE.partition(f"| {header} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table]


@pytest.fixture
def purchases(tmp_path: Path) -> Path:
    path = tmp_path / "purchases.csv"
    path.write_text(block("csv"), encoding="utf-8")
    os.utime(path, (DAY, DAY))
    return path


def test_the_mapping_on_the_page_is_the_one_proposed(purchases: Path) -> None:
    assert suggest(purchases).yaml == block("yaml")


def test_what_the_page_says_is_stored_refused_and_told(purchases: Path) -> None:
    mapping = purchases.with_suffix(".yaml")
    mapping.write_text(block("yaml").replace('{from: "HTS Number"}', '{from: "HTS Number", digits: 10}'))
    read = read_file(source_for(read_mapping(mapping)), purchases)
    stored = {
        tuple(str(row[name]) for name in ("period", "exporter", "code", "value_usd", "mass_t"))
        for row in read.tables["trade"]
    }
    assert stored == set(rows("period | exporter | code | value_usd | mass_t"))
    refused = [(str(one["line"]), one["rule"], one["found"]) for one in read.refused]
    assert refused == rows("line | rule | found")
    told = PAGE.partition("\nand tells ")[2].partition(". ")[0]
    assert sorted({one.rule for one in read.findings}) == re.findall(r"`([\w-]+)`", told)


def test_the_error_on_the_page_is_the_one_given(purchases: Path) -> None:
    mapping = purchases.with_suffix(".yaml")
    mapping.write_text(block("yaml").replace('unit: "kg"', 'unit: "kgs."'))
    with pytest.raises(UsageError) as error:
        read_mapping(mapping)
    assert str(error.value) == block("text").strip()


def test_the_page_names_every_key_and_table() -> None:
    keys = {key for listed in _BY_KIND.values() for key in listed} | set(_ALWAYS)
    assert [key for key in sorted(keys) if f"`{key}" not in PAGE and f"{{{key}:" not in PAGE] == []
    assert [name for name in TARGETS if f"`{name}`" not in PAGE] == []
