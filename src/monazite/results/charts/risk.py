"""Places of materials by every measure as a heat table, and the measure ordered by as intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.results.charts.bars import Bar, bars
from monazite.results.charts.style import COLOURS, SIZE, source_line, spec
from monazite.results.words import index_range, listed, sentence
from monazite.schema.risk import COMPOSITE, MEASURES

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.frame import Row
    from monazite.results.result import Result

THIRDS = ("map4", "map2", "map1")
"""Colours of the riskiest, the middle and the lowest third of what a measure ranks."""
OPEN = "zone"
"""Colour of places that lie in more than one third."""
WIDE = (
    "eu_supply_risk",
    "reliance",
    "source_hhi",
    "world_hhi",
    "governance_hhi",
    "geopolrisk",
    "early_warning",
)
NARROW = ("reliance", "source_hhi", "world_hhi", "geopolrisk")
STEP, MOST, NAMED = 21, 25, 3
HEAD = 36
"""Room for headings of three lines: the engine sets the first where a single one would stand."""
# Pixels for names and for a measure.
ROOM = {True: (118, 52), False: (190, 86)}
SUBTITLE = (
    "Place by each measure, 1 being riskiest. Dark: riskiest third of what the measure ranks; then the middle"
    " and the lowest. Without colour: the interval spans thirds. Empty: not known, which is not safe."
)
BY_VALUE = "The dark bar is what is certain, the pale one what may be. Highest lower end first."


class Cell(NamedTuple):
    """A material's places by one measure: in words, and the third they lie in."""

    name: str
    measure: str
    text: str
    third: str
    letters: str
    told: str


def places(result: Result, *, narrow: bool = False) -> Spec | None:
    """Every material's places by the measures that rank any."""
    sizes = {row["measure"]: row["ranked"] for row in result.details["measures"]}
    headings = {one.name: one.heading for one in (*MEASURES, COMPOSITE)}
    first = result.parameters["method"][0]
    shown = tuple(dict.fromkeys((first, *(NARROW if narrow else WIDE))))[: 4 if narrow else None]
    shown = tuple(name for name in shown if sizes.get(name))
    cells = [
        _cell(row, name, f"{headings[name]}", sizes[name])
        for row in result.table
        for name in shown
        if row[f"{name}_rank_low"] is not None
    ]
    if not cells:
        return None
    width, step = ROOM[narrow]
    return spec(
        source_line(result),
        _message(result.table.rows, shown, sizes),
        SUBTITLE,
        width={"step": step},
        height={"step": STEP},
        data={"values": [one._asdict() for one in cells]},
        encoding={"y": _names(width), "x": _measures([headings[name] for name in shown])},
        layer=[_squares(), _texts()],
    )


def _cell(row: Row, name: str, heading: str, size: int) -> Cell:
    """One cell."""
    low, high = row[f"{name}_rank_low"], row[f"{name}_rank_high"]
    text = str(low) if low == high else f"{low}–{high}"
    third = _third(low, high, size)
    material = sentence(row["name"])
    letters = {THIRDS[0]: "paper", OPEN: "muted"}.get(third, "ink")
    return Cell(
        material, heading, text, COLOURS[third], COLOURS[letters], f"{material}, {heading}: {text} of {size}"
    )


def _third(low: int, high: int, size: int) -> str:
    """The third in which all places lie, if there is one."""
    ends = {min(2, 3 * (place - 1) // size) for place in (low, high)}
    return THIRDS[ends.pop()] if len(ends) == 1 else OPEN


def _message(rows: tuple[Row, ...], shown: tuple[str, ...], sizes: dict[str, int]) -> str:
    """Which materials are certainly among the riskiest by most measures."""
    counts = {
        row["name"]: sum(
            _third(row[f"{name}_rank_low"], row[f"{name}_rank_high"], sizes[name]) == THIRDS[0]
            for name in shown
            if row[f"{name}_rank_low"] is not None
        )
        for row in rows
    }
    most = max(counts.values(), default=0)
    found = [name for name, count in counts.items() if count == most]
    if not most or len(found) > NAMED:
        return "No material stands out by every measure"
    verb = "is" if len(found) == 1 else "are"
    return f"{sentence(listed(found))} {verb} in the riskiest third by {most} of {len(shown)} measures"


def _names(room: int) -> Spec:
    """Names of materials, in the order of the answer."""
    axis = {"labelColor": COLOURS["ink"], "labelLimit": 0.9 * room, "minExtent": room, "maxExtent": room}
    return {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}


def _measures(headings: list[str]) -> Spec:
    """Measures on top, each heading on two lines where it has two words."""
    split = {"labelExpr": "split(datum.label, ' ')", "labelLineHeight": SIZE + 2, "labelPadding": HEAD}
    axis = {"orient": "top", "labelAngle": 0, "labelColor": COLOURS["ink"], "labelLimit": 90, **split}
    return {"field": "measure", "type": "nominal", "sort": headings, "title": None, "axis": axis}


def _squares() -> Spec:
    """Cells in the colour of their third, silent to screen readers: the figures speak."""
    mark = {"type": "rect", "stroke": COLOURS["paper"], "strokeWidth": 2, "aria": False}
    return {"mark": mark, "encoding": {"color": {"field": "third", "type": "nominal", "scale": None}}}


def _texts() -> Spec:
    """Places in words."""
    return {
        "mark": {"type": "text", "fontSize": SIZE},
        "encoding": {
            "text": {"field": "text"},
            "color": {"field": "letters", "type": "nominal", "scale": None},
            "description": {"field": "told"},
        },
    }


def intervals(result: Result, *, narrow: bool = False) -> Spec | None:
    """The measure ordered by, the highest lower ends first."""
    name = result.parameters["method"][0]
    one = next(each for each in (*MEASURES, COMPOSITE) if each.name == name)
    rows = [row for row in result.table if row["place"] is not None]
    shown = [
        Bar(sentence(row["name"]), row[f"{name}_low"], row[f"{name}_high"],
            index_range(row[f"{name}_low"], row[f"{name}_high"]))
        for row in rows[:MOST]
    ]  # fmt: skip
    left = f" {len(rows) - MOST} more are ranked." if len(rows) > MOST else ""
    return bars(result, f"{one.heading} by material", f"{one.meaning} {BY_VALUE}{left}", shown, narrow=narrow)
