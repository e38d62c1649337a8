"""Which columns of an answer a reader meets, under which heading, and each cell in words.

The dependence study has pages of its own. Every other answer is shown through this: a page, a
Markdown table, a notebook and a terminal print the same columns in the same words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.results import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from monazite.results.frame import Frame
    from monazite.schema.columns import Column
    from monazite.schema.tables import Table

    Row = Mapping[str, Any]

ABSENT = "–"
UNKNOWN = "not known"
"""What is printed for a share or an index of which nothing is known but that it lies between 0 and 1."""
ENDS = ("_low", "_high")
FINDINGS = "findings"
_CAPITALS = {"hhi": "HHI", "hs": "HS", "hts": "HTS", "usd": "USD", "us": "US"}
_UNITS = {"usd": "USD", "t": "t", "kg": "kg"}
_INDICES = (
    "hhi", "volatility", "entropy", "risk", "geopolrisk", "early_warning", "disruption", "composite", "score",
    "supply_risk", "economic_importance", "cf_", "measured",
)  # fmt: skip


class Shown(NamedTuple):
    """A column as it is shown: its heading, what it holds, and what stands small beneath.

    ``name`` and ``under`` are columns, or the stem of two that end in ``_low`` and ``_high``.
    """

    heading: str
    name: str
    under: str = ""


class Cell(NamedTuple):
    """What a cell says, what stands beneath, and the key it is sorted by; an empty key goes last."""

    text: str
    under: str
    key: str


SHOWN: dict[str, tuple[Shown, ...]] = {
    "imports": (
        Shown("Goods", "name", "note"),
        Shown("Imports by value", "value"),
        Shown("Imports by weight (t)", "mass"),
        Shown("Leading partner", "leading_partner_name", "leading_share"),
        Shown("HHI", "hhi"),
        Shown("Partners", "partners"),
        Shown("Codes", "codes"),
        Shown("Findings", FINDINGS),
    ),
    "imports_code": (
        Shown("Goods", "product_name"),
        Shown("Code", "code"),
        Shown("What stands there", "form"),
        Shown("Known by", "known"),
        Shown("Share of the code", "share"),
        Shown("All under it", "value_usd"),
        Shown("All under it (t)", "mass_t"),
        Shown("Leading partner", "leading_partner_name", "leading_share"),
        Shown("Remark", "comment"),
    ),
    "imports_partner": (
        Shown("Goods", "product_name"),
        Shown("Partner", "name"),
        Shown("Imports", "value"),
        Shown("Imports (t)", "mass"),
        Shown("Share", "share"),
    ),
    "exposure": (
        Shown("Industry", "name"),
        Shown("Direct", "direct"),
        Shown("Looked through", "looked_through"),
        Shown("Hidden in suppliers", "hidden"),
        Shown("Most of it", "leading_commodity", "leading_share"),
        Shown("Output", "output_usd"),
    ),
    "risk": (
        Shown("Material", "name"),
        Shown("Place", "place"),
        Shown("EU supply risk", "eu_supply_risk"),
        Shown("Reliance", "reliance"),
        Shown("Import HHI", "source_hhi"),
        Shown("World HHI", "world_hhi", "world_leader_name"),
        Shown("Unstable HHI", "governance_hhi"),
        Shown("GeoPolRisk", "geopolrisk"),
        Shown("Early warning", "early_warning"),
        Shown("Composite", "composite"),
        Shown("Why the measures disagree", "reason"),
        Shown("Place moves most with", "sensitive_to", "sensitive_places"),
        Shown("Findings", FINDINGS),
    ),
    "risk_measure": (
        Shown("Material", "name"),
        Shown("Measure", "measure"),
        Shown("Figure", "measured"),
        Shown("Places", "rank"),
        Shown("Of", "ranked"),
        Shown("From", "inputs", "basis"),
        Shown("Or why not", "reason"),
        Shown("Year", "year"),
        Shown("Source", "source"),
    ),
    "stress": (
        Shown("Material", "name", "suppliers"),
        Shown("Short by", "shortage", "shortage_median"),
        Shown("Price (times)", "price", "price_median"),
        Shown("Stocks gone (month)", "stock_out_month", "stock_out_month_median"),
        Shown("Supply cut", "cut_share"),
        Shown("Value added lost", "loss", "loss_median"),
        Shown("Use in a year (t)", "consumption_t", "basis"),
        Shown("Findings", FINDINGS),
    ),
    "stress_industry": (
        Shown("Industry", "name"),
        Shown("Loses", "loss", "loss_median"),
        Shown("From month", "first_month_median"),
        Shown("Least valuable uses first", "case_low"),
        Shown("All alike, saving", "case_central"),
        Shown("All alike", "case_high"),
        Shown("Most valuable uses first", "case_worst"),
        Shown("Output lost", "output_loss"),
        Shown("Value added in a year", "value_added"),
        Shown("Share", "share"),
    ),
    "stress_total": (
        Shown("Scenario", "scenario"),
        Shown("Value added lost", "loss", "loss_median"),
        Shown("Least valuable uses first", "case_low"),
        Shown("All alike, saving", "case_central"),
        Shown("All alike", "case_high"),
        Shown("Most valuable uses first", "case_worst"),
    ),
    "stress_cover": (
        Shown("Material", "material"),
        Shown("For", "sector"),
        Shown("Needs (t a year)", "demand"),
        Shown("Unmet, all alike", "unmet_alike", "unmet_alike_median"),
        Shown("Unmet, they first", "unmet_priority", "unmet_priority_median"),
        Shown("Covered until month", "cover"),
        Shown("Tag", "tag"),
    ),
    "stress_cost": (
        Shown("Product", "name"),
        Shown("Costs more", "cost", "cost_median"),
        Shown("Unit", "unit"),
        Shown("Because of", "materials"),
        Shown("Tag", "tag"),
    ),
    "stress_driver": (
        Shown("Input", "meaning"),
        Shown("Explains alone", "first_order"),
        Shown("With others", "total_order"),
    ),
    "stress_input": (
        Shown("Assumption", "meaning"),
        Shown("Lowest", "low"),
        Shown("Likeliest", "central"),
        Shown("Highest", "high"),
        Shown("Unit", "unit"),
        Shown("Tag", "tag"),
        Shown("Source or reason", "source"),
    ),
    "stress_sweep": (
        Shown("Material", "name"),
        Shown("Without", "supplier_name"),
        Shown("Short by", "shortage", "shortage_median"),
        Shown("Price (times)", "price", "price_median"),
        Shown("Stocks gone (month)", "stock_out_month", "stock_out_month_median"),
        Shown("Value added lost", "loss", "loss_median"),
        Shown("Findings", FINDINGS),
    ),
    "stress_portfolio": (
        Shown("Scenario", "title", "scenario"),
        Shown("Probability in a year", "probability", "probability_central"),
        Shown("Value added lost if it happens", "loss", "loss_central"),
        Shown("Expected in a year", "expected", "expected_central"),
        Shown("Tag", "tag"),
        Shown("Source or reason", "source"),
    ),
    "trace": (
        Shown("Origin", "name", "role"),
        Shown("Shipped from", "direct"),
        Shown("Produced in", "origin"),
        Shown("Possible", "possible"),
        Shown("Through", "through"),
        Shown("Production (t)", "production"),
        Shown("Findings", FINDINGS),
    ),
    "trace_flow": (
        Shown("Origin", "origin_name"),
        Shown("Shipped from", "partner_name"),
        Shown("Share", "share"),
    ),
    "geopolrisk": (
        Shown("Material", "name", "reason"),
        Shown("Score", "score"),
        Shown("Import risk", "import_risk"),
        Shown("World HHI", "hhi"),
        Shown("Imports (t)", "imports_t"),
        Shown("Production (t)", "production_t"),
        Shown("CF (kg Cu-eq/kg)", "cf"),
        Shown("Codes", "codes"),
        Shown("Findings", FINDINGS),
    ),
    "code_search": (
        Shown("Code", "written", "nomenclature"),
        Shown("Text", "description", "within"),
        Shown("Unit", "unit"),
        Shown("Why", "why"),
    ),
    "materials_map": (
        Shown("Material", "name", "form"),
        Shown("Stage", "stage"),
        Shown("Code", "written", "nomenclature"),
        Shown("Share of the code", "share", "known"),
        Shown("Content", "content", "formula"),
        Shown("US imports 2024", "value_usd"),
        Shown("Leading partner", "leading_partner_name", "leading_share"),
        Shown("Health", "health"),
        Shown("Tag", "tag"),
    ),
    "reform": (
        Shown("Code", "written", "holds"),
        Shown("To", "body", "status"),
        Shown("Place", "rank"),
        Shown("US imports 2024", "value_usd"),
        Shown("Leading partner", "leading_partner_name", "leading_share"),
        Shown("Partners", "partners"),
        Shown("Tells at most (bit·M USD)", "information_high"),
        Shown("Value, traders", "value_test", "traders_test"),
    ),
    "reform_line": (
        Shown("Code", "written"),
        Shown("Proposed text", "text"),
        Shown("Units", "unit"),
        Shown("Trade 2024", "value"),
        Shown("$1 M a year", "value_test"),
    ),
}
"""The columns of an answer by the name of its table; without a line here, all of them."""


def columns(frame: Frame) -> tuple[Shown, ...]:
    """The columns a table is shown in: of those chosen for it, otherwise of all, those that hold anything."""
    chosen = SHOWN.get(frame.table.name) or tuple(Shown(heading(name), name) for name in _stems(frame))
    return tuple(one for one in chosen if not len(frame) or _holds(frame, one.name))


def heading(name: str) -> str:
    """A column's name as a heading, its unit in brackets.

    >>> heading("value_usd"), heading("quantity_unit")
    ('Value (USD)', 'Quantity unit')
    """
    *parts, last = name.split("_")
    unit = _UNITS.get(last, "") if parts else ""
    told = " ".join(_CAPITALS.get(part, part) for part in ([*parts] if unit else [*parts, last]))
    return words.sentence(told) + (f" ({unit})" if unit else "")


def cell(frame: Frame, one: Shown, row: Row) -> Cell:
    """One cell in words."""
    text = told(frame.table, row, one.name)
    under = told(frame.table, row, one.under) if one.under else ""
    return Cell(text or ABSENT, under, _key(frame.table, row, one.name))


def lines(frame: Frame, chosen: Sequence[Shown] = ()) -> list[list[str]]:
    """Every row as plain text, what stands beneath a cell set behind it."""
    shown = chosen or columns(frame)
    cells = [[cell(frame, one, row) for one in shown] for row in frame]
    return [[_joined(each) for each in row] for row in cells]


def _joined(one: Cell) -> str:
    """What a cell says and what stands beneath it, on one line; a sentence beneath after a colon.

    >>> _joined(Cell("China", "71%", "")), _joined(Cell("Heparin", "Shares one code.", ""))
    ('China, 71%', 'Heparin: Shares one code.')
    """
    sign = ": " if one.under.endswith(".") else ", "
    return f"{one.text}{sign}{one.under}" if one.under else one.text


def told(table: Table, row: Row, name: str) -> str:
    """A value, or the interval between two ends, in words; empty where there is none."""
    if name in table.names:
        return _value(table.column(name), row[name])
    column, low, high = _ends(table, row, name)
    if low is None and high is None:
        return ""
    if column.unit != "1":
        return _between(column, low, high)
    if (low, high) == (0, 1):
        return UNKNOWN
    if _is_index(column):
        return words.index_range(low, high)
    return words.percent_range(low, high)


def is_number(table: Table, name: str) -> bool:
    """Whether a column holds numbers, so that the largest come first when it is sorted."""
    column = table.column(name if name in table.names else _end(table, name, ENDS[0]))
    return column.type in ("integer", "number") and column.unit != "year"


def dollars(value: float) -> str:
    """A value in dollars, three digits of it.

    >>> dollars(18_634_000_000), dollars(1_234_567), dollars(45_678), dollars(0)
    ('$18.6 bn', '$1.23 M', '$45,678', '$0')
    """
    for size, sign in ((1e9, " bn"), (1e6, " M")):
        if abs(value) >= size:
            return f"${words.plain(value / size, 3)}{sign}"
    return f"${value:,.0f}"


def dollar_range(low: float, high: float) -> str:
    """A value in dollars known as an interval, its unit once where both ends have the same.

    >>> dollar_range(30.6e9, 35.3e9), dollar_range(0, 3.83e9), dollar_range(46.5e6, 1.2e9)
    ('$30.6–35.3 bn', 'up to $3.83 bn', '$46.5 M to $1.2 bn')
    """
    left, right = dollars(low), dollars(high)
    if left == right:
        return left
    if low == 0:
        return f"up to {right}"
    (number, *unit), (most, *same) = left.split(" "), right.split(" ")
    return (
        f"{number}–{most.removeprefix('$')} {''.join(unit)}".rstrip()
        if unit == same
        else f"{left} to {right}"
    )


def _value(column: Column, value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """One value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)) or column.unit == "year":
        return str(value)
    return _figure(column, value)


