"""Workbooks of one nomenclature, as UN Comtrade lists it: codes, what they are part of, units.

Whether a code is a leaf is told from the codes that name it as theirs, and not from the list's own
column, which calls HS2002 0509 a leaf though it holds 050900. The texts are left.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.schema.nomenclature import HS_EDITIONS, NOMENCLATURE_CODE
from monazite.sources import separated, workbook
from monazite.sources.workbook import text_of
from monazite.store import archives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from monazite.sources.source import Account, Row
    from monazite.sources.workbook import Workbook

COLUMNS = ("id", "text", "parent", "isLeaf", "aggrlevel")
UNIT = "standardUnitAbbr"
_SHEET, _HEAD = "xl/worksheets/sheet1.xml", 8 * 2**10
TOTAL, ABOVE_TOTAL = "TOTAL", "#"
UNITS = {
    "n/a": None,
    "": None,
    "u": "number",
    "2u": "pair",
    "1000u": "thousand",
    "U (jeu/pack)": "pack",
    "m²": "m2",
    "m³": "m3",
    "1000 kWh": "MWh",
}
"""Units that ``trade`` writes otherwise; the others (kg, l, m, carat) it writes alike."""

HIGHEST = 6
_CODE = re.compile(r"[0-9][0-9A-Z]{0,5}", re.ASCII)
_OF = re.compile(r"All ([HS])(\d) commodities", re.ASCII | re.IGNORECASE)


class Table(NamedTuple):
    """A list: the nomenclature, its sheet, places of the columns, its rows as texts with their numbers."""

    nomenclature: str
    sheet: str
    places: Mapping[str, int]
    rows: list[tuple[int, list[str]]]

    def cell(self, cells: Sequence[str], column: str) -> str:
        """A cell by its column; nothing where the list has no such column."""
        return cells[self.places[column]] if column in self.places else ""


def is_list(told: str) -> bool:
    """Whether the texts of a workbook hold a list's headings.

    >>> is_list("".join(f"<t>{column}</t>" for column in COLUMNS)), is_list("<t>id</t>")
    (True, False)
    """
    return all(f">{column}<" in told for column in COLUMNS)


def head(path: Path) -> str:
    """How the first sheet of an .xlsx begins: the publisher writes texts into the cells; never fails."""
    try:
        with archives.opened(path, limit=workbook.LIMIT) as archive:
            if _SHEET not in archive.namelist():
                return ""
            with archive.open(_SHEET) as member:
                return member.read(_HEAD).decode("utf-8", "replace")
    except SourceError:
        return ""


def table(book: Workbook) -> Table:
    """The list in the first sheet of a workbook.

    Raises
    ------
    SourceError
        If its headings are others, or it does not say which nomenclature it lists.
    """
    sheet = book.sheets[0] if book.sheets else ""
    listed = [[text_of(cell) for cell in cells] for cells in book.rows(sheet)]
    file = f"{book.file}/{sheet}"
    if not listed:
        raise SourceError(file, line=1, found="an empty sheet", expected=", ".join(COLUMNS))
    places = separated.positions(file, listed[0], COLUMNS)
    if UNIT in listed[0]:
        places[UNIT] = listed[0].index(UNIT)
    rows = [(number, cells) for number, cells in enumerate(listed[1:], 2) if any(cells)]
    return Table(_named(file, places, rows), sheet, places, rows)


def _named(file: str, places: Mapping[str, int], rows: list[tuple[int, list[str]]]) -> str:
    """The nomenclature that the row of the total names.

    Raises
    ------
    SourceError
        If there is no such row, or it names one that is not known.
    """
    total = next((cells[places["text"]] for _, cells in rows if cells[places["id"]] == TOTAL), "")
    found = _OF.search(total)
    if found is None or not (1 <= int(found[2]) + (found[1] == "H") <= len(HS_EDITIONS)):
        expected = "a row TOTAL that names H0 to H6 or S1 to S7"
        raise SourceError(file, column="text", found=repr(total[:80]), expected=expected)
    return HS_EDITIONS[int(found[2])] if found[1] == "H" else f"SITC{found[2]}"


def rows(book: Workbook, account: Account) -> Iterator[Row]:
    """A row for each code; the total of all, which is no code, is refused.

    An edition's years end where the next begins; that a code is older or lives on, one list cannot tell.

    Raises
    ------
    SourceError
        If the workbook holds no list.
    """
    held = table(book)
    codes = {held.cell(cells, "id") for _, cells in held.rows}
    parents = {held.cell(cells, "parent") for _, cells in held.rows}
    first, last = years(held.nomenclature)
    for line, cells in held.rows:
        account.records += 1
        if wrong := _wrong(held, cells, codes):
            rule, column, expected = wrong
            account.refuse(
                NOMENCLATURE_CODE, rule, found=repr(held.cell(cells, column)[:80]), expected=expected,
                content=",".join(cells), line=line, column=column, part=held.sheet,
            )  # fmt: skip
            continue
        code, parent, unit = (held.cell(cells, name) for name in ("id", "parent", UNIT))
        yield {
            "nomenclature": held.nomenclature,
            "code": code,
            "parent": None if parent == TOTAL else parent,
            "level": len(code),
            "leaf": code not in parents,
            "unit": UNITS.get(unit, unit),
            "valid_from": first,
            "valid_to": last,
            "_line": line,
        }


def years(nomenclature: str) -> tuple[int | None, int | None]:
    """First and last year of an edition of the Harmonized System.

    >>> years("HS2017"), years("HS2022"), years("SITC3")
    ((2017, 2021), (2022, None), (None, None))
    """
    if nomenclature not in HS_EDITIONS:
        return None, None
    place = HS_EDITIONS.index(nomenclature)
    after = [int(one.removeprefix("HS")) - 1 for one in HS_EDITIONS[place + 1 :]]
    return int(nomenclature.removeprefix("HS")), after[0] if after else None


def _wrong(held: Table, cells: Sequence[str], codes: set[str]) -> tuple[str, str, str] | None:
    """What keeps a line from being a code: rule, column, expected."""
    code, parent = held.cell(cells, "id"), held.cell(cells, "parent")
    if code == TOTAL:
        return "total-row", "id", "a code, not the total of all"
    if not _CODE.fullmatch(code):
        return "reader", "id", f"a code of at most {HIGHEST} digits"
    if parent not in codes or parent not in {TOTAL, code[: len(parent)]}:
        return "reader", "parent", "a code of the list, with which this one begins"
    if held.cell(cells, "aggrlevel") not in {f"{len(code)}.0", f"{len(code)}"}:
        return "reader", "aggrlevel", f"{len(code)}, the digits of {code}"
    return None
