"""An economy without a sector: the most its end could cost, as nothing takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.inputoutput.quantities import output

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def hypothetical_extraction(
    a: ArrayLike, final: ArrayLike, extracted: ArrayLike, value_added: ArrayLike
) -> NDArray[np.float64]:
    r"""Value added that is lost in every sector if some sectors were not there.

    .. math:: \Delta = \hat v (x - x^*), \qquad x^* = (I - A^*)^{-1} f^*

    where rows and columns of the extracted sectors, and the final demand for them, are nothing in
    :math:`A^*` and :math:`f^*`. It is an upper bound: nobody imports, substitutes or saves.

    Parameters
    ----------
    a
        Input coefficients, shape (m, m), each at least 0.
    final
        f, final demand for each product in any one unit, shape (m,).
    extracted
        Which sectors are taken out, booleans of shape (m,).
    value_added
        v, value added per unit of output, shape (m,).

    Returns
    -------
    ndarray
        Shape (m,), in the unit of the final demand; their sum is the loss.

    Raises
    ------
    MethodError
        If shapes do not fit or the table is not productive.

    References
    ----------
    .. [1] Miller, R. E., Blair, P. D. (2009). *Input–Output Analysis: Foundations and Extensions*,
       2nd ed., section 12.2.6: hypothetical extraction. Cambridge University Press.

    Examples
    --------
    Without the first sector the second still sells 200 to final buyers, which takes 333.3:

    >>> lost = hypothetical_extraction([[0.2, 0.1], [0.3, 0.4]], [100, 200], [True, False], [0.5, 0.5])
    >>> lost.round(4).tolist()
    [88.8889, 44.4444]
    """
    coefficients, wanted = (np.asarray(one, dtype=np.float64) for one in (a, final))
    out, added = np.asarray(extracted, dtype=bool), np.asarray(value_added, dtype=np.float64)
    if not out.shape == wanted.shape == added.shape == coefficients.shape[:1]:
        raise MethodError(f"sectors: {len(coefficients)}, {wanted.shape}, {out.shape}, {added.shape} differ.")
    left = np.where(out[:, None] | out[None, :], 0.0, coefficients)
    before, after = output(coefficients, wanted), output(left, np.where(out, 0.0, wanted))
    return np.asarray(added * (before - after))
