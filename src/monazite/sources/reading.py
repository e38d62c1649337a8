"""A file as its source reads it: recognised, read, checked against the rules, accounted for."""

from __future__ import annotations

import dataclasses
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError, StoreError, UsageError
from monazite.sources.source import REFUSED_LIMIT, Account, Given, Rows, Sample, Select, too_many_refused
from monazite.store import snapshots
from monazite.store.engine import REFUSALS, connect, fetched, text
from monazite.store.staging import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monazite.schema.findings import Finding
    from monazite.schema.tables import Table
    from monazite.sources.source import Source
    from monazite.store.staging import Part, Staged

Row = dict[str, Any]
HEAD = 64 * 2**10
FOUND_SHOWN = 200
FINDINGS_KEPT = 10_000
"""More findings than this are told in one for each rule."""


@dataclass(slots=True)
class Read:
    """A file as it was read and checked: parts of tables, what was refused and found."""

    as_of: str
    parts: dict[Table, list[Part]] = field(default_factory=dict)
    refused: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    records: int = 0

    @property
    def stored(self) -> int:
        """Rows that will be stored."""
        return sum(part.rows for parts in self.parts.values() for part in parts)


def recognised(path: Path, sources: Sequence[Source]) -> Source:
    """The source whose reader knows a file by its name and its first bytes.

    Raises
    ------
    UsageError
        If none does, or several do; the message says how to name one.
    """
    snapshots.check(path)
    with path.open("rb") as file:
        sample = Sample(path.name, file.read(HEAD), path)
    found = [source for source in sources if source.recognises(sample)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(source.id for source in sources)
    if found:
        several = " and ".join(source.id for source in found)
        raise UsageError(f"{path.name} may be of {several}; name one with --source.")
    raise UsageError(
        f"{path.name}: no source knows this file. Name one with --source ({known}), or describe the "
        "file with a mapping: monazite map suggest FILE, then monazite load FILE --map MAPPING."
    )


def read(source: Source, given: Given, stage: Stage) -> Read:
    """Read one file and check its rows; nothing is stored.

    Raises
    ------
    SourceError
        If the file is not what the source's layout says; or if the reader's account does not close.
    """
    account, done = Account(), Read(edition(source, given))
    batches: Counter[Table] = Counter()
    stamps = {"source": source.id, "as_of": done.as_of, "snapshot": given.snapshot}
    for batch in _batches(source, given, account):
        staged = _staged(given, batch, {**stamps, **batch.stamps}, stage)
        if isinstance(batch, Select):
            came_out = staged.rows + len(staged.refused)
            account.records += came_out if batch.records is None else batch.records
        done.parts.setdefault(batch.table, []).extend(staged.parts)
        batches[batch.table] += 1
        done.refused += staged.refused
        if len(done.refused) > REFUSED_LIMIT:
            raise too_many_refused(given.name)
        _doubt(given, batch.table, staged, account)
    for table in (table for table, several in batches.items() if several > 1):
        done.parts[table], twins = stage.apart(table, done.parts[table])
        done.refused += twins
    done.refused += [_told(one) for one in account.refused]
    done.findings, done.records = _few(_merged(account.findings)), account.records
    _check_account(given, done)
    return done


def _batches(source: Source, given: Given, account: Account) -> Iterator[Rows | Select]:
    """What a source reads; a file that cannot be read is told as the file's fault, not the store's."""
    try:
        yield from source.read(given, account)
    except OSError as error:
        if error.errno in REFUSALS:
            raise
        raise SourceError(given.name, found=str(error), expected="a file that can be read") from error


def _doubt(given: Given, table: Table, staged: Staged, account: Account) -> None:
    """Tell the rows that soft rules of their table are about."""
    for rule in table.doubts:
        if rows := staged.doubts.get(rule.name):
            found = f"{rows:,} of {staged.rows:,} rows"
            account.tell(
                rule.name, table.name, where=given.name, found=found, expected=rule.meaning, rows=rows
            )


def edition(source: Source, given: Given) -> str:
    """The edition of a file: what the user says, otherwise what the reader finds."""
    return given.as_of or source.edition(given)


def _staged(given: Given, batch: Rows | Select, stamps: Mapping[str, Any], stage: Stage) -> Staged:
    """Stage one batch; stamps count only for columns its table has.

    Raises
    ------
    SourceError
        If the engine cannot read the file.
    """
    stamps = {key: value for key, value in stamps.items() if key in batch.table.names}
    try:
        if isinstance(batch, Rows):
            return stage.rows(batch.table, batch.rows, stamps)
        return stage.select(
            batch.table, batch.sql, stamps,
            setup=batch.setup, numbered=batch.numbered, late=batch.late, sort=batch.sort,
            records=batch.records,
        )  # fmt: skip
    except StoreError as error:
        found = str(error).partition("\n")[0]
        raise SourceError(given.name, found=found, expected="a file of the source's layout") from error


def _told(refused: Any) -> Row:  # noqa: ANN401 - a Refused, whose fields are named otherwise in the table
    """A reader's refusal as a row of ``reject``, without its origin."""
    told = dataclasses.asdict(refused)
    return {"target": told.pop("table"), **told, "column": refused.column or None}


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of the same place, once, with all that was found and the rows they concern together."""
    merged: dict[tuple[str, str, str], Finding] = {}
    for one in findings:
        key = (one.rule, one.subject, one.where)
        known = merged.get(key)
        if known is not None:
            told = one.found in known.found or len(known.found) > FOUND_SHOWN
            found = known.found if told else f"{known.found}; {one.found}"
            merged[key] = dataclasses.replace(known, found=found, rows=known.rows + one.rows)
        else:
            merged[key] = one
    return list(merged.values())


def _few(findings: list[Finding]) -> list[Finding]:
    """The findings, those beyond the first ten thousand told in one for each rule."""
    kept, rest = findings[:FINDINGS_KEPT], findings[FINDINGS_KEPT:]
    for rule in dict.fromkeys(one.rule for one in rest):
        more = [one for one in rest if one.rule == rule]
        rows = sum(one.rows for one in more)
        kept.append(
            dataclasses.replace(
                more[0], subject="more", where="", found=f"{len(more):,} more like it", rows=rows
            )
        )
    return kept


def _check_account(given: Given, done: Read) -> None:
    """Refuse a reading that lost records: nothing is half-loaded."""
    if done.records != done.stored + len(done.refused):
        raise SourceError(
            given.name,
            found=f"{done.records:,} records read, {done.stored:,} stored and {len(done.refused):,} refused",
            expected="every record stored or refused",
            hint="A quote without its end swallows lines; if there is none, please report it with the file",
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's rows in memory, by table, with what was refused and found."""

    tables: Mapping[str, list[Row]]
    refused: tuple[Row, ...]
    findings: tuple[Finding, ...]
    records: int


def read_file(source: Source, path: Path, *, as_of: str = "", **parameters: str) -> Reading:
    """Read a file and check its rows as a load does, without a store.

    Raises
    ------
    SourceError
        If the file is not what its source says.
    """
    with tempfile.TemporaryDirectory(prefix="monazite-") as name:
        folder = Path(name)
        snapshots.check(path)
        unpacked = folder / "unpacked"
        unpacked.mkdir()
        sha = snapshots.digest(path)[: snapshots.DIGITS]
        given = Given(path, path.name, sha, datetime.now(UTC).date(), unpacked, as_of, parameters)
        with Stage(folder) as stage:
            done = read(source, given, stage)
        rows = {table.name: _fetched(table, parts) for table, parts in done.parts.items()}
    return Reading(rows, tuple(done.refused), tuple(done.findings), done.records)


def _fetched(table: Table, parts: Iterable[Part]) -> list[Row]:
    """Rows of parts, with the columns their place stands for."""
    rows: list[Row] = []
    connection = connect()
    try:
        for part in parts:
            read = fetched(connection, f"SELECT * FROM read_parquet({text(part.path)})")
            rows += [{key: {**part.partition, **row}.get(key) for key in table.names} for row in read]
    finally:
        connection.close()
    return rows
