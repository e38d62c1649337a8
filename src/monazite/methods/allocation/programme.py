r"""The programme of an economy short of materials: which industries run, at what loss.

A linear programme for HiGHS: the cost of saving, which rises with its square, is laid in 32 pieces whose
ends lie on the curve. Every balance is a constraint with a name, so that an infeasible programme can say
which of them conflict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

MILLION = 1e6
"""Money inside the programme is in millions, so that its numbers are of one size."""
NEVER = 1e-12
TIE = 1e-6
"""What a dollar of final demand served counts beside one of value added: it decides between equal answers."""
OFF = False
PIECES = 32
"""Pieces of a curve of cost: they miss it by at most a 4,096th of its height."""


@dataclass(frozen=True, slots=True)
class Economy:
    """An economy in a normal year, in USD; m industries, each with a product of its own, k materials.

    Attributes
    ----------
    names
        Of industries, shape (m,).
    materials
        Of materials, shape (k,).
    output, value_added, final
        Gross output, value added, and final demand for domestic products, shape (m,), at least 0.
    coefficients
        Domestic input coefficients, shape (m, m): what column j buys of row i per unit of output.
    use
        Share of each material that each industry takes, shape (k, m), rows sum to at most 1.
    dependent
        Share of each industry's output that cannot be made without each material, shape (k, m), in [0, 1].
    thrift
        Largest share of a material an industry can save, shape (k, m), in [0, 1).
    saving_cost
        USD that saving all of a material would cost an industry if cost rose with the square of what is
        saved, shape (k, m), at least 0.
    spare
        How far above normal an industry can run, shape (m,), at least 0: 1/u − 1 of its utilisation u.
    """

    names: Sequence[str]
    materials: Sequence[str]
    output: Array
    value_added: Array
    final: Array
    coefficients: Array
    use: Array
    dependent: Array
    thrift: Array
    saving_cost: Array
    spare: Array


class Allocation(NamedTuple):
    """A solution.

    Attributes
    ----------
    activity
        Of each industry, 1 being normal, shape (m,).
    loss
        Value added lost by each industry, USD, shape (m,); negative where one runs above normal.
    served
        Share of final demand that is served, shape (m,).
    saved
        Share of each material's normal use that each industry saves, shape (k, m).
    worth
        USD that one more percent of normal supply of a material would be worth, shape (k,).
    price_loss
        USD that dearer imports cost, a gain if negative.
    """

    activity: Array
    loss: Array
    served: Array
    saved: Array
    worth: Array
    price_loss: float


def allocate(
    economy: Economy,
    available: ArrayLike,
    *,
    dearer: float = 0.0,
    least_served: ArrayLike = 0.0,
) -> Allocation:
    r"""Activities that keep most value added when materials are short.

    Activity splits into :math:`a_i = (1 - \delta_i) n_i + \delta_i b_i`, what can do without the scarce
    materials and what cannot, with :math:`\delta_i = \max_m \delta_{mi}`; :math:`y_{mi}` is what industry
    i saves of material m, as a share of its normal use.

    .. math::
        \max\; & \sum_i V_i a_i - \Delta P - \tfrac{1}{2}\sum_{mi} c_{mi} y_{mi}^2 \\
        & \sum_i w_{mi} (b_i - y_{mi}) \le q_m \sum_i w_{mi} && \text{material } m \\
        & y_{mi} \le \tau_{mi} b_i && \text{thrift} \\
        & a_j X_j \ge \sum_i A_{ji} X_i a_i + g_j f_j && \text{product } j \\
        & 0 \le n_i, b_i \le 1 + \sigma_i, \quad \gamma_j \le g_j \le 1

    With :math:`y = b \tau` the material's constraint is that of the published description, linear; the
    cost is that of :math:`\tau` at normal activity. :math:`\Delta P`, what dearer net imports cost, does
    not depend on the allocation: users pay the rise on every tonne, domestic producers earn it on theirs,
    and for a net exporter it is a gain.

    Parameters
    ----------
    economy
        A normal year.
    available
        q, share of normal use of each material that is left, shape (k,), at least 0.
    dearer
        :math:`\Delta P`, rise of price times net imports, USD.
    least_served
        :math:`\gamma`, least share of final demand that must be served, in [0, 1], shape (m,) or one number.

    Returns
    -------
    Allocation
        Activities (shares of normal), losses (USD) and what more material would be worth.

    Raises
    ------
    MethodError
        If shapes or domains do not fit; if no allocation keeps every balance the message names an
        irreducible set of constraints that conflict.

    References
    ----------
    .. [1] Nassar, N. T., Shojaeddini, E., Alonso, E., Jaskula, B., Tolcin, A. (2024). U.S. Geological
       Survey Open-File Report 2024-1057. It describes a nonlinear optimisation with input–output tables;
       the formulation is ours.
    .. [2] Huangfu, Q., Hall, J. A. J. (2018). Parallelizing the dual revised simplex method.
       *Mathematical Programming Computation*, 10(1), 119.

    Examples
    --------
    Two users of a material, nothing to save; the less valuable one is shut first:

    >>> two = Economy(["chips", "paint"], ["gallium"], np.array([3e9, 2e9]), np.array([2e9, 1e9]),
    ...     np.array([3e9, 2e9]), np.zeros((2, 2)), np.array([[0.5, 0.5]]), np.ones((1, 2)),
    ...     np.zeros((1, 2)), np.zeros((1, 2)), np.zeros(2))
    >>> found = allocate(two, [0.6])
    >>> found.loss.round(-3).tolist(), found.worth.round(-3).tolist()
    ([0.0, 800000000.0], [20000000.0])
    """
    left = np.asarray(available, dtype=np.float64)
    _check(economy, left)
    least = np.broadcast_to(np.asarray(least_served, dtype=np.float64), (len(economy.names),))
    if not ((least >= 0) & (least <= 1)).all():
        raise MethodError("a least share of final demand outside [0, 1].")
    return _Programme(economy, left, least).solve(dearer)


class _Solver(highspy.Highs):
    """HiGHS without callbacks: switching them on prints its name to the terminal."""

    def __init__(self) -> None:
        """Make the solver, and nothing around it."""
        super(highspy.Highs, self).__init__()


class _Programme:
    """Columns n, b, g and pieces of y of those who use and can save a material; rows are named as laid."""

    def __init__(self, economy: Economy, left: Array, least: Array) -> None:
        """Lay out columns and rows."""
        self.economy, self.left = economy, left
        self.m = len(economy.names)
        self.delta = economy.dependent.max(0, initial=0.0)
        self.savers = np.argwhere((economy.use > 0) & (economy.thrift > 0))
        cost = economy.saving_cost[tuple(self.savers.T)]
        pieces = np.where(cost > 0, PIECES, 1)
        self.piece = np.repeat(np.arange(len(self.savers)), pieces)
        self.material, self.user = self.savers[self.piece].T.reshape(2, -1)
        self.columns = 3 * self.m + len(self.piece)
        self.long, self.price = self._pieces(cost, pieces)
        most = 1.0 + economy.spare
        self.low = np.concatenate([np.zeros(2 * self.m), least, np.zeros(len(self.piece))])
        self.high = np.concatenate([most, most, np.ones(self.m), self.long])
        self.names: list[str] = []
        self.rows = np.concatenate([self._materials(), self._thrift(), self._products()])
        free = np.full(len(self.savers) + self.m, np.inf)
        self.ends = np.concatenate([self._left(), free])
        self.starts = np.concatenate([np.full(len(left), -np.inf), np.zeros(len(free))])

    def _pieces(self, cost: Array, pieces: NDArray[np.int64]) -> tuple[Array, Array]:
        """Length of each piece and what saving along it costs, in millions per unit."""
        number = pieces[self.piece]
        begins = pieces.cumsum() - pieces
        place = np.arange(len(self.piece)) - begins[self.piece]
        most = self.economy.thrift[self.material, self.user] * (1.0 + self.economy.spare[self.user])
        middle = (place + 0.5) * most / number
        return most / number, cost[self.piece] * middle / MILLION

    def _materials(self) -> Array:
        """What is used of each material is there."""
        rows = np.zeros((len(self.left), self.columns))
        rows[:, self.m : 2 * self.m] = self.economy.use
        rows[self.material, 3 * self.m + np.arange(len(self.user))] = -self.economy.use[
            self.material, self.user
        ]
        told = zip(self.economy.materials, self.left, strict=True)
        self.names += [f"{name}: {share:.1%} of normal use is left" for name, share in told]
        return rows

    def _left(self) -> Array:
        """Right-hand sides of the materials."""
        return np.asarray(self.left * self.economy.use.sum(1))

    def _thrift(self) -> Array:
        """Nobody saves more than can be saved of what is needed."""
        rows = np.zeros((len(self.savers), self.columns))
        rows[self.piece, 3 * self.m + np.arange(len(self.piece))] = -1.0
        for row, (at, user) in zip(rows, self.savers.tolist(), strict=True):
            row[self.m + user] = self.economy.thrift[at, user]
            self.names.append(
                f"{self.economy.names[user]} saves at most so much {self.economy.materials[at]}"
            )
        return rows

    def _products(self) -> Array:
        """Of each product there is enough for industries and for the final demand that is served."""
        e, m = self.economy, self.m
        net = (np.diag(e.output) - e.coefficients * e.output) / MILLION
        rows = np.zeros((m, self.columns))
        rows[:, :m], rows[:, m : 2 * m] = net * (1.0 - self.delta), net * self.delta
        rows[:, 2 * m : 3 * m] = -np.diag(e.final) / MILLION
        slack = np.minimum(rows @ np.concatenate([np.ones(3 * m), np.zeros(len(self.piece))]), 0.0)
        rows[:, 2 * m : 3 * m] -= np.diag(slack)  # what the published table itself lacks is not asked for
        self.names += [f"there is enough of {name} for users and final demand" for name in e.names]
        return rows

    def solve(self, dearer: float) -> Allocation:
        """The optimum, or what conflicts.

        Raises
        ------
        MethodError
            If no allocation keeps every balance.
        """
        solver = _Solver()
        solver.setOptionValue("output_flag", OFF)
        solver.setOptionValue("threads", 1)  # all programmes of a process must ask for as many
        solver.passModel(self._model())
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise MethodError(self._conflict(solver))
        return self._solution(solver.getSolution(), dearer)

    def _gains(self) -> Array:
        """What each column adds, in millions."""
        added = self.economy.value_added / MILLION
        served = TIE * self.economy.final / MILLION
        return np.concatenate([added * (1.0 - self.delta), added * self.delta, served, -self.price])

    def _model(self) -> highspy.HighsLp:
        """As HiGHS takes it."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = -self._gains(), self.low, self.high
        lp.row_lower_, lp.row_upper_ = self.starts, self.ends
        at, to = np.nonzero(np.abs(self.rows) > NEVER)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.searchsorted(at, np.arange(len(self.rows) + 1))
        lp.a_matrix_.index_, lp.a_matrix_.value_ = to, self.rows[at, to]
        return lp

    def _solution(self, found: highspy.HighsSolution, dearer: float) -> Allocation:
        """What the columns mean."""
        m, x = self.m, np.asarray(found.col_value)
        activity = (1.0 - self.delta) * x[:m] + self.delta * x[m : 2 * m]
        saved = np.zeros(self.economy.use.shape)
        np.add.at(saved, (self.material, self.user), x[3 * m :])
        worth = -np.asarray(found.row_dual)[: len(self.left)] * self.economy.use.sum(1) * MILLION / 100.0
        loss = self.economy.value_added * (1.0 - activity)
        return Allocation(activity, loss, x[2 * m : 3 * m], saved, worth, dearer)

    def _conflict(self, solver: highspy.Highs) -> str:
        """An irreducible set of constraints that cannot hold together, in words."""
        solver.setOptionValue("iis_strategy", int(highspy.IisStrategy.kIisStrategyFromLp))
        _, iis = solver.getIis()
        told = [self.names[row] for row in iis.row_index_]
        told += [self._bound(column) for column in iis.col_index_]
        held = [one for one in told if one]
        return (
            f"no allocation keeps all of these: {'; '.join(held)}. Each alone can be kept; ease one of them."
        )

    def _bound(self, column: int) -> str:
        """A bound of a column in words; activities between nothing and normal need no words."""
        at = column - 2 * self.m
        served = 0 <= at < self.m and self.low[column] > 0
        return (
            f"at least {self.low[column]:.1%} of final demand for {self.economy.names[at]} is served"
            if served
            else ""
        )


def _check(economy: Economy, left: Array) -> None:
    """Refuse shapes and domains that do not fit."""
    m, k = len(economy.names), len(economy.materials)
    for name in ("output", "value_added", "final", "spare"):
        if getattr(economy, name).shape != (m,):
            raise MethodError(f"{name} of shape {getattr(economy, name).shape}: expected ({m},).")
    for name in ("use", "dependent", "thrift", "saving_cost"):
        one = getattr(economy, name)
        if one.shape != (k, m) or not (one >= 0).all():
            raise MethodError(f"{name}: expected numbers of at least 0 in shape ({k}, {m}).")
    if economy.coefficients.shape != (m, m) or left.shape != (k,) or not (left >= 0).all():
        raise MethodError(f"coefficients of {m} by {m} industries and {k} shares of at least 0 are expected.")
    if (economy.dependent > 1).any() or (economy.thrift >= 1).any():
        raise MethodError("shares that depend lie in [0, 1], shares that can be saved in [0, 1).")
