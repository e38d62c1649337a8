"""What a network of production and flows looks like before anything is traced through it.

Countries are numbered 0 to n − 1. ``flows[i, j]`` is what country i receives from country j, all in
one unit; mass is content of the element traced, or the parts would not add up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.methods.tracing._checked import network

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.tracing._checked import Array


def closed_loops(production: ArrayLike, flows: ArrayLike) -> tuple[tuple[int, ...], ...]:
    """Sets of countries that take only from one another while none of them produces.

    What circles in such a set came from nowhere: no origin can be named, and the equations of
    origin tracing are singular. Each set is smallest: every member feeds, directly or through
    others, every other. A country that lives off a loop but feeds nobody in it is not a member.

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at
        least 0, 0 on the diagonal.

    Returns
    -------
    tuple[tuple[int, ...], ...]
        The members of each loop in ascending order; loops in order of their first members.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a shape is wrong, or a country supplies itself.

    References
    ----------
    .. [1] Kemeny, J. G., Snell, J. L. (1960). *Finite Markov Chains*. Van Nostrand. A loop is a
       closed class of the walk that steps from a country to its suppliers.

    Examples
    --------
    Countries 1 and 2 pass ten units to and fro; 0 mines and feeds 3:

    >>> closed_loops([5, 0, 0, 0], [[0, 0, 0, 0], [0, 0, 10, 0], [0, 10, 0, 0], [5, 0, 0, 0]])
    ((1, 2),)
    """
    produced, received = network(production, flows)
    reach = _upstream(received)
    closed = (~reach | reach.T).all(axis=1)
    idle = ~reach[:, produced > 0].any(axis=1)
    found = {tuple(np.flatnonzero(reach[one]).tolist()) for one in np.flatnonzero(closed & idle)}
    return tuple(sorted(members for members in found if len(members) > 1))


def _upstream(received: Array) -> NDArray[np.bool_]:
    """Whom each country's supply comes through, itself among them: doubled until nobody is added."""
    reach = (received > 0) | np.eye(len(received), dtype=bool)
    while True:
        walked = reach.astype(np.float32)  # counts of at most n steps, exact in single precision
        further = walked @ walked > 0
        if (further == reach).all():
            return reach
        reach = further


def unrecorded_supply(production: ArrayLike, flows: ArrayLike) -> Array:
    r"""What each country exports beyond all it is recorded to produce and to receive.

    .. math:: u_j = \max\Bigl(0,\; \sum_k z_{kj} - p_j - \sum_k z_{jk}\Bigr)

    A gap in the records: production not reported, stocks drawn down, an import that was missed.
    Adding it to production makes every export covered and calls the gap the exporter's own, which
    is a judgement: it may as well be goods of unknown origin.

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at
        least 0, 0 on the diagonal.

    Returns
    -------
    ndarray
        Shape (n,), the same unit, each at least 0.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a shape is wrong, or a country supplies itself.

    References
    ----------
    .. [1] Kastner, T., Kastner, M., Nonhebel, S. (2011). Tracing distant environmental impacts of
       agricultural products from a consumer perspective. *Ecological Economics*, 70.

    Examples
    --------
    Country 1 sends 60 on, of which it received 40:

    >>> unrecorded_supply([100, 0, 0], [[0, 0, 0], [40, 0, 0], [0, 60, 0]]).tolist()
    [0.0, 20.0, 0.0]
    """
    produced, received = network(production, flows)
    gap: Array = received.sum(axis=0) - produced - received.sum(axis=1)
    return np.maximum(0.0, gap)


def apparent_production(flows: ArrayLike) -> Array:
    r"""Production read off trade alone: what a country exports beyond its imports.

    .. math:: p_j = \max\Bigl(0,\; \sum_k z_{kj} - \sum_k z_{jk}\Bigr)

    The convention for tracing by value where nobody counts production: net exporters are the
    producers, all others pass goods on. It understates them by what they make and use themselves,
    and calls a producer that imports more than it exports a mere hub.

    Parameters
    ----------
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), any one unit, each at
        least 0, 0 on the diagonal.

    Returns
    -------
    ndarray
        Shape (n,), the same unit, each at least 0. Every export is then covered.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, the shape is wrong, or a country supplies itself.

    References
    ----------
    .. [1] Kastner, T., Kastner, M., Nonhebel, S. (2011). Tracing distant environmental impacts of
       agricultural products from a consumer perspective. *Ecological Economics*, 70.

    Examples
    --------
    >>> apparent_production([[0, 0, 0], [60, 0, 0], [0, 40, 0]]).tolist()
    [60.0, 0.0, 0.0]
    """
    return unrecorded_supply(np.zeros(len(np.atleast_1d(flows))), flows)


def hubs(production: ArrayLike, flows: ArrayLike) -> NDArray[np.bool_]:
    """Tell which countries pass goods on without producing any.

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at
        least 0, 0 on the diagonal.

    Returns
    -------
    ndarray of bool
        Shape (n,): imports above 0, exports above 0, production 0.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a shape is wrong, or a country supplies itself.

    References
    ----------
    .. [1] Kastner, T., Kastner, M., Nonhebel, S. (2011). Tracing distant environmental impacts of
       agricultural products from a consumer perspective. *Ecological Economics*, 70.

    Examples
    --------
    >>> hubs([100, 0, 10], [[0, 0, 0], [60, 0, 0], [0, 40, 0]]).tolist()
    [False, True, False]
    """
    produced, received = network(production, flows)
    passing: NDArray[np.bool_] = (produced == 0) & received.any(axis=1) & received.any(axis=0)
    return passing
