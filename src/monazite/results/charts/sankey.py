"""Origin, direct partner, importer: bands as wide as their share of the imports.

Vega-Lite has no such mark. Each band is an area between two curves whose points are computed beforehand;
boxes and names are ordinary marks on the same scales, which count pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.results.charts.bands import BOX, ORIGINS, bands, columns, placed, sums, tallness
from monazite.results.charts.style import COLOURS, SIZE, source_line, spec, value
from monazite.results.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monazite.results.charts.bands import Band, Box, Column
    from monazite.results.charts.style import Spec
    from monazite.results.frame import Row
    from monazite.results.result import Result

    Point = dict[str, Any]
    Scales = tuple[Spec, Spec]

PAGE, NARROW = (900, 380), (330, 420)
"""Width, and height of all imports, in pixels."""
HALO, ASIDE = 4, 5
RECORDED = "recorded"
STAR = " *"
"""Behind an origin whose supply is not recorded."""
SUBTITLE = (
    "Left: where the imports were produced, if every country mixes in proportion what it makes and what it"
    " receives. Middle: who shipped them. Strong blue: the leading origin. Orange, with a star: exports that"
    " the recorded production and imports of their country do not cover."
)


def sankey(result: Result, *, narrow: bool = False) -> Spec | None:
    """The bands from origins through direct partners to the importer; nothing where none is traced."""
    rows = result.details["flows"].rows
    if not rows:
        return None
    width, height = NARROW if narrow else PAGE
    flows = bands([(_origin(row), row["partner_name"], row["share"]) for row in rows])
    origins, partners = sums(flows, 0), sums(flows, 1)
    importer = str(result.parameters["importer"])
    lefts = (0.0, (width - BOX) / 2, width - BOX)
    boxes = columns((origins, partners, {importer: 1.0}), lefts, height)
    tall = max(map(tallness, boxes))
    scales, colours = _scales(width, tall), _colours(origins)
    points = [
        point
        for band in placed(flows, boxes, height)
        for point in _points(band, band.height / height, importer, colours[band.origin])
    ]
    return spec(
        source_line(result),
        _message(importer, origins, partners),
        SUBTITLE,
        width=width,
        height=tall,
        layer=[
            _areas(points, scales),
            _boxes(boxes, scales),
            *_names(boxes[:2] if narrow else boxes, scales),
        ],
    )


def _origin(row: Row) -> str:
    """Name of an origin in the picture, short enough for a telephone."""
    name = str(row["origin_name"])
    return name if row["kind"] == RECORDED else name.removesuffix(f", {row['kind']}") + STAR


def _colours(origins: Iterable[str]) -> dict[str, str]:
    """A colour for each origin: whether it is recorded, and which of those leads."""
    every = list(origins)
    starred = [name for name in every if name.endswith(STAR)]
    recorded = [name for name in every if name not in {*starred, ORIGINS}]
    found = dict.fromkeys(recorded, "pale") | dict.fromkeys(starred, "warn") | {ORIGINS: "rule"}
    return found | dict.fromkeys(recorded[:1], "accent")


def _message(importer: str, origins: Mapping[str, float], partners: Mapping[str, float]) -> str:
    """What the picture shows, said plainly."""
    origin, partner = next(iter(origins)), next(iter(partners))
    imports = f"{importer}: {partner} ships {percent(partners[partner])} of the imports"
    made = percent(origins[origin])
    if origin.endswith(STAR):
        return f"{imports}; {made} is unrecorded supply of {origin.removesuffix(STAR)}"
    if origin == importer:
        return f"{imports}; {made} of them are its own goods come home"
    if origin == partner:
        return f"{imports} and produced {made} of them"
    return f"{imports}; {made} of them were produced in {origin}"


def _points(band: Band, share: float, importer: str, colour: str) -> Iterator[Point]:
    """The points of a band."""
    way = f"{band.partner} to {importer}" if band.onward else f"shipped from {band.partner}"
    told = f"{band.origin}, {way}: {percent(share)}"
    for across, top in band.curve:
        yield {
            "band": f"{band.origin} > {band.partner}{' >' if band.onward else ''}",
            "x": round(across, 1),
            "top": round(top, 2),
            "bottom": round(top + band.height, 2),
            "told": told,
            "colour": COLOURS[colour],
        }


def _scales(width: float, tall: float) -> Scales:
    """Pixels across, and down from the top."""
    across = {"type": "quantitative", "axis": None, "scale": {"domain": [0, width], "nice": False}}
    down = {"type": "quantitative", "axis": None, "scale": {"domain": [tall, 0], "nice": False}}
    return across, down


def _areas(points: Sequence[Point], scales: Scales) -> Spec:
    """The bands."""
    across, down = scales
    return {
        "data": {"values": list(points)},
        "mark": {"type": "area", "orient": "vertical", "opacity": 0.75},
        "encoding": {
            "x": {"field": "x", **across},
            "y": {"field": "top", **down},
            "y2": {"field": "bottom"},
            "detail": {"field": "band"},
            "color": {"field": "colour", "scale": None},
            "description": {"field": "told"},
        },
    }


def _boxes(boxes: Sequence[Column], scales: Scales) -> Spec:
    """The boxes, silent to screen readers: the names speak."""
    across, down = scales
    return {
        "data": {"values": [_place(box) for column in boxes for box in column.values()]},
        "mark": {"type": "rect", "aria": False},
        "encoding": {
            "x": {"field": "x", **across},
            "x2": {"field": "x2"},
            "y": {"field": "top", **down},
            "y2": {"field": "bottom"},
            "color": value("muted"),
        },
    }


def _place(box: Box) -> Point:
    """The edges of a box."""
    top, bottom = round(box.top, 2), round(box.top + box.height, 2)
    return {"x": box.left, "x2": box.left + BOX, "top": top, "bottom": bottom}


def _names(boxes: Sequence[Column], scales: Scales) -> Iterator[Spec]:
    """Names with shares beside the boxes, on the side that has room, each with a halo over the bands."""
    for column, align in zip(boxes, ("left", "left", "right"), strict=False):  # a telephone leaves one out
        over = -ASIDE if align == "right" else BOX + ASIDE
        places = [
            {"x": box.left + over, "y": round(box.top + box.height / 2, 2), "name": _told(box)}
            for box in column.values()
        ]
        for halo in (True, False):
            yield _text(places, align, scales, halo=halo)


def _told(box: Box) -> str:
    """A name and its share; what holds everything needs none."""
    return box.name if box.share == 1 else f"{box.name} {percent(box.share)}"


def _text(places: Sequence[Point], align: str, scales: Scales, *, halo: bool) -> Spec:
    """Names, or the edge around them in the colour of the page."""
    across, down = scales
    edge = {"stroke": COLOURS["paper"], "strokeWidth": HALO, "strokeJoin": "round", "aria": False}
    return {
        "data": {"values": list(places)},
        "mark": {"type": "text", "align": align, "fontSize": SIZE, **(edge if halo else {})},
        "encoding": {
            "x": {"field": "x", **across},
            "y": {"field": "y", **down},
            "text": {"field": "name"},
            "color": value("ink"),
        },
    }
