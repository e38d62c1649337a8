"""Sheets: what the publisher's answers, tables saved from them and bulk files have in common.

Each of them becomes a relation of the engine with the publisher's columns, as text; one SELECT
(:mod:`~monazite.sources.census.trade`) reads them all.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError, StoreError
from monazite.schema.trade import TRADE
from monazite.sources.census.answers import csv_rows, json_rows
from monazite.sources.census.columns import PLACES, READ, header
from monazite.store.engine import name, text
from monazite.store.parquet import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from monazite.sources.census.answers import Line
    from monazite.sources.census.columns import Header
    from monazite.sources.source import Account, Given

CONTENT = 400
FEW, ROWS_PER_BYTE = 2_000_000, 20
MEMORY = "256MB"
TORN = 10_000
"""Rows that do not fit their header, before the file is taken for something else."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A relation with the publisher's columns: their expressions as text, by name in capitals.

    ``empty`` counts the records of a bulk file that had trade this year and none this month; where it is
    given, those ways of counting a record that had none are passed over, too.
    """

    file: str
    header: Header
    relation: str
    columns: Mapping[str, str]
    line: str
    empty: int | None = None

    @property
    def partner(self) -> str:
        """Name of the column that holds the partner."""
        return next(name for name in PLACES if name in self.columns)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a query about it.

        Raises
        ------
        SourceError
            If the engine cannot read the file.
        """
        return _asked(self.file, sql)


def _asked(file: str, sql: str) -> list[dict[str, Any]]:
    """Rows of a query over a file, in little memory."""
    try:
        return select({}, f"SET memory_limit = '{MEMORY}'; {sql}")
    except StoreError as error:
        found = str(error).partition("\n")[0]
        raise SourceError(
            file, found=found, expected="a file the engine can read", hint="Fetch it again"
        ) from error


def parquet_sheet(given: Given) -> Sheet:
    """A Parquet file with the publisher's columns, of whatever types they were saved as."""
    read = f"read_parquet({text(given.path)}, file_row_number = true)"
    told = _asked(given.name, f"SELECT column_name, column_type FROM (DESCRIBE FROM {read})")
    _check_rows(given, read)
    typed = {row["column_name"]: row["column_type"] for row in told if row["column_name"].upper() in READ}
    columns: dict[str, str] = {}
    for column, type_ in typed.items():
        columns.setdefault(column.upper(), _as_text(name(column), type_))
    return Sheet(given.name, header(given.name, columns), read, columns, "file_row_number + 1")


def _check_rows(given: Given, read: str) -> None:
    """Refuse a file that says it holds far more rows than its bytes can tell apart."""
    (told,) = _asked(given.name, f"SELECT count(*) AS n FROM {read}")
    size = given.path.stat().st_size
    if told["n"] > max(FEW, ROWS_PER_BYTE * size):
        raise SourceError(
            given.name, found=f"{told['n']:,} rows in {size:,} bytes", expected="a table of trade"
        )


def _as_text(column: str, type_: str) -> str:
    """A column as text; a whole number saved as a float loses its point."""
    plain = f"CAST({column} AS VARCHAR)"
    return f"regexp_replace({plain}, '\\.0$', '')" if type_ in {"DOUBLE", "FLOAT"} else plain


def text_sheet(given: Given, account: Account) -> Sheet:
    """An answer of the API or a comma-separated table, checked and written out for the engine."""
    rows = (json_rows if is_json(given.path) else csv_rows)(given.path, given.name)
    first = [cell or "" for cell in next(rows, (1, []))[1]]
    kept, flat = _kept(first), given.scratch / "census.csv"
    header(given.name, kept)
    with flat.open("w", encoding="utf-8", newline="") as opened:
        torn = Torn(given.name, account)
        csv.writer(opened, lineterminator="\n").writerows(_fitting(torn, len(first), [*kept.values()], rows))
    return flat_sheet(given.name, flat, [*kept])


def flat_sheet(file: str, flat: Path, columns: Sequence[str], *, empty: int | None = None) -> Sheet:
    """A comma-separated file of our own, without header: the line's number, then the columns."""
    typed = ", ".join(f"{text(one)}: 'VARCHAR'" for one in ("_line", *columns))
    options = "header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"'"
    relation = f"read_csv({text(flat)}, columns = {{{typed}}}, {options}, strict_mode = true)"
    named = {one: name(one) for one in columns}
    return Sheet(file, header(file, columns), relation, named, "CAST(_line AS BIGINT)", empty)


def is_json(path: Path) -> bool:
    """Whether a file begins as JSON does."""
    with path.open("rb") as opened:
        return opened.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")


def _kept(first: Sequence[str]) -> dict[str, int]:
    """Places of the columns that are read; one asked for twice comes twice, alike."""
    places: dict[str, int] = {}
    for place, column in enumerate(first):
        if column.upper() in READ:
            places.setdefault(column.upper(), place)
    return places


def _fitting(torn: Torn, width: int, places: Sequence[int], rows: Iterable[Line]) -> Iterator[list[object]]:
    """Rows that fit their header, as far as they are read; the others are refused."""
    for line, cells in rows:
        if len(cells) != width:
            torn.refuse(line, f"{len(cells)} cells", f"{width} cells of text", cells)
        elif any("\0" in cell for cell in cells if cell):
            torn.refuse(line, "a NUL byte", "text", cells)
        else:
            yield [line, *(cells[place] for place in places)]


class Torn:
    """Rows of a file that do not fit its layout: refused, and the file with them if they are many."""

    def __init__(self, file: str, account: Account, part: str = "") -> None:
        """Begin with none."""
        self.file, self.account, self.part, self.count = file, account, part, 0

    def refuse(self, line: int, found: str, expected: str, content: object) -> None:
        """Keep a row aside.

        Raises
        ------
        SourceError
            If there are too many for a file that is merely damaged.
        """
        self.count += 1
        if self.count > TORN:
            raise SourceError(
                self.file, line=line, found=f"{self.count:,} rows like {found}", expected=expected
            )
        self.account.records += 1
        self.account.refuse(
            TRADE, "row-shape", found=found, expected=expected, content=str(content)[:CONTENT], line=line,
            part=self.part,
        )  # fmt: skip
