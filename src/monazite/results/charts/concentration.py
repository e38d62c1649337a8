"""How concentrated imports are against how concentrated the world's production is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.results.charts.labels import placed
from monazite.results.charts.style import COLOURS, SIZE, one_edition, spec, value
from monazite.results.charts.subjects import lacking, subjects, within
from monazite.results.words import index_range, listed

if TYPE_CHECKING:
    from monazite.results.charts.style import Spec
    from monazite.results.frame import Row
    from monazite.results.result import Result

TWO_EQUAL = 0.5
GUIDES = (0, 0.25, 0.5, 0.75, 1)
GUIDE_WORDS = "format(datum.value, '~g')"
SUBTITLE = (
    "Herfindahl–Hirschman index: 1 is one supplier, 0.5 two equal ones, 0.25 four. A dot is the lowest value"
    " the published shares allow; a line runs to the highest. Shaded: both at least 0.5."
)
NAMED = 3
LABELLED = {True: 12, False: 200}
ENDS = ("source_hhi_low", "source_hhi_high", "world_hhi_low", "world_hhi_high")


def concentration(result: Result, *, narrow: bool = False) -> Spec | None:
    """HHI of import sources against HHI of world production, bounds as lines."""
    rows = [row for row in subjects(result, *ENDS) if has_both(row)]
    if not rows:
        return None
    size = (290, 340) if narrow else (900, 500)
    data = [datum(row) for row in rows]
    layers = [zone(), bounds("world"), bounds("source"), dots(), names(data, size, LABELLED[narrow])]
    return spec(
        one_edition(result),
        message(rows),
        f"{SUBTITLE}{left_out(result)}",
        width=size[0],
        height=size[1],
        data={"values": data},
        layer=layers,
    )


def has_both(row: Row) -> bool:
    """Whether both indices are known, at least as bounds."""
    return all(row[end] is not None for end in ENDS)


def left_out(result: Result) -> str:
    """How many rows cannot be drawn, and why."""
    number = len(lacking(result, lambda row: not has_both(row)))
    some = f"{number} of {len(result.table)} rows"
    return f" Not drawn, for want of shares of imports or of world production: {some}." if number else ""


class Entries(NamedTuple):
    """What is drawn, by name with both indices in words, the most concentrated first; and what is not."""

    drawn: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]


def entries(result: Result) -> Entries:
    """The drawing as a table, so that every dot can be told."""
    rows = [row for row in subjects(result, *ENDS) if has_both(row)]
    ranked = sorted(rows, key=lambda row: (-row["source_hhi_low"] - row["world_hhi_low"], row["label"]))
    drawn = tuple((row["label"], *indices(row)) for row in ranked)
    return Entries(drawn, tuple(lacking(result, lambda row: not has_both(row))))


def indices(row: Row) -> tuple[str, str]:
    """Both indices in words: of imports, of world production."""
    imports = index_range(row["source_hhi_low"], row["source_hhi_high"])
    return imports, index_range(row["world_hhi_low"], row["world_hhi_high"])


def message(rows: list[Row]) -> str:
    """What the chart shows, said plainly."""
    if len(rows) == 1:
        told = datum(rows[0])["told"]
        return str(told)
    both = [row for row in rows if min(row["source_hhi_low"], row["world_hhi_low"]) >= TWO_EQUAL]
    alike = "both at least as concentrated as two equal suppliers"
    if not both:
        return f"For {none_of([within(row['label']) for row in rows])} are imports and world output {alike}"
    names = listed(within(row["label"]) for row in both)
    some = names if len(both) <= NAMED else f"{len(both)} of {len(rows)} materials and stages"
    return f"For {some}, imports and world output are {alike}"


def none_of(names: list[str]) -> str:
    """Nobody among the names; few are named.

    >>> none_of(["tin", "lead"]), none_of(["tin", "lead", "zinc"])
    ('neither tin nor lead', 'none of tin, lead and zinc')
    """
    if len(names) == len(("neither", "nor")):
        return f"neither {names[0]} nor {names[1]}"
    return f"none of {listed(names) if len(names) <= NAMED else f'{len(names)} materials and stages'}"


def datum(row: Row) -> Spec:
    """One row's bounds, and its words."""
    imports, output = indices(row)
    told = f"{row['label']}: import sources {imports}, world production {output}"
    return {"name": row["label"], "told": told, **{end: row[end] for end in ENDS}}


def axis(title: str) -> Spec:
    """Points, with the number of equal suppliers they stand for."""
    return {
        "title": title,
        "values": list(GUIDES),
        "labelExpr": GUIDE_WORDS,
        "labelFlush": False,
        "titlePadding": 12,
    }


def place(field: str, title: str) -> Spec:
    """Where a bound stands on its axis."""
    scale = {"domain": [0, 1], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis(title)}


def across() -> Spec:
    """Place along the horizontal axis."""
    return place("world_hhi_low", "World production: more concentrated →")


def upward() -> Spec:
    """Place along the vertical axis."""
    return place("source_hhi_low", "Import sources: more concentrated →")


def zone() -> Spec:
    """Where both are at least as concentrated as two equal suppliers."""
    corner = dict(zip(ENDS, (TWO_EQUAL, 1, TWO_EQUAL, 1), strict=True))
    ends = {"x2": {"field": "world_hhi_high"}, "y2": {"field": "source_hhi_high"}}
    return {
        "data": {"values": [corner]},
        "mark": {"type": "rect", "aria": False},
        "encoding": {"x": across(), "y": upward(), **ends, "color": value("zone")},
    }


def bounds(side: str) -> Spec:
    """Lines from the lowest to the highest value the published shares allow."""
    end = {"x2": {"field": "world_hhi_high"}} if side == "world" else {"y2": {"field": "source_hhi_high"}}
    return {
        "mark": {"type": "rule", "strokeWidth": 1.25, "aria": False},
        "encoding": {"x": across(), "y": upward(), **end, "color": value("pale")},
    }


def dots() -> Spec:
    """The lowest value the published shares allow."""
    return {
        "mark": {"type": "circle", "size": 42, "opacity": 1, "stroke": COLOURS["paper"], "strokeWidth": 0.75},
        "encoding": {
            "x": across(),
            "y": upward(),
            "fill": value("accent"),
            "description": {"field": "told", "type": "nominal"},
        },
    }


def drawn(one: Spec, size: tuple[int, int]) -> list[tuple[float, float]]:
    """Places that a row's dot and lines take up, a few pixels apart."""
    left, right, low, high = (one[end] for end in ("world_hhi_low", "world_hhi_high", *ENDS[:2]))
    steps = [step / 8 for step in range(9)]
    along = [(left + step * (right - left), low) for step in steps]
    up = [(left, low + step * (high - low)) for step in steps]
    return [(size[0] * across, size[1] * (1 - height)) for across, height in (*along, *up)]


def names(data: list[Spec], size: tuple[int, int], most: int) -> Spec:
    """Names of the most concentrated, where there is room."""
    points = {one["name"]: drawn(one, size)[0] for one in data}
    ranked = sorted(data, key=lambda one: (-one["source_hhi_low"] - one["world_hhi_low"], one["name"]))
    wanted = [(one["name"], *points[one["name"]]) for one in ranked[:most]]
    labels = placed(wanted, size, [spot for one in data for spot in drawn(one, size)])
    return {
        "data": {
            "values": [{"x": label.left, "y": label.middle, "text": text} for text, label in labels.items()]
        },
        "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": SIZE - 1, "aria": False},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
            "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "text"},
            "color": value("ink"),
        },
    }
