r"""Indices of concentration over suppliers that are all known.

In every formula :math:`s_i = x_i / \sum_j x_j` is the share of supplier :math:`i` and
:math:`n` counts the suppliers that supply something. Sums are exactly rounded, so the order
of the suppliers does not change a bit of the answer.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def hhi(amounts: ArrayLike) -> float:
    r"""Herfindahl–Hirschman index of concentration.

    .. math:: H = \sum_i s_i^2, \qquad s_i = x_i / \sum_j x_j

    Parameters
    ----------
    amounts
        What each supplier supplies; shape (n_suppliers,), any one unit, each
        at least 0. Absent suppliers are left out, not given as NaN.

    Returns
    -------
    float
        A share in [1/n, 1]. Multiply by 10,000 for the points antitrust
        authorities print.

    Raises
    ------
    MethodError
        If an amount is negative or NaN, or if nothing is supplied: an empty
        market has no concentration.

    References
    ----------
    .. [1] Hirschman, A. O. (1964). The paternity of an index. *American
       Economic Review*, 54(5), 761.

    Examples
    --------
    >>> round(10_000 * hhi([30, 30, 20, 20]))
    2600
    """
    return math.fsum(_shares(amounts) ** 2)


def normalised_hhi(amounts: ArrayLike) -> float:
    r"""Concentration beyond what equal shares among the same suppliers would give.

    .. math:: H^* = \frac{H - 1/n}{1 - 1/n}

    Parameters
    ----------
    amounts
        As for :func:`hhi`; suppliers of nothing are not counted in n.

    Returns
    -------
    float
        A share in [0, 1): 0 when all supply alike.

    Raises
    ------
    MethodError
        As for :func:`hhi`, and if fewer than two suppliers supply anything.

    References
    ----------
    .. [1] Kvålseth, T. O. (2018). Relationship between concentration ratio and
       Herfindahl-Hirschman index: a re-examination based on majorization theory.
       *Heliyon*, 4(10), e00846. doi:10.1016/j.heliyon.2018.e00846

    Examples
    --------
    >>> round(normalised_hhi([50, 30, 20]), 3)
    0.07
    """
    shares = _several(amounts, "normalised HHI")
    return max(0.0, (math.fsum(shares**2) - 1 / shares.size) / (1 - 1 / shares.size))


def effective_number(amounts: ArrayLike) -> float:
    r"""How many equal suppliers would be as concentrated.

    .. math:: N = 1 / H

    Parameters
    ----------
    amounts
        As for :func:`hhi`.

    Returns
    -------
    float
        A count of suppliers in [1, n].

    Raises
    ------
    MethodError
        As for :func:`hhi`.

    References
    ----------
    .. [1] Hill, M. O. (1973). Diversity and evenness: a unifying notation and its
       consequences. *Ecology*, 54(2), 427–432.

    Examples
    --------
    >>> round(effective_number([50, 30, 20]), 3)
    2.632
    """
    return 1 / hhi(amounts)


def concentration_ratio(amounts: ArrayLike, k: int) -> float:
    r"""Share of the k largest suppliers together.

    .. math:: CR_k = \sum_{i=1}^{k} s_{(i)}, \qquad s_{(1)} \ge s_{(2)} \ge \dots

    Parameters
    ----------
    amounts
        As for :func:`hhi`.
    k
        How many suppliers, at least 1. More than there are gives 1.

    Returns
    -------
    float
        A share in (0, 1].

    Raises
    ------
    MethodError
        As for :func:`hhi`, and if k is less than 1.

    References
    ----------
    .. [1] Kvålseth, T. O. (2018). Relationship between concentration ratio and
       Herfindahl-Hirschman index: a re-examination based on majorization theory.
       *Heliyon*, 4(10), e00846. doi:10.1016/j.heliyon.2018.e00846

    Examples
    --------
    >>> concentration_ratio([20, 50, 30], 2)
    0.8
    """
    if k < 1:
        raise MethodError(f"a concentration ratio needs k at least 1, found {k}")
    supplied = np.sort(_supplied(amounts))[::-1]
    return math.fsum(supplied[:k]) / math.fsum(supplied)


def shannon(amounts: ArrayLike) -> float:
    r"""Shannon entropy of the shares, with the natural logarithm.

    .. math:: E = -\sum_i s_i \ln s_i

    Parameters
    ----------
    amounts
        As for :func:`hhi`.

    Returns
    -------
    float
        In nats, in [0, ln n]: 0 for one supplier, ln n when all supply alike. It
        rises with diversity, where :func:`hhi` falls.

    Raises
    ------
    MethodError
        As for :func:`hhi`.

    References
    ----------
    .. [1] Hill, M. O. (1973). Diversity and evenness: a unifying notation and its
       consequences. *Ecology*, 54(2), 427–432.

    Examples
    --------
    >>> round(shannon([50, 30, 20]), 4)
    1.0297
    """
    return _entropy(_shares(amounts))


def shannon_effective_number(amounts: ArrayLike) -> float:
    r"""How many equal suppliers would have the same entropy.

    .. math:: N_E = e^{E}

    Parameters
    ----------
    amounts
        As for :func:`hhi`.

    Returns
    -------
    float
        A count of suppliers in [1, n], never below :func:`effective_number`: it
        gives small suppliers more weight.

    Raises
    ------
    MethodError
        As for :func:`hhi`.

    References
    ----------
    .. [1] Hill, M. O. (1973). Diversity and evenness: a unifying notation and its
       consequences. *Ecology*, 54(2), 427–432.

    Examples
    --------
    >>> f"{shannon_effective_number([50, 30, 20]):.3f}"
    '2.800'
    """
    return math.exp(shannon(amounts))


def evenness(amounts: ArrayLike) -> float:
    r"""Shannon entropy as a share of the most that n suppliers can have.

    .. math:: J = E / \ln n

    Parameters
    ----------
    amounts
        As for :func:`hhi`; suppliers of nothing are not counted in n.

    Returns
    -------
    float
        A share in (0, 1]: 1 when all supply alike.

    Raises
    ------
    MethodError
        As for :func:`hhi`, and if fewer than two suppliers supply anything.

    References
    ----------
    .. [1] Hill, M. O. (1973). Diversity and evenness: a unifying notation and its
       consequences. *Ecology*, 54(2), 427–432.

    Examples
    --------
    >>> round(evenness([50, 30, 20]), 3)
    0.937
    """
    shares = _several(amounts, "evenness")
    return min(1.0, _entropy(shares) / math.log(shares.size))


def theil(amounts: ArrayLike) -> float:
    r"""Theil index: how far the entropy falls short of that of equal shares.

    .. math:: T = \sum_i s_i \ln(n\,s_i) = \ln n - E

    Parameters
    ----------
    amounts
        As for :func:`hhi`; suppliers of nothing are not counted in n.

    Returns
    -------
    float
        In nats, in [0, ln n): 0 when all supply alike. It rises with concentration, but also with n: compare
        markets of one size.

    Raises
    ------
    MethodError
        As for :func:`hhi`, and if fewer than two suppliers supply anything.

    References
    ----------
    .. [1] Theil, H. (1967). *Economics and Information Theory*. North-Holland.

    Examples
    --------
    >>> round(theil([50, 30, 20]), 4)
    0.069
    """
    shares = _several(amounts, "the Theil index")
    return max(0.0, math.log(shares.size) - _entropy(shares))


def _supplied(amounts: ArrayLike) -> NDArray[np.float64]:
    """Amounts of those who supply something, as parts of the largest: no sum overflows."""
    given = vector(amounts, "amount")
    largest = given.max(initial=0.0)
    if largest == 0:
        raise MethodError(
            f"nothing is supplied by {given.size} suppliers; an empty market has no concentration"
        )
    parts: NDArray[np.float64] = given / largest
    return parts[parts > 0]


def _shares(amounts: ArrayLike) -> NDArray[np.float64]:
    """Shares of those who supply something."""
    supplied = _supplied(amounts)
    return supplied / math.fsum(supplied)


def _several(amounts: ArrayLike, index: str) -> NDArray[np.float64]:
    """Shares of at least two suppliers: one alone is neither even nor uneven."""
    shares = _shares(amounts)
    if shares.size == 1:
        raise MethodError(f"{index} compares at least two suppliers, found 1; its hhi is 1")
    return shares


def _entropy(shares: NDArray[np.float64]) -> float:
    """Entropy of positive shares in nats."""
    return abs(math.fsum(shares * np.log(shares)))
