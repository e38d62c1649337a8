"""Staging: rows a reader gives are sorted, checked and split before anything of them is stored.

One batch is written once, sorted, to a Parquet file in a scratch folder, which is then checked
against every rule of the table's declaration in a single scan. Where no row breaks one (the usual
case) the file itself becomes part of the table. Otherwise the rows that do are set aside with rule,
line, column, found and expected, and the rest is written again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from monazite.errors import StoreError
from monazite.schema.tables import SQL_TYPES, Rule, checks
from monazite.store.engine import connect, cores, fetched, name, names, refusal, text, told_plainly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from monazite.schema.tables import Table

Row = dict[str, Any]
LINE, COLUMN, FOUND, EXPECTED = "_line", "_column", "_found", "_expected"
EXTRAS = (LINE, COLUMN, FOUND, EXPECTED)
REFUSED_BY_READER, UNREADABLE = "reader", "unreadable"
KEY_UNIQUE = Rule("key-unique", "", "one row for each key")
PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"
SEVERAL = 2
SHOWN_LIMIT = 100_001
"""More refused rows than this are not looked at: the load refuses the file."""

REJECTS, STRICT, LENIENT = "store_rejects = true", "ignore_errors = false", "ignore_errors = true"
"""Options of a ``read_csv``: a line that cannot be read is set aside, ends the reading, is passed over.

