"""The shipped nomenclatures, read from the publishers' files: codes, links, imports to try them on.

Texts are shipped where they are in the public domain: those of HTS, Schedule B and the Census Bureau's
SITC. What a file refuses (totals, lines without an industry) is not shipped.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes.countries import country
from monazite.errors import SourceError
from monazite.schema.nomenclature import HS_EDITIONS, NOMENCLATURE_CODE, NOMENCLATURE_LINK, US_IMPORT
from monazite.schema.provenance import SNAPSHOT
from monazite.sources import census, census_codes, crosswalks, hts, unsd
from monazite.sources.source import Account, Given, Rows
from monazite.store.engine import text
from monazite.store.parquet import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monazite.schema.tables import Table
    from monazite.sources.source import Source

Row = dict[str, Any]
SHIPPED_IN = date(2026, 7, 10)
"""Day the files were taken; no row tells it."""

IMPORT_YEAR = 2024
LEFT_OUT = ("total-row", "row-empty")
"""Rules by which a record may be refused and the rest shipped: totals of all, goods without industry."""

HTS_EDITIONS = ("HTS2022", "HTS2025")
_CORRELATIONS = (
    "HS_1992_to_SITC3_1988_Conversion_and_Correlation_Tables.xls",
    "HS_1996_to_HS_1992_-_Correlation_and_conversion_tables_3.xls",
    "HS_2002_to_HS_1996_-_Correlation_and_conversion_tables.xls",
    "HS_2007_to_HS_2002_Correlation_and_conversion_tables.xls",
    "HS_2012_to_HS_2007_Correlation_and_conversion_tables_1.xls",
    "HS_2017_to_HS_2012_ConversionAndCorrelationTables.xlsx",
    "HS_2022_to_HS_2017_ConversionAndCorrelationTables.xlsx",
    "SITC2_to_SITC1_Conversion_and_Correlation_Tables_1.xls",
    "SITC3_to_SITC2_Conversion_and_Correlation_Tables_1.xls",
)
_LISTS = (*HS_EDITIONS, "SITC1", "SITC2", "SITC3")
_ALL = f"{HS_EDITIONS[0]}-{HS_EDITIONS[-1]}"
"""What the files of the United Nations are an edition of, together: they are cited as one."""


class File(NamedTuple):
    """A file of which rows are shipped: its source, its place, its edition if not as the file says."""

    source: Source
    place: str
    as_of: str = ""


FILES = (
    *(File(unsd.SOURCE, f"hs_product_lists/{name}.xlsx", _ALL) for name in _LISTS),
    *(File(unsd.SOURCE, f"hs_correlation_unsd/{name}", _ALL) for name in _CORRELATIONS),
    File(hts.SOURCE, "hts/hts_2025_basic_edition.csv"),
    File(census_codes.SOURCE, "census_concordance/census_imp_code_2022.csv"),
    File(census_codes.SOURCE, "census_concordance/sked_b_exp_code.txt", "2022"),
    File(census_codes.SOURCE, "census_concordance/sitcmstr.txt"),
    File(crosswalks.SOURCE, "crosswalks/hs10_bea_crosswalk.csv", "2022"),
)
"""The first to hold a code is the one it is shipped from."""

IMPORTS = """
SELECT filename, I_COMMODITY AS code, CTY_CODE AS partner, CAST(CON_VAL_YR AS BIGINT) AS value_usd,
       CAST(CAL_DUT_YR AS BIGINT) AS duty_usd,
       COMM_LVL = 'HS10' AND year(time) = {year} AND month(time) = 12 AS whole
