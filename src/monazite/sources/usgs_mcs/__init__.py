"""USGS Mineral Commodity Summaries: locate, read, and say what is odd about the files.

A new edition is a small step: an :class:`Edition` with its files and layout, the rule files of
``rules/`` copied for it, and a run of ``make reference`` whose errors and findings name every
series, unit, country and mark that has changed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.findings import Finding
from monazite.sources.usgs_mcs.balances import items, terms
from monazite.sources.usgs_mcs.corrections import corrected
from monazite.sources.usgs_mcs.editions import EDITIONS, LICENCE, MCS_2025, MCS_2026, PUBLISHER, Edition
from monazite.sources.usgs_mcs.long_layout import read_long
from monazite.sources.usgs_mcs.reading import Reading
from monazite.sources.usgs_mcs.wide_layout import read_wide

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "EDITIONS",
    "MCS_2025",
    "MCS_2026",
    "Edition",
    "Finding",
    "Reading",
    "items",
    "locate",
    "read",
    "rules",
    "terms",
]


def locate(edition: Edition, folder: Path) -> dict[str, bytes]:
    """The edition's files in a folder, by name; the case and the prefix of a name do not matter.

    Raises
    ------
    SourceError
        If a file is missing, and then the message names the data release to fetch it from; or if
        several files go by its name.
    """
    found = {}
    for name in edition.files:
        paths = [path for path in folder.glob("*") if path.is_file() and _named(path.name, name)]
        if not paths:
            hint = f"Fetch it from https://doi.org/{edition.doi}"
            raise SourceError(
                str(folder.name), found="no such file", expected=f"a file named {name}", hint=hint
            )
        if len(paths) > 1:
            several = ", ".join(sorted(path.name for path in paths))
            raise SourceError(folder.name, found=several, expected=f"one file named {name}")
        found[paths[0].name] = paths[0].read_bytes()
    return found


def _named(found: str, name: str) -> bool:
    """Whether a file's name is the publisher's, in any case and behind any prefix."""
    return found.casefold().endswith(name.casefold())


def read(edition: Edition, folder: Path) -> Reading:
    """Read one edition; every cell becomes a row or is explained by a finding.

    Raises
    ------
    SourceError
        If a file is not what the edition's layout says; nothing is half-loaded.
    """
    reading = Reading(edition)
    for file, content in locate(edition, folder).items():
        {"long": read_long, "wide": read_wide}[edition.layout](reading, file, content)
        reading.snapshots.append(_snapshot(edition, file, content))
    _stamp(reading)
    corrected(reading)
    terms(edition, reading)
    return reading


def _snapshot(edition: Edition, file: str, content: bytes) -> dict[str, object]:
    """One row of ``snapshot``."""
    digest = hashlib.sha256(content).hexdigest()
    return {
        "snapshot": digest[:16],
        "source": "usgs_mcs",
        "file": file,
        "as_of": edition.id,
        "title": edition.title,
        "publisher": PUBLISHER,
        "doi": edition.doi,
        "url": None,
        "retrieved": None,
        "licence": LICENCE,
        "redistribution": "free",
        "bytes": len(content),
        "sha256": digest,
    }


def _stamp(reading: Reading) -> None:
    """Write into every row the snapshot of the file it was read from."""
    digests = {row["file"]: row["snapshot"] for row in reading.snapshots}
    for row in (*reading.statistics, *reading.import_sources):
        row["snapshot"] = digests[row["file"].split("/")[0]]
