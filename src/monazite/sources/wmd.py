"""World Mining Data: production of minerals by country, seven years to a row.

The publisher's workbooks are compiled for the International Organizing Committee for the World
Mining Congresses; this reader knows them in the wide form of one table: mineral, country, a column
for each year, unit, and where the figures come from. A record is a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import WORLD
from monazite.errors import SourceError
from monazite.schema.minerals import MINERAL_STATISTIC
from monazite.sources import separated
from monazite.sources.mineral_figures import Places, Unit, exact, scaled, silent
from monazite.sources.source import Licence, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.sources.source import Account, Given, Row, Sample

LEFT = ("mineral", "Country", "Country_Code", "Country_ISO")
RIGHT = ("unit", "data_source")
TOTAL = "Total"
LIMIT = 64 * 2**20
UNITS = {
    "metr. t": Unit("t"),
    "kg": Unit("t", Decimal("0.001")),
    "Mio m3": Unit("m3", Decimal(1_000_000)),
    "Mio.m3": Unit("m3", Decimal(1_000_000)),
    "ct": Unit("ct"),
}
ORIGINS = {"r": False, "p": False, "e": True, "nan": False, "": False}
"""What the letter behind a row says: reported, provisional, estimated; world totals have none."""

_BRACKETS = re.compile(r"\(([^()]+)\)$")
_OXIDE = re.compile(r"REO|(?:[A-Z][a-z]?\d?)+O\d?", re.ASCII)
_ELEMENT = re.compile(r"[A-Z][a-z]?", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def recognises(sample: Sample) -> bool:
    """Whether the first line is the table's header."""
    return sample.text.startswith(",".join(LEFT) + ",") and RIGHT[1] in sample.text.partition("\n")[0]


def edition(given: Given) -> str:
    """The last year the table reaches to, as ``wmd-to-2024``.

    Raises
    ------
    SourceError
        If the header is not the table's.
    """
    with given.path.open("rb") as stream:
        _, header = next(separated.records(given.name, separated.lines(given.name, stream)))
        return f"wmd-to-{_years(given.name, header)[-1]}"


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Every cell of the table.

    Raises
    ------
    SourceError
        If the file is not the table, or is cut short.
    """
    separated.check_whole(given.name, given.path, LIMIT)
    yield Rows(MINERAL_STATISTIC, _cells(given, account), {"section": "world", "measure": "production"})


def _cells(given: Given, account: Account) -> Iterator[Row]:
    """Rows of the cells, record by record; then what was found."""
    file = given.name
    with given.path.open("rb") as stream:
        table = separated.records(file, separated.lines(file, stream))
        reader = _Reader(file, account, _years(file, next(table)[1]), Places(file))
        for line, cells in table:
            separated.check_width(file, line, cells, len(LEFT) + len(reader.years) + len(RIGHT))
            account.records += len(reader.years)
            yield from reader.rows(line, cells)
    reader.places.tell(account, "Country")


def _years(file: str, header: Sequence[str]) -> list[int]:
    """Years of the columns between the names and the unit.

    Raises
    ------
    SourceError
        If the header is another, or its years do not follow one another.
    """
    inner = header[len(LEFT) : -len(RIGHT)]
    if tuple(header[: len(LEFT)]) != LEFT or tuple(header[-len(RIGHT) :]) != RIGHT or not inner:
        expected = f"{', '.join(LEFT)}, years, {', '.join(RIGHT)}"
        raise SourceError(file, line=1, found=f"{len(header)} other columns", expected=expected)
    years = [int(name) for name in inner if _YEAR.fullmatch(name)]
    if len(years) != len(inner) or years != list(range(years[0], years[0] + len(years))):
        found = ", ".join(inner)[:80]
        raise SourceError(file, line=1, column="years", found=found, expected="years that follow one another")
    return years


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the records of one file."""

    file: str
    account: Account
    years: Sequence[int]
    places: Places

    def rows(self, line: int, cells: Sequence[str]) -> Iterator[Row]:
        """Rows of one record: a figure for each year."""
        mineral, name, _, code = cells[: len(LEFT)]
        for year, cell in zip(self.years, cells[len(LEFT) : -len(RIGHT)], strict=True):
            if wrong := _wrong(cells, cell):
                column, found, expected = wrong
                self.account.refuse(
                    MINERAL_STATISTIC, "reader", found=repr(found[:80]), expected=expected,
                    content=",".join(cells), line=line, column=column or str(year),
                )  # fmt: skip
                continue
            yield {
                **_figure(mineral, cell, cells[-2]),
                "chapter": mineral,
                "series": "Production",
                "country": WORLD if name == TOTAL else self.places.code(name, code, year, line),
                "year": year,
                "estimated": ORIGINS[cells[-1]],
                "file": self.file,
                "line": line,
                "_line": line,
            }


def _wrong(cells: Sequence[str], cell: str) -> tuple[str, str, str] | None:
    """What keeps a cell from being read: column, found, expected."""
    if not cells[0]:
        return "mineral", "", "a mineral"
    if cells[-2] not in UNITS:
        return "unit", cells[-2], f"one of {', '.join(UNITS)}"
    if cells[-1] not in ORIGINS:
        return "data_source", cells[-1], "r, p or e"
    return ("", cell, "a number") if cell and scaled(cell, UNITS[cells[-2]].factor) is None else None


def _figure(mineral: str, cell: str, published: str) -> dict[str, Any]:
    """Columns of a figure; an empty cell is a figure not known, and not zero."""
    unit = UNITS[published]
    value = scaled(cell, unit.factor)
    told = silent("not-available") if value is None else exact(value)
    basis = _basis(mineral) if unit.unit == "t" else ""
    return {**told, "unit": unit.unit, "basis": basis, "published": cell, "unit_published": published}


def _basis(mineral: str) -> str:
    """What a mass counts, from the formula behind the mineral's name.

    >>> [_basis(name) for name in ("Tungsten (W)", "Potash (K2O)", "Beryllium (conc.)", "Graphite")]
    ['content', 'oxide', 'gross', '']
    """
    inner = match[1] if (match := _BRACKETS.search(mineral)) else ""
    if _OXIDE.fullmatch(inner):
        return "oxide"
    if _ELEMENT.fullmatch(inner):
        return "content"
    return "gross" if inner == "conc." else ""


SOURCE = Source(
    id="wmd",
    title="World Mining Data",
    publisher="Federal Ministry of Finance, Republic of Austria",
    homepage="https://www.world-mining-data.info/",
    licence=Licence(
        "Free of charge, with the source named; terms of redistribution not stated",
        "https://www.world-mining-data.info/",
        "unclear",
    ),
    tables=(MINERAL_STATISTIC,),
    recognises=recognises,
    read=read,
    edition=edition,
    by_hand="Download the data section from https://www.world-mining-data.info/ and save it as one table:"
    " mineral, Country, Country_Code, Country_ISO, a column for each year, unit, data_source.",
)
