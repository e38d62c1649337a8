"""What suppliers lose when their customers make less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.lookthrough import leontief_inverse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ROUNDS = 16
"""Rounds of suppliers that are followed: of a table whose sectors buy half of what they make from one another
the rest is a hundred-thousandth."""


def upstream_value_added(a: ArrayLike, value_added: ArrayLike) -> NDArray[np.float64]:
    r"""Value added lost in every sector per unit of output that each sector loses.

    .. math:: m_{ij} = v_i \, \ell_{ij} / \ell_{jj}, \qquad L = (I - A)^{-1}

    Dividing by the diagonal counts the lost unit once: it is of gross output, what a sector sells to
    itself included.

    Parameters
    ----------
    a
        Input coefficients, shape (m, m), each at least 0: domestic ones for domestic losses.
    value_added
        v, value added per unit of output, shape (m,).

    Returns
    -------
    ndarray
        Shape (m, m): row i, what sector i loses for each unit that column j makes less; shares of output.

    Raises
    ------
    MethodError
        If shapes do not fit or the table is not productive.

    References
    ----------
    .. [1] Miller, R. E., Blair, P. D. (2009). *Input–Output Analysis: Foundations and Extensions*,
       2nd ed., section 13.2.3: output-to-output multipliers. Cambridge University Press.

    Examples
    --------
    >>> upstream_value_added([[0.2, 0.1], [0.3, 0.4]], [0.5, 0.5]).round(4).tolist()
    [[0.5, 0.0625], [0.25, 0.5]]
    """
    inverse, added = leontief_inverse(a), np.asarray(value_added, dtype=np.float64)
    if added.shape != inverse.shape[:1]:
        raise MethodError(f"value added of shape {added.shape}: expected ({len(inverse)},).")
    return np.asarray(added[:, None] * inverse / inverse.diagonal())


def output_lost(a: ArrayLike, direct: ArrayLike) -> NDArray[np.float64]:
    r"""Output lost by sectors that cannot make what they did, and by those whose customers make less.

    .. math:: \Delta = \max(d, A \Delta)

    A sector loses what it cannot make or what nobody buys of it any more, whichever is more: what is both
    is lost once. Where one sector alone is hit this is :func:`upstream_value_added` before value is added;
    where customers and suppliers are hit together it is less than the sum of both.

    Parameters
    ----------
    a
        Input coefficients, shape (m, m), each at least 0: domestic ones for domestic losses.
    direct
        d, output that each sector cannot make, at least 0, any one unit; shape (m,) or (n, m).

    Returns
    -------
    ndarray
        Output lost, the shape and unit of ``direct`` and at least that; after 16 rounds of suppliers.

    Raises
    ------
    MethodError
        If shapes do not fit or a number is negative.

    References
    ----------
    .. [1] Our derivation: the mixed model (:func:`.mixed_model`) in which each sector is restricted where
       its own loss is the larger, and follows its customers where theirs is.

    Examples
    --------
    The first sector loses 10, which take 3 of the second and 2 more with what that buys of itself; of these
    2 could not be made anyway:

    >>> output_lost([[0.2, 0.1], [0.3, 0.4]], [10.0, 2.0]).round(3).tolist()
    [10.0, 5.0]
    >>> output_lost([[0.2, 0.1], [0.3, 0.4]], [10.0, 6.0]).round(3).tolist()
    [10.0, 6.0]
    """
    table, hit = np.asarray(a, dtype=np.float64), np.asarray(direct, dtype=np.float64)
    if table.shape != (hit.shape[-1], hit.shape[-1]):
        raise MethodError(f"losses of shape {hit.shape} for a table of shape {table.shape}.")
    if not ((table >= 0).all() and (hit >= 0).all()):
        raise MethodError("a negative coefficient or loss of output.")
    lost = hit
    for _ in range(ROUNDS):
        lost = np.maximum(hit, lost @ table.T)
    return np.asarray(lost)
