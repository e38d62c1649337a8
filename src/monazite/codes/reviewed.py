"""Reviewed tables: comma-separated files inside the package, each row with its source or reason."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str, package: str = "monazite.codes.data") -> tuple[dict[str, str], ...]:
    """Rows of a reviewed table. Every cell stays text: ``NA`` is Namibia, never a missing value.

    >>> len(rows("materials.csv")) > 100
    True
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), strict=True))
