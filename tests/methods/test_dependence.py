"""The worked checks of USGS Mineral Commodity Summaries 2026, to the printed digit."""

from __future__ import annotations

import math

import pytest

from monazite.errors import MethodError
from monazite.methods import dependence as d
from monazite.methods.interval import as_published, intersect, to_percent
from monazite.schema.interval import Interval

# year: secondary production, imports, exports, opening stock, closing stock, published consumption,
# published net import reliance; tonnes of cobalt. The opening stock of 2021 is from MCS 2025.
COBALT = {
    2021: ("1,800", "9,790", "4,930", "952", "1,010", "6,650", 73),
    2022: ("1,920", "10,500", "5,360", "1,010", "946", "7,150", 73),
    2023: ("2,030", "9,500", "5,110", "946", "925", "6,440", 69),
    2024: ("2,050", "10,800", "4,880", "925", "956", "7,960", 74),
    2025: ("2,000", "14,000", "4,500", "956", "1,500", "9,600", 79),
}


def number(text: str) -> float:
    return float(text.replace(",", ""))


def test_rhenium_2025() -> None:
    """9,800 + 23,000 + 7,800 - 2,200 kg = 38,400; published 38,000 and 75 %."""
    consumption = d.apparent_consumption(9_800, 0, 23_000 + 7_800, 2_200, 0)
    assert consumption == Interval.exact(38_400)
    assert float(d.net_import_reliance(9_800, 38_000)) == pytest.approx(0.742, abs=5e-4)
    assert float(d.net_import_reliance(9_800, consumption)) == pytest.approx(0.745, abs=5e-4)
    assert float(d.net_import_reliance_from_components(9_800, 0, 30_800, 2_200, 0)) == pytest.approx(
        0.745, abs=5e-4
    )
    assert float(d.net_import_reliance_from_trade(30_800, 2_200, 0, 38_400)) == pytest.approx(0.745, abs=5e-4)


@pytest.mark.parametrize(
    ("production", "consumption", "computed"), [(4_300, 9_010, 0.523), (8_900, 27_000, 0.670)]
)
def test_rare_earth_compounds(production: float, consumption: float, computed: float) -> None:
    """Published: 53 for 2024 and 67 for 2025."""
    assert float(d.net_import_reliance(production, consumption)) == pytest.approx(computed, abs=5e-4)


@pytest.mark.parametrize(("year", "total", "gap"), [(2024, 7_939, 0.0026), (2025, 10_956, 0.14125)])
def test_cobalt_components(year: int, total: float, gap: float) -> None:
    secondary, imports, exports, opening, closing, published, _ = COBALT[year]
    parts = (number(secondary), number(imports), number(exports), number(opening) - number(closing))
    consumption = d.apparent_consumption(0, *parts)
    assert consumption == Interval.exact(total)
    assert float(d.identity_gap(consumption, number(published))) == pytest.approx(gap, abs=5e-5)


@pytest.mark.parametrize("year", COBALT)
def test_cobalt_reliance_as_published(year: int) -> None:
    secondary, _, _, _, _, consumption, published = COBALT[year]
    exact = d.net_import_reliance(number(secondary), number(consumption))
    assert 100 * float(exact) == pytest.approx(published, abs=1)
    rounded = to_percent(d.net_import_reliance(as_published(secondary), as_published(consumption)))
    assert 100 * float(exact) in rounded
    agreed = intersect(rounded, Interval(published - 0.5, published + 0.5))  # 2023: 68.48 alone is not 69
    assert agreed.width > 0


@pytest.mark.parametrize("year", COBALT)
def test_cobalt_identity_is_open_in_2025_only(year: int) -> None:
    secondary, imports, exports, opening, closing, published, _ = COBALT[year]
    exact = d.apparent_consumption(
        0, number(secondary), number(imports), number(exports), number(opening) - number(closing)
    )
    assert d.identity_is_open(d.identity_gap(exact, number(published))) is (year == 2025)
    draw_down = d.stock_change(as_published(opening), as_published(closing))
    rounded = d.apparent_consumption(
        0, as_published(secondary), as_published(imports), as_published(exports), draw_down
    )
    assert float(exact) in rounded
    gap = d.identity_gap(rounded, as_published(published))
    assert d.identity_is_open(gap) is (year == 2025)


def test_rounding_alone_is_no_gap() -> None:
    exact = d.identity_gap(12, 11)  # 9 % apart, yet 11.5 rounds to either
    assert d.identity_is_open(exact)
    assert not d.identity_is_open(d.identity_gap(as_published(12), as_published(11)))


def test_gap_of_exactly_the_tolerance_is_closed() -> None:
    assert not d.identity_is_open(d.identity_gap(105, 100))
    assert not d.identity_is_open(d.identity_gap(95, 100))
    assert d.identity_is_open(d.identity_gap(105.0001, 100))
    assert d.identity_is_open(d.identity_gap(94.9999, 100))
    assert not d.identity_is_open(Interval(0.05, 0.2))
    assert d.identity_is_open(Interval(0.05, 0.2, low_open=True))
    assert not d.identity_is_open(0.05)
    assert d.identity_is_open(0.06)
    assert not d.identity_is_open(0.06, tolerance=0.1)


