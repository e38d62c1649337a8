"""Core tables of nomenclatures: codes, the links between them, and the US imports they are tried on."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table

HS_EDITIONS = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
"""Editions of the Harmonized System, the earliest first; each is in force from 1 January of its year."""
RELATIONS = ("1:1", "n:1", "1:n", "n:n")
"""How codes of two nomenclatures meet: how many of the first stand against how many of the second."""

_NOMENCLATURE = Column(
    "nomenclature", "text", "Nomenclature and edition: HS2022, HTS2025, ScheduleB2022, SITC3, NAICS, BEA,"
    " EndUse, ...", key=True,
)  # fmt: skip
_SNAPSHOT = Column("snapshot", "text", "First 16 digits of the sha256 of its file.", required=True)

NOMENCLATURE_CODE = Table(
    "nomenclature_code",
    "Codes of goods and industries by nomenclature and edition: hierarchy, units, validity, description.",
    (
        _NOMENCLATURE,
        Column("code", "text", "Code with its leading zeros, without dots.", key=True),
        Column("parent", "text", "Code it is part of; empty for the highest level."),
        Column("level", "integer", "Digits of the code, or its place from the top.", unit="1", low=1, high=12,
               required=True),
        Column("leaf", "boolean", "Whether no code is part of it: trade is recorded under leaves.",
               required=True),
        Column("description", "text", "What it holds, with what its parents say; empty where the licence of"
               " the text is not recorded."),
        Column("unit", "text", "First unit of quantity, as trade has it: kg, t, number, ...; empty if none."),
        Column("unit_2", "text", "Second unit of quantity; empty if none."),
        Column("valid_from", "integer", "First calendar year in force, as far as the editions at hand tell;"
               " empty if not known.", unit="year"),
        Column("valid_to", "integer", "Last calendar year in force; empty while it is.", unit="year"),
        _SNAPSHOT,
    ),
    order=("nomenclature", "code"),
)  # fmt: skip

NOMENCLATURE_LINK = Table(
    "nomenclature_link",
    "Links between codes of two nomenclatures, as their publisher draws them.",
    (
        _NOMENCLATURE,
        Column("code", "text", "Code in that nomenclature.", key=True),
        Column("other", "text", "The nomenclature it is linked to; for the Harmonized System, the edition"
               " before.", key=True),
        Column("other_code", "text", "Code in the other nomenclature.", key=True),
        Column("relation", "text", "How many codes of the first stand against how many of the other, as"
               " published; as counted where the publisher does not say.", codes=RELATIONS, required=True),
        Column("comment", "text", "What the publisher says of the link; empty if nothing."),
        _SNAPSHOT,
    ),
    (Rule("nomenclatures-differ", "nomenclature <> other", "a link leads to another nomenclature"),),
    order=("nomenclature", "other", "code", "other_code"),
)  # fmt: skip

US_IMPORT = Table(
    "us_import",
    "United States imports for consumption by ten-digit code and partner, one year: customs value.",
    (
        Column("year", "integer", "Calendar year.", unit="year", key=True),
        Column("code", "text", "Ten-digit HTS code of that year, with leading zeros.", key=True),
        Column("partner", "text", "Country of origin, ISO 3166-1 alpha-3, or the id of an aggregate.",
               key=True),
        Column("value_usd", "integer", "Customs value.", unit="USD", basis="current prices, customs value",
               low=0, required=True),
        Column("duty_usd", "integer", "Calculated duty.", unit="USD", low=0, required=True),
        Column("aggregate", "boolean", "Whether the partner holds others that are rows too: never add both.",
               required=True),
        _SNAPSHOT,
    ),
    order=("year", "code", "partner"),
)  # fmt: skip

TABLES = (NOMENCLATURE_CODE, NOMENCLATURE_LINK, US_IMPORT)
"""What the package ships of them; the first two are also core tables of the store."""
