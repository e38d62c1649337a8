"""Lists of goods: imports under HTS as a table, exports under Schedule B in fixed widths.

A record is what a line says: the good, and each code it belongs to; and each code of end use, NAICS and
advanced technology that occurs. The publisher pads SITC with zeros (00150 is the group 0015).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from monazite.schema.nomenclature import NOMENCLATURE_CODE, NOMENCLATURE_LINK
from monazite.sources import separated
from monazite.sources.census.units import NOT_COLLECTED, UNITS
from monazite.sources.census_codes.belonging import Belonging, links, occurring
from monazite.sources.census_codes.years import year
from monazite.sources.source import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monazite.sources.source import Account, Given, Row

LIMIT = 32 * 2**20
ROLES = {
    "code": ("hs10", "code"),
    "description": ("long_desc", "description_long"),
    "unit": ("quantity_1",),
    "unit_2": ("quantity_2",),
    "SITC4": ("sitc",),
    "EndUse": ("end_use",),
    "NAICS": ("naics",),
    "HiTech": ("hitech",),
}
"""What a column of a table is, by its name in lower case."""

PATTERNS = {
    "code": re.compile(r"\d{10}", re.ASCII),
    "unit": re.compile(r"[A-Z0-9]{0,3}", re.ASCII),
    "unit_2": re.compile(r"[A-Z0-9]{0,3}", re.ASCII),
    "SITC4": re.compile(r"\d[\dX]{4}", re.ASCII),
    "EndUse": re.compile(r"\d{5}", re.ASCII),
    "NAICS": re.compile(r"\d[\dX]{5}", re.ASCII),
    "HiTech": re.compile(r"\d\d", re.ASCII),
}
DIGITS = {"EndUse": 5, "HiTech": 2}
"""Codes of which one of the publisher's tables has lost the leading zeros: they have a fixed length."""

NONE, NO_TECHNOLOGY = "0", "00"
OTHERS = ("SITC4", "EndUse", "NAICS", "HiTech")
LISTED_ELSEWHERE = "SITC4"
_FIXED = re.compile(
    r"(?P<code>\d{10}) {4}.{50} {5}(?P<description>.{150}) {5}(?P<unit>.{3}) {5}(?P<unit_2>.{3}) {5}"
    r"(?P<SITC4>.{5}) {5}(?P<EndUse>.{5}) {5}. {4}(?P<NAICS>.{6}) {5}(?P<HiTech>.{2})",
    re.ASCII,
)


class Good(NamedTuple):
    """A line of a list: its place, its cells by their role, and what it looks like; no cells if torn."""

    line: int
    cells: dict[str, str]
    content: str


def is_table(first: str) -> bool:
    """Whether a first line names the columns of the table.

    >>> is_table("Code,Description_Long,Quantity_1,Quantity_2,SITC,End_Use,NAICS,HiTech")
    True
    """
    try:
        names = {name.casefold() for name in next(csv.reader([first]), [])}
    except csv.Error:
        return False
    return all(names & set(known) for known in ROLES.values())


def is_fixed(first: str) -> bool:
    """Whether a first line is one of the list in fixed widths."""
    return _FIXED.fullmatch(first) is not None


def rows(given: Given, account: Account) -> Iterator[Rows]:
    """Codes of the goods and of what they belong to, then the links.

    Raises
    ------
    SourceError
        If the list is cut short or torn, or nobody says of which year it is.
    """
    separated.check_whole(given.name, given.path, LIMIT)
    with given.path.open("rb") as stream:
        first = next(separated.lines(given.name, stream), "")
    table = is_table(first.rstrip("\r\n"))
    nomenclature = f"{'HTS' if table else 'ScheduleB'}{year(given)}"
    with given.path.open("rb") as stream:
        lines = separated.lines(given.name, stream)
        listed = _table(given.name, lines) if table else _fixed(lines)
        goods = list(_kept(_mended(given.name, list(listed), account), account))
    held = [one for good in goods for one in _belongings(good)]
    known = occurring(held, set(OTHERS) - {LISTED_ELSEWHERE})
    account.records += len(goods) + len(held) + len(known)
    yield Rows(NOMENCLATURE_CODE, [*(_row(good, nomenclature) for good in goods), *known])
    yield Rows(NOMENCLATURE_LINK, links(nomenclature, held))


