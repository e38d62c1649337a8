"""Industries with inventories: months worked out by hand."""

from __future__ import annotations

from fractions import Fraction as F  # noqa: N817 - worked out by hand, as one writes it

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.ario import Pace, ario
from monazite.methods.ario.pace import MONTH

# Two industries of output 100. Industry 0 sells 50 to industry 1 and 50 for final use; 1 sells 20 to 0 and
# 80 for final use. Inputs for two months in inventory, a month of them needed (ψ n = 1), half of what is
# missing ordered each month.
TABLE, OUTPUT = [[0, 0.5], [0.2, 0]], [100, 100]
PLAIN = {"inventory": 2 * MONTH, "psi": 0.5, "tau_inv": 2 * MONTH}


def floats(*rows: list[F | float]) -> np.ndarray:
    return np.array([[float(one) for one in row] for row in rows])


# Industry 0 needs a material for all of its output and has half a month of it; half is cut; α stays 1.
#
# Month 0. 0 gets 1/2 and has 1/2: makes 1; stock 0. Nothing else moves.
# Month 1. 0 gets 1/2: makes 1/2. Asked of 0: 50 + 50 = 100, half is served. Inventory of 0's product at 1:
#   2 + 1/2 − 1 = 3/2; of 1's at 0: 2 + 1 − 1/2 = 5/2. 1 orders 1 + 1/2 (2 − 3/2) = 5/4, 0 orders 1/2.
# Month 2. Asked of 1: 20 · 1/2 + 80 = 90: makes 9/10, for which 3/2 ≥ 9/10 suffices. Asked of 0:
#   50 · 5/4 + 50 = 225/2; 50 / (225/2) = 4/9 is served. Inventory at 1: 3/2 + 5/4 · 4/9 − 9/10 = 52/45.
#   1 orders 9/10 + 1/2 (9/5 − 52/45) = 9/10 + 29/90 = 11/9.
# Month 3. 1 makes 9/10, as 52/45 ≥ 9/10. Asked of 0: 50 · 11/9 + 50 = 1000/9; 9/20 is served.
#   Inventory at 1: 52/45 + 11/9 · 9/20 − 9/10 = (208 + 99 − 162) / 180 = 29/36.
# Month 4. 29/36 < 9/10: 1 makes 29/36. It ordered 9/10 + 1/2 (9/5 − 29/36) = 503/360; asked of 0:
#   50 · 863/360, of which 360/863 is served. Inventory at 1: 29/36 + 503/863 − 29/36 = 503/863.
# Month 5. 1 makes 503/863.
def test_a_cut_reaches_the_user_when_its_stock_is_gone_and_the_next_when_its_inventory_is() -> None:
    found = ario(
        TABLE, OUTPUT, np.full((1, 6, 1), 0.5),
        need=[[7], [0]], dependent=[[1], [0]], cover=0.5, pace=Pace(alpha_max=1, **PLAIN),
    )  # fmt: skip
    by_hand = floats(
        [1, 1], [F(1, 2), 1], [F(1, 2), F(9, 10)], [F(1, 2), F(9, 10)], [F(1, 2), F(29, 36)],
        [F(1, 2), F(503, 863)],
    )  # fmt: skip
    assert found.output[0] == pytest.approx(by_hand, rel=1e-12)
    assert found.first_month.tolist() == [[1, 2]]
    assert found.stock[0, :, 0].tolist() == [0] * 6


# Industry 0 loses half its capacity in month 0; overproduction up to 3/2, half of the way each month.
#
# Month 0. 0 makes 1/2 of the 1 asked: scarcity 1/2, α₀ = 1 + 1/2 (3/2 − 1) 1/2 = 9/8. Inventories: at 1
#   2 + 1/2 − 1 = 3/2, at 0 2 + 1 − 1/2 = 5/2. 1 orders 1 + 1/2 (2 − 3/2) = 5/4; 0 orders 1/2, as its
#   target is 2 · 1/2.
# Month 1. Asked of 0: 50 · 5/4 + 50 = 225/2, that is 9/8: makes 9/8 = α₀; none is scarce: α₀ = 9/8 − 1/16
#   = 17/16. Asked of 1: 20 · 1/2 + 80: makes 9/10. At 1: 3/2 + 5/4 − 9/10 = 37/20; orders 9/10, as its
#   target is 9/5. At 0: 5/2 + 1/2 − 9/8 = 15/8; orders 9/8 + 1/2 (9/4 − 15/8) = 21/16.
# Month 2. Asked of 0: 50 · 9/10 + 50: makes 19/20; α₀ = 17/16 − 1/32 = 33/32. Asked of 1: 20 · 21/16 + 80
#   = 425/4; makes 1 = α₁; 16/17 is served; scarcity 1/17. At 1: 37/20 + 9/10 − 1 = 7/4; orders
#   1 + 1/2 (2 − 7/4) = 9/8. At 0: 15/8 + 21/16 · 16/17 − 19/20 = 1469/680; orders 19/20: target 19/10.
# Month 3. Asked of 0: 50 · 9/8 + 50 = 425/4, that is 17/16 > α₀: makes 33/32. Asked of 1: 19 + 80: 99/100.
def test_a_lost_capacity_is_caught_up_by_overproduction() -> None:
    pace = Pace(alpha_max=1.5, alpha_tau=2 * MONTH, **PLAIN)
    lost = np.zeros((1, 4, 2))
    lost[0, 0, 0] = 0.5
    none, never = np.zeros((2, 0)), np.zeros((1, 4, 0))
    found = ario(TABLE, OUTPUT, never, need=none, dependent=none, cover=0, lost=lost, pace=pace)
    by_hand = floats([F(1, 2), 1], [F(9, 8), F(9, 10)], [F(19, 20), 1], [F(33, 32), F(99, 100)])
    assert found.output[0] == pytest.approx(by_hand, rel=1e-12)
    assert found.first_month.tolist() == [[0, 1]]


