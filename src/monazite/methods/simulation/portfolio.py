"""Several scenarios together: what they cost in a year, each weighed by how likely it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


class Expected(NamedTuple):
    """Expected loss in a year.

    Attributes
    ----------
    each
        Of each scenario: low, central, high on the last axis; shape (scenarios, 3).
    total
        Of all together, shape (3,).
    """

    each: Array
    total: Array


def expected_loss(probabilities: ArrayLike, losses: ArrayLike) -> Expected:
    r"""Probability-weighted loss of a portfolio of scenarios.

    .. math:: E = \sum_k p_k L_k

    Parameters
    ----------
    probabilities
        Low, central and high probability of each scenario in a year, shape (scenarios, 3), in [0, 1],
        in order.
    losses
        Low, central and high loss if it happens, shape (scenarios, 3), any one unit, in order; a gain is
        negative.

    Returns
    -------
    Expected
        In the unit of the losses per year; the ends are those of products of intervals, which no
        probability and loss within theirs exceed.

    Raises
    ------
    MethodError
        If a probability lies outside [0, 1], or ends are out of order or of other shape.

    References
    ----------
    .. [1] Nassar, N. T., et al. (2025). *Methodology and technical input for the 2025 U.S. list of critical
       minerals*. U.S. Geological Survey Open-File Report 2025-1047: each scenario's effect is multiplied
       by its probability.

    Examples
    --------
    >>> expected_loss([[0.1, 0.2, 0.4]], [[1.0, 2.0, 4.0]]).total.round(2).tolist()
    [0.1, 0.4, 1.6]
    """
    p, loss = (np.asarray(one, dtype=np.float64) for one in (probabilities, losses))
    if p.ndim != 2 or p.shape[-1:] != (3,) or p.shape != loss.shape:  # noqa: PLR2004 - low, central, high
        raise MethodError(f"probabilities of shape {p.shape}, losses {loss.shape}: expected (scenarios, 3).")
    if not ((p >= 0) & (p <= 1)).all() or (np.diff(p) < 0).any() or not (np.diff(loss) >= 0).all():
        raise MethodError("probabilities in [0, 1] and losses from low to high are expected.")
    corners = p[:, [0, 0, 2, 2]] * loss[:, [0, 2, 0, 2]]
    each = np.stack([corners.min(1), p[:, 1] * loss[:, 1], corners.max(1)], axis=1)
    return Expected(each, each.sum(0))