The engine takes six kilobytes for each line it sets aside, so that is asked for only where few are.
"""
_OBJECT_LIMIT = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file that will be part of a table: where it lies, its rows, its partition."""

    path: Path
    rows: int
    partition: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Staged:
    """What became of a batch: parts to store and rows set aside, as rows of ``reject`` without origin.

    ``doubts`` counts the rows that a soft rule of the table is about, by the id of its finding.
    """

    parts: tuple[Part, ...]
    refused: tuple[Row, ...]
    doubts: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows that will be stored."""
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Made:
    """A SELECT with what is stamped on its rows and what is made of them after the sort."""

    sql: str
    stamps: Mapping[str, Any]
    late: Mapping[str, str]
    sort: Mapping[str, str]
    records: int | None = None

    def whole(self, order: Iterable[str] = ()) -> str:
        """The SELECT, sorted, with the columns that are made late."""
        by = names(self.sort.get(one, one) for one in order)
        inner = f"SELECT * FROM ({self.sql}) ORDER BY {by}" if by else self.sql
        made = "".join(f", {expression} AS {name(key)}" for key, expression in self.late.items())
        return f"SELECT *{made} FROM ({inner})" if made else inner


class Stage:
    """A scratch folder and an engine in which batches are staged.

    ``select`` and ``rows`` stage one batch each; every part they give lies in ``folder``.
    """

    def __init__(self, folder: Path) -> None:
        """Open an engine that spills into ``folder``."""
        self.folder, self._number = folder, 0
        self.connection = connect(threads=min(2, cores()), scratch=folder)

    def __enter__(self) -> Self:
        """Use it as a context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the engine; the files stay."""
        self.connection.close()

    def _path(self, what: str) -> Path:
        """A name in the folder that is not taken."""
        self._number += 1
        return self.folder / f"{self._number:04d}-{what}.parquet"

    def rows(self, table: Table, given: Iterable[Row], stamps: Mapping[str, Any]) -> Staged:
        """Stage rows made in Python."""
        lines = self._path("rows").with_suffix(".ndjson")
        columns = [column for column in table.columns if column.name not in stamps]
        wanted = [*(column.name for column in columns), LINE]
        known = frozenset((*table.names, LINE))
        whole = [column.name for column in columns if column.type == "integer"]
        with lines.open("w", encoding="utf-8") as file:
            for row in given:
                _check_row(table, row, known, whole)
                file.write(json.dumps({key: row[key] for key in wanted if row.get(key) is not None}) + "\n")
        types = {**{one.name: SQL_TYPES[one.type] for one in columns}, LINE: "BIGINT"}
        typed = ", ".join(f"{text(key)}: {text(value)}" for key, value in types.items())
        options = f"format = 'newline_delimited', maximum_object_size = {_OBJECT_LIMIT}"
        read = f"SELECT * FROM read_json({text(lines)}, columns = {{{typed}}}, {options})"
        try:
            return self.select(table, read, stamps)
        finally:
            lines.unlink()

    def select(  # noqa: PLR0913 - what a SELECT comes with, by name
        self,
        table: Table,
        sql: str,
        stamps: Mapping[str, Any],
        *,
        setup: Iterable[str] = (),
        numbered: str = "",
        late: Mapping[str, str] | None = None,
        sort: Mapping[str, str] | None = None,
        records: int | None = None,
    ) -> Staged:
        """Stage the rows of a SELECT; ``numbered`` is the same with line numbers, asked for at need.

        ``late`` are columns made from those of the SELECT after the sort; ``sort`` names the column
        of the SELECT that stands for a column of the table in it. ``records`` is how many the file holds.

        Raises
        ------
        StoreError
            If the engine cannot run it; the message carries the SQL.
        OSError
            If the folder cannot be written.
        """
        import duckdb  # noqa: PLC0415 - heavy, and needed only where a table is touched

        try:
            for statement in setup:
                self.connection.execute(statement)
            made = _Made(sql, dict(stamps), dict(late or {}), dict(sort or {}), records)
            staged = self._staged(table, made, last=not numbered)
            if staged is None:
                staged = self._staged(table, replace(made, sql=numbered), last=True)
                staged = staged and Staged(staged.parts, _counted_on(staged.refused))
            return staged or Staged((), ())
        except duckdb.Error as error:
            if isinstance(error, duckdb.OperationalError) and (refused := refusal(error)):
                raise refused from error
            raise StoreError(f"{table.name}: {error}\nin: {sql}") from error

    def _staged(self, table: Table, made: _Made, *, last: bool) -> Staged | None:
        """Write a batch and judge it; nothing if a row breaks a rule and line numbers may be had."""
        path, stamps = self._path(table.name), made.stamps
        self._enums(stamps.values())
        typed = {row[0]: row[1] for row in self.connection.execute(f"DESCRIBE {made.whole()}").fetchall()}
        self._write_readable(table, made, path, typed)
        unread = self._unread(table)
        self._view(table, stamps, path, typed)
        total, broken, twins, doubts = self._counted(table, stamps)
        if broken + twins >= SHOWN_LIMIT:
            raise StoreError(f"{table.name}: more than {SHOWN_LIMIT - 1:,} rows that break a rule")
        if broken or twins:
            if last:
                return replace(self._split(table, path, unread, twins=bool(twins)), doubts=doubts)
            path.unlink()
            return None
        if total and set(table.partition) <= stamps.keys() and not typed.keys() & set(EXTRAS):
            part = Part(path, total, {key: stamps[key] for key in table.partition})
            return Staged((part,), tuple(unread), doubts)
        return replace(self._split(table, path, unread, twins=False), doubts=doubts)

    def _write_readable(self, table: Table, made: _Made, path: Path, typed: Mapping[str, str]) -> None:
        """Write a batch; where lines cannot be read they are set aside, if they are few.

        Raises
        ------
        StoreError
            If they are many.
        """
        import duckdb  # noqa: PLC0415 - as above

        try:
            return self._write(table, replace(made, sql=made.sql.replace(REJECTS, STRICT)), path, typed)
        except (duckdb.ProgrammingError, duckdb.DataError):
            if REJECTS not in made.sql:
                raise
        path.unlink(missing_ok=True)
        counted = f"SELECT count(*) FROM ({made.sql.replace(REJECTS, LENIENT)})"
        (readable,) = self.connection.execute(counted).fetchone() or (0,)
        if made.records is not None and made.records - readable >= SHOWN_LIMIT:
            raise StoreError(f"{table.name}: more than {SHOWN_LIMIT - 1:,} lines that cannot be read")
        return self._write(table, made, path, typed)

    def _write(self, table: Table, made: _Made, path: Path, typed: Mapping[str, str]) -> None:
        """Write a batch to one file, sorted; what is made late is made after the sort."""
        kept = [
            one for one in table.columns if one.name not in table.partition or one.name not in made.stamps
        ]
        columns = [_column(one.name, SQL_TYPES[one.type], typed, made.stamps) for one in kept]
        columns += [name(one) for one in EXTRAS if one in typed]
        order = [*_order(table, made.stamps), *([LINE] if LINE in typed else [])]
        whole = made.whole([one for one in order if one in typed or one in made.sort])
        self.connection.execute(
            f"COPY (SELECT {', '.join(columns)} FROM ({whole})) TO {text(path)} ({PARQUET})"
        )

    def _enums(self, values: Iterable[object]) -> None:
        """The type of constant texts: as an ENUM they are written at a fraction of the cost."""
        listed = ", ".join(text(value) for value in dict.fromkeys(v for v in values if isinstance(v, str)))
        self.connection.execute("DROP TYPE IF EXISTS stamp")
        self.connection.execute(f"CREATE TYPE stamp AS ENUM ({listed or text('')})")

    def _view(self, table: Table, stamps: Mapping[str, Any], path: Path, typed: Mapping[str, str]) -> None:
        """The written file as a view: every column of the table, the reader's refusals, row numbers."""
        absent = [f"NULL AS {name(one)}" for one in EXTRAS if one not in typed]
        fixed = [f"{_constant(stamps[key])} AS {name(key)}" for key in table.partition if key in stamps]
        read = f"read_parquet({text(path)}, file_row_number = true)"
        self.connection.execute("DROP VIEW IF EXISTS judged")
        self.connection.execute("DROP VIEW IF EXISTS written")
        self.connection.execute(
            f"CREATE TEMP VIEW written AS SELECT {', '.join(['*', *absent, *fixed])} FROM {read}"
        )

    def _counted(self, table: Table, stamps: Mapping[str, Any]) -> tuple[int, int, int, Mapping[str, int]]:
        """In one scan: rows, those that break a rule, have the key of the row before, or are doubtful."""
        own = " AND ".join(f"coalesce(({rule.condition}), false)" for rule in checks(table))
        keys = [one for one in table.key if one not in stamps]
        sorted_by_key = set(table.order) <= set(table.key)
        same = " AND ".join(f"{name(key)} = lag({name(key)}) OVER ()" for key in keys) or "true"
        same = f"coalesce({same}, false)" if sorted_by_key and keys else "false"
        soft = "".join(f", {rule.condition} AS {name(rule.name)}" for rule in table.doubts)
        judged = f"SELECT ({own}) AND {EXPECTED} IS NULL AS kept, {same} AS twin{soft} FROM written"
        told = "".join(f", count_if(kept AND {name(rule.name)})" for rule in table.doubts)
        counted = f"SELECT count(*), count_if(NOT kept), count_if(twin){told} FROM ({judged})"
        total, broken, twins, *many = self.connection.execute(counted).fetchone() or (0, 0, 0)
        doubts = {rule.name: count for rule, count in zip(table.doubts, many, strict=True) if count}
        if not keys:
            twins = max(total - 1, 0)
        elif not sorted_by_key:
            distinct = f"SELECT count(*) - count(DISTINCT ({names(keys)},)) FROM written"
            (twins,) = self.connection.execute(distinct.replace(",)", ")")).fetchone() or (0,)
        return total, broken or 0, twins or 0, doubts  # counted over no row, they are NULL

    def _split(self, table: Table, path: Path, unread: list[Row], *, twins: bool) -> Staged:
        """One sorted file for each partition among the rows that keep every rule; the others set aside."""
        self.connection.execute(f"CREATE TEMP VIEW judged AS {_judged(table, twins=twins)}")
        try:
            return Staged(tuple(self._parts(table)), (*unread, *self._refused(table)))
        finally:
            path.unlink()

    def _parts(self, table: Table) -> Iterable[Part]:
        """The parts, by partition; the rows are sorted already."""
        by = names(table.partition)
        kept = names(column for column in table.names if column not in table.partition)
        grouped = (
            f"SELECT {by + ', ' if by else ''}count(*) AS n FROM judged WHERE _rule IS NULL GROUP BY ALL"
        )
        for group in fetched(self.connection, f"{grouped} ORDER BY ALL"):
            count, path = group.pop("n"), self._path(table.name)
            where = "".join(f" AND {name(key)} = {text(value)}" for key, value in group.items())
            chosen = f"SELECT {kept} FROM judged WHERE _rule IS NULL{where} ORDER BY file_row_number"
            if count:
                self.connection.execute(f"COPY ({chosen}) TO {text(path)} ({PARQUET})")
                yield Part(path, count, group)

    def _refused(self, table: Table) -> Iterable[Row]:
        """Rows that break a rule, with what was found and expected."""
        meanings = {rule.name: rule for rule in (*checks(table), KEY_UNIQUE)}
        shown = f"to_json(struct_pack({', '.join(f'{name(one)} := {name(one)}' for one in table.names)}))"
        chosen = f"SELECT _rule, {names(EXTRAS)}, {shown}::VARCHAR AS content FROM judged"
        broken = f"{chosen} WHERE _rule IS NOT NULL ORDER BY _line, file_row_number LIMIT {SHOWN_LIMIT}"
        for row in fetched(self.connection, broken):
            yield _reject(row, meanings.get(row["_rule"]), table)

    def apart(self, table: Table, parts: list[Part]) -> tuple[list[Part], list[Row]]:
        """Parts of several batches whose keys do not repeat from one to another; and rows that did."""
        whole = " UNION ALL BY NAME ".join(_with_partition(part) for part in parts) or "SELECT 1 LIMIT 0"
        key = names(table.key)
        repeated = f"SELECT count(*) FROM (SELECT {key} FROM ({whole}) GROUP BY ALL HAVING count(*) > 1)"
        if len(parts) < SEVERAL or not (self.connection.execute(repeated).fetchone() or (0,))[0]:
            return parts, []
        staged = self.select(table, whole, {})
        for part in parts:
            part.path.unlink()
        return list(staged.parts), list(staged.refused)

    @told_plainly
    def joined(self, table: Table, files: Sequence[Path]) -> Part:
        """One sorted part with the rows of files of one partition."""
        path, order = self._path(table.name), names(_order(table, dict.fromkeys(table.partition)))
        listed = ", ".join(map(text, files))
        read = f"read_parquet([{listed}], hive_partitioning = false)"
        self.connection.execute(f"COPY (SELECT * FROM {read} ORDER BY {order}) TO {text(path)} ({PARQUET})")
        counted = self.connection.execute(f"SELECT count(*) FROM read_parquet({text(path)})").fetchone()
        return Part(path, (counted or (0,))[0], _partition(table, files[0]))

    @told_plainly
    def without(self, table: Table, files: Iterable[Path], condition: str) -> tuple[list[Path], list[Part]]:
        """Files that hold rows a condition is true of, and parts with the other rows they hold."""
        held, parts = [], []
        for file in files:
            read = f"read_parquet({text(file)}, hive_partitioning = false)"
            (found, total) = self.connection.execute(
                f"SELECT count_if({condition}), count(*) FROM {read}"
            ).fetchone() or (0, 0)
            if found:
                held.append(file)
            if 0 < found < total:
                path = self._path(table.name)
                self.connection.execute(
                    f"COPY (SELECT * FROM {read} WHERE NOT ({condition})) TO {text(path)} ({PARQUET})"
                )
                parts.append(Part(path, total - found, _partition(table, file)))
        return held, parts

    def _unread(self, table: Table) -> list[Row]:
        """Lines that a ``read_csv`` with ``store_rejects`` could not read, once each."""
        known = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'"
        if not (self.connection.execute(known).fetchone() or (0,))[0]:
            return []
        told = "line, column_name, error_message, csv_line"
        sql = f"SELECT {told} FROM reject_errors ORDER BY scan_id, line LIMIT {SHOWN_LIMIT}"
        rows, seen = fetched(self.connection, sql), dict[int, Row]()
        if len(rows) >= SHOWN_LIMIT:
            raise StoreError(f"{table.name}: more than {SHOWN_LIMIT - 1:,} cells that cannot be read")
        for row in rows:
            seen.setdefault(row["line"], row)
        for told in ("reject_errors", "reject_scans"):
            self.connection.execute(f"DELETE FROM {told}")
        return [{**_unreadable(row), "target": table.name} for row in seen.values()]


