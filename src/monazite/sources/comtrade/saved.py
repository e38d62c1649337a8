"""Tables of UN Comtrade records saved as comma-separated values, with the columns of the API or some of them.

The publisher's web export is one, with a comma at the end of each line and headings in capitals.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.trade import TRADE
from monazite.sources.comtrade.domains import DOMAINS, check_columns
from monazite.sources.comtrade.records import Records
from monazite.sources.comtrade.survey import check_header
from monazite.sources.separated import check_whole, lines, records
from monazite.sources.source import Rows
from monazite.store.archives import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from monazite.sources.comtrade.domains import Domain
    from monazite.sources.comtrade.records import Cells, Row
    from monazite.sources.separated import Record
    from monazite.sources.source import Account, Given

SAMPLED = 200
_AGAIN = "Save the file again"


def read_columns(given: Given, account: Account) -> Iterator[Rows]:
    """Read a table with the columns of the API.

    Raises
    ------
    SourceError
        If it is torn, lacks a column, or a column does not hold what its heading says.
    """
    made = Records(given.name, account)
    yield Rows(TRADE, _rows(given, made))
    made.tell()


def _rows(given: Given, made: Records) -> Iterator[Row]:
    """Rows of such a table."""
    told = lines_of(given.path, given.name)
    header = tuple(name.strip().lower() for name in next(told)[1])
    header = header[:-1] if not header[-1] else header
    check_header(given.name, header)
    for line, cells in checked(given.name, header, told, made):
        if row := made.row(cells, line):
            yield row


def checked(
    file: str,
    header: tuple[str, ...],
    table: Iterator[Record],
    made: Records,
    domains: Mapping[str, Domain] = DOMAINS,
) -> Iterator[tuple[int, Cells]]:
    """Lines as cells under their headings, once the first of them have been seen to fit."""
    first = list(islice(table, SAMPLED))
    fitting = [dict(zip(header, cells, strict=True)) for _, line in first if (cells := _width(header, line))]
    if first and not fitting:
        line, cells = first[0]
        found, expected = f"{len(cells)} cells", f"{len(header)}, as in the header"
        raise SourceError(file, line=line, found=found, expected=expected, hint=_AGAIN)
    check_columns(file, header, fitting, domains)
    for line, cells in chain(first, table):
        if told := _width(header, cells):
            yield line, dict(zip(header, told, strict=True))
        else:
            made.account.records += 1
            found = f"{len(cells)} cells"
            made.refuse(cells, line, column="", found=found, expected=f"{len(header)} cells")


def _width(header: tuple[str, ...], cells: list[str]) -> list[str]:
    """Cells of a line as wide as its header, the comma at the end of a web export's line passed over."""
    told = cells[:-1] if len(cells) == len(header) + 1 and not cells[-1].strip() else cells
    return [cell.strip() for cell in told] if len(told) == len(header) else []


def lines_of(path: Path, file: str) -> Iterator[Record]:
    """Lines of a comma-separated file with their numbers, the header first.

    Raises
    ------
    SourceError
        If the file is empty, breaks off inside a line, is no text, or has a stray quote or a NUL.
    """
    check_whole(file, path, LIMIT)
    with path.open("rb") as stream:
        yield from records(file, lines(file, stream))
