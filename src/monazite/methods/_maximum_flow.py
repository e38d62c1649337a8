"""The one door to flows that HiGHS finds: quiet, checked, proven by a cut, warm from one to the next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Places = NDArray[np.intp]

TOLERANCE = 1e-9
"""Given to HiGHS; amounts are scaled to at most 1 before they come there."""
BEARABLE = 1e-6
"""Largest miss of a balance, or gap between what passes and the cut that proves it, an answer may have."""


class Most(NamedTuple):
    """The most that can pass, and one way in which it does, in the unit asked in.

    ``amount`` is what the narrowest cut found lets through, summed from the amounts as they were given: it
    is never below what can pass, whatever HiGHS rounds.
    """

    amount: float
    sent: Array
    supplied: Array
    served: Array


class _Solver(highspy.Highs):
    """HiGHS without callbacks, none of which are used: switching them on prints its name to the terminal."""

    def __init__(self) -> None:
        """Make the solver, and nothing around it."""
        super(highspy.Highs, self).__init__()


class MaximumFlow:
    """The most that supplies can serve of demands over routes of limited room.

    Parameters
    ----------
    into, out
        The ends of each route, numbers of countries; shape (n_routes,).
    n
        How many countries.
    """

    def __init__(self, into: Places, out: Places, n: int) -> None:
        """Lay out the balances, which stay; supply, room and demand come with each question."""
        self.into, self.out, self.n = into, out, n
        self.size = into.size + 2 * n
        every = np.arange(n)
        self.rows = np.concatenate((np.column_stack((into, out)).ravel(), every, every))
        self.signs = np.concatenate((np.tile([1.0, -1.0], into.size), np.ones(n), -np.ones(n)))
        self.starts = np.concatenate((2 * np.arange(into.size), 2 * into.size + np.arange(2 * n + 1)))
        self.solver = _Solver()
        for name, value in (("output_flag", False), ("presolve", "off"), ("threads", 1)):
            self.solver.setOptionValue(name, value)
        for name in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            self.solver.setOptionValue(name, TOLERANCE)
        self.solver.passModel(self._model())

    def most(self, supply: Array, room: Array, demand: Array) -> Most:
        """The most that can pass.

        Raises
        ------
        MethodError
            If HiGHS comes to no answer that can be checked.
        """
        given = np.concatenate((room, supply, demand))
        scale = min(math.fsum(supply), math.fsum(demand))
        found, cut = np.zeros(self.size), 0.0
        if scale > 0:
            found, needy = self._solved(np.minimum(given / scale, 1.0))
            cut = min(scale, self._cut(given, needy))
            self._check(found, cut / scale)
        ends = [self.into.size, self.into.size + self.n]
        return Most(cut, *(scale * part for part in np.split(found, ends)))

    def _solved(self, upper: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Amounts, and the countries where more would be served if there were more."""
        every = np.arange(self.size, dtype=np.int32)
        self.solver.changeColsBounds(self.size, every, np.zeros(self.size), upper)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise MethodError(f"no flow found: HiGHS says {self.solver.modelStatusToString(status)}")
        solution = self.solver.getSolution()
        return np.clip(solution.col_value, 0.0, upper), np.asarray(solution.row_dual) > 1 / 2

    def _cut(self, given: Array, needy: NDArray[np.bool_]) -> float:
        """What may come into the needy countries, or be used up before: nothing else can be served."""
        across = needy[self.into] & ~needy[self.out]
        return math.fsum(given[np.concatenate((across, needy, ~needy))])

    def _check(self, found: Array, cut: float) -> None:
        """Refuse an answer that misses a balance, or that no cut proves to be the most."""
        each = np.repeat(found, np.diff(self.starts))
        missed = float(np.abs(np.bincount(self.rows, self.signs * each, self.n)).max())
        gap = abs(cut - float(found[-self.n :].sum()))
        if missed > BEARABLE or gap > BEARABLE:
            raise MethodError(f"HiGHS answers with a balance missed by {missed:.2g} and a gap of {gap:.2g}")

    def _model(self) -> highspy.HighsLp:
        """Routes, supply and demand as columns, a balance for each country, and the bounds still to come."""
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = self.n, self.size
        model.col_cost_ = np.repeat([0.0, -1.0], [self.size - self.n, self.n])
        model.col_lower_ = model.col_upper_ = np.zeros(self.size)
        model.row_lower_ = model.row_upper_ = np.zeros(self.n)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = self.starts
        model.a_matrix_.index_, model.a_matrix_.value_ = self.rows, self.signs
        return model