# Both need the material, 0 takes 3/4 and 1 takes 1/4 of it; two fifths of 0's output depend on it, all of
# 1's; no stocks, 30 percent of it comes, no inputs from each other.
# Both ask for 1 and get 3/10. 0 makes 3/5 + 2/5 · 3/10 = 18/25, 1 makes 3/10.
def test_a_part_of_output_depends() -> None:
    found = ario(np.zeros((2, 2)), OUTPUT, [[[0.3]]], need=[[3], [1]], dependent=[[0.4], [1.0]], cover=[[0]])
    assert found.output[0, 0] == pytest.approx(np.array([18 / 25, 3 / 10]), rel=1e-12)


# 0 makes 3/4 of what it did; 1 holds a month of its product, of which ψ = 0.8 would be needed, but a month's
# output uses a month of it: 1 + 3/4 − 1 = 3/4 is there in month 1.
def test_no_industry_uses_more_than_it_holds() -> None:
    found = ario(
        TABLE, OUTPUT, np.full((1, 2, 1), 0.75), need=[[1], [0]], dependent=[[1], [0]], cover=0,
        pace=Pace(inventory=MONTH),
    )  # fmt: skip
    assert found.output[0].tolist() == [[0.75, 1], [0.75, 0.75]]


# One industry, two materials, one of them plentiful: the scarce one binds, and the other is used less: of
# 1 + 1 there remain 2 − 1/4; asked for next is 1, as its stock is over the target.
def test_the_scarcest_material_binds_and_the_others_are_used_less() -> None:
    found = ario([[0.0]], [1], [[[1, 0.25]]], need=[[1, 1]], dependent=[[1, 1]], cover=[[1, 0]])
    assert found.output.item() == 0.25
    assert found.stock[0, 0].tolist() == [1.75, 0]


def test_an_industry_that_makes_nothing_stays_as_it_is() -> None:
    found = ario(
        [[0.1, 0.3], [0.0, 0.0]], [10, 0], [[[0.0], [0.0]]], need=[[1], [0]], dependent=[[1], [0]], cover=0
    )
    assert found.output[0].tolist() == [[0, 1], [0, 1]]


def test_a_material_nobody_needs_stops_nobody() -> None:
    found = ario([[0.1]], [10], [[[0.0]]], need=[[0]], dependent=[[0]], cover=0)
    assert found.output.tolist() == [[[1]]]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"a": [[0.1, 0.2]]}, r"coefficients of shape \(1, 2\) for 1 industries"),
        ({"a": [[-0.1]]}, r"input coefficients -0.1 at \(0, 0\)"),
        ({"output": 1}, r"output has the shape \(m\)"),
        ({"available": [[1]]}, r"available has the shape \(n, T, k\), found \(1, 1\)"),
        ({"need": [[1], [1]]}, r"need of shape \(2, 1\) does not fit \(1, 1\)"),
        ({"need": [[0]]}, "industry 0 depends on material 0 and needs none of it; give its need"),
        ({"dependent": [[1.5]]}, "dependent 1.5"),
        ({"cover": [[-1]]}, "cover -1"),
        ({"lost": 2}, "lost capacity 2"),
        ({"block": 0}, "a block of 0 draws"),
    ],
)
def test_what_cannot_be_is_told(given: dict[str, object], told: str) -> None:
    right = {"a": [[0.1]], "output": [1], "available": [[[1]]], "need": [[1]], "dependent": [[1]], "cover": 1}
    with pytest.raises(MethodError, match=told):
        ario(**right | given)  # type: ignore[arg-type] # wrong on purpose


@pytest.mark.parametrize(
    "given",
    [{"alpha_max": 0.9}, {"alpha_tau": 10}, {"inventory": 20}, {"psi": 1.1}, {"tau_inv": float("nan")}],
)
def test_a_pace_that_a_month_cannot_carry_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(MethodError, match="at least"):
        Pace(**given)
