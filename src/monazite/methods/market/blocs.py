"""A cut aimed at some importers: two prices, re-routing, leakage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods.market._bisection import within
from monazite.methods.market.equilibrium import equilibrium

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.market.equilibrium import Market

    Array = NDArray[np.float64]

TINY = 1e-9
ROUNDING = 1e-9


class Blocs(NamedTuple):
    """Two blocs of importers after a cut.

    Attributes
    ----------
    hit, spared
        Markets of those the cut is aimed at and of the others; shares and multiples of their own
        quantity and price before.
    diverted
        What other producers send to the first instead of the second, as a share of all that was sold
        before.
    """

    hit: Market
    spared: Market
    diverted: Array


def two_blocs(  # noqa: PLR0913 - the numbers of two markets, by name
    cut: ArrayLike,
    share: ArrayLike,
    demand: ArrayLike,
    supply: ArrayLike,
    *,
    capacity: ArrayLike = np.inf,
    cut_hit: ArrayLike | None = None,
    leaked: ArrayLike = 0.0,
    redirected: ArrayLike = 0.0,
    divertible: ArrayLike = 1.0,
) -> Blocs:
    r"""Markets of the importers a cut is aimed at and of the others.

    Who cuts sold s of all, :math:`s_A` of what the first bloc buys, :math:`\beta` of the market, and
    :math:`s_B` of what the second does; of its sales to the first a share :math:`\ell` still arrives
    through third countries and a share :math:`\rho` of the rest is sold to the second. Other producers
    move x from the second bloc to the first, at most a share :math:`\mu` of what they sold to the
    second, until prices are equal:

    .. math::
        \beta P_A^{-\varepsilon_d} &= s_A \beta \ell
            + (1-s_A)\beta \min\{P_A^{\varepsilon_s}, \kappa\} + x \\
        (1-\beta) P_B^{-\varepsilon_d} &= s_B (1-\beta) + s_A \beta (1-\ell) \rho
            + (1-s_B)(1-\beta) \min\{P_B^{\varepsilon_s}, \kappa\} - x

    where :math:`\kappa = K/(1-s)` is how far the others can go beyond what they make.

    Parameters
    ----------
    cut
        s, share of the quantity before that comes from who cuts, in [0, 1].
    share
        :math:`\beta`, share of the importers it is aimed at, at least 1e-9 and at most 1 − 1e-9.
    demand, supply
        Price elasticities as in :func:`.equilibrium`.
    capacity
        K, all that the other producers can make, as a share of the quantity before; at least 1 − s.
    cut_hit
        :math:`s_A`, in [0, 1] and at most :math:`s/\beta`; s unless given.
    leaked, redirected, divertible
        :math:`\ell`, :math:`\rho` and :math:`\mu`, shares in [0, 1].

    Returns
    -------
    Blocs
        Both markets and x (a share of the quantity before). The price in the first is never below
        that in the second.

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    .. [1] Our derivation from the market of :func:`.slack_price`; the arbitrage condition is that of
       Samuelson, P. A. (1952). Spatial price equilibrium and linear programming. *American Economic
       Review*, 42(3), 283.

    Examples
    --------
    Half of the supply is withheld from a fifth of the market and sold to the rest; where other
    producers may move, nothing changes, and where they may not, the price rises fourfold:

    >>> two_blocs(0.5, 0.2, 0.3, 0.2, redirected=1.0).hit.price.round(6).tolist()
    1.0
    >>> two_blocs(0.5, 0.2, 0.3, 0.2, redirected=1.0, divertible=0.0).hit.price.round(6).tolist()
    4.0
    """
    s, first, beta, elastic, steep, most, leak, resold, moves = np.broadcast_arrays(
        within(cut, "a cut", 0.0, 1.0),
        within(cut if cut_hit is None else cut_hit, "a cut", 0.0, 1.0),
        within(share, "a share of the market", TINY, 1.0 - TINY),
        within(demand, "an elasticity of demand", 0.0, above=True),
        within(supply, "an elasticity of supply", 0.0),
        within(capacity, "a capacity", 0.0),
        within(leaked, "a share leaked", 0.0, 1.0),
        within(redirected, "a share redirected", 0.0, 1.0),
        within(divertible, "a share divertible", 0.0, 1.0),
    )
    second = _second(s, first, beta)
    others = np.where(s < 1.0, 1.0 - s, 1.0)
    beyond = np.maximum(most / others, 1.0)
    resale = first * beta * (1.0 - leak) * resold / (1.0 - beta)

    fixed = first * beta * leak + (second + resale) * (1.0 - beta)
    free = equilibrium(s, elastic, steep, capacity=(1.0 - s) * beyond, extra=fixed)
    made = (1.0 - first) * np.minimum(free.price**steep, beyond)
    wanted = np.where(s < 1.0, beta * (free.quantity - made - first * leak), 0.0)
    moved = np.clip(wanted, 0.0, moves * (1.0 - second) * (1.0 - beta))
    most_hit, most_spared = (1.0 - first) * beyond, (1.0 - second) * beyond
    left = resale - moved / (1.0 - beta)
    hit = equilibrium(first, elastic, steep, capacity=most_hit, delivered=leak, extra=moved / beta)
    spared = equilibrium(second, elastic, steep, capacity=most_spared, delivered=1.0, extra=left)
    return Blocs(hit, spared, moved)


def _second(s: Array, first: Array, beta: Array) -> Array:
    """What the second bloc buys from who cuts, so that both together buy s."""
    second = (s - beta * first) / (1.0 - beta)
    bad = (second < -ROUNDING) | (second > 1.0 + ROUNDING)
    if bad.any():
        told = f"{first[bad].flat[0]:g} of {beta[bad].flat[0]:g} of the market"
        raise MethodError(f"a cut of {told} does not fit in one of {s[bad].flat[0]:g} of all.")
    return np.clip(second, 0.0, 1.0)
