"""Stores, and small files in BACI's layout to load into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources import load
from monazite.sources.baci import SOURCE
from monazite.store import reading
from monazite.store.home import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from monazite.sources.load import Loaded

HEADER = "t,i,j,k,v,q"
CODES = "country_code,country_name,country_iso2,country_iso3"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of which nothing is there yet."""
    return Store(tmp_path / "store")


class Files:
    """Makes small files in BACI's layout and loads them."""

    def __init__(self, folder: Path, store: Store) -> None:
        """Make files in a folder, load them into a store."""
        self.folder, self.store = folder, store

    def year(self, year: int, rows: Iterable[str] = (), *, count: int = 3) -> Path:
        """A year of trade: the given rows, or so many made ones."""
        made = [f"{year},4,{8 + 4 * (n % 2)},{10000 + n},{n + 0.5},{n}" for n in range(count)]
        path = self.folder / f"BACI_HS92_Y{year}_V202401b.csv"
        path.write_text("\n".join([HEADER, *(rows or made), ""]))
        return path

    def countries(self, rows: Iterable[str] = ("4,Afghanistan,AF,AFG", "8,Albania,AL,ALB")) -> Path:
        """A list of countries."""
        path = self.folder / "country_codes_V202401b.csv"
        path.write_text("\n".join([CODES, *rows, ""]))
        return path

    def load(self, *paths: Path, again: bool = False) -> list[Loaded]:
        """Load files, each under a lock of its own."""
        done = []
        for path in paths:
            with self.store.writing() as scratch:
                done.append(load.load(self.store, path, SOURCE, again=again, scratch=scratch))
        return done

    def ask(self, sql: str, **versions: int) -> list[dict[str, Any]]:
        """Rows of a query over the store."""
        return reading.query(self.store, sql, versions=versions)


@pytest.fixture
def files(tmp_path: Path, store: Store) -> Files:
    """Makes small files in BACI's layout and loads them into the store."""
    folder = tmp_path / "published"
    folder.mkdir()
    return Files(folder, store)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A store with a year and a list of countries, to be read only."""
    folder = tmp_path_factory.mktemp("loaded")
    files = Files(folder, Store(folder / "store"))
    files.load(files.year(2022), files.countries())
    return files
