"""Delta Lake tables: parts added in one commit, earlier versions kept, files listed for reading.

DuckDB writes the Parquet files, down to the disk; ``deltalake`` records them in the table's log in
one atomic step. A reader sees the commit or it does not. Each commit names what it loaded as a Delta
transaction, so that the same load never counts twice.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from monazite.errors import StoreError, UsageError
from monazite.store.engine import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from deltalake import DeltaTable, Schema

    from monazite.schema.tables import Table
    from monazite.store.staging import Part

FOREVER = "interval 36500 days"
TYPES = {"text": "string", "integer": "long", "number": "double", "boolean": "boolean", "date": "date"}
LOG = "_delta_log"
LAST = "_last_checkpoint"
TOLD = "monazite"


class Version(NamedTuple):
    """One commit of a table."""

    version: int
    time: datetime
    operation: str
    told: Mapping[str, Any]


def schema(table: Table) -> Schema:
    """Delta schema of a declared table."""
    from deltalake import Field, Schema  # noqa: PLC0415 - heavy, and needed only where a store is touched
    from deltalake.schema import PrimitiveType  # noqa: PLC0415 - as above

    return Schema([Field(one.name, PrimitiveType(TYPES[one.type]), nullable=True) for one in table.columns])


def exists(folder: Path) -> bool:
    """Whether a Delta table lies in a folder: its first commit is there."""
    log = folder / LOG
    return log.is_dir() and any(log.glob("*.json"))


def opened(folder: Path, version: int | None = None) -> DeltaTable:
    """A table, at its latest version or an earlier one.

    Raises
    ------
    UsageError
        If there is no such version; the message says which there are.
    StoreError
        If the table is damaged.
    """
    from deltalake import DeltaTable  # noqa: PLC0415 - as above

    with _told(folder):
        latest = DeltaTable(folder)
    if version is None or version == latest.version():
        return latest
    if not 0 <= version <= latest.version():
        raise UsageError(f"{folder.name} has no version {version}; it has 0 to {latest.version()}.")
    with _told(folder):
        return DeltaTable(folder, version=version)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what deltalake raises into an error that names the table."""
    from deltalake.exceptions import DeltaError  # noqa: PLC0415 - as above

    try:
        yield
    except DeltaError as error:
        if refused := refusal(error):
            raise refused from error
        raise StoreError(f"table {folder.name}: {' '.join(str(error).split())}") from error


def files(folder: Path, version: int | None = None) -> list[Path]:
    """The Parquet files of a table at a version, in a fixed order; none if there is no table."""
    if not exists(folder):
        return []
    return sorted(folder / one for one in _relative(opened(folder, version)))


def _relative(table: DeltaTable) -> list[str]:
    """Paths of a table's files below its folder."""
    from urllib.parse import unquote  # noqa: PLC0415 - seldom needed

    added = table.get_add_actions(flatten=True)
    return [unquote(str(path)) for path in added.column("path").to_pylist()]


def committed(folder: Path, load: str) -> int | None:
    """Which time a load stands in a table: 1 for the first; none if it does not."""
    return opened(folder).transaction_version(load) if exists(folder) else None


def commit(  # noqa: PLR0913 - what one commit is made of, by name
    folder: Path,
    table: Table,
    parts: Sequence[Part],
    *,
    load: str,
    told: Mapping[str, Any],
    again: int = 1,
    without: Sequence[Path] = (),
) -> int:
    """Add parts to a table, and leave files out of it, in one atomic step; the new version.

    The parts are moved into the table's folder and written down to the disk before the log names
    them; a kill at any moment leaves the earlier version whole.
    """
    from deltalake import CommitProperties, DeltaTable, Transaction  # noqa: PLC0415 - as above

    declared, by = schema(table), list(table.partition)
    before = _logged(folder)
    if not exists(folder):
        made(folder)
        with _told(folder):
            DeltaTable.create(
                folder, declared, partition_by=by, description=table.meaning, configuration=_settings()
            )
    placed = [_placed(folder, part) for part in parts]
    current = opened(folder)
    actions = [*_removals(current, folder, without), *placed]
    properties = CommitProperties(
        custom_metadata={TOLD: json.dumps(told, sort_keys=True)},
        app_transactions=[Transaction(load, again)] if load else None,
    )
    with _told(folder):
        current.create_write_transaction(
            actions, "append", declared, partition_by=by, commit_properties=properties
        )
    for written in sorted(_logged(folder) - before):
        sync(written)
    if (folder / LOG / LAST).is_file():
        sync(folder / LOG / LAST)
    for home in (folder / LOG, folder):
        sync(home)
    return opened(folder).version()


