"""Mirror records made one, and detours around a falling flow."""

from __future__ import annotations

import math

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods import tracing as t

NAN = math.nan


def test_two_records_become_their_mean_and_one_stays() -> None:
    made = t.reconcile_mirrors(np.array([[0, 110], [NAN, 0]]), [[0, 80], [30, 0]], margin=0.1)
    assert made.flow == pytest.approx(np.array([[0, 90], [30, 0]]))
    assert made.low == pytest.approx(np.array([[0, 80], [30, 0]]))
    assert made.high == pytest.approx(np.array([[0, 100], [30, 0]]))


def test_the_more_reliable_reporter_counts_more() -> None:
    made = t.reconcile_mirrors([[0, 100], [0, 0]], [[0, 50], [0, 0]], reliability=[3, 1])
    assert made.flow[0, 1] == 87.5
    alone = t.reconcile_mirrors([[0, 100], [0, 0]], [[0, 50], [0, 0]], reliability=[0, 1])
    assert alone.flow[0, 1] == 50


def test_records_apart_by_more_than_a_factor_disagree() -> None:
    imports = np.array([[0, 100, 100, 0], [0, 0, 0, NAN], [0, 0, 0, 0], [0, 0, 0, 0]])
    exports = np.array([[0, 50, 49, 3], [0, 0, 0, 5], [0, 0, 0, 0], [0, 0, 0, 0]])
    made = t.reconcile_mirrors(imports, exports)
    assert np.argwhere(made.disagree).tolist() == [[0, 2], [0, 3]]  # 2.04 times; something against nothing
    assert t.reconcile_mirrors(imports, exports, factor=3).disagree.sum() == 1


def test_what_neither_reported_stays_missing() -> None:
    made = t.reconcile_mirrors(np.array([[0, NAN], [1, 0]]), np.array([[NAN, NAN], [1, 0]]))
    assert math.isnan(made.flow[0, 1])
    assert math.isnan(made.low[0, 1])
    assert not made.disagree.any()
    with pytest.raises(MethodError, match=r"flow 1 → 0 is nan"):
        t.trace_origins([1, 1], made.flow)


@pytest.mark.parametrize(
    ("imports", "exports", "options", "told"),
    [
        ([[0, -1], [0, 0]], [[0, 0], [0, 0]], {}, r"import report \(0, 1\) is -1"),
        ([[0, 0], [0, 0]], [[0, math.inf], [0, 0]], {}, r"export report \(0, 1\) is inf"),
        ([[0, 0], [0, 4]], [[0, 0], [0, 0]], {}, "country 1 reports 4 of imports with itself"),
        ([[0]], [[0, 0], [0, 0]], {}, r"\(1, 1\) and \(2, 2\)"),
        ([0, 0], [[0]], {}, r"shape \(n, n\), found \(2,\)"),
        ([[0]], [[0]], {"margin": -0.1}, "margin is -0.1"),
        ([[0]], [[0]], {"margin": NAN}, "margin is nan"),
        ([[0]], [[0]], {"factor": 0.5}, "factor 0.5"),
        ([[0]], [[0]], {"reliability": [1, 1]}, "2 reliabilities for 1"),
        ([[0, 5], [0, 0]], [[0, 4], [0, 0]], {"reliability": [0, 0]}, r"flow \(0, 1\) have reliability 0"),
    ],
)
def test_records_that_cannot_be_are_told(
    imports: list[object], exports: list[object], options: dict[str, object], told: str
) -> None:
    with pytest.raises(MethodError, match=told):
        t.reconcile_mirrors(imports, exports, **options)  # type: ignore[arg-type] # wrong on purpose


# ── Transshipment ────────────────────────────────────────────────────────────────────────────


def test_a_country_that_does_not_produce_takes_over_a_falling_flow() -> None:
    found = t.transshipment_alarms([100, 100, 20], [[0, 5], [0, 5], [60, 45]], [False, True])
    assert found.alarm.tolist() == [[False, False], [False, False], [True, False]]
    assert found.fall[1:].tolist() == [0, 80]
    assert found.covered[2].tolist() == [0.75, 0.5]
    assert found.score[2].tolist() == [0.6, 0.4]


def test_without_the_first_leg_rising_there_is_no_detour() -> None:
    rising = t.transshipment_alarms([100, 20], [[0], [60]], [False], into=[[10], [40]])
    assert rising.score[1].tolist() == [0.3]
    flat = t.transshipment_alarms([100, 20], [[0], [60]], [False], into=[[10], [10]])
    assert not flat.alarm.any()


def test_averaged_years_see_through_one_bad_year() -> None:
    direct, through = [100, 10, 100, 100], [[0], [90], [0], [0]]
    assert t.transshipment_alarms(direct, through, [False]).alarm[1, 0]
    assert not t.transshipment_alarms(direct, through, [False], window=2, least=0.2).alarm.any()


def test_years_are_averaged_before_and_from_the_alarm_on() -> None:
    found = t.transshipment_alarms([90, 110, 40, 20], [[0], [10], [35], [45]], [False], window=2)
    assert found.fall[2] == 70
    assert found.score[2].tolist() == [0.35]
    assert found.covered[2].tolist() == [0.5]


@pytest.mark.parametrize("years", [0, 1, 2])
def test_years_without_a_window_are_unknown_and_no_alarm(years: int) -> None:
    found = t.transshipment_alarms([1.0] * years, [[1.0]] * years or np.empty((0, 1)), [False], window=2)
    assert np.isnan(found.score).all()
    assert not found.alarm.any()


@pytest.mark.parametrize(
    ("direct", "through", "options", "told"),
    [
        ([1, -1], [[0], [0]], {}, "direct flow 1 is -1"),
        ([1, 1], [[0], [NAN]], {}, "flow through 1 is nan"),
        ([1, 1], [[0, 1], [0, 1]], {}, r"\(2, 1\), found \(2, 2\)"),
        ([1, 1], [[0], [0]], {"into": [[0]]}, r"flows into .* found \(1, 1\)"),
        ([1, 1], [[0], [0]], {"window": 0}, "window is 0"),
        ([1, 1], [[0], [0]], {"least": 0}, "least 0"),
        ([1, 1], [[0], [0]], {"least": NAN}, "least nan"),
    ],
)
def test_series_that_cannot_be_are_told(
    direct: list[float], through: list[list[float]], options: dict[str, object], told: str
) -> None:
    with pytest.raises(MethodError, match=told):
        t.transshipment_alarms(direct, through, [False], **options)  # type: ignore[arg-type] # the same
