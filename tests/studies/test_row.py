"""The small rules by which a row is filled, each at its boundary."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.interval import Interval
from monazite.studies import dependence
from monazite.studies.dependence import found, reader_findings, row, shares
from monazite.studies.dependence.figures import balances

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.studies.dependence.figures import Balance


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


def price(make_balance: Callable[..., Balance], years: dict[int, list[Any]], year: int = 2025) -> row.Row:
    """What a row says of made-up prices."""
    return row._price(make_balance({"price": years}), year)  # noqa: SLF001 - the rule is inside


def test_prices_of_every_year_of_the_edition_make_the_range(make_balance: Callable[..., Balance]) -> None:
    told = price(make_balance, {2023: [9], 2024: [5], 2025: [7]}, 2024)
    assert (told["price"], told["price_low"], told["price_high"], told["price_years"]) == (5, 5, 9, 3)


def test_a_printed_range_of_prices_widens_the_range_and_is_no_price(
    make_balance: Callable[..., Balance],
) -> None:
    made = make_balance({"price": {2024: [5], 2025: [7]}})
    made.terms["price"][2025] = [replace(made.terms["price"][2025][0], obs_status="range", published="6–8")]
    told = row._price(made, 2025)  # noqa: SLF001 - the rule is inside
    assert (told["price"], told["price_low"], told["price_high"], told["price_years"]) == (None, 5, 8, 1)


@pytest.mark.parametrize("status", ["described", "not-available"])
def test_a_year_without_a_price_shows_none(status: str, make_balance: Callable[..., Balance]) -> None:
    assert price(make_balance, {2024: [5], 2025: [status]}) == {}


@pytest.mark.parametrize(
    ("production", "consumption", "computed"),
    [([40], [100], True), ([0], [100], False), (["withheld"], [100], False), ([40], [0], False)],
)
def test_a_reliance_is_computed_from_production_and_consumption(
    production: list[Any],
    consumption: list[Any],
    computed: bool,  # noqa: FBT001 - expected
    make_balance: Callable[..., Balance],
) -> None:
    made = make_balance({"production": {2025: production}, "consumption": {2025: consumption}})
    told = row._computed(made, 2025)  # noqa: SLF001 - the rule is inside
    assert bool(told) is computed
    assert not computed or told["computed_low"] < 0.6 < told["computed_high"]


def test_a_reliance_on_both_sides_of_zero_does_not_say_who_exports(
    make_balance: Callable[..., Balance],
) -> None:
    for cell, expected in ((Interval(-0.1, 0.2), None), (Interval(0.0, 0.2), False), (-0.1, True)):
        figure = make_balance({"net-import-reliance": {2025: [cell]}}).one("net-import-reliance", 2025)
        assert figure is not None
        assert row._net_exporter(figure) is expected  # noqa: SLF001 - the rule is inside


def test_a_member_without_figures_shows_the_groups_sources_and_producers() -> None:
    lanthanum = dependence("lanthanum").table.one(item="lanthanum.oxide")
    group = dependence("rare earths").table.one(item="rare_earths.compounds_metals")
    for name in ("leading_source", "sources", "world_leader", "world_leader_low"):
        assert lanthanum[name] == group[name] is not None, name
