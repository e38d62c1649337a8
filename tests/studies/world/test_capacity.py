"""Idle capacity outside is what the Mineral Commodity Summaries 2026 print, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.codes.capacity import capacity_series, idle_capacity
from monazite.errors import UnknownCodeError
from monazite.studies.world.capacity import idle_outside

if TYPE_CHECKING:
    from monazite.codes.capacity import CapacitySeries


def test_gallium_outside_china_as_printed() -> None:
    """Japan makes 3 t of 10, Russia 6 of 10, others none of 100."""
    idle = idle_outside("gallium", "refined", ["CHN"]).idle
    assert idle.low == pytest.approx(11 / 18)
    assert idle.central == pytest.approx(11 / 9)
    assert idle.high == pytest.approx(111 / 9)
    assert (idle.tag, idle.unit) == ("C", "1")
    assert "2025" in idle.source


def test_magnesium_outside_china_as_printed() -> None:
    """The United States and others make nothing of 64,000 and 42,000 t; the rest 133,000 of 179,000."""
    idle = idle_outside("magnesium", "refined", ["China"]).idle
    assert idle.central == pytest.approx(46 / 133)
    assert idle.high == pytest.approx((46 + 64 + 42) / 133)


@pytest.mark.parametrize("one", capacity_series(), ids=lambda one: one.material)
def test_every_pair_of_series_is_held(one: CapacitySeries) -> None:
    found = idle_outside(one.material, one.stage, ["CHN"])
    assert found.level == "published"
    assert 0 < found.idle.low <= found.idle.central <= found.idle.high


def test_more_countries_that_cut_leave_other_producers() -> None:
    both = idle_outside("titanium", "refined", ["CHN", "RUS"]).idle
    assert both.central < idle_outside("titanium", "refined", ["CHN"]).idle.central


def test_without_published_figures_it_is_judged() -> None:
    assert idle_outside("tungsten", "refined", ["CHN"]) == idle_capacity("tungsten", "refined")
    assert idle_outside("gallium", "ore", ["CHN"]) == idle_capacity("gallium", "ore")
    assert idle_outside("lithium_ion_batteries", "cell", ["CHN"]).level == "own"


def test_if_nobody_outside_produces_it_is_judged() -> None:
    everyone = ["CHN", "JPN", "RUS"]
    assert idle_outside("gallium", "refined", everyone) == idle_capacity("gallium", "refined")


def test_strangers_are_refused() -> None:
    with pytest.raises(UnknownCodeError):
        idle_outside("gallium", "refined", ["Atlantis"])
    with pytest.raises(UnknownCodeError):
        idle_outside("unobtainium", "refined", ["CHN"])
