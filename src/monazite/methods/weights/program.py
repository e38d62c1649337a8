r"""The quadratic program of one component of codes, built once and solved for many sets of countries.

.. math:: \min_B \| Y - X B \|_F^2 \quad \text{s.t.} \quad \sum_j b_{ij} = 1, \; b_{ij} \ge 0

with :math:`b_{ij} = 0` off the links. Only :math:`X^\top X` and :math:`X^\top Y` enter, so a set of
countries is two small matrices however many there are.

HiGHS solves it by an active-set method that leaves the scaling to its caller and may circle where
the fit is exact. So each source is measured in its own trade, and an answer is taken when the
conditions of optimality hold, whatever the solver says of it; otherwise the costs are nudged by a
millionth of a percent or so and it is asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import NDArray

RIDGE = 1e-7
"""Pull to the equal split, as a part of what a source's own trade says; it decides where that is silent."""
SMALLEST = 1e-3
"""Sources below this part of the largest are scaled as if they had it: HiGHS overlooks smaller rows."""
ATTEMPTS = ((1e-10, 0.0), (1e-10, 1e-8), (1e-9, 1e-7), (1e-7, 0.0), (1e-7, 1e-7))
"""Tolerances given to HiGHS, and how far the costs are nudged so that it does not circle."""
OPTIMAL, BEARABLE = 1e-6, 1e-3
"""Largest gap in marginal cost between links in use: taken at once, or for want of a better answer."""
NOTHING = 1e-12
"""A link that takes less is not in use."""
TURNS = 20
"""Iterations a link may take; HiGHS needs one or two, and more when it circles."""


class Split(NamedTuple):
    """An answer: a share for each link, and its slack; shape (n_links,) each.

    The slack is what one more unit on a link would cost beyond the cheapest link of its source, in
    squares of the largest source's trade. A link with slack is 0 in every answer that fits as well.
    """

    share: NDArray[np.float64]
    slack: NDArray[np.float64]


class _Solver(highspy.Highs):
    """HiGHS without callbacks, none of which are used: switching them on prints its name to the terminal."""

    def __init__(self) -> None:
        """Make the solver, and nothing around it."""
        super(highspy.Highs, self).__init__()


class SplitProgram:
    """Splits of sources among targets that fit best.

    Parameters
    ----------
    source, target
        The ends of each link, numbered from 0 without gaps; shape (n_links,).
    """

    def __init__(self, source: NDArray[np.intp], target: NDArray[np.intp]) -> None:
        """Lay out what stays the same from one solution to the next."""
        self.source, self.target = source, target
        self.links, self.sources = source.size, int(source.max()) + 1
        one, other = np.nonzero(np.tril(target[:, np.newaxis] == target))
        order = np.lexsort((one, other))  # column by column, as HiGHS wants it
        self.one, self.other = one[order], other[order]
        self.nudge = np.random.default_rng(0).random(self.links)
        self.model = self._model()
        self.solver = _Solver()
        self.solver.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS names its options by position
        self.solver.setOptionValue("qp_regularization_value", 0.0)
        self.solver.setOptionValue("qp_iteration_limit", TURNS * self.links + 100)

    def solve(self, within: NDArray[np.float64], across: NDArray[np.float64]) -> Split:
        """Weights of the links for the products X'X and X'Y of one set of countries.

        Parameters
        ----------
        within
            X'X over the sources; shape (n_sources, n_sources), any unit, at least one number above 0.
        across
            X'Y, in the same unit; shape (n_sources, n_targets).

        Returns
        -------
        Split
            Shares in [0, 1], those of a source sum to one; NaN for the links of a source without trade.

        Raises
        ------
        MethodError
            If HiGHS comes to no answer, which says that the program is not what it should be.
        """
        size = np.sqrt(np.diag(within))
        scale = np.maximum(size / size.max(), SMALLEST)
        unit = scale[self.source] * size.max()
        value = within[self.source[self.one], self.source[self.other]] / (unit[self.one] * unit[self.other])
        value = value + RIDGE * (self.one == self.other)
        cost = -across[self.source, self.target] / (unit * size.max())
        share, slack = self._best(value, cost, scale)
        return Split(np.where(size[self.source] > 0, share, np.nan), slack)

    def _best(
        self, value: NDArray[np.float64], cost: NDArray[np.float64], scale: NDArray[np.float64]
    ) -> Split:
        """The first optimal answer, or the best of all attempts."""
        least, best = np.inf, Split(np.empty(0), np.empty(0))
        for tolerance, nudge in ATTEMPTS:
            share = self._attempt(value, cost + nudge * self.nudge, scale, tolerance)
            slack = self._slack(share * scale[self.source], value, cost)
            gap = float(slack[share > NOTHING].max())
            if gap < least:
                least, best = gap, Split(share, slack)
            if least <= OPTIMAL:
                break
        if not least <= BEARABLE:
            status = self.solver.modelStatusToString(self.solver.getModelStatus())
            raise MethodError(
                f"HiGHS found no split of {self.sources} codes over {self.links} links: {status}"
            )
        return best

    def _attempt(
        self,
        value: NDArray[np.float64],
        cost: NDArray[np.float64],
        scale: NDArray[np.float64],
        tolerance: float,
    ) -> NDArray[np.float64]:
        """What HiGHS answers, made to sum to one for each source."""
        self.model.hessian_.value_ = value
        self.model.lp_.col_cost_ = cost
        self.model.lp_.row_lower_ = self.model.lp_.row_upper_ = scale
        for name in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            self.solver.setOptionValue(name, tolerance)
        self.solver.passModel(self.model)
        self.solver.run()
        answer = np.asarray(self.solver.getSolution().col_value)
        used = np.maximum(answer, 0.0) if answer.size else np.zeros(self.links)
        total = np.bincount(self.source, used, self.sources)
        even = 1 / np.bincount(self.source)
        split = used / np.where(total > 0, total, 1.0)[self.source]
        return np.where((total > 0)[self.source], split, even[self.source])

    def _slack(
        self, used: NDArray[np.float64], value: NDArray[np.float64], cost: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """By how much each link costs more, at the margin, than the cheapest of its source."""
        below = self.one != self.other
        slope = cost + np.bincount(self.one, value * used[self.other], self.links)
        slope += np.bincount(self.other[below], (value * used[self.one])[below], self.links)
        cheapest = np.full(self.sources, np.inf)
        np.minimum.at(cheapest, self.source, slope)
        slack: NDArray[np.float64] = slope - cheapest[self.source]
        return slack

    def _model(self) -> highspy.HighsModel:
        """Shares at least 0, one row for each source, and the places of the Hessian."""
        model = highspy.HighsModel()
        linear, hessian = model.lp_, model.hessian_
        linear.num_col_, linear.num_row_ = self.links, self.sources
        linear.col_lower_, linear.col_upper_ = np.zeros(self.links), np.full(self.links, highspy.kHighsInf)
        linear.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        linear.a_matrix_.start_ = np.arange(self.links + 1)
        linear.a_matrix_.index_, linear.a_matrix_.value_ = self.source, np.ones(self.links)
        hessian.dim_, hessian.format_ = self.links, highspy.HessianFormat.kTriangular
        hessian.start_ = np.concatenate([[0], np.cumsum(np.bincount(self.other, minlength=self.links))])
        hessian.index_ = self.one
        return model
