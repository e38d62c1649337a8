"""Cost passed through: the published vector to the printed digit, draws, and what is refused."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.pass_through import cost_change, cost_contributions, import_bill

if TYPE_CHECKING:
    from pathlib import Path

RISE = (63_700 - 9_000) / 1_000


def test_lithium_in_nmc622() -> None:
    assert float(cost_change([0.1102], [RISE], [0.1879], 1.0)) == pytest.approx(32.08, abs=0.005)


@pytest.mark.needs("golden")
def test_with_the_prices_and_the_intensity_as_published(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    price = {
        r["year"]: float(r["value"].replace(",", ""))
        for r in rows
        if (r["method"], r["material"]) == ("PRICE", "LITHIUM")
    }
    amount = next(
        float(r["value"])
        for r in rows
        if (r["method"], r["material"], r["quantity"]) == ("INTENSITY", "NMC622", "Li")
    )
    change = (price["2022"] - price["2025"]) / 1_000
    assert float(cost_change([amount], [change], [0.1879])) == pytest.approx(32.08, abs=0.005)


def test_draws_lead_and_materials_come_last() -> None:
    intensity = np.array([[0.1, 0.5], [0.2, 0.5], [0.0, 0.0]])
    change = np.array([[1.0, 2.0], [1.0, 2.0], [9.0, 9.0]])
    found = cost_change(intensity, change, [0.5, 1.0], np.array([[1.0], [0.5], [1.0]]))
    assert found.tolist() == pytest.approx([1.2, 0.7, 0.0])
    assert cost_contributions(intensity, change, [0.5, 1.0]).shape == (3, 2)


def test_without_a_change_nothing_costs_more_and_a_fall_costs_less() -> None:
    assert float(cost_change([0.1, 0.2], 0.0)) == 0
    assert float(cost_change([0.1, 0.2], [-1.0, 0.0])) == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([-0.1], [1.0]), "intensity is -0.1"),
        (([0.1], [float("nan")]), "change of a price is nan"),
        (([0.1], [1.0], [1.2]), "mass fraction is 1.2"),
        (([0.1], [1.0], [0.0]), "name its form"),
        (([0.1], [1.0], [1.0], 1.1), "share passed on is 1.1"),
        (([0.1, 0.2], [1.0, 2.0, 3.0]), "do not fit"),
        ((["much"], [1.0]), "must be a number"),
    ],
)
def test_what_is_refused(arguments: tuple[list[float], ...], said: str) -> None:
    with pytest.raises(MethodError, match=said):
        cost_change(*arguments)


def test_the_bill_by_price_and_quantity() -> None:
    change = import_bill([100.0, 100.0], 2.0, [50.0, 100.0], [4.0, 2.0])
    assert change.price.tolist() == [100, 0]
    assert change.quantity.tolist() == [-100, 0]
    assert change.total.tolist() == [0, 0]
    with pytest.raises(MethodError, match="quantity is -1"):
        import_bill(-1, 1, 1, 1)
    with pytest.raises(MethodError, match="do not fit"):
        import_bill([1, 2], 1, [1, 2, 3], 1)
