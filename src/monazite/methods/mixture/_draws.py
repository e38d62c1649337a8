"""Shares drawn: each fit gives every line to a material, as probable as it is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.methods.mixture._declared import held, odds, weighed
from monazite.methods.mixture._sums import composed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from monazite.methods.mixture._fit import Fits, Prior
    from monazite.methods.mixture._lines import Cells

    Both = tuple[NDArray[np.float64], NDArray[np.float64]]  # by value and by mass, or low and high


class Draws(NamedTuple):
    """Shares by draw and material: drawn ones, and the mean of what such draws would give."""

    value: NDArray[np.float64]
    mass: NDArray[np.float64]
    mean_value: NDArray[np.float64]
    mean_mass: NDArray[np.float64]


def drawn(
    cells: Cells,
    known: Known,
    prior: Prior,
    random: np.random.Generator,
    ends: Both | None = None,
) -> Draws:
    """Shares in each fit, between ``ends`` of their shares of value if any are given.

    Lines whose quantity is not believed and lines without one are of one material in each draw, as probable
    as it occurs: nothing tells whether they are all of one or mixed, and this is the widest that can be.
    """
    unknown, who, by_mass, dear, summed = known
    usual = np.broadcast_to(prior.occurrence, dear.shape)
    if ends:
        factor = odds(who, cells.value, _unbelieved(cells, who, unknown) * usual, *ends)
        who, by_mass = weighed(who, factor), weighed(by_mass, factor)
    occurring = random.multinomial(1, prior.occurrence, len(who)).astype(np.float64)
    lines = _labelled(who, cells.value_alike, summed, random)
    masses = _labelled(by_mass, cells.mass_alike, summed, random)
    whole = (_value(cells, lines, unknown, occurring), _mass(cells, masses, unknown, occurring / dear))
    mean = (_value(cells, who, unknown, usual), _mass(cells, by_mass, unknown, usual / dear))
    if ends:
        part = (_value(cells, who, unknown, occurring), _mass(cells, by_mass, unknown, occurring / dear))
        whole, mean = _bound(_inside(whole, part, ends), ends), _bound(mean, ends)
    return Draws(*whole, *mean)


class Known(NamedTuple):
    """What the fits say: who a cell is by value and by mass, prices, and in which draws cells are sums.

    ``unknown`` is the value of the lines without a quantity.
    """

    unknown: float
    value: NDArray[np.float64]
    mass: NDArray[np.float64]
    dear: NDArray[np.float64]
    summed: NDArray[np.bool_]


def known(  # noqa: PLR0913 - the lines, the fits and how lines are read, by name
    cells: Cells, fits: Fits, prior: Prior, unknown: float, random: np.random.Generator, *, sums: bool
) -> Known:
    """Who each cell is. Where lines may be ``sums`` of materials, they are so in every other draw."""
    summed = np.arange(len(fits.who)) % 2 < sums
    value, mass = fits.who.copy(), fits.who.copy()
    if sums:
        guesses = random.dirichlet(prior.occurrence, len(fits.who))[summed]
        believed = 1 - fits.who[summed, :, -1:]
        for who, part in zip((value, mass), composed(cells.place, fits.drawn[summed], guesses), strict=True):
            who[summed, :, :-1] = believed * part
    return Known(unknown, value, mass, np.exp(fits.place), summed)


def _labelled(
    who: NDArray[np.float64],
    alike: NDArray[np.int64],
    summed: NDArray[np.bool_],
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Lines given to one material each, but in the draws in which they are sums."""
    given = who.copy()
    given[~summed] = random.multinomial(alike, who[~summed]) / alike[:, np.newaxis]
    return given


def _unbelieved(cells: Cells, who: NDArray[np.float64], unknown: float) -> NDArray[np.float64]:
    """Value of lines without a quantity that is believed, by draw."""
    return (cells.value @ who)[:, -1:] + unknown


def _value(
    cells: Cells, who: NDArray[np.float64], unknown: float, occurring: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Shares of value."""
    return _normed((cells.value @ who)[:, :-1] + _unbelieved(cells, who, unknown) * occurring)


def _mass(
    cells: Cells, who: NDArray[np.float64], unknown: float, weighing: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Shares of mass; what is not believed weighs its value over the price."""
    return _normed((cells.mass @ who)[:, :-1] + _unbelieved(cells, who, unknown) * weighing)


def _normed(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of amounts."""
    found: NDArray[np.float64] = amounts / amounts.sum(axis=1, keepdims=True)
    return found


def _inside(whole: Both, part: Both, ends: Both) -> Both:
    """Draws whose lines are whole, or where whole lines cannot make up such shares, in parts."""
    low, high = ends
    outside = ((whole[0] < low) | (whole[0] > high)).any(axis=1, keepdims=True)
    return np.where(outside, part[0], whole[0]), np.where(outside, part[1], whole[1])


def _bound(shares: Both, ends: Both) -> Both:
    """Shares of value held between their ends; those of mass move as these do."""
    value = held(shares[0], *ends)
    return value, _along(shares[1], value, shares[0])


def _along(
    mass: NDArray[np.float64], now: NDArray[np.float64], before: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Shares of mass when those of value have moved; one of nothing stays nothing."""
    return _normed(mass * np.divide(now, before, out=np.ones_like(now), where=before > 0))
