"""Answers of the stress study: shortage and price over time, stock-outs, industries, costs, cover, inputs."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.material_map import TAGS
from monazite.schema.tables import Table


def _band(name: str, meaning: str, unit: str) -> tuple[Column, ...]:
    """Median over the draws, and the 5 % and 95 % quantiles as the ends of a band."""
    return tuple(
        Column(f"{name}_{end}", "number", f"{meaning}; {told} of the draws.", unit=unit)
        for end, told in (("median", "median"), ("low", "5 % quantile"), ("high", "95 % quantile"))
    )


def _interval(name: str, meaning: str, unit: str) -> tuple[Column, ...]:
    """A likeliest or mean value between two ends."""
    return tuple(
        Column(f"{name}_{end}", "number", f"{meaning}; {told}.", unit=unit)
        for end, told in (("low", "low end"), ("central", "likeliest or mean"), ("high", "high end"))
    )


_WHAT = (
    Column("material", "text", "Material, by id.", key=True),
    Column("stage", "text", "Stage of the chain that is cut.", key=True),
)
_INDUSTRY = (
    Column("industry", "text", "Industry, by its code in the input-output accounts.", key=True),
    Column("name", "text", "What it is called.", required=True),
)

STRESS = Table(
    "stress",
    "What a scenario does to each material: share cut, shortage, price, month of stock-out, loss.",
    (
        *_WHAT,
        Column("name", "text", "What it is called.", required=True),
        Column("suppliers", "text", "Countries that cut, by code.", required=True),
        Column("consumption_t", "number", "What the importer uses in a year.", unit="t", low=0),
        Column("basis", "text", "What the tonnes are: contained metal, gross weight, an oxide."),
        Column("year", "integer", "Year of the figures.", unit="year"),
        *_band(
            "cut_share",
            "Share of the supply outside the restricting countries that is cut; of what the importer buys,"
            " where a cut is aimed at it",
            "1",
        ),
        *_band("shortage", "Deepest monthly shortage: share of normal use not met", "1"),
        *_band("price", "Highest price outside the restricting countries, as a multiple of before", "×"),
        *_band("stock_out_month", "Month in which stocks run out; empty: not within the horizon", "month"),
        *_band("loss", "Value added lost over the horizon, direct and at suppliers", "USD"),
        Column("findings", "text", "Rules of the findings about it."),
    ),
)

STRESS_PATH = Table(
    "stress_path",
    "Month by month: supply, stocks, shortage and price of each material, with bands.",
    (
        *_WHAT,
        Column("month", "integer", "Months after the cut begins; 0 is the first.", unit="month", key=True),
        *_band("supply", "Supply that arrives, as a share of normal use", "1"),
        *_band("stock", "Stocks left, in months of normal use", "month"),
        *_band("shortage", "Share of normal use not met", "1"),
        *_band("price", "Price outside the restricting countries, as a multiple of before", "×"),
        *_band("price_inside", "Price inside them, as a multiple of before", "×"),
    ),
)

STRESS_INDUSTRY = Table(
    "stress_industry",
    "Industries hit: loss of value added over the horizon, in the cases of allocation and over the draws.",
    (
        *_INDUSTRY,
        Column("value_added", "number", "Value added in a normal year.", unit="USD"),
        Column("case_low", "number", "Loss if the least valuable uses go first.", unit="USD"),
        Column(
            "case_central", "number", "Loss if all users are cut alike and save what they can.", unit="USD"
        ),
        Column("case_high", "number", "Loss if all users are cut alike and save nothing.", unit="USD"),
        Column("case_worst", "number", "Loss if the most valuable uses go first.", unit="USD"),
        *_band("loss", "Loss of value added", "USD"),
        *_band("output_loss", "Loss of output", "USD"),
        *_band("first_month", "Month in which output first falls; empty: not within the horizon", "month"),
        Column("jobs", "number", "Jobs behind the median loss; empty where the table has none.", unit="1"),
        Column("share", "number", "Share of the median loss of all industries.", unit="1"),
    ),
)

STRESS_TOTAL = Table(
    "stress_total",
    "What the whole economy loses over the horizon, over the draws and in the cases of allocation.",
    (
        Column("scenario", "text", "The scenario, by id.", key=True),
        *_band("loss", "Value added lost, direct and at suppliers", "USD"),
        *(
            Column(f"case_{case}", "number", f"The same {told}, inputs at their likeliest.", unit="USD")
            for case, told in (
                ("low", "if the least valuable uses go first"),
                ("central", "if all users are cut alike and save what they can"),
                ("high", "if all users are cut alike and save nothing"),
                ("worst", "if the most valuable uses go first"),
            )
        ),
    ),
)

STRESS_ECONOMY = Table(
    "stress_economy",
    "Value added lost month by month: at the users of the materials, and as it spreads between industries.",
    (
        Column("month", "integer", "Months after the cut begins; 0 is the first.", unit="month", key=True),
        *_band("direct", "Value added lost in the month at users of the cut materials", "USD"),
        *_band("spread", "The same, with industries that hold inventories and buy from one another", "USD"),
    ),
)

STRESS_COST = Table(
    "stress_cost",
    "What products cost more, and the import bill.",
    (
        Column("product", "text", "Product, by id.", key=True),
        Column("name", "text", "What it is called.", required=True),
        Column("materials", "text", "Materials whose price rise it carries.", required=True),
        Column("unit", "text", "Unit of the amounts.", required=True),
        *_band("cost", "Cost more at the highest price", "<unit>"),
        Column("tag", "text", "Weakest confidence of what stands behind it.", codes=TAGS, required=True),
    ),
)

STRESS_COVER = Table(
    "stress_cover",
    "Essential demand against what is left: months of cover, what priority protects and what others lose.",
    (
        *_WHAT,
        Column("sector", "text", "defence, health or other.", codes=("defence", "health", "other"), key=True),
        *_band("demand", "Essential demand in a year", "t"),
        *_band("cover", "Months until it cannot be met, first in line; empty: met to the end", "month"),
        *_band("unmet_alike", "Share unmet if all are cut alike", "1"),
        *_band("unmet_priority", "Share unmet if defence and health come first", "1"),
        Column("tag", "text", "Weakest confidence of what stands behind it.", codes=TAGS, required=True),
    ),
)

STRESS_DRIVER = Table(
    "stress_driver",
    "Which inputs drive the spread of the loss: variance-based sensitivity.",
    (
        Column("input", "text", "The uncertain input.", key=True),
        Column("meaning", "text", "What it is.", required=True),
        Column("first_order", "number", "Share of the variance it explains alone.", unit="1"),
        Column("total_order", "number", "Share it explains with all it interacts with.", unit="1"),
    ),
)

STRESS_INPUT = Table(
    "stress_input",
    "Every assumption: lowest, likeliest and highest value, unit, source, confidence.",
    (
        Column("input", "text", "The uncertain input.", key=True),
        Column("meaning", "text", "What it is.", required=True),
        Column("low", "number", "Lowest.", unit="<unit>", required=True),
        Column("central", "number", "Likeliest.", unit="<unit>", required=True),
        Column("high", "number", "Highest.", unit="<unit>", required=True),
        Column("unit", "text", "Unit.", required=True),
        Column("source", "text", "Who says so, or why we judge so.", required=True),
        Column("tag", "text", "V2 read in two places, V1 in one, S secondary, C computed, U judgement.",
               codes=TAGS, required=True),
    ),
)  # fmt: skip


STRESS_SWEEP = Table(
    "stress_sweep",
    "Every single supplier of every material cut for a year: shortage, price and loss, the worst first.",
    (
        Column("material", "text", "Material, by id.", key=True),
        Column("supplier", "text", "Country that sells nothing.", key=True),
        Column("name", "text", "What the material is called.", required=True),
        Column("supplier_name", "text", "What the country is called.", required=True),
        *_band("cut_share", "Share of the supply outside the country that is cut", "1"),
        *_band("shortage", "Deepest monthly shortage: share of normal use not met", "1"),
        *_band("price", "Highest price outside the country, as a multiple of before", "×"),
        *_band("stock_out_month", "Month in which stocks run out; empty: not within the horizon", "month"),
        *_band("loss", "Value added lost over the horizon, direct and at suppliers", "USD"),
        Column("findings", "text", "Rules of the findings about it."),
    ),
)

STRESS_PORTFOLIO = Table(
    "stress_portfolio",
    "Scenarios weighed by how likely each is in a year: loss if it happens, and expected in a year.",
    (
        Column("scenario", "text", "Scenario, by id.", key=True),
        Column("title", "text", "What happens in it.", required=True),
        *_interval("probability", "Probability that it begins within a year", "1"),
        *_interval("loss", "Value added lost if it happens, over its horizon", "USD"),
        *_interval("expected", "Probability times loss: expected loss in a year", "USD"),
        Column("source", "text", "Who gives the probability, or why we judge so.", required=True),
        Column("tag", "text", "V2 read in two places, V1 in one, S secondary, C computed, U judgement.",
               codes=TAGS, required=True),
    ),
)  # fmt: skip

TABLES = (
    STRESS,
    STRESS_PATH,
    STRESS_TOTAL,
    STRESS_INDUSTRY,
    STRESS_ECONOMY,
    STRESS_COST,
    STRESS_COVER,
    STRESS_DRIVER,
    STRESS_INPUT,
    STRESS_SWEEP,
    STRESS_PORTFOLIO,
)
