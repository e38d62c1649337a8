"""Scores of every importer at once, by the published convention: for maps, rankings and comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.codes.geopolrisk_codes import geopolrisk_codes
from monazite.codes.groups import Importer
from monazite.errors import DataMissingError
from monazite.methods.geopolrisk import geopolrisk_scores
from monazite.studies.geopolrisk.bounds import GAS
from monazite.studies.geopolrisk.rows import partner_name
from monazite.studies.geopolrisk.scored import MILLION
from monazite.studies.geopolrisk.sums import summed
from monazite.studies.geopolrisk.supply import concentration, production_of
from monazite.studies.world import held
from monazite.studies.world.flows import world_flows
from monazite.studies.world.governance import political_stability
from monazite.studies.world.production import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.store.home import Store
    from monazite.studies.world.production import Production


@dataclass(frozen=True, slots=True)
class Matrix:
    """Scores by material (row) and importer (column), in 0-1; NaN where there is no trade or production.

    As published: dead codes and ores score as they are. :func:`monazite.studies.geopolrisk.geopolrisk`
    says which of them mean nothing.
    """

    materials: tuple[str, ...]
    importers: tuple[str, ...]
    scores: NDArray[np.float64]


def score_matrix(year: int, store: Store | Path | str | None = None) -> Matrix:
    """Scores of all materials and importers in a year.

    Raises
    ------
    DataMissingError
        If there is no trade for the year, or no production of any material.

    Examples
    --------
    >>> found = score_matrix(2024, "nowhere")
    >>> len(found.importers) > 200, bool(0 < np.nanmax(found.scores) < 1)
    (True, True)
    """
    place = held(store)
    rows = geopolrisk_codes()
    flows = world_flows(sorted({code for one in rows for code in one.codes}), [year], place)
    countries = tuple(sorted(set(flows.importer.tolist())))
    buyers = [Importer(one, partner_name(one), (one,)) for one in countries]
    sums = summed(flows, buyers, political_stability(year, place).scores, published=True)
    loaded = compiled(year, place)
    known = {one: found for one in rows if (found := _production(one, year, place, loaded))}
    if not known:
        raise DataMissingError(
            f"no production by country in {year}; load World Mining Data: monazite load FILE"
        )
    places = [[sums.codes.index(code) for code in one.codes if code in sums.codes] for one in known]
    weighted, imports = (
        np.array([table[at].sum(axis=0) for at in places]) for table in (sums.high, sums.imports)
    )
    made = [one.amounts() for one in known.values()]
    scores = geopolrisk_scores(
        [concentration(each, one.rest).high for each, one in zip(made, known.values(), strict=True)],
        np.minimum(weighted, imports),
        imports,
        [
            [each.get(country, 0.0) / (MILLION if one.unit == GAS else 1) for country in countries]
            for each, one in zip(made, known.values(), strict=True)
        ],
    )
    return Matrix(tuple(one.name for one in known), countries, scores)


def _production(
    row: GeoPolRiskCode, year: int, store: Store, loaded: Mapping[str, list[dict[str, Any]]]
) -> Production | None:
    """Production of a material by country; none where none is known."""
    try:
        found = production_of(row, year, store, loaded)
    except DataMissingError:
        return None
    return found if found.amounts() else None
