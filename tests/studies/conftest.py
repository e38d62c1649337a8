"""Made-up balances and rows, so that a rule can be tested at its boundary."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from monazite.results.frame import Frame
from monazite.schema.dependence import DEPENDENCE
from monazite.schema.interval import Interval
from monazite.studies.dependence.figures import Balance, Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Cell = float | str | Interval


def figure(cell: Cell, year: int, series: str) -> Figure:
    """A number as an exact figure, an interval as a censored one, a word as the status of a silent one."""
    if isinstance(cell, str):
        half = Interval(0.0, 0.5) if cell == "below-half-unit" else None
        return Figure(year, half, "t", cell, False, cell, "tons", series, "USA", "a file, line 2")  # noqa: FBT003 - not estimated
    if isinstance(cell, Interval):
        printed = f"{cell.low:g}–{cell.high:g}"
        return Figure(year, cell, "t", "censored", False, printed, "tons", series, "USA", "a file, line 2")  # noqa: FBT003 - as above
    exact = Interval.exact(float(cell))
    return Figure(year, exact, "t", "normal", False, f"{cell:g}", "tons", series, "USA", "a file, line 2")  # noqa: FBT003 - as above


def balance(
    terms: Mapping[str, Mapping[int, list[Cell]]], item: str = "tin.refined", as_of: str = "mcs2026"
) -> Balance:
    """A balance whose every term holds, by year, a figure a series."""
    made: dict[str, dict[int, list[Figure]]] = defaultdict(dict)
    for term, years in terms.items():
        for year, cells in years.items():
            made[term][year] = [
                figure(cell, year, f"Tin | {term} {number}") for number, cell in enumerate(cells)
            ]
    return Balance(item, as_of, made)


@pytest.fixture
def make_balance() -> Callable[..., Balance]:
    """Make up a balance."""
    return balance


@pytest.fixture
def make_table() -> Callable[..., Frame]:
    """Make up a table of the study from what matters of each row."""

    def table(*told: Mapping[str, Any]) -> Frame:
        blank: dict[str, Any] = dict.fromkeys(DEPENDENCE.names)
        return Frame(DEPENDENCE, tuple(blank | dict(row) for row in told))

    return table
