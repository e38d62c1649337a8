"""Reform: the codes whose splitting would tell most, and the request that asks for it."""

from __future__ import annotations

from monazite.studies.nomenclature.reform.asking import reform

__all__ = ["reform"]
