"""JSON: the whole result as one object, or one row per line."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monazite.results.frame import Frame
    from monazite.results.result import Result
    from monazite.schema.tables import Table


def json_bytes(result: Result) -> bytes:
    """The result as one JSON object: question, parameters, columns, rows, details, findings, sources."""
    return (_dumped(result_object(result), indent=2) + "\n").encode("utf-8")


def table_bytes(frame: Frame) -> bytes:
    """A table as one JSON object: columns and rows."""
    return (_dumped(table_object(frame), indent=2) + "\n").encode("utf-8")


def jsonl_bytes(frame: Frame) -> bytes:
    """A table as JSON Lines: one object per row, each ended by a line feed."""
    return "".join(_dumped(row) + "\n" for row in frame.rows).encode("utf-8")


def result_object(result: Result) -> dict[str, Any]:
    """The result as plain dictionaries and lists."""
    return {
        "study": result.study,
        "title": result.title,
        "question": result.question,
        "parameters": dict(result.parameters),
        "method": result.method,
        "notes": list(result.notes),
        "headlines": [dataclasses.asdict(headline) for headline in result.headlines],
        **table_object(result.table),
        "details": {name: table_object(frame) for name, frame in result.details.items()},
        "findings": [dataclasses.asdict(finding) for finding in result.findings],
        "sources": [dataclasses.asdict(source) for source in result.sources],
        "citation": result.cite(),
        "version": result.version,
    }


def table_object(frame: Frame) -> dict[str, Any]:
    """A table as its column dictionary and its rows."""
    return {"columns": _columns(frame.table), "rows": list(frame.rows)}


def _columns(table: Table) -> list[dict[str, str]]:
    """The dictionary of a table's columns."""
    told = ("name", "type", "unit", "basis", "meaning")
    return [{name: getattr(column, name) for name in told} for column in table.columns]


def _dumped(told: object, indent: int | None = None) -> str:
    """JSON that every parser takes: no NaN, no infinity."""
    return json.dumps(told, ensure_ascii=False, allow_nan=False, indent=indent)
