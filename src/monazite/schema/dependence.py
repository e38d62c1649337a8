"""Tables of the dependence study's answer."""

from __future__ import annotations

from monazite.schema import status
from monazite.schema.columns import Column
from monazite.schema.minerals import STAGES
from monazite.schema.tables import Table

_ITEM = Column(
    "item", "text", "Balance item, <material>.<form>; the material's id where none is published.", key=True
)
_SHARE_NOTE = "a share of consumption; zero or less means net exporter"


def _quantity(name: str, meaning: str) -> tuple[Column, Column]:
    """A quantity of the balance, and why it is missing when it is."""
    return (
        Column(name, "number", f"{meaning}, in the row's unit.", unit="<quantity_unit>"),
        Column(f"{name}_status", "text", f"Status of {name}.", codes=status.CODES),
    )


DEPENDENCE = Table(
    "dependence",
    "Import dependence by material and stage, one row each, for one year of one edition.",
    (
        _ITEM,
        Column("material", "text", "Material id.", required=True),
        Column("name", "text", "Material, as a sentence would say it.", required=True),
        Column("symbol", "text", "Element symbol; empty for a mineral."),
        Column("stage", "text", "Stage of the chain.", codes=STAGES),
        Column("form", "text", "What exactly is counted."),
        Column("chapter", "text", "Chapter of the publication the figures stand in."),
        Column("list_2022", "boolean", "On the 2022 list of critical minerals.", required=True),
        Column("list_2025", "boolean", "On the 2025 list of critical minerals.", required=True),
        Column("as_of", "text", "Edition.", required=True),
        Column("year", "integer", "Year of the figures.", unit="year", required=True),
        Column("reliance_low", "number", f"Net import reliance, lower end; {_SHARE_NOTE}.", unit="1", high=1),
        Column(
            "reliance_high", "number", f"Net import reliance, upper end; {_SHARE_NOTE}.", unit="1", high=1
        ),
        Column(
            "reliance_interval",
            "text",
            "The same in percent as mathematicians write it: a round bracket leaves its end out, (50, 100].",
        ),
        Column("reliance_published", "text", "Net import reliance in percent, exactly as published."),
        Column("reliance_status", "text", "Status of the reliance.", codes=status.CODES),
        Column("estimated", "boolean", "Whether the publisher marks the reliance as estimated."),
        Column(
            "group_value", "text", "The group the figure was published for; empty if for the material itself."
        ),
        Column(
            "previous_as_of", "text", "The earlier edition that also gives a value for an overlapping year."
        ),
        Column("previous_year", "integer", "Latest year both editions give.", unit="year"),
        Column(
            "previous_published",
            "text",
            "Reliance of that year in the earlier edition, percent as published.",
        ),
        Column("revised_published", "text", "Reliance of that year in this edition, percent as published."),
        Column("revision", "number", "This edition less the earlier one, where both are exact.", unit="1"),
        Column(
            "computed_low",
            "number",
            "1 − production / consumption from rounded figures, lower end.",
            unit="1",
        ),
        Column("computed_high", "number", "1 − production / consumption, upper end.", unit="1"),
        Column("identity_gap", "number", "(Components − published consumption) / consumption.", unit="1"),
        *_quantity("production", "Domestic production counted by the definition, primary and secondary"),
        *_quantity("imports", "Imports counted by the definition"),
        *_quantity("exports", "Exports counted by the definition"),
        *_quantity("consumption", "Consumption the reliance is a share of"),
        *_quantity("stocks", "Year-end stocks counted by the definition"),
        Column("quantity_unit", "text", "Unit of production, trade, consumption and stocks."),
        Column("consumption_basis", "text", "apparent, reported or estimated consumption."),
        Column("price", "number", "Price of the year, as published.", unit="<price_unit>"),
        Column("price_unit", "text", "Unit of the price, as published."),
        Column("price_series", "text", "Which price it is."),
        Column("price_low", "number", "Lowest annual price in the edition's years.", unit="<price_unit>"),
        Column("price_high", "number", "Highest annual price in the edition's years.", unit="<price_unit>"),
        Column("price_years", "integer", "How many annual prices stand behind the volatility.", unit="year"),
        Column(
            "price_volatility", "number", "Standard deviation of year-on-year log changes.", unit="1", low=0
        ),
        Column("leading_source", "text", "Leading source of imports, ISO alpha-3; joined by + for a group."),
        Column("leading_source_name", "text", "Leading source of imports."),
        Column("leading_source_low", "number", "Its share of imports, lower end.", unit="1", low=0, high=1),
        Column("leading_source_high", "number", "Its share of imports, upper end.", unit="1", low=0, high=1),
        Column("sources", "text", "Leading sources with their shares, descending."),
        Column("sources_form", "text", "Which imports the sources are given for, as published."),
        Column("sources_period", "text", "Years the shares are averaged over."),
        Column("source_hhi_low", "number", "HHI of import sources, lower bound.", unit="1", low=0, high=1),
        Column("source_hhi_high", "number", "HHI of import sources, upper bound.", unit="1", low=0, high=1),
        Column("world_leader", "text", "Leading producer in the world, ISO alpha-3."),
        Column("world_leader_name", "text", "Leading producer in the world."),
        Column(
            "world_leader_low", "number", "Its share of world production, lower end.", unit="1", low=0, high=1
        ),
        Column(
            "world_leader_high",
            "number",
            "Its share of world production, upper end.",
            unit="1",
            low=0,
            high=1,
        ),
        Column("world_hhi_low", "number", "HHI of world production, lower bound.", unit="1", low=0, high=1),
        Column("world_hhi_high", "number", "HHI of world production, upper bound.", unit="1", low=0, high=1),
        Column("world_measure", "text", "What world production counts (mine, refinery, smelter, ...)."),
        Column("world_year", "integer", "Year of world production.", unit="year"),
        Column(
            "single_source",
            "boolean",
            "Whether one country supplies 90 percent of imports or more for certain, rounding allowed for.",
        ),
        Column(
            "net_exporter",
            "boolean",
            "Whether the published reliance is zero or less: more goes out than comes in.",
        ),
        Column("uses", "text", "What it is used for."),
        Column("reason", "text", "Why there is no reliance, or whose figure it is; empty otherwise."),
        Column("findings", "text", "Rules of the findings on this row."),
    ),
)

