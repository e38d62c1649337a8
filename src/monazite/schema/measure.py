"""Tables of measures at scale: every importer, product and year."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

CODE_STATES = ("living", "dead", "unknown")
"""Whether a code has trade, lost it for good, or too few years are loaded to tell."""

_SHARE = "of all imports of the product, by value"
_UNNAMED = "one supplier holds all that partners not named send"

MEASURE = Table(
    "measure",
    "Concentration of supply by importer, product and year: all that BACI holds, or a selection.",
    (
        Column("year", "integer", "Calendar year.", unit="year", key=True, low=1900, high=2100),
        Column("importer", "text", "Importing country, ISO 3166-1 alpha-3 or the id of an area; or the group"
               " asked for, whose trade among its members is left out.", key=True),
        Column("nomenclature", "text", "Edition of the Harmonized System of the code.", key=True),
        Column("code", "text", "Six-digit code of the product, with leading zeros.", key=True),
        Column("value_usd", "number", "All imports of the product, each flow rounded to whole dollars.",
               unit="USD", basis="current prices, FOB, both sides reconciled", required=True, low=0),
        Column("suppliers", "integer", "Named countries that sent any.", unit="1", required=True, low=0),
        Column("unnamed_usd", "number", "Of the imports, what came from partners not named.", unit="USD",
               required=True, low=0),
        Column("leading_exporter", "text", "Named country that sent most; of several alike the first in the"
               " alphabet of ids. Empty where none is named."),
        Column("leading_share", "number", f"Its share {_SHARE}. Partners not named may hide a larger one.",
               unit="1", low=0, high=1),
        Column("n_minus_one", "number", "N-1 of imports: what remains of them without the leading supplier,"
               " as a share of all imports.", unit="1", low=0, high=1),
        Column("hhi_low", "number", "Least Herfindahl–Hirschman index of the suppliers: those not named are"
               " many and small.", unit="1", required=True, low=0, high=1),
        Column("hhi_high", "number", f"Greatest: {_UNNAMED}. The same where all are named.", unit="1",
               required=True, low=0, high=1),
        Column("governance_weighted_hhi_low", "number", "Least sum over suppliers of political instability"
               " (0 to 1, from the World Bank's estimate) times the square of the share: suppliers without a"
               " score count 0.", unit="1", required=True, low=0, high=1),
        Column("governance_weighted_hhi_high", "number", f"Greatest: suppliers without a score count 1, and"
               f" {_UNNAMED}.", unit="1", required=True, low=0, high=1),
        Column("import_hhi_over", "boolean", "GeoDep (i): whether the index of imports is above 0.4; empty"
               " where the bounds lie on both sides."),
        Column("export_hhi_low", "number", "Least Herfindahl–Hirschman index of the world's exporters of the"
               " product.", unit="1", required=True, low=0, high=1),
        Column("export_hhi_high", "number", "Greatest.", unit="1", required=True, low=0, high=1),
        Column("exports_usd", "number", "What the importer itself exported of the product.", unit="USD",
               required=True, low=0),
        Column("imports_exports_ratio", "number", "Imports over exports; 9999 where there are no exports,"
               " as in GeoDep.", unit="1", required=True, low=0),
        Column("geodep", "boolean", "Whether all three criteria of CEPII's GeoDep hold in the year: import"
               " index above 0.4, index of world exports above 0.4, imports above exports; empty where bounds"
               " leave it open."),
        Column("geodep_persistent", "boolean", "Whether they hold in two at least of the year and the two"
               " before it; empty where years that are not loaded leave it open."),
        Column("code_status", "text", "Whether the product's code still has trade: the figures of a dead one"
               " are leftovers.", codes=CODE_STATES, required=True),
        Column("findings", "text", "Rules of the findings on the row."),
        Column("source", "text", "Source the trade was read from.", required=True),
        Column("as_of", "text", "Its edition (vintage).", required=True),
    ),
    order=("year", "importer", "code"),
)  # fmt: skip

MEASURE_CODE = Table(
    "measure_code",
    "The codes behind the measures: whether each still has trade.",
    (
        Column("nomenclature", "text", "Edition of the Harmonized System.", key=True),
        Column("code", "text", "Six-digit code, with leading zeros.", key=True),
        Column("status", "text", "Whether it has trade, lost it for good, or too few years are loaded to"
               " tell.", codes=CODE_STATES, required=True),
        Column("dead_since", "integer", "First year of those in which its trade is below a tenth of what was"
               " usual, for good.", unit="year"),
        Column("usual_usd", "number", "What was usual: the median of the three years before.", unit="USD",
               low=0),
        Column("taken_over_by", "text", "Codes of the latest edition that took over, where the tables know."),
    ),
    order=("nomenclature", "code"),
)  # fmt: skip

MEASURE_YEAR = Table(
    "measure_year",
    "What `measure --all` did: one file a year.",
    (
        Column("year", "integer", "Calendar year.", unit="year", key=True),
        Column("rows", "integer", "Rows: importers and products with imports.", unit="1", required=True,
               low=0),
        Column("already", "boolean", "Whether the file was there from an earlier run on the same inputs.",
               required=True),
        Column("seconds", "number", "What measuring it took.", unit="s", required=True, low=0),
        Column("digest", "text", "sha256 of its bytes: the same on any machine.", required=True),
        Column("file", "text", "Where it lies.", required=True),
    ),
    order=("year",),
)  # fmt: skip

TABLES = (MEASURE, MEASURE_CODE, MEASURE_YEAR)
