"""Prices when costs rise and are passed on from customer to customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.lookthrough import leontief_inverse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def price_rise(a: ArrayLike, cost_rise: ArrayLike) -> NDArray[np.float64]:
    r"""Rise of every producer price if costs of primary or imported inputs rise.

    .. math:: \Delta p = (I - A')^{-1} \Delta v

    Every rise is passed on in full and nobody buys less: an upper bound.

    Parameters
    ----------
    a
        Domestic input coefficients, shape (m, m): what column j buys of row i per unit of its output.
    cost_rise
        :math:`\Delta v`, rise of cost per unit of output of each sector, a share; shape (..., m).

    Returns
    -------
    ndarray
        Rise of each price as a share, shape (..., m).

    Raises
    ------
    MethodError
        If shapes do not fit or the table is not productive.

    References
    ----------
    .. [1] Miller, R. E., Blair, P. D. (2009). *Input–Output Analysis: Foundations and Extensions*,
       2nd ed., section 2.6: the price model. Cambridge University Press.

    Examples
    --------
    >>> price_rise([[0.2, 0.1], [0.3, 0.4]], [0.09, 0.0]).round(4).tolist()
    [0.12, 0.02]
    """
    inverse, risen = leontief_inverse(a), np.asarray(cost_rise, dtype=np.float64)
    if risen.shape[-1:] != inverse.shape[:1]:
        raise MethodError(f"cost rises of shape {risen.shape}: expected (..., {len(inverse)}).")
    return np.asarray(risen @ inverse)


def ghosh_price(flows: ArrayLike, output: ArrayLike, primary_rise: ArrayLike) -> NDArray[np.float64]:
    r"""Ghosh's supply-driven model, read as a price model: how much dearer each output becomes.

    .. math:: \Delta x' = \Delta v' (I - B)^{-1}, \quad B = \hat x^{-1} Z, \qquad
        \Delta p_j = \Delta x_j / x_j

    Read as quantities it would let output grow without inputs; only the value changes, which Dietzenbacher
    shows to equal :func:`price_rise`. It is offered for those who know it by this name.

    Parameters
    ----------
    flows
        Z, what column j buys of row i, shape (m, m), any one unit.
    output
        x, output in the same unit, positive, shape (m,).
    primary_rise
        :math:`\Delta v`, how much dearer primary inputs of each sector become, in the same unit, shape (m,).

    Returns
    -------
    ndarray
        Rise of each price as a share, shape (m,).

    Raises
    ------
    MethodError
        If shapes do not fit, an output is not positive or the table is not productive.

    References
    ----------
    .. [1] Dietzenbacher, E. (1997). In vindication of the Ghosh model: a reinterpretation as a price model.
       *Journal of Regional Science*, 37(4), 629.

    Examples
    --------
    The textbook's two sectors: the price model gives the same.

    >>> flows, made = np.array([[20.0, 10], [30, 40]]), np.array([100.0, 100])
    >>> ghosh_price(flows, made, [9.0, 0.0]).round(4).tolist()
    [0.12, 0.02]
    """
    z, x, dearer = (np.asarray(one, dtype=np.float64) for one in (flows, output, primary_rise))
    if z.shape != (len(x), len(x)) or dearer.shape != x.shape or not (x > 0).all():
        raise MethodError("flows, outputs and rises of the same sectors are expected, outputs above 0.")
    return np.asarray(dearer @ leontief_inverse(z / x[:, None]) / x)
