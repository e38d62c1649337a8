r"""Quantiles of the losses of many industries, in memory that does not grow with the number of draws.

A loss is a sum over materials of shortage times what an industry loses if all of it is gone. The bits of
a positive float, read as a whole number, grow with it: their upper half is a logarithmic scale of 128
steps an octave, and counting how often each step occurs is all that quantiles need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Singles = NDArray[np.float32]

SHIFT = np.uint32(16)
"""Bits of a float that are dropped: 7 of the mantissa are left."""
OCTAVES = 8
"""Octaves below the largest loss possible on the scale, the last one linear."""
TOP = 2.0 ** (OCTAVES - 127)
"""What the largest loss is scaled to, so that steps begin at nothing and need no offset."""
ROWS = 64
"""Industries multiplied at a time: their losses stay in the cache while they are counted."""
COLUMNS = 16_384
"""Draws counted at a time."""
STEPS = 128 * OCTAVES + 2
TOLERANCE = 1e-6


class Summary(NamedTuple):
    """Mean and quantiles of every industry's loss.

    Attributes
    ----------
    mean
        Shape (industries,), in the unit of the weights.
    quantiles
        Shape (quantiles, industries).
    """

    mean: Array
    quantiles: Array


class Losses:
    r"""Losses of industries, counted draw by draw; two of the same weights can be put together.

    .. math:: L_{di} = \sum_m s_{dm} w_{mi}

    Parameters
    ----------
    weights
        w, what industry i loses if all of material m is gone; shape (materials, industries), any one unit,
        finite, at least 0.

    Raises
    ------
    MethodError
        If a weight is negative or not finite.

    References
    ----------
    .. [1] Masson, C., Rim, J. E., Lee, H. K. (2019). DDSketch: a fast and fully-mergeable quantile sketch
       with relative-error guarantees. *Proceedings of the VLDB Endowment*, 12(12), 2195.

    Examples
    --------
    >>> found = Losses([[10.0, 0.0], [0.0, 20.0]])
    >>> found.add([[0.5, 1.0], [0.5, 0.5], [0.5, 0.0]])
    >>> found.summary([0.5]).quantiles.round(1).tolist()
    [[5.0, 10.0]]
    """

    def __init__(self, weights: ArrayLike) -> None:
        """Of weights, with nothing counted yet."""
        w = np.asarray(weights, dtype=np.float64)
        if w.ndim != 2 or not np.isfinite(w).all() or (w < 0).any():  # noqa: PLR2004 - a matrix
            raise MethodError("weights: expected a matrix of finite numbers, each at least 0.")
        self.weights = w
        self.draws = 0
        self.totals = np.zeros(len(w))
        self.counts = np.zeros((w.shape[1], STEPS), dtype=np.int64)
        largest = w.sum(0)
        self._scale = np.where(largest > 0, TOP / np.where(largest > 0, largest, 1.0), 1.0)
        self._rows = np.ascontiguousarray((w * self._scale).T, dtype=np.float32)

    def add(self, shortages: ArrayLike) -> None:
        """Count a block of draws; shape (draws, materials), shares in [0, 1].

        Raises
        ------
        MethodError
            If a shortage is not a share, or of other materials.
        """
        s = np.asarray(shortages, dtype=np.float32)
        if s.ndim != 2 or s.shape[1] != len(self.weights):  # noqa: PLR2004 - a matrix
            raise MethodError(f"shortages of shape {s.shape}: expected (draws, {len(self.weights)}).")
        if s.size and not (s.min() >= 0 and s.max() <= 1 + TOLERANCE):
            raise MethodError("a shortage outside [0, 1].")
        self.draws += len(s)
        for begin in range(0, len(s), COLUMNS):
            self._count(np.ascontiguousarray(s[begin : begin + COLUMNS].T))

    def _count(self, across: Singles) -> None:
        """Count the steps of every industry's losses in draws that stand across."""
        self.totals += across.sum(1)
        held = np.empty((ROWS, across.shape[1]), dtype=np.float32)
        for begin in range(0, len(self._rows), ROWS):
            rows = self._rows[begin : begin + ROWS]
            losses = np.matmul(rows, across, out=held[: len(rows)])
            steps = np.right_shift(losses.view(np.uint32), SHIFT, out=losses.view(np.uint32))
            for at, row in enumerate(steps.view(np.int32), start=begin):
                self.counts[at] += np.bincount(row, minlength=STEPS)

    def clear(self) -> None:
        """Forget what was counted: the memory serves the next scenario of the same weights."""
        self.draws = 0
        self.totals[:] = 0.0
        self.counts[:] = 0

    def merge(self, other: Losses) -> None:
        """Count what another has counted.

        Raises
        ------
        MethodError
            If it has other weights.
        """
        if not np.array_equal(self.weights, other.weights):
            raise MethodError("losses under other weights cannot be put together.")
        self.draws += other.draws
        self.totals += other.totals
        self.counts += other.counts

    def summary(self, shares: ArrayLike = (0.05, 0.5, 0.95)) -> Summary:
        """Mean, and the quantiles at the given shares of the draws, in [0, 1].

        Quantiles are those of the sorted draws at place q (n − 1), interpolated within a step.

        Raises
        ------
        MethodError
            If nothing was counted.
        """
        if not self.draws:
            raise MethodError("no draws: nothing has been counted.")
        places = np.asarray(shares, dtype=np.float64)[:, None] * (self.draws - 1) + 0.5
        reached = self.counts.ravel().cumsum()
        rows = np.arange(len(self._rows))
        flat = np.searchsorted(reached, rows * self.draws + places, side="right")
        inside = self.counts.ravel()[flat]
        part = np.clip(
            (rows * self.draws + places - reached[flat] + inside) / np.maximum(inside, 1), 0.0, 1.0
        )
        step = flat - rows * STEPS
        low, high = _edge(step), np.where(step > 0, _edge(step + 1), 0.0)
        mean = (self.totals / self.draws) @ self.weights
        return Summary(mean, (low + part * (high - low)) / self._scale)


