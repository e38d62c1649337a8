"""Makes a store of years in the form of BACI: ``python benchmarks/baci_store.py FOLDER [YEARS] [ROWS]``.

The flows of baci_shaped.py under real subheadings of HS 1992, written as loading would write them, without
the CSV between. A year that is there is passed over.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from baci_shaped import ROWS, SUBHEADINGS, codes, flows, mass, missing, value

from monazite.codes.countries import country
from monazite.schema.trade import TRADE
from monazite.store import shipped
from monazite.store.home import Store
from monazite.store.staging import PARQUET, Part
from monazite.studies.nomenclature.health.known import codes as codes_of

EDITION, NOMENCLATURE, DIGITS, LAST_YEAR = "V202699", "HS1992", 6, 2024
SCORED = f"indicator = 'political-stability' AND value IS NOT NULL AND year = {LAST_YEAR}"
FIXED = {
    "source": "'baci'", "as_of": f"'{EDITION}'", "reporter": "''", "flow": "'reconciled'",
    "nomenclature": f"'{NOMENCLATURE}'", "regime": "''", "breakdown": "''", "valuation": "'fob'",
    "value_status": "'normal'", "quantity_status": "'not-collected'", "estimated": "false",
    "aggregate": "false", "snapshot": "'0123456789abcdef'", "duty_usd": "NULL::DOUBLE",
    "quantity": "NULL::DOUBLE", "quantity_unit": "NULL::VARCHAR", "quantity_2": "NULL::DOUBLE",
    "quantity_2_unit": "NULL::VARCHAR",
}  # fmt: skip


def subheadings() -> list[str]:
    """As many real subheadings as are traded, spread over the nomenclature."""
    every = sorted(code for code in codes_of(NOMENCLATURE) if len(code) == DIGITS and code != "999999")
    step = len(every) / SUBHEADINGS
    return [every[int(place * step)] for place in range(SUBHEADINGS)]


def traders(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """The country each number stands for: those without a governance score trade least, as in BACI."""
    scored = {
        row["country"] for row in shipped.query(f"SELECT DISTINCT country FROM indicator WHERE {SCORED}")
    }
    every = sorted((country(code, "comtrade").id for code in codes()), key=lambda one: one not in scored)
    listed = ", ".join(f"({code})" for code in codes())
    most_first = connection.execute(f"SELECT code FROM (VALUES {listed}) AS t(code) ORDER BY hash(code)")
    return dict(zip((code for (code,) in most_first.fetchall()), every, strict=True))


def lists(connection: duckdb.DuckDBPyConnection) -> None:
    """Ids of countries and codes of goods, as types in alphabetical order."""
    ids = traders(connection)
    for name, words in (("place", ids.values()), ("good", subheadings())):
        told = ", ".join(f"'{one}'" for one in sorted(set(words)))
        connection.execute(f"CREATE TYPE {name} AS ENUM ({told})")
    told = ", ".join(f"({code}, '{one}'::place)" for code, one in ids.items())
    connection.execute(f"CREATE TABLE id AS FROM (VALUES {told}) AS t(number, id)")
    told = ", ".join(f"({place}, '{one}'::good)" for place, one in enumerate(subheadings()))
    connection.execute(f"CREATE TABLE subheading AS FROM (VALUES {told}) AS t(place, code)")


def written(connection: duckdb.DuckDBPyConnection, year: int, rows: int, path: Path) -> int:
    """Write one year as a file of the trade table; how many rows."""
    own = {
        "period": f"'{year}'", "importer": "importer::VARCHAR", "exporter": "exporter::VARCHAR",
        "code": "code::VARCHAR", "value_usd": f"1000 * round({value(year)}, 3)",
        "mass_t": f"if({missing(year)}, NULL, round({mass(year)}, 3))",
        "mass_status": f"if({missing(year)}, 'not-available', 'normal')",
    }  # fmt: skip
    told = ", ".join(f"{(FIXED | own)[name]} AS {name}" for name in TRADE.names if name != "year")
    count = connection.execute(f"""
    COPY ({flows(year, rows)}
      SELECT {told} FROM (
        SELECT i, j, k, seller.id AS exporter, buyer.id AS importer, subheading.code
        FROM flow JOIN id AS seller ON seller.number = i JOIN id AS buyer ON buyer.number = j
          JOIN subheading ON subheading.place = flow.place
        ORDER BY importer, code, exporter
      )
    ) TO '{path}' ({PARQUET})
    """).fetchone()
    return int((count or (0,))[0])


def make(folder: Path, years: int, rows: int = ROWS) -> Store:
    """Make so many years up to the last, those that are missing."""
    store = Store(folder)
    for year in range(LAST_YEAR + 1 - years, LAST_YEAR + 1):
        load = f"made:{year}-{rows}"
        if store.committed(TRADE, load):
            continue
        with store.writing() as scratch, duckdb.connect() as connection:
            lists(connection)
            path = scratch / "trade.parquet"
            part = Part(path, written(connection, year, rows, path), {"year": year})
            store.commit(TRADE, [part], load=load, told={"operation": "made"})
    return store


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
    print(made.folder, len(made.files(TRADE)), "years")
