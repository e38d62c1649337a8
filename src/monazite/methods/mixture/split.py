r"""Shares of the materials in a basket, from the unit values of its lines.

A code that holds gallium, germanium and niobium shows lines at several hundred, at a thousand and at
fifty dollars a kilogram. Nobody declares which is which, but a price is a hint, and how good a hint it is
can be computed. What it cannot tell stays an interval: two materials of one price give intervals from
next to nothing to next to all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector
from monazite.methods.mixture._draws import drawn, known
from monazite.methods.mixture._fit import WORSE, Prior, fitted
from monazite.methods.mixture._lines import gathered

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.mixture._draws import Known
    from monazite.methods.mixture._fit import Fits
    from monazite.methods.mixture._lines import Cells

DRAWS = 200
"""How many times the mixture is fitted; each gives one draw of the shares."""

LEVEL = 0.95
"""Probability of the intervals: they leave out the lowest and the highest 2.5 percent of the draws."""

SLACK = 0.02
"""A declared share contradicts the unit values if it is more than two percentage points off the interval."""


TINY = 1e-9
"""What sums of shares may miss 1 by, in double precision."""


class Shares(NamedTuple):
    """Shares by material, shape (n_materials,), 0 to 1: points, and the ends of their intervals."""

    low: NDArray[np.float64]
    share: NDArray[np.float64]
    high: NDArray[np.float64]


class Prices(NamedTuple):
    """Unit values by material, shape (n_materials,), in the unit of the prices put in: medians and ends."""

    low: NDArray[np.float64]
    price: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Split:
    """A basket split.

    ``value`` and ``mass`` are the shares; the points of each sum to 1. ``price`` has the unit value of each
    material; where no line is of the material it is the price put in. ``posterior`` is, by line and
    material, how probable it is that the line is of the material, ``doubt`` by line how probable it is that
    its quantity is wrong (1 where it has none). ``contradicted`` marks materials whose declared share the
    unit values contradict.
    """

    value: Shares
    mass: Shares
    price: Prices
    posterior: NDArray[np.float64]
    doubt: NDArray[np.float64]
    contradicted: NDArray[np.bool_]


def split(  # noqa: PLR0913 - what is known of the lines, of the materials and of their shares, by name
    values: ArrayLike,
    masses: ArrayLike,
    *,
    prices: ArrayLike,
    deviations: ArrayLike,
    occurrence: ArrayLike | None = None,
    declared_low: ArrayLike | None = None,
    declared_high: ArrayLike | None = None,
    sums: bool = False,
    seed: int = 0,
) -> Split:
    r"""Share of each material in a basket, by value and by mass, with intervals.

    Lines are of one material each, unless they are ``sums``. With unit value :math:`u_l = v_l / q_l`,
    material :math:`k` has

    .. math::

        \ln u_l \mid k \sim N(\mu_k, \sigma_k^2), \qquad \mu_k \sim N(\ln p_k, d_k^2), \qquad
        r_{lk} \propto \pi_k \, N(\ln u_l; \mu_k, \sigma_k^2)

    and one component more, broad, holds wrong quantities. The shares are

    .. math::

        w_k = \frac{\sum_l v_l \, r_{lk}}{\sum_l v_l}, \qquad
        m_k = \frac{\sum_l q_l \, r_{lk}}{\sum_l q_l}

    with :math:`r` averaged over 200 fits by expectation and maximisation. Each fit has weights of the
    Bayesian bootstrap [1]_ on the lines, prices drawn from their prior, and first guesses drawn from the
    whole simplex; then each line is given to one material as :math:`r_{lk}` says. The intervals are those
    of the shares so drawn. A line without a quantity, or whose quantity is not believed, is of a material
    as ``occurrence`` says, in each draw all such lines of the same; its mass is its value over the price.

    Parameters
    ----------
    values
        Value of each line, shape (n_lines,), each at least 0, in any one currency; lines without a value
        count for nothing.
    masses
        Mass of each line, shape (n_lines,), any one unit; 0 or NaN where the quantity is not known.
    prices
        Price of each material, shape (n_materials,), each above 0, in the units of values over masses.
    deviations
        How far that price may be from the mean unit value, as a standard deviation of its logarithm, each
        above 0: 0.3 is a third either way; 2 where the price is hardly known.
    occurrence
        How probable each material is beforehand, shape (n_materials,), each above 0, any scale; equal if
        not given. It weighs as one line does.
    declared_low, declared_high
        Ends of the share of the value that is declared, shape (n_materials,), 0 to 1; NaN where nothing is.
        The result is held between them, unless the unit values contradict them by more than 0.02: then each
        interval holds both.
    sums
        Whether a line may hold several of the materials, as all that one country sent another in a month
        may. Then in every other draw each line is composed so that the mean of the prices is its unit value,
        nearest to a first guess drawn from the whole simplex.
    seed
        Of the random numbers. One seed gives one answer, whatever the order of the lines.

    Returns
    -------
    Split
        Shares in [0, 1], each inside its interval of probability 0.95.

    Raises
    ------
    MethodError
        If a value is negative, a price or a deviation is not above 0, the shapes differ, nothing has a
        value, or the declared shares cannot sum to 1.

    References
    ----------
    .. [1] Rubin, D. B. (1981). The Bayesian bootstrap. *Annals of Statistics*, 9(1), 130–134.
       doi:10.1214/aos/1176345338
    .. [2] Dempster, A. P., Laird, N. M. and Rubin, D. B. (1977). Maximum likelihood from incomplete data via
       the EM algorithm. *Journal of the Royal Statistical Society B*, 39(1), 1–38.
    .. [3] Fraley, C. and Raftery, A. E. (2007). Bayesian regularization for normal mixture estimation and
       model-based clustering. *Journal of Classification*, 24(2), 155–181. doi:10.1007/s00357-007-0004-5

    Examples
    --------
    Niobium at 50,000 and germanium at 2,000,000 dollars a tonne are told apart:

    >>> values, masses = [9.8e6, 2.3e6, 7.2e6, 0.6e6], [200, 45, 3.6, 0.3]
    >>> found = split(values, masses, prices=[5e4, 2e6], deviations=[0.3, 0.3])
    >>> [round(float(share), 2) for share in found.value.share], round(float(found.mass.share[0]), 2)
    ([0.61, 0.39], 0.98)

    Two materials of one price are not:

    >>> alike = split(values, masses, prices=[5e4, 5e4], deviations=[0.3, 0.3]).value
    >>> bool(alike.low[0] < 0.05), bool(alike.high[0] > 0.95)
    (True, True)
    """
    value, mass = _lines(values, masses)
    prior, centre = _prior(prices, deviations, occurrence)
    ends = _ends(declared_low, declared_high, prior.place.size)
    random = np.random.default_rng(seed)
    measured = (mass > 0) & (value > 0)
    cells = gathered(value[measured], mass[measured], centre)
    fits = fitted(cells, prior, DRAWS, random, worse=np.inf if sums else WORSE)
    told = known(cells, fits, prior, float(value[~measured].sum()), random, sums=sums)
    draws = drawn(cells, told, prior, random)
    contradicted = _contradicted(_shares(draws.value, draws.mean_value), ends)
    if ends.declared.any() and not contradicted.any():
        draws = drawn(cells, told, prior, random, (ends.low, ends.high))
    shares = _shares(draws.value, draws.mean_value)
    if contradicted.any():
        shares = _both(shares, ends)
    posterior, doubt = _by_line(cells, told, prior, measured)
    mass_shares = _shares(draws.mass, draws.mean_mass)
    return Split(shares, mass_shares, _priced(fits, centre), posterior, doubt, contradicted)


class _Ends(NamedTuple):
    """Ends of declared shares, and which material has any."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    declared: NDArray[np.bool_]


