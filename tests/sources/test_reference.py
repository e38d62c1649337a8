"""What is shipped is what the publisher's files give, to the byte."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError, StoreError
from monazite.schema.minerals import MINERAL_STATISTIC
from monazite.schema.nomenclature import HS_EDITIONS, NOMENCLATURE_CODE, NOMENCLATURE_LINK, US_IMPORT
from monazite.schema.provenance import FINDING, SNAPSHOT
from monazite.sources import reference, reference_codes, reference_world, usgs_mcs
from monazite.store.parquet import select
from monazite.store.shipped import FOLDER, SHIPPED, query

if TYPE_CHECKING:
    from monazite.schema.tables import Table

LOCK = Path(__file__).parents[2] / "requirements/core.txt"
LARGEST = 3 * 2**20
PUBLIC = {"HTS2022", "HTS2025", "ScheduleB2022", "SITC4"}
"""Nomenclatures whose texts are in the public domain."""

Tables = dict["Table", list[reference.Row]]


@pytest.fixture(scope="module")
def compiled(real_data: Path) -> Tables:
    return reference.compiled(real_data)


@pytest.fixture(scope="module")
def rebuilt(compiled: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of tables built afresh."""
    folder = tmp_path_factory.mktemp("rebuilt")
    reference.write(compiled, folder)
    return folder


def locked() -> bool:
    """Whether the engine is the locked one, whose bytes are shipped."""
    (version,) = re.findall(r"^duckdb==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return bool(importlib.metadata.version("duckdb") == version)


@pytest.mark.parametrize("table", SHIPPED, ids=lambda table: table.name)
def test_shipped_is_what_the_files_give(table: Table, rebuilt: Path) -> None:
    name = f"{table.name}.parquet"
    ours, theirs = (select({"held": folder / name}, "FROM held") for folder in (FOLDER, rebuilt))
    assert ours == theirs
    if locked():
        assert (FOLDER / name).read_bytes() == (rebuilt / name).read_bytes()


def test_two_builds_give_the_same_bytes(compiled: Tables, rebuilt: Path, tmp_path: Path) -> None:
    again = reference.write({table: rows[::-1] for table, rows in compiled.items()}, tmp_path)
    assert len(again) == len(SHIPPED)
    assert all(path.read_bytes() == (rebuilt / path.name).read_bytes() for path in again)


def test_nothing_but_the_tables_is_left(rebuilt: Path) -> None:
    assert {path.stem for path in rebuilt.iterdir()} == {table.name for table in SHIPPED}


def test_a_row_names_the_file_it_was_read_from(compiled: Tables) -> None:
    snapshots = {row["snapshot"]: row for row in compiled[SNAPSHOT]}
    mcs = sum(len(edition.files) for edition in usgs_mcs.EDITIONS)
    assert len(snapshots) == mcs + len(reference_codes.FILES) + 51 + len(reference_world.FILES)
    assert all(row["sha256"].startswith(key) for key, row in snapshots.items())
    for row in compiled[MINERAL_STATISTIC]:
        assert snapshots[row["snapshot"]]["file"] == row["file"].partition("/")[0]


@pytest.mark.parametrize("table", [NOMENCLATURE_CODE, NOMENCLATURE_LINK, US_IMPORT], ids=lambda one: one.name)
def test_a_row_of_nomenclatures_is_of_a_file_that_is_told(table: Table) -> None:
    told = f"SELECT DISTINCT s.source FROM {table.name} AS t LEFT JOIN snapshot AS s USING (snapshot)"  # noqa: S608 - declared names
    sources = {row["source"] for row in query(told)}
    assert sources <= {"unsd", "hts", "census_codes", "crosswalks", "census"}
    assert (FOLDER / f"{table.name}.parquet").stat().st_size < LARGEST


def test_only_texts_in_the_public_domain_are_shipped() -> None:
    held = query("SELECT DISTINCT nomenclature FROM nomenclature_code WHERE description IS NOT NULL")
    assert {row["nomenclature"] for row in held} == PUBLIC


@pytest.mark.parametrize(
    ("nomenclature", "code", "first", "last"),
    [
        ("HS1992", "811230", 1992, 2006),
        ("HS2002", "811230", 1992, 2006),
        ("HS2012", "850760", 2012, None),
        ("HS2022", "850780", 1992, None),
        ("HS1996", "854140", 1992, 2021),
        ("HS2022", "854921", 2022, None),
        ("HTS2025", "8507600020", 2022, None),
        ("HTS2025", "850760", 2022, None),
    ],
)
def test_a_code_is_in_force_over_the_editions_that_have_it(
    nomenclature: str, code: str, first: int, last: int | None
) -> None:
    (row,) = query("FROM nomenclature_code WHERE nomenclature = ? AND code = ?", [nomenclature, code])
    assert (row["valid_from"], row["valid_to"]) == (first, last)


def test_a_link_between_editions_joins_codes_of_both() -> None:
    editions = ", ".join(f"'{one}'" for one in HS_EDITIONS)
    lost = query(
        "SELECT nomenclature, code FROM (SELECT nomenclature, code FROM nomenclature_link"  # noqa: S608 - declared
        " UNION SELECT other, other_code FROM nomenclature_link) ANTI JOIN nomenclature_code"
        f" USING (nomenclature, code) WHERE nomenclature IN ({editions})"
    )
    assert lost == []


def test_imports_hold_fifty_countries_and_one_group_that_holds_some_of_them() -> None:
    told = "SELECT aggregate, count(DISTINCT partner) AS n, count(*) AS rows FROM us_import"
    assert [tuple(row.values()) for row in query(f"{told} GROUP BY 1 ORDER BY 1")] == [
        (False, 50, 193_839),
        (True, 1, 15_777),
    ]
    assert query("SELECT DISTINCT partner FROM us_import WHERE aggregate") == [{"partner": "european-union"}]
    (battery,) = query("SELECT value_usd FROM us_import WHERE code = '8507600020' AND partner = 'CHN'")
    assert battery["value_usd"] == 13_219_910_483


def test_every_finding_is_shipped(compiled: Tables) -> None:
    assert {row["rule"] for row in compiled[FINDING]} >= {
        "header-mislabelled",
        "source-corrected",
        "row-empty",
    }


def test_one_bad_table_leaves_all_as_they_were(compiled: Tables, tmp_path: Path) -> None:
    few = {table: compiled[table] for table in (MINERAL_STATISTIC, FINDING, SNAPSHOT)}
    before = {path.name: path.read_bytes() for path in reference.write(few, tmp_path)}
    bad = {**few, FINDING: [{**compiled[FINDING][0], "severity": "fatal"}], SNAPSHOT: []}
    with pytest.raises(StoreError, match="severity-code"):
        reference.write(bad, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_without_files_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reference.main([str(tmp_path)]) == SourceError.exit_code
    told = capsys.readouterr().err
    assert "no such file" in told
    assert "doi.org" in told
    assert list(tmp_path.iterdir()) == []


def test_called_without_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert reference.main([]) == 2
    assert "one folder is needed" in capsys.readouterr().err
