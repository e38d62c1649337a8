r"""A chain of stages, each with its own producers: ore, oxide, metal, magnet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods.market._bisection import root, within

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

ACCURACY = 1e-9
LEAST = 1e-12
"""A smaller share of the quantity before is nothing."""


class Chain(NamedTuple):
    """A chain after a cut.

    Attributes
    ----------
    quantity
        What passes through all stages, as a share of before; the shape without the stages.
    price
        Price of what each stage sells, as a multiple of before; stages on the last axis.
    binding
        Number of the stage that runs at capacity, −1 where none does.
    """

    quantity: Array
    price: Array
    binding: NDArray[np.int64]


def chain_equilibrium(  # noqa: PLR0913 - the six numbers of a stage, by name
    cut: ArrayLike,
    demand: ArrayLike,
    supply: ArrayLike,
    cost_share: ArrayLike,
    *,
    capacity: ArrayLike = np.inf,
    delivered: ArrayLike = 0.0,
) -> Chain:
    r"""Quantity and prices of a chain in which a tonne sold has passed every stage.

    Stage k asks for a margin :math:`v_k`, a multiple of before, and cost shares :math:`c_k` add up the
    margins to prices:

    .. math::
        Q &= r_k s_k + \min\{(1 - s_k)\, v_k^{\varepsilon_k}, K_k\} \quad \text{for every } k \\
        P_k &= \textstyle\sum_{j \le k} c_j v_j \big/ \sum_{j \le k} c_j, \qquad Q = P_n^{-\varepsilon_d}

    The margins rise with Q and the price at which Q is bought falls, so that they meet once. Where a
    stage is at capacity, what buyers pay beyond the margins of the others is its rent. A stage that is
    not cut sells less when another is: ore is cheaper when refining is cut. Supply elasticities belong
    to the margin of a stage; with one stage this is :func:`.equilibrium`.

    Parameters
    ----------
    cut, supply, cost_share, capacity, delivered
        Of each stage, first to last, on the last axis, shape (..., k): share cut in [0, 1], elasticity
        of its margin (positive), share of the final price before (positive, sum to 1), capacity at
        least 1 − cut, share of the cut part that still arrives in [0, 1].
    demand
        Price elasticity of demand for what the last stage sells, positive; shape (...).

    Returns
    -------
    Chain
        Quantity (share of before), prices (multiples of before), stage at capacity.

    Raises
    ------
    MethodError
        If a number lies outside its domain or the cost shares do not sum to 1.

    References
    ----------
    .. [1] Our derivation: the market of :func:`.slack_price` for each stage, joined by cost shares as in
       Samuelson, P. A. (1952). Spatial price equilibrium and linear programming. *American Economic
       Review*, 42(3), 283.

    Examples
    --------
    Refining is half cut, mining is not: metal rises, ore falls.

    >>> found = chain_equilibrium([0.0, 0.5], 0.3, [0.2, 0.2], [0.4, 0.6])
    >>> float(found.quantity.round(4)), found.price.round(4).tolist()
    (0.6997, [0.1677, 3.2878])
    """
    missing, steep, weight, most, arrives = np.broadcast_arrays(
        within(cut, "a cut", 0.0, 1.0),
        within(supply, "an elasticity of supply", 0.0, above=True),
        within(cost_share, "a cost share", 0.0, above=True),
        within(capacity, "a capacity", 0.0),
        within(delivered, "a share delivered", 0.0, 1.0),
    )
    if (np.abs(weight.sum(-1) - 1.0) > ACCURACY).any():
        raise MethodError(f"cost shares sum to {weight.sum(-1).flat[0]:g}: expected 1.")
    if (most < 1.0 - missing - ACCURACY).any():
        raise MethodError("a capacity below what others make already.")
    elastic = within(demand, "an elasticity of demand", 0.0, above=True)
    stages = _Stages(missing, steep, weight, most, arrives)
    reach = stages.reach()
    full = reach.min(-1)
    log_most = np.broadcast_to(
        np.log(np.maximum(np.minimum(full, 1.0), LEAST)), np.broadcast(full, elastic).shape
    )
    elastic = np.broadcast_to(elastic, log_most.shape)

    def gain(log_quantity: Array) -> Array:
        margins = stages.margins(np.exp(log_quantity))
        return np.asarray(np.exp(-log_quantity / elastic) - (weight * margins).sum(-1))

    log_quantity = root(gain, np.full(log_most.shape, np.log(LEAST)), log_most)
    return stages.prices(np.exp(log_quantity), elastic, reach)


class _Stages(NamedTuple):
    """What is known of each stage, stages on the last axis."""

    cut: Array
    supply: Array
    weight: Array
    capacity: Array
    delivered: Array

    def reach(self) -> Array:
        """The most each stage can sell; without bound if its margin may rise without bound."""
        made = np.where(self.cut < 1.0, self.capacity, 0.0)
        return np.asarray(self.delivered * self.cut + made)

    def margins(self, quantity: Array) -> Array:
        """What each stage asks for to sell a quantity, within its capacity."""
        made = np.maximum(quantity[..., None] - self.delivered * self.cut, 0.0)
        others = 1.0 - self.cut
        ratio = np.minimum(made, self.capacity) / np.where(others > 0, others, 1.0)
        return np.asarray(np.where(others > 0, ratio, 0.0) ** (1.0 / self.supply))

    def prices(self, quantity: Array, elastic: Array, reach: Array) -> Chain:
        """Prices along the chain, the rent where capacity binds."""
        margins = self.margins(quantity)
        paid = quantity ** (-1.0 / elastic)
        tight = quantity >= reach.min(-1) * (1.0 - ACCURACY)
        binding = np.where(tight, reach.argmin(-1), -1)
        rent = np.where(tight, paid - (self.weight * margins).sum(-1), 0.0)
        at = np.arange(margins.shape[-1]) == binding[..., None]
        parts = self.weight * margins + np.where(at, rent[..., None], 0.0)
        return Chain(quantity, parts.cumsum(-1) / self.weight.cumsum(-1), binding)
