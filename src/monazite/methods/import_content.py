"""Import content: what is imported to make a product, by the maker and by all its domestic suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def import_content(imported: ArrayLike, requirements: ArrayLike) -> NDArray[np.float64]:
    r"""Imported inputs behind each unit of final use, in the maker and in its domestic suppliers.

    .. math:: C = A^M R, \qquad R = (I - A^D)^{-1}

    Its column sums are the share of vertical specialisation of Hummels, Ishii and Yi [1]_: the value of
    imports that is embodied in one dollar of a product.

    Parameters
    ----------
    imported
        :math:`A^M`: imported commodity in the row, per unit of output of the industry in the column;
        shape (n_commodities, n_industries), USD per USD, each at least 0.
    requirements
        :math:`R`: output of the domestic industry in the row that a unit of final use of the product in
        the column needs, directly and indirectly; shape (n_industries, n_products), USD per USD.

    Returns
    -------
    numpy.ndarray
        Imported commodity in the row, per unit of final use of the product in the column; shape
        (n_commodities, n_products), USD per USD.

    Raises
    ------
    MethodError
        If a figure is negative or NaN, or the industries of the two differ in number.

    References
    ----------
    .. [1] Hummels, D., Ishii, J., & Yi, K.-M. (2001). The nature and growth of vertical specialization in
       world trade. *Journal of International Economics*, 54(1), 75-96.

    Examples
    --------
    An industry that imports 10 cents a dollar itself, and buys 50 cents from one that imports 20:

    >>> import_content([[0.1, 0.2]], [[1.0, 0.0], [0.5, 1.0]]).round(3)
    array([[0.2, 0.2]])
    """
    bought, needed = np.asarray(imported, dtype=float), np.asarray(requirements, dtype=float)
    if bought.ndim != 2 or needed.ndim != 2 or bought.shape[1] != needed.shape[0]:  # noqa: PLR2004 - matrices
        raise MethodError(f"imports by industry {bought.shape} do not fit requirements {needed.shape}.")
    for name, matrix in (("imported inputs", bought), ("requirements", needed)):
        if (wrong := matrix[~(matrix >= 0)]).size:
            raise MethodError(f"{name}: found {wrong[0]:g}; each must be at least 0.")
    return np.asarray(bought @ needed)
