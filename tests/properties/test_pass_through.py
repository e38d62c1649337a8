"""Laws of cost passed through: linear, monotone, order-free, and a bill that adds up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monazite.methods.pass_through import cost_change, import_bill

N = 4
AMOUNT = arrays(np.float64, N, elements=st.floats(0, 1e3))
CHANGE = arrays(np.float64, N, elements=st.floats(-1e4, 1e4))
FRACTION = arrays(np.float64, N, elements=st.floats(0.01, 1))
SHARE = st.floats(0, 1)
MONEY = st.floats(0, 1e6)


@given(AMOUNT, CHANGE, FRACTION, SHARE)
def test_linear_in_the_change_and_in_the_share(
    amount: np.ndarray, change: np.ndarray, fraction: np.ndarray, theta: float
) -> None:
    whole = float(cost_change(amount, change, fraction))
    size = float(cost_change(amount, np.abs(change), fraction)) + 1
    assert float(cost_change(amount, change, fraction, theta)) == pytest.approx(
        theta * whole, abs=1e-9 * size
    )
    assert float(cost_change(amount, 2 * change, fraction)) == pytest.approx(2 * whole, abs=1e-9 * size)


@given(AMOUNT, CHANGE, FRACTION, st.permutations(range(N)))
def test_the_order_of_materials_does_not_matter(
    amount: np.ndarray, change: np.ndarray, fraction: np.ndarray, order: list[int]
) -> None:
    size = float(cost_change(amount, np.abs(change), fraction)) + 1
    turned = cost_change(amount[order], change[order], fraction[order])
    assert float(turned) == pytest.approx(float(cost_change(amount, change, fraction)), abs=1e-9 * size)


@given(AMOUNT, CHANGE, FRACTION, AMOUNT)
def test_more_of_a_dearer_material_never_costs_less(
    amount: np.ndarray, change: np.ndarray, fraction: np.ndarray, more: np.ndarray
) -> None:
    dearer = np.abs(change)
    least, most = cost_change(amount, dearer, fraction), cost_change(amount + more, dearer, fraction)
    assert float(most) >= float(least) * (1 - 1e-12)
    richer = cost_change(amount, dearer, np.minimum(1, fraction * 2))
    assert float(richer) <= float(least) * (1 + 1e-12)


@given(MONEY, MONEY, MONEY, MONEY)
def test_the_bill_adds_up(quantity: float, price: float, after: float, dearer: float) -> None:
    change = import_bill(quantity, price, after, dearer)
    size = max(quantity, after) * max(price, dearer) + 1
    assert float(change.total) == pytest.approx(after * dearer - quantity * price, abs=1e-9 * size)
    same = import_bill(quantity, price, quantity, price)
    assert float(same.total) == 0
