"""Who buys what from whom in a normal month."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods._draws import axes, spread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


class Economy(NamedTuple):
    """A normal month, in dollars.

    Attributes
    ----------
    output
        Of each industry; shape (m,).
    flows
        What the industry in the column buys from the one in the row; shape (m, m).
    final
        What is bought from each for final use; shape (m,), at least 0.
    elsewhere
        What users take beyond what the industry makes; shape (m,), at least 0. It keeps coming, and less
        where users ask for less.
    """

    output: NDArray[np.float64]
    flows: NDArray[np.float64]
    final: NDArray[np.float64]
    elsewhere: NDArray[np.float64]

    def from_elsewhere(self, asked: Array) -> Array:
        """What comes from elsewhere: its normal part of what is asked, and no more than normal."""
        normal = self.output + self.elsewhere
        part = np.divide(asked, normal, out=np.zeros_like(asked), where=normal > 0)
        return np.asarray(self.elsewhere * np.minimum(part, 1))

    def relative(self, wanted: Array) -> Array:
        """Output asked for as a multiple of normal; 1 for an industry that makes nothing."""
        return np.divide(wanted, self.output, out=np.ones_like(wanted), where=self.output > 0)


def economy(a: ArrayLike, output: ArrayLike) -> Economy:
    r"""Normal purchases of an economy.

    .. math:: Z = A\, \mathrm{diag}(\bar x), \qquad f = (\bar x - Z \mathbf 1)^+, \qquad
              e = (Z \mathbf 1 - \bar x)^+

    Parameters
    ----------
    a
        Input coefficients, shape (m, m): what column j buys from row i for each dollar of its output; at
        least 0.
    output
        Of each industry, shape (m,), dollars per month or year, at least 0.

    Returns
    -------
    Economy
        Output, flows, final use and what comes from elsewhere, in dollars of the same period.

    Raises
    ------
    MethodError
        If a number is negative or not finite, or shapes do not fit.

    References
    ----------
    .. [1] BoARIO, Mathematical background, *Initial equilibrium state*,
       https://spjuhel.github.io/BoARIO/boario-math.html.

    Examples
    --------
    >>> economy([[0, 0.5], [0.2, 0]], [100, 100]).final.tolist()
    [50.0, 80.0]
    """
    made = axes(output, "output", "m")
    coefficients = axes(a, "input coefficients", "m, m")
    if coefficients.shape != (made.size, made.size):
        raise MethodError(f"coefficients of shape {coefficients.shape} for {made.size} industries")
    flows = np.ascontiguousarray(coefficients * made)
    rest = made - flows.sum(axis=1)
    return Economy(made, flows, np.maximum(rest, 0), np.maximum(-rest, 0))


def lost_capacity(lost: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.float64]:
    r"""Share of each industry's capacity that is lost in each month.

    .. math:: x^{cap} = \alpha (1 - \Delta) \bar x

    Parameters
    ----------
    lost
        :math:`\Delta`; a scalar or what spreads over the shape; shares in [0, 1].
    shape
        (n, T, m): draws, months, industries.

    Returns
    -------
    ndarray
        Shape (n, T, m), in [0, 1].

    References
    ----------
    .. [1] BoARIO, Mathematical background, https://spjuhel.github.io/BoARIO/boario-math.html.

    Examples
    --------
    >>> lost_capacity([[[0.5, 0.0]]], (1, 2, 2)).tolist()
    [[[0.5, 0.0], [0.5, 0.0]]]
    """
    return spread(lost, "lost capacity", shape, high=1)
