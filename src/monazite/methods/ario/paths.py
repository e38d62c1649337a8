"""Many draws of a cut, in blocks that keep memory bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods.ario.economy import economy, lost_capacity
from monazite.methods.ario.materials import materials
from monazite.methods.ario.months import months
from monazite.methods.ario.pace import Pace
from monazite.methods.stocks.drawing import SHORT, first_month

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CELLS = 1 << 17
"""Inventories of a block: three arrays of a megabyte stay near the processor."""


class Paths(NamedTuple):
    """Industries over the months.

    Attributes
    ----------
    output
        As a multiple of normal output; shape (n, T, m). Above 1 where an industry catches up.
    first_month
        Month, from 0, in which output is first below normal; shape (n, m); NaN where it never is.
    stock
        Materials left in all users' stocks at the end of each month, in months of normal need; shape
        (n, T, k).
    """

    output: NDArray[np.float64]
    first_month: NDArray[np.float64]
    stock: NDArray[np.float64]


def ario(  # noqa: PLR0913 - each a quantity of the model, named where it is given
    a: ArrayLike,
    output: ArrayLike,
    available: ArrayLike,
    *,
    need: ArrayLike,
    dependent: ArrayLike,
    cover: ArrayLike,
    lost: ArrayLike = 0.0,
    pace: Pace | None = None,
    block: int | None = None,
) -> Paths:
    r"""Output of industries month by month, when materials they need are cut.

    .. math:: x_j = \min\Big\{ & x_j^{opt},\; \min_i \frac{\Omega_{ij}}{\max(\psi n, 1)\, A_{ij}}, \\
        & \min_q \big[(1 - \delta_{jq}) x_j^{opt} + \delta_{jq} \min(x_j^{opt}, r_{jq} \bar x_j)\big] \Big\}

    All equations stand in :mod:`monazite.methods.ario`. If several materials are short in an industry, the
    one that binds most counts: the parts of output that depend on them are taken to be the same.

    Parameters
    ----------
    a
        Input coefficients, shape (m, m): what column j buys from row i for each dollar of its output; at
        least 0.
    output
        Normal output of each industry, shape (m,), dollars, at least 0. An industry that makes nothing
        stays at 1.
    available
        What arrives of each material in each month, as a share of normal need; shape (n, T, k), at least 0.
    need
        What each industry needs of each material in a normal month: shape (m, k), any one unit for each
        material, at least 0; only the proportions count.
    dependent
        Share of the industry's output that stops without the material; shape (m, k) or (n, m, k), in [0, 1].
    cover
        Months of normal need in users' stocks at the start, which they try to restore; shape (n, k) or what
        spreads over it, at least 0. From published stocks over consumption, not the days of other inputs.
    lost
        Share of capacity lost to other causes; a scalar or what spreads over (n, T, m), in [0, 1].
    pace
        How fast industries react; by default as in BoARIO.
    block
        Draws computed at once; by default as many as keep the inventories in a few megabytes. The result is
        the same for any.

    Returns
    -------
    Paths
        Output relative to normal, first month below normal, stocks of the materials.

    Raises
    ------
    MethodError
        If a number is out of its domain, shapes do not fit, or an industry depends on a material of which it
        needs none.

    References
    ----------
    .. [1] Hallegatte, S. (2014). Modeling the role of inventories and heterogeneity in the assessment of the
       economic costs of natural disasters. *Risk Analysis*, doi:10.1111/risa.12090; as monazite's notes on
       methods give it.
    .. [2] BoARIO, Mathematical background, https://spjuhel.github.io/BoARIO/boario-math.html.

    Examples
    --------
    Industry 0 needs a material for all it makes and holds half a month of it; industry 1 buys from it. Half
    of the material is cut: 0 falls when its stock is gone, 1 when its inventory of the product is low:

    >>> found = ario([[0, 0.5], [0.2, 0]], [100, 100], np.full((1, 4, 1), 0.5),
    ...     need=[[1], [0]], dependent=[[1], [0]], cover=[[0.5]])
    >>> found.output[0].round(3).tolist()
    [[1.0, 1.0], [0.5, 1.0], [0.5, 0.9], [0.5, 0.893]]
    >>> found.first_month.tolist()
    [[1.0, 2.0]]
    """
    normal = economy(a, output)
    cut = materials(available, need, dependent, cover, normal.output.size)
    count, horizon, kinds = cut.available.shape
    idle = lost_capacity(lost, (count, horizon, normal.output.size))
    size = block if block is not None else max(1, CELLS // max(1, normal.flows.size))
    if size < 1:
        raise MethodError(f"a block of {size} draws; give at least 1")
    made, left = np.empty(idle.shape), np.empty((count, horizon, kinds))
    for start in range(0, count, size):
        some = slice(start, start + size)
        for t, month in enumerate(months(normal, cut.block(some), idle[some], pace or Pace())):
            made[some, t], left[some, t] = month.output, (month.stock * cut.need).sum(axis=1)
    return Paths(made, first_month(made < 1 - SHORT), left)
