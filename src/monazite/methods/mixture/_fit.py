"""The mixture fitted many times at once, each time to other weights, prices and first guesses.

Every fit is an expectation-maximisation to a mode of the posterior. Its spread over the fits has the
three things nobody knows: which lines might have been traded (weights of the Bayesian bootstrap), what
the prices are (prior means drawn anew), and which mode is meant (first guesses from the whole simplex,
so that materials whose unit values are alike end anywhere in it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from monazite.methods.mixture._lines import Cells

STEPS = 40
"""Steps of expectation and maximisation: what has not settled by then is not told apart, and stays wide."""

USUAL_SPREAD, SPREAD_LINES = 0.4, 4.0
"""Standard deviation of log unit values within a material, believed as much as four lines would be."""

LEAST_SPREAD, MOST_SPREAD = 0.1, 1.5
"""Its bounds: a material of one price still has prices ten percent apart; beyond e^1.5 it has no price."""

OUTLIERS, OUTLIER_SPREAD = 0.05, 3.0
"""First guess of the share of wrong quantities, and how far off, in log units, they are."""

WORSE = 5.0
"""Log units for each component by which a fit may be less probable than the best: its place, spread and
part are free, and the weights and prices drawn cost one or two for each. A fit beyond that has stuck."""

FLOOR = 1e-3
"""No first guess is nearer to nothing than a thousandth of what occurs, or it could not be left."""


class Prior(NamedTuple):
    """What is known beforehand of each material: log price over the mean, its deviation, occurrence."""

    place: NDArray[np.float64]
    deviation: NDArray[np.float64]
    occurrence: NDArray[np.float64]


class Fits(NamedTuple):
    """Fits by draw: log price and variance (draws, materials), who a cell is (draws, cells, materials + 1).

    The last place of ``who`` is the outliers': lines whose quantity is not believed. ``drawn`` are the log
    prices drawn from the prior, which no line has moved and no fit was left out of.
    """

    place: NDArray[np.float64]
    variance: NDArray[np.float64]
    who: NDArray[np.float64]
    drawn: NDArray[np.float64]


def fitted(
    cells: Cells, prior: Prior, draws: int, random: np.random.Generator, *, worse: float = WORSE
) -> Fits:
    """Fit the mixture so many times; ``worse`` is by how much a fit that counts may miss the best."""
    occurrence = np.append(prior.occurrence * (1 - OUTLIERS), OUTLIERS)
    weights = random.standard_gamma(cells.lines, (draws, cells.lines.size))
    pseudo = random.standard_gamma(occurrence, (draws, occurrence.size))
    drawn = prior.place + prior.deviation * random.standard_normal((draws, prior.place.size))
    usual = USUAL_SPREAD**2 * SPREAD_LINES / random.chisquare(SPREAD_LINES, drawn.shape)
    parts = (1 - FLOOR) * random.dirichlet(occurrence, draws) + FLOOR * occurrence
    usual = np.clip(usual, LEAST_SPREAD**2, MOST_SPREAD**2)
    powers = np.stack([np.ones_like(cells.place), cells.place, cells.place**2])
    broad = _broad(prior)
    place, variance = drawn, usual
    for _ in range(STEPS):
        who = _who(powers, place, variance, parts, broad)
        who *= weights[:, np.newaxis, :]
        sums = who @ powers.T
        parts = sums[:, :, 0] + pseudo
        parts /= parts.sum(axis=1, keepdims=True)
        place, variance = _moved(sums[:, :-1], prior.deviation, drawn, usual, variance)
    logs = _logs(powers, place, variance, parts, broad)
    kept = _kept(_probable(logs, cells, prior, place, variance), worse * occurrence.size)
    return Fits(place[kept], variance[kept], np.moveaxis(_normed(logs)[kept], 1, 2), drawn)


def _kept(probable: NDArray[np.float64], worse: float) -> NDArray[np.intp]:
    """Which fits count: those that have not stuck far below the best, again and again up to as many."""
    good = np.flatnonzero(probable >= probable.max() - worse)
    return good[np.arange(probable.size) % good.size]


def _probable(
    logs: NDArray[np.float64],
    cells: Cells,
    prior: Prior,
    place: NDArray[np.float64],
    variance: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Logarithm of how probable each fit is, given all lines and the prior, but for a constant."""
    top = logs.max(axis=1)
    probable: NDArray[np.float64] = (
        top + np.log(np.exp(logs - top[:, np.newaxis, :]).sum(axis=1))
    ) @ cells.lines
    probable -= 0.5 * (((place - prior.place) / prior.deviation) ** 2).sum(axis=1)
    usual = USUAL_SPREAD**2 / variance
    probable += 0.5 * (SPREAD_LINES * (np.log(usual) - usual)).sum(axis=1)
    return probable


def _broad(prior: Prior) -> tuple[float, float]:
    """Place and deviation of the outliers: over all prices, and as far as wrong quantities reach."""
    low, high = prior.place.min(), prior.place.max()
    return float(low + high) / 2, float(np.hypot(OUTLIER_SPREAD, (high - low) / 2 + prior.deviation.max()))


def _moved(
    sums: NDArray[np.float64],
    deviation: NDArray[np.float64],
    drawn: NDArray[np.float64],
    usual: NDArray[np.float64],
    variance: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Most probable place and variance of each material, given the weight, sum and squares of its lines."""
    count, first, second = sums[:, :, 0], sums[:, :, 1], sums[:, :, 2]
    place = (drawn / deviation**2 + first / variance) / (1 / deviation**2 + count / variance)
    squares = second - 2 * place * first + place**2 * count
    moved = (SPREAD_LINES * usual + squares) / (SPREAD_LINES + count)
    return place, np.clip(moved, LEAST_SPREAD**2, MOST_SPREAD**2)


def _who(
    powers: NDArray[np.float64],
    place: NDArray[np.float64],
    variance: NDArray[np.float64],
    parts: NDArray[np.float64],
    broad: tuple[float, float],
) -> NDArray[np.float64]:
    """How probable each material is for each cell, outliers last; (draws, materials + 1, cells)."""
    return _normed(_logs(powers, place, variance, parts, broad))


def _logs(
    powers: NDArray[np.float64],
    place: NDArray[np.float64],
    variance: NDArray[np.float64],
    parts: NDArray[np.float64],
    broad: tuple[float, float],
) -> NDArray[np.float64]:
    """Logarithm of part times density, but for a constant; (draws, materials + 1, cells)."""
    middle = np.pad(place, ((0, 0), (0, 1)), constant_values=broad[0])
    square = np.pad(variance, ((0, 0), (0, 1)), constant_values=broad[1] ** 2)
    least = np.finfo(float).tiny
    constant = np.log(np.maximum(parts, least)) - 0.5 * np.log(square) - 0.5 * middle**2 / square
    terms = np.stack([constant, middle / square, -0.5 / square], axis=-1)
    logs: NDArray[np.float64] = (terms.reshape(-1, 3) @ powers).reshape(*middle.shape, -1)
    return logs


def _normed(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities from their logarithms, over the materials; written over them, as they are large."""
    logs -= logs.max(axis=1, keepdims=True)
    np.exp(logs, out=logs)
    logs /= logs.sum(axis=1, keepdims=True)
    return logs