def _check_row(table: Table, row: Row, known: frozenset[str], whole: Iterable[str]) -> None:
    """Refuse a row its reader has misspelt, or that would be rounded: an error of the reader.

    Raises
    ------
    StoreError
        If it is one.
    """
    if unknown := row.keys() - known:
        raise StoreError(f"{table.name}: a row with {', '.join(sorted(unknown))}, which it has no column for")
    for column in whole:
        if isinstance(row.get(column), float):
            raise StoreError(f"{table.name}: {column} is {row[column]!r}, a whole number was expected")


def _with_partition(part: Part) -> str:
    """A SELECT of a part with the columns its place stands for."""
    fixed = "".join(f", {_constant(value)} AS {name(key)}" for key, value in part.partition.items())
    return f"(SELECT *{fixed} FROM read_parquet({text(part.path)}, hive_partitioning = false))"


def _partition(table: Table, file: Path) -> dict[str, str]:
    """The values of the partition columns that a file's place tells."""
    below = dict(one.split("=", 1) for one in file.parts if "=" in one)
    return {key: below[key] for key in table.partition}


def _constant(value: object) -> str:
    """A constant in SQL.

    >>> _constant("tin"), _constant(None), _constant(2024)
    ("'tin'", 'NULL', '2024')
    """
    if isinstance(value, str):
        return text(value)
    return "NULL" if value is None else str(value)


