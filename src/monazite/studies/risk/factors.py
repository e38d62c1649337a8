"""Recycling, substitution and reliance of the European Union's results, where the user gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.materials import material
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.studies.eu_list.reading import Result

STAGES = {"E": ("IR_primary",), "P": ("IR_refined",), "": ("IR_primary", "IR_refined")}
"""The reliance that counts where the supply risk is that of extraction, of processing, or of either."""

UNIONS = ("EU27", "EU28")


class Factors(NamedTuple):
    """Recycling input rate, substitution index, and the Union's reliance between two ends, if it is given."""

    recycling: float
    substitution: float
    reliance: tuple[float, float] | None


def eu_factors(path: Path, importer: str) -> dict[str, Factors]:
    """Factors by material id, of the rows that have recycling and substitution; of two rows the riskier.

    The reliance in the file is the Union's: another importer is not given it.
    """
    from monazite.studies.eu_list.reading import results  # noqa: PLC0415 - only who gives the file reads it

    found: dict[str, Factors] = {}
    for row in sorted(results(path), key=lambda one: one.figures.get("SR") or 0.0):
        try:
            name = material(row.material).id
        except UnknownCodeError:
            continue
        relied = _reliance(row) if importer in UNIONS else None
        if row.recycling is not None and row.substitution is not None:
            found[name] = Factors(row.recycling, row.substitution, relied)
    return found


def _reliance(row: Result) -> tuple[float, float] | None:
    """Import reliance of the stage the supply risk is of; of either where the stage is not told."""
    told = [row.figures.get(name) for name in STAGES.get(row.stage, STAGES[""])]
    known = [each / 100 for each in told if each is not None]
    return (min(known), max(known)) if known else None
