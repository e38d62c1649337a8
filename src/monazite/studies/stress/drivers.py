"""Which inputs drive the spread: variance-based sensitivity of those that go with the loss most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.methods.simulation import sensitivity_indices, sensitivity_points
from monazite.studies.stress import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from monazite.studies.stress.model import Model

    Array = NDArray[np.float64]

BASES, EVALUATIONS, SCREENED = (64, 512), 65_536, 30
"""Fewest and most base points of the sensitivity, markets it should solve at most, and of how many inputs it
tells: those whose draws go with the loss most."""


def drivers(gathered: Model, points: Array, seed: int, *, counted: bool) -> list[dict[str, Any]]:
    """Which inputs drive the spread of the loss: those that go with it in the draws, then in earnest.

    Where no loss is ``counted`` it is the spread of the mean shortage; of what never moves nothing is told.
    """
    inputs = gathered.inputs.uncertain
    if not inputs:
        return []
    some = points[: 2 * BASES[1]]
    moved = gathered.total(some, loss=counted)
    if not np.ptp(moved):
        return []
    with np.errstate(invalid="ignore", divide="ignore"):
        related = np.nan_to_num(np.corrcoef(some.T, moved)[-1, :-1])
    chosen = np.sort(np.argsort(-np.abs(related), kind="stable")[:SCREENED])
    base = max(min(EVALUATIONS // len(gathered.subjects) // (len(chosen) + 2), BASES[1]), BASES[0])
    evaluated = gathered.total(sensitivity_points(base, len(inputs), seed, chosen=chosen), loss=counted)
    return rows.drivers([inputs[at] for at in chosen], sensitivity_indices(evaluated, len(chosen)))
