"""BEA tables in the publisher's layout, and readings of them."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import xlsxwriter

from monazite.sources.bea import SOURCE
from monazite.sources.load import read_file
from monazite.sources.source import Account, Given, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monazite.sources.load import Reading

SPECIMENS = Path(__file__).parents[2] / "specimens" / "bea"


class Raw(NamedTuple):
    """What the reader gave, before any check: rows by table, with their stamps, and the account."""

    rows: dict[str, list[dict[str, Any]]]
    account: Account


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Raw]:
    """Read a file without an engine: as fast as the reader is."""

    def read(path: Path) -> Raw:
        account, rows = Account(), dict[str, list[dict[str, Any]]]()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        given = Given(path, path.name, digest, date(2026, 7, 10), tmp_path_factory.mktemp("scratch"))
        for batch in SOURCE.read(given, account):
            assert isinstance(batch, Rows)
            rows.setdefault(batch.table.name, []).extend({**batch.stamps, **row} for row in batch.rows)
        return Raw(rows, account)

    return read


@pytest.fixture(scope="session")
def specimen() -> Path:
    """Folder of scraps."""
    return SPECIMENS


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Reading]:
    """Save a text under a name and read it."""

    def save(name: str, content: str, **parameters: str) -> Reading:
        path = tmp_path / name
        path.write_text(content)
        return read_file(SOURCE, path, **parameters)

    return save


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Reading]:
    """Write sheets of rows and read them."""

    def write(sheets: dict[str, Sequence[Sequence[object]]], name: str = "table.xlsx") -> Reading:
        with xlsxwriter.Workbook(tmp_path / name) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for line, row in enumerate(rows):
                    sheet.write_row(line, 0, row)
        return read_file(SOURCE, tmp_path / name)

    return write
