"""The small rules by which a row is filled, each at its boundary."""

from __future__ import annotations

from typing import Any

import pytest

from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.interval import Interval
from monazite.studies import dependence
from monazite.studies.dependence import found, reader_findings, row, shares
from monazite.studies.dependence.figures import balances


@pytest.mark.parametrize(
    ("item", "year", "expected"),
    [
        ("boron.all", 2025, True),
        ("quartz.cultured_crystal", 2022, False),  # printed 0: neither one nor the other
        ("germanium.all", 2025, False),
        ("hafnium.metal", 2025, None),
        ("gold.all", 2025, False),  # under half a percent
    ],
)
def test_who_is_a_net_exporter(item: str, year: int, expected: bool | None) -> None:  # noqa: FBT001 - expected
    table = dependence("all", year=year).table
    assert table.one(item=item)["net_exporter"] is expected


def test_volatility_needs_three_prices_in_a_row() -> None:
    assert row._volatility({2023: 1.0, 2024: 2.0, 2025: 1.0}) == pytest.approx(0.9803, abs=1e-4)  # noqa: SLF001 - the rule is inside
    assert row._volatility({2024: 2.0, 2025: 1.0}) is None  # noqa: SLF001 - the rule is inside
    assert row._volatility({2022: 1.0, 2023: 1.0, 2025: 1.0}) is None  # noqa: SLF001 - 2024 is missing


def test_a_wide_index_of_sources_is_told() -> None:
    told = row.Built(
        dependence("cobalt").table.rows[0],
        shares.Suppliers((), None, Interval(0.2, 0.2 + found.WIDE + 0.001), 0.3),
        shares.Suppliers((), None, None, 0.0),
    )
    narrow = row.Built(
        told.row, shares.Suppliers((), None, Interval(0.2, 0.2 + found.WIDE - 0.001), 0.3), told.producers
    )
    assert [one.rule for one in found._suppliers(told)] == ["partner-unspecified"]  # noqa: SLF001 - the rule is inside
    assert [one.rule for one in found._suppliers(narrow)] == []  # noqa: SLF001 - the rule is inside


def test_one_named_producer_of_a_sliver_leads_nothing() -> None:
    xenon = dependence("xenon").table.one(item="xenon.all")
    assert (xenon["world_leader"], xenon["world_hhi_low"]) == (None, None)
    assert "partner-unspecified" in xenon["findings"]


def test_world_shares_allow_for_rounding() -> None:
    """Cobalt 2025: DR Congo 230,000 t of 314,600 t that the countries sum to, each rounded."""
    suppliers = shares.producers(balances()["mcs2026", "cobalt.refined"], 2025)
    assert suppliers.leader is not None
    assert suppliers.leader["country"] == "COD"
    assert suppliers.leader["low"] < 230 / 314.6 < suppliers.leader["high"]
    assert suppliers.leader["high"] - suppliers.leader["low"] < 0.03


def test_a_total_over_several_series_adds_their_totals() -> None:
    """Silicon in all forms: ferrosilicon and metal, 1,900 + ... of both worlds together."""
    total = dependence("silicon").table.one(item="silicon.total")
    metal = dependence("silicon").table.one(item="silicon.metal")
    assert total["world_leader_high"] < metal["world_leader_low"]
    assert total["world_measure"].startswith("Ferrosilicon + Silicon metal")


def test_prices_of_another_edition_do_not_stand_beside_these() -> None:
    series = dependence("gallium").details["series"]
    assert {each["as_of"] for each in series.where(term="price")} == {"mcs2026"}


def test_items_keep_their_name_in_every_edition() -> None:
    names = {each["material"]: each["item"] for each in dependence(as_of="mcs2025").table}
    assert names["erbium"] == "erbium.oxide"


def test_figure_2_and_chapter_may_differ() -> None:
    potash = dependence("potash", as_of="mcs2025").table.one(item="potash.all")
    assert "figure-differs" in potash["findings"]


def test_reader_findings_by_material() -> None:
    assert {one.rule for one in reader_findings("mcs2026", ["dysprosium"])} >= {"source-corrected"}
    assert {one.rule for one in reader_findings("mcs2026", ["niobium"])} == {"sign-lost"}
    assert len(reader_findings("mcs2025")) > 100
    with pytest.raises(UnknownCodeError):
        reader_findings("mcs2026", ["unobtainium"])


def test_a_frame_says_what_was_wrong_with_the_question() -> None:
    table = dependence("silicon").table
    with pytest.raises(UsageError, match="3 rows of dependence"):
        table.one(material="silicon")
    with pytest.raises(UnknownCodeError, match="nearest: material"):
        table.one(materials="silicon")
    typed: Any = "2024"
    with pytest.raises(UsageError, match="whole number"):
        dependence("silicon", year=typed)
