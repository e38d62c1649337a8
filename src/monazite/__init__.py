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
    from monazite.studies.compare import compare
    from monazite.studies.dependence import dependence
    from monazite.studies.eu_list import eu_list
    from monazite.studies.exposure import exposure
    from monazite.studies.geopolrisk import geopolrisk
    from monazite.studies.imports import imports
    from monazite.studies.measure import measure
    from monazite.studies.nomenclature.checking import check
    from monazite.studies.nomenclature.convert import convert
    from monazite.studies.nomenclature.materials_map import materials_map
    from monazite.studies.nomenclature.reform import reform
    from monazite.studies.nomenclature.search import search
    from monazite.studies.risk import risk
    from monazite.studies.stress import stress
    from monazite.studies.trace import trace

__all__ = [
    "audit",
    "check",
    "compare",
    "convert",
    "country",
    "dependence",
    "eu_list",
    "exposure",
    "geopolrisk",
    "imports",
    "material",
    "materials",
    "materials_map",
    "measure",
    "query",
    "reform",
    "risk",
    "search",
    "stress",
    "trace",
]

_HOMES = {
    "audit": "monazite.studies.audit",
    "check": "monazite.studies.nomenclature.checking",
    "compare": "monazite.studies.compare",
    "convert": "monazite.studies.nomenclature.convert",
    "country": "monazite.codes.countries",
    "dependence": "monazite.studies.dependence",
    "eu_list": "monazite.studies.eu_list",
    "exposure": "monazite.studies.exposure",
    "geopolrisk": "monazite.studies.geopolrisk",
    "imports": "monazite.studies.imports",
    "material": "monazite.codes.materials",
    "materials": "monazite.codes.materials",
    "materials_map": "monazite.studies.nomenclature.materials_map",
    "measure": "monazite.studies.measure",
    "query": "monazite.results.asked",
    "reform": "monazite.studies.nomenclature.reform",
    "risk": "monazite.studies.risk",
    "search": "monazite.studies.nomenclature.search",
    "stress": "monazite.studies.stress",
    "trace": "monazite.studies.trace",
}


def __dir__() -> list[str]:
    """Names of the Python API."""
    return sorted(__all__)


def __getattr__(name: str) -> object:
    """Load a name of the Python API from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'monazite' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
