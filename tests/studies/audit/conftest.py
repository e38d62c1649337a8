"""Stores made up row by row, so that each check can be met at its boundary; and slices of the real files."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from monazite.schema.indicators import INDICATOR
from monazite.schema.minerals import MINERAL_STATISTIC
from monazite.schema.trade import TRADE
from monazite.sources import baci
from monazite.sources.load import load
from monazite.sources.source import Licence, Rows, Source
from monazite.store.home import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from monazite.sources.source import Account, Given, Redistribution

    Keep = Callable[..., Store]

TABLES = {table.name: table for table in (TRADE, MINERAL_STATISTIC, INDICATOR)}
CODES = ("250410", "250490", "284690", "284610", "811230", "283030")
"""Codes of the slice of BACI: graphite, rare earths, and two that died."""


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Rows as they stand in a file of JSON lines, the first line of which names the table.

    A row may name a source of its own, so that one file can hold those of many.
    """
    table, *lines = given.path.read_text(encoding="utf-8").splitlines()
    account.records += len(lines)
    by: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        row = json.loads(line)
        by[row.pop("source", "")].append(row)
    for name, rows in by.items():
        yield Rows(TABLES[table], rows, {"source": name} if name else {})


def source(identifier: str, terms: Redistribution = "free") -> Source:
    """A source that reads rows as they are."""
    return Source(
        id=identifier,
        title=f"Made up {identifier}",
        publisher="Nobody",
        homepage="https://example.org",
        licence=Licence("Terms", "https://example.org", terms),
        tables=tuple(TABLES.values()),
        recognises=lambda _: True,
        read=read,
        edition=lambda given: given.as_of or "first",
    )


def keeper(folder: Path) -> Keep:
    """A function that loads rows into one store in a folder: each call is one file."""
    store, numbers = Store(folder / "store"), count()

    def kept(
        *rows: dict[str, Any],
        by: str = "made",
        as_of: str = "first",
        table: str = "trade",
        terms: Redistribution = "free",
    ) -> Store:
        path = folder / f"{next(numbers)}.jsonl"
        path.write_text("\n".join([table, *map(json.dumps, rows)]), encoding="utf-8")
        with store.writing() as scratch:
            loaded = load(store, path, source(by, terms), as_of=as_of, scratch=scratch)
        assert not loaded.refused
        return store

    return kept


@pytest.fixture(scope="session")
def made_up() -> Callable[[Path], Keep]:
    """Stores made up row by row, each in a folder of its own."""
    return keeper


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Load rows into the store of this test: each call is one file of one source and edition."""
    return keeper(tmp_path)


@pytest.fixture(scope="session")
def flow() -> Callable[..., dict[str, Any]]:
    """A row of trade: what matters of it, and the rest as usual."""

    def row(year: int | str, value: float | None, mass: float | None = None, **told: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
        unit = told.get("quantity_unit", "kg" if mass is not None else None)
        return {
            "year": int(str(year)[:4]),
            "period": str(year),
            "reporter": "USA",
            "flow": "export",
            "importer": "CAN",
            "exporter": "USA",
            "nomenclature": "HS2017",
            "code": "250410",
            "regime": "",
            "breakdown": "",
            "value_usd": value,
            "valuation": "fob",
            "value_status": "normal" if value is not None else "not-available",
            "quantity": None if mass is None else 1000 * mass,
            "quantity_unit": unit,
            "quantity_status": "normal" if mass is not None else "not-available",
            "mass_t": mass,
            "mass_status": "normal" if mass is not None else "not-available",
            "estimated": False,
            "aggregate": False,
            **told,
        }

    return row


@pytest.fixture(scope="session")
def figure() -> Callable[..., dict[str, Any]]:
    """A row of mineral statistics."""

    def row(year: int, value: float | None, **told: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
        return {
            "chapter": "Phosphate rock",
            "series": "Production",
            "country": "AUS",
            "year": year,
            "section": "world",
            "measure": "production",
            "value": value,
            "low": value,
            "high": value,
            "low_open": False,
            "high_open": False,
            "unit": "t",
            "basis": "gross",
            "obs_status": "normal" if value is not None else "not-available",
            "estimated": False,
            "published": str(value),
            "unit_published": "t",
            "file": "made.jsonl",
            "line": 1,
            **told,
        }

    return row


@pytest.fixture(scope="session")
def baci_slice(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with some codes of the real BACI, all years and countries."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - only with the real files

    folder = tmp_path_factory.mktemp("baci")
    whole = real_data / "baci" / "baci_hs92_1995_2024_mining_codes.parquet"
    held = pq.read_table(whole, filters=[("k", "in", CODES)])
    path = folder / whole.name
    pq.write_table(held, path)
    return stored(folder, [(path, baci.SOURCE)])


@pytest.fixture(scope="session")
def real_store(real_data: Path, tmp_path_factory: pytest.TempPathFactory, baci_slice: Store) -> Store:
    """The slice of BACI beside DataWeb's workbook, World Mining Data and a table of the Census Bureau."""
    from monazite.sources import census, dataweb, wmd  # noqa: PLC0415 - only with the real files

    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(baci_slice.folder, folder / "store")
    files = [
        (real_data / "usitc_dataweb" / "us_domestic_exports_1993-2026.xlsx", dataweb.SOURCE),
        (real_data / "wmd" / "world_mining_data_2018_2024.csv", wmd.SOURCE),
        (real_data / "census" / "us_imports_2024_hts10_critical_subset.csv", census.SOURCE),
    ]
    return stored(folder, files)


def stored(folder: Path, files: list[tuple[Path, Source]]) -> Store:
    """A store in a folder, with some files in it."""
    store = Store(folder / "store")
    with store.writing() as scratch:
        for path, kind in files:
            load(store, path, kind, scratch=scratch)
    return store