def _logged(folder: Path) -> set[Path]:
    """The entries of a table's log: commits, and the checkpoints deltalake makes of them."""
    return {one for one in (folder / LOG).glob("0*") if "#" not in one.name}


def _settings() -> dict[str, str | None]:
    """Table settings: the log is kept, so that every version stays readable until it is vacuumed."""
    return {"delta.logRetentionDuration": FOREVER, "delta.enableExpiredLogCleanup": "false"}


def _placed(folder: Path, part: Part) -> Any:  # noqa: ANN401 - deltalake's AddAction
    """Move a part into its partition's folder and describe it for the log."""
    from deltalake.transaction import AddAction  # noqa: PLC0415 - as above

    below = [f"{key}={value}" for key, value in part.partition.items()]
    home = made(folder.joinpath(*below))
    target = home / f"part-{uuid4().hex}.parquet"
    sync(part.path)
    part.path.replace(target)
    sync(home)
    return AddAction(
        path="/".join([*below, target.name]),
        size=target.stat().st_size,
        partition_values={key: str(value) for key, value in part.partition.items()},
        modification_time=int(time.time() * 1000),
        data_change=True,
        stats=json.dumps({"numRecords": part.rows}),
    )


def _removals(table: DeltaTable, folder: Path, without: Sequence[Path]) -> list[Any]:
    """Describe files that are left out from this version on."""
    from deltalake.transaction import RemoveAction  # noqa: PLC0415 - as above

    now = int(time.time() * 1000)
    held = set(_relative(table)) if without else set()
    left = [path.relative_to(folder).as_posix() for path in without]
    return [
        RemoveAction(path=one, data_change=True, deletion_timestamp=now, partition_values=_partition(one))
        for one in left
        if one in held
    ]


def _partition(path: str) -> dict[str, str | None]:
    """Partition values a file's path tells.

    >>> _partition("year=2024/part.parquet")
    {'year': '2024'}
    """
    pairs = (one.partition("=") for one in path.split("/")[:-1])
    return {key: value for key, _, value in pairs}


def sync(path: Path) -> None:
    """Write a file, or the list of a folder, down to the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # a folder, on Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def made(folder: Path) -> Path:
    """A folder, made with those above it, each down to the disk."""
    missing = [one for one in (folder, *folder.parents) if not one.is_dir()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        sync(one.parent)
    return folder


def history(folder: Path) -> list[Version]:
    """Every commit of a table, the latest first."""
    if not exists(folder):
        return []
    with _told(folder):
        told = opened(folder).history()
    return [
        Version(
            int(one["version"]),
            datetime.fromtimestamp(one["timestamp"] / 1000, UTC),
            str(one.get("operation", "")),
            json.loads(one.get(TOLD) or "{}"),
        )
        for one in told
    ]


def named(folder: Path) -> set[str]:
    """Every file some version of a table names."""
    found = set()
    for log in sorted((folder / LOG).glob("*.json")):
        try:
            actions = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        except ValueError as error:
            raise StoreError(f"table {folder.name}: {log.name} of its log is damaged: {error}.") from error
        found |= {one[kind]["path"] for one in actions for kind in ("add", "remove") if kind in one}
    return found


def strays(folder: Path) -> list[Path]:
    """Files in a table's folder that no version names: what a killed writer left."""
    known = named(folder) | set(_relative(opened(folder)))
    parquet = [one for one in folder.rglob("*.parquet") if LOG not in one.relative_to(folder).parts]
    loose = [one for one in parquet if one.relative_to(folder).as_posix() not in known]
    # deltalake writes a commit to <version>.json#<number> and links it to its name.
    return [*loose, *(folder / LOG).glob("*#*"), *(folder / LOG).glob("*.tmp")]
