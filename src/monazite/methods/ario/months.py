"""One month after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from monazite.methods.ario.economy import Economy
    from monazite.methods.ario.materials import Materials
    from monazite.methods.ario.pace import Pace

    Array = NDArray[np.float64]

SCARCE = 1e-9
"""A smaller share of demand unmet is a matter of rounding and makes nobody produce more."""


class Month(NamedTuple):
    """What happened in a month, for each draw.

    Attributes
    ----------
    output
        Of each industry, as a multiple of normal; shape (n, m).
    served
        Share of what was asked of each industry that its users got; shape (n, m), in [0, 1].
    inventory
        What each industry (last axis) holds of the product of each (axis before it) at the end of the month,
        in months of normal use; shape (n, m, m); infinite where it uses none. Changed by the next month.
    ordered
        What is asked for in the next month, in months of normal use; shape (n, m, m). Changed by the next.
    given, used, stock
        Of each material, by industry, in months of its normal need; shape (n, m, k). What arrives and nobody
        asks for is not given.
    """

    output: NDArray[np.float64]
    served: NDArray[np.float64]
    inventory: NDArray[np.float64]
    ordered: NDArray[np.float64]
    given: NDArray[np.float64]
    used: NDArray[np.float64]
    stock: NDArray[np.float64]


def months(economy: Economy, materials: Materials, lost: Array, pace: Pace) -> Iterator[Month]:
    r"""Each month in turn.

    .. math:: x_j = \min\Big\{ & x_j^{opt},\; \min_i \frac{\Omega_{ij}}{\max(\psi n, 1)\, A_{ij}}, \\
        & \min_q \big[(1 - \delta_{jq}) x_j^{opt} + \delta_{jq} \min(x_j^{opt}, r_{jq} \bar x_j)\big] \Big\}

    The other equations stand in :mod:`monazite.methods.ario`.

    Parameters
    ----------
    economy
        A normal month of m industries.
    materials
        k restricted materials in n draws over T months.
    lost
        Share of capacity lost; shape (n, T, m), in [0, 1].
    pace
        How fast industries react.

    Returns
    -------
    iterator of Month
        T of them; shares and months of normal use. Inventories and orders are the same arrays every month:
        copy what is to be kept.

    References
    ----------
    .. [1] BoARIO, Mathematical background, https://spjuhel.github.io/BoARIO/boario-math.html.

    Examples
    --------
    >>> from monazite.methods.ario.economy import economy
    >>> from monazite.methods.ario.materials import materials
    >>> from monazite.methods.ario.pace import Pace
    >>> cut = materials([[[0.5], [0.5]]], [[1.0]], [[1.0]], [[0.5]], 1)
    >>> found = months(economy([[0.0]], [1.0]), cut, np.zeros((1, 2, 1)), Pace())
    >>> [month.output.item() for month in found]
    [1.0, 0.5]
    """
    count, horizon, industries = lost.shape
    inventory = np.repeat(np.where(economy.flows > 0, pace.months, np.inf)[None], count, axis=0)
    ordered, asked_in_all = np.ones_like(inventory), np.empty_like(inventory)
    stock = np.repeat(materials.cover[:, None, :], industries, axis=1)
    alpha = np.ones((count, industries))
    for month in range(horizon):
        np.multiply(ordered, economy.flows, out=asked_in_all)
        asked = asked_in_all.sum(axis=2) + economy.final
        elsewhere = economy.from_elsewhere(asked)
        demand = economy.relative(asked - elsewhere)
        best = np.minimum(demand, alpha * (1 - lost[:, month]))
        given = materials.given(materials.asked(best, stock, pace.refill), month)
        output, used = _make(best, inventory, stock + given, materials, pace)
        stock = stock + given - used
        served = _served(output * economy.output + elsewhere, asked)
        _move(inventory, ordered, served, output)
        _order(inventory, ordered, output, best, pace)
        alpha = _overproduce(alpha, demand, output, pace)
        yield Month(output, served, inventory, ordered, given, used, stock)


def _make(
    best: Array, inventory: Array, held: Array, materials: Materials, pace: Pace
) -> tuple[Array, Array]:
    """Output, and what it uses of each material; the parts of an industry shrink alike."""
    part, allowed = materials.made(best, held)
    output = np.minimum(best, inventory.min(axis=1) / pace.least)
    output = np.minimum(output, allowed.min(axis=2, initial=np.inf))
    shrunk = np.divide(output[:, :, None], allowed, out=np.zeros_like(allowed), where=allowed > 0)
    return output, part * np.minimum(shrunk, 1)


def _served(there_is: Array, asked: Array) -> Array:
    """Share of what is asked that users get: all alike."""
    return np.divide(there_is, asked, out=np.ones_like(asked), where=asked > there_is)


def _move(inventory: Array, ordered: Array, served: Array, output: Array) -> None:
    """Deliver into inventories and use from them."""
    ordered *= served[:, :, None]
    inventory += ordered
    inventory -= output[:, None, :]
    np.maximum(inventory, 0, out=inventory)  # rounding, where the last is used


def _order(inventory: Array, ordered: Array, output: Array, best: Array, pace: Pace) -> None:
    """Order what was used, and a part of what is missing."""
    np.subtract(pace.months * best[:, None, :], inventory, out=ordered)
    np.maximum(ordered, 0, out=ordered)
    ordered *= pace.refill
    ordered += output[:, None, :]


def _overproduce(alpha: Array, demand: Array, output: Array, pace: Pace) -> Array:
    """Grow with scarcity, else go back."""
    scarcity = np.divide(demand - output, demand, out=np.zeros_like(demand), where=demand > 0)
    scarce = scarcity > SCARCE
    step = np.where(scarce, (pace.alpha_max - alpha) * scarcity, 1 - alpha)
    return np.asarray(alpha + pace.adapt * step)
