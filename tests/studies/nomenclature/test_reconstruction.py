"""Trade of a material after its code died: always an interval, never a point, and only of what is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.schema.code_health import RECONSTRUCTED, TAKEN_OVER
from monazite.studies.nomenclature.baskets.declared import declared_shares
from monazite.studies.nomenclature.checking import check
from monazite.studies.nomenclature.health.asked import Asked
from monazite.studies.nomenclature.health.facts import facts
from monazite.studies.nomenclature.health.traded import Series, Trade
from monazite.studies.nomenclature.reconstruction import codes_wanted, reconstruction

if TYPE_CHECKING:
    from monazite.studies.nomenclature.health.traded import Traded
    from monazite.studies.nomenclature.reconstruction import Reconstruction

OLD, NEW = Series("made", "reconciled", "HS2002"), Series("made", "reconciled", "HS2007")
GERMANIUM = {2004: 44.7e6, 2005: 59.1e6, 2006: 80.7e6, 2007: 4.6e6, 2008: 0.0}
POOL = ("811230", "811240", "811292", "811299")


def after(traded: Traded) -> Reconstruction:
    """What took over from germanium's code, by some trade."""
    found = reconstruction(facts(Asked("811230", "typed"), nomenclature="HS2002", trade=traded), traded)
    assert found is not None
    return found


def old(others: dict[int, float]) -> Traded:
    """Germanium beside three codes of the same trade, in the edition that still has it."""
    return {
        code: {OLD: Trade(GERMANIUM if code == "811230" else others, dict.fromkeys(others, 100.0))}
        for code in POOL
    }


def test_without_trade_of_what_took_over_there_is_a_share_and_what_to_load() -> None:
    told = check(["811230"])
    assert len(told.details["reconstructed"]) == 0
    (share,) = told.details["taken_over"].rows
    assert share["material"] == "germanium"
    assert share["of_codes"] == "811231; 811239; 811241; 811249; 811292; 811299"
    assert 0 < share["share_low"] < share["share_high"] < 0.5
    assert "load trade of 811292, 811299 (HS2007 to HS2017); 811231," in told.notes[0]


def test_germanium_of_2007_on_is_an_interval_of_what_took_over() -> None:
    value = {2007: 300e6, 2008: 280e6}
    traded = {code: {NEW: Trade(value, {})} for code in ("811292", "811299")}
    found = after(traded | {"811230": {OLD: Trade(GERMANIUM, {})}})
    assert [row["year"] for row in found.rows] == [2007, 2008]
    for row in found.rows:
        assert tuple(row) == RECONSTRUCTED.names
        assert row["codes"] == "811292; 811299"
        assert row["lacking"] is None
        assert row["value_usd"] == 2 * value[row["year"]]
        assert row["value_low_usd"] == pytest.approx(row["share_low"] * row["value_usd"])
        assert row["value_high_usd"] == pytest.approx(row["share_high"] * row["value_usd"])
        assert row["value_low_usd"] < row["value_high_usd"]
        assert row["mass_low_t"] is None


def test_the_share_is_what_united_states_imports_declare() -> None:
    """Germanium of 811292 alone in 2022: the ten digits 8112.92.60 and .65, and perhaps scrap."""
    latest = Series("made", "reconciled", "HS2022")
    traded = {"811292": {latest: Trade({2022: 100e6}, {})}, "811230": {OLD: Trade(GERMANIUM, {})}}
    (row,) = after(traded).rows
    declared = next(one for one in declared_shares("811292") if one.material == "germanium")
    assert row["share_low"] == pytest.approx(declared.share_low)
    assert row["share_high"] == pytest.approx(declared.share_high)
    assert row["lacking"] == "811231; 811239; 811241; 811249; 811299"


def test_the_last_years_before_the_revision_bear_witness_too() -> None:
    found = after(old(dict.fromkeys(range(2004, 2009), 100e6)))
    before = [row for row in found.evidence if row["evidence"] == "the last years before the revision"]
    by = {row["share_of"]: row for row in before}
    assert by["value"]["share_low"] == pytest.approx(44.7 / 344.7)
    assert by["value"]["share_high"] == pytest.approx(80.7 / 380.7)
    first = found.rows[0]
    assert first["share_low"] <= by["value"]["share_low"]
    assert first["share_high"] >= by["value"]["share_high"]
    assert all(tuple(row) == TAKEN_OVER.names for row in found.evidence)


def test_what_is_still_recorded_under_the_code_is_the_least_there_can_be() -> None:
    found = after(old(dict.fromkeys(range(2004, 2007), 100e6) | {2007: 1.0, 2008: 1.0}))
    assert found.rows[0]["value_low_usd"] == GERMANIUM[2007]


def test_a_share_seen_once_and_to_the_point_gives_no_interval() -> None:
    """Sulphur other than crude: one year before HS 1996, and no ten digits to tell it by."""
    series = Series("baci", "reconciled", "HS1992")
    traded: Traded = {
        "250390": {series: Trade({1995: 162e6, 1996: 77e6, 1997: 1e6, 1998: 0.0}, {})},
        "250310": {series: Trade(dict.fromkeys(range(1995, 1999), 1e9), {})},
    }
    one = facts(Asked("250390", "typed"), nomenclature="HS1992", trade=traded)
    found = reconstruction(one, traded)
    assert found is not None
    assert found.rows == ()
    assert found.evidence[0]["share_low"] == found.evidence[0]["share_high"] == pytest.approx(162 / 1162)


def test_the_trade_that_would_tell_is_known_in_every_edition() -> None:
    wanted = codes_wanted(facts(Asked("811230", "typed")))
    assert {"811292", "811299", "811231", "811241", "811240", "811291"} <= wanted


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_the_interval_never_leaves_what_was_traded(first: float, second: float) -> None:
    traded = {"811292": {NEW: Trade({2007: first, 2008: second}, {})}, "811230": {OLD: Trade(GERMANIUM, {})}}
    for row in after(traded).rows:
        assert 0 <= row["value_low_usd"] <= row["value_high_usd"] <= row["value_usd"]
