r"""Exposure to other countries' inputs, at face value and through all suppliers' suppliers.

An input–output table of several countries has one row and column for each industry of each
country. :math:`a_{ij}` is what industry j buys from industry i for each unit of its own output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ACCURACY = 1e-6
"""An inverse whose product with what it inverts misses 1 by more comes from a nearly singular table."""


@dataclass(frozen=True)
class Embedded:
    """Least and most of a material that a flow of goods holds.

    Attributes
    ----------
    low, high
        Of the shape of the flow, in its unit times the content's; low is at most high.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def leontief_inverse(a: ArrayLike) -> NDArray[np.float64]:
    r"""Output of each industry that one unit of final demand for each product takes, in all rounds.

    .. math:: L = (I - A)^{-1} = \sum_{k \ge 0} A^k

    Parameters
    ----------
    a
        Input coefficients, shape (m, m): what column j buys from row i for each unit of its output;
        shares of output, each at least 0.

    Returns
    -------
    ndarray
        Shape (m, m): output of i for each unit of final demand for j, at least 0, and at least 1 on
        the diagonal.

    Raises
    ------
    MethodError
        If a coefficient is negative or not finite, the shape is not square, or the table is not
        productive: some group of industries uses up all it makes, or so nearly that the inverse
        carries no accuracy.

    References
    ----------
    .. [1] Miller, R. E., Blair, P. D. (2009). *Input–Output Analysis: Foundations and Extensions*,
       2nd ed., section 2.3. Cambridge University Press.

    Examples
    --------
    The textbook's two industries [1]_, of outputs 1,000 and 2,000:

    >>> flows, output = np.array([[150.0, 500], [200, 100]]), np.array([1000.0, 2000])
    >>> leontief_inverse(flows / output).round(4).tolist()
    [[1.2541, 0.33], [0.264, 1.1221]]
    """
    coefficients = _square(a)
    identity = np.eye(len(coefficients))
    try:
        inverse = np.asarray(np.linalg.inv(identity - coefficients), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise MethodError(_UNPRODUCTIVE.format("no inverse")) from error
    missed = np.abs(inverse - coefficients @ inverse - identity).max(initial=0.0)
    least = inverse.min(initial=0.0)
    if not (missed <= ACCURACY and least >= -ACCURACY and (inverse.diagonal() >= 1 - ACCURACY).all()):
        raise MethodError(_UNPRODUCTIVE.format(f"an inverse with the entry {least:.3g}, {missed:.1g} off"))
    return np.maximum(inverse, 0.0)


_UNPRODUCTIVE = (
    "I − A has {}; a productive table has an inverse that is nowhere negative. "
    "Coefficients are inputs for each unit of output: see that A is flows divided by the output of the column"
)


def face_value_exposure(a: ArrayLike, country_of_row: ArrayLike) -> NDArray[np.float64]:
    r"""Share of each country in what each industry buys directly.

    .. math:: F_{oj} = \sum_{i \in o} a_{ij} \Big/ \sum_i a_{ij}

    Parameters
    ----------
    a
        Input coefficients or flows, shape (m, m), any one unit for each column, each at least 0.
    country_of_row
        Number of the country of each row, shape (m,), 0 to n − 1.

    Returns
    -------
    ndarray
        Shape (n, m): shares in [0, 1] that sum to 1 over countries. NaN for an industry that buys
        nothing: it has no exposure, not one of 0.

    Raises
    ------
    MethodError
        If a coefficient is negative or not finite, the shape is not square, or the countries are not
        whole numbers from 0, one for each row.

    References
    ----------
    .. [1] Baldwin, R., Freeman, R., Theodorakopoulos, A. (2023). Hidden exposure: measuring US supply
       chain reliance. *Brookings Papers on Economic Activity*, Fall 2023, 79–167.

    Examples
    --------
    Industry 0 is at home and buys 0.3 at home, 0.1 abroad:

    >>> face_value_exposure([[0.3, 0.2], [0.1, 0.6]], [0, 1])[:, 0].round(6).tolist()
    [0.75, 0.25]
    """
    return _shares_by_country(_square(a), country_of_row)


def lookthrough_exposure(a: ArrayLike, country_of_row: ArrayLike) -> NDArray[np.float64]:
    r"""Share of each country in what each industry uses directly and through all its suppliers.

    .. math:: T_{oj} = \sum_{i \in o} (L - I)_{ij} \Big/ \sum_i (L - I)_{ij}, \qquad L = (I - A)^{-1}

    Gross production is counted: a thing that passes three industries counts in each.

    Parameters
    ----------
    a
        Input coefficients, shape (m, m), shares of the column's output, each at least 0.
    country_of_row
        Number of the country of each row, shape (m,), 0 to n − 1.

    Returns
    -------
    ndarray
        Shape (n, m): shares in [0, 1] that sum to 1 over countries; NaN for an industry that buys
        nothing.

    Raises
    ------
    MethodError
        As for :func:`leontief_inverse` and :func:`face_value_exposure`.

    References
    ----------
    .. [1] Baldwin, R., Freeman, R., Theodorakopoulos, A. (2023). Hidden exposure: measuring US supply
       chain reliance. *Brookings Papers on Economic Activity*, Fall 2023, 79–167.

    Examples
    --------
    Industry 0 buys from 1 alone, in its own country; 1 buys from 2, abroad. At face value nothing
    comes from abroad:

    >>> chain = [[0, 0, 0], [0.5, 0, 0], [0, 0.5, 0]]
    >>> face_value_exposure(chain, [0, 0, 1])[:, 0].tolist()
    [1.0, 0.0]
    >>> lookthrough_exposure(chain, [0, 0, 1])[:, 0].round(4).tolist()
    [0.6667, 0.3333]
    """
    coefficients = _square(a)
    rounds = coefficients @ leontief_inverse(coefficients)  # L − I, without the difference
    return _shares_by_country(rounds, country_of_row)


def embedded_content(flow: ArrayLike, content_low: ArrayLike, content_high: ArrayLike) -> Embedded:
    r"""How much of a material comes inside goods, between the least and the most they may hold.

    .. math:: [\,f \cdot k_{low},\; f \cdot k_{high}\,]

    Magnets in motors: the code says how many tonnes of motors came, not which held magnets.

    Parameters
    ----------
    flow
        Goods; any shape, any unit (t, dollars, number), each at least 0.
    content_low, content_high
        Least and most of the material for each unit of the goods (a share for t in t), at least 0; of
        the flow's shape or one number for all.

    Returns
    -------
    Embedded
        Bounds of the flow's shape.

    Raises
    ------
    MethodError
        If a number is negative or not finite, a low content exceeds its high one, or shapes do not
        match.

    References
    ----------
    .. [1] Arithmetic of intervals, as in :mod:`monazite.methods.interval`; contents come with their own
       source.

    Examples
    --------
    Motors of 200 t, of which magnets are between 2 and 5 percent:

    >>> held = embedded_content(200, 0.02, 0.05)
    >>> float(held.low), float(held.high)
    (4.0, 10.0)
    """
    given = [np.asarray(one, dtype=np.float64) for one in (flow, content_low, content_high)]
    for one, name in zip(given, ("flow", "lowest content", "highest content"), strict=True):
        if not (np.isfinite(one) & (one >= 0)).all():
            raise MethodError(f"{name} is {one}; each is finite and at least 0")
    goods, low, high = given
    if any(one.shape not in {(), goods.shape} for one in (low, high)):
        raise MethodError(f"contents of shapes {low.shape} and {high.shape} for flows of {goods.shape}")
    if (low > high).any():
        raise MethodError(f"lowest content {low} exceeds highest content {high}")
    return Embedded(goods * low, goods * high)


def _square(a: ArrayLike) -> NDArray[np.float64]:
    """Coefficients (m, m), each finite and at least 0."""
    found = np.asarray(a, dtype=np.float64)
    if found.ndim != 2 or found.shape[0] != found.shape[1]:  # noqa: PLR2004 - rows and columns
        raise MethodError(f"input coefficients have the shape (m, m), found {found.shape}")
    if (wrong := ~(np.isfinite(found) & (found >= 0))).any():
        row, column = np.argwhere(wrong)[0].tolist()
        told = f"coefficient ({row}, {column}) is {found[row, column]:g}"
        raise MethodError(f"{told}; each is finite and at least 0")
    return found


def _shares_by_country(used: NDArray[np.float64], country_of_row: ArrayLike) -> NDArray[np.float64]:
    """Column shares of the rows of each country, (n, m)."""
    country = np.asarray(country_of_row)
    if country.shape != (len(used),) or country.dtype.kind not in "iu" or (country < 0).any():
        told = f"{country.dtype} of shape {country.shape}"
        raise MethodError(f"country_of_row is a number from 0 for each of {len(used)} rows, found {told}")
    total = np.zeros((int(country.max(initial=-1)) + 1, used.shape[1]))
    np.add.at(total, country, used)
    whole = used.sum(axis=0)
    return np.where(whole > 0, total / np.where(whole > 0, whole, 1.0), np.nan)
