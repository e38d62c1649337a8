"""Core tables of mineral statistics: figures, import sources, balance definitions."""

from __future__ import annotations

from monazite.schema import status
from monazite.schema.columns import Column
from monazite.schema.provenance import FINDING, SNAPSHOT
from monazite.schema.tables import Rule, Table

STAGES = ("ore", "intermediate", "refined", "product", "scrap", "all")
MEASURES = (
    "production",
    "imports",
    "exports",
    "consumption",
    "supply",
    "stocks",
    "shipments",
    "sold-or-used",
    "price",
    "price-index",
    "net-import-reliance",
    "employment",
    "capacity",
    "reserves",
    "share-of-output",
)
UNITS = ("t", "m3", "ct", "USD", "USD/t", "USD/m3", "USD/ct", "sq ft", "1", "persons", "index", "")
TERMS = (
    "production",
    "secondary",
    "imports",
    "exports",
    "stocks",
    "government-shipments",
    "consumption",
    "net-import-reliance",
    "price",
    "import-sources",
    "world-production",
    "figure-2",
)

_EDITION = Column("as_of", "text", "The edition (vintage) the figure stands in, e.g. mcs2026.", key=True)
_CHAPTER = Column("chapter", "text", "Chapter of the publication, as published.", key=True)
_SERIES = Column(
    "series", "text", "The publisher's label of the series, made unique within its chapter.", key=True
)
_VALUE = (
    Column("value", "number", "The figure, when it is exact; otherwise empty.", unit="<unit>"),
    Column(
        "low", "number", "Lower end of the interval the figure lies in; empty if unbounded.", unit="<unit>"
    ),
    Column("high", "number", "Upper end of the interval; empty if unbounded.", unit="<unit>"),
    Column("low_open", "boolean", "Whether the lower end itself is excluded (>50).", required=True),
    Column("high_open", "boolean", "Whether the upper end itself is excluded (<25).", required=True),
    Column("unit", "text", "Unit of the figure.", codes=UNITS, required=True),
    Column(
        "basis",
        "text",
        "What a mass counts: contained element, oxide equivalent, gross weight, dry weight;"
        " empty where the publisher does not state it.",
        codes=("content", "oxide", "gross", "dry", ""),
        required=True,
    ),
    Column("obs_status", "text", "Why the figure is what it is.", codes=status.CODES, required=True),
    Column("estimated", "boolean", "Whether the publisher marks it as estimated.", required=True),
    Column("published", "text", "The figure exactly as published.", required=True),
    Column("unit_published", "text", "The unit exactly as published.", required=True),
)
_ORIGIN = (
    Column("source", "text", "Publisher's title and edition.", required=True),
    Column(
        "snapshot",
        "text",
        "First 16 digits of the sha256 of the file the figure was read from.",
        required=True,
    ),
    Column("file", "text", "File the figure stands in.", required=True),
    Column("line", "integer", "Line of that file; the header is line 1.", low=1, required=True),
)
_INTERVAL_RULES = (
    Rule("ends-in-order", "low IS NULL OR high IS NULL OR low <= high", "low <= high"),
    Rule(
        "exact-or-interval",
        "value IS NULL OR (low = value AND high = value)",
        "an exact figure's interval is the figure",
    ),
    Rule(
        "normal-has-value",
        "obs_status <> 'normal' OR value IS NOT NULL",
        "a normal figure has a value",
    ),
    Rule(
        "silent-has-none",
        "obs_status NOT IN ('withheld', 'not-available', 'not-collected', 'not-applicable', 'described')"
        " OR value IS NULL",
        "a figure that is not published has no value",
    ),
)

