"""One component of codes: what its countries trade, which weights that settles, how they scatter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.weights.program import OPTIMAL, SplitProgram
from monazite.methods.weights.spread import FEWEST, effective_countries, student_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENT = 1e-8
"""Smallest eigenvalue, codes scaled to one, of a direction that countries see at all."""
MOST_LINKS = 1500
"""Links to be weighed in one component: a hundred countries cannot tell more apart, nor HiGHS in minutes."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Weights of the links of one component, and how well they are known; shape (n_links,) each."""

    weight: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    identified: NDArray[np.bool_]


class Component:
    """The links of one component, numbered within it, and the shares of the countries that trade in it."""

    def __init__(
        self,
        source: NDArray[np.intp],
        target: NDArray[np.intp],
        before: NDArray[np.float64],
        after: NDArray[np.float64],
    ) -> None:
        """Divide each country's trade by its sum; leave out those that trade under one edition only."""
        self.source, self.target = source, target
        self.used = (before.sum(axis=1) > 0) & (after.sum(axis=1) > 0)
        self.before, self.after = _shares(before[self.used]), _shares(after[self.used])
        self.free = np.bincount(source)[source] > 1

    @property
    def weighable(self) -> bool:
        """Whether there is something to weigh, and trade to weigh it by."""
        links = int(self.free.sum())
        return 0 < links <= MOST_LINKS and bool(self.before[:, self.source[self.free]].any())

    def carried(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the weights make of the trade before: shares under the targets, one row a country."""
        shares = np.zeros_like(self.after)
        np.add.at(shares.T, self.target, (self.before[:, self.source] * weight).T)
        return shares

    def residual(self, weight: NDArray[np.float64]) -> float:
        """Share of a country's trade under a wrong target, the mean of all; NaN if not known."""
        if not self.used.any():
            return float("nan")
        return float(np.abs(self.after - self.carried(weight)).sum(axis=1).mean() / 2)

    def weighed(self, drawn: NDArray[np.int64], level: float) -> Weighed:
        """Weigh the links, once by all countries and once by those of every draw."""
        nothing, none, all_of_it = (np.where(self.free, end, 1.0) for end in (np.nan, 0.0, 1.0))
        found = Weighed(nothing, none, all_of_it, ~self.free)
        if self.weighable:
            self._weigh(found, drawn[:, self.used], level)
        return found

    def _weigh(self, found: Weighed, drawn: NDArray[np.int64], level: float) -> None:
        """Fill in the weights of the sources with several targets."""
        free = self.free
        kept, source = np.unique(self.source[free], return_inverse=True)
        program = SplitProgram(source, self.target[free])
        x, y = self.before[:, kept], self.after - self.carried((~free).astype(np.float64))
        fitted = program.solve(x.T @ x, x.T @ y)
        found.weight[free] = fitted.share
        draws = np.array([_drawn(program, x, y, counts) for counts in drawn])
        countries = effective_countries(x)[source]
        seen = _seen(program, x, fitted.slack) & (countries >= FEWEST)
        low, high = student_interval(found.weight[free], draws, np.where(seen, countries, 0), level)
        found.low[free], found.high[free], found.identified[free] = low, high, seen


def _shares(trade: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row divided by its sum, without overflow."""
    parts = trade / trade.max(axis=1, keepdims=True, initial=np.finfo(float).tiny)
    shares: NDArray[np.float64] = parts / parts.sum(axis=1, keepdims=True)
    return shares


def _drawn(
    program: SplitProgram, x: NDArray[np.float64], y: NDArray[np.float64], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Weights by the countries of one draw; NaN where they say nothing or HiGHS finds no answer."""
    weighted = x * counts[:, np.newaxis]
    try:
        return program.solve(weighted.T @ x, weighted.T @ y).share
    except MethodError:
        return np.full(program.links, np.nan)


def _seen(program: SplitProgram, x: NDArray[np.float64], slack: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which weights could not change without a worse fit.

    Those of links with slack are 0 in every best fit. Among the others a change must keep the sum of
    each source and what each country is given under each target: directions of no length in both.
    """
    size = np.sqrt((x**2).sum(axis=0))
    unit = x / np.where(size > 0, size, 1.0)
    loose = np.flatnonzero(slack <= OPTIMAL)
    source, target = program.source[loose], program.target[loose]
    alike = (unit.T @ unit)[np.ix_(source, source)] * (target[:, np.newaxis] == target)
    lengths, directions = np.linalg.eigh(alike + (source[:, np.newaxis] == source))
    seen: NDArray[np.bool_] = (size > 0)[program.source]
    seen[loose] &= (directions[:, lengths < SILENT] ** 2).sum(axis=1) < SILENT
    return seen
