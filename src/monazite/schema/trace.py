"""Answers of the trace study: direct against origin, and what stands behind."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

KINDS = ("recorded", "not recorded")

_AMOUNT = "<unit>"

TRACE = Table(
    "trace",
    "Imports of a material by direct partner and by origin, with the lowest and highest share possible.",
    (
        Column("country", "text", "Country, ISO 3166-1 alpha-3 or the id of an area.", key=True),
        Column("kind", "text", "Whether its own supply is recorded production, or a surplus of exports that"
               " nothing recorded covers.", codes=KINDS, key=True),
        Column("name", "text", "What it is called.", required=True),
        Column("direct", "number", "Share of imports it sends itself.", unit="1", required=True, low=0,
               high=1),
        Column("origin", "number", "Share of imports that was produced there, if every country mixes all it"
               " gets in proportion.", unit="1", required=True, low=0, high=1),
        Column("possible_low", "number", "Lowest share that keeps every balance.", unit="1", required=True,
               low=0, high=1),
        Column("possible_high", "number", "Highest share that keeps every balance.", unit="1", required=True,
               low=0, high=1),
        Column("amount", "number", "Imports that were produced there, in proportion.", unit=_AMOUNT,
               required=True, low=0),
        Column("unit", "text", "Unit of the amount: t of content, or USD.", codes=("t", "USD"),
               required=True),
        Column("production", "number", "What it is recorded to produce; empty by value.", unit="t", low=0),
        Column("role", "text", "producer, hub (passes on and produces nothing), importer's own, other.",
               codes=("producer", "hub", "own", "other"), required=True),
        Column("through", "text", "Direct partners its goods come through, the largest first."),
        Column("findings", "text", "Rules of the findings about it."),
    ),
)  # fmt: skip

TRACE_FLOW = Table(
    "trace_flow",
    "From origin through the direct partner to the importer: the bands of the picture.",
    (
        Column("origin", "text", "Country of origin.", key=True),
        Column("kind", "text", "Whether its supply is recorded.", codes=KINDS, key=True),
        Column("partner", "text", "Country it was shipped from.", key=True),
        Column("origin_name", "text", "Name of the origin.", required=True),
        Column("partner_name", "text", "Name of the partner.", required=True),
        Column("share", "number", "Of the imports.", unit="1", required=True, low=0, high=1),
    ),
)

TRACE_CODE = Table(
    "trace_code",
    "Which trade codes the answer rests on, and which it lacks.",
    (
        Column("code", "text", "Subheading.", key=True),
        Column("nomenclature", "text", "Edition it belongs to.", required=True),
        Column("stage", "text", "Stage of the goods.", required=True),
        Column("form", "text", "What stands there.", required=True),
        Column("used", "text", "Whether it is used, and if not why.", required=True),
        Column("content", "number", "Content taken for the goods, kg per kg; 1 where gross weight is taken.",
               unit="1", low=0, high=1),
        Column("content_low", "number", "Least content.", unit="1", low=0, high=1),
        Column("content_high", "number", "Most content.", unit="1", low=0, high=1),
        Column("imports_usd", "number", "The importer's imports under it in the year.", unit="USD", low=0),
        Column("without_mass", "number", "Share of the world's value under it without a recorded mass.",
               unit="1", low=0, high=1),
    ),
)  # fmt: skip

TRACE_BALANCE = Table(
    "trace_balance",
    "Supply and use of each country in the network.",
    (
        Column("country", "text", "Country.", key=True),
        Column("name", "text", "Its name.", required=True),
        Column("production", "number", "Recorded, or by value what it exports net.", unit=_AMOUNT,
               required=True, low=0),
        Column("imports", "number", "Imports.", unit=_AMOUNT, required=True, low=0),
        Column("exports", "number", "Exports.", unit=_AMOUNT, required=True, low=0),
        Column("unrecorded", "number", "Exports beyond production and imports.", unit=_AMOUNT, required=True,
               low=0),
        Column("unit", "text", "Unit of the amounts.", codes=("t", "USD"), required=True),
        Column("keystone", "number", "Share of the others' use that goes unserved without it, over its share"
               " of supply; of the larger suppliers.", unit="1", low=0),
        Column("unserved", "number", "Share of the others' use that goes unserved without it, over the routes"
               " of the year and without more output.", unit="1", low=0, high=1),
        Column("importer_unserved_low", "number", "Share of the importer's imports that goes unserved then,"
               " at least.", unit="1", low=0, high=1),
        Column("importer_unserved_high", "number", "At most.", unit="1", low=0, high=1),
    ),
)  # fmt: skip

TRACE_ALARM = Table(
    "trace_alarm",
    "Transshipment alarms: a direct flow that fell while a detour rose.",
    (
        Column("year", "integer", "Year of the fall.", unit="year", key=True),
        Column("origin", "text", "Producer whose direct flow fell.", key=True),
        Column("through", "text", "Country that does not produce.", key=True),
        Column("origin_name", "text", "Name of the producer.", required=True),
        Column("through_name", "text", "Name of the other.", required=True),
        Column("fall_usd", "number", "By how much the direct flow fell.", unit="USD", required=True, low=0),
        Column("covered", "number", "Share of the fall that the rise makes up.", unit="1", required=True,
               low=0, high=1),
        Column("score", "number", "The detour as a share of the former direct flow.", unit="1", required=True,
               low=0, high=1),
    ),
)  # fmt: skip

TABLES = (TRACE, TRACE_FLOW, TRACE_CODE, TRACE_BALANCE, TRACE_ALARM)
