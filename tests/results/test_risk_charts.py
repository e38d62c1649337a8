"""Places as a heat table: colour only where a third is certain, nothing drawn where nothing is known."""

from __future__ import annotations

from typing import Any

import pytest

from monazite.results.charts.risk import THIRDS, intervals, places
from monazite.results.charts.style import COLOURS
from monazite.results.frame import Frame
from monazite.results.result import Result, Source
from monazite.results.svg import svg
from monazite.schema.risk import MEASURES, RISK, RISK_MEASURE

FIGURES = {"tin": (0.9, 1, 1), "zinc": (0.5, 4, 6), "iron": (0.2, 1, 9), "lead": (None, None, None)}


@pytest.fixture
def result() -> Result:
    """Four materials of nine that one measure ranks."""
    rows = []
    for name, (figure, first, last) in FIGURES.items():
        row: dict[str, Any] = dict.fromkeys(RISK.names) | {"material": name, "name": name, "reason": "."}
        row |= {"world_hhi_low": figure, "world_hhi_high": figure, "place": first}
        rows.append(row | {"world_hhi_rank_low": first, "world_hhi_rank_high": last})
    measured: dict[str, Any] = dict.fromkeys(RISK_MEASURE.names)
    measures = tuple(
        measured | {"measure": one.name, "ranked": 9 if one.name == "world_hhi" else 0} for one in MEASURES
    )
    return Result(
        study="risk",
        question="",
        title="",
        table=Frame(RISK, tuple(rows)),
        details={"measures": Frame(RISK_MEASURE, measures)},
        findings=(),
        sources=(Source("1", "Summaries", "Survey", "", "free", ()),),
        method="",
        parameters={"method": ("world_hhi",)},
        headlines=(),
        version="0",
    )


def test_a_cell_has_colour_only_where_one_third_is_certain(result: Result) -> None:
    drawn = places(result)
    assert drawn is not None
    cells = {one["name"]: one for one in drawn["data"]["values"]}
    assert cells.keys() == {"Tin", "Zinc", "Iron"}
    assert cells["Tin"]["third"] == COLOURS[THIRDS[0]]
    assert cells["Zinc"]["third"] == COLOURS[THIRDS[1]]
    assert cells["Iron"]["third"] == COLOURS["zone"]
    assert (cells["Iron"]["text"], cells["Iron"]["told"]) == ("1–9", "Iron, World HHI: 1–9 of 9")
    assert drawn["title"]["text"] == "Tin is in the riskiest third by 1 of 1 measures"


def test_intervals_are_drawn_for_what_is_ranked(result: Result) -> None:
    drawn = intervals(result, narrow=True)
    assert drawn is not None
    assert [one["name"] for one in drawn["data"]["values"]] == ["Tin", "Zinc", "Iron"]


@pytest.mark.parametrize("narrow", [False, True])
def test_both_pictures_are_drawn_in_the_colours_of_the_page(result: Result, *, narrow: bool) -> None:
    drawn = places(result, narrow=narrow)
    assert drawn is not None
    picture = svg({key: part for key, part in drawn.items() if key != "title"}, "places")
    assert f"var(--{THIRDS[0]}" in picture
    width = float(picture.split('width="', 1)[1].split('"', 1)[0])
    assert width <= (375 if narrow else 1000)
