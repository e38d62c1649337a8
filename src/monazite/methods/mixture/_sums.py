"""Lines that are sums of several materials: what each is made of, given its unit value.

A line of statistics, all that one country sent another in a month, can hold several of the materials. Its
unit value is then the mean of their prices, weighted by mass, and many compositions have that mean. Which
one is nearest to a first guess is solved; as first guesses reach over the whole simplex, so do the answers
over what is possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILTS = np.sinh(np.linspace(-7.0, 7.0, 141)) / 3
"""Powers of the price that are tried, close together where little is tilted, up to 180 either way: there
prices five percent apart are told apart wholly."""

FLOOR = 1e-6
"""The smallest first guess: what it leaves out can still be needed to reach the unit value."""


def composed(
    places: NDArray[np.float64], prices: NDArray[np.float64], guesses: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shares of value and of mass in each line, (draws, lines, materials).

    ``places`` are log unit values of the lines, ``prices`` log prices by draw and material, ``guesses``
    first guesses of the mass by draw and material. The guess is tilted by a power of the price until its
    mean price is the unit value; beyond the dearest or cheapest material the line is of that one. The
    power is read off a table of the mean price, which rises with it.
    """
    start = np.log(np.maximum(guesses, FLOOR))[:, np.newaxis, :]
    price = prices[:, np.newaxis, :]
    means = _mean(_shares(start + TILTS[:, np.newaxis] * price), price)
    tilt = np.array([np.interp(places, mean, TILTS) for mean in means])[:, :, np.newaxis]
    return _shares(start + (tilt + 1) * price), _shares(start + tilt * price)


def _mean(mass: NDArray[np.float64], price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of the mean price of each composition."""
    top = price.max(axis=2, keepdims=True)
    mean: NDArray[np.float64] = top[:, :, 0] + np.log((mass * np.exp(price - top)).sum(axis=2))
    return np.maximum.accumulate(mean, axis=1)


def _shares(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares whose logarithms these are, but for a constant."""
    found: NDArray[np.float64] = np.exp(logs - logs.max(axis=2, keepdims=True))
    found /= found.sum(axis=2, keepdims=True)
    return found
