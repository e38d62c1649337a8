r"""The least and the most of what a country consumes that can come from each origin.

Trade records say how much goes from where to where, not which goods. Proportional mixing
(:mod:`.tracing`) is one answer that keeps every balance; others do too. For one origin :math:`o`
the goods of that origin are a flow :math:`f` through the recorded one:

.. math::

    0 \le f_{ij} \le z_{ij}, \quad 0 \le c^o_i \le c_i, \qquad
    p_o [i = o] + \sum_j f_{ij} = \sum_k f_{ki} + c^o_i

**The rest balances by itself.** What is left, :math:`z - f`, :math:`p - p_o`, :math:`c - c^o`, is at
least 0 and balanced, because the whole is. So it falls apart into ways from the other producers to
consumers, which are their goods, and into circles. A circle changes nobody's consumption, and is no goods
out of nowhere: no loop lacks a producer (else the network is refused), so goods of some origin touch each
circle and can be what goes round in it. Hence no other condition on :math:`f` is needed, and circles in
:math:`f` itself can be left out.

**Each bound is the most that can pass.** A greatest flow from o to the members S can be topped up until
all of :math:`p_o` is somewhere without taking any from S, so the most is a maximum flow. The least is what
is left of o's production when as much as possible stays outside S, or, which is the same, what the members
consume beyond the most that all others can bring. Whichever of the two is the smaller number is subtracted
from. The maximum flow is a linear programme; its dual is a cut, and the bound is the sum of the amounts
that the cut lets through. Any cut's sum is no less than what can pass, so rounding never makes an interval
too narrow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._maximum_flow import MaximumFlow
from monazite.methods._vector import vector
from monazite.methods.tracing import trace_origins
from monazite.methods.tracing._checked import NEGLIGIBLE, network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from monazite.methods._maximum_flow import Array


@dataclass(frozen=True)
class OriginBounds:
    """Least and most of the importer's consumption from each origin; any one unit, n countries.

    Attributes
    ----------
    low, high
        Shape (n,): what was produced in each country. What is unrecorded may be from any country that
        produces: what of it can reach the members is part of every ``high``, and of no ``low``.
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
    mixes = _Mixes(received, consumed, members, supply=produced + gaps)
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
    """What goods of one origin may do in a network, asked for some members.

    Each of the three questions has a programme of its own, which starts from its last answer.
    """

    def __init__(self, received: Array, consumed: Array, members: NDArray[np.intp], *, supply: Array) -> None:
        """Lay out the routes, and who consumes how much inside and outside the group."""
        into, out = np.nonzero(received)
        self.room, self.supply = received[into, out], supply
        self.upstream = _upstream(received, members)
        inside = np.isin(np.arange(consumed.size), members)
        self.inside, self.outside = np.where(inside, consumed, 0.0), np.where(inside, 0.0, consumed)
        self.total = math.fsum(self.inside)
        self.own, self.others, self.staying = (MaximumFlow(into, out, consumed.size) for _ in range(3))

    def bounds(self, supply: Array, *, anywhere: Array) -> tuple[Array, Array]:
        """Least and most of each country's supply among what the members consume."""
        found = self.own.most(anywhere, self.room, self.inside).amount
        low, high = np.zeros(supply.size), np.where(supply > 0, found, 0.0)
        for origin in np.flatnonzero((supply > 0) & self.upstream).tolist():
            one = np.where(np.arange(supply.size) == origin, supply, 0.0)
            high[origin] = self.own.most(one + anywhere, self.room, self.inside).amount
            low[origin] = min(high[origin], self._least(one))
        return low, high

    def _least(self, one: Array) -> float:
        """What cannot stay outside, or what all others cannot bring: from the smaller of two numbers."""
        amount = float(one.max())
        if amount < self.total:
            left = amount - self.staying.most(one, self.room, self.outside).amount
        else:
            left = self.total - self.others.most(self.supply - one, self.room, self.inside).amount
        return left if left > NEGLIGIBLE * min(amount, self.total) else 0.0


def _upstream(received: Array, members: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Countries whose goods can reach a member."""
    reach = np.zeros(len(received), dtype=bool)
    reach[members] = True
    while True:
        wider = reach | (received[reach] > 0).any(axis=0)
        if (wider == reach).all():
            return reach
        reach = wider
