r"""Origins through several stages: who mined what was refined into what is consumed.

A refinery's input is what its country consumes of the stage before. So the mix of mines in that
consumption is handed to what the country refines, and traced on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.tracing.origins import trace_origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from monazite.methods.tracing._checked import Array
    from monazite.methods.tracing.origins import Origins


@dataclass(frozen=True)
class Stage:
    """One stage of a chain: what is made of it where, and what is traded; n countries.

    Attributes
    ----------
    production
        Output of the stage in each country, shape (n,); contained element, as ore or as metal.
    flows
        What country i receives from j at ``[i, j]``, shape (n, n), in the unit of production.
    """

    production: ArrayLike
    flows: ArrayLike


@dataclass(frozen=True)
class StagedOrigins:
    """Consumption of the last stage by where that stage, and where the first, took place.

    Attributes
    ----------
    last
        Origins at the last stage, say where it was refined; its consumption sums the rows of all.
    first
        Shape (n, n): at ``[i, j]`` what is consumed in i and began in j, say was mined there.
    unknown
        Shape (n,): consumed in i and made in countries with no recorded input.
    """

    last: Origins
    first: Array
    unknown: Array


def trace_stages(stages: Sequence[Stage]) -> StagedOrigins:
    r"""Trace consumption of a chain's last stage to the places of its last and of its first stage.

    .. math:: F^{(k)} = \bar R^{(k)} \,\mathrm{diag}(c^{(k-1)})^{-1} F^{(k-1)}, \qquad F^{(1)} = \bar R^{(1)}

    with :math:`\bar R^{(k)}` and :math:`c^{(k)}` of :func:`~monazite.methods.tracing.trace_origins`
    at stage k.

    Parameters
    ----------
    stages
        From the first (mining) to the last, at least one, all of the same n countries. Amounts of
        a stage share one unit: t of contained element where a stage lumps goods of different
        content, for which gross mass would add unlike things.

    Returns
    -------
    StagedOrigins
        In the unit of the last stage. Rows of ``first`` and ``unknown`` together sum to consumption.

    Raises
    ------
    MethodError
        If there is no stage, the stages differ in their number of countries, or a stage cannot be
        traced (the stage is named).

    Notes
    -----
    Shares are handed on, not tonnes. What a refinery loses, adds to stocks or gains from scrap
    changes the amount between stages and not the mix: all origins are taken to be lost alike.
    Output of a country with no recorded input of the stage before has no known beginning; it is
    kept apart as ``unknown``, not spread over the known.

    References
    ----------
    .. [1] Kastner, T., Kastner, M., Nonhebel, S. (2011). Tracing distant environmental impacts of
       agricultural products from a consumer perspective. *Ecological Economics*, 70.

    Examples
    --------
    Country 0 mines 90 and ships all to 1, which mines 10 and refines 80 of the 100; 2 buys 50:

    >>> mined = Stage([90, 10, 0], [[0, 0, 0], [90, 0, 0], [0, 0, 0]])
    >>> refined = Stage([0, 80, 0], [[0, 0, 0], [0, 0, 0], [0, 50, 0]])
    >>> traced = trace_stages([mined, refined])
    >>> traced.last.origin[2].tolist()
    [0.0, 50.0, 0.0]
    >>> traced.first[2].tolist()
    [45.0, 5.0, 0.0]
    """
    if not stages:
        raise MethodError("no stage is given; a chain has at least one")
    traced = [_traced(stage, place) for place, stage in enumerate(stages)]
    if len(sizes := {one.consumption.size for one in traced}) > 1:
        raise MethodError(f"stages of {sorted(sizes)} countries; every stage is of the same countries")
    last = traced[0]
    first, unknown = last.origin, np.zeros(last.consumption.size)
    for one in traced[1:]:
        known = last.consumption > 0
        used = np.where(known, last.consumption, 1.0)
        first = one.origin @ (first / used[:, np.newaxis])
        unknown = one.origin @ np.where(known, unknown / used, 1.0)
        last = one
    return StagedOrigins(last, first, unknown)


def _traced(stage: Stage, place: int) -> Origins:
    """Origins within a stage; an error says which stage it was."""
    try:
        return trace_origins(stage.production, stage.flows)
    except MethodError as error:
        raise MethodError(f"stage {place}: {error}") from error
