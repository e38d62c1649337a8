"""Points of the unit cube, and inputs drawn at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

MOST_INPUTS = 21_201
"""Dimensions for which direction numbers are known."""


def sobol_points(n: int, inputs: int, seed: int, *, start: int = 0) -> Array:
    """Scrambled Sobol points: they fill the cube evenly, so that far fewer are needed than random ones.

    Parameters
    ----------
    n
        How many points, at least 1; powers of two fill most evenly.
    inputs
        Dimensions of the cube, between 0 and 21,201.
    seed
        Of the scrambling, at least 0: the same seed gives the same points.
    start
        Number of the first point, at least 0: points i to j of a sequence are the same in whatever
        blocks they are asked for.

    Returns
    -------
    ndarray
        Shape (n, inputs); dimensionless numbers in [0, 1).

    Raises
    ------
    MethodError
        If there are too many dimensions or a number lies outside its domain.

    References
    ----------
    .. [1] Sobol', I. M. (1967). On the distribution of points in a cube and the approximate evaluation of
       integrals. *USSR Computational Mathematics and Mathematical Physics*, 7(4), 86.
    .. [2] Joe, S., Kuo, F. Y. (2008). Constructing Sobol sequences with better two-dimensional
       projections. *SIAM Journal on Scientific Computing*, 30(5), 2635.
    .. [3] Owen, A. B. (1998). Scrambling Sobol' and Niederreiter–Xing points. *Journal of Complexity*,
       14(4), 466.

    Examples
    --------
    Of sixteen points each sixteenth of every axis holds one:

    >>> points = sobol_points(16, 3, seed=1)
    >>> sorted((16 * points[:, 1]).astype(int).tolist()) == list(range(16))
    True
    """
    _check(n, inputs, seed, start)
    if not inputs:
        return np.empty((n, 0))
    from scipy.stats.qmc import Sobol  # noqa: PLC0415 - heavy, and needed by few

    sequence = Sobol(inputs, scramble=True, rng=np.random.default_rng(seed))
    if start:
        sequence.fast_forward(start)
    # At its start it warns of numbers that are no power of two; filters of warnings are not for threads.
    many = n if start else 1 << (n - 1).bit_length()
    return np.asarray(sequence.random(many)[:n], dtype=np.float64)


def random_points(n: int, inputs: int, seed: int) -> Array:
    """Independent uniform points, to compare with.

    Parameters
    ----------
    n, inputs, seed
        As for :func:`sobol_points`, without its limit on dimensions.

    Returns
    -------
    ndarray
        Shape (n, inputs); dimensionless numbers in [0, 1).

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    .. [1] O'Neill, M. E. (2014). *PCG: A family of simple fast space-efficient statistically good
       algorithms for random number generation*. Harvey Mudd College, HMC-CS-2014-0905.

    Examples
    --------
    >>> random_points(4, 2, seed=1).shape
    (4, 2)
    """
    _check(n, 0, seed, 0)
    return np.random.default_rng(seed).random((n, inputs))


def triangular_quantile(shares: ArrayLike, low: ArrayLike, central: ArrayLike, high: ArrayLike) -> Array:
    r"""Values of triangular inputs at given shares of their probability.

    .. math::
        F^{-1}(u) = \begin{cases}
            a + \sqrt{u (b - a)(c - a)} & u \le (c - a)/(b - a) \\
            b - \sqrt{(1 - u)(b - a)(b - c)} & \text{otherwise}
        \end{cases}

    Parameters
    ----------
    shares
        u, in [0, 1], shape (..., k).
    low, central, high
        a, c and b of each input in its own unit, shape (k,); a at most c at most b. Where a equals b the
        value is certain.

    Returns
    -------
    ndarray
        Shape (..., k), between low and high.

    Raises
    ------
    MethodError
        If a share lies outside [0, 1], or ends are out of order or not finite.

    References
    ----------
    .. [1] Kotz, S., van Dorp, J. R. (2004). *Beyond Beta*, chapter 1: the triangular distribution. World
       Scientific.

    Examples
    --------
    Half of the triangle over 0 and 4 with its top at 1 lies below :math:`4 - \sqrt 6`:

    >>> triangular_quantile([[0.0], [0.25], [0.5], [1.0]], [0], [1], [4]).ravel().round(4).tolist()
    [0.0, 1.0, 1.5505, 4.0]
    """
    u = np.asarray(shares, dtype=np.float64)
    a, c, b = (np.asarray(end, dtype=np.float64) for end in (low, central, high))
    if not ((a <= c) & (c <= b)).all() or not np.isfinite(a + b).all():
        raise MethodError("a triangle's lowest, likeliest and highest value are out of order or not finite.")
    if not ((u >= 0) & (u <= 1)).all():
        raise MethodError("a share of probability outside [0, 1].")
    width = np.where(b > a, b - a, 1.0)
    rising = a + np.sqrt(u * (b - a) * (c - a))
    falling = b - np.sqrt((1.0 - u) * (b - a) * (b - c))
    return np.asarray(np.clip(np.where(u * width <= c - a, rising, falling), a, b))


def _check(n: int, inputs: int, seed: int, start: int) -> None:
    """Refuse numbers outside their domain."""
    if n < 1 or seed < 0 or start < 0 or not 0 <= inputs <= MOST_INPUTS:
        raise MethodError(
            f"{n} points of {inputs} inputs from point {start} with seed {seed}: expected at least one point,"
            f" at most {MOST_INPUTS:,} inputs, start and seed at least 0."
        )
