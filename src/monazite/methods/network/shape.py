"""The shape of a network of supply: who stands between others, and how far goods circle."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from monazite.methods.tracing._checked import network

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.tracing._checked import Array


def betweenness(flows: ArrayLike) -> NDArray[np.float64]:
    r"""Share of pairs of countries whose shortest way leads through each country.

    .. math:: b_k = \frac{1}{(n-1)(n-2)} \sum_{i \ne k \ne j} \frac{\sigma_{ij}(k)}{\sigma_{ij}},
        \qquad \text{length of } j \to i = 1 / z_{ij}

    Parameters
    ----------
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), any one unit, each at least 0,
        0 on the diagonal.

    Returns
    -------
    ndarray
        Shape (n,), shares in [0, 1]; 0 for fewer than three countries. Greater flows are shorter ways.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, the shape is wrong, or a country supplies itself.

    References
    ----------
    .. [1] Brandes, U. (2001). A faster algorithm for betweenness centrality. *Journal of Mathematical
       Sociology*, 25(2), 163.

    Examples
    --------
    All that A sends to C goes through B:

    >>> betweenness([[0, 0, 0], [60, 0, 0], [0, 40, 0]]).tolist()
    [0.0, 0.5, 0.0]
    """
    _, received = network(np.zeros(len(np.atleast_1d(flows))), flows)
    n = len(received)
    out = [[(int(i), 1 / received[i, j]) for i in np.flatnonzero(received[:, j])] for j in range(n)]
    found = np.zeros(n)
    for source in range(n):
        found += _dependencies(source, out)
    return found / max(1, (n - 1) * (n - 2))


def _dependencies(source: int, out: list[list[tuple[int, float]]]) -> Array:
    """What hangs on each country of the shortest ways from one source, as Brandes sums it."""
    n = len(out)
    length, ways = np.full(n, np.inf), np.zeros(n)
    length[source], ways[source] = 0.0, 1.0
    before: list[list[int]] = [[] for _ in range(n)]
    settled: list[int] = []
    done, ahead = np.zeros(n, dtype=bool), [(0.0, source)]
    while ahead:
        far, at = heapq.heappop(ahead)
        if done[at]:
            continue
        done[at] = True
        settled.append(at)
        for to, step in out[at]:
            if far + step < length[to]:
                length[to], ways[to], before[to] = far + step, ways[at], [at]
                heapq.heappush(ahead, (far + step, to))
            elif far + step == length[to]:
                ways[to] += ways[at]
                before[to].append(at)
    hanging = np.zeros(n)
    for at in reversed(settled):
        for one in before[at]:
            hanging[one] += ways[one] / ways[at] * (1 + hanging[at])
    hanging[source] = 0.0
    return hanging


def spectral_radius(production: ArrayLike, flows: ArrayLike) -> float:
    r"""How far goods circle before they are used: the largest eigenvalue of the shares passed on.

    .. math:: \rho(A), \qquad A = Z\,\mathrm{diag}(x)^{-1}, \quad x = p + Z 1

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at least 0,
        0 on the diagonal.

    Returns
    -------
    float
        A share, at least 0: 0 where nothing comes back, near 1 where goods circle almost for ever. Above 1
        only if some country sends on more than it has.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a shape is wrong, or a country supplies itself.

    References
    ----------
    .. [1] Meyer, C. D. (2000). *Matrix Analysis and Applied Linear Algebra*. SIAM, chapter 8.

    Examples
    --------
    Of the 75 that A has it sends 50 to B, and B sends half of that back:

    >>> round(spectral_radius([50, 0], [[0, 25], [50, 0]]), 4)
    0.5774
    """
    produced, received = network(production, flows)
    supply = produced + received.sum(axis=1)
    passed = np.divide(received, supply, out=np.zeros_like(received), where=supply > 0)
    return float(np.abs(np.linalg.eigvals(passed)).max(initial=0.0))
