"""The picture of origins, partners and importer: nothing is lost between columns, nothing collides."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from monazite.results.charts import charts
from monazite.results.charts.bands import BOX, GAP, ORIGINS, PARTNERS, SLOT, bands, columns, placed, sums
from monazite.results.charts.sankey import NARROW, PAGE, sankey
from monazite.results.charts.style import COLOURS
from monazite.results.frame import Frame
from monazite.results.result import Result, Source
from monazite.results.svg import svg
from monazite.schema.trace import TRACE, TRACE_FLOW

FLOWS = [("China", "China", 0.5), ("China", "Japan", 0.2), ("Laos *", "Japan", 0.1), ("Chile", "Peru", 0.19),
         ("Chad", "Peru", 0.004)]  # fmt: skip
WIDTH, HEIGHT = 400.0, 300.0


def answered(*told: tuple[str, str, str, float]) -> Result:
    """An answer with these flows: origin, kind, partner, share."""
    rows = tuple(
        {
            "origin": origin[:3],
            "kind": kind,
            "partner": partner[:3],
            "origin_name": origin + (", not recorded" if kind != "recorded" else ""),
            "partner_name": partner,
            "share": share,
        }
        for origin, kind, partner, share in told
    )
    return Result(
        study="trace",
        question="",
        title="",
        table=Frame(TRACE, ()),
        details={"flows": Frame(TRACE_FLOW, rows)},
        findings=(),
        sources=(Source("2024", "Flows", "Nobody", "", "none", ()),),
        headlines=(),
        method="",
        parameters={"importer": "Norway"},
        version="0",
    )


RESULT = answered(
    ("China", "recorded", "China", 0.5),
    ("China", "recorded", "Japan", 0.2),
    ("Laos", "not recorded", "Japan", 0.1),
    ("Chile", "recorded", "Chile", 0.2),
)


def test_the_bands_hold_the_whole_with_what_is_too_small_or_not_listed_among_the_others() -> None:
    found = bands(FLOWS)
    assert sum(found.values()) == pytest.approx(1)
    assert found[ORIGINS, "Peru"] == pytest.approx(0.004)
    assert found[ORIGINS, PARTNERS] == pytest.approx(0.006)


def test_the_largest_box_stands_first_and_the_others_last() -> None:
    assert list(sums(bands(FLOWS), 0)) == ["China", "Chile", "Laos *", ORIGINS]
    assert list(sums(bands(FLOWS), 1)) == ["China", "Japan", "Peru", PARTNERS]


def test_the_bands_of_a_box_fill_it_exactly() -> None:
    found = bands(FLOWS)
    boxes = columns((sums(found, 0), sums(found, 1), {"Norway": 1.0}), (0.0, 200.0, 390.0), HEIGHT)
    drawn = list(placed(found, boxes, HEIGHT))
    for name, box in boxes[0].items():
        edges = sorted((one.start, one.height) for one in drawn if one.origin == name and not one.onward)
        _stacked(edges, box.top, box.height)
    for name, box in boxes[1].items():
        into = sorted((one.end, one.height) for one in drawn if one.partner == name and not one.onward)
        out = sorted((one.start, one.height) for one in drawn if one.partner == name and one.onward)
        assert into == out
        _stacked(into, box.top, box.height)
    (home,) = boxes[2].values()
    _stacked(sorted((one.end, one.height) for one in drawn if one.onward), home.top, home.height)


def _stacked(edges: list[tuple[float, float]], top: float, height: float) -> None:
    """Bands lie one on the other from the top of a box to its end."""
    assert edges[0][0] == pytest.approx(top)
    for (start, thick), (following, _) in pairwise(edges):
        assert following == pytest.approx(start + thick)
    assert edges[-1][0] + edges[-1][1] == pytest.approx(top + height)


def test_names_of_small_boxes_do_not_collide() -> None:
    shares = {f"country {one}": share for one, share in enumerate([0.9, 0.02, 0.02, 0.02, 0.02, 0.02])}
    (column,) = columns((shares,), (0.0,), HEIGHT)
    middles = [box.top + box.height / 2 for box in column.values()]
    assert all(lower - upper >= SLOT + GAP - 1e-9 for upper, lower in pairwise(middles))


def test_nothing_is_drawn_of_nothing() -> None:
    assert sankey(answered()) is None


@pytest.mark.parametrize(("narrow", "room"), [(False, PAGE), (True, NARROW)])
def test_everything_stays_inside_the_drawing(narrow: bool, room: tuple[int, int]) -> None:  # noqa: FBT001 - pytest's
    spec = sankey(RESULT, narrow=narrow)
    assert spec is not None
    assert spec["width"] == room[0]
    for point in spec["layer"][0]["data"]["values"]:
        assert 0 <= point["x"] <= room[0]
        assert 0 <= point["top"] < point["bottom"] <= spec["height"] + 0.01
    for box in spec["layer"][1]["data"]["values"]:
        assert box["x2"] - box["x"] == BOX


def test_the_leading_origin_is_strong_and_what_is_not_recorded_is_marked_twice() -> None:
    spec: Any = sankey(RESULT)
    colours = {
        point["told"].partition(",")[0]: point["colour"] for point in spec["layer"][0]["data"]["values"]
    }
    assert colours == {"China": COLOURS["accent"], "Chile": COLOURS["pale"], "Laos *": COLOURS["warn"]}


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (
            [("China", "recorded", "China", 0.6), ("Laos", "recorded", "China", 0.4)],
            "Norway: China ships 100% of the imports and produced 60% of them",
        ),
        (
            [("Norway", "recorded", "China", 1.0)],
            "Norway: China ships 100% of the imports; 100% of them are its own goods come home",
        ),
        (
            [("China", "recorded", "Japan", 1.0)],
            "Norway: Japan ships 100% of the imports; 100% of them were produced in China",
        ),
        (
            [("Laos", "not recorded", "China", 1.0)],
            "Norway: China ships 100% of the imports; 100% is unrecorded supply of Laos",
        ),
    ],
)
def test_the_title_says_what_the_picture_shows(told: list[tuple[str, str, str, float]], message: str) -> None:
    spec = sankey(answered(*told))
    assert spec is not None
    assert spec["title"]["text"] == message


def test_it_is_drawn_for_light_and_dark_with_every_band_told() -> None:
    (spec,) = charts(RESULT).values()
    drawn = svg(spec, "flows")
    assert drawn == svg(spec, "flows")
    assert "China, shipped from Japan: 20%" in drawn
    assert "Japan to Norway: 10%" in drawn
    assert not set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', drawn))
    assert ">Laos * 10%</text>" in drawn
