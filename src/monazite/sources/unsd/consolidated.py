"""All correlations in one table, as others have put it together: ``code.after``, ``code.before``, ...

The copy that is known has lost its leading zeros: 10111 for 010111. They cannot be put back with
certainty, as codes of SITC have four digits or five (151 is 0151 or 00151), and some of them look whole.
So a table in which any subheading is short is refused line by line, and a finding says why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.schema.nomenclature import NOMENCLATURE_LINK
from monazite.sources import separated
from monazite.sources.unsd import links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monazite.sources.source import Account, Given, Row

HEADER = ("code.after", "code.before", "Relationship", "adjustment")
LIMIT = 16 * 2**20
RULE = "code-shortened"
_ADJUSTMENT = re.compile(r"(\d{4}) to (\d{4})", re.ASCII)


class Short(NamedTuple):
    """Subheadings of fewer digits than six: how many lines have one, and the first of them."""

    lines: int
    line: int
    column: str
    code: str


def rows(given: Given, account: Account) -> Iterator[Row]:
    """Links of the table; none, and a finding, if it has lost leading zeros.

    Raises
    ------
    SourceError
        If it is not the table, or is cut short.
    """
    separated.check_whole(given.name, given.path, LIMIT)
    short = _short(_lines(given))
    if short is None:
        yield from links.rows(_lines(given), account)
        return
    account.tell(
        RULE, given.name, where=f"{given.name}, line {short.line}, {short.column}",
        found=_told(short), expected=f"{short.code:0>6}: six digits", rows=short.lines,
        hint="No line of it is stored: codes of SITC cannot be mended with certainty. Load the publisher's"
        " workbooks, of which it was made",
    )  # fmt: skip
    for one in _lines(given):
        account.records += 1
        account.refuse(
            NOMENCLATURE_LINK, RULE, found=short.code, expected="a table whose codes have all their zeros",
            content=",".join(map(str, one.cells)), line=one.line,
        )  # fmt: skip


def _told(short: Short) -> str:
    """What is short, and why."""
    if short.lines == 1:
        return f"{short.code}: its leading zero is lost"
    return f"{short.code} and short codes in {short.lines - 1:,} more lines: their leading zeros are lost"


def _lines(given: Given) -> Iterator[links.Line]:
    """Lines of the table with the nomenclatures they are about."""
    with given.path.open("rb") as stream:
        records = separated.records(given.name, separated.lines(given.name, stream))
        _, header = next(records)
        if tuple(header) != HEADER:
            found, expected = ", ".join(header)[:80], ", ".join(HEADER)
            raise SourceError(given.name, line=1, found=found, expected=expected)
        for line, cells in records:
            separated.check_width(given.name, line, cells, len(HEADER))
            yield links.Line(line, _pair(given.name, line, cells[-1]), cells[:-1])


def _pair(file: str, line: int, adjustment: str) -> tuple[str, str]:
    """The nomenclatures a line is about, from the years of its last column."""
    found = _ADJUSTMENT.fullmatch(adjustment)
    after, before = (links.nomenclature(year) for year in found.groups()) if found else ("", "")
    if not after or not before or after == before:
        expected = "two years of HS or SITC, as 2022 to 2017"
        raise SourceError(file, line=line, column=HEADER[-1], found=repr(adjustment[:80]), expected=expected)
    return after, before


def _short(lines: Iterable[links.Line]) -> Short | None:
    """The subheadings that are short; nothing if none is."""
    found: Short | None = None
    for one in lines:
        for column, name, cell in zip(HEADER, one.pair, one.cells, strict=False):
            if name.startswith("HS") and len(str(cell)) < links.HS_DIGITS:
                first = found or Short(0, one.line, column, str(cell))
                found = first._replace(lines=first.lines + 1)
                break
    return found
