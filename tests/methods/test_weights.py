"""Weights of links: cases worked by hand, planted weights found again, and the refusals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods.weights import conversion_weights
from monazite.methods.weights.program import SplitProgram
from monazite.methods.weights.spread import (
    effective_countries,
    student_interval,
    student_quantile,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from monazite.methods.weights import ConversionWeights

RUNS, COUNTRIES = 200, 25
LINKS = ((0, 0), (0, 1), (1, 1), (1, 2), (1, 3), (2, 3), (2, 0), (3, 1))  # the last source has one target
SPLITS = np.array([[0.6, 0.4, 0, 0], [0, 0.2, 0.5, 0.3], [0.9, 0, 0, 0.1], [0, 1.0, 0, 0]])
SOURCE, TARGET = [one for one, _ in LINKS], [other for _, other in LINKS]
PLANTED = SPLITS[SOURCE, TARGET]


def traded(countries: int, seed: int = 0) -> NDArray[np.float64]:
    """Trade of countries of all sizes under four codes, dollars; not every country trades every code."""
    chance = np.random.default_rng(seed)
    there = chance.random((countries, 4)) < 0.85
    trade: NDArray[np.float64] = chance.lognormal(10, 1.5, (countries, 1)) * chance.lognormal(
        0, 1, (countries, 4)
    )
    return trade * there


def weighed(before: NDArray[np.float64], after: NDArray[np.float64], draws: int = 20) -> ConversionWeights:
    return conversion_weights(SOURCE, TARGET, before, after, draws=draws)


def test_planted_weights_are_found_where_trade_is_exact() -> None:
    before = traded(COUNTRIES)
    found = weighed(before, before @ SPLITS)
    assert found.weight == pytest.approx(PLANTED, abs=1e-5)
    assert found.identified.all()
    assert found.residual == pytest.approx(0, abs=1e-6)
    assert (found.countries == np.count_nonzero(before.sum(axis=1))).all()


def test_a_code_split_in_two_is_split_as_the_mean_country_splits_it() -> None:
    found = conversion_weights([0, 0], [0, 1], [[100], [20], [5]], [[60, 40], [16, 4], [1, 4]])
    assert found.weight == pytest.approx([(0.6 + 0.8 + 0.2) / 3, (0.4 + 0.2 + 0.8) / 3], abs=1e-6)
    assert found.residual == pytest.approx([2 / 9, 2 / 9], abs=1e-6)  # misplaced: 1/15, 4/15, 1/3


def test_codes_that_merge_need_no_trade() -> None:
    found = conversion_weights([0, 1], [0, 0], np.zeros((0, 2)), np.zeros((0, 1)))
    assert found.weight.tolist() == found.low.tolist() == found.high.tolist() == [1, 1]
    assert found.identified.all()
    assert np.isnan(found.residual).all()
    assert found.countries.tolist() == [0, 0]


def test_where_no_country_reports_both_editions_no_split_is_invented() -> None:
    for silent in (np.zeros((0, 4)), np.zeros((7, 4))):
        found = weighed(silent, silent)
        several = np.arange(8) < 7
        assert np.isnan(found.weight[several]).all()
        assert (found.low[several] == 0).all()
        assert (found.high[several] == 1).all()
        assert (found.identified == ~several).all()
        assert found.weight[7] == found.low[7] == found.high[7] == 1


def test_a_code_nobody_traded_is_not_split_by_the_trade_of_others() -> None:
    before = traded(COUNTRIES)
    before[:, 1] = 0
    found = weighed(before, before @ SPLITS)
    of_it = np.array(SOURCE) == 1
    assert np.isnan(found.weight[of_it]).all()
    assert not found.identified[of_it].any()
    assert found.identified[~of_it].all()
    assert found.weight[~of_it] == pytest.approx(PLANTED[~of_it], abs=1e-5)


def test_a_country_without_trade_in_the_component_changes_nothing_but_the_draws() -> None:
    before = traded(COUNTRIES)
    before[3] = 0
    after = before @ SPLITS
    without = weighed(np.delete(before, 3, axis=0), np.delete(after, 3, axis=0))
    with_it = weighed(before, after)
    assert with_it.weight == pytest.approx(without.weight, abs=1e-9)
    assert with_it.countries[0] == without.countries[0] == COUNTRIES - 1


def test_codes_always_traded_alike_cannot_be_told_apart() -> None:
    one = traded(COUNTRIES)[:, :1] + 1.0
    before = np.hstack([one, 3 * one])  # two codes in one proportion in every country, both split in two
    after = before @ [[0.7, 0.3], [0.5, 0.5]]
    found = conversion_weights([0, 0, 1, 1], [0, 1, 0, 1], before, after, draws=20)
    assert not found.identified.any()
    assert found.low.tolist() == [0, 0, 0, 0]
    assert found.high.tolist() == [1, 1, 1, 1]
    assert before @ found.weight.reshape(2, 2) == pytest.approx(after, rel=1e-5)  # one of many that fit


def test_one_country_says_nothing_of_a_spread() -> None:
    found = conversion_weights([0, 0], [0, 1], [[10.0]], [[7.0, 3.0]])
    assert found.weight == pytest.approx([0.7, 0.3])
    assert not found.identified.any()
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0], [1, 1])


def test_a_component_beyond_all_countries_is_left_open() -> None:
    source, target = np.divmod(np.arange(40 * 40), 40)
    found = conversion_weights(source, target, np.ones((3, 40)), np.ones((3, 40)))
    assert np.isnan(found.weight).all()
    assert not found.identified.any()


def test_the_same_seed_gives_the_same_intervals() -> None:
    before = traded(COUNTRIES)
    after = before @ SPLITS * np.random.default_rng(1).lognormal(0, 0.2, (COUNTRIES, 4))
    once, again = weighed(before, after), weighed(before, after)
    other = conversion_weights(SOURCE, TARGET, before, after, draws=20, seed=1)
    assert np.array_equal(once.low, again.low)
    assert not np.array_equal(once.low, other.low)
    assert np.array_equal(once.weight, other.weight)


def test_intervals_cover_planted_weights_in_nine_of_ten_runs() -> None:
    chance = np.random.default_rng(20)
    source = np.concatenate([2 * run + np.array([0, 0, 1, 1]) for run in range(RUNS)])
    target = np.concatenate([3 * run + np.array([0, 1, 1, 2]) for run in range(RUNS)])
    before = chance.lognormal(0, 1.5, (COUNTRIES, 1)) * chance.lognormal(0, 1.5, (COUNTRIES, 2 * RUNS))
    first = chance.dirichlet([1, 1], 2 * RUNS).ravel()  # of a source's two links, one after the other
    after = np.zeros((COUNTRIES, 3 * RUNS))
    np.add.at(after.T, target, (before[:, source] * first * chance.lognormal(0, 0.3, (COUNTRIES, 1))).T)
    after *= chance.lognormal(0, 0.3, after.shape)
    found = conversion_weights(source, target, before, after, draws=30)
    covered = (found.low <= first) & (first <= found.high)
    assert covered.mean() >= 0.9
    assert np.abs(found.weight - first).mean() < 0.08
    assert np.median(found.high - found.low) < 0.35  # not by being wide


def test_a_circle_of_highs_is_left_with_its_answer() -> None:
    """All trade goes to the first of three targets: HiGHS turns on the spot until it is stopped."""
    program = SplitProgram(np.array([0, 0, 0]), np.array([0, 1, 2]))
    assert program.solve(np.array([[6.0]]), np.array([[6.0, 0, 0]])).share == pytest.approx(
        [1, 0, 0], abs=1e-6
    )


def test_codes_of_all_sizes_are_solved_to_the_end() -> None:
    """A code of a ten-thousandth of the trade is a row that HiGHS overlooks, unless it is scaled."""
    source = np.repeat(np.arange(12), 4)
    target = (source + np.tile([0, 1, 5, 7], 12)) % 12
    for seed in range(20):
        chance = np.random.default_rng(seed)
        x = chance.lognormal(0, 1.5, (12, 12)) * chance.lognormal(0, 3, 12)
        x /= x.sum(axis=1, keepdims=True)
        planted = np.vstack([np.eye(4)[[0] * 4], chance.dirichlet(np.ones(4), 8)]).ravel()
        y = np.zeros((12, 12))
        np.add.at(y.T, target, (x[:, source] * planted).T)
        share, slack = SplitProgram(source, target).solve(x.T @ x, x.T @ y)
        assert slack[share > 0].max() < 1e-6


class Hesitant(SplitProgram):
    """HiGHS whose first answer is no good."""

    asked = 0

    def _attempt(
        self,
        value: NDArray[np.float64],
        cost: NDArray[np.float64],
        scale: NDArray[np.float64],
        tolerance: float,
    ) -> NDArray[np.float64]:
        self.asked += 1
        if self.asked == 1:
            return np.full(self.links, 0.5)
        return super()._attempt(value, cost, scale, tolerance)


class Hopeless(SplitProgram):
    """HiGHS without any good answer."""

    def _attempt(
        self,
        value: NDArray[np.float64],
        cost: NDArray[np.float64],
        scale: NDArray[np.float64],
        tolerance: float,
    ) -> NDArray[np.float64]:
        return np.full(super()._attempt(value, cost, scale, tolerance).shape, 0.5)


def test_an_answer_that_is_not_optimal_is_asked_again() -> None:
    program = Hesitant(np.array([0, 0]), np.array([0, 1]))
    assert program.solve(np.array([[2.0]]), np.array([[1.8, 0.2]])).share == pytest.approx(
        [0.9, 0.1], abs=1e-6
    )
    assert program.asked == 2


def test_no_answer_is_told() -> None:
    program = Hopeless(np.array([0, 0]), np.array([0, 1]))
    with pytest.raises(MethodError, match="no split of 1 codes over 2 links"):
        program.solve(np.array([[2.0]]), np.array([[1.8, 0.2]]))


def test_an_interval_ends_at_nothing_and_at_all() -> None:
    low, high = student_interval([0.05, 0.95], [[0.3, 0.6], [0.0, 1.0], [0.0, 1.0]], [10, 10], 0.95)
    assert (low[0], high[1]) == (0, 1)
    assert 0.3 < high[0] < 0.7
    assert 0.3 < low[1] < 0.7


def test_few_countries_widen_the_interval() -> None:
    draws = [[0.4] * 3, [0.6] * 3]
    low, high = student_interval([0.5] * 3, draws, [4, 11, 1e6], 0.95)
    assert (high - low) / 2 == pytest.approx(
        [3.1786 * 0.1 * (4 / 3) ** 0.5, 2.228 * 0.1 * 1.1**0.5, 0.196], rel=1e-3
    )


def test_the_program_finds_what_trying_every_split_finds() -> None:
    chance = np.random.default_rng(4)
    x, y = chance.random((6, 2)), chance.random((6, 2))
    found = SplitProgram(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])).solve(x.T @ x, x.T @ y).share
    steps = np.linspace(0, 1, 401)
    one, other = np.meshgrid(steps, steps)
    splits = np.stack([np.stack([one, 1 - one], -1), np.stack([other, 1 - other], -1)], -2)
    misfit = ((y - np.einsum("cs,abst->abct", x, splits)) ** 2).sum(axis=(2, 3))
    best = np.unravel_index(np.argmin(misfit), misfit.shape)
    assert found.reshape(2, 2) == pytest.approx(splits[best], abs=1 / 400)


def test_quantiles_of_student_as_printed() -> None:
    printed = [12.706, 4.303, 3.182, 2.571, 2.228, 2.086, 1.984]  # Abramowitz and Stegun, table 26.10
    found = student_quantile(0.975, [1, 2, 3, 5, 10, 20, 100])
    assert found[2:] == pytest.approx(printed[2:], abs=0.004)
    assert found[:2] == pytest.approx(printed[:2], rel=0.12)


def test_a_large_country_counts_as_few() -> None:
    assert effective_countries(np.ones((8, 1))).tolist() == [8]
    assert effective_countries([[100.0], [1.0], [1.0]])[0] == pytest.approx(1, abs=1e-3)


def test_too_few_countries_or_draws_leave_the_interval_open() -> None:
    draws = [[0.5, 0.5, math.nan], [0.6, 0.6, math.nan], [0.4, 0.4, 0.5]]
    low, high = student_interval([0.5, 0.5, 0.5], draws, [10, 1.5, 10], 0.9)
    assert 0.2 < low[0] < 0.5 < high[0] < 0.8
    assert (low[1], high[1]) == (low[2], high[2]) == (0, 1)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"source_trade": [[1.0, -1.0]]}, "source_trade of country 0 under code 1 is -1"),
        ({"target_trade": [[math.nan, 1.0]]}, "country 0 under code 0 is nan"),
        ({"source_trade": [1.0, 2.0]}, r"shape \(n_countries, n_codes\), found \(2,\)"),
        ({"source_trade": [[1.0, 1.0]] * 2}, "2 countries before and 1 after"),
        ({"source": [0, 5]}, "a column of its trade, 0 to 1; found 0 to 5"),
        ({"source": [0, 0], "target": [1, 1]}, "more than once"),
        ({"source": [0]}, "1 sources and 2 targets"),
        ({"draws": 1}, "at least 2 draws"),
        ({"level": 1.0}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_weighed(changed: dict[str, object], told: str) -> None:
    given: dict[str, object] = {
        "source": [0, 0],
        "target": [0, 1],
        "source_trade": [[1.0, 1.0]],
        "target_trade": [[1.0, 1.0]],
    }
    with pytest.raises(MethodError, match=told):
        conversion_weights(**{**given, **changed})  # type: ignore[arg-type] # the wrong value is the test
