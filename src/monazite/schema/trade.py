"""Core table of merchandise trade: who sent what to whom, as recorded by whom, and when."""

from __future__ import annotations

from monazite.schema import status
from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table

FLOWS = ("import", "export", "domestic-export", "re-export", "re-import", "reconciled")
REGIMES = ("", "general", "consumption", "special")
VALUATIONS = ("", "fob", "cif", "fas", "customs")
NOMENCLATURES = (
    "HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022", "HS",
    "HTS", "ScheduleB", "NAICS", "SITC1", "SITC2", "SITC3", "SITC4", "BEC", "EndUse", "USDA", "HiTech", "own",
)  # fmt: skip
MASS_UNITS = {"kg": 0.001, "t": 1.0, "g": 0.000001}
"""Tonnes in one of the units of quantity that are a gross or net weight."""

TRADE = Table(
    "trade",
    "Merchandise trade by period, importer, exporter and code: value, quantities and mass.",
    (
        Column("year", "integer", "Calendar year; the table is divided by it.", unit="year", key=True,
               low=1900, high=2100),
        Column("period", "text", "Year or month, ISO 8601: 2024, 2024-04; a span is 2026-01/2026-04.",
               key=True),
        Column("source", "text", "Source the row was read by.", key=True),
        Column("as_of", "text", "Edition (vintage) the row stands in.", key=True),
        Column("reporter", "text", "Country whose statistics recorded it, ISO 3166-1 alpha-3; empty where the"
               " publisher reconciled both sides.", key=True),
        Column("flow", "text", "Direction as recorded.", codes=FLOWS, key=True),
        Column("importer", "text", "Country goods go to: ISO 3166-1 alpha-3, or the id of an area or"
               " aggregate; WLD is the world.", key=True),
        Column("exporter", "text", "Country goods come from; for imports as a rule the country of origin.",
               key=True),
        Column("nomenclature", "text", "Nomenclature the code belongs to; HS and HTS without a year where the"
               " publisher does not state the edition.", codes=NOMENCLATURES, key=True),
        Column("code", "text", "Code of the goods, with leading zeros; TOTAL for all goods.", key=True),
        Column("regime", "text", "What counts as trade: general, for consumption, special; empty if unknown.",
               codes=REGIMES, key=True),
        Column("breakdown", "text", "Further breakdown as name=code pairs joined by ; (district=10;mot=1000);"
               " empty for the total.", key=True),
        Column("value_usd", "number", "Value.", unit="USD", basis="current prices"),
        Column("valuation", "text", "What the value includes: fob, cif, fas, customs; empty if not stated.",
               codes=VALUATIONS, required=True),
        Column("value_status", "text", "Why the value is what it is.", codes=status.CODES, required=True),
        Column("duty_usd", "number", "Calculated duty.", unit="USD"),
        Column("quantity", "number", "First quantity, in the unit beside it.", unit="<quantity_unit>"),
        Column("quantity_unit", "text", "Unit of the first quantity: kg, t, number, m2, ...; empty if none is"
               " collected."),
        Column("quantity_status", "text", "Why the quantity is what it is.", codes=status.CODES,
               required=True),
        Column("quantity_2", "number", "Second quantity.", unit="<quantity_2_unit>"),
        Column("quantity_2_unit", "text", "Unit of the second quantity."),
        Column("mass_t", "number", "Mass of the goods, as published in a unit of mass.", unit="t",
               basis="net or gross weight as the publisher states"),
        Column("mass_status", "text", "Why the mass is what it is.", codes=status.CODES, required=True),
        Column("estimated", "boolean", "Whether the publisher marks a quantity or the mass as estimated.",
               required=True),
        Column("aggregate", "boolean", "Whether importer or exporter holds others that are rows of the same"
               " source (world, European Union): never add both.", required=True),
        Column("snapshot", "text", "First 16 digits of the sha256 of its file.", required=True),
    ),
    (
        Rule("value-not-negative", "value_usd IS NULL OR value_usd >= 0", "a value is not negative"),
        Rule("mass-not-negative", "mass_t IS NULL OR mass_t >= 0", "a mass is not negative"),
        Rule("quantity-not-negative", "quantity IS NULL OR quantity >= 0", "a quantity is not negative"),
        Rule("second-not-negative", "coalesce(quantity_2, 0) >= 0 AND coalesce(duty_usd, 0) >= 0",
             "neither a quantity nor a duty is negative"),
        Rule("period-of-year", "starts_with(period, year::VARCHAR) AND regexp_full_match(period,"
             " '[0-9]{4}(-(0[1-9]|1[0-2])(/[0-9]{4}-(0[1-9]|1[0-2]))?)?')",
             "a period is a year, a month or months of the row's year"),
        Rule("partners-differ", "importer <> exporter OR flow <> 'reconciled'",
             "reconciled trade is between two countries"),
        Rule("code-written", "code = 'TOTAL' OR regexp_full_match(code, '[0-9A-Z][0-9A-Z.]{0,14}')",
             "a code is digits and capitals"),
    ),
    doubts=(
        Rule("country-unknown", "starts_with(importer, 'M49-') OR starts_with(exporter, 'M49-')",
             "importers and exporters that a list holds"),
        Rule("code-shortened", "starts_with(nomenclature, 'HS') AND code <> 'TOTAL' AND length(code) % 2 = 1",
             "codes of the Harmonized System with an even number of digits"),
    ),
    partition=("year",),
    order=("importer", "code", "exporter"),
)  # fmt: skip

TABLES = (TRADE,)