def _literal(value: object) -> str:
    """A constant in SQL; a text is of the type ``stamp``."""
    return f"{text(value)}::stamp" if isinstance(value, str) else _constant(value)


def _column(column: str, type_: str, typed: Mapping[str, str], stamps: Mapping[str, Any]) -> str:
    """One column of a part: as given, as stamped, or empty."""
    if column in typed:
        same = typed[column] == type_ or (type_ == "VARCHAR" and typed[column].startswith("ENUM"))
        return name(column) if same else f"CAST({name(column)} AS {type_}) AS {name(column)}"
    value = stamps.get(column)
    told = f"CAST({_literal(value)} AS {type_})" if not isinstance(value, str) else _literal(value)
    return f"{told} AS {name(column)}"


def _order(table: Table, stamps: Mapping[str, Any]) -> list[str]:
    """Columns to sort by: partition, the table's order, what is left of its key; constants say nothing."""
    wanted = dict.fromkeys([*table.partition, *table.order, *table.key])
    return [one for one in wanted if one not in stamps]


def _judged(table: Table, *, twins: bool) -> str:
    """Every row with the first rule it breaks: the reader's refusal, then the table's, then its key's.

    Of rows that are wholly alike the first is kept; of rows that share a key and differ none is.
    """
    cases = [f"WHEN {name(EXPECTED)} IS NOT NULL THEN {text(REFUSED_BY_READER)}"]
    cases += [
        f"WHEN NOT coalesce(({rule.condition}), false) THEN {text(rule.name)}" for rule in checks(table)
    ]
    own = f"CASE {' '.join(cases)} END"
    if not twins:
        return f"SELECT *, {own} AS _rule FROM written"
    rest = f"hash({names(table.names)})"
    window = f"OVER (PARTITION BY {names(table.key)}, _own IS NULL)"
    alike = (
        f"SELECT *, min({rest}) {window} <> max({rest}) {window} AS _differ,"
        f" min(file_row_number) {window} < file_row_number AS _later"
        f" FROM (SELECT *, {own} AS _own FROM written)"
    )
    repeated = f"CASE WHEN _differ OR _later THEN {text(KEY_UNIQUE.name)} END"
    return f"SELECT *, coalesce(_own, {repeated}) AS _rule FROM ({alike})"


