"""Who leads the imports, and how far an index of printed shares can be known: made-up sources."""

from __future__ import annotations

from typing import Any

import pytest

from monazite.schema.interval import Interval
from monazite.studies.dependence import row, shares
from monazite.studies.dependence.figures import Balance


def sources(*told: tuple[str, float | None, float | None]) -> shares.Suppliers:
    """Import sources by code, with both ends of their shares in percent, in the printed order."""
    return shares.import_sources(
        Balance("tin.refined", "mcs2026", sources=[cell(n, *each) for n, each in enumerate(told, start=1)])
    )


def cell(rank: int, partner: str, low: float | None, high: float | None) -> dict[str, Any]:
    """One row of ``import_source``."""
    ends = {
        "low": None if low is None else low / 100,
        "high": None if high is None else high / 100,
        "low_open": False,
        "high_open": False,
    }
    head = {"item": "tin.refined", "rank": rank, "partner": partner, "series": "Tin | All"}
    return head | ends | {"published": "", "period_first": 2021, "period_last": 2024}


def test_of_equal_shares_the_first_printed_leads() -> None:
    found = sources(("PER", 30, 30), ("BOL", 30, 30), ("OTH", 40, 40))
    assert found.leader is not None
    assert found.leader["partner"] == "PER"


def test_without_shares_the_first_printed_leads_and_no_index_is_known() -> None:
    found = sources(("PER", None, None), ("BOL", None, None))
    assert found.leader is not None
    assert (found.leader["partner"], found.hhi) == ("PER", None)


def test_countries_in_one_cell_have_no_index_and_are_no_single_source() -> None:
    found = sources(("CHN+DEU", 95, 95), ("OTH", 5, 5))
    assert found.hhi is None
    assert row._sources(found)["single_source"] is None  # noqa: SLF001 - the rule is inside


@pytest.mark.parametrize(("percent", "single"), [(91, True), (90, False)])
def test_a_single_source_is_certain_of_nine_tenths(percent: int, single: bool) -> None:  # noqa: FBT001 - expected
    """90 is printed from 89.5."""
    found = sources(("PER", percent, percent), ("OTH", 100 - percent, 100 - percent))
    assert row._sources(found)["single_source"] is single  # noqa: SLF001 - the rule is inside


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.4, 0.4, (0.395, 0.405)),
        (1.0, 1.0, (0.995, 1.0)),
        (0.0, 0.0, (0.0, 0.005)),
        (0.5, 1.0, (0.5, 1.0)),  # a bound is no rounded figure
    ],
)
def test_a_printed_share_stands_for_all_that_round_to_it(
    low: float, high: float, expected: tuple[float, float]
) -> None:
    found = shares.rounded_share({"low": low, "high": high})
    assert (found.low, found.high) == pytest.approx(expected)


def test_where_no_rest_is_printed_half_a_point_may_be_left() -> None:
    """60 and 40: each half a point more or less, and up to half a point of others."""
    found = sources(("PER", 60, 60), ("BOL", 40, 40)).hhi
    assert isinstance(found, Interval)
    assert found.low < 0.595**2 + 0.4**2 + 0.005**2 < found.high
    assert found.low == pytest.approx(0.595**2 + 0.4**2, abs=1e-4)


def test_no_country_of_the_rest_sends_more_than_the_least_that_is_named() -> None:
    """60, 10 and 30 of others: at most 10.5 each, so far from one country of 30."""
    found = sources(("PER", 60, 60), ("BOL", 10, 10), ("OTH", 30, 30)).hhi
    assert isinstance(found, Interval)
    assert found.high < 0.605**2 + 0.105**2 + 0.305 * 0.105 + 1e-9