def test_gap_of_intervals() -> None:
    assert d.identity_gap(Interval(90, 120), 100) == Interval(0, 0.2)
    assert d.identity_gap(Interval(50, 80), 100) == Interval(0.2, 0.5)
    assert d.identity_gap(120, Interval(80, 100)) == Interval(0.2, 0.5)
    assert d.identity_gap(50, Interval(100, math.inf)) == Interval(0.5, 1, high_open=True)
    assert d.identity_gap(Interval(40, 120), Interval(100, 101)) == Interval(0, 61 / 101)
    assert d.identity_gap(Interval(40, 120, low_open=True), 100) == Interval(0, 0.6, high_open=True)
    assert d.identity_gap(Interval(80, 120, low_open=True), 100) == Interval(0, 0.2)


def test_net_exporter_is_kept() -> None:
    assert d.net_import_reliance(150, 100) == Interval.exact(-0.5)
    assert d.net_import_reliance_from_trade(10, 60, 0, 100) == Interval.exact(-0.5)
    assert d.net_import_reliance_from_components(150, 0, 10, 60, 0) == Interval.exact(-0.5)


def test_stock_change_is_a_draw_down() -> None:
    assert d.stock_change(956, 1_500) == Interval.exact(-544)
    assert d.stock_change(1_500, 956) == Interval.exact(544)


def test_withheld_output_narrows_nothing_but_its_own_end() -> None:
    """Output known only to be at most 50 beside net imports of 50."""
    withheld = Interval(0, 50)
    assert d.net_import_reliance_from_components(withheld, 0, 60, 10, 0) == Interval(0.5, 1.0)
    loose = d.net_import_reliance(withheld, d.apparent_consumption(withheld, 0, 60, 10, 0))
    assert loose == Interval(0.0, 1.0)  # the same output taken twice: true, but wider
    unbounded = Interval(0, math.inf)
    assert d.net_import_reliance_from_components(unbounded, 0, 60, 10, 0) == Interval(0, 1, low_open=True)


def test_unbounded_imports() -> None:
    unbounded = Interval(50, math.inf)
    found = d.net_import_reliance_from_components(10, 0, unbounded, 0, 0)
    assert found == Interval(50 / 60, 1, high_open=True)
    assert d.net_import_reliance_from_components(0, 0, unbounded, 0, 0) == Interval.exact(1)


def test_open_ends_stay_open() -> None:
    between = Interval(40, 60, low_open=True, high_open=True)
    assert (
        str(d.net_import_reliance_from_components(Interval(0, 50), 0, between, 0, 0)) == "(0.4444444444, 1]"
    )
    more_than_half = Interval(50, 100, low_open=True)
    assert str(d.net_import_reliance(more_than_half, 100)) == "[0, 0.5)"
    assert str(d.net_import_reliance_from_components(more_than_half, 0, 50, 0, 0)) == "[0.3333333333, 0.5)"


@pytest.mark.parametrize("consumption", [0.0, -5.0, Interval(-1, 5), Interval(0, 5, low_open=True)])
def test_no_reliance_without_consumption(consumption: float | Interval) -> None:
    for method in (d.net_import_reliance, d.identity_gap):
        with pytest.raises(MethodError, match=r"consumption is .*above 0"):
            method(5, consumption)
    with pytest.raises(MethodError, match=r"consumption is .*above 0"):
        d.net_import_reliance_from_trade(5, 1, 0, consumption)


def test_components_that_leave_nothing_to_consume() -> None:
    with pytest.raises(MethodError, match="consumption may be as low as -10"):
        d.net_import_reliance_from_components(10, 0, 0, 20, 0)
    with pytest.raises(MethodError, match="consumption may be as low as 0"):
        d.net_import_reliance_from_components(10, 0, 0, 10, 0)


@pytest.mark.parametrize("name", ["production", "secondary", "imports", "exports"])
@pytest.mark.parametrize("amount", [-1.0, math.nan, Interval(-1, 5)])
def test_amounts_are_not_negative(name: str, amount: float | Interval) -> None:
    parts: dict[str, float | Interval] = {
        "production": 10,
        "secondary": 0,
        "imports": 5,
        "exports": 1,
        "stock_change": 0,
    }
    for method in (d.apparent_consumption, d.net_import_reliance_from_components):
        with pytest.raises(MethodError, match=name):
            method(**parts | {name: amount})


def test_the_other_forms_refuse_negative_amounts_too() -> None:
    with pytest.raises(MethodError, match="production is -1"):
        d.net_import_reliance(-1, 5)
    with pytest.raises(MethodError, match="imports is -1"):
        d.net_import_reliance_from_trade(-1, 5, 0, 5)
    with pytest.raises(MethodError, match="exports is -1"):
        d.net_import_reliance_from_trade(1, -1, 0, 5)
    with pytest.raises(MethodError, match="opening_stock is -1"):
        d.stock_change(-1, 5)
    with pytest.raises(MethodError, match="closing_stock is -1"):
        d.stock_change(1, -1)