def _reject(row: Row, rule: Rule | None, table: Table) -> Row:
    """One row of ``reject``, without its origin."""
    told = {"line": row[LINE], "rule": row["_rule"], "content": row["content"], "target": table.name}
    if rule is None:
        return {**told, "column": row[COLUMN], "found": row[FOUND] or "", "expected": row[EXPECTED]}
    if rule is KEY_UNIQUE:
        given = json.loads(row["content"])
        found = ", ".join(str(given.get(key)) for key in table.key)
        return {**told, "column": None, "found": f"again or otherwise: {found}", "expected": rule.meaning}
    column = next((one for one in table.names if rule.name.startswith(f"{one}-")), None)
    column = column or next((one for one in table.names if one in rule.condition), None)
    found = json.loads(row["content"]).get(column) if column else row["content"]
    return {**told, "column": column, "found": str(found), "expected": rule.meaning}


def _counted_on(refused: Sequence[Row]) -> tuple[Row, ...]:
    """Rows counted as they were read, by line: those that could not be read count as lines too.

    >>> rows = [{"line": 2, "rule": "unreadable"}, {"line": 2, "rule": "low"}, {"line": 3, "rule": "low"}]
    >>> [row["line"] for row in _counted_on(rows)]
    [2, 3, 4]
    """
    skipped = sorted(row["line"] for row in refused if row["rule"] == UNREADABLE)
    counted, moved, past = [row for row in refused if row["rule"] != UNREADABLE], [], 0
    for row in sorted(counted, key=lambda row: row["line"] or 0):
        while row["line"] and past < len(skipped) and skipped[past] <= row["line"] + past:
            past += 1
        moved.append({**row, "line": row["line"] and row["line"] + past})
    unread = [row for row in refused if row["rule"] == UNREADABLE]
    return tuple(sorted([*unread, *moved], key=lambda row: row["line"] or 0))


def _unreadable(row: Row) -> Row:
    """One row of ``reject`` for a line the CSV reader could not read."""
    message = str(row["error_message"])
    return {
        "line": row["line"],
        "rule": UNREADABLE,
        "column": row["column_name"] or None,
        "found": message.splitlines()[0] if message else "an unreadable line",
        "expected": "a line of the file's layout",
        "content": row["csv_line"] or "",
    }
