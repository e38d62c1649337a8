"""The slice of world trade the package ships: who sent which minerals to whom, and what all of them sent."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table

NOMENCLATURE = "HS1992"
"""Edition of the Harmonized System its codes belong to."""

WORLD_TRADE = Table(
    "world_trade",
    "Trade between countries in 74 subheadings of minerals, 2020 to 2024: the slice of BACI that is shipped.",
    (
        Column("year", "integer", "Calendar year.", unit="year", key=True, low=1995, high=2100),
        Column("importer", "text", "Country goods go to, ISO 3166-1 alpha-3 or the id of an area.", key=True),
        Column("exporter", "text", "Country goods come from.", key=True),
        Column("code", "text", "Subheading of HS1992, with leading zero.", key=True),
        Column("value_usd", "number", "Value.", unit="USD", required=True, low=0,
               basis="current prices, FOB, both sides reconciled"),
        Column("mass_t", "number", "Mass; empty where none is recorded.", unit="t", low=0,
               basis="net weight"),
        Column("snapshot", "text", "First 16 digits of the sha256 of its file.", required=True),
    ),
    (Rule("partners-differ", "importer <> exporter", "trade is between two countries"),),
    order=("year", "code", "importer", "exporter"),
)  # fmt: skip

WORLD_TRADE_TOTAL = Table(
    "world_trade_total",
    "World trade in the same subheadings by year, 1995 to 2024: what tells a code that died from one that"
    " never was in the data.",
    (
        Column("year", "integer", "Calendar year.", unit="year", key=True, low=1995, high=2100),
        Column("code", "text", "Subheading of HS1992, with leading zero.", key=True),
        Column("value_usd", "number", "Value of all trade between countries.", unit="USD", required=True,
               low=0, basis="current prices, FOB, both sides reconciled"),
        Column("mass_t", "number", "Mass of the flows of which one is recorded; empty where of none.",
               unit="t", low=0, basis="net weight"),
        Column("flows", "integer", "How many pairs of countries traded it.", required=True, low=1),
        Column("snapshot", "text", "First 16 digits of the sha256 of its file.", required=True),
    ),
    order=("code", "year"),
)  # fmt: skip

TABLES = (WORLD_TRADE, WORLD_TRADE_TOTAL)
