"""Imports of every material by importer, plain and weighted by instability, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.methods.governance import instability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.codes.groups import Importer
    from monazite.studies.world.flows import Flows

    Array = NDArray[np.float64]

UNSCORED = 0.5
"""What the published method takes for a country without a score."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Imports in t by code (row) and importer (column): plain, and weighted from least to most unstable.

    ``unscored`` is the part of the imports from partners without a score, ``without_mass_usd`` the value
    of flows of which no mass is recorded.
    """

    codes: tuple[str, ...]
    importers: tuple[Importer, ...]
    imports: Array
    low: Array
    high: Array
    unscored: Array
    without_mass_usd: Array

    def column(self, importer: Importer) -> int:
        """Place of an importer."""
        return self.importers.index(importer)


def summed(
    flows: Flows, importers: Sequence[Importer], scores: Mapping[str, float], *, published: bool = False
) -> Sums:
    """Sum flows over partners.

    Trade among the members of one importer is none. As published it counts as imports that weigh nothing.
    """
    column = {member: at for at, one in enumerate(importers) for member in one.members}
    into, codes = _places(flows.importer, column), tuple(sorted(set(flows.code.tolist())))
    among = into == _places(flows.exporter, column)
    counted = (into >= 0) & (published | ~among)
    row = _places(flows.code[counted], {code: at for at, code in enumerate(codes)})
    place, shape = row * len(importers) + into[counted], (len(codes), len(importers))
    mass, value, among = flows.mass_t[counted], flows.value_usd[counted], among[counted]
    known = ~np.isnan(mass)
    ends = [_weights(flows.exporter[counted], scores, end) for end in unscored_ends(published=published)]
    ends = [np.where(among, 0.0, end) for end in ends]
    plain = np.where(known, mass, 0.0)
    unscored = ~np.isin(flows.exporter[counted], list(scores)) & ~among

    def total(amounts: Array) -> Array:
        return np.asarray(np.bincount(place, amounts, shape[0] * shape[1]).reshape(shape), dtype=float)

    return Sums(
        codes,
        tuple(importers),
        total(plain),
        total(plain * ends[0]),
        total(plain * ends[1]),
        total(plain * unscored),
        total(np.where(known, 0.0, value)),
    )


def unscored_ends(*, published: bool) -> tuple[float, float]:
    """What a country without a score may be."""
    return (UNSCORED, UNSCORED) if published else (0.0, 1.0)


def _weights(countries: NDArray[np.object_], scores: Mapping[str, float], unscored: float) -> Array:
    """Instability of each country in a list."""
    names, at = np.unique(countries.astype(str), return_inverse=True)
    known = instability([scores.get(name, np.nan) for name in names])
    return np.asarray(np.where(np.isnan(known), unscored, known)[at])


def _places(names: NDArray[np.object_], place: Mapping[str, int]) -> NDArray[np.int64]:
    """Number of each name; −1 for one that has none."""
    known, at = np.unique(names.astype(str), return_inverse=True)
    return np.array([place.get(name, -1) for name in known], dtype=np.int64)[at]
