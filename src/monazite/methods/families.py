"""Families of codes: what links tie together, directly or through others.

Pierce and Schott follow a code through splits and mergers by treating every code it was ever linked
to as one family. A family's total is exact in every edition; what is lost is the detail inside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class TwoSided(NamedTuple):
    """The families of two editions: the codes of each, in order, and the family of each code."""

    left: NDArray[np.generic]
    left_family: NDArray[np.intp]
    right: NDArray[np.generic]
    right_family: NDArray[np.intp]


def families(
    left: ArrayLike, right: ArrayLike, members: int, *, cut: ArrayLike | None = None
) -> NDArray[np.intp]:
    r"""Connected components of links: the family of each member, named after its smallest.

    Two members are of one family if a chain of links leads from one to the other. Every round hangs
    the larger end of each link that still leads between two families below the smaller, then lets
    every member point at its head (union-find, with all unions of a round at once).

    Parameters
    ----------
    left, right
        The two ends of each link, whole numbers in [0, members); shape (n_links,). In any order,
        any number of times.
    members
        How many members there are, a count of at least 0. One that no link names is its own family.
    cut
        True for each link that is not to be followed; shape (n_links,). Without it all are.

    Returns
    -------
    numpy.ndarray
        For each member the number of the smallest member of its family; shape (members,). The order
        of the links does not change it.

    Raises
    ------
    MethodError
        If the shapes differ, or an end is not a whole number in [0, members).

    References
    ----------
    .. [1] Pierce, J. R. and Schott, P. K. (2012). Concording U.S. Harmonized System codes over time.
       *Journal of Official Statistics*, 28(1), 53–68.
    .. [2] Shiloach, Y. and Vishkin, U. (1982). An O(log n) parallel connectivity algorithm. *Journal
       of Algorithms*, 3(1), 57–67. doi:10.1016/0196-6774(82)90008-6

    Examples
    --------
    Germanium 811230 and vanadium 811240 become 811292 and 811299 in 2007, numbered 0 to 3:

    >>> families([0, 0, 1, 1], [2, 3, 2, 3], 5).tolist()
    [0, 0, 0, 0, 4]
    >>> families([0, 0, 1, 1], [2, 3, 2, 3], 5, cut=[False, True, True, False]).tolist()
    [0, 1, 0, 1, 4]
    """
    one, other = _ends(left, members), _ends(right, members)
    kept = _kept(cut, one.size)
    if one.size != other.size:
        raise MethodError(f"a link has two ends; found {one.size} left ends and {other.size} right ends")
    one, other = one[kept], other[kept]
    head = np.arange(members)
    while (head[one] != head[other]).any():
        low, high = np.minimum(head[one], head[other]), np.maximum(head[one], head[other])
        np.minimum.at(head, high, low)
        head = _heads(head)
    return head


def families_between(left: ArrayLike, right: ArrayLike, *, cut: ArrayLike | None = None) -> TwoSided:
    """Families of the codes of two editions, in which one code may mean two things.

    Parameters
    ----------
    left, right
        The code in either edition of each link, text or numbers; shape (n_links,). A code that
        stands in both editions is two members, one on each side.
    cut
        As for :func:`families`.

    Returns
    -------
    TwoSided
        The codes of each side, sorted, each once, and the family of each: a whole number, the place
        of its smallest member among the left codes and then the right. Shape (n_codes,), no unit.

    Raises
    ------
    MethodError
        As for :func:`families`.

    References
    ----------
    .. [1] Pierce, J. R. and Schott, P. K. (2012). Concording U.S. Harmonized System codes over time.
       *Journal of Official Statistics*, 28(1), 53–68.

    Examples
    --------
    >>> found = families_between(["811230", "811240"], ["811292", "811292"])
    >>> found.left_family.tolist(), found.right_family.tolist()
    ([0, 0], [0])
    """
    ones, one = np.unique(np.asarray(left), return_inverse=True)
    others, other = np.unique(np.asarray(right), return_inverse=True)
    found = families(one, other + ones.size, ones.size + others.size, cut=cut)
    return TwoSided(ones, found[: ones.size], others, found[ones.size :])


def family_sizes(family: ArrayLike) -> NDArray[np.intp]:
    """How many members the family of each member has.

    Parameters
    ----------
    family
        The family of each member, as :func:`families` names it; shape (members,). For two editions
        give both sides together: a code of either side then counts once.

    Returns
    -------
    numpy.ndarray
        A count of at least 1 for each member; shape (members,).

    References
    ----------
    .. [1] Pierce, J. R. and Schott, P. K. (2012). Concording U.S. Harmonized System codes over time.
       *Journal of Official Statistics*, 28(1), 53–68.

    Examples
    --------
    >>> family_sizes([0, 0, 0, 0, 4]).tolist()
    [4, 4, 4, 4, 1]
    """
    _, place, count = np.unique(np.asarray(family), return_inverse=True, return_counts=True)
    return count[place]


def _heads(head: NDArray[np.intp]) -> NDArray[np.intp]:
    """Let every member point at the head of its family."""
    while not np.array_equal(head, above := head[head]):
        head = above
    return head


def _ends(ends: ArrayLike, members: int) -> NDArray[np.intp]:
    """Check one end of each link."""
    found = np.asarray(ends)
    if found.size == 0:
        return np.empty(0, dtype=np.intp)
    if found.ndim != 1 or not np.issubdtype(found.dtype, np.integer):
        raise MethodError(f"ends of links are whole numbers of shape (n,), found {found.dtype} {found.shape}")
    if found.min() < 0 or found.max() >= members:
        worst = found.min() if found.min() < 0 else found.max()
        raise MethodError(f"a link ends at {worst}; there are members 0 to {members - 1}")
    return found.astype(np.intp)


def _kept(cut: ArrayLike | None, links: int) -> NDArray[np.bool_]:
    """Check which links are followed."""
    if cut is None:
        return np.ones(links, dtype=bool)
    found = np.asarray(cut, dtype=bool)
    if found.shape != (links,):
        raise MethodError(f"cut says True or False of each of {links} links, found shape {found.shape}")
    return ~found
