"""Leontief look-through: textbook values, exposure at face value and through suppliers, contents."""

from __future__ import annotations

import math

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods import lookthrough as lt

TEXTBOOK = np.array([[150.0, 500], [200, 100]]) / [1000, 2000]  # Miller & Blair, section 2.3


def test_the_textbook_inverse() -> None:
    assert lt.leontief_inverse(TEXTBOOK) == pytest.approx(
        np.array([[1.2541, 0.3300], [0.2640, 1.1221]]), abs=5e-5
    )


def test_output_that_a_final_demand_takes() -> None:
    output = lt.leontief_inverse([[0.2, 0.1], [0.3, 0.4]]) @ [100, 200]  # methods.md, 6.1
    assert output == pytest.approx(np.array([177.7778, 422.2222]), abs=5e-5)
    assert lt.leontief_inverse(TEXTBOOK) @ [600, 1500] == pytest.approx(
        np.array([1247.52, 1841.58]), abs=5e-3
    )


def test_exposure_through_a_home_supplier_shows_the_one_abroad() -> None:
    chain = np.array([[0, 0, 0], [0.5, 0, 0], [0, 0.5, 0]])
    assert lt.face_value_exposure(chain, [0, 0, 1])[:, 0].tolist() == [1, 0]
    assert lt.lookthrough_exposure(chain, [0, 0, 1])[:, 0] == pytest.approx(np.array([2 / 3, 1 / 3]))


def test_an_industry_that_buys_nothing_has_no_exposure() -> None:
    for exposure in (lt.face_value_exposure, lt.lookthrough_exposure):
        assert np.isnan(exposure(np.diag([0.5, 0]), [0, 1])[:, 1]).all()


@pytest.mark.parametrize(
    "a", [[[1.0]], [[1e7]], [[0, 2.0], [2, 0]], [[0.5, 0.5], [0.5, 0.5]], [[1 - 1e-17]], [[0, 1e7], [1e7, 0]]]
)
def test_a_table_that_uses_up_all_it_makes_is_refused(a: list[list[float]]) -> None:
    with pytest.raises(MethodError, match="nowhere negative"):
        lt.leontief_inverse(a)
    with pytest.raises(MethodError, match="nowhere negative"):
        lt.lookthrough_exposure(a, range(len(a)))


@pytest.mark.parametrize(
    ("a", "countries", "told"),
    [
        ([[0.1, 0.2]], [0], r"\(m, m\), found \(1, 2\)"),
        ([[-0.1]], [0], r"coefficient \(0, 0\) is -0.1"),
        ([[math.nan]], [0], "is nan"),
        ([[0.1]], [0, 1], r"each of 1 rows, found int64 of shape \(2,\)"),
        ([[0.1]], [0.0], "found float64"),
        ([[0.1]], [-1], "number from 0"),
    ],
)
def test_tables_that_cannot_be_are_told(a: list[list[float]], countries: list[float], told: str) -> None:
    for exposure in (lt.face_value_exposure, lt.lookthrough_exposure):
        with pytest.raises(MethodError, match=told):
            exposure(a, countries)


def test_magnets_in_motors_are_an_interval() -> None:
    held = lt.embedded_content([200, 0], 0.02, [0.05, 0.1])
    assert held.low.tolist() == [4, 0]
    assert held.high.tolist() == [10, 0]
    assert lt.embedded_content(10, 0.3, 0.3).low == lt.embedded_content(10, 0.3, 0.3).high


@pytest.mark.parametrize(
    ("flow", "low", "high", "told"),
    [
        (-1, 0, 1, "flow is -1"),
        (1, math.nan, 1, "lowest content is nan"),
        (1, 0, math.inf, "highest content is inf"),
        (1, 0.5, 0.4, "exceeds"),
        ([1, 2], [0, 0, 0], 1, r"\(3,\)"),
    ],
)
def test_contents_that_cannot_be_are_told(flow: object, low: object, high: object, told: str) -> None:
    with pytest.raises(MethodError, match=told):
        lt.embedded_content(flow, low, high)  # type: ignore[arg-type] # any array
