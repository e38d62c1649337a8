"""Makes files in the form of BACI: ``python benchmarks/baci_shaped.py FOLDER [YEARS] [ROWS]``.

One file a year, sorted as the publisher's: 220 countries and 5,000 subheadings, in which few pairs of
countries trade almost everything and most trade little, and few flows hold most of the value. The
same arguments give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from monazite.codes.countries import countries

COUNTRIES, SUBHEADINGS, ROWS = 220, 5_000, 11_000_000
MISSING_PERCENT = 4
FIRST_YEAR = 1995


def codes() -> list[int]:
    """Codes of the countries that trade."""
    known = sorted(
        one.comtrade for one in countries() if one.kind == "country" and one.comtrade and not one.valid_to
    )
    return known[:COUNTRIES]


def flows(year: int, rows: int) -> str:
    """The common tables of one year's flows: exporter i, importer j, subheading k at a place.

    A pair of countries trades a number of goods that falls with the product of their ranks; a good is
    among them by its hash.
    """
    listed = ", ".join(map(str, codes()))
    spread = (
        f"(SELECT code, row_number() OVER (ORDER BY hash(code)) AS rank FROM unnest([{listed}]) AS t(code))"
    )
    return f"""
      WITH country AS {spread},
      pair AS (
        SELECT a.code AS i, b.code AS j, pow(a.rank * b.rank, -0.6) AS weight
        FROM country a, country b WHERE a.code <> b.code
      ),
      scaled AS (
        SELECT i, j, least({SUBHEADINGS}, ceil({rows} * 1.02 * weight / sum(weight) OVER ())) AS goods
        FROM pair
      ),
      good AS (SELECT unnest(range({SUBHEADINGS})) AS place),
      flow AS (
        SELECT i, j, place, lpad((10110 + place * 195)::VARCHAR, 6, '0') AS k FROM scaled, good
        WHERE hash(i, j, place, {year}) % {SUBHEADINGS} < goods
      )"""


def value(year: int) -> str:
    """The value of a flow, in thousand dollars: log-normal."""
    return f"exp(2 + 3.0 * {_normal(year)})"


def mass(year: int) -> str:
    """The mass of a flow, in tonnes: follows values at a price of the good."""
    return f"exp(1 + 3.0 * {_normal(year)} + 2 * (hash(k) % 1000) / 1000.0)"


def missing(year: int) -> str:
    """Whether the mass of a flow is missing."""
    return f"hash(i, j, k, {year}) % 100 < {MISSING_PERCENT}"


def _normal(year: int) -> str:
    """Nearly normal, by the hash of a flow."""
    uniform = "(hash({0}) % 1000003) / 1000003.0"
    return f"({' + '.join(uniform.format(f'i, j, k, {n}, {year}') for n in range(4))} - 2) * 1.73"


def statement(year: int, rows: int, path: Path) -> str:
    """The SQL that writes one year."""
    return f"""
    COPY ({flows(year, rows)}
      SELECT {year} AS t, i, j, k, printf('%.3f', {value(year)}) AS v,
        CASE WHEN {missing(year)} THEN 'NA'
        ELSE printf('%.3f', {mass(year)}) END AS q
      FROM flow ORDER BY i, j, k
    ) TO '{path}' (FORMAT csv, HEADER)
    """


def make(folder: Path, years: int = 1, rows: int = ROWS) -> list[Path]:
    """Write so many years; their files."""
    files = []
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        path = folder / f"BACI_HS92_Y{year}_V202699.csv"
        if not path.exists():
            with duckdb.connect() as connection:
                connection.execute(statement(year, rows, path))
        files.append(path)
    return files


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for made in make(target, *map(int, sys.argv[2:4])):
        print(made, f"{made.stat().st_size:,} bytes")
