"""Output that final demand takes, and what is left of it where some sectors can make no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods.lookthrough import leontief_inverse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

ROUNDING = 1e-9


class Mixed(NamedTuple):
    """A mixed model's solution; draws first, if there are any.

    Attributes
    ----------
    output
        Of every sector, shape (..., m).
    final
        Final demand that is served, shape (..., m).
    infeasible
        Sectors whose final demand would be negative: others need more of their product than they make,
        shape (..., m).
    """

    output: Array
    final: Array
    infeasible: NDArray[np.bool_]


def output(a: ArrayLike, final: ArrayLike) -> Array:
    r"""Output of each sector that a final demand takes, in all rounds of supply.

    .. math:: x = (I - A)^{-1} f

    Parameters
    ----------
    a
        Input coefficients, shape (m, m): what column j buys of row i per unit of its output, at least 0.
    final
        f, final demand for each product in any one unit, shape (..., m).

    Returns
    -------
    ndarray
        Shape (..., m), in the unit of the final demand.

    Raises
    ------
    MethodError
        If the shapes do not fit or the table is not productive.

    References
    ----------
    .. [1] Miller, R. E., Blair, P. D. (2009). *Input–Output Analysis: Foundations and Extensions*,
       2nd ed., section 2.2. Cambridge University Press.

    Examples
    --------
    >>> output([[0.2, 0.1], [0.3, 0.4]], [100, 200]).round(4).tolist()
    [177.7778, 422.2222]
    """
    inverse = leontief_inverse(a)
    wanted = np.asarray(final, dtype=np.float64)
    if wanted.shape[-1:] != inverse.shape[:1]:
        raise MethodError(f"final demand of shape {wanted.shape}: expected (..., {len(inverse)}).")
    return np.asarray(wanted @ inverse.T)


def mixed_model(a: ArrayLike, final: ArrayLike, restricted: ArrayLike, made: ArrayLike) -> Mixed:
    r"""Output where some sectors make a given amount and the others what is asked of them.

    .. math::
        x_U = (I - A_{UU})^{-1} (f_U + A_{UR} x_R), \qquad f_R = (I - A_{RR}) x_R - A_{RU} x_U

    Parameters
    ----------
    a
        Input coefficients, shape (m, m), each at least 0.
    final
        f, final demand before, shape (m,), any one unit; that of restricted sectors is not used.
    restricted
        Which sectors make a given amount, booleans of shape (m,).
    made
        x_R, their output in the same unit, shape (..., r), in the order of the sectors; at least 0.

    Returns
    -------
    Mixed
        Output and final demand of all sectors. Negative final demand is an infeasible answer, not a
        result: look at ``infeasible``.

    Raises
    ------
    MethodError
        If shapes do not fit, an amount is negative or the table of the others is not productive.

    References
    ----------
    .. [1] Miller, R. E., Blair, P. D. (2009). *Input–Output Analysis: Foundations and Extensions*,
       2nd ed., section 13.2.1: exogenous outputs. Cambridge University Press.

    Examples
    --------
    The first sector makes 160 instead of 177.8; the second, whose customer it is, makes less too:

    >>> found = mixed_model([[0.2, 0.1], [0.3, 0.4]], [100, 200], [True, False], [160])
    >>> found.output.round(4).tolist(), found.final.round(4).tolist()
    ([160.0, 413.3333], [86.6667, 200.0])
    """
    coefficients = np.asarray(a, dtype=np.float64)
    r = np.asarray(restricted, dtype=bool)
    wanted, given = np.asarray(final, dtype=np.float64), np.asarray(made, dtype=np.float64)
    if r.shape != coefficients.shape[:1] or given.shape[-1] != r.sum() or wanted.shape != r.shape:
        raise MethodError(
            f"{r.sum()} restricted of {len(coefficients)} sectors, outputs {given.shape}, final demand"
            f" of {wanted.shape}: they do not fit."
        )
    if not (given >= 0).all():
        raise MethodError("an output below 0 or not a number.")
    u = ~r
    inverse = leontief_inverse(coefficients[np.ix_(u, u)]) if u.any() else np.empty((0, 0))
    others = (wanted[u] + given @ coefficients[np.ix_(u, r)].T) @ inverse.T
    x = np.empty((*given.shape[:-1], len(r)))
    x[..., r], x[..., u] = given, others
    served = x - x @ coefficients.T
    served[..., u] = wanted[u]
    return Mixed(x, served, r & (served < -ROUNDING * np.abs(x).max(initial=1.0)))
