"""What a fetch gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came. ``url`` holds no key; ``retrieved`` is the day the publisher last confirmed it.

    Where the publisher said that there are no rows, ``empty`` is true and the file has no bytes.
    """

    path: Path
    url: str
    sha256: str
    bytes: int
    content_type: str
    retrieved: date
    empty: bool = False
