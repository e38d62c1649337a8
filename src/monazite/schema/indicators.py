"""Core tables of country indicators, code lists and registered establishments."""

from __future__ import annotations

from monazite.schema import status
from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table

_AS_OF = Column("as_of", "text", "Edition (vintage) the row stands in.", key=True)
_SOURCE = Column("source", "text", "Source the row was read by.", key=True)
_SNAPSHOT = Column("snapshot", "text", "First 16 digits of the sha256 of its file.", required=True)

INDICATOR = Table(
    "indicator",
    "Country indicators by year, such as governance scores.",
    (
        _SOURCE,
        _AS_OF,
        Column("indicator", "text", "What is measured, e.g. political-stability.", key=True),
        Column("country", "text", "ISO 3166-1 alpha-3, or the id of a former country or area.", key=True),
        Column("year", "integer", "Calendar year.", unit="year", key=True, low=1900, high=2100),
        Column("value", "number", "The figure.", unit="<unit>"),
        Column("standard_error", "number", "Standard error the publisher gives.", unit="<unit>", low=0),
        Column("unit", "text", "Unit of the figure; standard normal units for the governance scores.",
               required=True),
        Column("obs_status", "text", "Why the figure is what it is.", codes=status.CODES, required=True),
        _SNAPSHOT,
    ),
    (Rule("normal-has-value", "obs_status <> 'normal' OR value IS NOT NULL", "a normal figure has a value"),),
    order=("indicator", "country", "year"),
)  # fmt: skip

CODE = Table(
    "code",
    "Code lists as the publishers print them: countries, goods, industries.",
    (
        _SOURCE,
        _AS_OF,
        Column("scheme", "text", "List it belongs to, e.g. baci-country, HS1992, bea-summary.", key=True),
        Column("code", "text", "Code, with leading zeros.", key=True),
        Column("name", "text", "What it stands for, as published.", required=True),
        Column("parent", "text", "Code it is part of; empty if none is given."),
        Column("unit", "text", "Unit of quantity; empty if none is given."),
        Column("iso3", "text", "For a country, the ISO 3166-1 alpha-3 code, as published."),
        _SNAPSHOT,
    ),
    order=("scheme", "code"),
)

ESTABLISHMENT = Table(
    "establishment",
    "Establishments registered with the Food and Drug Administration to make drugs.",
    (
        _SOURCE,
        _AS_OF,
        Column("registration", "text", "The publisher's number of the establishment, with leading zeros: DUNS"
               " for FDA; made unique where one number stands twice.", key=True),
        Column("firm", "text", "Name of the firm, as published.", required=True),
        Column("address", "text", "Address, as published."),
        Column("country", "text", "ISO 3166-1 alpha-3; empty where the address names none."),
        Column("operations", "text", "What it does, as published: manufacture, repack, ..."),
        _SNAPSHOT,
    ),
    order=("country", "firm"),
)  # fmt: skip

TABLES = (INDICATOR, CODE, ESTABLISHMENT)
