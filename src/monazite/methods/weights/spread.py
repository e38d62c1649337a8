"""What a bootstrap over countries says of the weights."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

FEWEST = 2.0
"""With fewer effective countries than this there is nothing to measure a spread by."""
PRECISION = 1e-6
"""No weight is known better than its program is solved."""


def effective_countries(trade: ArrayLike) -> NDArray[np.float64]:
    r"""How many equal countries would say as much of each code's split.

    .. math:: n_i = \frac{(\sum_c x_{ci}^2)^2}{\sum_c x_{ci}^4}

    Parameters
    ----------
    trade
        Trade of each country under each code, any unit, each at least 0; shape (n_countries, n_codes).

    Returns
    -------
    numpy.ndarray
        A count between 1 and n_countries for each code, 0 for a code without trade; shape (n_codes,).

    References
    ----------
    .. [1] Kish, L. (1965). *Survey Sampling*. Wiley. The effective sample size of unequal weights.

    Examples
    --------
    >>> effective_countries([[1, 9, 0], [1, 1, 0]]).round(2).tolist()
    [2.0, 1.02, 0.0]
    """
    weight = np.asarray(trade, dtype=np.float64) ** 2
    squares = (weight**2).sum(axis=0)
    found: NDArray[np.float64] = weight.sum(axis=0) ** 2 / np.where(squares > 0, squares, 1.0)
    return found


def student_quantile(probability: float, freedom: ArrayLike) -> NDArray[np.float64]:
    r"""Quantile of Student's t, from that of the normal distribution.

    The expansion 26.7.5 of Abramowitz and Stegun, to the fourth power of :math:`1/\nu`.

    Parameters
    ----------
    probability
        A share between 0 and 1.
    freedom
        Degrees of freedom :math:`\nu`, a number of at least 1; shape (n,).

    Returns
    -------
    numpy.ndarray
        No unit; shape (n,). At 0.975 within 0.1 percent from 3 degrees of freedom, 1 percent below
        at 2 and 11 percent below at 1.

    References
    ----------
    .. [1] Abramowitz, M. and Stegun, I. A. (1964). *Handbook of Mathematical Functions*. National
       Bureau of Standards. 26.7.5; the values below are of table 26.10.

    Examples
    --------
    >>> student_quantile(0.975, [3, 10, 30]).round(3).tolist()
    [3.179, 2.228, 2.042]
    """
    z, turn = NormalDist().inv_cdf(probability), 1 / np.asarray(freedom, dtype=np.float64)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    found: NDArray[np.float64] = sum((term * turn**power for power, term in enumerate(terms)), 0 * turn)
    return found


def student_interval(
    weight: ArrayLike, draws: ArrayLike, countries: ArrayLike, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Interval of each weight from a bootstrap over few and unequal countries.

    .. math::

        b \pm t_{n-1}\!\left(\tfrac{1+\gamma}{2}\right) \sqrt{\frac{n}{n-1}}\;
        \Big( \frac{1}{D} \sum_d (b_d - b)^2 \Big)^{1/2}, \quad \text{cut to } [0, 1]

    The quantiles of the draws alone are too narrow: a bootstrap of n countries scatters by
    :math:`\sqrt{(n-1)/n}` too little and knows nothing of the t distribution.

    Parameters
    ----------
    weight
        The weights, shares in [0, 1]; shape (n,).
    draws
        The weights of each draw; shape (n_draws, n). NaN where a draw has no country that says
        anything of a weight.
    countries
        Effective count of countries behind each weight, at least 0; shape (n,).
    level
        The level of confidence :math:`\gamma`, a share between 0 and 1.

    Returns
    -------
    tuple of numpy.ndarray
        Low and high ends, shares in [0, 1]; shape (n,) each; at least a millionth from the weight, to
        which the program is solved, unless cut. All of [0, 1] where fewer than two
        effective countries, or fewer than half of the draws, say anything.

    Raises
    ------
    MethodError
        If the level is not between 0 and 1.

    References
    ----------
    .. [1] Hesterberg, T. C. (2015). What teachers should know about the bootstrap. *The American
       Statistician*, 69(4), 371–386. doi:10.1080/00031305.2015.1089789

    Examples
    --------
    Weights of 0.4, 0.5 and 0.6 drawn alike around 0.5, with eleven countries:

    >>> low, high = student_interval([0.5], [[0.4], [0.5], [0.6]], [11], 0.95)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.309], [0.691])
    """
    if not 0 < level < 1:
        raise MethodError(f"a level of confidence lies between 0 and 1, found {level}")
    middle, drawn = np.asarray(weight, dtype=np.float64), np.asarray(draws, dtype=np.float64)
    count = np.asarray(countries, dtype=np.float64)
    there = np.isfinite(drawn)
    known = (count >= FEWEST) & (there.mean(axis=0) >= 1 / 2)
    square = np.where(there, drawn - middle, 0.0) ** 2
    n = np.maximum(count, FEWEST)
    spread = np.sqrt(square.sum(axis=0) / np.maximum(there.sum(axis=0), 1) * n / (n - 1))
    reach = student_quantile((1 + level) / 2, n - 1) * spread + PRECISION
    return (
        np.where(known, np.clip(middle - reach, 0.0, 1.0), 0.0),
        np.where(known, np.clip(middle + reach, 0.0, 1.0), 1.0),
    )


def resampled(countries: int, draws: int, seed: int) -> NDArray[np.int64]:
    """How often each draw of a bootstrap takes each country.

    Parameters
    ----------
    countries
        How many there are, a count of at least 1.
    draws
        How many draws, a count of at least 0.
    seed
        A whole number; the same one gives the same draws.

    Returns
    -------
    numpy.ndarray
        Counts that sum to the count of countries in each draw; shape (n_draws, n_countries).

    References
    ----------
    .. [1] Efron, B. (1979). Bootstrap methods: another look at the jackknife. *The Annals of
       Statistics*, 7(1), 1–26. doi:10.1214/aos/1176344552

    Examples
    --------
    >>> resampled(3, 2, seed=0).sum(axis=1).tolist()
    [3, 3]
    """
    found: NDArray[np.int64] = np.random.default_rng(seed).multinomial(
        countries, np.full(countries, 1 / countries), draws
    )
    return found
