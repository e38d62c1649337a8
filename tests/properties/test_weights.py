"""Laws of the weights that carry trade between editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monazite.methods.weights import conversion_weights

if TYPE_CHECKING:
    from monazite.methods.weights import ConversionWeights

CODES, COUNTRIES = 4, 6
amounts = st.integers(0, 50).map(float)
rows = st.lists(amounts, min_size=CODES, max_size=CODES)
tables = st.lists(rows, min_size=COUNTRIES - 2, max_size=COUNTRIES)
pairs = st.tuples(st.integers(0, CODES - 1), st.integers(0, CODES - 1))
links = st.lists(pairs, min_size=1, max_size=9, unique=True)
few = settings(max_examples=60)


def weights(
    given_links: list[tuple[int, int]], before: list[list[float]], after: list[list[float]], scale: float = 1
) -> ConversionWeights:
    rows = min(len(before), len(after))
    source, target = np.array(given_links).T
    trade = scale * np.array(before[:rows]), np.array(after[:rows]) / scale
    return conversion_weights(source, target, *trade, draws=4)


@few
@given(links, tables, tables)
def test_weights_of_a_code_sum_to_one(
    given_links: list[tuple[int, int]], before: list[list[float]], after: list[list[float]]
) -> None:
    found = weights(given_links, before, after)
    for code in {source for source, _ in given_links}:
        of_it = np.array([source == code for source, _ in given_links])
        known = np.isfinite(found.weight[of_it])
        assert known.all() or not known.any()
        if known.all():
            assert found.weight[of_it].sum() == pytest.approx(1, abs=1e-12)
        else:
            assert not found.identified[of_it].any()


@few
@given(links, tables, tables)
def test_weights_and_their_intervals_lie_between_nothing_and_all(
    given_links: list[tuple[int, int]], before: list[list[float]], after: list[list[float]]
) -> None:
    found = weights(given_links, before, after)
    known = np.isfinite(found.weight)
    assert ((found.low >= 0) & (found.low <= found.high) & (found.high <= 1)).all()
    assert (found.low <= found.weight)[known].all()
    assert (found.weight <= found.high)[known].all()
    assert (found.high - found.low)[~found.identified].min(initial=1) == 1
    single = np.array([sum(source == one for one, _ in given_links) == 1 for source, _ in given_links])
    assert (found.low[single] == 1).all()


@few
@given(links, tables, tables, st.sampled_from([1e-6, 0.5, 1e9]))
def test_the_unit_of_trade_is_nothing(
    given_links: list[tuple[int, int]],
    before: list[list[float]],
    after: list[list[float]],
    scale: float,
) -> None:
    one, other = weights(given_links, before, after), weights(given_links, before, after, scale)
    assert other.weight == pytest.approx(one.weight, abs=1e-4, nan_ok=True)
    assert np.array_equal(one.identified, other.identified)


@few
@given(links, tables, tables, st.data())
def test_the_order_of_links_is_nothing(
    given_links: list[tuple[int, int]],
    before: list[list[float]],
    after: list[list[float]],
    data: st.DataObject,
) -> None:
    order = data.draw(st.permutations(range(len(given_links))))
    one = weights(given_links, before, after)
    other = weights([given_links[place] for place in order], before, after)
    for name in ("weight", "low", "high", "identified", "residual"):
        assert np.array_equal(getattr(one, name)[order], getattr(other, name), equal_nan=True)


@few
@given(links, tables, tables)
def test_what_is_carried_is_conserved(
    given_links: list[tuple[int, int]], before: list[list[float]], after: list[list[float]]
) -> None:
    found = weights(given_links, before, after)
    sources = np.array([source for source, _ in given_links])
    known = np.isfinite(found.weight)
    value = np.array(before[0])[sources]
    total = sum(before[0][code] for code in set(sources[known].tolist()))
    assert (value * found.weight)[known].sum() == pytest.approx(total, rel=1e-12)
    assert (value * found.weight)[known].min(initial=0) >= 0
