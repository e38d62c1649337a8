"""World production, capacity and reserves of the wide layout: one row a country."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from monazite.schema.findings import finding
from monazite.sources.usgs_mcs import rules
from monazite.sources.usgs_mcs.delimited import check_edition, check_header, table
from monazite.sources.usgs_mcs.long_layout import country
from monazite.sources.usgs_mcs.reading import Cell

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs.reading import Reading, Row

WORLD = (
    "SOURCE",
    "COMMODITY",
    "COUNTRY",
    "TYPE",
    "UNIT_MEAS",
    "PROD_2023",
    "PROD_EST_ 2024",
    "PROD_NOTES",
    "CAP_2023",
    "CAP_EST_ 2024",
    "CAP_NOTES",
    "RESERVES_2024",
    "RESERVE_NOTES",
)
WORLD_VALUES = (
    ("PROD_2023", "production", 2023, "PROD_NOTES"),
    ("PROD_EST_ 2024", "production", 2024, "PROD_NOTES"),
    ("CAP_2023", "capacity", 2023, "CAP_NOTES"),
    ("CAP_EST_ 2024", "capacity", 2024, "CAP_NOTES"),
    ("RESERVES_2024", "reserves", 2024, "RESERVE_NOTES"),
)
_NOTED = re.compile(
    r"(W|NA|XX|Large|Moderate to large|Moderate|Very small|Small|Less than 1/2 unit)(?= for | \(|$)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"for (20\d\d)$")


def read_world(reading: Reading, file: str, text: str) -> None:
    """Read world production, capacity and reserves: a row a country, a column a year.

    Raises
    ------
    SourceError
        If the header differs from the layout's, or a row is of another edition.
    """
    header, rows = table(file, text)
    check_header(file, header, WORLD)
    empty: Counter[str] = Counter()
    units: dict[tuple[str, str, str], list[int]] = {}
    statistics: list[Row] = []
    for line, cells in rows:
        row = dict(zip(WORLD, cells, strict=True))
        check_edition(reading.edition, file, line, ("SOURCE", row["SOURCE"]))
        found = _row(reading, (file, line), row)
        empty[f"{row['COMMODITY'].strip()} | {row['TYPE'].strip()}"] += len(WORLD_VALUES) - len(found)
        for told in found:
            if told["unit_published"] != row["UNIT_MEAS"].strip():
                units.setdefault((told["series"], row["UNIT_MEAS"], told["unit_published"]), []).append(line)
        statistics += found
    _explain_empty(reading, file, empty)
    _tell_units(reading, file, units)
    reading.separate(statistics, rules.duplicates(reading.edition.id))
    reading.statistics.extend(statistics)


def _row(reading: Reading, where: tuple[str, int], row: Row) -> list[Row]:
    """The figures of one country, each a row of ``mineral_statistic``; an empty cell is none."""
    told = []
    for column, measure, year, notes in WORLD_VALUES:
        reading.cells_in += 1
        published = row[column].strip() or _noted(row[notes].strip(), year)
        if published:
            told.append(_world(reading, where, row, (column, measure, year, published, row[notes])))
    return told


def _explain_empty(reading: Reading, file: str, empty: Counter[str]) -> None:
    """Account for the cells of each series that hold nothing."""
    for series, count in empty.items():
        if count:
            found = f"{count} empty cells"
            told = finding("row-empty", series, where=file, found=found, expected="figures", rows=count)
            reading.explain(told)


def _noted(note: str, year: int) -> str:
    """The mark that a note gives in place of a figure, for every year or for the year it names."""
    found, named = _NOTED.match(note), _YEAR.search(note)
    return found[0] if found and (named is None or int(named[1]) == year) else ""


def _estimated(column: str, kind: str, note: str) -> bool:
    """Whether a figure is an estimate: by its column, by its note, or by the heading of its table."""
    if "EST" in column or note.casefold().startswith("estimated"):
        return True
    return "estimated" in kind and not note.casefold().startswith("reported")


def _tell_units(reading: Reading, file: str, units: dict[tuple[str, str, str], list[int]]) -> None:
    """Tell of series that a reviewed rule gives another unit than the file."""
    for (series, own, ruled), lines in units.items():
        first, last = lines[0], lines[-1]
        place = f"line {first}" if first == last else f"lines {first} to {last}"
        where = f"{file}, {place}, column UNIT_MEAS"
        found, expected, count = repr(own), repr(ruled), len(lines)
        told = finding("unit-mislabelled", series, where=where, found=found, expected=expected, rows=count)
        reading.tell(told)


def _world(reading: Reading, where: tuple[str, int], row: Row, what: tuple[str, str, int, str, str]) -> Row:
    """One row of ``mineral_statistic`` from a world cell."""
    (file, line), (column, measure, year, published, note) = where, what
    chapter = row["COMMODITY"].strip()
    series = f"{chapter} | {row['TYPE'].strip()}" + ("" if measure == "production" else f" | {measure}")
    ruled = rules.units(reading.edition.id).get((chapter, series))
    unit = row["UNIT_MEAS"] if ruled is None else ruled
    estimated = _estimated(column, row["TYPE"], note.strip())
    cell = Cell(chapter, measure, published, unit, file, line, column, estimated=estimated)
    return {
        "as_of": reading.edition.id,
        "chapter": chapter,
        "series": series,
        "country": country(reading, chapter, (file, line), row["COUNTRY"]),
        "year": year,
        "section": "world",
        "measure": measure,
        **reading.figure(cell),
    }
