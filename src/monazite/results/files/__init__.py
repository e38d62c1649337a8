"""Writers: a result as CSV, JSON, JSON Lines, Parquet, XLSX or Markdown, whole or not at all."""

from __future__ import annotations

from monazite.results.files.forms import BINARY, FORMS, form_of, render, write
from monazite.store.replace import replace_file

__all__ = ["BINARY", "FORMS", "form_of", "render", "replace_file", "write"]
