"""Goods that stop coming straight from their origin and start coming through somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.tracing._checked import Array

LEAST = 0.1
"""An alarm is raised from a detour of a tenth of the former direct flow (source: U, a judgement)."""


@dataclass(frozen=True)
class Alarms:
    """Detours around a falling direct flow, for each year and country on the way.

    Attributes
    ----------
    fall
        Shape (years,): by how much the direct flow fell, in its unit, at least 0.
    covered
        Shape (years, n): share of that fall which the rise through each country makes up, in
        [0, 1]; 0 where nothing fell.
    score
        Shape (years, n): the detour as a share of the former direct flow, in [0, 1].
    alarm
        Shape (years, n): True where the score is high and the country does not produce.

    All are NaN, and no alarm, in years that have no full window before or after.
    """

    fall: Array
    covered: Array
    score: Array
    alarm: NDArray[np.bool_]


def transshipment_alarms(  # noqa: PLR0913 - three flows of a triangle, and three ways to read them
    direct: ArrayLike,
    through: ArrayLike,
    produces: ArrayLike,
    *,
    into: ArrayLike | None = None,
    window: int = 1,
    least: float = LEAST,
) -> Alarms:
    r"""Find countries that take over a falling direct flow without producing the good.

    The triangle test: from origin o to importer i the flow falls, from o into country h and from h
    to i it rises, and h does not produce.

    .. math:: s_{th} = \frac{\min(-\Delta z_{io},\; \Delta z_{ih},\; \Delta z_{ho})}{z_{io}}, \quad
        \Delta z = \mathrm{mean}(z_t, \dots, z_{t+w-1}) - \mathrm{mean}(z_{t-w}, \dots, z_{t-1})

    with negative terms counted as 0 and :math:`z_{io}` the mean before.

    Parameters
    ----------
    direct
        What the importer received from the origin in each year; shape (years,), any one unit, each
        at least 0, in order of time.
    through
        What the importer received from each of n other countries; shape (years, n), the same unit.
    produces
        Whether each of them produces the good; shape (n,).
    into
        What each of them received from the origin; shape (years, n), the same unit. Left out, the
        first leg is not tested and the alarm is weaker.
    window
        How many years before and after are averaged, at least 1. Years after count from the year of
        the alarm on.
    least
        The score from which an alarm is raised, a share in (0, 1].

    Returns
    -------
    Alarms
        The fall in the unit given; the others are shares.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, shapes do not match, or window or least is out of
        its range.

    References
    ----------
    .. [1] The triangle test of rerouting: direct flow down, both legs of the detour up, nobody there
       producing. A convention; the threshold is a judgement (source: U).

    Examples
    --------
    The direct flow falls from 100 to 20 in the third year; of two countries that begin to ship, one
    mines the good itself:

    >>> found = transshipment_alarms([100, 100, 20], [[0, 5], [0, 5], [60, 45]], [False, True])
    >>> found.alarm[2].tolist(), found.covered[2].tolist()
    ([True, False], [0.75, 0.5])
    """
    if window < 1 or not 0 < least <= 1:
        raise MethodError(f"window is {window} and least {least}; at least 1 year, and a share above 0")
    straight = vector(direct, "direct flow")
    makes = np.asarray(produces, dtype=bool)
    shape = (straight.size, makes.size)
    legs = [_leg(through, "through", shape)] + ([] if into is None else [_leg(into, "into", shape)])
    before, change = _change(straight, window)
    fall = np.maximum(0.0, -change)
    rise = np.min([np.maximum(0.0, _change(leg, window)[1]) for leg in legs], axis=0)
    detour = np.minimum(rise, fall[:, np.newaxis])
    covered, score = (detour / np.where(part > 0, part, 1.0)[:, np.newaxis] for part in (fall, before))
    return Alarms(fall, covered, score, ~makes & (score >= least))


def _leg(flows: ArrayLike, name: str, shape: tuple[int, int]) -> Array:
    """Flows of each year and country, each finite and at least 0."""
    found = np.asarray(flows, dtype=np.float64)
    if found.shape != shape:
        raise MethodError(f"flows {name} have the shape (years, n) {shape}, found {found.shape}")
    vector(found.ravel(), f"flow {name}")
    return found


def _change(series: Array, window: int) -> tuple[Array, Array]:
    """Mean of the years before each year, and what the mean of the years from it on adds to that."""
    before, change = np.full_like(series, np.nan), np.full_like(series, np.nan)
    for year in range(window, len(series) - window + 1):
        before[year] = series[year - window : year].mean(axis=0)
        change[year] = series[year : year + window].mean(axis=0) - before[year]
    return before, change
