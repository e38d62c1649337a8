"""Charts of a stress test: each is drawn, wide and narrow, and says its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import vl_convert

from monazite.results.charts import STRESS, charts
from monazite.results.charts.stress import times
from monazite.studies.stress import stress

if TYPE_CHECKING:
    from monazite.results.result import Result


@pytest.fixture(scope="module")
def found() -> Result:
    return stress("rare-earths-2025", draws=64)


@pytest.mark.parametrize("narrow", [False, True])
def test_every_chart_is_drawn(found: Result, *, narrow: bool) -> None:
    drawn = charts(found, narrow=narrow)
    assert set(drawn) == set(STRESS)
    for spec in drawn.values():
        assert spec["title"]["text"]
        assert vl_convert.vegalite_to_svg(spec).startswith("<svg")


def test_nothing_short_draws_no_calendar() -> None:
    calm = stress("port-closure", draws=64)
    assert "calendar" not in charts(calm)


def test_multiples_in_words() -> None:
    assert times(None) == "an unknown number of times"
    assert times(1.44) == "1.4 times"
    assert times(12.4) == "12 times"
