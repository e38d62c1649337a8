"""Search: the codes of a good by its words, however they are typed."""

from __future__ import annotations

from monazite.studies.nomenclature.search.asking import search

__all__ = ["search"]
