"""The one way in: locate → fetch → snapshot → read → check → store."""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import StoreError, UsageError
from monazite.schema import provenance
from monazite.sources.reading import Reading, read, read_file, recognised
from monazite.sources.source import Given
from monazite.store import snapshots
from monazite.store.engine import text
from monazite.store.home import told_as_output_error
from monazite.store.reading import query
from monazite.store.staging import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from monazite.schema.findings import Finding
    from monazite.schema.tables import Table
    from monazite.sources.reading import Read
    from monazite.sources.source import Source
    from monazite.store.home import Store
    from monazite.store.snapshots import Kept
    from monazite.store.staging import Part

__all__ = ["Loaded", "Reading", "load", "read_file", "recognised"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: records in = rows stored + rows refused."""

    file: str
    source: str
    as_of: str
    snapshot: str
    records: int
    stored: Mapping[str, int]
    refused: int
    findings: tuple[Finding, ...]
    already: bool = False


# ── storing ───────────────────────────────────────────────────────────────────────────────────


def load(  # noqa: PLR0913 - what a load may be told, by name
    store: Store,
    path: Path,
    source: Source,
    *,
    as_of: str = "",
    url: str = "",
    retrieved: date | None = None,
    parameters: Mapping[str, str] | None = None,
    again: bool = False,
    scratch: Path,
    progress: Callable[[int], None] | None = None,
) -> Loaded:
    """Load one file into a store whose writer's lock is held; the same file twice changes nothing.

    Each table is one atomic commit that names the load, the core tables first and ``snapshot`` last;
    until then readers see none of its rows. A load that was killed is read and put in place anew; files
    loaded before it stay as they are.

    Raises
    ------
    SourceError
        If the file is not what its source says.
    OutputError
        If the store cannot be written; what was loaded before is as it was.
    """
    with ExitStack() as stack:
        stack.enter_context(told_as_output_error(store.folder))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=scratch)))
        copy = snapshots.taken(_redacted(source, path, folder), folder, path.name, progress)
        name, own = _load_id(source, copy), snapshot_of(source, copy)
        held, begun = store.committed(provenance.SNAPSHOT, name) or 0, _begun(store, source, name)
        if held and begun <= held and not again:
            store.finished(name)
            return _already(store, path.name, source, name, as_of=as_of)
        _check_other(store, source, own, file=path.name)
        unpacked = folder / "unpacked"
        unpacked.mkdir()
        day = retrieved or datetime.now(UTC).date()
        given = Given(copy.path, path.name, own, day, unpacked, as_of, dict(parameters or {}))
        stage = stack.enter_context(Stage(folder))
        done = read(source, given, stage)
        kept = snapshots.settled(copy, store.folder)
        time = max(held, begun) + 1
        return _stored(store, source, given, done, name=name, kept=kept, stage=stage, url=url, time=time)


def snapshot_of(source: Source, copy: Kept) -> str:
    """What the rows of a load carry: the first digits of the digest, with the source's slot if it has one."""
    if not source.slot:
        return copy.snapshot
    return hashlib.sha256(f"{copy.sha256} {source.slot}".encode()).hexdigest()[: snapshots.DIGITS]


def _begun(store: Store, source: Source, name: str) -> int:
    """Which time of a load stands in some table already: a killed one may have filled a few."""
    tables = (*source.tables, provenance.REJECT, provenance.FINDING_OF_LOAD)
    return max(store.committed(table, name) or 0 for table in tables)


def _check_other(store: Store, source: Source, snapshot: str, *, file: str) -> None:
    """Refuse a file that is loaded as another source's: its rows would stand twice."""
    found = query(
        store, "SELECT source FROM snapshot WHERE snapshot = ? AND source <> ?", [snapshot, source.id]
    )
    if found:
        other = found[0]["source"]
        raise UsageError(f"{file} is loaded as {other} already; its rows would stand twice as {source.id}.")


def _redacted(source: Source, path: Path, folder: Path) -> Path:
    """The file itself, or a copy without personal data where its source says there may be some."""
    if source.redact is None or not path.is_file():
        return path
    target = folder / f"redacted-{path.name}"
    source.redact(path, target)
    return target


def _load_id(source: Source, copy: Kept) -> str:
    """What a load is called in the tables' logs."""
    return f"{source.id}:{snapshot_of(source, copy)}"


def _already(store: Store, file: str, source: Source, name: str, *, as_of: str) -> Loaded:
    """The account of an earlier load, from the log.

    Raises
    ------
    UsageError
        If the file is now to be read otherwise: by another mapping, or as another edition.
    """
    told = next(
        (one.told for one in store.history(provenance.SNAPSHOT) if one.told.get("load") == name), None
    )
    if told is None:
        raise StoreError(f"{file}: its load {name} is committed and not in the history of table snapshot.")
    for what, before, now in (
        ("mapping", told.get("variant", ""), source.variant),
        ("edition", told["as_of"], as_of or told["as_of"]),
    ):
        if before != now:
            hint = "--again reads it anew and puts the new rows in place"
            raise UsageError(f"{file} is loaded with another {what} ({before or 'none'}, not {now}); {hint}.")
    store.finished(name)
    return Loaded(
        file, source.id, told["as_of"], name.partition(":")[2], told["records"], told["stored"],
        told["refused"], (), already=True,
    )  # fmt: skip


def _stored(  # noqa: PLR0913 - the parts of one load
    store: Store,
    source: Source,
    given: Given,
    done: Read,
    *,
    name: str,
    kept: Kept,
    stage: Stage,
    url: str,
    time: int,
) -> Loaded:
    """Commit every table of a reading, the snapshot last."""
    as_of = done.as_of
    stored = {table.name: sum(part.rows for part in parts) for table, parts in done.parts.items()}
    kept_rows = {provenance.REJECT.name: len(done.refused), provenance.FINDING.name: len(done.findings)}
    told = {
        "load": name, "file": given.name, "as_of": as_of, "records": done.records, "stored": stored,
        "kept": {**stored, **kept_rows, provenance.SNAPSHOT.name: 1},
        "refused": len(done.refused), "variant": source.variant,
    }  # fmt: skip
    tables: dict[Table, list[Part]] = {**{table: [] for table in source.tables}, **done.parts}
    tables[provenance.REJECT] = _parts(stage, provenance.REJECT, _rejects(source, given, done.refused))
    tables[provenance.FINDING_OF_LOAD] = _parts(
        stage, provenance.FINDING_OF_LOAD, _findings(given, as_of, done.findings)
    )
    tables[provenance.SNAPSHOT] = _parts(
        stage, provenance.SNAPSHOT, [_snapshot(source, given, kept, as_of, url)]
    )
    if time == 1:
        store.begun(name)
    for table, parts in tables.items():
        gone, rest = _replaced(store, table, given.snapshot, stage) if time > 1 else ([], [])
        if parts or gone or table is provenance.SNAPSHOT:
            store.commit(table, [*parts, *rest], load=name, told=told, again=time, without=gone)
    store.finished(name)
    return Loaded(
        given.name, source.id, as_of, given.snapshot, done.records, stored, len(done.refused),
        tuple(done.findings),
    )  # fmt: skip


def _parts(stage: Stage, table: Table, given: Iterable[Row]) -> list[Part]:
    """Parts of a table of provenance.

    Raises
    ------
    StoreError
        If one of its own rows breaks a rule.
    """
    staged = stage.rows(table, given, {})
    if staged.refused:
        raise StoreError(f"{table.name}: {staged.refused[0]}")
    return list(staged.parts)


def _rejects(source: Source, given: Given, refused: Iterable[Row]) -> Iterable[Row]:
    """Rows of ``reject``."""
    for number, one in enumerate(refused, 1):
        part = one.pop("part", "")
        file = f"{given.name}/{part}" if part else given.name
        yield {**one, "snapshot": given.snapshot, "number": number, "source": source.id, "file": file}


def _findings(given: Given, as_of: str, findings: Iterable[Finding]) -> Iterable[Row]:
    """Rows of ``finding``."""
    stamps = {"as_of": as_of, "snapshot": given.snapshot}
    return ({**stamps, **dataclasses.asdict(one)} for one in findings)


def _snapshot(source: Source, given: Given, kept: Kept, as_of: str, url: str) -> Row:
    """One row of ``snapshot``."""
    return {
        "snapshot": given.snapshot,
        "source": source.id,
        "file": given.name,
        "as_of": as_of,
        "title": source.title,
        "publisher": source.publisher,
        "doi": source.doi,
        "url": url or None,
        "retrieved": given.retrieved.isoformat(),
        "licence": source.licence.name,
        "redistribution": source.licence.redistribution,
        "bytes": kept.bytes,
        "sha256": kept.sha256,
    }


def _replaced(store: Store, table: Table, snapshot: str, stage: Stage) -> tuple[list[Path], list[Part]]:
    """Files of a table that hold rows of a snapshot, and parts with what else they hold."""
    if "snapshot" not in table.names:
        return [], []
    return stage.without(table, store.files(table), f"snapshot = {text(snapshot)}")
