"""Tables of the reform: the codes to split, the lines proposed for each, and who sends what under them."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table

BODIES = ("484(f)", "WCO")
"""Who decides: the United States committee for ten-digit lines, the World Customs Organization for six."""
STATUSES = ("proposed", "split since", "no trade")
TESTS = ("met", "open", "not met")
"""A test of a committee: shown to be met, not shown either way, shown not to be met."""

_CODE = Column("code", "text", "Code with its leading zeros, without dots.", key=True)
_CODE_RULES = (
    Rule("information-ordered", "information_low IS NULL OR information_low <= information_high",
         "information_low is not above information_high"),
)  # fmt: skip

REFORM = Table(
    "reform",
    "Codes whose splitting would tell most, the first first: what they hold, what a split would tell, the"
    " trade, and the tests of the body that decides.",
    (
        Column("rank", "integer", "Place among all proposals to the same body; 1 would tell most; empty if"
               " not proposed.", low=1),
        Column("body", "text", "Who decides: 484(f) for ten digits, WCO for six.", codes=BODIES,
               required=True),
        Column("heading", "text", "First four digits: requests to the 484(f) committee are grouped by them.",
               required=True),
        _CODE,
        Column("written", "text", "The code as the tariff prints it.", required=True),
        Column("description", "text", "What it says.", required=True),
        Column("holds", "text", "Materials it is known to hold, by the materials map or the lines proposed.",
               required=True),
        Column("status", "text", "proposed; split since: a later tariff already tells them apart; no trade:"
               " none in 2024 from the partners listed, or the code is newer.", codes=STATUSES,
               required=True),
        Column("lines", "integer", "Lines proposed, the remaining other included.", unit="1", low=2,
               required=True),
        Column("reviewed", "boolean", "Whether the lines were written by hand; otherwise composed from the"
               " names of the materials.", required=True),
        Column("entropy_low", "number", "Least information a split can give on what one dollar of the trade"
               " is, given what is known of the shares.", unit="bit", low=0),
        Column("entropy_high", "number", "Most: nothing more is known of the shares than their bounds.",
               unit="bit", low=0),
        Column("value_usd", "integer", "United States imports for consumption in 2024 under the code, listed"
               " partners, each dollar once.", unit="USD", basis="customs value", low=0),
        Column("hhi_low", "number", "Least Herfindahl–Hirschman index of the listed partners.", unit="1",
               low=0, high=1),
        Column("hhi_high", "number", "Greatest: a group of countries is one.", unit="1", low=0, high=1),
        Column("information_low", "number", "Least expected information: entropy × value in million dollars ×"
               " HHI.", unit="bit million USD", low=0),
        Column("information_high", "number", "Most expected information; proposals are ranked by it.",
               unit="bit million USD", low=0),
        Column("partners", "integer", "Listed partners that sent any, a group as one: a proxy for how many"
               " trade, since importers are not published.", unit="1", low=0),
        Column("leading_partner_name", "text", "Partner that sends most."),
        Column("leading_share", "number", "Its share of the listed partners' value.", unit="1", low=0,
               high=1),
        Column("value_test", "text", "484(f): each line at least 1 million USD a year; WCO: trade volume.",
               codes=TESTS, required=True),
        Column("traders_test", "text", "484(f): at least three importers, judged by partners as a proxy; WCO"
               " has no such test.", codes=TESTS),
        Column("unchanged_since", "integer", "Year of the edition since which the six digits have held the"
               " same goods: the series that a split has to be joined to.", unit="year"),
        Column("continuity", "text", "What the split costs a series.", required=True),
        Column("reason", "text", "Why it matters."),
        Column("note", "text", "What else to know, such as the code that came before."),
        Column("tag", "text", "How sure the proposal is: U judgement, V1 read in a primary file.",
               codes=("V2", "V1", "S", "C", "U"), required=True),
        Column("source", "text", "What the proposal rests on.", required=True),
    ),
    _CODE_RULES,
)  # fmt: skip

REFORM_LINE = Table(
    "reform_line",
    "The lines proposed under each code, in the tariff's words, with how much trade each may have.",
    (
        _CODE,
        Column("written", "text", "The code as the tariff prints it.", required=True),
        Column("line", "integer", "Place under the code.", key=True, low=1),
        Column("text", "text", "Article text proposed.", required=True),
        Column("materials", "text", "Materials the line is of, by their ids; empty where the map has none."),
        Column("unit", "text", "Units of quantity proposed.", required=True),
        Column("share_low", "number", "Least share of the code's trade.", unit="1", low=0, high=1),
        Column("share_high", "number", "Most share of the code's trade.", unit="1", low=0, high=1),
        Column("value_low_usd", "number", "Least trade in 2024.", unit="USD", basis="customs value", low=0),
        Column("value_high_usd", "number", "Most trade in 2024.", unit="USD", basis="customs value", low=0),
        Column("value_test", "text", "Whether it has a million dollars a year.", codes=TESTS, required=True),
    ),
)  # fmt: skip

REFORM_PARTNER = Table(
    "reform_partner",
    "United States imports of 2024 under each code proposed, by partner.",
    (
        _CODE,
        Column("partner", "text", "Partner, ISO 3166-1 alpha-3 or the id of a group.", key=True),
        Column("name", "text", "Its name.", required=True),
        Column("value_usd", "integer", "Customs value.", unit="USD", basis="customs value", low=0,
               required=True),
        Column("share", "number", "Share of the listed partners' value.", unit="1", low=0, high=1,
               required=True),
    ),
)  # fmt: skip

TABLES = (REFORM, REFORM_LINE, REFORM_PARTNER)
"""What the reform prints."""
