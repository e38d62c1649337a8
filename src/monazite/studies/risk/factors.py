"""Recycling and substitution of the European Union's results, where the user gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.materials import material
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path


def eu_factors(path: Path) -> dict[str, tuple[float, float]]:
    """Recycling input rate and substitution index by material id, of the rows that have both."""
    from monazite.studies.eu_list.reading import results  # noqa: PLC0415 - only who gives the file reads it

    found = {}
    for row in results(path):
        try:
            name = material(row.material).id
        except UnknownCodeError:
            continue
        if row.recycling is not None and row.substitution is not None:
            found[name] = (row.recycling, row.substitution)
    return found
