"""The same year in two editions: how far the publisher has moved the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.charts.style import COLOURS, SIZE, source_line, spec, value
from monazite.results.charts.subjects import subjects
from monazite.results.words import edition, published_percent

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.frame import Frame, Row
    from monazite.results.result import Result

STEP = 22
RELIANCE = "net-import-reliance"


def revisions(result: Result, *, narrow: bool = False) -> Spec | None:
    """Net import reliance of one year as the earlier edition gave it and as this one does."""
    pairs = [pair for row in revised(result) if (pair := ends(row, result.details["series"]))]
    if not pairs:
        return None
    then, now = edition(pairs[0]["previous_as_of"]), edition(pairs[0]["as_of"])
    subtitle = f"Net import reliance of the same year in two editions: hollow in {then}, filled in {now}."
    body = {
        "width": 90 if narrow else 520,
        "height": {"step": STEP},
        "data": {"values": [datum(pair) for pair in pairs]},
        "encoding": {"y": name_place([pair["label"] for pair in pairs], narrow=narrow)},
        "layer": [ranges("is"), ranges("was"), path(), *dots(), figures()],
    }
    return spec(source_line(result), message(pairs), subtitle, **body)


def revised(result: Result) -> list[Row]:
    """Rows whose figure for a year is not the same in both editions; the largest change first."""
    rows = [
        row
        for row in subjects(result, "previous_published", "revised_published")
        if row["previous_published"] is not None and row["previous_published"] != row["revised_published"]
    ]
    return sorted(rows, key=lambda row: (-abs(row["revision"] or 0), row["label"]))


def ends(row: Row, series: Frame) -> Row | None:
    """The row with both editions' intervals for the year, or nothing where one has none."""
    found = {}
    for side, as_of in (("was", row["previous_as_of"]), ("is", row["as_of"])):
        year = row["previous_year"]
        entries = series.where(item=row["item"], term=RELIANCE, as_of=as_of, year=year).rows
        if not entries or (entries[0]["low"] is None and entries[0]["high"] is None):
            return None
        found[side] = entries[0]
    return {**row, **found}


def words(pair: Row) -> tuple[str, str]:
    """Both figures as published."""
    was, now = (
        published_percent(pair[side]["published"], pair[side]["obs_status"]) for side in ("was", "is")
    )
    return was, now


def message(pairs: list[Row]) -> str:
    """What the chart shows, said plainly."""
    first, (was, now) = pairs[0], words(pairs[0])
    year, then, this = first["previous_year"], edition(first["previous_as_of"]), edition(first["as_of"])
    return f"{first['label']}, {year}: {was} in {then} became {now} in {this}"


def datum(pair: Row) -> Spec:
    """One row's marks: both ends of both intervals, cut to what the axis can show."""
    was, now = words(pair)
    year = pair["previous_year"]
    told = f"{pair['label']} {year}: {was} before, {now} now"
    return {
        "name": pair["label"],
        "told": told,
        "text": f"{was} → {now}",
        **cut("was", pair),
        **cut("is", pair),
    }


def cut(side: str, pair: Row) -> Spec:
    """The interval of one edition; an open end runs to the edge of the axis."""
    low, high = pair[side]["low"], pair[side]["high"]
    low, high = max(0, low or 0), max(0, 1 if high is None else high)
    return {f"{side}_low": low, f"{side}_high": high, f"{side}_exact": low if low == high else None}


def name_place(order: list[str], *, narrow: bool) -> Spec:
    """The rows' names."""
    room = 150 if narrow else 260
    axis = {"labelColor": COLOURS["ink"], "labelLimit": 0.8 * room, "minExtent": room, "maxExtent": room}
    return {"field": "name", "type": "nominal", "sort": order, "title": None, "axis": axis}


def x(field: str) -> Spec:
    """The percent axis, on top."""
    axis = {"orient": "top", "format": "%", "values": [0, 0.25, 0.5, 0.75, 1], "labelFlush": False}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "title": None, "axis": axis}


def ranges(side: str) -> Spec:
    """A figure known as an interval, as a band: the earlier one hollow, this one filled."""
    filled = {"fill": COLOURS["pale"], "height": 8}
    hollow = {"fill": "transparent", "stroke": COLOURS["muted"], "strokeWidth": 1.5, "height": 11}
    return {
        "transform": [{"filter": f"datum.{side}_exact === null"}],
        "mark": {"type": "bar", "cornerRadius": 4, "aria": False, **(hollow if side == "was" else filled)},
        "encoding": {"x": x(f"{side}_low"), "x2": {"field": f"{side}_high"}},
    }


def path() -> Spec:
    """The way from the earlier figure to this one."""
    return {
        "transform": [{"filter": "datum.was_exact !== null && datum.is_exact !== null"}],
        "mark": {"type": "rule", "strokeWidth": 2, "aria": False},
        "encoding": {"x": x("was_exact"), "x2": {"field": "is_exact"}, "color": value("pale")},
    }


def dots() -> list[Spec]:
    """The earlier figure hollow, this one filled."""
    styles = {"was": ("muted", "paper"), "is": ("accent", "accent")}
    return [
        {
            "transform": [{"filter": f"datum.{side}_exact !== null"}],
            "mark": {"type": "circle", "size": 70, "opacity": 1, "strokeWidth": 1.75, "aria": False},
            "encoding": {"x": x(f"{side}_exact"), "stroke": value(line), "fill": value(fill)},
        }
        for side, (line, fill) in styles.items()
    ]


def figures() -> Spec:
    """Both figures in words, right of the axis."""
    return {
        "mark": {"type": "text", "align": "left", "dx": 10, "fontSize": SIZE - 1},
        "encoding": {
            "x": {"datum": 1, "type": "quantitative"},
            "text": {"field": "text"},
            "color": value("muted"),
            "description": {"field": "told"},
        },
    }
