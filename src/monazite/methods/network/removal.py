r"""What each supplier's removal leaves unserved, when the others send what they can.

Country i produces :math:`q_i`, receives :math:`f_{ij}` over the routes of today and serves its demand
:math:`d_i` up to :math:`u_i`:

.. math::

    \min \sum_i u_i, \quad q_i + \sum_j f_{ij} + u_i = \sum_k f_{ki} + d_i, \quad
    0 \le q_i \le K_i, \; 0 \le f_{ij} \le F_{ij}, \; 0 \le u_i \le d_i

Who is removed neither produces, nor passes on, nor counts as demand. Unserved demand is all that costs, so
the least is demand less a maximum flow :math:`M(d)`. The total is one number; who goes without is not, and
is given between its least and its most at that total. A country served first gets :math:`M(d_i)`, one
served last what the others leave, :math:`M(d) - M(d_{-i})`: a flow that serves some can be topped up to a
greatest one without taking from them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._maximum_flow import MaximumFlow
from monazite.methods._vector import vector
from monazite.methods.tracing._checked import network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from monazite.methods._maximum_flow import Array

COVERED = 1e-6
"""What demand may exceed supply by in the network as it is, as a share: rounding."""


@dataclass(frozen=True)
class RemovalLoss:
    """Demand unserved after a removal; any one unit.

    Attributes
    ----------
    unserved
        In total, the demand of the removed left out.
    share
        Of the demand of those who remain, in [0, 1]; 0 where nobody remains who needs any.
    low, high
        Of each country asked for, in the order asked: its least and most at that total.
    """

    unserved: float
    share: float
    low: tuple[float, ...]
    high: tuple[float, ...]


def removal_loss(  # noqa: PLR0913 - the network and what may change in it, by name
    production: ArrayLike,
    flows: ArrayLike,
    removed: Sequence[int],
    *,
    slack: float | ArrayLike = 0.0,
    route_slack: float = 0.0,
    importers: Sequence[int] = (),
) -> RemovalLoss:
    r"""What goes unserved without some suppliers, after re-routing within capacity.

    .. math:: \min \sum_i u_i \quad \text{over } q \le (1 + s)\,p, \; f \le (1 + r)\,z

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at least 0,
        0 on the diagonal. Demand is production and imports less exports; goods go by these routes only.
    removed
        Numbers of the countries removed, between 0 and n − 1; none leaves the network as it is.
    slack
        How much more each can produce, a share of its production, at least 0; one number or shape (n,).
    route_slack
        How much more each route can carry, a share of its flow, at least 0; infinite for any amount.
    importers
        Countries whose own loss is asked for.

    Returns
    -------
    RemovalLoss
        In the same unit.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a country supplies itself or does not exist, exports more
        than it has, or all are removed.

    References
    ----------
    .. [1] Ahuja, R. K., Magnanti, T. L., Orlin, J. B. (1993). *Network Flows*. Prentice Hall.

    Examples
    --------
    A sends 60 to C and D sends 40; D could produce half as much again and its route carry it:

    >>> flows = [[0, 0, 0], [60, 0, 40], [0, 0, 0]]
    >>> removal_loss([60, 0, 40], flows, [0]).unserved
    60.0
    >>> removal_loss([60, 0, 40], flows, [0], slack=0.5, route_slack=0.5).unserved
    40.0
    """
    return _Network(production, flows, slack, route_slack).without(removed, importers)


def keystone_scores(
    production: ArrayLike, flows: ArrayLike, *, slack: float | ArrayLike = 0.0, route_slack: float = 0.0
) -> NDArray[np.float64]:
    r"""How much more than its share of supply hangs on each country.

    .. math:: k_c = \frac{U_c / D_{-c}}{p_c / \sum p}

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at least 0,
        0 on the diagonal.
    slack, route_slack
        As for :func:`removal_loss`.

    Returns
    -------
    ndarray
        Shape (n,), a ratio of two shares, at least 0: 1 where the share lost is the share supplied. Infinite
        for a hub that produces nothing and is missed; 0 for who is not missed.

    Raises
    ------
    MethodError
        As :func:`removal_loss`.

    References
    ----------
    .. [1] Mills, L. S., Soulé, M. E., Doak, D. F. (1993). The keystone-species concept in ecology and
       conservation. *BioScience*, 43(4), 219.

    Examples
    --------
    A serves B only; D serves itself:

    >>> keystone_scores([60, 0, 40], [[0, 0, 0], [60, 0, 0], [0, 0, 0]]).round(3).tolist()
    [1.0, 0.0, 0.0]
    """
    system = _Network(production, flows, slack, route_slack)
    lost = np.array([system.without([one], ()).share for one in range(system.n)])
    share = system.production / system.production.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(lost > 0, lost / share, 0.0)


def percolation(
    production: ArrayLike, flows: ArrayLike, *, slack: float | ArrayLike = 0.0, route_slack: float = 0.0
) -> NDArray[np.float64]:
    r"""Share of the remaining demand that is served as the largest suppliers are removed one by one.

    .. math:: y_k = 1 - U_{1..k} / D_{-1..k}, \qquad k = 0, 1, \dots

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at least 0,
        0 on the diagonal.
    slack, route_slack
        As for :func:`removal_loss`.

    Returns
    -------
    ndarray
        Shape (number of producers + 1,), shares in [0, 1]: first with all of them, last with none. Of two
        equal producers the one with the smaller number goes first.

    Raises
    ------
    MethodError
        As :func:`removal_loss`.

    References
    ----------
    .. [1] Albert, R., Jeong, H., Barabási, A.-L. (2000). Error and attack tolerance of complex networks.
       *Nature*, 406, 378.

    Examples
    --------
    >>> flows = [[0, 0, 0], [60, 0, 40], [0, 0, 0]]
    >>> percolation([60, 0, 40], flows).tolist()
    [1.0, 0.4, 0.0]
    """
    system = _Network(production, flows, slack, route_slack)
    order = [int(one) for one in np.argsort(-system.production, kind="stable") if system.production[one] > 0]
    return np.array([1 - system.without(order[:k], ()).share for k in range(len(order) + 1)])


class _Network:
    """The network with room for more, and the programme that serves it."""

    def __init__(
        self, production: ArrayLike, flows: ArrayLike, slack: float | ArrayLike, route_slack: float
    ) -> None:
        """Check it and lay out the balances: flows, then output, then what goes unserved."""
        self.production, self.received = network(production, flows)
        self.n = self.production.size
        room = vector(np.broadcast_to(np.asarray(slack, dtype=float), (self.n,)), "slack")
        if not route_slack >= 0:
            raise MethodError(f"route slack {route_slack:g} must be at least 0")
        self.demand = self._demand()
        self.into, self.out = np.nonzero(self.received)
        self.carried = self.received[self.into, self.out] * (1 + route_slack)
        self.capacity = self.production * (1 + room)
        self.network = MaximumFlow(self.into, self.out, self.n)

    def without(self, removed: Sequence[int], importers: Sequence[int]) -> RemovalLoss:
        """What goes unserved without some countries."""
        gone = self._numbers(removed)
        self._numbers(importers)
        demand = np.where(gone, 0.0, self.demand)
        needed, served = math.fsum(demand), self._served(gone, demand)
        lost = needed - served if needed - served > COVERED * needed else 0.0
        ends = [self._ends(one, gone, demand, served) if lost else (0.0, 0.0) for one in importers]
        share = lost / needed if lost else 0.0
        return RemovalLoss(lost, share, tuple(low for low, _ in ends), tuple(high for _, high in ends))

    def _served(self, gone: NDArray[np.bool_], demand: Array) -> float:
        """The most of a demand that those who remain can serve."""
        room = np.where(gone[self.into] | gone[self.out], 0.0, self.carried)
        return self.network.most(np.where(gone, 0.0, self.capacity), room, demand).amount

    def _ends(self, one: int, gone: NDArray[np.bool_], demand: Array, served: float) -> tuple[float, float]:
        """Least and most one country goes without: served first, and served last."""
        own = np.where(np.arange(self.n) == one, demand, 0.0)
        needs = float(demand[one])
        first = self._served(gone, own)
        last = served - self._served(gone, demand - own)
        low, high = (float(np.clip(needs - got, 0.0, needs)) for got in (first, last))
        return (low if low > COVERED * needs else 0.0), max(low, high)

    def _numbers(self, countries: Sequence[int]) -> NDArray[np.bool_]:
        """Which countries are meant."""
        found = np.zeros(self.n, dtype=bool)
        if any(not 0 <= one < self.n for one in countries):
            raise MethodError(f"countries {list(countries)} are not numbers between 0 and {self.n - 1}")
        found[list(countries)] = True
        return found

    def _demand(self) -> Array:
        """What each country consumes today.

        Raises
        ------
        MethodError
            If one exports more than it has.
        """
        supply = self.production + self.received.sum(axis=1)
        left = supply - self.received.sum(axis=0)
        if (short := left < -COVERED * supply).any():
            first = int(short.argmax())
            told = f"country {first} exports {self.received[:, first].sum():g} but has {supply[first]:g}"
            raise MethodError(f"{told}; add unrecorded_supply to production first")
        return np.asarray(np.maximum(left, 0.0))
