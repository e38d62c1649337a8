"""Laws of shares where it is not known how much of a code is the product, and of unions taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods.concentration import hhi
from monazite.schema.interval import Interval
from monazite.studies.imports.flows import Flow, Imports
from monazite.studies.imports.partners import untangled
from monazite.studies.imports.shares import concentration, parts, total
from monazite.studies.nomenclature.union import UNION, union

CODES = ("8507600010", "8507600020", "8507908000")
PARTNERS = ("CHN", "KOR", "JPN", "MEX")
amounts = st.integers(0, 10**9).map(float)
shares = st.floats(0, 1)


@st.composite
def traded(draw: st.DrawFn) -> tuple[list[Flow], dict[str, Interval]]:
    """Flows of a few codes and partners, and what share of each code is the product."""
    flows = [Flow(code, who, draw(amounts), aggregate=False) for code in CODES for who in PARTNERS]
    ends = {code: sorted([draw(shares), draw(shares)]) for code in CODES}
    return flows, {code: Interval(low, high) for code, (low, high) in ends.items()}


@given(traded(), st.data())
def test_every_split_that_may_be_lies_within(
    held: tuple[list[Flow], dict[str, Interval]], data: st.DataObject
) -> None:
    flows, known = held
    found = parts(flows, known)
    true = {one.partner: 0.0 for one in found}
    for flow in flows:
        if flow.amount:
            share = known[flow.code]
            true[flow.partner] += flow.amount * data.draw(st.floats(share.low, share.high))
    whole = sum(true.values())
    for one in found:
        assert one.amount.low - 1 <= true[one.partner] <= one.amount.high + 1
        if whole > 1:
            assert one.share.low - 1e-9 <= true[one.partner] / whole <= one.share.high + 1e-9
    index = concentration(found, 26)
    if whole > 1 and index:
        assert index.low - 1e-6 <= hhi([value for value in true.values() if value]) <= index.high + 1e-6


@given(st.lists(amounts, min_size=1, max_size=8))
def test_shares_of_codes_that_are_the_product_sum_to_one(values: list[float]) -> None:
    flows = [Flow("1", f"P{place}", value, aggregate=False) for place, value in enumerate(values)]
    found = parts(flows, {"1": Interval.exact(1.0)})
    assert total(found) == Interval.exact(sum(values))
    if found:
        assert abs(sum(one.share.low for one in found) - 1) < 1e-9
        assert all(one.share.is_exact for one in found)


def figures(*flows: Flow) -> Imports:
    """Figures of 2024 that list these flows' partners."""
    listed, codes = frozenset(one.partner for one in flows), frozenset(one.code for one in flows)
    return Imports(2024, "value", flows, listed, codes, ())


@given(amounts, amounts, amounts)
def test_taking_a_union_apart_conserves_its_total(others: float, slovakia: float, china: float) -> None:
    told = untangled(
        figures(
            Flow("1", UNION, others + slovakia, aggregate=True),
            Flow("1", "SVK", slovakia, aggregate=False),
            Flow("1", "CHN", china, aggregate=False),
        )
    )
    by = {one.partner: one.amount for one in told.imports.flows}
    assert by.get(UNION, 0.0) == others
    assert sum(by.values()) == others + slovakia + china
    assert (told.members, told.removed) == (("SVK",), slovakia)


def test_a_union_alone_stays_and_other_aggregates_do_not() -> None:
    told = untangled(
        figures(
            Flow("1", UNION, 5.0, aggregate=True),
            Flow("1", "WLD", 9.0, aggregate=True),
            Flow("1", "europe", 6.0, aggregate=True),
            Flow("1", "CHN", 4.0, aggregate=False),
        )
    )
    assert {one.partner: one.amount for one in told.imports.flows} == {UNION: 5.0, "CHN": 4.0}
    assert (told.members, told.dropped, told.world) == ((), ("europe",), 9.0)


def test_the_union_has_twenty_seven_members_in_2024() -> None:
    assert len(union(2024)) == 27
    assert "GBR" not in union(2024)


def test_a_unions_rest_comes_from_one_country_or_from_all_alike() -> None:
    found = parts(
        [Flow("1", UNION, 50.0, aggregate=True), Flow("1", "CHN", 50.0, aggregate=False)],
        {"1": Interval.exact(1.0)},
    )
    index = concentration(found, 25)
    assert index is not None
    assert (index.low, index.high) == pytest.approx((0.26, 0.5))


def test_a_union_alone_has_an_index_between_all_alike_and_one() -> None:
    index = concentration(parts([Flow("1", UNION, 5.0, aggregate=True)], {"1": Interval.exact(1.0)}), 26)
    assert index is not None
    assert (index.low, index.high) == pytest.approx((1 / 26, 1.0))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=26), st.integers(1, 10**6))
def test_however_the_union_is_divided_the_index_lies_within(members: list[int], china: int) -> None:
    flows = [
        Flow("1", UNION, float(sum(members)), aggregate=True),
        Flow("1", "CHN", float(china), aggregate=False),
    ]
    index = concentration(parts(flows, {"1": Interval.exact(1.0)}), 26)
    assert index is not None
    assert index.low - 1e-9 <= hhi([one for one in (china, *members) if one]) <= index.high + 1e-9
