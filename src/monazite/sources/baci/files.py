"""Which of BACI's files a file is, and what its name says."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError, StoreError
from monazite.store import archives
from monazite.store.parquet import select

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.sources.source import Given

VERSION = re.compile(r"_V(\d{6}[a-z]?)\b", re.IGNORECASE)
VINTAGE = re.compile(r"(?<![A-Z0-9])HS(92|96|02|07|12|17|22)(?![0-9])", re.IGNORECASE)
YEAR = re.compile(r"_Y(\d{4})(?![0-9])")
CENTURY = {"92": "1992", "96": "1996", "02": "2002", "07": "2007", "12": "2012", "17": "2017", "22": "2022"}
HEADER = ("t", "i", "j", "k", "v", "q")
_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"


class Kind(Enum):
    """What BACI publishes, and the extract in Parquet others make of it."""

    YEAR = "year"
    EXTRACT = "extract"
    COUNTRIES = "countries"
    PRODUCTS = "products"
    ARCHIVE = "archive"


def kind(name: str, head: bytes) -> Kind | None:
    r"""Which file it is, by its first bytes; an archive or an extract also needs BACI in its name.

    >>> kind("BACI_HS92_Y2022_V202401b.csv", b"t,i,j,k,v,q\n2022,4,8,010111,1,2")
    <Kind.YEAR: 'year'>
    """
    named = "baci" in name.casefold()
    if head.startswith(_ZIP):
        return Kind.ARCHIVE if named and name.casefold().endswith(".zip") else None
    if head.startswith(_PARQUET):
        return Kind.EXTRACT if named else None
    header = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace").strip()
    columns = tuple(cell.strip('" ') for cell in header.split(","))
    return {
        HEADER: Kind.YEAR,
        ("country_code", "country_name", "country_iso2", "country_iso3"): Kind.COUNTRIES,
        ("code", "description"): Kind.PRODUCTS,
    }.get(columns)


def edition(given: Given) -> str:
    """The release a file's name states, as V202401b; for one that states none, the years it reaches to.

    Raises
    ------
    SourceError
        If the name states none and the file is no extract.
    """
    if found := VERSION.search(given.name):
        return f"V{found[1]}"
    with given.path.open("rb") as file:
        if kind(given.name, file.read(4)) is Kind.EXTRACT:
            return f"baci-to-{last_year(given)}"
    hint = "Name the release with --edition"
    raise SourceError(given.name, found="a name without a release", expected="..._V202401b...", hint=hint)


def last_year(given: Given) -> int:
    """The last year of an extract.

    Raises
    ------
    SourceError
        If it has none.
    """
    check_extract(given.path, given.name)
    sql = "SELECT max(try_cast(t AS INTEGER)) AS year FROM extract"
    found = _asked(given.path, given.name, sql)[0]["year"]
    if found is None:
        raise SourceError(given.name, found="no year", expected="years in column t")
    return int(found)


def check_extract(path: Path, name: str) -> None:
    """Refuse an extract that lacks one of the columns.

    Raises
    ------
    SourceError
        If it lacks one, or is damaged.
    """
    columns = {row["column_name"] for row in _asked(path, name, "DESCRIBE extract")}
    if missing := [one for one in HEADER if one not in columns]:
        raise SourceError(name, found=f"no column {missing[0]}", expected=f"columns {', '.join(HEADER)}")


def _asked(path: Path, name: str, sql: str) -> list[dict[str, Any]]:
    """Rows of a query over an extract."""
    try:
        return select({"extract": path}, sql)
    except StoreError as error:
        told = str(error).partition("\n")[0]
        raise SourceError(name, found=told, expected="a whole Parquet file", hint="Fetch it again") from error


def vintage(name: str) -> str:
    """The nomenclature a file's name states: HS92 is HS1992.

    Raises
    ------
    SourceError
        If it states none.
    """
    found = VINTAGE.search(name)
    if found is None:
        raise SourceError(
            name, found="a name without a vintage", expected="HS92, HS96, ... in the file's name"
        )
    return f"HS{CENTURY[found[1]]}"


def check_archive(path: Path) -> None:
    """Refuse an answer that is not an archive of years.

    Raises
    ------
    SourceError
        If it is no zip archive, or holds no year.
    """
    names = archives.checked(path)
    if not any(YEAR.search(name) for name in names):
        raise SourceError(path.name, found=f"{len(names)} members, no year", expected="BACI_HS.._Y...csv")
