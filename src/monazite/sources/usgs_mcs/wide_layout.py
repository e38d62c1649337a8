"""The wide layout (MCS 2025): zips of one file a commodity, one column a series."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from monazite.codes.countries import HOME
from monazite.errors import SourceError
from monazite.schema.findings import finding
from monazite.sources.usgs_mcs import rules
from monazite.sources.usgs_mcs.archive import members
from monazite.sources.usgs_mcs.delimited import decoded, table
from monazite.sources.usgs_mcs.figure_2 import read_figure_2
from monazite.sources.usgs_mcs.reading import Cell
from monazite.sources.usgs_mcs.world_data import read_world

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs.reading import Reading, Row

LEADING = (("DataSource", "Source"), ("Commodity",), ("Year",))
SUFFIXES = {
    "t": "metric tons",
    "kt": "thousand metric tons",
    "mmt": "million metric tons",
    "kg": "kilograms",
    "mct": "million carats",
    "mcm": "million cubic meters",
    "mdol": "million dollars",
    "pct": "percent",
    "ct": "percent",
    "num": "number",
    "index": "index",
    "msqft": "million square feet",
    "dt": "dollars per metric ton",
    "dst": "dollars per short ton",
    "dkg": "dollars per kilogram",
    "dg": "dollars per gram",
    "dlb": "dollars per pound",
    "ctslb": "cents per pound",
    "dto": "dollars per troy ounce",
    "dtoz": "dollars per troy ounce",
}
MEASURES = (
    ("nir", "net-import-reliance"),
    ("prod_price_index", "price-index"),
    ("continuous_cast|furnace", "share-of-output"),
    ("price", "price"),
    ("employment", "employment"),
    ("stocks", "stocks"),
    ("import", "imports"),
    ("export", "exports"),
    ("consump|alumina_apparent", "consumption"),
    ("supply", "supply"),
    ("shipments|products", "shipments"),
    ("sold|sales", "sold-or-used"),
    ("prod|mine|refinery|recycled|extracted|withdrawn", "production"),
)
_NUMBERED = re.compile(r" \(\d+\)$")


def read_wide(reading: Reading, file: str, content: bytes) -> None:
    """Read one zip of the wide layout into ``reading``.

    Raises
    ------
    SourceError
        If the zip is damaged, or a table in it has another header, edition, year or width.
    """
    for name, member in members(file, content):
        place = f"{file}/{name}"
        text = decoded(place, member, reading.edition.encoding)
        if name.endswith("_salient.csv"):
            _read_salient(reading, place, text)
        elif name.endswith("World_Data.csv"):
            read_world(reading, place, text)
        elif name.endswith("Fig2_Net_Import_Reliance.csv"):
            read_figure_2(reading, place, text)


def _named(columns: list[str]) -> list[str]:
    """Column names made unique: the second of a name is numbered 2."""
    seen: Counter[str] = Counter()
    names = []
    for column in columns:
        seen[column] += 1
        names.append(column if seen[column] == 1 or not column else f"{column} ({seen[column]})")
    return names


def _read_salient(reading: Reading, file: str, text: str) -> None:
    """Read one commodity's salient statistics: a column a series, a row a year."""
    header, rows = table(file, text)
    columns = _named([column.strip() for column in header])
    _check_leading(file, columns)
    _repeated(reading, file, columns)
    empty = 0
    years: list[int] = []
    for line, cells in rows:
        values = list(zip(columns[3:], cells[3:], strict=True))
        reading.cells_in += len(values)
        if not any(cell.strip() for cell in cells):
            empty += len(values)
            continue
        chapter, year = _row_head(reading, file, line, cells)
        if not years:
            _tell_headings(reading, file, chapter, columns[3:])
        years.append(year)
        empty += sum(not column for column, _ in values)
        for column, published in values:
            if column:
                reading.statistics.append(_salient(reading, (file, line), (chapter, year, column), published))
    _check_years(reading, file, years)
    _explain_empty(reading, file, empty)


def _check_leading(file: str, columns: list[str]) -> None:
    """Refuse a header that does not begin with source, commodity and year."""
    for number, known in enumerate(LEADING):
        found = columns[number] if number < len(columns) else None
        if found not in known:
            told = "no such column" if found is None else repr(found)
            raise SourceError(file, line=1, column=known[0], found=told, expected=repr(known[0]))


