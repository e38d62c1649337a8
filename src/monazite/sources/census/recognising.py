"""Which files are the publisher's: told by their first bytes, a Parquet file's by its last."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.census.columns import BREAKDOWNS, COMMODITIES, EXPORTS, IMPORTS, SPANS, is_header
from monazite.sources.census.layouts import layout_of

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.sources.source import Sample

FOOTER = 2**20
SCHEDULE_C = "Schedule C - Country List"


def recognises(sample: Sample) -> bool:
    """Whether a file is of this source."""
    if sample.head.startswith(b"PK"):
        return _is_bulk(sample.path)
    if sample.head.startswith(b"PAR1"):
        return is_header(_parquet_names(sample.path))
    return SCHEDULE_C in sample.text[:400] or is_header(_first_row(sample.text))


def _is_bulk(path: Path) -> bool:
    """Whether an archive holds records of one of the layouts."""
    try:
        layout_of(path, path.name)
    except (SourceError, OSError):
        return False
    return True


def _parquet_names(path: Path) -> list[str]:
    """The publisher's column names in a Parquet file's footer, where they stand as plain text."""
    with path.open("rb") as opened:
        opened.seek(0, 2)
        size = opened.tell()
        opened.seek(max(0, size - FOOTER))
        footer = opened.read()
    length = int.from_bytes(footer[-8:-4], "little")
    words = re.findall(rb"[A-Za-z0-9_]{2,40}", footer[-8 - length : -8])
    known = {*COMMODITIES, *BREAKDOWNS, "CTY_CODE", "CTY_NAME", "TIME", "YEAR", "MONTH"}
    known |= {f"{arm.value}_{span}" for arm in (*IMPORTS, *EXPORTS) for span in SPANS}
    return [name for word in words if (name := word.decode("ascii").upper()) in known]


def _first_row(text: str) -> list[str]:
    """The first row of an answer of the API or of a comma-separated table."""
    if text.lstrip().startswith("["):
        found = re.match(r"\s*\[\s*(\[[^\[\]]*\])", text)
        try:
            cells = json.loads(found[1]) if found else []
        except ValueError:
            return []
        return [cell for cell in cells if isinstance(cell, str)]
    first = text.partition("\n")[0].rstrip("\r")
    try:
        return next(csv.reader([first]), [])
    except csv.Error:
        return []
