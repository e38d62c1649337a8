"""A stress test in pictures: shortage and price by month, stock-outs, industries hit, what drives it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from monazite.results.charts.bars import Bar, bars
from monazite.results.charts.style import COLOURS, SIZE, source_line, spec, value
from monazite.results.shown import dollar_range
from monazite.results.words import percent_range, sentence

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.frame import Row
    from monazite.results.result import Result

MOST, FEW = 15, 6
PANELS = 8
"""Materials drawn month by month, the worst hit first."""
DRIVERS = 10
HEIGHT = 92
WIDTH = {True: 250, False: 400}
BAND = "Line: median of the draws; band: 5 % to 95 %."
COLUMNS = {True: 1, False: 2}
STEPS = [1, 3, 10, 30, 100]
DEAR = 8.0
"""From a highest multiple on, prices are drawn on a logarithmic scale."""


def shortages(result: Result, *, narrow: bool = False) -> Spec | None:
    """Share of normal use not met, month by month, a panel each material."""
    rows = _months(result, "shortage")
    worst = max(result.table, key=lambda row: row["shortage_median"] or 0.0)
    if not rows:
        return None
    told = percent_range(worst["shortage_low"] or 0.0, worst["shortage_high"] or 0.0)
    title = f"{sentence(worst['name'])} is short by {told} of normal use at worst"
    axis = {"format": ".0%", "tickCount": 3}
    return _panels(
        result,
        title,
        f"Share of normal use not met, by month after the cut begins. {BAND}",
        rows,
        axis,
        narrow=narrow,
    )


def prices(result: Result, *, narrow: bool = False) -> Spec | None:
    """Price outside the restricting countries, month by month, a panel each material."""
    rows = _months(result, "price")
    if not rows:
        return None
    dearest = max(result.table, key=lambda row: row["price_median"] or 0.0)
    title = f"{sentence(dearest['name'])} costs {times(dearest['price_median'])} as much at the median"
    log = max(row["high"] for row in rows) > DEAR
    axis = {"values": STEPS if log else None, "tickCount": 3, "labelExpr": "datum.label + '×'"}
    told = "Price outside the restricting countries, as a multiple of before; inside them it falls."
    return _panels(result, title, f"{told} {BAND}", rows, axis, narrow=narrow, log=log)


def industries(result: Result, *, narrow: bool = False) -> Spec | None:
    """Value added lost by industry, the worst hit first."""
    rows = result.details["industries"].rows[:MOST] if "industries" in result.details else ()
    shown = [
        Bar(row["name"], row["loss_low"], row["loss_high"], dollar_range(row["loss_low"], row["loss_high"]))
        for row in rows
        if row["loss_high"]
    ]
    if not shown:
        return None
    title = f"{shown[0].name} loses most: {shown[0].text} of value added"
    told = "Value added lost, at users and their suppliers; dark: 5 % quantile, pale: up to 95 %."
    return bars(result, title, told, shown, narrow=narrow)


def economy(result: Result, *, narrow: bool = False) -> Spec | None:
    """Value added lost each month, at users and as it spreads."""
    rows = result.details.get("economy", ())
    values = [
        {
            "name": name,
            "month": row["month"],
            **{end: row[f"{kind}_{end}"] / 1e9 for end in ("low", "median", "high")},
        }
        for kind, name in (
            ("direct", "At users of the materials"),
            ("spread", "As it spreads between industries"),
        )
        for row in rows
    ]
    if not values or not max(one["high"] for one in values):
        return None
    worst = max(rows, key=lambda row: row["spread_median"])
    ends = dollar_range(worst["spread_low"], worst["spread_high"])
    title = f"In month {worst['month']} the economy loses {ends}"
    told = "Value added lost each month; industries hold 90 days of what they buy of one another (ARIO)."
    axis = {"tickCount": 4, "labelExpr": "'$' + datum.label + ' bn'"}
    return _panels(result, title, f"{told} {BAND}", values, axis, narrow=narrow)


def calendar(result: Result, *, narrow: bool = False) -> Spec | None:
    """When stocks run out, a line each material: from the 5 % to the 95 % quantile, the median as a tick."""
    horizon = result.parameters["months"]
    rows = [row for row in result.table if row["stock_out_month_low"] is not None]
    if not rows:
        return None
    values = [_when(row, horizon) for row in sorted(rows, key=lambda row: row["stock_out_month_low"])]
    first = values[0]
    wide = WIDTH[narrow] * COLUMNS[narrow] - (0 if narrow else 110)
    scale = {"type": "quantitative", "scale": {"domain": [0, horizon], "nice": False}}
    month = {"field": "low", "title": "months after the cut begins", "axis": {"tickMinStep": 1}, **scale}
    names = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelColor": COLOURS["ink"], "labelLimit": 180},
    }
    return spec(
        source_line(result),
        f"Stocks of {first['name'].lower()} are gone {first['text']}",
        "Bar: 5 % to 95 % of the draws, tick: median. To the right edge: never, in some draws.",
        width=wide,
        height={"step": 24},
        data={"values": values},
        encoding={"y": names, "x": month},
        layer=[
            {
                "mark": {"type": "bar", "height": 10, "aria": False},
                "encoding": {"x2": {"field": "high"}, "color": value("pale")},
            },
            {
                "mark": {"type": "tick", "thickness": 3, "size": 18, "aria": False},
                "encoding": {"x": {"field": "median", **scale}, "color": value("warn")},
            },
            {
                "mark": {"type": "text", "opacity": 0},
                "encoding": {"text": {"field": "text"}, "description": {"field": "told"}},
            },
        ],
    )


def cover(result: Result, *, narrow: bool = False) -> Spec | None:
    """Defence and health: what is unmet although they come first, beside all being cut alike."""
    rows = [row for row in result.details.get("cover", ()) if row["sector"] != "other"]
    names = {(row["material"], row["stage"]): sentence(row["name"]) for row in result.table}
    shown = [
        Bar(
            f"{names[row['material'], row['stage']]}, {row['sector']}",
            row["unmet_priority_low"],
            row["unmet_priority_high"],
            f"{row['unmet_priority_median']:.0%} ({row['unmet_alike_median']:.0%} if all are cut alike)",
        )
        for row in rows
    ][:MOST]
    if not shown or not any(row["unmet_alike_high"] for row in rows):
        return None
    open_ones = sum(bar.high > 0 for bar in shown)
    shown = shown if open_ones else shown[:FEW]
    title = (
        "Defence and health are met if they come first"
        if not open_ones
        else f"{open_ones} of {len(shown)} essential uses may be unmet even if they come first"
    )
    told = "Share unmet in the worst month if they are first in line; their shares of use are judgement."
    return bars(result, title, told, shown, narrow=narrow, most=1.6)


def drivers(result: Result, *, narrow: bool = False) -> Spec | None:
    """Inputs that drive the spread of the loss."""
    rows = result.details["drivers"].rows[:DRIVERS] if "drivers" in result.details else ()
    shown = [
        Bar(
            sentence(row["meaning"]),
            max(row["first_order"], 0.0),
            max(row["total_order"], row["first_order"], 0.0),
            f"{row['total_order']:.0%}",
        )
        for row in rows
        if row["total_order"] and row["total_order"] >= 0.005  # noqa: PLR2004 - half a percent prints as 1
    ]
    if not shown:
        return None
    title = f"{shown[0].name} drives the spread most"
    told = "Share of the variance of the loss: dark, the input alone; pale, with all it interacts with."
    return bars(result, title, told, shown, narrow=narrow, most=1)


def times(multiple: float | None) -> str:
    """A multiple in words: 1.4 times, 12 times; unknown and infinite ones too."""
    if multiple is None:
        return "an unknown number of times"
    if not math.isfinite(multiple):
        return "beyond any number of times"
    return f"{multiple:.1f} times" if multiple < 10 else f"{multiple:,.0f} times"  # noqa: PLR2004 - two digits


def _when(row: Row, horizon: int) -> dict[str, Any]:
    """The calendar's line of one material."""
    low, median, high = (row[f"stock_out_month_{end}"] for end in ("low", "median", "high"))
    ends = f"{low:.0f} to {high:.0f} months" if high is not None else f"{low:.0f} months or later"
    text = f"after {low:.0f} months" if low == high else f"after {ends}"
    name = sentence(row["name"])
    return {
        "name": name,
        "low": low,
        "median": median,
        "high": horizon if high is None else high,
        "text": text,
        "told": f"{name}: {text}",
    }


