"""monazite: where a country depends on too few suppliers, what breaks if they stop, what to do about it.

>>> import monazite as mz
>>> mz.dependence("germanium").table.one(item="germanium.all")["reliance_published"]
'>50'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monazite.codes.countries import country
    from monazite.codes.materials import material, materials
    from monazite.results.asked import query
    from monazite.studies.audit import audit
    from monazite.studies.dependence import dependence
    from monazite.studies.imports import imports
    from monazite.studies.nomenclature.checking import check
    from monazite.studies.nomenclature.convert import convert
    from monazite.studies.nomenclature.materials_map import materials_map
    from monazite.studies.nomenclature.reform import reform
    from monazite.studies.nomenclature.search import search

__all__ = [
    "audit",
    "check",
    "convert",
    "country",
    "dependence",
    "imports",
    "material",
    "materials",
    "materials_map",
    "query",
    "reform",
    "search",
]

_HOMES = {
    "audit": "monazite.studies.audit",
    "check": "monazite.studies.nomenclature.checking",
    "convert": "monazite.studies.nomenclature.convert",
    "country": "monazite.codes.countries",
    "dependence": "monazite.studies.dependence",
    "imports": "monazite.studies.imports",
    "material": "monazite.codes.materials",
    "materials": "monazite.codes.materials",
    "materials_map": "monazite.studies.nomenclature.materials_map",
    "query": "monazite.results.asked",
    "reform": "monazite.studies.nomenclature.reform",
    "search": "monazite.studies.nomenclature.search",
}


def __dir__() -> list[str]:
    """Names of the Python API."""
    return sorted(__all__)


def __getattr__(name: str) -> object:
    """Load a name of the Python API from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'monazite' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
