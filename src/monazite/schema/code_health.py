"""Tables about the health of codes: the verdict on each, what revisions did, links, what took over."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.nomenclature import RELATIONS
from monazite.schema.tables import Rule, Table

VERDICTS = ("sound", "changed", "basket", "dead", "misread", "unknown")
"""What is said of a code, the gravest that holds."""
TRADES = ("died", "lives", "too little", "none loaded")
"""What the trade in the store says of a code."""
KINDS = ("new", "renamed", "split", "merged", "re-cut", "unit")
"""What a revision did to a code."""
DIRECTIONS = ("forward", "back", "across")

_PLACE = Column("place", "integer", "Place in the list that was asked about, from 1.", unit="1", low=1,
                key=True)  # fmt: skip
_CODE = Column("code", "text", "Code with its leading zeros, without dots.", key=True)

CODE_HEALTH = Table(
    "code_health",
    "One row for each code asked about: what it is worth, since when, what took over, what to do.",
    (
        _PLACE,
        Column("given", "text", "The code as it was given.", required=True),
        Column("code", "text", "The code as it is read, without dots; empty if it cannot be."),
        Column("nomenclature", "text", "Nomenclature or edition it is read in.", required=True),
        Column("verdict", "text", "sound: the same goods in every edition at hand. changed: a revision made,"
               " split, merged or re-cut it. basket: it holds several materials. dead: it is no longer in"
               " force, or its trade is gone for good. misread: it is not written as a code of the"
               " nomenclature is. unknown: no edition at hand knows it.", codes=VERDICTS, required=True),
        Column("since", "integer", "First year in force; empty if since the first edition at hand.",
               unit="year"),
        Column("until", "integer", "Last year in force; empty while it is.", unit="year"),
        Column("changed", "text", "Revisions that changed what it holds, and how; empty if none did."),
        Column("before", "text", "Codes its goods were under before the revision that made it."),
        Column("successors", "text", "Codes that took over in the revision that ended it."),
        Column("successors_now", "text", "Codes its goods are under in the latest edition at hand."),
        Column("materials", "text", "Materials it holds, by the materials map; empty if the map has none."),
        Column("trade", "text", "What the trade in the store says.", codes=TRADES, required=True),
        Column("trade_of", "text", "Source, direction and nomenclature of that trade; empty if none."),
        Column("fell", "integer", "First year from which on the trade is below a tenth of what it was.",
               unit="year"),
        Column("fell_with", "text", "Edition or year of the revision that fall is put down to."),
        Column("usual_usd", "number", "Median value of the last years before that revision, three at most.",
               unit="USD"),
        Column("fell_to_usd", "number", "Value in the first year of the fall.", unit="USD"),
        Column("empty_since", "integer", "First year from which on there is no trade at all.", unit="year"),
        Column("unit", "text", "First unit of quantity in the latest edition that knows it."),
        Column("advice", "text", "What happened, and what to do.", required=True),
    ),
)  # fmt: skip

CODE_CHANGE = Table(
    "code_change",
    "What each revision did to the codes asked about, while they were in force and when they ended.",
    (
        _PLACE,
        _CODE,
        Column("year", "integer", "First year of the revised nomenclature.", unit="year", key=True),
        Column("kind", "text", "new: no code before can be named for it. renamed: other number, same"
               " goods. split: several codes took over. merged: other codes came under one with it. re-cut:"
               " both. unit: another unit of quantity.",
               codes=KINDS, key=True),
        Column("edition_before", "text", "Edition before.", required=True),
        Column("edition", "text", "Edition after.", required=True),
        Column("codes", "text", "What its goods are under after; for the revision that made it, what became"
               " of the codes before."),
        Column("shared", "text", "Other codes whose goods went the same way; for the revision that made it,"
               " the codes before."),
        Column("note", "text", "What else is known; empty if nothing."),
        Column("source", "text", "Where that was read.", required=True),
        Column("tag", "text", "How sure it is: V1 read in one primary file, S secondary, C computed, U"
               " judgement.", required=True),
    ),
)  # fmt: skip

CODE_LINK = Table(
    "code_link",
    "One code through every edition: each link, from the code asked about outwards.",
    (
        Column("direction", "text", "forward and back through the editions, across to other nomenclatures.",
               codes=DIRECTIONS, key=True),
        Column("nomenclature", "text", "Nomenclature and edition the link starts from.", key=True),
        _CODE,
        Column("other", "text", "Nomenclature and edition it leads to.", key=True),
        Column("other_code", "text", "Code it leads to.", key=True),
        Column("relation", "text", "How many of the first stand against how many of the other.",
               codes=RELATIONS, required=True),
        Column("followed", "boolean", "Whether series are carried along it.", required=True),
        Column("comment", "text", "Why a link is cut or added, or what is known of a national change; empty"
               " for an ordinary one."),
        Column("description", "text", "What the other code holds; empty where the licence of the text is not"
               " recorded."),
    ),
)  # fmt: skip

_IN_ORDER = Rule("interval-ordered", "share_low <= share_high", "the lower end is not above the upper")

TAKEN_OVER = Table(
    "taken_over",
    "What share of the codes that took over is the material of a dead code, by each evidence at hand.",
    (
        _CODE,
        Column("material", "text", "Material the dead code was about.", key=True),
        Column("evidence", "text", "What the share rests on.", key=True),
        Column("of_codes", "text", "Codes it is a share of.", key=True),
        Column("share_of", "text", "Whether it is a share of value or of mass.", codes=("value", "mass"),
               key=True),
        Column("share_low", "number", "Lower end.", unit="1", low=0, high=1, required=True),
        Column("share_high", "number", "Upper end.", unit="1", low=0, high=1, required=True),
        Column("source", "text", "Where it was read.", required=True),
    ),
    (_IN_ORDER,),
)  # fmt: skip

RECONSTRUCTED = Table(
    "reconstructed",
    "Trade of a material after its code died, through the codes that took over: an interval for each year.",
    (
        _CODE,
        Column("material", "text", "Material the dead code was about.", key=True),
        Column("year", "integer", "Calendar year.", unit="year", key=True),
        Column("source", "text", "Source of the trade.", key=True),
        Column("flow", "text", "Direction as recorded.", key=True),
        Column("nomenclature", "text", "Nomenclature of the trade.", key=True),
        Column("codes", "text", "Codes that took over and have trade in the store.", required=True),
        Column("lacking", "text", "Codes that took over too and have none: the material traded under them is"
               " not in the interval."),
        Column("value_usd", "number", "Value under the codes.", unit="USD", low=0, required=True),
        Column("value_low_usd", "number", "Lower end of the value of the material.", unit="USD", low=0,
               required=True),
        Column("value_high_usd", "number", "Upper end.", unit="USD", low=0, required=True),
        Column("mass_t", "number", "Mass under the codes; empty where not all have one.", unit="t", low=0),
        Column("mass_low_t", "number", "Lower end of the mass of the material; empty where no share of mass"
               " is known.", unit="t", low=0),
        Column("mass_high_t", "number", "Upper end.", unit="t", low=0),
        Column("share_low", "number", "Lower end of the share of value.", unit="1", low=0, high=1,
               required=True),
        Column("share_high", "number", "Upper end.", unit="1", low=0, high=1, required=True),
    ),
    (_IN_ORDER,),
)  # fmt: skip

TABLES = (CODE_HEALTH, CODE_CHANGE, CODE_LINK, TAKEN_OVER, RECONSTRUCTED)
"""Tables of answers about the health of codes."""
