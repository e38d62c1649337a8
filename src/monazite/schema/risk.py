"""Answers of the risk study: measures side by side, ranks, and why they disagree."""

from __future__ import annotations

from typing import NamedTuple

from monazite.schema.columns import Column
from monazite.schema.tables import Table


class Measure(NamedTuple):
    """A measure: its name, heading, what it is, the most it can be, its formula; higher is riskier."""

    name: str
    heading: str
    meaning: str
    most: float
    formula: str


MEASURES = (
    Measure("eu_supply_risk", "EU supply risk", "Supply risk by the European Union's method for the importer,"
            " before substitution and recycling unless given: at most this.", 10.0,
            "world supply × IR/2 + sourcing × (1 − IR/2); each 10 Σ g·s², sourcing over imports × IR²"),
    Measure("reliance", "Reliance", "Net import reliance as published; for a net exporter 0.", 1.0,
            "(I − E + ΔS) / (P + SP + I − E + ΔS), as the chapter defines it"),
    Measure("trade_exposure", "Trade exposure", "Trade exposure (USGS): net imports over consumption by the"
            " published balance, 0 for a net exporter; else the reliance.", 1.0,
            "1 − (P + SP) / consumption"),
    Measure("source_hhi", "Import HHI", "Concentration of imports by partner.", 1.0, "Σ s² over partners"),
    Measure("geodep", "GeoDep", "Whether imports and the world's exports are both concentrated and the"
            " importer buys more than it sells (CEPII's criteria), over the material's own codes.", 1.0,
            "1 if import HHI > 0.4, export HHI > 0.4 and imports/exports > 1, else 0"),
    Measure("world_hhi", "World HHI", "Concentration of world production by country.", 1.0,
            "Σ s² over producers"),
    Measure("governance_hhi", "Unstable HHI", "Concentration of world production, each square weighted by"
            " political instability.", 1.0, "Σ g·s², g = (2.5 − political stability) / 5"),
    Measure("leader_share", "Leader", "Share of the largest producer: 1 less the N-1 share of world supply,"
            " over world supply as demand.", 1.0, "max s"),
    Measure("early_warning", "Early warning", "Geometric mean of unstable HHI, growth of production and"
            " volatility of the price, each scaled over the listed minerals.", 1.0,
            "(R·G·M)^(1/3): five prices, one year of growth"),
    Measure("geopolrisk", "GeoPolRisk", "World HHI times the instability of imports.", 1.0,
            "world HHI × Σ g·f / (p + F)"),
    Measure("disruption_potential", "Disruption", "World production among the unable and unwilling (USGS);"
            " needs scores of the user.", 1.0, "Σ s²·inability·unwillingness"),
    Measure("usgs_supply_risk", "USGS risk", "Geometric mean of disruption potential, trade exposure and"
            " economic vulnerability; needs scores of the user.", 1.0, "(DP·TE·EV)^(1/3)"),
)  # fmt: skip
COMPOSITE = Measure(
    "composite",
    "Composite",
    "Mean of the measures by the weights you wrote down, each over the most it can be.",
    1.0,
    "Σ w·x/most; a measure that is not known is anything from 0 to the most",
)
"""No measure of its own: there is one only if the user writes weights down."""

NAMES = tuple(one.name for one in (*MEASURES, COMPOSITE))
STATUSES = ("exact", "interval", "missing", "refused")


def _ends(one: Measure) -> tuple[Column, ...]:
    """The columns of one measure: its ends, and its ranks."""
    return (
        Column(f"{one.name}_low", "number", f"{one.meaning} Lower end.", unit="1", low=0, high=one.most),
        Column(f"{one.name}_high", "number", "Upper end.", unit="1", low=0, high=one.most),
        Column(f"{one.name}_rank_low", "integer", "Highest place it may have, 1 being riskiest.", low=1),
        Column(f"{one.name}_rank_high", "integer", "Lowest place it may have.", low=1),
    )


RISK = Table(
    "risk",
    "Risk of each material by every measure, side by side, with the reasons they disagree.",
    (
        Column("material", "text", "Material.", key=True),
        Column("name", "text", "Its name.", required=True),
        Column("item", "text", "Balance item its reliance is of; empty for other importers."),
        Column("group_value", "text", "The group its figures were published for; empty if for itself."),
        Column("place", "integer", "Place by the lower end of the measure ordered by, among the listed"
               " minerals and what was asked for; empty where it is not known.", low=1),
        *(column for one in (*MEASURES, COMPOSITE) for column in _ends(one)),
        Column("world_leader_name", "text", "Largest producer."),
        Column("leading_source_name", "text", "Leading source of imports."),
        Column("reason", "text", "Why the measures disagree, or why one is not known.", required=True),
        Column("sensitive_to", "text", "The input that moves the place most, of the measure ordered by."),
        Column("sensitive_places", "integer", "By how many places.", low=0),
        Column("findings", "text", "Rules of the findings."),
    ),
)  # fmt: skip

RISK_MEASURE = Table(
    "risk_measure",
    "One measure of one material: value, rank, status, year, basis and source.",
    (
        Column("material", "text", "Material.", key=True),
        Column("measure", "text", "Measure.", codes=NAMES, key=True),
        Column("name", "text", "Name of the material.", required=True),
        Column("measured_low", "number", "Lower end.", unit="1", low=0),
        Column("measured_high", "number", "Upper end.", unit="1", low=0),
        Column("rank_low", "integer", "Highest place it may have.", low=1),
        Column("rank_high", "integer", "Lowest place it may have.", low=1),
        Column("ranked", "integer", "How many materials are ranked by it.", low=0),
        Column("status", "text", "exact, interval, missing or refused.", codes=STATUSES, required=True),
        Column("reason", "text", "Why it is missing or refused."),
        Column("year", "text", "Year or years it rests on."),
        Column("basis", "text", "What is counted."),
        Column("source", "text", "Publisher and edition."),
        Column("inputs", "text", "What it was computed from."),
    ),
)  # fmt: skip

TABLES = (RISK, RISK_MEASURE)
