r"""The least and the most of what a country consumes that can come from each origin.

Trade records say how much goes from where to where, not which goods. Proportional mixing
(:mod:`.tracing`) is one answer that keeps every balance; others do too. For one origin :math:`o`
the goods of that origin are a flow :math:`f` through the recorded one:

.. math::

    0 \le f_{ij} \le z_{ij}, \quad 0 \le c^o_i \le c_i, \qquad
    p_o [i = o] + \sum_j f_{ij} = \sum_k f_{ki} + c^o_i

What is left, :math:`z - f`, then keeps the balances of all other origins by itself, because the whole
does, and can be divided among them. Goods that only circle change nobody's consumption. So the least
and the most :math:`\sum_{i \in S} c^o_i` of an importer S are two linear programmes for each origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._program import LinearProgram
from monazite.methods._vector import vector
from monazite.methods.tracing import trace_origins
from monazite.methods.tracing._checked import network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from monazite.methods._program import Array


@dataclass(frozen=True)
class OriginBounds:
    """Least and most of the importer's consumption from each origin; any one unit, n countries.

    Attributes
    ----------
    low, high
        Shape (n,): what was produced in each country. What is unrecorded may be from anywhere and is
        part of every ``high`` it can reach.
    unrecorded_low, unrecorded_high
        Shape (n,): of the supply of each country whose origin is not recorded.
    """

    low: Array
    high: Array
    unrecorded_low: Array
    unrecorded_high: Array


def origin_bounds(
    production: ArrayLike, flows: ArrayLike, importer: int, *, unrecorded: ArrayLike | None = None
) -> OriginBounds:
    r"""Bounds of the origins of what one country consumes.

    .. math:: \min_f, \max_f \; c^o_S \quad \text{subject to every balance}

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at least 0,
        0 on the diagonal.
    importer
        Number of the country, between 0 and n − 1.
    unrecorded
        Supply of each country whose origin is not recorded; shape (n,), the same unit, each at least 0;
        none by default. See :func:`monazite.methods.tracing.unrecorded_supply`.

    Returns
    -------
    OriginBounds
        In the same unit; each at least 0 and at most what the importer consumes.

    Raises
    ------
    MethodError
        As :func:`monazite.methods.tracing.trace_origins`, or if there is no such country.

    References
    ----------
    .. [1] Ahuja, R. K., Magnanti, T. L., Orlin, J. B. (1993). *Network Flows*. Prentice Hall.

    Examples
    --------
    A and D each send 50 to the hub B, which keeps 40 and sends 60 on to C. C's 60 may hold from 10 to 50
    of either; in proportion it would be 30:

    >>> flows = np.zeros((4, 4)); flows[1, 0] = flows[1, 3] = 50; flows[2, 1] = 60
    >>> found = origin_bounds([50, 0, 0, 50], flows, 2)
    >>> found.low.round(6).tolist(), found.high.round(6).tolist()
    ([10.0, 0.0, 0.0, 10.0], [50.0, 0.0, 0.0, 50.0])
    """
    return group_origin_bounds(production, flows, [importer], unrecorded=unrecorded)


def group_origin_bounds(
    production: ArrayLike,
    flows: ArrayLike,
    importers: Sequence[int],
    *,
    unrecorded: ArrayLike | None = None,
) -> OriginBounds:
    r"""Bounds of the origins of what a group of countries consumes together.

    .. math:: \min_f, \max_f \sum_{i \in S} c^o_i \quad \text{subject to every balance}

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at least 0,
        0 on the diagonal.
    importers
        Numbers of the members, between 0 and n − 1, each once.
    unrecorded
        Supply of each country whose origin is not recorded; shape (n,), the same unit, each at least 0;
        none by default.

    Returns
    -------
    OriginBounds
        In the same unit; each at least 0 and at most what the members consume.

    Raises
    ------
    MethodError
        As :func:`origin_bounds`, or if there is no member or one stands twice.

    References
    ----------
    .. [1] Ahuja, R. K., Magnanti, T. L., Orlin, J. B. (1993). *Network Flows*. Prentice Hall.

    Examples
    --------
    All of a group's hub and its customer is known again:

    >>> flows = np.zeros((4, 4)); flows[1, 0] = flows[1, 3] = 50; flows[2, 1] = 60
    >>> group_origin_bounds([50, 0, 0, 50], flows, [1, 2]).low.round(6).tolist()
    [50.0, 0.0, 0.0, 50.0]
    """
    produced, received = network(production, flows)
    gaps = np.zeros(produced.size) if unrecorded is None else vector(unrecorded, "unrecorded supply")
    if gaps.shape != produced.shape:
        raise MethodError(f"unrecorded supply of {gaps.size} countries, production of {produced.size}")
    members = _members(importers, produced.size)
    consumed = trace_origins(produced + gaps, received).consumption
    mixes = _Mixes(received, consumed, members)
    low, high = mixes.bounds(produced, anywhere=gaps)
    gap_low, gap_high = mixes.bounds(gaps, anywhere=np.zeros(gaps.size))
    return OriginBounds(low, high, gap_low, gap_high)


def _members(importers: Sequence[int], n: int) -> NDArray[np.intp]:
    """Numbers of the members, checked."""
    found = np.asarray(importers, dtype=np.intp)
    if found.size == 0 or found.min() < 0 or found.max() >= n or np.unique(found).size != found.size:
        raise MethodError(f"importers {list(importers)} are not numbers between 0 and {n - 1}, each once")
    return found


class _Mixes:
    """What goods of one origin may do in a network: amounts on each flow, and consumed in each country."""

    def __init__(self, received: Array, consumed: Array, members: NDArray[np.intp]) -> None:
        """Lay out the balances: flows, then consumption, then supply that may be of any origin."""
        self.n = consumed.size
        into, out = np.nonzero(received)
        self.flow, self.consumed, self.members = received[into, out], consumed, members
        self.upstream = _upstream(received, members)
        arcs, every = np.arange(into.size), np.arange(self.n)
        rows = np.concatenate((into, out, every, every))
        columns = np.concatenate((arcs, arcs, into.size + every, into.size + self.n + every))
        signs = np.repeat([-1.0, 1.0, 1.0, -1.0], [into.size, into.size, self.n, self.n])
        self.size = into.size + 2 * self.n
        self.program = LinearProgram(rows, columns, signs, (self.n, self.size))
        self.cost = np.zeros(self.size)
        self.cost[into.size + members] = 1.0

    def bounds(self, supply: Array, *, anywhere: Array) -> tuple[Array, Array]:
        """Least and most of each country's supply among what the members consume."""
        low, high = np.zeros(self.n), np.zeros(self.n)
        total = float(self.consumed[self.members].sum())
        within = np.where(self.upstream, anywhere, 0.0)
        for origin in np.flatnonzero((supply > 0) & self.upstream).tolist():
            amount = float(supply[origin])
            high[origin] = min(total, self._extreme(origin, amount, within, -self.cost))
            low[origin] = min(high[origin], self._extreme(origin, amount, np.zeros(self.n), self.cost))
        return low, high

    def _extreme(self, origin: int, amount: float, anywhere: Array, cost: Array) -> float:
        """The least of a cost, as an amount consumed; everything is scaled by what there is to place."""
        scale = amount + float(anywhere.sum())
        room = np.minimum(np.concatenate((self.flow, self.consumed, anywhere)) / scale, 1.0)
        right = np.zeros(self.n)
        right[origin] = amount / scale
        found = self.program.least(cost, np.zeros(self.size), room, right)
        return scale * float(self.cost @ found)


def _upstream(received: Array, members: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Countries whose goods can reach a member."""
    reach = np.zeros(len(received), dtype=bool)
    reach[members] = True
    while True:
        wider = reach | (received[reach] > 0).any(axis=0)
        if (wider == reach).all():
            return reach
        reach = wider
