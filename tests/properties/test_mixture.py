"""Laws of splitting a basket, and planted shares recovered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monazite.methods.mixture import split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from monazite.methods.mixture import Split

FEW = settings(max_examples=8)
seeds = st.integers(0, 10_000)


class Planted(NamedTuple):
    """A basket made up: its lines, what is known of its materials, and the shares of value planted."""

    values: NDArray[np.float64]
    masses: NDArray[np.float64]
    prices: NDArray[np.float64]
    deviations: NDArray[np.float64]
    truth: NDArray[np.float64]

    def split(self, **told: Any) -> Split:  # noqa: ANN401 - any argument of the method
        return split(self.values, self.masses, prices=self.prices, deviations=self.deviations, **told)


def planted(seed: int, gap: tuple[float, float], *, off: float = 1.0, missing: float = 0.0) -> Planted:
    """Two to four materials so far apart in log price; one in three baskets lacks one of them.

    ``off`` is how many deviations prices are mis-stated by, ``missing`` the share of lines without a mass.
    """
    random = np.random.default_rng(seed)
    n, lines = int(random.integers(2, 5)), int(random.choice([15, 40, 100]))
    stated = np.log(1000) + np.arange(n) * random.uniform(*gap)
    deviations = np.full(n, 0.25)
    parts = random.dirichlet(np.ones(n))
    if random.random() < 1 / 3:
        parts[random.integers(n)] = 0
    who = random.choice(n, lines, p=parts / parts.sum())
    true = stated + off * deviations * random.standard_normal(n)
    spread = random.uniform(0.15, 0.6, n)
    values = np.exp(random.normal(10, 1.8, lines))
    masses = values / np.exp(true[who] + spread[who] * random.standard_normal(lines))
    masses[random.random(lines) < missing] = 0
    truth = np.bincount(who, values, n) / values.sum()
    return Planted(values, masses, np.exp(stated), deviations, truth)


def everything(found: Split) -> NDArray[np.float64]:
    return np.concatenate([*found.value, *found.mass])


@FEW
@given(seeds, st.booleans())
def test_shares_sum_to_one_and_lie_in_their_intervals(seed: int, sums: bool) -> None:  # noqa: FBT001 - drawn
    found = planted(seed, (0.2, 2.5), missing=0.1).split(sums=sums)
    for shares in (found.value, found.mass):
        assert shares.share.sum() == pytest.approx(1)
        assert (shares.low <= shares.share).all()
        assert (shares.share <= shares.high).all()
        assert shares.low.min() >= 0
        assert shares.high.max() <= 1 + 1e-12
    assert found.posterior.sum(axis=1) == pytest.approx(np.ones(len(found.posterior)))


@FEW
@given(seeds, st.floats(1e-6, 1e6))
def test_another_currency_changes_nothing(seed: int, rate: float) -> None:
    one = planted(seed, (0.2, 2.5), missing=0.1)
    other = one._replace(values=one.values * rate, prices=one.prices * rate)
    assert everything(other.split()) == pytest.approx(everything(one.split()), abs=0.01)


@FEW
@given(seeds, st.floats(1e-6, 1e6))
def test_another_unit_of_mass_changes_nothing(seed: int, factor: float) -> None:
    one = planted(seed, (0.2, 2.5), missing=0.1)
    other = one._replace(masses=one.masses * factor, prices=one.prices / factor)
    assert everything(other.split()) == pytest.approx(everything(one.split()), abs=0.01)


@FEW
@given(seeds)
def test_the_order_of_the_lines_changes_nothing(seed: int) -> None:
    one = planted(seed, (0.2, 2.5), missing=0.1)
    order = np.random.default_rng(seed).permutation(one.values.size)
    other = one._replace(values=one.values[order], masses=one.masses[order])
    found = other.split()
    assert everything(found) == pytest.approx(everything(one.split()), abs=1e-9)
    assert found.posterior == pytest.approx(one.split().posterior[order], abs=1e-9)


@FEW
@given(seeds, st.floats(0, 0.4), st.floats(0, 0.4))
def test_a_declared_share_holds_the_interval_or_is_contradicted(seed: int, low: float, width: float) -> None:
    one = planted(seed, (0.2, 2.5))
    ends = np.full(one.prices.size, np.nan)
    lows, highs = ends.copy(), ends.copy()
    lows[0], highs[0] = low, low + width
    found = one.split(declared_low=lows, declared_high=highs)
    if found.contradicted.any():
        assert found.value.low[0] <= low
        assert found.value.high[0] >= low + width
    else:
        assert found.value.low[0] >= low - 1e-9
        assert found.value.high[0] <= low + width + 1e-9
    assert found.value.share.sum() == pytest.approx(1)


@FEW
@given(seeds)
def test_a_line_of_no_value_changes_nothing(seed: int) -> None:
    one = planted(seed, (0.2, 2.5))
    other = one._replace(values=np.append(one.values, 0.0), masses=np.append(one.masses, 5.0))
    assert everything(other.split()) == pytest.approx(everything(one.split()), abs=1e-9)


def test_planted_shares_are_recovered_in_nine_of_ten_baskets() -> None:
    kinds: list[dict[str, Any]] = [
        {"gap": (1.8, 3.0)},
        {"gap": (0.2, 0.8)},
        {"gap": (0.0, 1e-9)},
        {"gap": (1.0, 2.5), "off": 1.8},
        {"gap": (1.0, 2.5), "missing": 0.15},
    ]
    covered = []
    for seed in range(200):
        one = planted(seed, **kinds[seed % len(kinds)])
        low, _, high = one.split().value
        covered.append(((low - 1e-9 <= one.truth) & (one.truth <= high + 1e-9)).all())
    assert np.mean(covered) >= 0.9


def test_the_interval_says_something_where_prices_are_far_apart() -> None:
    widths = []
    for seed in range(30):
        low, _, high = planted(seed, (1.8, 3.0)).split().value
        widths += list(high - low)
    assert np.median(widths) < 0.1


def test_the_interval_says_nothing_where_prices_are_alike() -> None:
    widths = []
    for seed in range(15):
        low, _, high = planted(seed, (0.0, 1e-9)).split().value
        widths += list(high - low)
    assert np.median(widths) > 0.8
