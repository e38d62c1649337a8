"""Where imports come from: how many materials each country is the leading source of."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from monazite.results.charts.labels import placed
from monazite.results.charts.style import COLOURS, SIZE, one_edition, spec, value
from monazite.results.charts.world import HALF_WIDTH, LEFT_OUT, feature, place, projected, world
from monazite.results.words import listed, sentence

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.result import Result

WIDTH, HEIGHT, MIDDLE = 960, 442, 246
CLASSES = ((10, "map4"), (5, "map3"), (2, "map2"), (1, "map1"))
SUBTITLE = "Number of materials for which each country sends the largest part of imports, at any stage."
LABELLED = 9


class Leader(NamedTuple):
    """A country, or countries named together, and the materials they are the leading source of."""

    code: str
    name: str
    materials: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many materials."""
        return len(self.materials)


def leaders(result: Result) -> list[Leader]:
    """Leading sources by number of materials, each material counted once for a country."""
    names, led = {}, defaultdict(dict)  # type: dict[str, str], dict[str, dict[str, None]]
    for row in result.table:
        if code := row["leading_source"]:
            names[code] = row["leading_source_name"] or code
            led[code][row["name"]] = None
    found = [Leader(code, names[code], tuple(materials)) for code, materials in led.items()]
    return sorted(found, key=lambda leader: (-leader.number, leader.name))


def sources_map(result: Result, *, narrow: bool = False) -> Spec | None:
    """World map of leading sources; one drawing for every width, so ``narrow`` leaves the labels out."""
    found = leaders(result)
    if not found:
        return None
    layers = [countries(found), *small_states(found), *([] if narrow else [names(found)])]
    projection = {"type": "equalEarth", "scale": scale(), "translate": [WIDTH / 2, MIDDLE]}
    return spec(
        one_edition(result),
        message(found),
        SUBTITLE,
        width=WIDTH,
        height=HEIGHT,
        projection=projection,
        layer=layers,
    )


def message(found: list[Leader]) -> str:
    """What the map shows, said plainly."""
    first, *others = found
    led = f"{sentence(first.name)} is the leading source of {counted(first)}"
    return f"{led}, {listed(f'{other.name} of {other.number}' for other in others[:2])}" if others else led


def counted(leader: Leader) -> str:
    """How many materials, or which one."""
    return f"{leader.number} materials" if leader.number > 1 else leader.materials[0]


def scale() -> float:
    """Pixels per unit of the projection, so that the world is as wide as the map."""
    return WIDTH / (2 * HALF_WIDTH)


def told(leader: Leader) -> str:
    """A country's tooltip and its words for a screen reader."""
    return f"{leader.name}: {leader.number} ({', '.join(leader.materials)})"


def colour(count: int) -> str:
    """The colour of a count; land without one is grey."""
    return COLOURS[next((name for least, name in CLASSES if count >= least), "land")]


def countries(found: list[Leader]) -> Spec:
    """Every country's shape, coloured by its count."""
    led = {leader.code: leader for leader in found}
    plain = [
        feature(code, {"fill": colour(0)}) for code in world()["shapes"] if code not in LEFT_OUT | led.keys()
    ]
    shown = [
        feature(code, {"fill": colour(leader.number), "told": told(leader), "count": leader.number})
        for code, leader in led.items()
        if code in world()["shapes"]
    ]
    return {"layer": [shapes(plain, aria=False), shapes(shown, aria=True)]}


def shapes(features: list[Spec], *, aria: bool) -> Spec:
    """One layer of shapes; those without a count are silent."""
    described = {"description": {"field": "told", "type": "nominal"}} if aria else {}
    return {
        "data": {"values": features},
        "mark": {"type": "geoshape", "stroke": COLOURS["paper"], "strokeWidth": 0.5, "aria": aria},
        "encoding": {"fill": {"field": "fill", "type": "nominal", "scale": None}, **described},
    }


def small_states(found: list[Leader]) -> list[Spec]:
    """Countries too small for a shape, as dots; no layer where there is none."""
    dots = [
        {"lon": where[0], "lat": where[1], "fill": colour(leader.number), "told": told(leader)}
        for leader in found
        if leader.code not in world()["shapes"] and (where := place(leader.code))
    ]
    return [dotted(dots)] if dots else []


def dotted(dots: list[Spec]) -> Spec:
    """One layer of dots."""
    return {
        "data": {"values": dots},
        "mark": {"type": "circle", "size": 60, "stroke": COLOURS["ink"], "strokeWidth": 0.75, "opacity": 1},
        "encoding": {
            "longitude": {"field": "lon", "type": "quantitative"},
            "latitude": {"field": "lat", "type": "quantitative"},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "description": {"field": "told", "type": "nominal"},
        },
    }


def names(found: list[Leader]) -> Spec:
    """The countries that lead most, named on the map where there is room."""
    spots = {f"{leader.name} {leader.number}": place(leader.code) for leader in found[:LABELLED]}
    points = {text: projected(*where, scale()) for text, where in spots.items() if where}
    wanted = [(text, x + WIDTH / 2, y + MIDDLE) for text, (x, y) in points.items()]
    labels = placed(wanted, (WIDTH, HEIGHT), centred=True)
    halo = {"stroke": value("paper"), "strokeWidth": {"value": 3.5}, "strokeOpacity": {"value": 0.85}}
    return {
        "data": {
            "values": [{"x": label.left, "y": label.middle, "text": text} for text, label in labels.items()]
        },
        "layer": [text(halo), text({"color": value("ink")})],
    }


def text(encoding: Spec) -> Spec:
    """One layer of names: their halo, or their letters."""
    places = {
        axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in ("x", "y")
    }
    style = {"align": "left", "baseline": "middle", "fontSize": SIZE, "fontWeight": 600}
    return {
        "mark": {"type": "text", "aria": False, **style},
        "encoding": {**places, "text": {"field": "text"}, **encoding},
    }
