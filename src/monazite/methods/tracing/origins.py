r"""Where what a country consumes was produced, if every country mixes all it gets.

With production :math:`p`, flows :math:`z_{ij}` from j to i and supply :math:`x = p + Z 1`:

.. math::

    A = Z \,\mathrm{diag}(x)^{-1}, \quad R = (I - A)^{-1} \mathrm{diag}(p), \quad
    \bar R = \mathrm{diag}(c / x)\, R, \quad c_i = x_i - \sum_k z_{ki}

Equally, a tonne found in country i steps to supplier j with probability :math:`z_{ij}/x_i` and
ends at home, at its producer, with :math:`p_i/x_i`: an absorbing Markov chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.tracing._checked import NEGLIGIBLE, network
from monazite.methods.tracing.network import closed_loops

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from monazite.methods.tracing._checked import Array


@dataclass(frozen=True)
class Origins:
    """Who consumed how much, and where it was produced; any one unit, n countries.

    Attributes
    ----------
    consumption
        Shape (n,): production and imports less exports.
    origin
        Shape (n, n): at ``[i, j]`` what is consumed in i and was produced in j. Rows sum to
        consumption; what a country consumes of its own stands on the diagonal.
    """

    consumption: Array
    origin: Array


def trace_origins(production: ArrayLike, flows: ArrayLike) -> Origins:
    r"""Trace what each country consumes back to where it was produced, through all intermediaries.

    .. math:: \bar R = \mathrm{diag}(c/x)\,(I - Z\,\mathrm{diag}(x)^{-1})^{-1}\,\mathrm{diag}(p)

    with supply :math:`x = p + Z 1` and consumption :math:`c_i = x_i - \sum_k z_{ki}`. Every export
    carries the exporter's average mix of origins, which trade records can neither prove nor refute.

    Parameters
    ----------
    production
        What each country produces; shape (n,), any one unit, each at least 0. For mass the unit is
        t of contained element.
    flows
        What country i receives from country j at ``[i, j]``; shape (n, n), the same unit, each at
        least 0, 0 on the diagonal; mirror records reconciled.

    Returns
    -------
    Origins
        Consumption and its origins, in the same unit. A country without supply consumes nothing;
        what is left of a supply within a share of 1e-9 is rounding and counts as nothing.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a shape is wrong, a country supplies itself, a
        closed loop has no producer (its members are named), or a country exports more than it
        produces and receives.

    Notes
    -----
    The inverse is not formed. Countries are eliminated one after another, each pivot the sum of
    what is left of its row, so that nothing is ever subtracted and each entry is accurate however
    little production leaks into a loop. Only a loop with none at all has no answer, and is told.

    References
    ----------
    .. [1] Kastner, T., Kastner, M., Nonhebel, S. (2011). Tracing distant environmental impacts of
       agricultural products from a consumer perspective. *Ecological Economics*, 70.
    .. [2] Grassmann, W. K., Taksar, M. I., Heyman, D. P. (1985). Regenerative analysis and steady
       state distributions for Markov chains. *Operations Research*, 33.

    Examples
    --------
    A mines 100 and ships 60 to B, which mines nothing and ships 40 on to C, which mines 10. All
    that C imports comes from B, and from A:

    >>> traced = trace_origins([100, 0, 10], [[0, 0, 0], [60, 0, 0], [0, 40, 0]])
    >>> traced.consumption.tolist()
    [40.0, 20.0, 50.0]
    >>> traced.origin[2].tolist()
    [40.0, 0.0, 10.0]
    """
    used, mixes, _ = _traced(production, flows)
    return Origins(used, used[:, np.newaxis] * mixes)


def trace_imports(production: ArrayLike, flows: ArrayLike) -> Array:
    r"""Trace what each country imports, rather than what it consumes, back to where it was produced.

    .. math:: Z \,\mathrm{diag}(x)^{-1} R, \qquad R = (I - Z\,\mathrm{diag}(x)^{-1})^{-1}\,\mathrm{diag}(p)

    To set beside the flows themselves, supplier by supplier. It is there for net exporters too, which
    consume nothing where net exports stand for production.

    Parameters
    ----------
    production, flows
        As for :func:`trace_origins`; shapes (n,) and (n, n), one unit.

    Returns
    -------
    ndarray
        Shape (n, n), in that unit: at ``[i, j]`` what i imports and was produced in j, at least 0.
        Rows sum to imports. The diagonal is a country's own goods coming home.

    Raises
    ------
    MethodError
        As for :func:`trace_origins`.

    References
    ----------
    .. [1] Kastner, T., Kastner, M., Nonhebel, S. (2011). Tracing distant environmental impacts of
       agricultural products from a consumer perspective. *Ecological Economics*, 70.

    Examples
    --------
    A sends 60 to B, and B 40 of them to C; C's imports come from B at face value:

    >>> trace_imports([100, 0, 10], [[0, 0, 0], [60, 0, 0], [0, 40, 0]])[2].tolist()
    [40.0, 0.0, 0.0]
    """
    _, mixes, received = _traced(production, flows)
    return received @ mixes


def _traced(production: ArrayLike, flows: ArrayLike) -> tuple[Array, Array, Array]:
    """Consumption, mixes of origins in supply, and checked flows."""
    produced, received = network(production, flows)
    _refuse_loops(produced, received)
    supply = produced + received.sum(axis=1)
    used = _consumption(produced, supply, received.sum(axis=0))
    return used, _mixes(produced, received), received


def _consumption(produced: Array, supply: Array, exported: Array) -> Array:
    """What is left of each supply after exports; an error where that is less than nothing."""
    left = supply - exported
    short = left + NEGLIGIBLE * supply
    if (short < 0).any():
        first = int(short.argmin())
        told = f"country {first} exports {exported[first]:g} but has {supply[first]:g}"
        parts = f"{produced[first]:g} produced, {supply[first] - produced[first]:g} received"
        hint = "reconcile the mirror records first, or add unrecorded_supply to production"
        raise MethodError(f"{told} ({parts}); {hint}")
    return np.where(left > NEGLIGIBLE * supply, left, 0.0)


def _refuse_loops(produced: Array, received: Array) -> None:
    """Raise if goods circle among countries none of which produces."""
    if loops := closed_loops(produced, received):
        named = "; ".join(", ".join(map(str, members)) for members in loops)
        told = f"countries that take only from one another while none produces: {named}"
        hint = "what circles there has no origin; give their production or drop the flows"
        raise MethodError(f"{told}; {hint}")


def _mixes(produced: Array, received: Array) -> Array:
    """Shares of each origin in each country's supply, (n, n); rows of 0 where there is no supply."""
    n = produced.size
    makers = np.flatnonzero(produced)
    table = np.concatenate((received, np.diag(produced)[:, makers]), axis=1)
    for k in range(n):
        row = table[k, k + 1 :]
        if (pivot := row.sum()) > 0:
            row /= pivot
            table[k + 1 :, k + 1 :] += np.multiply.outer(table[k + 1 :, k], row)
    for k in reversed(range(n)):
        table[k, n:] += table[k, k + 1 : n] @ table[k + 1 : n, n:]
    mixes = np.zeros((n, n))
    mixes[:, makers] = table[:, n:]
    return mixes
