"""Figures far off the other years of their series: ``figure-implausible``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.methods.outliers import JUMP_Z, LEAST_SPREAD, decimal_slip, modified_z
from monazite.studies.audit import words
from monazite.studies.audit.figures import named, numbers
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.thresholds import FIGURE_FACTOR, FIGURE_WINDOW, FIGURE_YEARS

if TYPE_CHECKING:
    from monazite.studies.audit.figures import History, Row, Series
    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

TELLING = 2
"""A slip of so many decimal places is named; tenfold alone has other reasons as often."""

INSIDE, AT_END = "inside the series", "at its end"
"""Where a figure lies: between usual ones it is a slip; at the end it may be an opening or a closure."""


def implausible(scope: Scope, source: str, held: dict[Series, History]) -> Outcome:
    """Figures ten times too small or too large for their neighbours."""
    rows: list[Row] = []
    for key, history in held.items():
        values = numbers(history)
        for year, (usual, score) in outliers(values).items():
            rows.append(_off(key, history[year], values, usual, score))
    rows.sort(key=lambda row: (row["place"], -row["factor"], row["subject"]))
    inside = sum(row["kind"] == INSIDE and row["year"] >= scope.since for row in rows)
    told = f"{{n}} figure{{s}} tenfold off, {inside:,} between usual ones. {{worst}}"
    return outcome(
        scope,
        "figure-implausible",
        source,
        rows,
        told=told,
        table="mineral_statistic",
        unit="figures",
        expected="a figure like those of the years around it",
        examined=sum(len(numbers(one)) for one in held.values()),
    )


def outliers(values: dict[int, float]) -> dict[int, tuple[float, float]]:
    """Years whose figure is an outlier among those around it, with the usual figure and the score.

    >>> found = outliers({2018: 195720, 2019: 165750, 2020: 215700, 2021: 170, 2022: 150, 2023: 520390})
    >>> sorted(found), round(found[2021][0], -3)
    ([2021, 2022], 180000.0)
    """
    found = {}
    for year, value in values.items():
        around = [other for at, other in values.items() if abs(at - year) <= FIGURE_WINDOW]
        if len(around) < FIGURE_YEARS:
            continue
        logs = np.log(around)
        usual = float(np.median(logs))
        place = around.index(value)
        score = float(modified_z(logs, least_spread=LEAST_SPREAD)[place])
        if abs(score) > JUMP_Z and abs(math.log(value) - usual) > math.log(FIGURE_FACTOR):
            found[year] = (math.exp(usual), score)
    return found


def _off(key: Series, row: Row, values: dict[int, float], usual: float, score: float) -> Row:
    """An outlier in words; between usual figures it is a slip, at the end it may be the truth."""
    value, year = row["value"], row["year"]
    ratio = usual / value
    places = decimal_slip(ratio)
    beyond = {at for at, other in values.items() if _beyond(other / value, ratio)}
    inside = bool(beyond) and min(beyond) < year < max(beyond)
    slip = f", a slip of {abs(places)} decimal places" if abs(places) >= TELLING else ""
    factor = max(ratio, 1 / ratio)
    return named(
        key,
        row,
        kind=INSIDE if inside else AT_END,
        found=f"{words.amount(value)} {row['unit']}, {words.times(factor)} times too"
        f" {'small' if ratio > 1 else 'large'}{slip}",
        expected=f"about {words.amount(usual)} {row['unit']}: {_around(values, year)}",
        expected_amount=usual,
        factor=factor,
        score=score,
        place=(not inside, not slip),
    )


def _beyond(other: float, ratio: float) -> bool:
    """Whether another figure is tenfold away in the same direction as the usual one."""
    return other >= FIGURE_FACTOR if ratio > 1 else other <= 1 / FIGURE_FACTOR


def _around(values: dict[int, float], year: int) -> str:
    """The figures of the years around one."""
    near = sorted((at for at in values if at != year), key=lambda at: (abs(at - year), at))[:4]
    return ", ".join(f"{words.amount(values[at])} in {at}" for at in sorted(near))
