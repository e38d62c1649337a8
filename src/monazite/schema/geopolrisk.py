"""Answers of the GeoPolRisk study: a score for each material, and the partners behind it."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

STATUSES = ("exact", "interval", "refused")

GEOPOLRISK = Table(
    "geopolrisk",
    "GeoPolRisk of an importer by material: score and characterisation factor, or why there is none.",
    (
        Column("name", "text", "Material, as the method calls it.", key=True),
        Column("material", "text", "Material of the list; empty for one outside it."),
        Column("status", "text", "Whether the score is exact, an interval, or refused.", codes=STATUSES,
               required=True),
        Column("reason", "text", "Why there is no score, or why it is an interval."),
        Column("hhi_low", "number", "Concentration of world production, lower end.", unit="1", low=0, high=1),
        Column("hhi_high", "number", "Upper end.", unit="1", low=0, high=1),
        Column("imports_t", "number", "Imports with a recorded mass.", unit="t", basis="gross", low=0),
        Column("weighted_low_t", "number", "Imports weighted by instability, lower end.", unit="t",
               basis="gross", low=0),
        Column("weighted_high_t", "number", "Upper end.", unit="t", basis="gross", low=0),
        Column("production_t", "number", "Domestic production, or what a company buys at home; empty where"
               " it is not known or not in t.", unit="t",
               basis="as the publisher of production counts", low=0),
        Column("import_risk_low", "number", "Weighted imports over imports and production, lower end.",
               unit="1", low=0, high=1),
        Column("import_risk_high", "number", "Upper end.", unit="1", low=0, high=1),
        Column("score_low", "number", "HHI times import risk, lower end.", unit="1", low=0, high=1),
        Column("score_high", "number", "Upper end.", unit="1", low=0, high=1),
        Column("price_usd_per_kg", "number", "Mean price of the years there are, at most five.",
               unit="USD/kg", low=0),
        Column("price_years", "text", "Years, edition and series of the price."),
        Column("cf_low", "number", "Characterisation factor, lower end.", unit="kg copper equivalents per kg",
               low=0),
        Column("cf_high", "number", "Upper end.", unit="kg copper equivalents per kg", low=0),
        Column("codes", "text", "Subheadings counted.", required=True),
        Column("nomenclature", "text", "Edition they belong to.", required=True),
        Column("trade_stage", "text", "Stage the codes are of.", required=True),
        Column("production_stage", "text", "Stage production is counted at.", required=True),
        Column("year", "integer", "Year of trade.", unit="year", required=True),
        Column("production_source", "text", "Publisher and edition of world production."),
        Column("findings", "text", "Rules of the findings."),
    ),
)  # fmt: skip

GEOPOLRISK_PARTNER = Table(
    "geopolrisk_partner",
    "Partners behind each score: what each sends, and how unstable it is.",
    (
        Column("name", "text", "Material.", key=True),
        Column("partner", "text", "Country the goods come from.", key=True),
        Column("partner_name", "text", "Its name.", required=True),
        Column("imports_t", "number", "Imports with a recorded mass.", unit="t", basis="gross", required=True,
               low=0),
        Column("share", "number", "Of the imports of that material.", unit="1", required=True, low=0, high=1),
        Column("instability_low", "number", "How unstable, lower end; 0 if it has no score.", unit="1",
               required=True, low=0, high=1),
        Column("instability_high", "number", "Upper end; 1 if it has no score.", unit="1", required=True,
               low=0, high=1),
    ),
)  # fmt: skip

TABLES = (GEOPOLRISK, GEOPOLRISK_PARTNER)
