"""What is read of the world: flows, governance, production; loaded before shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.codes.materials import material
from monazite.codes.production_series import production_series
from monazite.errors import DataMissingError, UsageError
from monazite.sources import SOURCES
from monazite.sources.load import load
from monazite.store.home import Store
from monazite.studies.world.flows import world_flows, years_held
from monazite.studies.world.governance import political_stability
from monazite.studies.world.production import of_chapter, productions, world_production

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def loaded(folder: Path, files: Iterable[tuple[str, Path]]) -> Store:
    store, sources = Store(folder / "store"), {one.id: one for one in SOURCES}
    with store.writing() as scratch:
        for source, file in files:
            load(store, file, sources[source], scratch=scratch)
    return store


@pytest.fixture(scope="module")
def store(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    files = (
        ("baci", real_data / "baci/BACI_HS92_Y2022_V202401b.csv"),
        ("wmd", real_data / "wmd/world_mining_data_2018_2024.csv"),
    )
    return loaded(tmp_path_factory.mktemp("world"), files)


def test_shipped_flows_are_those_of_the_extract(real_data: Path, tmp_path: Path) -> None:
    extract = real_data / "baci/baci_hs92_1995_2024_mining_codes.parquet"
    own = loaded(tmp_path, [("baci", extract)])
    for code in ("250410", "284690"):
        ours, theirs = world_flows([code], [2023], tmp_path / "none"), world_flows([code], [2023], own)
        assert ours.exporter.tolist() == theirs.exporter.tolist()
        assert ours.importer.tolist() == theirs.importer.tolist()
        assert np.array_equal(ours.value_usd, theirs.value_usd)
        assert np.array_equal(ours.mass_t, theirs.mass_t, equal_nan=True)
        assert ours.held == theirs.held
        assert ours.source.snapshots == theirs.source.snapshots


def test_a_year_of_the_store_goes_before_the_shipped_one(store: Store) -> None:
    found = world_flows(["250410"], [2022], store)
    assert found.source.as_of == "V202401b"
    assert world_flows(["250410"], [2023], store).source.as_of != "V202401b"
    assert years_held(store) == (2020, 2021, 2022, 2023, 2024)


def test_a_missing_quantity_is_no_quantity(tmp_path: Path) -> None:
    found = world_flows([], [2022], tmp_path)
    assert 0.01 < np.isnan(found.mass_t).mean() < 0.1
    assert not np.isnan(found.value_usd).any()


def test_years_that_are_nowhere_are_told(store: Store) -> None:
    with pytest.raises(DataMissingError, match=r"for 1994; there is 2020 to 2024.*monazite fetch baci"):
        world_flows(["250410"], [1994, 2022], store)
    with pytest.raises(DataMissingError, match="in HS2012 for 2022; there is none"):
        world_flows(["250410"], [2022], store, nomenclature="HS2012")
    with pytest.raises(UsageError, match="at least one year"):
        world_flows(["250410"], [], store)


def test_flows_are_chosen_by_what_they_hold(tmp_path: Path) -> None:
    found = world_flows([], [2024], tmp_path).of(importer="USA", code="250410")
    assert set(found.importer) == {"USA"}
    assert set(found.code) == {"250410"}


def test_governance_is_of_the_year_or_the_latest_before_it(tmp_path: Path) -> None:
    assert political_stability(2022, tmp_path).scores["TWN"] == pytest.approx(0.7, abs=0.3)
    assert political_stability(1997, tmp_path).year == 1996
    assert political_stability(2030, tmp_path).year == 2024
    with pytest.raises(DataMissingError, match="up to 1990"):
        political_stability(1990, tmp_path)


def test_production_of_the_store_goes_before_the_shipped_one(store: Store, tmp_path: Path) -> None:
    ours = world_production("cobalt", 2022, store)
    assert (ours.stage, ours.basis, ours.unit, ours.formula) == ("ore", "content", "t", "Co")
    assert max(ours.amounts(), key=ours.amounts().__getitem__) == "COD"
    assert world_production("cobalt", 2024, store, source="mcs").source.as_of == "mcs2026"
    assert world_production("cobalt", 2023, tmp_path).source.as_of == "mcs2025"
    with pytest.raises(DataMissingError, match=r"cobalt in 2019 by country.*load World Mining Data"):
        world_production("cobalt", 2019, tmp_path)


def test_every_series_of_the_table_is_a_mineral_of_the_publisher(store: Store) -> None:
    for one in production_series():
        assert material(one.material).id == one.material
        assert of_chapter(one.chapter, 2022, store).producers, one.chapter


def test_stages_of_production_are_told_apart(tmp_path: Path) -> None:
    found = {one.stage: one for one in productions("aluminum", 2024, tmp_path)}
    assert {"ore", "refined"} <= set(found)
    assert world_production("aluminum", 2024, tmp_path, stage="refined").label.endswith("Smelter production")
    with pytest.raises(DataMissingError, match="there is ore"):
        world_production("graphite", 2024, tmp_path, stage="refined")


def test_platinum_is_counted_as_the_metal(tmp_path: Path) -> None:
    assert world_production("platinum", 2024, tmp_path).formula == "Pt"
    assert world_production("rare earths", 2024, tmp_path).formula == "REO"


def test_the_rest_of_the_world_has_no_place(tmp_path: Path) -> None:
    found = world_production("rare earths", 2024, tmp_path)
    assert found.rest == 1000
    assert "OTH" not in found.amounts()
    assert found.world == 380_000