def _lines(values: ArrayLike, masses: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and masses of the lines; a mass that is not known is 0."""
    value = vector(values, "value")
    mass = vector(np.nan_to_num(np.asarray(masses, dtype=np.float64), nan=0.0, posinf=np.inf), "mass")
    if value.shape != mass.shape:
        raise MethodError(f"{value.size} values and {mass.size} masses; each line has both")
    if not value.sum() > 0:
        raise MethodError(f"nothing is traded in {value.size} lines; an empty basket has no shares")
    return value / value.max(), mass / value.max()


def _prior(prices: ArrayLike, deviations: ArrayLike, occurrence: ArrayLike | None) -> tuple[Prior, float]:
    """What is known of the materials, and the mean of their log prices, from which all are counted."""
    place = np.log(vector(prices, "price", positive=True))
    deviation = vector(deviations, "deviation", positive=True)
    occurring = vector(np.ones_like(place) if occurrence is None else occurrence, "occurrence", positive=True)
    if not place.size or not place.shape == deviation.shape == occurring.shape:
        raise MethodError(
            f"{place.size} prices, {deviation.size} deviations and {occurring.size} occurrences;"
            " each material has one of each, and there is at least one material"
        )
    centre = float(place.mean())
    return Prior(place - centre, deviation, occurring / occurring.sum()), centre


def _ends(low: ArrayLike | None, high: ArrayLike | None, materials: int) -> _Ends:
    """Ends of declared shares that can sum to 1; 0 and 1 where nothing is declared."""
    given = [
        np.full(materials, np.nan) if each is None else np.asarray(each, dtype=np.float64)
        for each in (low, high)
    ]
    if any(each.shape != (materials,) for each in given):
        raise MethodError(f"declared shares need one end for each of {materials} materials, NaN if not known")
    lows, highs = np.nan_to_num(given[0], nan=0.0), np.nan_to_num(given[1], nan=1.0)
    sums = float(lows.sum()), float(highs.sum())
    if not ((lows >= 0) & (lows <= highs) & (highs <= 1)).all() or sums[0] > 1 + TINY or sums[1] < 1 - TINY:
        raise MethodError(
            f"declared shares from {lows} to {highs}; each lies in [0, 1], low before high, and some choice"
            " of them sums to 1"
        )
    return _Ends(lows, highs, ~np.isnan(given[0]) | ~np.isnan(given[1]))


def _shares(drawn_shares: NDArray[np.float64], means: NDArray[np.float64]) -> Shares:
    """Points and the ends of their intervals over the draws; a point never lies outside."""
    low, high = np.quantile(drawn_shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    share = means.mean(axis=0)
    return Shares(np.minimum(low, share), share, np.maximum(high, share))


def _contradicted(shares: Shares, ends: _Ends) -> NDArray[np.bool_]:
    """Which declared shares lie off the interval of the unit values."""
    off: NDArray[np.bool_] = (shares.low > ends.high + SLACK) | (shares.high < ends.low - SLACK)
    return off & ends.declared


def _both(shares: Shares, ends: _Ends) -> Shares:
    """Intervals that hold what is declared and what the unit values say."""
    low = np.where(ends.declared, np.minimum(shares.low, ends.low), shares.low)
    high = np.where(ends.declared, np.maximum(shares.high, ends.high), shares.high)
    return Shares(low, shares.share, high)


def _priced(fits: Fits, centre: float) -> Prices:
    """Unit value of each material over the fits."""
    low, middle, high = np.quantile(fits.place, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2], axis=0)
    return Prices(*(np.exp(each + centre) for each in (low, middle, high)))


def _by_line(
    cells: Cells, told: Known, prior: Prior, measured: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each line is of, and how doubtful its quantity is."""
    who = told.value.mean(axis=0)[cells.of]
    posterior = np.tile(prior.occurrence, (measured.size, 1))
    posterior[measured] = who[:, :-1] + who[:, -1:] * prior.occurrence
    doubt = np.ones(measured.size)
    doubt[measured] = who[:, -1]
    return posterior, doubt