SERIES = Table(
    "dependence_series",
    "The annual series behind a dependence row, by edition: reliance, production, trade, stocks, price.",
    (
        _ITEM,
        Column("term", "text", "What is measured.", key=True),
        Column("series", "text", "The publisher's label; joined by + where several are summed.", key=True),
        Column("as_of", "text", "Edition.", key=True),
        Column("year", "integer", "Year.", unit="year", key=True),
        Column("low", "number", "Lower end; empty if unbounded or unknown.", unit="<unit>"),
        Column("high", "number", "Upper end; empty if unbounded or unknown.", unit="<unit>"),
        Column("unit", "text", "Unit.", required=True),
        Column("obs_status", "text", "Status.", codes=status.CODES, required=True),
        Column("estimated", "boolean", "Whether the publisher marks it as estimated.", required=True),
        Column("published", "text", "As published; joined by + where several are summed.", required=True),
    ),
)

SOURCES = Table(
    "dependence_sources",
    "Import sources behind a dependence row.",
    (
        _ITEM,
        Column("rank", "integer", "Place in descending order.", key=True),
        Column("partner", "text", "ISO alpha-3; OTH; joined by + for a group.", required=True),
        Column("name", "text", "Country.", required=True),
        Column("form", "text", "Which imports, as published.", required=True),
        Column("low", "number", "Share of imports, lower end.", unit="1"),
        Column("high", "number", "Share of imports, upper end.", unit="1"),
        Column(
            "published",
            "text",
            "Share in percent as published; empty where only the order is.",
            required=True,
        ),
        Column("period", "text", "Years averaged.", required=True),
    ),
)

PRODUCERS = Table(
    "dependence_producers",
    "World production behind a dependence row.",
    (
        _ITEM,
        Column("country", "text", "ISO alpha-3; OTH for other countries; WLD for the world.", key=True),
        Column("year", "integer", "Year.", unit="year", key=True),
        Column("name", "text", "Country.", required=True),
        Column("value", "number", "Production.", unit="<unit>"),
        Column("unit", "text", "Unit.", required=True),
        Column("low", "number", "Share of world production, lower end.", unit="1"),
        Column("high", "number", "Share of world production, upper end.", unit="1"),
        Column("obs_status", "text", "Status.", codes=status.CODES, required=True),
        Column("published", "text", "As published.", required=True),
    ),
)

TABLES = (DEPENDENCE, SERIES, SOURCES, PRODUCERS)
