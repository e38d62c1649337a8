"""CSV as RFC 4180 has it: comma, CRLF, quotes where needed, UTF-8 without a byte order mark."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monazite.results.frame import Frame

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,   %–-]*$)")


def csv_bytes(frame: Frame) -> bytes:
    """A table as CSV: column names, then one record per row; a missing value is empty.

    Numbers are written as they are, negative ones too. A *text* that a spreadsheet would run as
    a formula (``=...``, ``@...``, ``+cmd|...``) is given a leading apostrophe; no text of the
    mineral tables is, so there the file holds the data character by character.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(frame.table.names)
    writer.writerows([cell(row[name]) for name in frame.table.names] for row in frame.rows)
    return stream.getvalue().encode("utf-8")


def cell(value: object) -> object:
    """A value as CSV has it; booleans as JSON and SQL spell them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return disarmed(value) if isinstance(value, str) else value


def disarmed(text: str) -> str:
    """A text no spreadsheet runs as a formula.

    >>> [disarmed(text) for text in ("=1+1", "+cmd|' /C calc'!A0", "-27 %", "antimony")]
    ["'=1+1", "'+cmd|' /C calc'!A0", '-27 %', 'antimony']
    """
    return f"'{text}" if _FORMULA.match(text) else text
