"""Where imports come from: how many materials each country is the leading source of."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from monazite.results.charts.labels import placed
from monazite.results.charts.style import COLOURS, SIZE, one_edition, spec, value
from monazite.results.charts.subjects import by_group, group_name
from monazite.results.charts.world import HALF_WIDTH, LEFT_OUT, feature, place, projected, world
from monazite.results.reliance import counted
from monazite.results.words import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.results.charts.style import Spec
    from monazite.results.frame import Row
    from monazite.results.result import Result

WIDTH, HEIGHT, MIDDLE = 960, 442, 246
CLASSES = ((10, "map4"), (5, "map3"), (2, "map2"), (1, "map1"))
SUBTITLE = "Number of materials for which each country sends the largest part of imports, at any stage."
LABELLED = 9
FEW = 3


class Leader(NamedTuple):
    """A country, or countries named together, and the materials they are the leading source of.

    ``groups`` holds those of the materials that show the sources of their group, by group.
    """

    code: str
    name: str
    materials: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def number(self) -> int:
        """How many materials."""
        return len(self.materials)

    @property
    def together(self) -> bool:
        """Whether several countries are named together, so that no single one can be coloured."""
        return "+" in self.code

    @property
    def told(self) -> str:
        """The materials; those that show their group's sources after the others."""
        shared = {name for members in self.groups.values() for name in members}
        own = [name for name in self.materials if name not in shared]
        members = (f"{group} as a group ({', '.join(names)})" for group, names in self.groups.items())
        return ", ".join((*own, *members))


def leaders(result: Result) -> list[Leader]:
    """Leading sources by number of materials, each material counted once for a country."""
    led: dict[str, list[Row]] = defaultdict(list)
    for row in counted(result.table):
        if row["leading_source"]:
            led[row["leading_source"]].append(row)
    found = [leader(code, rows) for code, rows in led.items()]
    return sorted(found, key=lambda one: (-one.number, one.name))


def leader(code: str, rows: list[Row]) -> Leader:
    """One leading source, from the rows it leads."""
    groups: dict[str, tuple[str, ...]] = {}
    for row in filter(by_group, rows):
        group = group_name(row["group_value"])
        groups[group] = (*groups.get(group, ()), row["name"])
    materials = tuple(dict.fromkeys(row["name"] for row in rows))
    return Leader(code, rows[0]["leading_source_name"] or code, materials, groups)


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
        subtitle(found),
        width=WIDTH,
        height=HEIGHT,
        projection=projection,
        layer=layers,
    )


def message(found: list[Leader]) -> str:
    """What the map shows, said plainly; few materials are named, ties are told together."""
    numbers = Counter(one.number for one in found)
    most = found[0].number
    if sum(one.number for one in found) <= FEW:
        return sentence(leads([found[0].name], listed(found[0].materials)) + rest(found[1:]))
    if most == 1:
        return f"{len(found)} countries are each the leading source of one material"
    first = [one.name for one in found if one.number == most]
    if len(first) > FEW:
        return f"{len(first)} countries are each the leading source of {most} materials"
    told = leads(first, f"{most} materials")
    behind = [one for one in found[len(first) : FEW] if numbers[one.number] == 1 and len(first) == 1]
    others = [f"{one.name} of {one.number}" for one in behind]
    return sentence(f"{told}, {listed(others)}" if others else told)


def leads(names: list[str], what: str) -> str:
    """Who leads in what; each of several by itself."""
    return (
        f"{names[0]} is the leading source of {what}"
        if len(names) == 1
        else (f"{listed(names)} are each the leading source of {what}")
    )


def rest(others: list[Leader]) -> str:
    """The other leaders with their materials by name."""
    told = [f"{one.name} of {listed(one.materials)}" for one in others]
    return f", {listed(told)}" if told else ""


def subtitle(found: list[Leader]) -> str:
    """What is counted; whose counts rest on a group's sources; who is not on the map."""
    shared = [
        f"{len(members)} of {possessive(one.name)} {one.number} show the sources of {group} as a group."
        for one in found
        for group, members in one.groups.items()
    ]
    together = [f"{one.name} ({one.told})" for one in found if one.together]
    joint = [f"Named together and so not on the map: {'; '.join(together)}."] if together else []
    return " ".join((SUBTITLE, *shared, *joint))


def possessive(name: str) -> str:
    """A name in the possessive.

    >>> possessive("China"), possessive("United States")
    ('China’s', 'United States’')
    """
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def scale() -> float:
    """Pixels per unit of the projection, so that the world is as wide as the map."""
    return WIDTH / (2 * HALF_WIDTH)


def told(leader: Leader) -> str:
    """A country's tooltip and its words for a screen reader."""
    return f"{leader.name}: {leader.number} ({leader.told})"


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
