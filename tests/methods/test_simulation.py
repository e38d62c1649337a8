"""Draws, quantiles, sensitivity and portfolios: published and hand-computed values, and what is refused."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.simulation import (
    Losses,
    expected_loss,
    loss_quantiles,
    ordered_quantiles,
    random_points,
    sensitivity_indices,
    sensitivity_points,
    sobol_points,
    triangular_quantile,
)

RELATIVE = 2.0**-7


def test_points_are_the_same_in_any_blocks() -> None:
    whole = sobol_points(1000, 7, seed=3)
    parts = [sobol_points(250, 7, seed=3, start=start) for start in range(0, 1000, 250)]
    assert np.concatenate(parts).tobytes() == whole.tobytes()
    assert not np.array_equal(whole, sobol_points(1000, 7, seed=4))


def test_points_of_no_inputs() -> None:
    assert sobol_points(5, 0, seed=0).shape == (5, 0)


def test_sobol_needs_fifty_times_fewer_points_than_random() -> None:
    """Price after a cut and loss, over six inputs: the error of the mean, over several seeds."""
    low, central, high = np.array(
        [[0.2, 0.4, 0.6], [0.1, 0.2, 0.4], [0.1, 0.2, 0.5], [1, 2, 4], [0.1, 0.3, 0.6], [0, 0.1, 0.3]]
    ).T

    def loss(points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        cut, demand, supply, stock, share, thrift = triangular_quantile(points, low, central, high).T
        quantity = (1 - cut) ** (demand / (demand + supply))
        return float((share * (1 - quantity - thrift / 3) * (12 - stock)).mean())

    exact = loss(sobol_points(2**17, 6, seed=99))
    even = np.mean([(loss(sobol_points(1024, 6, seed=seed)) - exact) ** 2 for seed in range(16)])
    loose = np.mean([(loss(random_points(1024, 6, seed=seed)) - exact) ** 2 for seed in range(64)])
    assert loose / even > 50


def test_triangles_by_hand() -> None:
    """Over [0, 2] with the top at 1: a quarter of the probability lies below sqrt(0.5)."""
    found = triangular_quantile([[0.25], [0.5], [0.75]], [0], [1], [2]).ravel()
    assert found == pytest.approx([np.sqrt(0.5), 1.0, 2 - np.sqrt(0.5)])
    assert triangular_quantile([[0.3]], [5], [5], [5]).item() == 5.0
    assert triangular_quantile([[0.0], [1.0]], [2], [2], [3]).ravel().tolist() == [2.0, 3.0]


@pytest.mark.parametrize(
    ("shares", "ends"),
    [([1.1], (0, 1, 2)), ([0.5], (2, 1, 0)), ([np.nan], (0, 1, 2)), ([0.5], (0, 1, np.inf))],
)
def test_triangles_out_of_domain(shares: list[float], ends: tuple[float, float, float]) -> None:
    with pytest.raises(MethodError):
        triangular_quantile([shares], *([one] for one in ends))


# ── Sensitivity ───────────────────────────────────────────────────────────────────────────────


def test_ishigami() -> None:
    """Analytic values for a = 7 and b = 0.1: Saltelli and others 2008, table 4.3 of their primer."""
    x = 2 * np.pi * sensitivity_points(8192, 3, seed=1) - np.pi
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = sensitivity_indices(y, 3)
    assert found.first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.015)
    assert found.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)


def test_sobol_g_function() -> None:
    """Partial variances are 1 / (3 (1 + a)^2): hand-computed for a = 0, 1, 9."""
    a = np.array([0.0, 1.0, 9.0])
    parts = 1 / (3 * (1 + a) ** 2)
    variance = np.prod(1 + parts) - 1
    x = sensitivity_points(8192, 3, seed=2)
    y = np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)
    found = sensitivity_indices(y, 3)
    assert found.first == pytest.approx(parts / variance, abs=0.01)
    others = [np.prod(1 + np.delete(parts, at)) for at in range(3)]
    assert found.total == pytest.approx(parts * others / variance, abs=0.01)


def test_an_outcome_that_never_changes_has_no_drivers() -> None:
    found = sensitivity_indices(np.full(50, 3.0), 3)
    assert found.first.tolist() == found.total.tolist() == [0.0, 0.0, 0.0]


def test_outcomes_that_do_not_fit() -> None:
    with pytest.raises(MethodError, match="expected a multiple of 5"):
        sensitivity_indices(np.zeros(11), 3)
    with pytest.raises(MethodError, match="not finite"):
        sensitivity_indices([np.nan] * 10, 3)


# ── Quantiles ─────────────────────────────────────────────────────────────────────────────────


def test_quantiles_are_numpys_within_a_step() -> None:
    random = np.random.default_rng(0)
    weights = random.gamma(0.3, 1e9, (20, 60)) * (random.random((20, 60)) < 0.4)
    draws = random.beta(0.5, 2.0, (4000, 20)) * (random.random((4000, 20)) < 0.7)
    found = loss_quantiles([draws], weights)
    exact = np.percentile(draws @ weights, [5, 50, 95], axis=0)
    assert np.all(np.abs(found.quantiles - exact) <= RELATIVE * exact + weights.sum(0) * 2.0**-15)
    assert found.mean == pytest.approx((draws @ weights).mean(0), rel=1e-5)


def test_blocks_and_workers_give_the_same() -> None:
    random = np.random.default_rng(1)
    weights, draws = random.random((5, 9)), random.random((3000, 5))
    whole = loss_quantiles([draws], weights)
    one, other = Losses(weights), Losses(weights)
    one.add(draws[:1300])
    other.add(draws[1300:])
    merged = pickle.loads(pickle.dumps(other))  # noqa: S301 - our own bytes
    merged.merge(one)
    assert merged.summary().quantiles.tobytes() == whole.quantiles.tobytes()
    one.clear()
    one.add(draws)
    assert one.summary().quantiles.tobytes() == whole.quantiles.tobytes()


def test_an_industry_without_materials_loses_nothing() -> None:
    found = loss_quantiles([[[1.0], [0.5]]], [[0.0, 3.0]])
    assert found.quantiles[:, 0].tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("shortages", [[[1.5]], [[-0.1]], [[np.nan]], [[0.1, 0.2]]])
def test_shortages_out_of_domain(shortages: list[list[float]]) -> None:
    with pytest.raises(MethodError):
        Losses([[1.0]]).add(shortages)


def test_weights_out_of_domain() -> None:
    with pytest.raises(MethodError):
        Losses([[-1.0]])
    with pytest.raises(MethodError, match="nothing has been counted"):
        Losses([[1.0]]).summary()
    with pytest.raises(MethodError, match="other weights"):
        Losses([[1.0]]).merge(Losses([[2.0]]))


def test_what_never_happens_comes_last() -> None:
    months = np.array([[np.nan, 2.0], [4.0, 2.0], [1.0, np.nan], [2.0, 2.0]])
    found = ordered_quantiles(months, [0.25, 0.5, 1.0])
    assert found[:, 0].tolist()[:2] == [1.0, 2.0]
    assert np.isnan(found[2, 0])
    assert found[:2, 1].tolist() == [2.0, 2.0]


# ── Portfolios ────────────────────────────────────────────────────────────────────────────────


def test_expected_losses_add_up() -> None:
    found = expected_loss([[0.1, 0.2, 0.3], [1.0, 1.0, 1.0]], [[1.0, 2.0, 3.0], [-1.0, 0.5, 4.0]])
    assert found.each.ravel() == pytest.approx([0.1, 0.4, 0.9, -1.0, 0.5, 4.0])
    assert found.total == pytest.approx([-0.9, 0.9, 4.9])


def test_a_gain_is_largest_where_likeliest() -> None:
    """Minus 2 with 10 to 50 %: from -1 to -0.2."""
    found = expected_loss([[0.1, 0.3, 0.5]], [[-2.0, -2.0, -2.0]])
    assert found.each.ravel() == pytest.approx([-1.0, -0.6, -0.2])


def test_a_probability_above_one() -> None:
    with pytest.raises(MethodError):
        expected_loss([[0.1, 0.2, 1.3]], [[1.0, 2.0, 3.0]])
