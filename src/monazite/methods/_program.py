"""The one door to the linear programmes of HiGHS: quiet, checked, solved again from where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Places = NDArray[np.intp]

TOLERANCE = 1e-9
"""Given to HiGHS; amounts are scaled to about 1 before they come here."""
BEARABLE = 1e-6
"""Largest miss of a balance, or gap between primal and dual objective, that an answer may have."""


class _Solver(highspy.Highs):
    """HiGHS without callbacks, none of which are used: switching them on prints its name to the terminal."""

    def __init__(self) -> None:
        """Make the solver, and nothing around it."""
        super(highspy.Highs, self).__init__()


class LinearProgram:
    """Least or most of a sum of amounts under balances: ``lower ≤ x ≤ upper``, ``balance · x = right``.

    Parameters
    ----------
    rows, columns, values
        The balances' entries that are not 0, one at each place, in any order.
    shape
        How many balances and amounts.
    """

    def __init__(self, rows: Places, columns: Places, values: Array, shape: tuple[int, int]) -> None:
        """Lay out the balances, which stay; bounds, right sides and costs come with each question."""
        self.shape, order = shape, np.lexsort((rows, columns))
        self.rows, self.columns, self.values = rows[order], columns[order], values[order]
        self.solver = _Solver()
        for name, value in (("output_flag", False), ("presolve", "off"), ("threads", 1)):
            self.solver.setOptionValue(name, value)
        for name in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            self.solver.setOptionValue(name, TOLERANCE)
        self.solver.passModel(self._model())

    def least(self, cost: Array, lower: Array, upper: Array, right: Array) -> Array:
        """Amounts of the least cost.

        Raises
        ------
        MethodError
            If no amounts keep the balances, or HiGHS comes to no answer that can be checked.
        """
        every, each = np.arange(self.shape[1], dtype=np.int32), np.arange(self.shape[0], dtype=np.int32)
        self.solver.changeColsCost(every.size, every, cost)
        self.solver.changeColsBounds(every.size, every, lower, upper)
        for row in each:
            self.solver.changeRowBounds(int(row), float(right[row]), float(right[row]))
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise MethodError(
                f"no amounts keep every balance: HiGHS says {self.solver.modelStatusToString(status)}"
            )
        solution = self.solver.getSolution()
        found: Array = np.clip(np.asarray(solution.col_value), lower, upper)
        self._check(
            found, np.asarray(solution.row_dual), np.asarray(solution.col_dual), (cost, lower, upper, right)
        )
        return found

    def _check(
        self, found: Array, prices: Array, slack: Array, asked: tuple[Array, Array, Array, Array]
    ) -> None:
        """Refuse an answer that misses a balance, or that its own dual does not prove to be the least."""
        cost, lower, upper, right = asked
        balance = np.bincount(self.rows, self.values * found[self.columns], self.shape[0])
        proven = float(prices @ right + np.where(slack > 0, slack * lower, slack * upper).sum())
        missed = float(np.abs(balance - right).max(initial=0.0))
        gap = abs(float(cost @ found) - proven)
        if missed > BEARABLE or gap > BEARABLE * max(1.0, abs(proven)):
            raise MethodError(f"HiGHS answers with a balance missed by {missed:.2g} and a gap of {gap:.2g}")

    def _model(self) -> highspy.HighsLp:
        """The balances, with bounds and costs still to come."""
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = self.shape
        model.col_cost_ = model.col_lower_ = np.zeros(self.shape[1])
        model.col_upper_ = np.ones(self.shape[1])
        model.row_lower_ = model.row_upper_ = np.zeros(self.shape[0])
        counts = np.bincount(self.columns, minlength=self.shape[1])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate(([0], np.cumsum(counts)))
        model.a_matrix_.index_, model.a_matrix_.value_ = self.rows, self.values
        return model
