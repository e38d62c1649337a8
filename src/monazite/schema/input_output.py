"""Core table of input-output accounts: cells of use, import, supply and requirements matrices."""

from __future__ import annotations

from monazite.schema import status
from monazite.schema.columns import Column
from monazite.schema.tables import Table

MATRICES = (
    "use",
    "use-import",
    "use-domestic",
    "supply",
    "requirements-total",
    "requirements-domestic",
    "requirements-total-commodity",
)

INPUT_OUTPUT = Table(
    "input_output",
    "Cells of input-output tables: what row commodity or item stands against which column.",
    (
        Column("source", "text", "Source the cell was read by.", key=True),
        Column("as_of", "text", "Edition (vintage) the cell stands in.", key=True),
        Column("matrix", "text", "Which table: use, supply, requirements.", codes=MATRICES, key=True),
        Column("detail", "text", "How fine: summary (71 industries) or detail (402).",
               codes=("summary", "detail"), key=True),
        Column("year", "integer", "Calendar year.", unit="year", key=True, low=1900, high=2100),
        Column("row_code", "text", "Row: a commodity, industry or item of value added.", key=True),
        Column("column_code", "text", "Code of the column: an industry, commodity or final use.", key=True),
        Column("value", "number", "The figure.", unit="<unit>"),
        Column("unit", "text", "USD, or 1 for requirements per dollar of output.", codes=("USD", "1"),
               required=True),
        Column("obs_status", "text", "Why the figure is what it is.", codes=status.CODES, required=True),
        Column("snapshot", "text", "First 16 digits of the sha256 of its file.", required=True),
    ),
    order=("matrix", "detail", "year", "row_code", "column_code"),
)  # fmt: skip

TABLES = (INPUT_OUTPUT,)
