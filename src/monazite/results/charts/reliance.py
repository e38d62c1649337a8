"""Net import reliance by material: what is certain as a bar, what is open as a pale one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.charts.style import COLOURS, SIZE, one_edition, spec, value
from monazite.results.charts.subjects import lacking, subjects
from monazite.results.reliance import counted, known, over_half
from monazite.results.words import listed, percent_range, published_percent

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.frame import Row
    from monazite.results.result import Result

STEP = 17
NAMED = 3
PANELS = {"On the 2025 list of critical minerals": True, "Other minerals": False}
HALF_WAY = {"condition": {"test": "datum.value === 0.5", **value("muted")}, **value("rule")}
# Pixels for names and for bars.
NARROW, HALF_PAGE, PAGE = (172, 100), (245, 230), (330, 620)
SUBTITLE = (
    "Net import reliance, percent of consumption. The strong bar is certain; where only a bound is published,"
    " the true figure lies somewhere along the faint bar."
)


def reliance(result: Result, *, narrow: bool = False) -> Spec | None:
    """Reliance of every row that has one; listed minerals and others, where there are both, side by side."""
    rows = with_figure(subjects(result, "reliance_low", "reliance_high"))
    panels = {title: [row for row in rows if row["list_2025"] is listed] for title, listed in PANELS.items()}
    filled = {title: shown for title, shown in panels.items() if shown}
    if not rows:
        return None
    room = NARROW if narrow else HALF_PAGE if len(filled) > 1 else PAGE
    drawn = [panel(title if len(filled) > 1 else "", shown, room) for title, shown in filled.items()]
    return spec(
        one_edition(result),
        message(result),
        f"{SUBTITLE}{silent(result)}",
        spacing=30,
        **{"vconcat" if narrow else "hconcat": drawn},
    )


def silent(result: Result) -> str:
    """Which rows are not drawn because they have no figure."""
    names = lacking(result, lambda row: not known(row))
    return f" No figure published: {', '.join(names)}." if names else ""


def message(result: Result) -> str:
    """What the chart shows, said plainly, counted by material with a figure."""
    drawn, rows = with_figure(subjects(result)), with_figure(counted(result.table))
    if len(drawn) == 1:
        return f"{drawn[0]['label']}: {shown(drawn[0])}"
    everything = list(dict.fromkeys(row["name"] for row in rows))
    half = list(dict.fromkeys(row["name"] for row in rows if over_half(row)))
    whole = list(dict.fromkeys(row["name"] for row in rows if row["reliance_low"] == 1))
    stage = " at some stage" if len(rows) > len(everything) else ""
    if not half:
        none = listed(everything, "or") if len(everything) <= NAMED else f"any of {len(everything)} materials"
        return f"Net imports are not known to meet more than half of demand for {none}{stage}"
    few = len(half) <= NAMED
    some = listed(half) if few else f"{len(half)} of {len(everything)} materials"
    every = f", and all of it for {listed(whole) if few else len(whole)}" if whole else ""
    return f"Net imports meet more than half of demand for {some}{stage}{every}"


def with_figure(rows: list[Row]) -> list[Row]:
    """Only rows with a figure or an interval."""
    return [row for row in rows if known(row)]


def shown(row: Row) -> str:
    """The figure as published; the interval in words where it was computed."""
    if row["reliance_published"] or row["reliance_status"]:
        return published_percent(row["reliance_published"], row["reliance_status"])
    return percent_range(row["reliance_low"], row["reliance_high"])


def datum(row: Row) -> Spec:
    """One row's marks: both ends of its interval, cut to what a bar can show."""
    low, high = row["reliance_low"], row["reliance_high"]
    return {
        "name": row["label"],
        "low": max(0, low or 0),
        "high": max(0, 1 if high is None else high),
        "text": shown(row),
        "told": f"{row['label']}: {shown(row)}",
    }


def panel(title: str, rows: list[Row], room: tuple[int, int]) -> Spec:
    """One list of bars, under its own heading if it has one."""
    name = {"field": "name", "type": "nominal", "sort": None, "axis": name_axis(room[0])}
    heading = {"text": title, "anchor": "start", "frame": "bounds", "fontSize": 13, "offset": 6}
    return {
        **({"title": heading} if title else {}),
        "width": room[1],
        "height": {"step": STEP},
        "data": {"values": [datum(row) for row in rows]},
        "encoding": {"y": {**name, "title": None}},
        "layer": [bar("pale", "low", "high"), bar("accent", None, "low"), figures(halo=True), figures()],
    }


def name_axis(room: int) -> Spec:
    """Names of materials, long ones cut; the engine's letters are narrower than some readers'."""
    return {"labelColor": COLOURS["ink"], "labelLimit": 0.8 * room, "minExtent": room, "maxExtent": room}


def bar(colour: str, start: str | None, end: str) -> Spec:
    """Bars from one end to the other, silent to screen readers: the figures speak."""
    ends = {"x": x(start), "x2": {"field": end}} if start else {"x": x(end)}
    return {
        "mark": {"type": "bar", "height": 9, "aria": False},
        "encoding": {**ends, "color": value(colour)},
    }


def x(field: str) -> Spec:
    """The percent axis, on top, from nothing to all."""
    axis = {
        "orient": "top",
        "format": "%",
        "values": [0, 0.5, 1],
        "grid": True,
        "labelFlush": False,
        "gridColor": HALF_WAY,
    }
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "title": None, "axis": axis}


def figures(*, halo: bool = False) -> Spec:
    """Each figure as published, at the end of its bar; its halo keeps the lines behind from crossing it."""
    stroke = {"stroke": COLOURS["paper"], "strokeWidth": 4, "aria": False} if halo else {}
    return {
        "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": SIZE - 1, **stroke},
        "encoding": {
            "x": x("high"),
            "text": {"field": "text"},
            "color": value("muted"),
            "description": {"field": "told"},
        },
    }
