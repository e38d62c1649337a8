"""Bulk files: their records are read from the zip a piece at a time, and never unpacked whole."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.census.layouts import layout_of
from monazite.sources.census.sheet import Torn, flat_sheet
from monazite.store.archives import checked, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.sources.census.layouts import Layout
    from monazite.sources.census.sheet import Sheet
    from monazite.sources.source import Account, Given

CHUNK = 2**20
LONGEST = 2**16
CODES = 200_000
CONCORDANCE = "CONCORD.TXT"
_GOODS, _UNIT_1, _UNIT_2 = slice(0, 10), slice(210, 213), slice(213, 216)

Units = dict[bytes, tuple[bytes, bytes]]
"""Both units of a code."""


def bulk_sheet(given: Given, account: Account) -> Sheet:
    """The records of a bulk zip that had trade in its month.

    Raises
    ------
    SourceError
        If the zip is damaged or hostile or holds no file of records; or if the first of them is not of
        its layout's length.
    """
    layout, member = layout_of(given.path, given.name)
    units = _units(given) if layout.counted else {}
    names = [*layout.fields, "TIME", "COMM_LVL", *(["UNIT_QY1", "UNIT_QY2"] if units else [])]
    flat, torn = given.scratch / "census.csv", Torn(given.name, account, member)
    empty = 0
    with (
        opened(given.path, file=given.name) as archive,
        archive.open(member) as packed,
        flat.open("wb") as target,
    ):
        for number, cells in _cells(given.name, layout, units, _lines(given.name, packed), torn):
            if cells is None:
                empty += 1
            else:
                target.write(b"%d,%s\n" % (number, b",".join(cells)))
    return flat_sheet(given.name, flat, names, empty=empty)


def _lines(file: str, packed: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines of a stream with their numbers, without their ends."""
    number, rest = 0, b""
    while chunk := packed.read(CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > LONGEST:
            raise SourceError(
                file, line=number + 1, found=f"a line of over {LONGEST:,} bytes", expected="a record"
            )
        for line in whole:
            number += 1
            yield number, line.rstrip(b"\r")
    if rest.strip(b"\r\x1a "):
        yield number + 1, rest.rstrip(b"\r")


def _units(given: Given) -> Units:
    """Units of quantity by code, from the zip's own concordance; none if it has none."""
    members = (name for name in checked(given.path, file=given.name))
    found = next((name for name in members if PurePosixPath(name).name.upper() == CONCORDANCE), None)
    units: Units = {}
    if found is None:
        return units
    with opened(given.path, file=given.name) as archive, archive.open(found) as packed:
        for number, line in _lines(given.name, packed):
            if number > CODES:
                raise SourceError(
                    f"{given.name}/{found}", found=f"over {CODES:,} codes", expected="one of each"
                )
            pair = (line[_UNIT_1].strip(), line[_UNIT_2].strip())
            if all(one.isalnum() or not one for one in pair):
                units[line[_GOODS]] = pair
    return units


def _cells(
    file: str, layout: Layout, units: Mapping[bytes, tuple[bytes, bytes]], lines: Iterator[tuple[int, bytes]],
    torn: Torn,
) -> Iterator[tuple[int, list[bytes] | None]]:  # fmt: skip
    """Fields of each record in the layout's order, then month, level and units; none if it is empty."""
    least, level = layout.least, layout.level.encode()
    places = [slice(first - 1, last) for first, last in layout.fields.values()]
    measures = [
        slice(first - 1, last) for name, (first, last) in layout.fields.items() if name.endswith("_MO")
    ]
    year, month = (slice(first - 1, last) for first, last in (layout.year, layout.month))
    goods = next(
        slice(first - 1, last) for name, (first, last) in layout.fields.items() if name.endswith("COMMODITY")
    )
    for number, line in lines:
        if not least <= len(line) <= layout.length or not line.isascii() or b"," in line or b'"' in line:
            if number == 1:
                raise SourceError(
                    file, line=1, found=f"a record of {len(line)} characters", expected=f"{layout.length}",
                    hint="The publisher's layout has changed, or the file is damaged",
                )  # fmt: skip
            torn.refuse(number, f"{len(line)} characters", f"a record of {layout.length}", line)
        elif not any(line[place].strip(b" 0") for place in measures):
            yield number, None
        else:
            cells = [line[place] for place in places]
            cells += [line[year] + b"-" + line[month], level]
            yield number, [*cells, *units.get(line[goods], (b"", b""))] if units else cells
