"""Input–output models: the printed vector, the textbook's two sectors, and what is infeasible."""

from __future__ import annotations

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.inputoutput import (
    ghosh_price,
    hypothetical_extraction,
    mixed_model,
    output,
    output_lost,
    price_rise,
    upstream_value_added,
)

A = np.array([[0.2, 0.1], [0.3, 0.4]])
F = np.array([100.0, 200.0])


def test_printed_vector() -> None:
    assert [f"{one:.4f}" for one in output(A, F)] == ["177.7778", "422.2222"]
    assert output(A, F)[0] == pytest.approx((0.6 * 100 + 0.1 * 200) / 0.45)
    assert output(A, F)[1] == pytest.approx((0.3 * 100 + 0.8 * 200) / 0.45)


def test_a_mixed_model_that_restricts_nothing_changes_nothing() -> None:
    x = output(A, F)
    free = mixed_model(A, F, [False, False], np.empty(0))
    assert free.output == pytest.approx(x)
    same = mixed_model(A, F, [True, False], [x[0]])
    assert same.output == pytest.approx(x)
    assert same.final == pytest.approx(F)


def test_a_mixed_model_by_hand() -> None:
    """x1 = 160: x2 = (200 + 0.3 * 160) / 0.6 = 413.33, f1 = 0.8 * 160 - 0.1 * 413.33 = 86.67."""
    found = mixed_model(A, F, [True, False], [[160.0], [20.0]])
    assert found.output[0] == pytest.approx([160.0, 248 / 0.6])
    assert found.final[0] == pytest.approx([128 - 24.8 / 0.6, 200])
    assert not found.infeasible[0].any()
    assert found.infeasible[1].tolist() == [True, False]


def test_extraction_by_hand() -> None:
    """Without the first sector the second makes 200 / 0.6; before, 422.22."""
    lost = hypothetical_extraction(A, F, [True, False], [0.5, 0.3])
    assert lost == pytest.approx([0.5 * 80 / 0.45, 0.3 * (190 / 0.45 - 200 / 0.6)])


def test_extraction_is_the_most_a_cut_costs() -> None:
    most = hypothetical_extraction(A, F, [True, False], [0.5, 0.3]).sum()
    x = output(A, F)
    for part in np.linspace(0, 1, 6):
        left = mixed_model(A, F, [True, False], [part * x[0]])
        assert (np.array([0.5, 0.3]) * (x - left.output)).sum() <= most + 1e-9


def test_a_price_model_is_ghosh() -> None:
    x = output(A, F)
    assert ghosh_price(A * x, x, 0.05 * x) == pytest.approx(price_rise(A, [0.05, 0.05]))


def test_upstream_counts_the_unit_once() -> None:
    found = upstream_value_added(A, [0.5, 0.3])
    assert found.diagonal() == pytest.approx([0.5, 0.3])
    x = output(A, F)
    less = mixed_model(A, F, [False, True], [x[1] - 1.0])
    assert (x - less.output) * [0.5, 0.3] == pytest.approx(found[:, 1])


def test_shapes_that_do_not_fit() -> None:
    with pytest.raises(MethodError):
        output(A, [1.0, 2.0, 3.0])
    with pytest.raises(MethodError):
        mixed_model(A, F, [True, False], [1.0, 2.0])
    with pytest.raises(MethodError):
        mixed_model(A, F, [True, False], [-1.0])
    with pytest.raises(MethodError):
        upstream_value_added(A, [1.0])
    with pytest.raises(MethodError):
        ghosh_price(A, [0.0, 1.0], [0.0, 0.0])


def test_output_lost_is_the_multiplier_where_one_sector_is_hit() -> None:
    found = output_lost(A, [10.0, 0.0])
    assert found * [0.5, 0.3] == pytest.approx(upstream_value_added(A, [0.5, 0.3])[:, 0] * 10, rel=1e-4)


def test_output_is_lost_once() -> None:
    """Both together lose at least what each does, and less than the sum."""
    hit = np.array([[10.0, 0.0], [0.0, 6.0], [10.0, 6.0], [0.0, 0.0]])
    one, other, both, none = output_lost(A, hit)
    assert (none == 0.0).all()
    assert (both >= np.maximum(one, other) - 1e-9).all()
    assert (both < one + other).all()
    assert (output_lost(A, 2 * hit[2]) == 2 * both).all()


def test_output_lost_refuses() -> None:
    with pytest.raises(MethodError, match="shape"):
        output_lost(A, [1.0])
    with pytest.raises(MethodError, match="negative"):
        output_lost(A, [1.0, -1.0])
