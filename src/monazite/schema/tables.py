"""What a table is, and what follows from its declaration: DDL, Arrow, JSON Schema, checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from monazite.schema.columns import Column, Type

SQL_TYPES: dict[Type, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
JSON_TYPES: dict[Type, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "string",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition every row must meet, in SQL."""

    name: str
    condition: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table: its columns, its key, the rules its rows keep, and how the store lays it out.

    ``rules`` are hard: a row that breaks one is refused. ``doubts`` are soft: rows whose condition is
    true are kept, and counted in a finding of that name. ``partition`` names the columns whose values
    divide it into folders, ``order`` those its rows are sorted by within one.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    doubts: tuple[Rule, ...] = ()
    partition: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that together name one row."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


def ddl(table: Table) -> str:
    """``CREATE TABLE`` statement for a declared table (DuckDB dialect)."""
    lines = [
        f'"{column.name}" {SQL_TYPES[column.type]}' + ("" if column.nullable else " NOT NULL")
        for column in table.columns
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def arrow_schema(table: Table) -> pa.Schema:
    """Arrow schema of a declared table; meaning, unit and basis travel as field metadata."""
    import pyarrow as pa  # noqa: PLC0415 - an optional dependency, loaded when asked for

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    return pa.schema(
        [
            pa.field(
                column.name,
                types[column.type],
                nullable=column.nullable,
                metadata={"meaning": column.meaning, "unit": column.unit, "basis": column.basis},
            )
            for column in table.columns
        ]
    )


def json_schema(table: Table) -> dict[str, Any]:
    """JSON Schema (2020-12) of one row of a declared table."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "description": table.meaning,
        "type": "object",
        "properties": {column.name: _json_column(column) for column in table.columns},
        "required": [column.name for column in table.columns if not column.nullable],
        "additionalProperties": False,
    }


def _json_column(column: Column) -> dict[str, Any]:
    """JSON Schema of one column."""
    kind = JSON_TYPES[column.type]
    told: dict[str, Any] = {
        "description": column.meaning,
        "type": [kind, "null"] if column.nullable else kind,
    }
    if column.type == "date":
        told["format"] = "date"
    if column.codes:
        told["enum"] = [*column.codes, None] if column.nullable else list(column.codes)
    if column.low is not None:
        told["minimum"] = column.low
    if column.high is not None:
        told["maximum"] = column.high
    if column.unit:
        told["x-unit"] = column.unit
    return told


def checks(table: Table) -> tuple[Rule, ...]:
    """Every rule a row must keep: the declared ones and those that follow from the columns."""
    implied = [rule for column in table.columns for rule in _column_rules(column)]
    return (*implied, *table.rules)


def _column_rules(column: Column) -> list[Rule]:
    """Rules that follow from one column's declaration."""
    name = f'"{column.name}"'
    rules = []
    if not column.nullable:
        rules.append(Rule(f"{column.name}-present", f"{name} IS NOT NULL", f"{column.name} is never empty"))
    if column.codes:
        listed = ", ".join("'" + code.replace("'", "''") + "'" for code in column.codes)
        condition = f"{name} IS NULL OR {name} IN ({listed})"
        rules.append(Rule(f"{column.name}-code", condition, f"{column.name} is one of its codes"))
    if column.type == "number":
        condition = f"{name} IS NULL OR isfinite({name})"
        rules.append(Rule(f"{column.name}-finite", condition, f"{column.name} is a number or empty"))
    for bound, sign in ((column.low, ">="), (column.high, "<=")):
        if bound is not None:
            condition = f"{name} IS NULL OR {name} {sign} {bound!r}"
            side = "low" if sign == ">=" else "high"
            rules.append(Rule(f"{column.name}-{side}", condition, f"{column.name} {sign} {bound:g}"))
    return rules
