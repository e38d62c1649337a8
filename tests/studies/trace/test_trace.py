"""Where imports come from: recomputed by hand on a small world, and on the shipped slice of the real one."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from monazite.codes.groups import Importer
from monazite.errors import DataMissingError, UnknownCodeError
from monazite.results.result import Source
from monazite.studies.trace import trace
from monazite.studies.trace.alarms import alarms
from monazite.studies.trace.contents import over_contents, uncertain
from monazite.studies.trace.goods import Goods
from monazite.studies.trace.networks import network_of
from monazite.studies.trace.origins import traced
from monazite.studies.world.flows import Flows

NOWHERE = "nowhere"
asked = cache(trace)
"""One answer for every test that looks at it."""
GRAPHITE = (Goods("250410", "ore", "ore", "flake", "", 0.0, 1.0, gross=True),)
HOME = Importer("USA", "United States", ("USA",))


def flows(*told: tuple[str, str, float, float], year: int = 2024) -> Flows:
    """Flows from, to, tonnes, dollars under one code."""
    return Flows(
        year=np.full(len(told), year),
        importer=np.array([one[1] for one in told], dtype=object),
        exporter=np.array([one[0] for one in told], dtype=object),
        code=np.full(len(told), "250410", dtype=object),
        value_usd=np.array([one[3] for one in told], dtype=float),
        mass_t=np.array([one[2] for one in told], dtype=float),
        nomenclature="HS1992",
        held=frozenset({"250410"}),
        source=Source("made up", "made up", "nobody", "", "none", ()),
    )


def shares(
    found: Flows, made: dict[str, float] | None, home: Importer = HOME
) -> dict[tuple[str, str], float]:
    network = network_of(found, GRAPHITE, made, home, by_value=made is None)
    return {
        (network.countries[one.place], one.kind): one.share for one in traced(network).shares if one.share
    }


def test_what_a_hub_sends_was_produced_elsewhere() -> None:
    found = flows(("CHN", "KOR", 60, 60), ("KOR", "USA", 40, 40))
    assert shares(found, {"CHN": 100}) == pytest.approx({("CHN", "recorded"): 1.0})


def test_a_hub_mixes_in_proportion() -> None:
    found = flows(("CHN", "KOR", 60, 60), ("MOZ", "KOR", 20, 20), ("KOR", "USA", 40, 40))
    told = shares(found, {"CHN": 100, "MOZ": 30})
    assert told == pytest.approx({("CHN", "recorded"): 0.75, ("MOZ", "recorded"): 0.25})


def test_exports_that_nothing_covers_are_an_origin_of_their_own() -> None:
    found = flows(("CHN", "KOR", 30, 30), ("KOR", "USA", 40, 40))
    told = shares(found, {"CHN": 100})
    assert told == pytest.approx({("CHN", "recorded"): 0.75, ("KOR", "not recorded"): 0.25})


def test_the_importers_own_goods_come_home_as_its_own() -> None:
    found = flows(("USA", "CAN", 10, 10), ("CHN", "CAN", 30, 30), ("CAN", "USA", 20, 20))
    told = shares(found, {"CHN": 100, "USA": 500})
    assert told == pytest.approx({("CHN", "recorded"): 0.75, ("USA", "recorded"): 0.25})


def test_trade_among_members_of_a_group_is_none() -> None:
    found = flows(("CHN", "DEU", 10, 10), ("DEU", "FRA", 50, 50), ("BRA", "FRA", 30, 30))
    union = Importer("EU", "EU", ("DEU", "FRA"))
    told = shares(found, {"CHN": 100, "BRA": 100}, union)
    assert told == pytest.approx({("BRA", "recorded"): 0.75, ("CHN", "recorded"): 0.25})


def test_by_value_net_exporters_are_the_producers() -> None:
    found = flows(("CHN", "KOR", 60, 100), ("KOR", "USA", 40, 40))
    assert shares(found, None) == pytest.approx({("CHN", "recorded"): 1.0})


def test_a_loop_without_a_producer_is_taken_out_and_named() -> None:
    found = flows(("KOR", "JPN", 10, 10), ("JPN", "KOR", 10, 10), ("CHN", "USA", 5, 5))
    network = network_of(found, GRAPHITE, {"CHN": 100}, HOME, by_value=False)
    assert network.loops == (("JPN", "KOR"),)


def test_a_missing_mass_is_estimated_from_the_value_and_never_zero() -> None:
    found = flows(("CHN", "USA", 50, 100), ("BRA", "USA", float("nan"), 100))
    told = shares(found, {"CHN": 100, "BRA": 100})
    assert told == pytest.approx({("CHN", "recorded"): 0.5, ("BRA", "recorded"): 0.5})


def test_a_code_without_any_mass_is_refused_and_not_nothing() -> None:
    found = flows(("CHN", "USA", float("nan"), 100), ("BRA", "USA", float("nan"), 100))
    with pytest.raises(DataMissingError, match=r"250410.*--by value"):
        shares(found, {"CHN": 100, "BRA": 100})


def test_the_share_of_the_leader_is_told_over_every_content_the_goods_may_have() -> None:
    found = flows(("CHN", "KOR", 60, 60), ("KOR", "USA", 40, 40))
    made = {"CHN": 100.0, "KOR": 60.0}
    network = network_of(found, GRAPHITE, made, HOME, by_value=False)
    leader = max(traced(network).shares, key=lambda one: one.share)
    assert leader.share == pytest.approx(0.5)  # 60 produced beside 60 received
    ends = over_contents(leader, found, GRAPHITE, made, HOME)
    assert (ends.country, ends.kind) == ("CHN", "recorded")
    assert (ends.low, ends.high) == pytest.approx((6 / 66, 0.5))  # 6 t in 60 t of goods, or 60 t
    assert uncertain(GRAPHITE)
    assert not uncertain(
        (Goods("283691", "intermediate", "refined", "carbonate", "", 0.19, 0.19, gross=False),)
    )


def test_a_detour_raises_an_alarm() -> None:
    before = flows(("CHN", "USA", 1, 50e6), ("CHN", "THA", 1, 1e6), ("THA", "USA", 1, 1e6), year=2023)
    after = flows(("CHN", "USA", 1, 10e6), ("CHN", "THA", 1, 40e6), ("THA", "USA", 1, 38e6), year=2024)
    both = Flows(
        **{name: np.concatenate([getattr(before, name), getattr(after, name)]) for name in
           ("year", "importer", "exporter", "code", "value_usd", "mass_t")},
        nomenclature="HS1992", held=before.held, source=before.source,
    )  # fmt: skip
    (found,) = alarms(both, [2023, 2024], HOME, {"CHN"})
    assert (found["year"], found["origin"], found["through"]) == (2024, "CHN", "THA")
    assert found["fall_usd"] == 40e6
    assert found["covered"] == pytest.approx(37 / 40)
    assert alarms(both, [2023, 2024], HOME, {"CHN", "THA"}) == []


@pytest.mark.parametrize("material", ["rare earths", "graphite", "cobalt", "tungsten"])
def test_shares_of_the_shipped_world_sum_to_one_and_lie_within_their_bounds(material: str) -> None:
    found = asked(material, store=NOWHERE)
    assert sum(found.table.column("origin")) == pytest.approx(1, abs=0.01)
    assert sum(found.table.column("direct")) == pytest.approx(1, abs=0.01)
    assert sum(found.details["flows"].column("share")) == pytest.approx(1, abs=0.002)
    for row in found.table:
        assert 0 <= row["possible_low"] <= row["origin"] + 1e-9
        assert row["origin"] <= row["possible_high"] + 1e-9 <= 1 + 2e-9


def test_rare_earths_are_shipped_from_countries_that_mine_none() -> None:
    found = asked("rare earths", store=NOWHERE)
    china = found.table.one(country="CHN", kind="recorded")
    assert china["direct"] > 0.7
    assert (
        found.table.one(country="AUS", kind="recorded")["origin"]
        > found.table.one(country="AUS", kind="recorded")["direct"]
    )
    assert found.table.one(country="EST", kind="recorded")["role"] == "hub"
    rules = {one.rule for one in found.findings}
    assert {"stage-mismatch", "basis-mixed", "hub", "supply-unrecorded"} <= rules


def test_cobalt_says_which_codes_it_rests_on() -> None:
    codes = {row["code"]: row["used"] for row in asked("cobalt", store=NOWHERE).details["codes"]}
    assert codes["282200"] == codes["810510"] == "yes"
    assert codes["260500"] == "not in the data"
    assert codes["283329"].startswith("shared with")


@pytest.mark.parametrize(
    ("material", "rule", "load"),
    [
        ("germanium", "code-dead", r"8112\.92\.60"),
        ("antimony", "stage-mismatch", r"8110\.10"),
        ("gallium", "code-basket", r"8112\.92"),
        ("nickel", "stage-mismatch", r"7502\.10"),
    ],
)
def test_what_the_codes_cannot_carry_is_refused_with_what_to_load(
    material: str, rule: str, load: str
) -> None:
    with pytest.raises(DataMissingError, match=f"{rule}.*{load}.*monazite fetch"):
        trace(material, store=NOWHERE)


def test_products_are_traced_only_if_asked_for() -> None:
    with pytest.raises(DataMissingError, match=r"--stage product has 7202\.93 \(ferroniobium\)"):
        trace("niobium", store=NOWHERE)
    found = asked("niobium", stage="product", store=NOWHERE)
    assert found.table.one(country="BRA", kind="recorded")["origin"] > 0.5


def test_products_and_scrap_that_are_not_traced_are_named() -> None:
    found = asked("graphite", store=NOWHERE)
    used = {row["code"]: row["used"] for row in found.details["codes"]}
    assert used["250410"] == used["250490"] == "yes"
    assert used["380110"] == "not in the data"
    assert any("3801.10 (substitute: synthetic graphite)" in note for note in found.notes)


def test_a_producer_whose_figure_is_withheld_is_told() -> None:
    told = {one.rule: one.found for one in asked("lithium", importer="Japan", store=NOWHERE).findings}
    assert told["withheld"].startswith("production of United States is not given")
    assert "withheld" not in {one.rule for one in asked("lithium", store=NOWHERE).findings}


def test_a_group_of_importers_is_one() -> None:
    union = asked("graphite", importer="EU27", store=NOWHERE)
    assert not {"DEU", "NLD", "FRA"} & {row["country"] for row in union.table}
    assert union.table.one(country="CHN", kind="recorded")["direct"] > 0.2


def test_without_production_the_trace_is_by_value_and_says_so() -> None:
    found = asked("graphite", year=2021, store=NOWHERE)
    assert found.parameters["by"] == "value"
    assert "data-missing" in {one.rule for one in found.findings}


def test_what_is_asked_wrongly_is_told() -> None:
    with pytest.raises(UnknownCodeError, match="basis"):
        trace("graphite", by="weight", store=NOWHERE)
    with pytest.raises(UnknownCodeError, match="stage"):
        trace("graphite", stage="mine", store=NOWHERE)
    with pytest.raises(DataMissingError, match="stage refined"):
        trace("graphite", stage="refined", store=NOWHERE)
    with pytest.raises(DataMissingError, match="1990"):
        trace("graphite", year=1990, store=NOWHERE)
    with pytest.raises(UnknownCodeError, match="importer"):
        trace("graphite", importer="Atlantis", store=NOWHERE)
