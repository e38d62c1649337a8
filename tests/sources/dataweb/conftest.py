"""DataWeb workbooks and answers in the publisher's layout, and readings of them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from monazite.sources.dataweb import SOURCE
from monazite.sources.load import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monazite.sources.load import Reading

    Rows = Sequence[Sequence[Any]]

SPECIMENS = Path(__file__).parents[2] / "specimens" / "dataweb"
TITLE = "Annual + Year-To-Date Data from Jan - Apr"
QUERY = {
    "Trade Flow": "Imports: For Consumption",
    "Classification System": "HTS Items",
    "Data Format": "1",
}


@pytest.fixture(scope="session")
def specimen() -> Path:
    """Three headings and three partners of the true workbook."""
    return SPECIMENS / "us_domestic_exports_slice.xlsx"


@pytest.fixture(scope="session")
def scrap(specimen: Path) -> Reading:
    """The scrap, read."""
    return read_file(SOURCE, specimen)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: sheets of figures by name, each with its headings first, and the query."""

    def write(sheets: dict[str, Rows], extra: Rows = (), *, count: int | None = None, **query: str) -> Path:
        path = tmp_path / "report.xlsx"
        asked = {**QUERY, **{name.replace("_", " ").title(): text for name, text in query.items()}}
        with xlsxwriter.Workbook(path) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            sheet = book.add_worksheet("Query Parameters")
            sheet.write_string(0, 0, "Download Date")
            sheet.write_datetime(0, 1, datetime(2026, 7, 10, 18, 23), day)  # noqa: DTZ001 - has no zone
            steps: list[Sequence[Any]] = [("Step 1: Trade Flow and Classification System", "")]
            steps += list(asked.items())[:2]
            steps += [("Step 2: Data and Years", ""), *list(asked.items())[2:], *extra]
            for line, row in enumerate(steps, 1):
                sheet.write_row(line, 0, row)
            for name, rows in sheets.items():
                figures = [row for row in rows[1:] if not str(row[0]).startswith("Total")]
                sheet = book.add_worksheet(name)
                sheet.write_row(0, 0, [f"{asked['Trade Flow']}|{TITLE}"])
                sheet.write_row(1, 0, ["Data Row Count", len(figures) if count is None else count])
                for line, row in enumerate(rows, 2):
                    sheet.write_row(line, 0, row)
        return path

    return write


@pytest.fixture
def read(workbook: Callable[..., Path]) -> Callable[..., Reading]:
    """Write a workbook and read it."""
    return lambda *given, **query: read_file(SOURCE, workbook(*given, **query))


@pytest.fixture
def answer(tmp_path: Path) -> Callable[..., Path]:
    """Write an answer of the report API: labels, then rows of texts."""

    def write(labels: Sequence[str], *rows: Sequence[str | None], **dto: object) -> Path:
        entries = [{"rowEntries": [{"value": value} for value in row]} for row in rows]
        head, tail = ([{"label": label} for label in part] for part in (labels[:1], labels[1:]))
        table = {
            "column_groups": [{"columns": head}, {"columns": [{"columns": tail}]}],
            "row_groups": [{"rowsNew": entries}],
        }
        path = tmp_path / "answer.json"
        path.write_text(json.dumps({"dto": {"errors": [], "tables": [table], **dto}}))
        return path

    return write


@pytest.fixture
def read_answer(answer: Callable[..., Path]) -> Callable[..., Reading]:
    """Write an answer and read it as the customs value of imports for consumption."""

    def read(*given: Sequence[str], **dto: object) -> Reading:
        return read_file(SOURCE, answer(*given, **dto), flow="import", measure="CONS_CUSTOMS_VALUE")

    return read
