"""Tables of the answers about single codes: what a search found, what one code is, what the map holds."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

_NOMENCLATURE = Column("nomenclature", "text", "Nomenclature and edition.", required=True)
_WRITTEN = Column("written", "text", "The code as its nomenclature prints it.", required=True)
_IMPORTS = (
    Column("value_usd", "integer", "United States imports for consumption in 2024 under the code, all it"
           " holds, partners counted once; empty where the code was not in force or nothing came.",
           unit="USD", basis="customs value", low=0),
    Column("leading_partner", "text", "Partner that sends most, ISO 3166-1 alpha-3 or the id of a group."),
    Column("leading_partner_name", "text", "Its name."),
    Column("leading_share", "number", "Its share of the listed partners' value.", unit="1", low=0, high=1),
)  # fmt: skip
_HEALTH = Column("health", "text", "Whether the code can be trusted, in a few words: no code, dead, basket of"
                 " how many materials, changed in which year, or sound.", required=True)  # fmt: skip

CODE_SEARCH = Table(
    "code_search",
    "Codes that a search found, the best first.",
    (
        Column("rank", "integer", "Place; 1 fits best.", key=True, low=1),
        _NOMENCLATURE,
        Column("code", "text", "Code with its leading zeros, without dots.", required=True),
        _WRITTEN,
        Column("description", "text", "What the code itself says, without what the codes above it say.",
               required=True),
        Column("within", "text", "What the codes above it say; empty for the highest."),
        Column("unit", "text", "Units of quantity; empty where none are collected."),
        Column("leaf", "boolean", "Whether trade is recorded under it.", required=True),
        Column("score", "number", "How well it fits: 1 if every word stands whole in its own text.",
               unit="1", low=0, required=True),
        Column("why", "text", "Which words matched, where, and what the materials map says.", required=True),
        Column("also", "text", "Other nomenclatures in which the same code was found; empty if none."),
    ),
)  # fmt: skip

CODE_SHOWN = Table(
    "code_shown",
    "One code: what it says, where it stands, since when, its trade, and whether it can be trusted.",
    (
        Column("nomenclature", "text", "Nomenclature and edition.", key=True),
        Column("code", "text", "Code with its leading zeros, without dots.", key=True),
        _WRITTEN,
        Column("description", "text", "What it says, what stands above included; empty where the licence of"
               " the text is not recorded."),
        Column("unit", "text", "Units of quantity; empty where none are collected."),
        Column("leaf", "boolean", "Whether trade is recorded under it.", required=True),
        Column("editions", "text", "Editions of the Harmonized System that have its first six digits."),
        Column("unchanged_since", "integer", "Year of the edition since which the six digits have held the"
               " same goods; empty if they are gone.", unit="year"),
        Column("before", "text", "What its goods were under before; empty if the same or not known."),
        Column("after", "text", "What its goods are under now; empty if the same."),
        Column("materials", "integer", "Materials and products the map lists for it.", unit="1", low=0,
               required=True),
        *_IMPORTS,
        Column("partners", "integer", "Listed partners that sent any; what is left of a group without its"
               " listed members is one.", unit="1", low=0),
        Column("hhi_low", "number", "Least Herfindahl–Hirschman index of the listed partners: a group's other"
               " members send alike.", unit="1", low=0, high=1),
        Column("hhi_high", "number", "Greatest: one member sends all of it.", unit="1", low=0, high=1),
        _HEALTH,
    ),
)  # fmt: skip

CODE_PLACE = Table(
    "code_place",
    "The codes a code is part of, itself, and the codes directly under it.",
    (
        Column("code", "text", "Code with its leading zeros, without dots.", key=True),
        _WRITTEN,
        Column("place", "text", "Whether it stands above, is the code itself, or stands below.",
               codes=("above", "itself", "below"), required=True),
        Column("description", "text", "Its own text; empty where the licence is not recorded."),
        Column("unit", "text", "Units of quantity."),
        Column("value_usd", "integer", "United States imports in 2024 under it.", unit="USD",
               basis="customs value", low=0),
    ),
)  # fmt: skip

CODE_PARTNER = Table(
    "code_partner",
    "United States imports of 2024 under one code by partner, the largest first.",
    (
        Column("partner", "text", "Partner, ISO 3166-1 alpha-3 or the id of a group.", key=True),
        Column("name", "text", "Its name.", required=True),
        Column("value_usd", "integer", "Customs value.", unit="USD", basis="customs value", low=0,
               required=True),
        Column("share", "number", "Share of the listed partners' value.", unit="1", low=0, high=1,
               required=True),
    ),
)  # fmt: skip

MATERIALS_MAP = Table(
    "materials_map",
    "The map of materials: stage by stage the codes that hold a material, how much of the code it is, how"
    " that is known, the trade under the code, and whether the code can be trusted.",
    (
        Column("material", "text", "Material or product, by its id.", key=True),
        Column("name", "text", "Its name.", required=True),
        Column("stage", "text", "Stage of the chain.", key=True),
        Column("form", "text", "What the goods are.", key=True),
        Column("nomenclature", "text", "Nomenclature and edition.", key=True),
        Column("code", "text", "Code with its leading zeros, without dots; empty where none exists.",
               key=True),
        _WRITTEN,
        Column("share_low", "number", "Least share of the code's trade that is this material.", unit="1",
               low=0, high=1),
        Column("share_high", "number", "Most of it.", unit="1", low=0, high=1),
        Column("share_of", "text", "What the share is a share of: value or mass.", required=True),
        Column("content_low", "number", "Least mass of the material in one unit mass of such goods.",
               unit="1", low=0, high=1),
        Column("content_high", "number", "Most of it.", unit="1", low=0, high=1),
        Column("formula", "text", "Compound the content is computed for."),
        Column("known", "text", "How the share is known; see table material_code.", required=True),
        Column("tag", "text", "How sure it is: V2 read in two places, V1 in one, S copied, C computed, U"
               " judgement.", required=True),
        *_IMPORTS,
        _HEALTH,
        Column("source", "text", "Where the share was read.", required=True),
        Column("comment", "text", "What else to know."),
    ),
)  # fmt: skip

MATERIALS_COUNT = Table(
    "materials_count",
    "How many codes each material of the map has: of its own, shared with others, and none where one is"
    " wanted.",
    (
        Column("material", "text", "Material or product, by its id.", key=True),
        Column("name", "text", "Its name.", required=True),
        Column("stages", "text", "Stages the map lists it at.", required=True),
        Column("own", "integer", "Codes that are wholly this material in a form.", unit="1", low=0,
               required=True),
        Column("shared", "integer", "Codes that hold other goods too, or may.", unit="1", low=0,
               required=True),
        Column("none", "integer", "Forms for which there is no code.", unit="1", low=0, required=True),
        Column("changed", "integer", "Codes whose six digits held other goods in an earlier edition.",
               unit="1", low=0, required=True),
    ),
)  # fmt: skip

TABLES = (CODE_SEARCH, CODE_SHOWN, CODE_PLACE, CODE_PARTNER, MATERIALS_MAP, MATERIALS_COUNT)
"""What the commands search, show and map print."""
