"""The long layout (from MCS 2026): one file, one row a figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.codes.countries import HOME
from monazite.errors import SourceError
from monazite.schema.findings import finding
from monazite.sources.usgs_mcs import rules
from monazite.sources.usgs_mcs.delimited import check_header, decoded, table
from monazite.sources.usgs_mcs.places import place
from monazite.sources.usgs_mcs.reading import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.usgs_mcs.editions import Edition
    from monazite.sources.usgs_mcs.reading import Reading, Row

HEADER = (
    "MCS chapter",
    "Section",
    "Commodity",
    "Country",
    "Statistics",
    "Statistics_detail",
    "Unit",
    "Year",
    "Value",
    "Notes",
    "Is critical mineral 2025",
    "Other notes",
)
SALIENT = "Salient Statistics—United States"
SOURCES = "Import Sources"
FLAGS = ("Yes", "No", "")
MEASURES = {
    "Production": "production",
    "Import": "imports",
    "Export": "exports",
    "Consumption": "consumption",
    "Supply": "supply",
    "Stock": "stocks",
    "Shipment": "shipments",
    "Sold or used": "sold-or-used",
    "Sold": "sold-or-used",
    "Sales": "sold-or-used",
    "Price": "price",
    "Net import reliance": "net-import-reliance",
    "Employment": "employment",
    "Capacity": "capacity",
    "Reserves": "reserves",
}
MASSLESS = ("price", "employment", "net-import-reliance", "import-share")
_ROUNDED = re.compile(r"(: |, )rounded$")
_LOST_HYPHEN = re.compile(r"(?<=\d)\?(?=[a-z])")
_GROSS_NOTE = re.compile(r"(?:^|-- |\. )Gross weight|reported in gross weight")
_BASES = (
    (re.compile(r"\(gross weight\)|gross weight"), "gross"),
    (
        re.compile(
            r"(oxide|Y2O3|K2O|REO\)?|\((?!PGM)\w+\)) (content|equivalent)|TiO2\) content|ZrO2 content"
        ),
        "oxide",
    ),
    (re.compile(r"\bcontent\b|elemental iodine"), "content"),
    (re.compile(r"\bdry tons\b"), "dry"),
)


def read_long(reading: Reading, file: str, content: bytes) -> None:
    """Read the long file into ``reading``; nothing is half-loaded when it raises.

    Raises
    ------
    SourceError
        If the file is not in the edition's encoding, has another header, a row of another
        width, a year outside the edition, or a section that the layout does not know.
    """
    statistics: list[Row] = []
    for line, row in _rows(reading.edition, file, content):
        reading.cells_in += 1
        statistics.extend(_stated(reading, file, line, row))
        _shifted(reading, file, line, row)
        if row["Section"] == SOURCES:
            reading.import_sources.append(_import_source(reading, file, line, row))
        else:
            statistics.append(_statistic(reading, file, line, row))
    _rank(reading.import_sources)
    reading.separate(statistics, rules.duplicates(reading.edition.id))
    reading.statistics.extend(statistics)


def _rows(edition: Edition, file: str, content: bytes) -> list[tuple[int, Row]]:
    """Rows of the file with their line numbers, after the file as a whole has been checked."""
    text = decoded(file, content, edition.encoding)
    header, lines = table(file, text)
    check_header(file, header, HEADER)
    if SALIENT not in text:
        raise SourceError(
            file,
            column="Section",
            found="no section named " + repr(SALIENT),
            expected=f"the publisher's {edition.encoding} encoding, with its em dashes",
            hint="The file was saved again in another encoding, or is another table; fetch it again",
        )
    rows = [(line, dict(zip(HEADER, cells, strict=True))) for line, cells in lines]
    for line, row in rows:
        _check(edition, file, line, row)
    _check_length(edition, file, len(rows))
    return rows


def _check_length(edition: Edition, file: str, rows: int) -> None:
    """Refuse a file that does not hold as many rows as the edition has."""
    if rows != edition.rows:
        raise SourceError(
            file,
            line=rows + 1,
            found=f"{rows:,} rows",
            expected=f"{edition.rows:,}",
            hint="The file is cut short, or a later version; see the publisher's version history",
        )


def _check(edition: Edition, file: str, line: int, row: Row) -> None:
    """Refuse a row that cannot belong to this layout and edition."""
    section, year, statistics = row["Section"], row["Year"], row["Statistics"]
    if section == SOURCES:
        first, last = edition.window
        if year != f"{first}–{last % 100}":
            raise SourceError(
                file, line=line, column="Year", found=repr(year), expected=f"{first}–{last % 100}"
            )
        return
    if not year.isdecimal() or int(year) not in edition.years:
        span = f"a year from {edition.years[0]} to {edition.years[-1]}"
        raise SourceError(
            file, line=line, column="Year", found=repr(year), expected=span, hint="Another edition?"
        )
    if section != SALIENT and not section.startswith("World"):
        raise SourceError(file, line=line, column="Section", found=repr(section), expected="a known section")
    if statistics not in MEASURES:
        raise SourceError(
            file, line=line, column="Statistics", found=repr(statistics), expected="a known measure"
        )


def _shifted(reading: Reading, file: str, line: int, row: Row) -> None:
    """Tell of a critical-mineral flag that is no flag: the trailing cells are shifted."""
    if row[HEADER[10]] not in FLAGS:
        told = finding(
            "column-shifted",
            row["MCS chapter"],
            where=f"{file}, line {line}, column {HEADER[10]}",
            found=repr(row[HEADER[10]]),
            expected="Yes or No",
        )
        reading.tell(told)


def _series(row: Row) -> str:
    """The series' name: commodity and label, without the mark that a world total is rounded."""
    label = _ROUNDED.sub("", row["Statistics_detail"].replace("\xa0", " ")).strip()
    label = _LOST_HYPHEN.sub("-", label)
    return f"{row['Commodity'].strip()} | {label}"


