"""Elasticities that grow with time: in a month little can be replaced, in ten years much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.market._bisection import within

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def elasticity_at(
    month: ArrayLike, short: ArrayLike, long: ArrayLike, adjustment: ArrayLike
) -> NDArray[np.float64]:
    r"""Elasticity some months after a change, by partial adjustment.

    .. math:: \varepsilon(t) = \varepsilon_0 + (\varepsilon_\infty - \varepsilon_0)\,(1 - e^{-t/\tau})

    Parameters
    ----------
    month
        t, months since the change, at least 0.
    short, long
        Elasticities at once and in the end, at least 0; the second at least the first.
    adjustment
        :math:`\tau`, months after which 63 % of the way is gone; positive. All broadcast.

    Returns
    -------
    ndarray
        A dimensionless number between short and long.

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    .. [1] Nerlove, M. (1958). *Distributed Lags and Demand Analysis for Agricultural and Other
       Commodities*. U.S. Department of Agriculture, Agriculture Handbook 141.

    Examples
    --------
    >>> elasticity_at([0, 24, 240], 0.1, 0.5, 24).round(4).tolist()
    [0.1, 0.3528, 0.5]
    """
    soon, late = within(short, "an elasticity", 0.0), within(long, "an elasticity", 0.0)
    if (late < soon).any():
        raise MethodError("an elasticity is smaller in the long run than in the short: expected the reverse.")
    gone = 1.0 - np.exp(-within(month, "a month", 0.0) / within(adjustment, "an adjustment", 0.0, above=True))
    return np.asarray(soon + (late - soon) * gone)