FROM read_parquet([{files}], filename = true)
"""
"""Ten-digit codes by partner, the year to date at its end: a file for each partner."""


def compiled(folder: Path) -> dict[Table, list[Row]]:
    """Rows of the shipped tables of nomenclatures, and of the files they are read from.

    Raises
    ------
    SourceError
        If a file is missing, or not what its source says.
    """
    found: dict[Table, list[Row]] = {NOMENCLATURE_CODE: [], NOMENCLATURE_LINK: [], SNAPSHOT: []}
    for file in FILES:
        given = _given(folder / "codes" / file.place, file.as_of)
        found[SNAPSHOT].append(_snapshot(file.source, given))
        for table, row in _rows(file.source, given):
            found[table].append(row)
    found[NOMENCLATURE_CODE] = _since(_once(found[NOMENCLATURE_CODE]))
    paths = sorted((folder / "census" / f"imports_hs10_{IMPORT_YEAR}_annual").glob("*.parquet"))
    partners = [_given(path, str(IMPORT_YEAR)) for path in paths]
    found[US_IMPORT] = _imports(partners)
    found[SNAPSHOT] += [_snapshot(census.SOURCE, given) for given in partners]
    return found


def _given(path: Path, as_of: str) -> Given:
    """A file as its reader takes it.

    Raises
    ------
    SourceError
        If it is missing.
    """
    if not path.is_file():
        raise SourceError(path.name, found="no such file", expected=f"it in {path.parent.name}/")
    snapshot = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return Given(path, path.name, snapshot, SHIPPED_IN, path.parent, as_of)


def _snapshot(source: Source, given: Given) -> Row:
    """One row of ``snapshot``."""
    return {
        "snapshot": given.snapshot,
        "source": source.id,
        "file": given.name,
        "as_of": given.as_of or source.edition(given),
        "title": source.title,
        "publisher": source.publisher,
        "doi": source.doi,
        "url": None,
        "retrieved": None,
        "licence": source.licence.name,
        "redistribution": source.licence.redistribution,
        "bytes": given.path.stat().st_size,
        "sha256": hashlib.sha256(given.path.read_bytes()).hexdigest(),
    }


def _rows(source: Source, given: Given) -> Iterator[tuple[Table, Row]]:
    """Every row of a file with its table and all columns.

    Raises
    ------
    SourceError
        If a record is refused that is neither a total nor empty.
    """
    account = Account()
    for batch in source.read(given, account):
        if isinstance(batch, Rows):
            stamps: Row = {**batch.stamps, "snapshot": given.snapshot}
            empty: Row = dict.fromkeys(batch.table.names)
            yield from ((batch.table, {**empty, **row, **stamps}) for row in batch.rows)
    for one in account.refused:
        if one.rule not in LEFT_OUT:
            raise SourceError(
                given.name, line=one.line, column=one.column, found=one.found, expected=one.expected
            )


def _once(rows: Iterable[Row]) -> list[Row]:
    """Each code once: end uses and industries occur in several files."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        first.setdefault((row["nomenclature"], row["code"]), row)
    return list(first.values())


def _since(rows: list[Row]) -> list[Row]:
    """Codes with the years they are in force over all editions at hand.

    A code that stands in editions one after the other is taken as continued. Of an edition that lists
    ten digits only, a shorter code stands in it if some code begins with it.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        held[row["nomenclature"]].update(row["code"][:digits] for digits in range(2, len(row["code"]) + 1))
    for editions in (HS_EDITIONS, HTS_EDITIONS):
        for row in (row for row in rows if row["nomenclature"] in editions):
            first, last = _run(row, editions, held)
            row["valid_from"] = int(editions[first][-4:])
            row["valid_to"] = int(editions[last + 1][-4:]) - 1 if last + 1 < len(editions) else None
    return rows


def _run(row: Row, editions: tuple[str, ...], held: dict[str, set[str]]) -> tuple[int, int]:
    """First and last of the editions, one after the other, in which a code stands."""
    first = last = editions.index(row["nomenclature"])
    while first > 0 and row["code"] in held[editions[first - 1]]:
        first -= 1
    while last + 1 < len(editions) and row["code"] in held[editions[last + 1]]:
        last += 1
    return first, last


def _imports(partners: list[Given]) -> list[Row]:
    """Imports of the year by code and partner.

    Raises
    ------
    SourceError
        If there is no file, or a row is not of ten digits, or not of the whole year.
    """
    if not partners:
        raise SourceError(
            f"imports_hs10_{IMPORT_YEAR}_annual", found="no file", expected="one for each partner"
        )
    snapshots = {str(given.path): given.snapshot for given in partners}
    sql = IMPORTS.format(files=", ".join(map(text, snapshots)), year=IMPORT_YEAR)
    read = select({}, sql)
    known = {code: country(code, "census") for code in {row["partner"] for row in read}}
    return [
        {
            "year": IMPORT_YEAR,
            "code": row["code"],
            "partner": known[row["partner"]].id,
            "value_usd": row["value_usd"],
            "duty_usd": row["duty_usd"],
            "aggregate": known[row["partner"]].kind == "aggregate",
            "snapshot": snapshots[_whole(row)["filename"]],
        }
        for row in read
    ]


def _whole(row: Row) -> Row:
    """A row that is of ten digits and of the whole year.

    Raises
    ------
    SourceError
        If it is not.
    """
    if not row["whole"]:
        file, expected = Path(row["filename"]).name, f"ten digits, and the year to date of {IMPORT_YEAR}-12"
        raise SourceError(file, column="COMM_LVL, time", found=f"others for {row['code']}", expected=expected)
    return row
