"""The engine's steps give what the methods in numpy give."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from monazite.methods.outliers import (
    LEAST_SPREAD,
    NORMAL,
    Expected,
    expected_mass,
    median_absolute_deviation,
    told_apart,
)
from monazite.store.workspace import Workspace
from monazite.studies.audit.histories import histories
from monazite.studies.audit.scope import scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from monazite.store.home import Store
    from monazite.studies.audit.scope import Scope

    Flow = Callable[..., dict[str, Any]]
    MadeUp = Callable[[Path], Callable[..., Store]]

YEARS = range(2008, 2020)
PAIRS, CODES = 25, 3


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, made_up: MadeUp, flow: Flow) -> Iterator[Scope]:
    """A workspace in which wild flows have been judged, and the working tables are still there."""
    random = np.random.default_rng(7)
    rows = [
        flow(
            year,
            float(np.exp(random.normal(12.5, 1.5))),
            None
            if random.random() < 0.05
            else float(np.exp(random.normal(7, 1) + 9 * (random.random() < 0.03))),
            code=f"28000{code}",
            importer=f"P{pair:02}",
        )
        for code in range(CODES)
        for pair in range(PAIRS)
        for year in YEARS
        if random.random() < 0.9
    ]
    store = made_up(tmp_path_factory.mktemp("judged"))(*rows)
    with pytest.MonkeyPatch.context() as patch, Workspace(store) as space:
        patch.setattr("monazite.studies.audit.histories.WORKING", ())
        told = scope(space, (), rules=None, since=None, shown=10, known_sources=list)
        histories(told)
        yield told


def prices(told: Scope) -> dict[tuple[str, str], dict[int, tuple[float, float, float]]]:
    """Value, mass and log unit value by code, importer and year, as they are stored."""
    found: dict[tuple[str, str], dict[int, tuple[float, float, float]]] = defaultdict(dict)
    for row in told.space.rows("SELECT code, importer, year, value_usd, mass_t FROM trade WHERE mass_t > 0"):
        price = float(np.log(row["value_usd"] / row["mass_t"]))
        found[row["code"], row["importer"]][row["year"]] = (row["value_usd"], row["mass_t"], price)
    return found


def test_levels_and_spreads_of_codes(judged: Scope) -> None:
    held = prices(judged)
    told = judged.space.rows(
        "SELECT DISTINCT code, year, level, spread, flows FROM batch JOIN usual USING (goods, year)"
    )
    assert len(told) == CODES * len(YEARS)
    for row in told:
        given = [
            by[row["year"]][2] for (code, _), by in held.items() if code == row["code"] and row["year"] in by
        ]
        assert row["level"] == pytest.approx(np.median(given), rel=1e-12)
        assert row["spread"] == pytest.approx(median_absolute_deviation(given), rel=1e-9)
        assert row["flows"] == len(given)


def test_scores_of_flows_against_their_own_history(judged: Scope) -> None:
    held = prices(judged)
    told = judged.space.rows(
        "SELECT code, importer, year, off, z, known FROM judged JOIN batch USING (series, year)"
    )
    level = {
        (code, year): np.median(
            [by[year][2] for (other, _), by in held.items() if other == code and year in by]
        )
        for code in {code for code, _ in held}
        for year in YEARS
    }
    checked = 0
    for row in told:
        own = held[row["code"], row["importer"]]
        if not row["known"] or row["year"] not in own:
            continue
        relative = {year: own[year][2] - level[row["code"], year] for year in own}
        spread = max(median_absolute_deviation(list(relative.values())), LEAST_SPREAD)
        off = relative[row["year"]] - np.median(list(relative.values()))
        assert row["off"] == pytest.approx(off, abs=1e-9)
        assert row["z"] == pytest.approx(abs(NORMAL * off / spread), abs=1e-9)
        checked += 1
    assert checked > 500


def test_verdicts_of_changes(judged: Scope) -> None:
    told = judged.space.rows("SELECT * FROM step WHERE dq IS NOT NULL AND jump IS NOT NULL")
    verdicts = told_apart(
        [row["dv"] for row in told],
        [row["dq"] for row in told],
        market_change=[row["dv"] - row["dq"] - row["jump"] for row in told],
        market_spread=[row["band"] for row in told],
        deviation_before=[row["off_was"] for row in told],
        deviation_after=[row["off_now"] for row in told],
    )
    assert [row["verdict"] for row in told] == verdicts
    assert set(verdicts) == {"calm", "trade", "quantity", "unclear"}


def test_drifts_and_scatters_of_codes(judged: Scope) -> None:
    held = prices(judged)
    told = judged.space.rows(
        "SELECT DISTINCT code, year, drift, scatter, pairs FROM batch JOIN moves USING (goods, year)"
    )
    for row in told:
        changes = [
            by[row["year"]][2] - by[row["year"] - 1][2]
            for (code, _), by in held.items()
            if code == row["code"]
            and {row["year"], row["year"] - 1} <= set(by)
            and min(by[row["year"]][0], by[row["year"] - 1][0]) >= 100_000
        ]
        assert row["pairs"] == len(changes)
        assert row["drift"] == pytest.approx(np.median(changes), abs=1e-9)
        assert row["scatter"] == pytest.approx(median_absolute_deviation(changes), abs=1e-9)


def test_expected_masses(judged: Scope) -> None:
    held = prices(judged)
    level = {
        (code, year): np.median(
            [by[year][2] for (other, _), by in held.items() if other == code and year in by]
        )
        for code in {code for code, _ in held}
        for year in YEARS
    }
    told = judged.space.rows("SELECT * FROM suspect WHERE kind = 'own history'")
    assert told
    for row in told:
        own = held[row["code"], row["importer"]]
        at = level[row["code"], row["year"]]
        usual = [float(np.exp(own[year][2] - level[row["code"], year] + at)) for year in own]
        found = Expected(row["expected"], row["low"], row["high"])
        assert found == pytest.approx(expected_mass(row["value"], usual), rel=1e-9)
