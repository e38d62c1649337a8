"""By-products, idle capacity, own use and rerouting: what is read is there, and what is near is found."""

from __future__ import annotations

import pytest

from monazite.codes.capacity import capacity_series, idle_capacity
from monazite.codes.companionality import companionality
from monazite.codes.materials import material
from monazite.codes.own_use import own_use
from monazite.codes.rerouting import rerouting
from monazite.errors import UnknownCodeError
from monazite.methods.reserves import by_product_supply_limit

READ = {"gallium": 1.0, "germanium": 1.0, "arsenic": 1.0, "hafnium": 1.0, "cobalt": 0.9, "vanadium": 0.9,
        "antimony": 0.6, "tantalum": 0.5, "palladium": 0.5}  # fmt: skip
"""Approximations of Nassar et al. 2015 at hand."""


@pytest.mark.parametrize(("identifier", "share"), READ.items())
def test_companionality_as_read(identifier: str, share: float) -> None:
    found = companionality(identifier)
    assert found.share.central == share
    assert found.share.tag == "S"
    assert found.hosts


def test_what_is_mined_for_itself_has_no_host() -> None:
    assert companionality("tungsten").hosts == ()
    assert companionality("tungsten").share.central == 0
    assert companionality("neodymium").level == "group"


def test_recovery_bounds_what_a_by_product_can_add() -> None:
    assert by_product_supply_limit(companionality("gallium").recovered.central) == pytest.approx(9)
    assert by_product_supply_limit(companionality("indium").recovered.central) == pytest.approx(2, abs=0.1)


def test_idle_capacity_falls_back_by_stage() -> None:
    assert idle_capacity("barite", "ore").idle.central < idle_capacity("barite", "refined").idle.central
    assert idle_capacity("penicillins", "active ingredient").level == "group"
    assert (
        idle_capacity("germanium", "refined").ramp.central > idle_capacity("barite", "refined").ramp.central
    )


def test_series_of_capacity_are_of_materials_that_exist() -> None:
    assert all(material(one.material).id == one.material for one in capacity_series())
    places = [(one.material, one.stage) for one in capacity_series()]
    assert len(set(places)) == len(places)


def test_own_use_is_that_of_the_country_asked_for() -> None:
    assert own_use("cobalt", "ore", "COD").judgement.central == 0
    assert own_use("nickel", "ore", "IDN").judgement.low > own_use("nickel", "refined", "IDN").judgement.high
    assert own_use("gallium", "refined", "USA").level == "default"
    assert own_use("barite", "ore", "CHN").row["country"] == "CHN"
    with pytest.raises(UnknownCodeError):
        own_use("gallium", "refined", "Atlantis")


def test_own_use_of_antimony_is_what_the_report_leaves() -> None:
    made, left = 20_000 + 0.835 * 29_600, 2_700 + 0.835 * 12_400
    assert own_use("antimony", "refined", "CHN").judgement.central == pytest.approx(
        1 - left / made, abs=0.005
    )


def test_leakage_of_antimony_is_what_customs_saw() -> None:
    before = 0.66 * (19_100 + 17_000 + 14_000 + 24_000) / 4 * 5 / 12
    arrived = 3_834 * 0.835
    assert rerouting("antimony").targeted.central == pytest.approx(arrived / before, abs=0.005)


def test_a_ban_on_everyone_leaks_less() -> None:
    for identifier in ("antimony", "gallium", "tin", "neodymium_magnets", "penicillins"):
        found = rerouting(identifier)
        assert found.everywhere.central < found.targeted.central
        assert found.delay.unit == "month"
    assert rerouting("antimony").level == "default"
