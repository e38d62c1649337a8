"""XLSX as analysts expect it: real types, frozen headers, notes and sources, no formula."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

import xlsxwriter

from monazite.results.files.findings import findings_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from monazite.results.frame import Frame
    from monazite.results.result import Result
    from monazite.schema.columns import Column
    from monazite.schema.tables import Table

_SHEETS = {"series": "Series", "sources": "Sources of imports", "producers": "Producers"}
_MATERIALS = {"": "the minerals of the 2025 list", "all": "all commodities"}
_LONGEST_TEXT = 32_767  # what a cell holds; Excel calls a file with more damaged
_WIDEST = 44
_NOT_PERCENT = ("hhi", "volatility")
_FORMATS = {
    "head": {"bold": True, "bg_color": "#E7E9EC", "bottom": 1, "valign": "top"},
    "percent": {"num_format": "0.0%"},
    "whole percent": {"num_format": "0%"},
    "index": {"num_format": "0.000"},
    "number": {"num_format": "#,##0.0##"},
    "whole number": {"num_format": "#,##0"},
    "year": {"num_format": "0"},
    "label": {"bold": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
}
_NO_DATE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)  # the same bytes every day
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def xlsx_bytes(result: Result) -> bytes:
    """The result as a workbook; the same result gives the same bytes.

    Sheets: Data (the table), one for each table behind it (Series, Sources of imports, Producers),
    Findings, Notes (question, method, parameters, column dictionary), Sources (citation, DOI,
    digests). Every text is written as text, whatever sign it begins with.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"title": result.title, "comments": result.cite(), "created": _NO_DATE})
    formats = {name: book.add_format(told) for name, told in _FORMATS.items()}
    frames = _frames(result)
    for name, frame in frames.items():
        _add_table(book, name, frame, formats)
    _add_notes(book.add_worksheet("Notes"), result, frames, formats)
    _add_sources(book.add_worksheet("Sources"), result, formats)
    book.close()
    return stream.getvalue()


def _frames(result: Result) -> dict[str, Frame]:
    """The tables of the workbook by the name of their sheet."""
    details = {_SHEETS.get(name, name.capitalize())[:31]: frame for name, frame in result.details.items()}
    return {"Data": result.table, **details, "Findings": findings_frame(result)}


def _add_table(book: Workbook, name: str, frame: Frame, formats: dict[str, Format]) -> None:
    """A sheet with one table: header with comments, filter, typed cells."""
    sheet, columns = book.add_worksheet(name), frame.table.columns
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name, formats["head"])
        sheet.write_comment(0, at, _comment(column), {"author": "monazite", "x_scale": 2})
        sheet.set_column(at, at, _width(column, frame.column(column.name)))
    for line, row in enumerate(frame.rows, start=1):
        for at, column in enumerate(columns):
            value = row[column.name]
            _write_cell(sheet, line, at, value, formats.get(number_format(column, value)))
    sheet.freeze_panes(1, _frozen_columns(frame.table))
    sheet.autofilter(0, 0, max(len(frame), 1), len(columns) - 1)


def _write_cell(sheet: Worksheet, line: int, at: int, value: object, shown: Format | None) -> None:
    """One value with its real type; a missing one leaves the cell empty."""
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(line, at, value, shown)
    elif value is not None and value != "":
        sheet.write_string(line, at, _clipped(str(value)))


def number_format(column: Column, value: object) -> str:
    """Name of the number format a value is shown in; empty if it is no number.

    >>> from monazite.schema.dependence import DEPENDENCE
    >>> share, index = DEPENDENCE.column("reliance_low"), DEPENDENCE.column("source_hhi_low")
    >>> number_format(share, 0.67), number_format(share, 0.995), number_format(index, 0.34)
    ('whole percent', 'percent', 'index')
    """
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return ""
    if column.unit == "year" and column.name.endswith("year"):
        return "year"
    if column.unit == "1" and any(word in column.name for word in _NOT_PERCENT):
        return "index"
    kind, hundredfold = ("percent", 100) if column.unit == "1" else ("number", 1)
    return f"whole {kind}" if math.isclose(value * hundredfold, round(value * hundredfold)) else kind


def _comment(column: Column) -> str:
    """What a header's comment says."""
    told = [column.meaning]
    if column.unit:
        told.append(f"Unit: {'a share, 1 = 100 percent' if column.unit == '1' else column.unit}")
    if column.basis:
        told.append(f"Basis: {column.basis}")
    return "\n".join(told)


def _width(column: Column, values: Sequence[Any]) -> int:
    """Width of a column in characters: its longest text, within reason."""
    shown = max((len(str(value)) for value in values if isinstance(value, str)), default=8)
    return min(max(shown, len(column.name), 8) + 3, _WIDEST)


def _frozen_columns(table: Table) -> int:
    """How many columns stay in sight: up to the name of the row."""
    return table.names.index("name") + 1 if "name" in table.names[:4] else 0


def _clipped(text: str) -> str:
    """A text a cell can hold."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _add_notes(
    sheet: Worksheet, result: Result, frames: dict[str, Frame], formats: dict[str, Format]
) -> None:
    """Question, method, parameters, notes, and what every column means."""
    asked = [(f"Parameter {name}", _as_text(name, value)) for name, value in result.parameters.items()]
    told = [("Question", result.question), ("Method", result.method), *asked]
    told += [("Note", note) for note in result.notes] + [("Software", f"monazite {result.version}")]
    line = _add_pairs(sheet, told, formats) + 1
    for at, heading in enumerate(("Sheet and column", "Meaning", "Unit", "Basis", "Type")):
        sheet.write_string(line, at, heading, formats["head"])
    for name, frame in frames.items():
        for column in frame.table.columns:
            line += 1
            meant = (f"{name}: {column.name}", column.meaning, column.unit, column.basis, column.type)
            for at, text in enumerate(meant):
                sheet.write_string(line, at, text, formats["wrapped"])


def _add_sources(sheet: Worksheet, result: Result, formats: dict[str, Format]) -> None:
    """How to cite, and each publication with its licence and digests."""
    told = [("How to cite", result.cite())]
    for source in result.sources:
        told += [("Edition", source.as_of), ("Title", source.title), ("Publisher", source.publisher)]
        told += [("DOI", f"https://doi.org/{source.doi}")] if source.doi else []
        told += [("Licence", source.licence)]
        told += [("Digest (sha256)", digest) for digest in source.snapshots]
    _add_pairs(sheet, told, formats)


def _add_pairs(sheet: Worksheet, told: Iterable[tuple[str, str]], formats: dict[str, Format]) -> int:
    """Labels and texts from the top; the first free line."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 4, 16)
    line = 0
    for label, text in told:
        sheet.write_string(line, 0, label, formats["label"])
        sheet.write_string(line, 1, _clipped(text), formats["wrapped"])
        line += 1
    return line


def _as_text(name: str, value: object) -> str:
    """A parameter as a reader would write it."""
    if isinstance(value, (list, tuple)):
        told = ", ".join(map(str, value))
        return _MATERIALS.get(told.casefold(), told) if name == "materials" else told or "all"
    return "default" if value is None else str(value)
