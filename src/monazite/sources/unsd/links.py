"""Rows of a correlation table: a code, the code it meets in the nomenclature before, their relation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.schema.nomenclature import HS_EDITIONS, NOMENCLATURE_LINK, RELATIONS
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monazite.sources.source import Account, Row
    from monazite.sources.workbook import Cell

HS_DIGITS = 6
_HS = re.compile(r"\d{6}", re.ASCII)
_SITC = re.compile(r"\d{4,5}|I{1,2}", re.ASCII)
_MARKS = " '’`\u00a0"
"""What stands around a relation: an apostrophe made it a text, lest a spreadsheet take it for a time."""

_HEADING = re.compile(r"(HS|S)\s?(\d{4,5})", re.ASCII)
_SITC_YEARS = {"1962": "SITC1", "1976": "SITC2", "1988": "SITC3"}


class Line(NamedTuple):
    """One row of a table: where it stands, the two nomenclatures, its three cells."""

    line: int
    pair: tuple[str, str]
    cells: Sequence[Cell]


def nomenclature(heading: str) -> str:
    """The nomenclature a column's heading or a year names; nothing if it is none.

    >>> [nomenclature(one) for one in (" HS2017", "HS 2002", "S31988", "1976", "HS 2099", "Total")]
    ['HS2017', 'HS2002', 'SITC3', 'SITC2', '', '']
    """
    found = _HEADING.fullmatch(heading.strip())
    year = found[2] if found else heading.strip()
    if f"HS{year}" in HS_EDITIONS:
        return f"HS{year}"
    return _SITC_YEARS.get(year[-4:], "")


def rows(lines: Iterable[Line], account: Account, part: str = "") -> Iterator[Row]:
    """A link for each line; one that is none is refused."""
    for one in lines:
        account.records += 1
        texts = [text_of(cell).strip(_MARKS) for cell in one.cells]
        if wrong := _wrong(one, texts):
            column, found, expected = wrong
            account.refuse(
                NOMENCLATURE_LINK, "reader", found=repr(found[:80]), expected=expected,
                content=",".join(texts), line=one.line, column=column, part=part,
            )  # fmt: skip
            continue
        yield {
            "nomenclature": one.pair[0],
            "code": texts[0],
            "other": one.pair[1],
            "other_code": texts[1],
            "relation": texts[2],
            "_line": one.line,
        }


def _wrong(one: Line, texts: Sequence[str]) -> tuple[str, str, str] | None:
    """What keeps a line from being a link: column, found, expected."""
    for name, text, cell in zip(one.pair, texts, one.cells, strict=False):
        if name.startswith("HS"):
            if not _HS.fullmatch(text):
                return name, text, f"a subheading of {HS_DIGITS} digits with its leading zero"
        elif not (isinstance(cell, str) and _SITC.fullmatch(text)):
            return name, text, "a code of four or five digits, as text, or I or II"
    if texts[2] not in RELATIONS:
        return "Relationship", texts[2], f"one of {', '.join(RELATIONS)}"
    return None
