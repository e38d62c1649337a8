"""Stores of a few flows in BACI's layout, and of the publisher's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.schema.columns import Column
from monazite.schema.tables import Table
from monazite.sources.baci import SOURCE
from monazite.sources.load import load
from monazite.store.home import Store
from monazite.store.parquet import select, write_parquet
from monazite.studies.measure import measure_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from monazite.studies.measure import Measured


USA, CHN, DEU, FRA, TWN, ATA, EFTA_NES = 842, 156, 276, 251, 490, 10, 697
GRAPHITE, TIE, PARTLY, NOBODY, UNSCORED, ALONE = 250410, 250490, 280530, 283030, 284690, 810520
CASES = (
    (CHN, USA, GRAPHITE, 60.0),
    (DEU, USA, GRAPHITE, 30.0),
    (TWN, USA, GRAPHITE, 10.0),
    (USA, DEU, GRAPHITE, 5.0),
    (CHN, DEU, GRAPHITE, 5.0),
    (CHN, FRA, GRAPHITE, 100.0),
    *((exporter, USA, TIE, 7.0) for exporter in (FRA, DEU, TWN)),
    (EFTA_NES, USA, PARTLY, 50.0),
    (CHN, USA, PARTLY, 30.0),
    (DEU, USA, PARTLY, 20.0),
    (EFTA_NES, USA, NOBODY, 50.0),
    (ATA, USA, UNSCORED, 1.0),
    (CHN, USA, ALONE, 1.0),
)
"""Of graphite China exports 165 of 210, Germany 30, Taiwan 10, the United States 5."""

Flow = tuple[int, int, int, float]
EXTRACT = Table(
    "extract",
    "Years of BACI in one file, as others keep them.",
    (
        *(Column(name, "integer", name, key=True) for name in "tijk"),
        *(Column(name, "number", name) for name in "vq"),
    ),
)


class Trade:
    """A store that years of BACI are loaded into: rows of exporter, importer, code, thousand dollars."""

    def __init__(self, folder: Path) -> None:
        """Make files in a folder, and the store in it."""
        self.folder, self.store = folder, Store(folder / "store")

    def year(
        self,
        year: int,
        rows: Iterable[Flow],
        *,
        edition: str = "202401b",
        vintage: str = "92",
        name: str = "",
    ) -> None:
        """Load a year."""
        path = self.folder / f"{name}BACI_HS{vintage}_Y{year}_V{edition}.csv"
        lines = [f"{year},{exporter},{importer},{code},{value},1" for exporter, importer, code, value in rows]
        path.write_text("\n".join(["t,i,j,k,v,q", *lines, ""]))
        self.load(path)

    def years(self, rows: Mapping[int, Iterable[Flow]]) -> None:
        """Load several years, as an extract."""
        columns = ("t", "i", "j", "k", "v")
        told = [dict(zip(columns, (year, *row), strict=True)) for year, some in rows.items() for row in some]
        path = self.folder / "baci_hs92_made.parquet"
        write_parquet(EXTRACT, [{**row, "q": 1.0} for row in told], path)
        self.load(path)

    def load(self, path: Path) -> None:
        """Load a file."""
        with self.store.writing() as scratch:
            assert not load(self.store, path, SOURCE, scratch=scratch).refused

    def measured(
        self, *, years: Sequence[int] = (), nomenclature: str = "", as_of: str = ""
    ) -> list[dict[str, Any]]:
        """Every row of all years, measured."""
        return rows_of(measure_all(self.store, years=years, nomenclature=nomenclature, as_of=as_of))


def rows_of(found: Measured) -> list[dict[str, Any]]:
    """Rows of measured years, whole."""
    return select({}, f"{found.select} ORDER BY year, importer, code")


@pytest.fixture(scope="session")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A measured year: under each code another case."""
    trade = Trade(tmp_path_factory.mktemp("cases"))
    trade.year(2022, CASES)
    return trade.measured()


@pytest.fixture
def trade(tmp_path: Path) -> Trade:
    """A store of which nothing is there yet."""
    return Trade(tmp_path)
