"""One declaration, one meaning: the engine, Arrow, JSON Schema and the checks agree about every table."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import jsonschema
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from monazite.errors import StoreError
from monazite.schema import dependence, minerals
from monazite.schema.columns import PYTHON_TYPES, Column
from monazite.schema.tables import (
    JSON_TYPES,
    SQL_TYPES,
    Rule,
    Table,
    arrow_schema,
    checks,
    ddl,
    json_schema,
)
from monazite.store.engine import connect
from monazite.store.parquet import failing, select, write_parquet

if TYPE_CHECKING:
    from pathlib import Path

TABLES = (*minerals.TABLES, *dependence.TABLES)
Row = dict[str, Any]
EVERY_TYPE = Table(
    "every_type",
    "One column of each type.",
    (
        Column("code", "text", "Key.", key=True, codes=("a", "it's")),
        Column("count", "integer", "Whole.", low=0, high=9),
        Column("share", "number", "Share.", unit="1", low=0, high=1, required=True),
        Column("kept", "boolean", "Flag."),
        Column("day", "date", "Day."),
    ),
    (Rule("kept-when-counted", "count IS NULL OR kept", "what is counted is kept"),),
)
named = pytest.mark.parametrize("table", [*TABLES, EVERY_TYPE], ids=lambda table: table.name)


def cell(column: Column) -> object:
    """A value that a column may take."""
    if column.codes:
        return column.codes[0]
    if column.type in {"integer", "number"}:
        least = column.low if column.low is not None else 0
        return PYTHON_TYPES[column.type](max(least, 1) if column.high is None else least)
    return {"text": "x", "boolean": True, "date": "2026-02-03"}[column.type]


def whole(table: Table) -> Row:
    """A row with a value in every column."""
    row = {column.name: cell(column) for column in table.columns}
    figure = {"value": 0.0, "low": 0.0, "high": 0.0}
    return {**row, **{name: 0.0 for name in figure if name in row}}


def sparse(table: Table) -> Row:
    """A row that is empty wherever it may be, with another key."""
    row = {column.name: None if column.nullable else cell(column) for column in table.columns}
    free = next(
        column for column in table.columns if (column.key and not column.codes) or column.name == "code"
    )
    other = {"text": "y", "integer": 2000}[free.type]
    silent = {"obs_status": "withheld"} if "value" in row else {}
    return {**row, free.name: free.codes[1] if free.codes else other, **silent}


@named
def test_names_are_unique_and_the_key_is_there(table: Table) -> None:
    assert len(set(table.names)) == len(table.names)
    assert table.key
    assert set(table.key) <= set(table.names)
    assert [table.column(name).name for name in table.names] == list(table.names)


def test_tables_are_unique() -> None:
    names = [table.name for table in TABLES]
    assert len(set(names)) == len(names)


@named
def test_rules_are_unique_and_say_what_they_mean(table: Table) -> None:
    rules = checks(table)
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(rule.meaning and rule.condition for rule in rules)


@named
def test_the_dictionary_says_something_of_every_column(table: Table) -> None:
    assert table.meaning.endswith(".")
    assert all(column.meaning.endswith(".") for column in table.columns)
    figures = [column for column in table.columns if column.type == "number" and column.unit.startswith("<")]
    assert all(column.unit.strip("<>") in table.names for column in figures)


@named
def test_the_engine_has_the_declared_columns(table: Table) -> None:
    connection = connect()
    connection.execute(ddl(table))
    sql = "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = ?"
    found = connection.execute(sql, [table.name]).fetchall()
    assert found == [(each.name, SQL_TYPES[each.type], each.nullable) for each in table.columns]


@named
def test_written_and_read_back(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "held.parquet"
    write_parquet(table, [whole(table), sparse(table)], path)
    described = connect().execute(f"DESCRIBE FROM '{path}'").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [
        (c.name, SQL_TYPES[c.type]) for c in table.columns
    ]
    back = select({"held": path}, "FROM held")
    days = {column.name for column in table.columns if column.type == "date"}
    dates = [{**row, **{name: row[name] and row[name].isoformat() for name in days}} for row in back]
    assert dates == [whole(table), sparse(table)]


@named
def test_arrow_has_the_declared_columns(table: Table, tmp_path: Path) -> None:
    schema = arrow_schema(table)
    assert [(field.name, field.nullable) for field in schema] == [(c.name, c.nullable) for c in table.columns]
    assert all(field.metadata[b"meaning"].decode() == table.column(field.name).meaning for field in schema)
    path = tmp_path / "held.parquet"
    write_parquet(table, [whole(table), sparse(table)], path)
    stored = pq.read_table(path)
    assert [field.type for field in stored.schema] == [field.type for field in schema]
    assert stored.cast(schema).schema.equals(schema, check_metadata=True)


@named
def test_arrow_refuses_another_type(table: Table) -> None:
    days = {column.name for column in table.columns if column.type == "date"}
    row = {key: dt.date.fromisoformat(value) if key in days else value for key, value in whole(table).items()}
    assert pa.Table.from_pylist([row], schema=arrow_schema(table)).to_pylist() == [row]
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        pa.Table.from_pylist([{**row, table.names[0]: ["no"]}], schema=arrow_schema(table))


@named
def test_json_schema_is_sound_and_takes_what_the_engine_takes(table: Table) -> None:
    schema = json_schema(table)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert [*schema["properties"]] == [*table.names]
    for row in (whole(table), sparse(table)):
        jsonschema.validate(row, schema, jsonschema.Draft202012Validator)
    for column in table.columns:
        kinds = schema["properties"][column.name]["type"]
        assert kinds == ([JSON_TYPES[column.type], "null"] if column.nullable else JSON_TYPES[column.type])


def spoilt(column: Column) -> list[tuple[str, object]]:
    """Values that a column refuses, each with the name of the rule that it breaks."""
    bad: list[tuple[str, object]] = []
    if not column.nullable:
        bad.append((f"{column.name}-present", None))
    if column.codes:
        bad.append((f"{column.name}-code", "no such code"))
    if column.low is not None:
        bad.append((f"{column.name}-low", PYTHON_TYPES[column.type](column.low - 1)))
    if column.high is not None:
        bad.append((f"{column.name}-high", PYTHON_TYPES[column.type](column.high + 1)))
    return bad


def broken(table: Table, *rows: Row) -> dict[str, list[Row]]:
    """Rows that the engine finds broken, by the name of the rule."""
    connection = connect()
    connection.execute(ddl(table).replace(" NOT NULL", ""))
    insert = f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608 - declared name
    for row in rows:
        connection.execute(insert, [row[name] for name in table.names])
    return {rule.name: failed for rule, failed in failing(connection, table).items()}


@named
def test_sound_rows_break_nothing(table: Table) -> None:
    assert broken(table, whole(table), sparse(table)) == {}


@named
def test_a_spoilt_column_gives_its_row_back(table: Table) -> None:
    validator = jsonschema.Draft202012Validator(json_schema(table))
    bad = [(column.name, *each) for column in table.columns for each in spoilt(column)]
    rows = [{**whole(table), name: value} for name, _, value in bad]
    found = broken(table, *rows, sparse(table))
    assert [[row[name] for row in found[rule]] for name, rule, _ in bad] == [[value] for _, _, value in bad]
    assert [row for row in rows if validator.is_valid(row)] == []


@named
def test_a_number_is_finite(table: Table) -> None:
    numbers = [column.name for column in table.columns if column.type == "number"]
    endless = (float("nan"), float("inf"), float("-inf"))
    found = broken(table, *({**whole(table), name: value} for name in numbers for value in endless))
    assert [len(found[f"{name}-finite"]) for name in numbers] == [len(endless)] * len(numbers)


@named
def test_a_key_names_one_row(table: Table) -> None:
    found = broken(table, whole(table), whole(table), sparse(table))
    assert [row["rows"] for row in found["key-unique"]] == [2]


SPOILT_ROWS: dict[str, dict[str, Row]] = {
    "mineral_statistic": {
        "ends-in-order": {"value": None, "low": 2.0, "high": 1.0, "obs_status": "range"},
        "exact-or-interval": {"value": 1.0, "low": 1.0, "high": 2.0},
        "normal-has-value": {"value": None, "low": None, "high": None, "obs_status": "normal"},
        "silent-has-none": {"obs_status": "withheld"},
        "reliance-is-a-share": {"measure": "net-import-reliance", "unit": "t"},
        "quantity-not-negative": {"value": -1.0, "low": -1.0, "high": -1.0},
    },
    "import_source": {
        "ends-in-order": {"value": None, "low": 0.5, "high": 0.1, "obs_status": "range"},
        "exact-or-interval": {"value": 0.5, "low": 0.4, "high": 0.5},
        "normal-has-value": {"value": None, "low": None, "high": None, "obs_status": "normal"},
        "silent-has-none": {"obs_status": "not-available"},
        "share-in-0-1": {"value": 1.5, "low": 1.5, "high": 1.5},
        "window-in-order": {"period_first": 2024, "period_last": 2021},
    },
    "every_type": {"kept-when-counted": {"kept": False}},
}
DECLARED = [(table, rule) for table in (*TABLES, EVERY_TYPE) for rule in table.rules]


@pytest.mark.parametrize(("table", "rule"), DECLARED, ids=lambda each: each.name)
def test_a_row_that_breaks_a_declared_rule_comes_back(table: Table, rule: Rule, tmp_path: Path) -> None:
    row = {**whole(table), **SPOILT_ROWS[table.name][rule.name]}
    assert broken(table, row, sparse(table))[rule.name] == [
        {**row, "day": dt.date(2026, 2, 3)} if table is EVERY_TYPE else row
    ]
    with pytest.raises(StoreError, match=table.name):
        write_parquet(table, [row, sparse(table)], tmp_path / "held.parquet")


def test_shipped_rows_fit_the_json_schema() -> None:
    """A row as a door would give it; every hundredth of the large table."""
    from monazite.store.shipped import query  # noqa: PLC0415 - read only here

    for table in minerals.TABLES:
        validator = jsonschema.Draft202012Validator(json_schema(table))
        for row in query(f"FROM {table.name}")[:: 100 if table is minerals.MINERAL_STATISTIC else 10]:
            validator.validate(row)
