"""When the consumption identity is checked, and when a missing part forbids it: made-up balances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.studies.dependence import identity
from monazite.studies.dependence.identity import identity_miss

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.studies.dependence.figures import Balance

    Make = Callable[..., Balance]

ITEM = {"consumption_basis": "apparent", "identity": None, "stock_rule": "none"}
TERMS: dict[str, Any] = {
    "production": {2025: [100]},
    "imports": {2025: [60]},
    "exports": {2025: [40]},
    "consumption": {2025: [100]},
}


def test_components_beyond_consumption_are_a_share_of_it(make_balance: Make) -> None:
    """100 + 60 − 40 = 120, a fifth more than 100."""
    assert identity_miss(make_balance(TERMS), ITEM, 2025) == pytest.approx(0.2)


def test_less_than_half_a_unit_counts_as_nothing(make_balance: Make) -> None:
    made = make_balance(TERMS | {"exports": {2025: ["below-half-unit"]}})
    assert identity_miss(made, ITEM, 2025) == pytest.approx(0.6)


@pytest.mark.parametrize("term", ["production", "imports", "consumption"])
def test_nothing_is_checked_without(term: str, make_balance: Make) -> None:
    assert identity_miss(make_balance({**TERMS, term: {}}), ITEM, 2025) is None


@pytest.mark.parametrize("term", ["production", "imports", "exports"])
def test_nothing_is_checked_where_one_part_is_withheld(term: str, make_balance: Make) -> None:
    assert identity_miss(make_balance({**TERMS, term: {2025: ["withheld"]}}), ITEM, 2025) is None


@pytest.mark.parametrize("changed", [{"consumption_basis": "reported"}, {"identity": "other forms enter"}])
def test_nothing_is_checked_where_the_definition_differs(changed: dict[str, str], make_balance: Make) -> None:
    assert identity_miss(make_balance(TERMS), ITEM | changed, 2025) is None


def test_stocks_drawn_down_are_supply(make_balance: Make) -> None:
    made = make_balance(TERMS | {"stocks": {2024: [30], 2025: [10]}})
    assert identity_miss(made, ITEM | {"stock_rule": "industry"}, 2025) == pytest.approx(0.4)


def test_stocks_of_fewer_series_do_not_open_a_year(make_balance: Make) -> None:
    """One of two series is missing at the start: the difference would be no change of stocks."""
    made = make_balance(TERMS | {"stocks": {2024: [30], 2025: [10, 5]}})
    assert identity_miss(made, ITEM | {"stock_rule": "industry"}, 2025) is None


@pytest.mark.parametrize(("other", "expected"), [("mcs2025", 0.4), ("mcs2027", None)])
def test_only_an_earlier_edition_gives_the_opening_stock(
    other: str, expected: float | None, make_balance: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = make_balance(TERMS | {"stocks": {2025: [10]}})
    theirs = make_balance({"stocks": {2024: [30]}}, as_of=other)
    held = {(each.as_of, each.item): each for each in (ours, theirs)}
    monkeypatch.setattr(identity, "balances", lambda: held)
    miss = identity_miss(ours, ITEM | {"stock_rule": "industry"}, 2025)
    assert miss == (None if expected is None else pytest.approx(expected))


def test_shipments_withheld_leave_the_stock_change_open(make_balance: Make) -> None:
    in_2022 = {term: {2022: years[2025]} for term, years in TERMS.items()}
    item = ITEM | {"stock_rule": identity.TO_2022}
    printed = make_balance(in_2022 | {"government-shipments": {2022: [10]}})
    withheld = make_balance(in_2022 | {"government-shipments": {2022: ["withheld"]}})
    assert identity_miss(printed, item, 2022) == pytest.approx(0.3)
    assert identity_miss(withheld, item, 2022) is None