def _months(result: Result, name: str) -> list[dict[str, Any]]:
    """Months of the worst hit materials, with band."""
    if "path" not in result.details:
        return []
    worst = sorted(result.table, key=lambda row: -(row["shortage_median"] or 0.0))[:PANELS]
    names = {(row["material"], row["stage"]): sentence(row["name"]) for row in worst}
    return [
        {
            "name": names[row["material"], row["stage"]],
            "month": row["month"],
            "low": row[f"{name}_low"],
            "median": row[f"{name}_median"],
            "high": row[f"{name}_high"],
        }
        for row in result.details["path"]
        if (row["material"], row["stage"]) in names and row[f"{name}_high"] is not None
    ]


def _panels(  # noqa: PLR0913 - what a chart says and shows, by name
    result: Result,
    title: str,
    subtitle: str,
    rows: list[dict[str, Any]],
    axis: Spec,
    *,
    narrow: bool,
    log: bool = False,
) -> Spec:
    """Small panels of one scale, one each material."""
    scale = {"type": "log"} if log else {"zero": True}
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    month = {
        "field": "month",
        "type": "quantitative",
        "title": None,
        "axis": {"tickMinStep": 1, "grid": False, "tickCount": 6},
    }
    up = {"type": "quantitative", "title": None, "axis": axis, "scale": scale}
    layers = [
        {
            "mark": {"type": "area", "aria": False},
            "encoding": {
                "x": month,
                "y": {"field": "low", **up},
                "y2": {"field": "high"},
                "color": value("pale"),
            },
        },
        {
            "mark": {"type": "line", "strokeWidth": 2.5, "aria": False},
            "encoding": {"x": month, "y": {"field": "median", **up}, "color": value("accent")},
        },
    ]
    columns = min(COLUMNS[narrow], len(names))
    width = WIDTH[narrow] if columns == COLUMNS[narrow] else WIDTH[narrow] * 2
    return spec(
        source_line(result),
        title,
        subtitle,
        data={"values": rows},
        columns=columns,
        spacing={"row": 14, "column": 24},
        facet={
            "field": "name",
            "type": "nominal",
            "sort": names,
            "title": None,
            "header": {"labelFontSize": SIZE, "labelAnchor": "start", "labelFontWeight": "bold"},
        },
        spec={"width": width, "height": HEIGHT, "layer": layers},
    )
