"""The shipped slice of the world: trade in minerals, how countries are governed, who uses what of whom.

The licences permit it with the publisher named: BACI under Etalab 2.0, the Worldwide Governance
Indicators under CC BY 4.0; the input-output accounts of the United States are in the public domain. The
files are loaded as a user would load them, into a store of their own.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError
from monazite.schema.indicators import CODE, INDICATOR
from monazite.schema.input_output import INPUT_OUTPUT
from monazite.schema.provenance import SNAPSHOT
from monazite.schema.world_trade import WORLD_TRADE, WORLD_TRADE_TOTAL
from monazite.sources import baci, bea, wgi
from monazite.sources.load import load
from monazite.store.home import Store
from monazite.store.reading import query

if TYPE_CHECKING:
    from monazite.schema.tables import Table

Row = dict[str, Any]
FIRST_YEAR = 2020
TRADE_FILE = "baci/baci_hs92_1995_2024_mining_codes.parquet"
GOVERNANCE_FILE = "governance/wgi_political_stability_1996_2024.csv"
TOTALS = """
SELECT year, code, sum(value_usd::HUGEINT)::DOUBLE AS value_usd,
       sum(mass_t::DECIMAL(24, 3))::DOUBLE AS mass_t, count(*) AS flows, any_value(snapshot) AS snapshot
FROM trade GROUP BY year, code
"""
"""Sums are of whole dollars and kilograms, so that they do not depend on the order of the rows."""

USE_FILE = "bea/BEA - The Use of Commodities by Industry - Summary - 2024.xlsx"
IMPORT_FILE = "bea/BEA_Import_Matrix_Summary_2024.xlsx"
REQUIREMENTS_FILE = "bea/BEA - Domestic Requirements, Industry-by-Commodities - Summary - 2024.csv"
DETAIL_FILES = (
    "bea/detail/bea_use_domestic.csv",
    "bea/detail/bea_use_import.csv",
    "bea/BEA_Supply_2017_DET.xlsx",
    "bea/detail/bea_summary_to_detail.csv",
)
"""The 402 industries of 2017: of the supply table only the totals are shipped."""
CELLS = """
FROM input_output WHERE detail = 'summary' OR (
  value <> 0 AND year = 2017 AND (matrix <> 'supply' OR starts_with(row_code, 'T')))
"""
FILES = (
    (baci.SOURCE, TRADE_FILE),
    (wgi.SOURCE, GOVERNANCE_FILE),
    (bea.SOURCE, USE_FILE),
    (bea.SOURCE, IMPORT_FILE),
    (bea.SOURCE, REQUIREMENTS_FILE),
    *((bea.SOURCE, one) for one in DETAIL_FILES),
)


def compiled(folder: Path) -> dict[Table, list[Row]]:
    """Rows of the shipped tables of the world, and of the files they are read from.

    Raises
    ------
    SourceError
        If a file is missing, or not what its source says.
    """
    with tempfile.TemporaryDirectory() as place:
        store = Store(Path(place, "store"))
        with store.writing() as scratch:
            for source, name in FILES:
                if not (folder / name).is_file():
                    raise SourceError(name, found="no such file", expected=f"it in {folder.name}/")
                load(store, folder / name, source, scratch=scratch)
        columns = ", ".join(WORLD_TRADE.names)
        return {
            WORLD_TRADE: query(store, f"SELECT {columns} FROM trade WHERE year >= {FIRST_YEAR}"),
            WORLD_TRADE_TOTAL: query(store, TOTALS),
            INDICATOR: query(store, "FROM indicator"),
            INPUT_OUTPUT: query(store, CELLS),
            CODE: query(store, "FROM code WHERE starts_with(scheme, 'bea-summary') OR scheme = 'bea-detail'"),
            SNAPSHOT: [{**row, "retrieved": None} for row in query(store, "FROM snapshot")],
        }