def _check_years(reading: Reading, file: str, years: list[int]) -> None:
    """Refuse a table that does not hold each of the edition's years once."""
    if years != list(reading.edition.years):
        expected = f"each from {reading.edition.years[0]} to {reading.edition.years[-1]} once"
        found = ", ".join(str(year) for year in years) or "no year"
        raise SourceError(file, line=len(years) + 1, column="Year", found=found, expected=expected)


def _row_head(reading: Reading, file: str, line: int, cells: list[str]) -> tuple[str, int]:
    """Chapter and year of a row, after checking that it is of this edition."""
    edition, chapter, year = reading.edition, cells[1].strip(), cells[2].strip()
    if cells[0].strip().casefold() != edition.id:
        raise SourceError(
            file,
            line=line,
            column="DataSource",
            found=repr(cells[0]),
            expected=repr(edition.id.upper()),
            hint="Another edition?",
        )
    if not year.isdecimal() or int(year) not in edition.years:
        span = f"a year from {edition.years[0]} to {edition.years[-1]}"
        raise SourceError(file, line=line, column="Year", found=repr(cells[2]), expected=span)
    return chapter, int(year)


def _tell_headings(reading: Reading, file: str, chapter: str, columns: list[str]) -> None:
    """Tell of headings that do not say what their figures are, or in which unit."""
    edition = reading.edition.id
    for column in columns:
        series = f"{chapter} | {column}"
        where = f"{file}, line 1, column {column}"
        if means := rules.headers(edition).get((chapter, series)):
            reading.tell(
                finding("header-mislabelled", chapter, where=where, found=repr(column), expected=means)
            )
        ruled = rules.units(edition).get((chapter, series))
        if ruled is not None:
            found, expected = (
                repr(_own_unit(column)),
                repr(ruled) if ruled else "no unit: the cells hold words",
            )
            reading.tell(finding("unit-mislabelled", chapter, where=where, found=found, expected=expected))


def _repeated(reading: Reading, file: str, columns: list[str]) -> None:
    """Tell of columns that share a name."""
    for column in columns:
        if _NUMBERED.search(column):
            where = f"{file}, line 1, column {column}"
            told = "one column of that name; kept under the numbered name"
            reading.tell(
                finding(
                    "key-duplicated",
                    reading.edition.id,
                    where=where,
                    found=repr(_NUMBERED.sub("", column)),
                    expected=told,
                )
            )


def _explain_empty(reading: Reading, file: str, empty: int) -> None:
    """Account for cells of a file that hold nothing."""
    if empty:
        told = finding(
            "row-empty",
            reading.edition.id,
            where=file,
            found=f"{empty} empty cells under no heading or in empty rows",
            expected="figures",
            rows=empty,
        )
        reading.explain(told)


def _salient(reading: Reading, where: tuple[str, int], what: tuple[str, int, str], published: str) -> Row:
    """One row of ``mineral_statistic`` from a salient cell."""
    (file, line), (chapter, year, column) = where, what
    measure = _measure(file, column)
    series = f"{chapter} | {column}"
    unit = _unit(reading.edition.id, chapter, column)
    estimated = year == reading.edition.latest
    cell = Cell(chapter, measure, published, unit, file, line, column, estimated=estimated)
    return {
        "as_of": reading.edition.id,
        "chapter": chapter,
        "series": series,
        "country": HOME,
        "year": year,
        "section": "salient",
        "measure": measure,
        **reading.figure(cell),
    }


def _measure(file: str, column: str) -> str:
    """What a column measures, from its name."""
    folded = column.casefold()
    for pattern, measure in MEASURES:
        if re.search(pattern, folded):
            return measure
    raise SourceError(
        file, line=1, column=column, found=repr(column), expected="a heading with a known measure"
    )


def _unit(edition: str, chapter: str, column: str) -> str:
    """The unit of a series: a reviewed rule's, or the one its column name ends in."""
    ruled = rules.units(edition).get((chapter, f"{chapter} | {column}"))
    return ruled if ruled is not None else _own_unit(column)


def _own_unit(column: str) -> str:
    """The unit that a column's name ends in."""
    suffix = _NUMBERED.sub("", column).rsplit("_", 1)[-1]
    return SUFFIXES.get(suffix, suffix)
