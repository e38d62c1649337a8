"""Bars, one a row: what is certain in strong colour, what is open in pale, the figure at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.results.charts.style import COLOURS, SIZE, source_line, spec, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.results.charts.style import Spec
    from monazite.results.result import Result

STEP = 22
HALO = 4
# Pixels for names and for bars; letters of a name, where the engine's are narrower than some readers'.
NARROW, PAGE = (142, 104), (330, 560)
FIT = 0.8


class Bar(NamedTuple):
    """One bar: its name, both ends of what it shows, and the figure in words."""

    name: str
    low: float
    high: float
    text: str


def bars(  # noqa: PLR0913 - what a chart says and shows, by name
    result: Result,
    title: str,
    subtitle: str,
    shown: Sequence[Bar],
    *,
    narrow: bool = False,
    most: float | None = None,
) -> Spec | None:
    """A list of bars from nothing to ``most``, by default the longest; nothing where there is none."""
    if not shown:
        return None
    room = NARROW if narrow else PAGE
    longest = most or max(one.high for one in shown) or 1
    across = {"type": "quantitative", "title": None, "axis": None, "scale": {"domain": [0, longest]}}
    return spec(
        source_line(result),
        title,
        subtitle,
        width=room[1],
        height={"step": STEP},
        data={"values": [{**one._asdict(), "told": f"{one.name}: {one.text}"} for one in shown]},
        encoding={"y": _names(room[0])},
        layer=[
            _bar("pale", {"x": {"field": "low", **across}, "x2": {"field": "high"}}),
            _bar("accent", {"x": {"field": "low", **across}}),
            _figures({"field": "high", **across}, halo=True),
            _figures({"field": "high", **across}),
        ],
    )


def _names(room: int) -> Spec:
    """The names, in the order given; long ones cut."""
    axis = {"labelColor": COLOURS["ink"], "labelLimit": FIT * room, "minExtent": room, "maxExtent": room}
    return {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}


def _bar(colour: str, ends: Spec) -> Spec:
    """Bars, silent to screen readers: the figures speak."""
    mark = {"type": "bar", "height": 10, "aria": False}
    return {"mark": mark, "encoding": {**ends, "color": value(colour)}}


def _figures(at: Spec, *, halo: bool = False) -> Spec:
    """Each figure at the end of its bar; its halo keeps what is behind from crossing it."""
    stroke = {"stroke": COLOURS["paper"], "strokeWidth": HALO, "aria": False} if halo else {}
    return {
        "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": SIZE, **stroke},
        "encoding": {
            "x": at,
            "text": {"field": "text"},
            "color": value("muted"),
            "description": {"field": "told"},
        },
    }
