"""Keeping tables tidy: small files joined and sorted anew, old versions let go."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monazite.store import delta
from monazite.store.staging import Stage

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from monazite.schema.tables import Table
    from monazite.store.home import Store

MANY = 8
"""A partition of more files than this is joined at the end of a load."""


def compact(store: Store, table: Table, scratch: Path, *, more_than: int = 1) -> int:
    """Join the files of each partition that has more than so many, sorted; the files that are gone.

    The rows stay the same; earlier versions still read their own files.
    """
    by_folder: dict[Path, list[Path]] = defaultdict(list)
    for file in store.files(table):
        by_folder[file.parent].append(file)
    crowded = [files for files in by_folder.values() if len(files) > more_than]
    if not crowded:
        return 0
    with Stage(scratch) as stage:
        parts = [stage.joined(table, files) for files in crowded]
        gone = [file for files in crowded for file in files]
        store.commit(table, parts, load="", told={"operation": "joined", "files": len(gone)}, without=gone)
    return len(gone)


def vacuum(store: Store, table: Table, *, keep: timedelta) -> tuple[int, int]:
    """Delete files that only versions replaced longer than ``keep`` ago name; how many, their bytes.

    Those versions can then no longer be read.
    """
    folder = store.table_folder(table)
    oldest = datetime.now(UTC) - keep
    kept, until = set(store.files(table)), datetime.now(UTC)
    for version in store.history(table):  # the latest first; each was current until the next
        if until >= oldest:
            kept |= set(delta.files(folder, version.version))
        until = version.time
    old = [file for file in folder.rglob("*.parquet") if file not in kept and delta.LOG not in file.parts]
    size = sum(file.stat().st_size for file in old)
    for file in old:
        file.unlink()
    return len(old), size