def _basis(row: Row) -> str:
    """What the masses of a row count, from its label, its note, its unit and its chapter's heading."""
    note = "gross weight" if _GROSS_NOTE.search(row["Notes"]) else ""
    heading = row["Other notes"].split(" -- ")[0]
    for text in (row["Statistics_detail"], note, row["Unit"], row["Section"], heading):
        for pattern, basis in _BASES:
            if pattern.search(text):
                return basis
    return ""


def _cell(reading: Reading, file: str, line: int, row: Row, measure: str) -> Cell:
    """The row's figure, under the unit a reviewed rule gives it where there is one."""
    unit = _unit(reading, file, line, row)
    estimated = row["Notes"].startswith("Estimated") or " -- Estimated." in row["Notes"]
    basis = "" if measure in MASSLESS else _basis(row)
    return Cell(
        row["MCS chapter"], measure, row["Value"], unit, file, line, "Value", basis=basis, estimated=estimated
    )


def _unit(reading: Reading, file: str, line: int, row: Row) -> str:
    """The row's unit; a reviewed rule's, and a finding, where the file's own is wrong."""
    own: str = row["Unit"].strip()
    ruled: str = rules.units(reading.edition.id).get((row["MCS chapter"], _series(row)), own)
    if ruled != own:
        where = f"{file}, line {line}, column Unit"
        found, expected = repr(own), repr(ruled)
        told = finding("unit-mislabelled", row["MCS chapter"], where=where, found=found, expected=expected)
        reading.tell(told)
    return ruled


def _measure(row: Row) -> str:
    """What the row measures; an index or a share of output is not a price or an output."""
    if row["Unit"] == "index":
        return "price-index"
    if row["Unit"] == "percent" and row["Statistics"] == "Production":
        return "share-of-output"
    return MEASURES[row["Statistics"]]


def _statistic(reading: Reading, file: str, line: int, row: Row) -> Row:
    """One row of ``mineral_statistic``."""
    measure = _measure(row)
    return {
        "as_of": reading.edition.id,
        "chapter": row["MCS chapter"],
        "series": _series(row),
        "country": country(reading, row["MCS chapter"], (file, line), row["Country"]),
        "year": int(row["Year"]),
        "section": "salient" if row["Section"] == SALIENT else "world",
        "measure": measure,
        **reading.figure(_cell(reading, file, line, row, measure)),
    }


def _stated(reading: Reading, file: str, line: int, row: Row) -> Iterator[Row]:
    """A figure that the publication states in a note and in no row of its own, by a reviewed rule."""
    for rule in rules.rows("statements"):
        held = (reading.edition.id, row["MCS chapter"], _series(row))
        if held == (rule["as_of"], rule["chapter"], rule["beside"]) and rule["phrase"] in row["Notes"]:
            reading.cells_in += 1
            cell = Cell(
                row["MCS chapter"], rule["measure"], rule["published"], rule["unit"], file, line, "Notes"
            )
            yield {
                "as_of": reading.edition.id,
                "chapter": row["MCS chapter"],
                "series": rule["series"],
                "country": HOME,
                "year": reading.edition.latest,
                "section": "salient",
                "measure": rule["measure"],
                **reading.figure(cell),
            }


def country(reading: Reading, chapter: str, where: tuple[str, int], published: str) -> str:
    """Code of a country cell, with a finding where no list holds it or it had to be mended."""
    understood = place(published)
    if not understood.known or understood.mended:
        reading.tell(
            finding(
                "name-corrected" if understood.known else "country-unknown",
                chapter,
                where=f"{where[0]}, line {where[1]}, column Country",
                found=repr(published),
                expected=f"read as {understood.code}" if understood.known else "a country name",
            )
        )
    return understood.code


def _import_source(reading: Reading, file: str, line: int, row: Row) -> Row:
    """One row of ``import_source``; its rank is given once all are read."""
    first, last = reading.edition.window
    partner = country(reading, row["MCS chapter"], (file, line), row["Country"])
    if "+" in partner:
        where = f"{file}, line {line}, column Country"
        told = finding(
            "partner-group", row["MCS chapter"], where=where, found=row["Country"], expected="one country"
        )
        reading.tell(told)
    return {
        "as_of": reading.edition.id,
        "chapter": row["MCS chapter"],
        "series": _series(row),
        "partner": partner,
        "partner_published": row["Country"],
        "period_first": first,
        "period_last": last,
        "includes_hong_kong": "Includes Hong Kong" in row["Notes"],
        **reading.figure(_cell(reading, file, line, row, "import-share")),
    }


def _rank(rows: list[Row]) -> None:
    """Number the sources of each series in the publisher's order; the rest always comes last."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["chapter"], row["series"])
        counts[key] = counts.get(key, 0) + 1
        row["rank"] = counts[key]
