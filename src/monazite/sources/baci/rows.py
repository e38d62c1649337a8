"""BACI's rows in our units: thousand dollars to dollars, country codes to ISO 3166, codes zero-padded."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.errors import SourceError, UnknownCodeError
from monazite.schema.indicators import CODE
from monazite.schema.trade import TRADE
from monazite.sources.baci.files import HEADER, YEAR, Kind, vintage
from monazite.sources.source import Rows, Select
from monazite.store.engine import text
from monazite.store.staging import REJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monazite.sources.source import Account, Row

MISSING = ("NA", "None", "")
CODES = 1000
"""Country codes have three digits."""

_CHUNK, _TAIL = 2**22, 64
LIST_LIMIT = 64 * 2**20
LINE_LIMIT = 4096
"""Bytes within which a line ends; one of BACI has fewer than a hundred. The engine would set aside a
damaged one of a hundred thousand fields once a field, each time with the whole line.
"""


@cache
def places() -> tuple[str, ...]:
    """The country each of the thousand codes stands for; one nobody knows is kept as ``M49-<code>``."""
    return tuple(_place(code) for code in range(CODES))


def _place(code: int) -> str:
    """The country a code stands for."""
    try:
        return country(code, "comtrade").id
    except UnknownCodeError:
        return f"M49-{code}"


def setup() -> tuple[str, ...]:
    """The engine's list of countries by code, as an ENUM in alphabetical order."""
    listed = ", ".join(text(place) for place in sorted(set(places())))
    by_code = ", ".join(f"{text(place)}::place" for place in places())
    return (
        "DROP TYPE IF EXISTS place",
        f"CREATE TYPE place AS ENUM ({listed})",
        "DROP TYPE IF EXISTS known",
        "CREATE TYPE known AS ENUM ('normal', 'not-available')",
        f"SET VARIABLE places = [{by_code}]",
    )


def year_select(kind: Kind, path: Path, name: str) -> Select:
    """Rows of one year, or of an extract of many."""
    scan = _extract(path) if kind is Kind.EXTRACT else _csv(path)
    stamps = {
        "reporter": "", "flow": "reconciled", "nomenclature": vintage(name), "regime": "", "breakdown": "",
        "valuation": "fob", "value_status": "normal", "quantity_status": "not-collected",
        "estimated": False, "aggregate": False,
    }  # fmt: skip
    found = YEAR.search(name)
    if found:
        stamps |= {"year": int(found[1]), "period": found[1]}
    return Select(
        TRADE,
        _rows(scan, found[1] if found else ""),
        stamps=stamps,
        setup=setup(),
        numbered=_rows(
            f"(SELECT *, 1 + row_number() OVER () AS _line FROM {scan})", found[1] if found else ""
        )
        if kind is Kind.YEAR
        else "",
        records=None if kind is Kind.EXTRACT else lines_of(path) - 1,
        late={
            "code": "CASE WHEN k BETWEEN 10000 AND 999999 THEN lpad(k::VARCHAR, 6, '0') END",
            "value_usd": "1000 * v",
            "mass_t": "q",
            "mass_status": "if(q IS NULL, 'not-available'::known, 'normal'::known)",
        },
        sort={"code": "k"},
    )


def _rows(scan: str, year: str) -> str:
    """The narrow columns of a scan; a file of one year refuses rows of another by leaving them no country."""
    line = ", _line" if "_line" in scan else ""
    when = "" if year else f", {_whole('t')} AS year, {_whole('t')}::VARCHAR AS period"
    right = f"t = {year}" if year else f"{_whole('t')} IS NOT NULL"
    importer = f"if({right}, {_place_of('j')}, NULL) AS importer"
    return (
        f"SELECT {importer}, {_place_of('i')} AS exporter, {_whole('k')} AS k, v, q{when}{line} FROM {scan}"
    )


def _whole(column: str) -> str:
    """A code as a whole number; none where it is not one, which would be rounded."""
    return f"if({column} = floor({column}) AND {column} BETWEEN 0 AND 999999, {column}::INTEGER, NULL)"


def _place_of(column: str) -> str:
    """The country of a code; none where there is none."""
    return f"if({column} < {CODES}, getvariable('places')[{_whole(column)} + 1], NULL)"


def _csv(path: Path) -> str:
    """A year as published; a line that does not fit is set aside with its number."""
    columns = ", ".join(f"{text(one)}: 'DOUBLE'" for one in HEADER)
    missing = ", ".join(text(mark) for mark in (*MISSING, "          NA"))
    return (
        f"read_csv({text(path)}, columns = {{{columns}}}, header = true, auto_detect = false, delim = ',',"
        f" quote = '\"', nullstr = [{missing}], {REJECTS})"
    )


def lines_of(path: Path) -> int:
    """How many lines a file has, an end of line at its end or not; blank ones at the end do not count.

    Raises
    ------
    SourceError
        If a line is so long that it cannot be one of BACI's.
    """
    count, last = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            for at in range(0, len(chunk) - LINE_LIMIT + 1, LINE_LIMIT):
                if chunk.find(b"\n", at, at + LINE_LIMIT) < 0:
                    line = count + chunk.count(b"\n", 0, at) + 1
                    found, expected = f"a line of {LINE_LIMIT:,} bytes and more", "t,i,j,k,v,q"
                    raise SourceError(path.name, line=line, found=found, expected=expected)
            count += chunk.count(b"\n")
            last = (last + chunk)[-_TAIL:]
    ended = last.replace(b"\r", b"")
    return count + (not ended.endswith(b"\n")) - max(0, len(ended) - len(ended.rstrip(b"\n")) - 1)


def _extract(path: Path) -> str:
    """An extract in Parquet: codes may be text or numbers, and a missing quantity the word None."""
    marks = ", ".join(text(mark) for mark in MISSING)
    quantity = f"if(trim(q::VARCHAR) IN ({marks}), NULL, try_cast(q AS DOUBLE))"
    return (
        "(SELECT try_cast(t AS DOUBLE) AS t, try_cast(i AS DOUBLE) AS i, try_cast(j AS DOUBLE) AS j,"
        f" try_cast(k AS DOUBLE) AS k, try_cast(v AS DOUBLE) AS v, {quantity} AS q"
        f" FROM read_parquet({text(path)}))"
    )


def code_rows(kind: Kind, path: Path, name: str, account: Account) -> Rows:
    """A code list: countries, or goods of one vintage."""
    scheme = "baci-country" if kind is Kind.COUNTRIES else vintage(name)
    return Rows(CODE, _codes(path, name, account, countries=kind is Kind.COUNTRIES), {"scheme": scheme})


def _codes(path: Path, name: str, account: Account, *, countries: bool) -> Iterator[Row]:
    """Rows of a code list, each with its line."""
    if path.stat().st_size > LIST_LIMIT:
        raise SourceError(name, found=f"{path.stat().st_size:,} bytes", expected="a code list")
    try:
        lines = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        next(lines)
        for cells in lines:
            account.records += 1
            width = 4 if countries else 2
            if len(cells) != width or not cells[0].strip():
                account.refuse(
                    CODE, "unreadable", found=f"{len(cells)} cells", expected=f"{width}", content=cells,
                    line=lines.line_num,
                )  # fmt: skip
                continue
            row = {"code": cells[0].strip(), "name": cells[1], "_line": lines.line_num}
            yield {**row, "iso3": cells[3]} if countries else row
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(name, found=str(error), expected="a code list in UTF-8") from error
