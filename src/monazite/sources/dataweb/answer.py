"""The answer of the report API: tables whose cells are texts, under headings in groups."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError
from monazite.sources.dataweb.tables import Table, layout, split

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 32 * 2**20
ASKED = 20_000
"""Rows asked for at most; an answer of as many may have been cut."""

OUTAGE = b"data load mode"
_SAID = 10_000
DEEPEST = 20
EXPECTED = "an answer of the DataWeb report API"


def check(path: Path) -> None:
    """Refuse an answer that is an error, an outage, empty, or cut at the number of rows asked for.

    Raises
    ------
    SourceError
        With what DataWeb said.
    """
    tables = _tables(path, path.name)
    rows = [len(_lines(table, path.name)) for table in tables]
    if not sum(rows):
        hint = "Look at the codes, the partner and the years asked for"
        raise SourceError(path.name, found="no rows", expected="rows", hint=hint)
    if max(rows) >= ASKED:
        hint = "Ask for fewer years, codes or partners at a time"
        raise SourceError(
            path.name, found=f"{max(rows):,} rows", expected=f"fewer than the {ASKED:,} asked for", hint=hint
        )


def tables(path: Path, file: str, measures: str) -> list[Table]:
    """The tables of an answer; ``measures`` are those asked for, in order.

    Raises
    ------
    SourceError
        If the answer is an error or not of the documented shape.
    """
    asked = [name.strip() for name in measures.split(",")]
    found = _tables(path, file)
    names = asked if len(asked) == len(found) else [asked[0]] * len(found)
    return [
        _table(table, name, file, at) for at, (table, name) in enumerate(zip(found, names, strict=True), 1)
    ]


def _table(table: dict[str, Any], asked: str, file: str, number: int) -> Table:
    """One table: headings, lines, and the measure it names or was asked for."""
    place = f"{file}/table {number}"
    headings = _labels(table.get("column_groups"), place)
    lines = [
        (line, _values(row, len(headings), place, line)) for line, row in enumerate(_lines(table, file), 1)
    ]
    kept, totals = split(lines)
    about = table.get("tableInfo")
    named = about.get("dataToReportDesc") if isinstance(about, dict) else None
    name = named if isinstance(named, str) and named else asked
    return Table(place, name, layout(headings, None, place, 1), kept, totals)


def _tables(path: Path, file: str) -> list[dict[str, Any]]:
    """The tables of an answer that is no error."""
    dto = _parsed(path, file).get("dto")
    if not isinstance(dto, dict):
        raise SourceError(file, found="no dto", expected=EXPECTED)
    if errors := dto.get("errors"):
        hint = "Look at the measure: take its code from a query saved in DataWeb"
        raise SourceError(file, found=f"errors {str(errors)[:300]}", expected="none", hint=hint)
    found = dto.get("tables")
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise SourceError(file, found="no tables", expected=EXPECTED)
    return found


def _parsed(path: Path, file: str) -> dict[str, Any]:
    """The JSON object a file holds."""
    if (size := path.stat().st_size) > LIMIT:
        raise SourceError(file, found=f"{size:,} bytes", expected=f"at most {LIMIT:,}")
    content = path.read_bytes()
    if OUTAGE in content[:_SAID].lower():
        hint = "DataWeb is loading new data; ask again later"
        raise SourceError(file, found=f"DataWeb in {OUTAGE.decode()}", expected="an answer", hint=hint)
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceError(file, found=f"no JSON ({str(error)[:80]})", expected=EXPECTED) from error
    if not isinstance(answer, dict):
        raise SourceError(file, found=type(answer).__name__, expected=EXPECTED)
    return answer


def _labels(groups: object, place: str, depth: int = 0) -> list[str]:
    """The labels of the innermost columns, from left to right."""
    if not isinstance(groups, list) or depth > DEEPEST:
        raise SourceError(place, found="no column_groups", expected=EXPECTED)
    labels: list[str] = []
    for one in groups:
        inner = one.get("columns") if isinstance(one, dict) else None
        if inner:
            labels += _labels(inner, place, depth + 1)
        elif isinstance(one, dict) and isinstance(one.get("label"), str):
            labels.append(one["label"])
    return labels


def _lines(table: dict[str, Any], file: str) -> list[Any]:
    """The rows of all row groups of a table."""
    groups = table.get("row_groups")
    if not isinstance(groups, list):
        raise SourceError(file, found="no row_groups", expected=EXPECTED)
    rows: list[Any] = []
    for group in groups:
        held = group.get("rowsNew") if isinstance(group, dict) else None
        if not isinstance(held, list):
            raise SourceError(file, found="a row group without rowsNew", expected=EXPECTED)
        rows += held
    return rows


def _values(row: object, width: int, place: str, line: int) -> list[str]:
    """The cells of a row, as texts."""
    entries = row.get("rowEntries") if isinstance(row, dict) else None
    if not isinstance(entries, list) or len(entries) != width:
        found = f"{len(entries)} cells" if isinstance(entries, list) else "no rowEntries"
        raise SourceError(place, line=line, found=found, expected=f"{width} cells")
    values = [one.get("value") if isinstance(one, dict) else None for one in entries]
    return ["" if value is None else str(value) for value in values]
