"""Compile the shipped tables from the publishers' files: ``python -m monazite.sources.reference FOLDER``.

The folder holds ``usgs/<edition>/`` with the files of each edition as published, ``codes/`` with those of
the nomenclatures, ``census/`` with imports by partner, ``baci/`` and ``governance/``. The same files give
the same bytes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import MonaziteError, UsageError
from monazite.schema.minerals import (
    BALANCE_ITEM,
    BALANCE_TERM,
    IMPORT_SOURCE,
    MINERAL_STATISTIC,
)
from monazite.schema.provenance import FINDING, SNAPSHOT
from monazite.sources import reference_codes, reference_world, usgs_mcs
from monazite.store.parquet import write_parquet
from monazite.store.shipped import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.schema.tables import Table

Row = dict[str, Any]


def compiled(folder: Path) -> dict[Table, list[Row]]:
    """Rows of every shipped table, read from the publishers' files under ``folder``."""
    readings = [usgs_mcs.read(edition, folder / "usgs" / edition.id) for edition in usgs_mcs.EDITIONS]
    codes, world = reference_codes.compiled(folder), reference_world.compiled(folder)
    return {
        **codes,
        **world,
        MINERAL_STATISTIC: [row for reading in readings for row in reading.statistics],
        IMPORT_SOURCE: [row for reading in readings for row in reading.import_sources],
        BALANCE_ITEM: usgs_mcs.items(),
        BALANCE_TERM: [row for reading in readings for row in usgs_mcs.terms(reading.edition, reading)],
        SNAPSHOT: [
            *(row for reading in readings for row in reading.snapshots),
            *codes[SNAPSHOT],
            *world[SNAPSHOT],
        ],
        FINDING: [_finding(reading.edition.id, told) for reading in readings for told in reading.findings],
    }


def _finding(as_of: str, told: usgs_mcs.Finding) -> Row:
    """A reader's finding as a row."""
    return {"as_of": as_of, **{name: getattr(told, name) for name in FINDING.names[1:]}}


def write(tables: dict[Table, list[Row]], folder: Path = FOLDER) -> list[Path]:
    """Write the tables, each sorted by its key, and return where; all of them or none."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".monazite-") as scratch:
        for table, rows in tables.items():
            write_parquet(table, _sorted(table, rows), Path(scratch, f"{table.name}.parquet"))
        written = sorted(Path(scratch).iterdir())
        return [path.replace(folder / path.name) for path in written]


def _sorted(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Rows in the table's order, then its key's, so that the order of reading leaves no trace."""
    order = (*table.order, *table.key)
    return sorted(rows, key=lambda row: tuple(row[name] for name in order))


def main(arguments: list[str]) -> int:
    """Rebuild the shipped tables; the exit code is 0, or the error's."""
    try:
        if len(arguments) != 1:
            raise UsageError("one folder is needed: the one that holds usgs/<edition>/, codes/ and census/")
        for target in write(compiled(Path(arguments[0]))):
            sys.stderr.write(f"{target.name}  {target.stat().st_size:,} bytes\n")
    except (MonaziteError, OSError) as error:
        sys.stderr.write(f"monazite: {error}\n")
        return error.exit_code if isinstance(error, MonaziteError) else MonaziteError.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
