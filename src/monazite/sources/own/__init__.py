"""The user's own files: CSV, Excel workbooks and Parquet, read through a small mapping file."""

from __future__ import annotations

from monazite.sources.own.declaring import read_mapping
from monazite.sources.own.mapping import Mapping
from monazite.sources.own.reading import read, source_for
from monazite.sources.own.suggesting import Proposed, Suggestion, suggest

__all__ = ["Mapping", "Proposed", "Suggestion", "read", "read_mapping", "source_for", "suggest"]
