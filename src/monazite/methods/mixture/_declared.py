"""Shares held to what is declared of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HALVINGS = 100
ROUNDS = 30
"""Rounds of fitting the odds; what is still off then is cut."""

NEARLY_NONE = 1e-9
"""A share that is drawn as nothing can still be raised to what is declared."""


def odds(
    who: NDArray[np.float64],
    value: NDArray[np.float64],
    besides: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Factors by which materials must be more or less probable in every line, by draw.

    So what one material may not have goes to those that are as probable in the same lines, not to all.
    ``besides`` is value by draw and material that no line's unit value tells of. Fitted proportionally:
    each round multiplies a factor by the declared end over the share that is beyond it.
    """
    factor = np.ones((len(who), low.size))
    for _ in range(ROUNDS):
        amounts = (value @ weighed(who, factor))[:, :-1] + besides
        shares = np.maximum(amounts / amounts.sum(axis=1, keepdims=True), NEARLY_NONE)
        factor *= np.clip(shares, low, high) / shares
        factor /= factor.max(axis=1, keepdims=True)
    return factor


def weighed(who: NDArray[np.float64], factor: NDArray[np.float64]) -> NDArray[np.float64]:
    """How probable each material is for each line when its odds are multiplied; outliers stay as they are."""
    believed = who[:, :, :-1] * np.maximum(factor, np.finfo(float).tiny)[:, np.newaxis, :]
    before = who[:, :, :-1].sum(axis=2, keepdims=True)
    after = np.maximum(believed.sum(axis=2, keepdims=True), np.finfo(float).tiny)
    return np.concatenate([believed * (before / after), who[:, :, -1:]], axis=2)


def held(
    shares: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Shares nearest to those given that lie between ends and sum to 1, row by row.

    Each row is multiplied by one number and cut to the ends; the number that makes the sum 1 is found
    by halving, since the sum rises with it. The ends must let shares sum to 1.
    """
    given = np.maximum(shares, NEARLY_NONE)
    below = np.full((len(given), 1), np.log(NEARLY_NONE))
    above = -below
    for _ in range(HALVINGS):
        middle = (below + above) / 2
        short = np.clip(given * np.exp(middle), low, high).sum(axis=1, keepdims=True) < 1
        below, above = np.where(short, middle, below), np.where(short, above, middle)
    found: NDArray[np.float64] = np.clip(given * np.exp((below + above) / 2), low, high)
    return found