def _figure(column: Column, value: float) -> str:
    """One number in words."""
    if column.unit == "USD":
        return dollars(value)
    if column.unit == "1" and column.type == "number":
        return words.index_range(value, value) if _is_index(column) else words.percent(value)
    return f"{value:,}" if isinstance(value, int) else words.number(value)


def _between(column: Column, low: float | None, high: float | None) -> str:
    """An interval that is no share, in words."""
    if low is not None and high is not None and column.unit == "USD":
        return dollar_range(low, high)
    if low is None:
        return f"{_figure(column, high or 0)} or less"
    if high is None:
        return f"{_figure(column, low)} or more"
    left, right = _figure(column, low), _figure(column, high)
    return left if left == right else f"{left}–{right}"


def _ends(table: Table, row: Row, stem: str) -> tuple[Column, float | None, float | None]:
    """The declaration and both ends of an interval."""
    low, high = (_end(table, stem, end) for end in ENDS)
    return table.column(low), row[low], row[high]


def _end(table: Table, stem: str, end: str) -> str:
    """The column of one end; the unit may stand behind ``_low`` and ``_high``."""
    return next(one for one in table.names if _stem(one) == stem and f"{end}_" in f"{one}_")


def _stem(name: str) -> str:
    """What both ends of an interval share; the name itself where it is no end.

    >>> _stem("hhi_low"), _stem("value_high_usd"), _stem("allow")
    ('hhi', 'value', 'allow')
    """
    return re.sub(r"_(low|high)(_(usd|t|kg))?$", "", name)


def _stems(frame: Frame) -> list[str]:
    """Columns in order, both ends of an interval as one."""
    names = frame.table.names
    paired = {_stem(one) for one in names if _stem(one) != one}
    return list(dict.fromkeys(_stem(one) if _stem(one) in paired - set(names) else one for one in names))


def _holds(frame: Frame, name: str) -> bool:
    """Whether any row has something in the column."""
    return any(told(frame.table, row, name) for row in frame)


def _key(table: Table, row: Row, name: str) -> str:
    """What a cell is sorted by."""
    value = row[name] if name in table.names else next(filter(None, _ends(table, row, name)[1:]), None)
    if value is None or value == "":
        return ""
    return f"{value:.12g}" if isinstance(value, (int, float)) else str(value).casefold()


def _is_index(column: Column) -> bool:
    """Whether a number without a unit is an index, and no share."""
    return any(word in column.name for word in _INDICES)
