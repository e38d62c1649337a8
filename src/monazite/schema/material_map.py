"""The map of materials onto trade codes: which goods are which material, at which stage, how surely."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table

KNOWN = ("text", "text-shared", "breakout", "publisher", "judgement", "no-code", "derived")
"""How a share is known, see the column ``known``."""
SHARES_OF = ("value", "mass")
"""What a share is a share of."""
TAGS = ("V2", "V1", "S", "C", "U")
"""How sure a row is, the surest first: read twice, read in a primary file, copied, computed, judged."""

MATERIAL_CODE = Table(
    "material_code",
    "Trade codes of each material: stage, form, content, and how much of the code's trade is that material.",
    (
        Column("material", "text", "Material or product, by its id.", key=True),
        Column("stage", "text", "Stage of the chain. Minerals: ore, intermediate, refined, product, scrap, or"
               " all where one code holds several. Products: cell, active ingredient, dosage form, ...",
               key=True),
        Column("form", "text", "What the goods are: ore, concentrate, oxide, carbonate, metal, alloy, magnet,"
               " scrap, ...", key=True),
        Column("nomenclature", "text", "Nomenclature and edition of the code: HS2022 for six digits, HTS2025"
               " for ten, an earlier HS edition for codes that are gone.", key=True),
        Column("code", "text", "Code with its leading zeros, without dots; an empty text where none"
               " exists.", key=True),
        Column("formula", "text", "Compound the goods consist of, or the richest compound an ore or mixture"
               " can consist of; empty if none."),
        Column("content_low", "number", "Least mass of the material in one unit mass of such goods; elements"
               " by themselves, potash as K2O, phosphate as P2O5, fluorspar as CaF2, barite as BaSO4,"
               " graphite as C. Empty if not known.", unit="1", low=0, high=1),
        Column("content_high", "number", "Most of it.", unit="1", low=0, high=1),
        Column("share_low", "number", "Least share of the code's trade that is this material at this stage"
               " and form; empty where no code exists.", unit="1", low=0, high=1),
        Column("share_high", "number", "Most of it.", unit="1", low=0, high=1),
        Column("share_of", "text", "What the share is a share of.", codes=SHARES_OF, required=True),
        Column("known", "text", "How the share is known: the tariff's own words name the material alone"
               " (text) or among others (text-shared); computed from United States imports by ten-digit line"
               " (breakout); a publisher lists the code for the material (publisher); judgement; there is no"
               " code (no-code); carried from another edition (derived).", codes=KNOWN, required=True),
        Column("source", "text", "Where that was read.", required=True),
        Column("tag", "text", "How sure it is: V2 read in two places, V1 in one primary file, S copied, C"
               " computed, U judgement.", codes=TAGS, required=True),
        Column("date", "date", "When it was read.", required=True),
        Column("comment", "text", "What else to know; empty if nothing."),
    ),
    (
        Rule("content-ordered", "content_low IS NULL OR content_low <= content_high",
             "content_low is not above content_high"),
        Rule("share-ordered", "share_low IS NULL OR share_low <= share_high",
             "share_low is not above share_high"),
    ),
    order=("material", "stage", "form", "nomenclature", "code"),
)  # fmt: skip

TABLES = (MATERIAL_CODE,)
"""The map, as answers print it."""
