"""The ledger of the restricted materials: who asks, who gets, what can be made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods._draws import axes, spread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


class Materials(NamedTuple):
    """Restricted materials in draws.

    Attributes
    ----------
    available
        What arrives, as a multiple of normal need; shape (n, T, k).
    need
        Share of each industry in the normal need; shape (m, k); columns sum to 1, or to 0 if nobody needs it.
    dependent
        Share of the industry's output that stops without the material; shape (n, m, k).
    cover
        Months of normal need in users' stocks; shape (n, k).
    """

    available: NDArray[np.float64]
    need: NDArray[np.float64]
    dependent: NDArray[np.float64]
    cover: NDArray[np.float64]

    def block(self, draws: slice) -> Materials:
        """Some of the draws."""
        return Materials(self.available[draws], self.need, self.dependent[draws], self.cover[draws])

    def asked(self, best: Array, stock: Array, refill: float) -> Array:
        """What industries ask for, in months of their normal need: use if nothing lacked, and refilling."""
        wish = best[:, :, None]
        return np.asarray(wish + refill * np.maximum(self.cover[:, None, :] * wish - stock, 0))

    def given(self, asked: Array, month: int) -> Array:
        """What they get: what arrives, in proportion to what they ask, and no more than that."""
        total, comes = (asked * self.need).sum(axis=1), self.available[:, month]
        share = np.divide(comes, total, out=np.ones_like(total), where=total > comes)
        return np.asarray(asked * share[:, None, :])

    def made(self, best: Array, held: Array) -> tuple[Array, Array]:
        """Dependent part, and all, of the output that each material allows: (n, m, k), over normal."""
        wish = best[:, :, None]
        part = np.minimum(wish, held)
        return part, np.asarray(wish - self.dependent * (wish - part))


def materials(
    available: ArrayLike, need: ArrayLike, dependent: ArrayLike, cover: ArrayLike, industries: int
) -> Materials:
    r"""Restricted materials, seen to fit each other.

    .. math:: w_{jq} = \mathrm{need}_{jq} \Big/ \sum_j \mathrm{need}_{jq}

    Parameters
    ----------
    available
        What arrives each month, as a share of normal need; shape (n, T, k), at least 0.
    need
        What each industry needs in a normal month; shape (m, k), any one unit for each material, at least 0.
    dependent
        Share of the industry's output that stops without the material; shape (m, k) or (n, m, k), in [0, 1].
    cover
        Months of normal need in users' stocks; shape (n, k) or what spreads over it, at least 0.
    industries
        m.

    Returns
    -------
    Materials
        With need as shares.

    Raises
    ------
    MethodError
        If a number is out of its domain, shapes do not fit, or an industry depends on a material of which it
        needs none.

    References
    ----------
    .. [1] monazite's notes on methods, 6.2; see :mod:`monazite.methods.ario`.

    Examples
    --------
    >>> materials([[[0.5]]], [[1], [3]], [[1], [0.5]], [[2]], 2).need.tolist()
    [[0.25], [0.75]]
    """
    comes = axes(available, "available", "n, T, k")
    draws, _, count = comes.shape
    wanted = spread(need, "need", (industries, count))
    stops = spread(dependent, "dependent", (draws, industries, count), high=1)
    if ((stops > 0).any(axis=0) & (wanted == 0)).any():
        industry, material = np.argwhere((stops > 0).any(axis=0) & (wanted == 0))[0].tolist()
        told = f"industry {industry} depends on material {material} and needs none of it"
        raise MethodError(f"{told}; give its need, or a dependence of 0")
    total = wanted.sum(axis=0)
    shares = np.divide(wanted, total, out=np.zeros(wanted.shape), where=total > 0)
    return Materials(comes, shares, stops, spread(cover, "cover", (draws, count)))
