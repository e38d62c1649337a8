"""Answers of the exposure study: imported inputs of an industry, direct and looked through."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

EXPOSURE = Table(
    "exposure",
    "Imported inputs in a dollar of each product: what its maker imports, and what all suppliers import.",
    (
        Column("industry", "text", "Industry and its product, BEA summary code.", key=True),
        Column("name", "text", "What it makes.", required=True),
        Column("output_usd", "number", "Output of the industry.", unit="USD", required=True, low=0),
        Column("direct", "number", "Imported inputs the industry buys itself, a share of its output.",
               unit="1", required=True, low=0),
        Column("looked_through", "number", "Imported inputs of the industry and of all its domestic"
               " suppliers, a share of the value of its product.", unit="1", required=True, low=0),
        Column("hidden", "number", "What the suppliers import: the difference.", unit="1", required=True),
        Column("leading_commodity", "text", "Imported commodity that weighs most, looked through."),
        Column("leading_share", "number", "Its share of the imported inputs.", unit="1", low=0, high=1),
    ),
)  # fmt: skip

EXPOSURE_COMMODITY = Table(
    "exposure_commodity",
    "Which imported commodities stand behind a product.",
    (
        Column("industry", "text", "Industry and its product.", key=True),
        Column("commodity", "text", "Imported commodity, BEA summary code.", key=True),
        Column("name", "text", "What it is.", required=True),
        Column("direct", "number", "What the industry imports of it, a share of its output.", unit="1",
               required=True, low=0),
        Column("looked_through", "number", "The same with all domestic suppliers.", unit="1", required=True,
               low=0),
    ),
)  # fmt: skip

TABLES = (EXPOSURE, EXPOSURE_COMMODITY)
