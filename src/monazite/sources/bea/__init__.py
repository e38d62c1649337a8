"""BEA input-output accounts: use, imports used, supply, requirements, and the lists of their codes.

* :mod:`.tables`, :mod:`.years`: what a table is, and of which year
* :mod:`.matrix`, :mod:`.totals`: its cells, and its totals against their parts
* :mod:`.lists`: codes, their names and parents
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.indicators import CODE
from monazite.schema.input_output import INPUT_OUTPUT
from monazite.sources import separated, workbook
from monazite.sources.bea import lists, tables, totals
from monazite.sources.bea.matrix import batches
from monazite.sources.source import Licence, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.sources.bea.matrix import Matrix
    from monazite.sources.source import Account, Given, Rows, Sample
    from monazite.sources.workbook import Workbook

ZIPPED = b"PK\x03\x04"
CODES, TABLE = "NAICS Codes", "Table"
"""Sheets of BEA's workbooks: the list of codes; the only table of a summary workbook."""

TEXT_LIMIT = 64 * 2**20
PUBLISHER = "Bureau of Economic Analysis"
_YEAR = re.compile(r"(19|20)\d\d")
_TITLE = re.compile(r'"?(Total|Domestic) Requirements, ')
MATRIX = "bea_code"
"""First heading of the matrices that others saved again."""


def recognises(sample: Sample) -> bool:
    """Whether a file is a workbook of BEA, a table saved from its site, or one of the known lists."""
    if sample.head.startswith(ZIPPED):
        told = workbook.glimpse(sample.path)
        named = any(f'name="{name}"' in told for name in (CODES, TABLE))
        return named and PUBLISHER in told
    header = sample.text.partition("\n")[0].rstrip("\r")
    return bool(_TITLE.match(header)) or header.startswith(f"{MATRIX},") or _is_list(header.split(","))


def edition(given: Given) -> str:
    """What a file is an edition of: its level and year, or the list's own name.

    A table saved again by others is an edition of its own.

    Raises
    ------
    SourceError
        If the file is not in BEA's layout.
    """
    if not _is_workbook(given):
        records = _records(given)
        header = records[0][1]
        if _is_list(header):
            return re.sub(r"[^a-z0-9]+", "-", given.name.rpartition(".")[0].casefold()).strip("-") or "list"
        matrix = _text_matrix(given, records)
        return f"bea-{matrix.title.detail}-{matrix.title.year}{'-derived' if header[0] == MATRIX else ''}"
    book = workbook.opened(given.path, file=given.name)
    sheets = _sheets(book)
    if sheets == [TABLE]:
        return f"bea-summary-{_matrix(given, book, TABLE).title.year}"
    return f"bea-detail-{max(sheets)}" if sheets else "bea-naics-2017"


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Rows of ``input_output`` and ``code``.

    Raises
    ------
    SourceError
        If the file is not in BEA's layout.
    """
    if not _is_workbook(given):
        yield from _text(given, account)
        return
    book = workbook.opened(given.path, file=given.name)
    sheets = _sheets(book)
    for sheet in sheets:
        matrix = _matrix(given, book, sheet)
        totals.check(matrix, account)
        yield from batches(matrix, account, names=sheet == sheets[0])
        # The list of codes stands in each detail workbook; it is read from one of them.
        if sheet == sheets[0] and matrix.title.matrix == "supply" and CODES in book.sheets:
            yield from lists.tree(book.rows(CODES), f"{given.name}/{CODES}", account)
    if not sheets:
        yield from lists.concordance(book.rows(CODES), f"{given.name}/{CODES}", account)


def _text(given: Given, account: Account) -> Iterator[Rows]:
    """A file of separated values: a list, or a matrix."""
    records = _records(given)
    header = records[0][1]
    if _is_list(header):
        yield from lists.crosswalk(header, records[1:], given.name, account)
        return
    matrix = _text_matrix(given, records)
    totals.check(matrix, account)
    yield from batches(matrix, account, names=True)


def _is_workbook(given: Given) -> bool:
    """Whether a file is no text."""
    with given.path.open("rb") as file:
        return file.read(4) == ZIPPED


def _is_list(header: Sequence[str]) -> bool:
    """Whether the first line is that of a list of codes."""
    return any({one.code, one.name, *filter(None, [one.parent])} <= set(header) for one in lists.CROSSWALKS)


def _sheets(book: Workbook) -> list[str]:
    """The sheets of matrices: the only one of a summary workbook, or one for each year."""
    years = [sheet for sheet in book.sheets if _YEAR.fullmatch(sheet)]
    found = [TABLE] if TABLE in book.sheets else years
    if not found and CODES not in book.sheets:
        expected = f"a sheet {TABLE}, {CODES}, or one for each year"
        raise SourceError(book.file, found=f"sheets {', '.join(book.sheets)}"[:200], expected=expected)
    return found


def _matrix(given: Given, book: Workbook, sheet: str) -> Matrix:
    """The matrix of a sheet."""
    return tables.titled(given, list(enumerate(book.rows(sheet), 1)), sheet)


def _records(given: Given) -> list[tuple[int, list[str]]]:
    """The lines of a file of separated values, with their numbers."""
    with given.path.open("rb") as file:
        return list(separated.records(given.name, separated.lines(given.name, file, limit=TEXT_LIMIT)))


def _text_matrix(given: Given, records: list[tuple[int, list[str]]]) -> Matrix:
    """The matrix of a file of separated values."""
    known = tables.untitled if records[0][1][0] == MATRIX else tables.titled
    return known(given, records)


SOURCE = Source(
    id="bea",
    title="Input-output accounts of the United States",
    publisher="U.S. Bureau of Economic Analysis",
    homepage="https://www.bea.gov/industry/input-output-accounts-data",
    licence=Licence("US public domain", "https://www.bea.gov/open-data", "free"),
    tables=(INPUT_OUTPUT, CODE),
    recognises=recognises,
    read=read,
    edition=edition,
    by_hand="https://www.bea.gov/industry/input-output-accounts-data: the interactive summary tables, saved"
    " as Excel or CSV, and the detail workbooks, *_DET.xlsx.",
)