def _table(file: str, lines: Iterable[str]) -> Iterator[Good]:
    """Goods of a table, its columns by their names."""
    records = separated.records(file, lines)
    _, header = next(records)
    names = [name.casefold() for name in header]
    places = {role: names.index(next(one for one in known if one in names)) for role, known in ROLES.items()}
    for line, cells in records:
        separated.check_width(file, line, cells, len(header))
        yield Good(line, {role: cells[place].strip() for role, place in places.items()}, ",".join(cells))


def _fixed(lines: Iterable[str]) -> Iterator[Good]:
    """Goods of a list in fixed widths; a line of another form has no cells."""
    for number, line in enumerate(lines, 1):
        content = line.rstrip("\r\n")
        found = _FIXED.fullmatch(content)
        cells = found.groupdict() if found else {}
        yield Good(number, {role: cell.strip() for role, cell in cells.items()}, content)


def _mended(file: str, listed: Iterable[Good], account: Account) -> Iterator[Good]:
    """Goods whose codes of fixed length have their leading zeros again, and what was found."""
    short: dict[str, list[Good]] = defaultdict(list)
    for good in listed:
        lost = [role for role, digits in DIGITS.items() if 0 < len(good.cells.get(role, "")) < digits]
        for role in lost:
            if good.cells[role] != NONE:
                short[role].append(good)
        yield good._replace(cells=good.cells | {role: good.cells[role].zfill(DIGITS[role]) for role in lost})
    for role, goods in short.items():
        first = goods[0]
        account.tell(
            "code-shortened", role, where=f"{file}, line {first.line}", rows=len(goods),
            found=f"{first.cells[role]}, and {len(goods) - 1:,} more like it",
            expected=f"{DIGITS[role]} digits", hint="The zeros are put back: the length is fixed",
        )  # fmt: skip


def _kept(listed: Iterable[Good], account: Account) -> Iterator[Good]:
    """Goods whose cells are what they should be; the others are refused."""
    for good in listed:
        wrong = next(
            (role for role, form in PATTERNS.items() if not form.fullmatch(good.cells.get(role, ""))), ""
        )
        if not wrong:
            yield good
            continue
        account.records += 1
        found = good.cells.get(wrong, good.content)
        expected = PATTERNS[wrong].pattern if good.cells else "a line of the list's widths"
        account.refuse(
            NOMENCLATURE_CODE, "reader", found=repr(found[:80]), expected=expected,
            content=good.content[:400], line=good.line, column=wrong if good.cells else "",
        )  # fmt: skip


def _row(good: Good, nomenclature: str) -> Row:
    """A good as a code; in a list of ten digits none is part of another."""
    return {
        "nomenclature": nomenclature,
        "code": good.cells["code"],
        "level": len(good.cells["code"]),
        "leaf": True,
        "description": good.cells["description"] or None,
        "unit": _unit(good.cells["unit"]),
        "unit_2": _unit(good.cells["unit_2"]),
        "valid_from": int(nomenclature[-4:]),
        "_line": good.line,
    }


def _unit(published: str) -> str | None:
    """A unit as ``trade`` has it.

    >>> _unit("KG"), _unit("X"), _unit("")
    ('kg', None, None)
    """
    return None if published in {NOT_COLLECTED, ""} else UNITS.get(published, published)


def _belongings(good: Good) -> Iterator[Belonging]:
    """What a good belongs to; most are no advanced technology."""
    for other in OTHERS:
        if (code := good.cells[other]) != NO_TECHNOLOGY:
            yield Belonging(good.cells["code"], other, code, good.line)
