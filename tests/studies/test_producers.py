"""World production by country beside its printed total: made-up figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from monazite.methods.concentration import hhi_bounds
from monazite.schema.interval import Interval
from monazite.studies.dependence import shares

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.studies.dependence.figures import Balance

    Ask = Callable[[dict[str, float | str]], shares.Suppliers]


@pytest.fixture
def producers(make_balance: Callable[..., Balance]) -> Ask:
    """Producers of 2025, from a figure or a mark for each country and the world."""

    def ask(told: dict[str, float | str]) -> shares.Suppliers:
        made = make_balance({"world-production": {2025: list(told.values())}})
        figures = made.terms["world-production"][2025]
        made.terms["world-production"][2025] = [
            replace(figure, country=code) for figure, code in zip(figures, told, strict=True)
        ]
        return shares.producers(made, 2025)

    return ask


@pytest.mark.parametrize(
    ("told", "contradict"),
    [
        ({"CHN": 61, "PER": 33, "WLD": 94}, False),
        ({"CHN": 61.2, "PER": 33.1, "WLD": 94}, False),  # 94.3 is printed as 94
        ({"CHN": 61, "PER": 33, "WLD": 523}, True),
        ({"CHN": 61, "PER": 33, "BOL": "withheld", "WLD": 523}, False),  # who is withheld may make the rest
        ({"CHN": 61, "PER": 33, "BOL": "withheld", "WLD": 12}, True),  # nobody makes less than nothing
        ({"CHN": 61, "PER": 33, "WLD": "withheld"}, False),
    ],
)
def test_countries_and_world_contradict_each_other_beyond_rounding(
    told: dict[str, float | str],
    contradict: bool,  # noqa: FBT001 - expected
    producers: Ask,
) -> None:
    assert bool(producers(told).problem) is contradict


def test_without_a_world_total_nobody_has_a_share(producers: Ask) -> None:
    for mark in ({"WLD": "withheld"}, {}):
        found = producers({"CHN": 61, "PER": 33, **mark})
        assert (found.leader, found.hhi) == (None, None)
        assert {row["low"] for row in found.rows} == {None}


def test_one_producer_named_leads_only_if_the_rest_cannot_hide_a_larger(producers: Ask) -> None:
    sure = producers({"CHN": 61, "OTH": 33, "WLD": 94}).leader
    assert sure is not None
    assert sure["country"] == "CHN"
    assert producers({"CHN": 33, "OTH": 61, "WLD": 94}).leader is None


def test_countries_that_sum_to_more_than_the_world_share_their_own_sum(producers: Ask) -> None:
    china = producers({"CHN": 61, "PER": 33, "WLD": 12}).rows[0]
    assert (china["low"], china["high"]) == (pytest.approx(60.5 / 94), pytest.approx(61.5 / 94))


@pytest.mark.parametrize(
    ("world", "low", "high"),
    [(93, 93.0, 93.5), (95, 94.5, 95.0)],  # countries sum to 93 to 95, the world is printed to within a half
)
def test_the_world_is_what_its_total_and_its_countries_both_allow(
    world: float, low: float, high: float, producers: Ask
) -> None:
    found = producers({"CHN": 61, "OTH": 33, "WLD": world})
    china = Interval(60.5 / min(high, 94), 61.5 / max(low, 94))
    expected = hhi_bounds([china], Interval(1 - 61.5 / low, 1 - 60.5 / high))
    assert found.hhi is not None
    assert (found.hhi.low, found.hhi.high) == pytest.approx((expected.low, expected.high))


def test_world_production_of_the_latest_year_up_to_the_one_shown(
    make_balance: Callable[..., Balance],
) -> None:
    made = make_balance({"world-production": {2023: [1], 2024: [1]}})
    assert [shares.world_year(made, year) for year in (2022, 2023, 2024, 2025)] == [None, 2023, 2024, 2024]
