"""``monazite measure``: all years and again, a selection, what it refuses."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = ("156,842,250410,60,1", "276,842,250410,30,1", "490,842,250410,10,1", "156,251,250410,100,1")


@pytest.fixture
def store(tmp_path: Path, run: Callable[..., Any]) -> str:
    """A store of two years."""
    place = str(tmp_path / "store")
    for year in (2021, 2022):
        path = tmp_path / f"BACI_HS92_Y{year}_V202401b.csv"
        path.write_text("\n".join(["t,i,j,k,v,q", *(f"{year},{row}" for row in ROWS), ""]))
        assert run("load", str(path), "--store", place).code == 0
    return place


def test_all_is_measured_and_again_only_what_changed(
    store: str, tmp_path: Path, run: Callable[..., Any]
) -> None:
    first = run("measure", "--all", "--store", store, "--format", "json")
    assert [(one["year"], one["already"]) for one in json.loads(first.out)["rows"]] == [
        (2021, False),
        (2022, False),
    ]
    told = tmp_path / "all.csv"
    second = run("measure", "--all", "--store", store, "--workers", "1", "-o", str(told))
    assert "2 years, 2 of them done before; 4 rows in" in second.err
    with told.open() as file:
        assert [row["importer"] for row in csv.DictReader(file)] == ["FRA", "USA"] * 2


def test_the_years_may_go_to_a_folder(store: str, tmp_path: Path, run: Callable[..., Any]) -> None:
    folder = tmp_path / "elsewhere"
    assert run("measure", "--all", "--store", store, "--year", "2022", "-o", str(folder)).code == 0
    names = {one.name for one in folder.glob("*.parquet")}
    assert names == {"2022.parquet", "codes.parquet", "persistence.parquet"}


def test_what_does_not_go_together_is_refused(run: Callable[..., Any]) -> None:
    assert run("measure").code == 2
    assert run("measure", "--all", "--code", "250410").code == 2
    assert run("measure", "--code", "250410", "--again").code == 2


def test_nothing_loaded_is_data_missing(tmp_path: Path, run: Callable[..., Any]) -> None:
    told = run("measure", "--all", "--store", str(tmp_path / "nowhere"))
    assert (told.code, "monazite fetch baci" in told.err) == (3, True)


def test_a_selection_is_shown_with_its_leader_and_index(store: str, run: Callable[..., Any]) -> None:
    asked = ("measure", "--importer", "USA", "--code", "250410", "--store", store)
    shown = run(*asked).out
    assert "60% China" in shown
    assert "0.46" in shown
    (row,) = json.loads(run(*asked, "--format", "json").out)["rows"]
    assert (row["leading_exporter"], row["suppliers"]) == ("CHN", 3)