def _edge(step: NDArray[np.int64]) -> Array:
    """Where a step begins."""
    return (step.astype(np.uint32) << SHIFT).view(np.float32).astype(np.float64)


def loss_quantiles(
    shortages: Iterable[ArrayLike], weights: ArrayLike, shares: ArrayLike = (0.05, 0.5, 0.95)
) -> Summary:
    r"""Mean and quantiles of every industry's loss over draws that come in blocks.

    .. math:: L_{di} = \sum_m s_{dm} w_{mi}

    Parameters
    ----------
    shortages
        Blocks of s: share of each material that is missing, shape (draws, materials), in [0, 1].
    weights
        w, what industry i loses if all of material m is gone; shape (materials, industries), any one unit,
        at least 0.
    shares
        Shares of the draws at which quantiles are wanted, in [0, 1].

    Returns
    -------
    Summary
        In the unit of the weights. Quantiles are off by at most 2⁻⁷ of themselves, and by 2⁻¹⁵ of the
        largest loss possible; the mean is that of the shortages, exactly. Counts are whole numbers: the
        same draws give the same quantiles in any blocks and on any number of workers.

    Raises
    ------
    MethodError
        If a number lies outside its domain, shapes do not fit, or there are no draws.

    References
    ----------
    As for :class:`Losses`.

    Examples
    --------
    >>> draws = np.linspace(0, 1, 1001)[:, None]
    >>> loss_quantiles([draws], [[100.0]]).quantiles.ravel().round().tolist()
    [5.0, 50.0, 95.0]
    """
    losses = Losses(weights)
    for block in shortages:
        losses.add(block)
    return losses.summary(shares)


def ordered_quantiles(values: ArrayLike, shares: ArrayLike = (0.05, 0.5, 0.95)) -> Array:
    """Quantiles over draws where some never happen: NaN stands after every number.

    Parameters
    ----------
    values
        Shape (draws, ...), any one unit; NaN for a draw in which it does not happen.
    shares
        Shares of the draws, in [0, 1].

    Returns
    -------
    ndarray
        Shape (shares, ...): the value that at least that share of the draws does not exceed; NaN where
        fewer draws than that have one. No interpolation: a month stays a month.

    Raises
    ------
    MethodError
        If there are no draws or a share lies outside [0, 1].

    References
    ----------
    .. [1] Hyndman, R. J., Fan, Y. (1996). Sample quantiles in statistical packages. *The American
       Statistician*, 50(4), 361, definition 1.

    Examples
    --------
    >>> ordered_quantiles([3.0, np.nan, 1.0, 2.0], [0.5, 0.95]).tolist()
    [2.0, nan]
    """
    drawn = np.asarray(values, dtype=np.float64)
    wanted = np.asarray(shares, dtype=np.float64)
    if not len(drawn) or not ((wanted >= 0) & (wanted <= 1)).all():
        raise MethodError("quantiles need at least one draw and shares in [0, 1].")
    at = np.clip(np.ceil(wanted * len(drawn)).astype(np.int64) - 1, 0, len(drawn) - 1)
    return np.asarray(np.sort(drawn, axis=0)[at])
