"""Shipped scenarios read, are what they say, and rest on named sources; the sweep covers every supplier."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from tests.conftest import find_golden

from monazite.errors import UnknownCodeError
from monazite.studies.stress.scenario import scenario, scenario_of, shipped, sweep, write
from monazite.studies.stress.scenario.sweep import suppliers
from monazite.studies.world.production import productions

if TYPE_CHECKING:
    from monazite.studies.stress.scenario import Scenario

IDS = [one.id for one in shipped()]
EXPECTED = [
    "antibiotics",
    "antimony-2024",
    "cobalt-leading-miner",
    "gallium-2024",
    "gallium-germanium-2023",
    "gallium-germanium-2024",
    "germanium-2024",
    "graphite-2023",
    "lithium-ion-cells",
    "magnets",
    "nickel",
    "port-closure",
    "rare-earths-2025",
    "refining-only",
    "tungsten",
    "tungsten-2025",
    "two-suppliers",
]


def test_the_scenarios_that_were_asked_for_are_there() -> None:
    assert IDS == EXPECTED


@pytest.mark.parametrize("name", IDS)
def test_a_shipped_scenario_reads_and_is_written_back(name: str) -> None:
    read = scenario(name)
    assert read.id == name
    assert read.about
    assert read.sources
    assert scenario_of(write(read)) == read


@pytest.mark.parametrize("name", IDS)
def test_every_depth_names_its_source(name: str) -> None:
    for cut in scenario(name).cuts:
        assert cut.depth.source != "the scenario file"
        assert cut.depth.high > 0


def test_scenarios_come_with_the_package() -> None:
    folder = files("monazite.studies.stress.scenario.shipped")
    assert {one.name for one in folder.iterdir() if one.name.endswith(".yaml")} == {
        f"{name}.yaml" for name in IDS
    }


@pytest.mark.parametrize("name", ["gallium-2024", "germanium-2024", "gallium-germanium-2024"])
def test_the_bans_are_full_restrictions_by_definition(name: str) -> None:
    (cut,) = scenario(name).cuts
    assert cut.countries == ("CHN",)
    assert cut.against == ()
    assert (cut.depth.low, cut.depth.high) == (1, 1)
    assert cut.leakage is not None
    assert cut.leakage.high == 0
    assert scenario(name).starts == "2024-12-03"


@pytest.mark.needs("golden")
@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("gallium-germanium-2023", "Ga/Ge licensing effective"),
        ("graphite-2023", "Graphite licensing effective"),
    ],
)
def test_a_scenario_begins_on_the_published_day(name: str, event: str) -> None:
    assert scenario(name).starts == _golden("EVENT_DATE", event)[0][5]


@pytest.mark.needs("golden")
def test_depths_are_those_of_the_published_exports() -> None:
    of = {(row[1].split()[0], row[2]): float(row[5]) for row in _golden("EVENT_SERIES")}
    stop, gallium, germanium = (cut.depth for cut in scenario("gallium-germanium-2023").cuts)
    assert of["Gallium", "2023-08"] == of["Gallium", "2023-09"] == of["Germanium", "2023-08"] == 0
    assert stop.low <= 1 - of["Germanium", "2023-09"] / of["Germanium", "2022-10"]
    assert gallium.central == pytest.approx(1 - of["Gallium", "2023-11"] / of["Gallium", "2022-11"], abs=5e-3)
    assert gallium.high == pytest.approx(1 - of["Gallium", "2023-10"] / of["Gallium", "2022-10"], abs=5e-3)
    november = 1 - of["Germanium", "2023-11"] / of["Germanium", "2022-11"]
    october = 1 - of["Germanium", "2023-10"] / of["Germanium", "2022-10"]
    assert germanium.high == pytest.approx(november, abs=5e-3)
    assert germanium.central == pytest.approx((november + october) / 2, abs=5e-3)


def _golden(method: str, about: str = "") -> list[list[str]]:
    table = find_golden()
    if table is None:
        pytest.fail("no golden table")
    with table.open(encoding="utf-8") as file:
        return [row for row in csv.reader(file) if row[0] == method and about in row[1]]


@pytest.mark.parametrize(
    ("material", "stage", "shares"),
    [
        ("antimony", "ore", (0.36, 0.29)),
        ("vanadium", "ore", (0.75, 0.19)),
        ("magnesium", "refined", (0.86, 0.05)),
        ("titanium", "refined", (0.70, 0.07)),
        ("tellurium", "refined", (0.80, 0.07)),
    ],
)
def test_two_suppliers_have_the_shares_that_are_told(
    material: str, stage: str, shares: tuple[float, float]
) -> None:
    series = [one for one in productions(material, 2025, "nowhere", source="mcs") if one.stage == stage]
    found = {
        tuple(round(one.amounts().get(code, 0) / one.world, 2) for code in ("CHN", "RUS"))
        for one in series
        if one.world
    }
    assert shares in found


def test_a_missed_name_is_told_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="nearest: rare-earths-2025"):
        scenario("rare earths")
    assert scenario("Rare Earths 2025").id == "rare-earths-2025"


def test_the_sweep_is_lazy_in_order_and_the_same_each_time() -> None:
    first = list(islice(sweep(), 5))
    assert first == list(islice(sweep(), 5))
    ids = [one.id for one in sweep()]
    assert ids == sorted(set(ids))
    assert len(ids) == 907


def test_the_sweep_cuts_all_of_one_supplier_for_a_year() -> None:
    found: dict[str, Scenario] = {one.id: one for one in sweep()}
    (cut,) = found["gallium.CHN"].cuts
    assert (cut.materials, cut.countries, cut.depth.low) == (("gallium",), ("CHN",), 1)
    assert cut.months is not None
    assert cut.months.central == 12
    assert not {name for name in found if name.endswith(".USA")}
    assert "graphite.USA" not in {f"{name}.{code}" for name, code in suppliers()}  # it mines none


def test_the_sweep_of_another_importer_leaves_out_its_own_supply() -> None:
    ids = {one.id for one in sweep("Japan")}
    assert not {one for one in ids if one.endswith(".JPN")}
    assert "helium.USA" in ids
    assert {one.importer for one in islice(sweep("EU27"), 3)} == {"EU27"}


def test_a_swept_scenario_can_be_written() -> None:
    for one in islice(sweep(), 0, None, 100):
        assert scenario_of(write(one)) == one