MINERAL_STATISTIC = Table(
    "mineral_statistic",
    "Figures of mineral statistics: production, trade, consumption, stocks, prices, net import"
    " reliance, world production, capacity and reserves. The shipped ones are those of the Mineral"
    " Commodity Summaries.",
    (
        _EDITION,
        _CHAPTER,
        _SERIES,
        Column("country", "text", "ISO 3166-1 alpha-3; WLD for the world; OTH for other countries; joined"
               " by + for a group; the published name where no list holds it.", key=True),
        Column("year", "integer", "Calendar year.", unit="year", key=True, low=1900, high=2100),
        Column("section", "text", "salient (United States) or world.", codes=("salient", "world"), key=True),
        Column("measure", "text", "What is measured.", codes=MEASURES, required=True),
        *_VALUE,
        *_ORIGIN,
    ),
    (
        *_INTERVAL_RULES,
        Rule(
            "reliance-is-a-share",
            "measure <> 'net-import-reliance' OR (unit = '1' AND coalesce(high, 1) <= 1)",
            "net import reliance is a share of at most 1",
        ),
        Rule(
            "quantity-not-negative",
            "measure IN ('net-import-reliance', 'shipments') OR low IS NULL OR low >= 0",
            "quantities are not negative, except reliance and stockpile shipments",
        ),
    ),
)  # fmt: skip

IMPORT_SOURCE = Table(
    "import_source",
    "Leading sources of United States imports over the publisher's four-year window, in descending order.",
    (
        _EDITION,
        _CHAPTER,
        _SERIES,
        Column("rank", "integer", "Place in the publisher's descending order; 1 is the leading source.",
               key=True, low=1),
        Column("partner", "text", "ISO 3166-1 alpha-3; OTH for other countries; joined by + for a group.",
               required=True),
        Column("partner_published", "text", "Name as published.", required=True),
        Column("period_first", "integer", "First year of the window.", unit="year", required=True),
        Column("period_last", "integer", "Last year of the window.", unit="year", required=True),
        Column("includes_hong_kong", "boolean", "Whether China's share includes Hong Kong.", required=True),
        *_VALUE,
        *_ORIGIN,
    ),
    (
        *_INTERVAL_RULES,
        Rule("share-in-0-1", "low IS NULL OR (low >= 0 AND high <= 1)", "a share lies in [0, 1]"),
        Rule("window-in-order", "period_first <= period_last", "the window runs forwards"),
    ),
)  # fmt: skip

BALANCE_TERM = Table(
    "balance_term",
    "Per-chapter definition of net import reliance: which series of which edition make up the balance"
    " of one material at one stage, and with which sign.",
    (
        _EDITION,
        Column("item", "text", "Balance item, <material>.<form>.", key=True),
        Column("term", "text", "Role of the series in the balance.", codes=TERMS, key=True),
        _SERIES,
        Column("chapter", "text", "Chapter of the publication, as published.", required=True),
        Column("sign", "integer", "+1 or -1.", low=-1, high=1, required=True),
        Column("rounded_to", "number", "What the publisher says United States figures are rounded to, in the"
               " unit of the series; empty where it is the usual two or three significant digits.", low=0),
    ),
)  # fmt: skip

BALANCE_ITEM = Table(
    "balance_item",
    "One row per material and stage for which an edition defines a balance.",
    (
        Column("item", "text", "Balance item, <material>.<form>.", key=True),
        Column("material", "text", "Material.", required=True),
        Column("stage", "text", "Stage of the chain.", codes=STAGES, required=True),
        Column("form", "text", "What exactly is counted, in a few words.", required=True),
        Column("consumption_basis", "text", "What reliance is a share of.",
               codes=("apparent", "reported", "estimated", "none"), required=True),
        Column("stock_rule", "text", "Which stock changes the definition counts.",
               codes=("none", "industry", "industry+government", "industry+government-to-2022",
                      "government-to-2022"),
               required=True),
        Column("trade_rule", "text", "Which trade the definition counts.",
               codes=("imports-exports", "imports", "none"), required=True),
        Column("figure_2", "text", "Name in Figure 2 of the publication; empty if not in it."),
        Column("identity", "text", "Why consumption is not the sum of the balance's terms; empty if it is."),
        Column("caveat", "text", "What else keeps the item from being compared; empty if nothing does."),
        Column("headline", "boolean", "Whether it stands for its material in a ranking.", required=True),
    ),
)  # fmt: skip

TABLES = (MINERAL_STATISTIC, IMPORT_SOURCE, BALANCE_ITEM, BALANCE_TERM, SNAPSHOT, FINDING)
