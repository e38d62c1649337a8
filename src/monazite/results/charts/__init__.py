"""A result's charts, as Vega-Lite specifications in plain dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.charts.concentration import concentration
from monazite.results.charts.exposure import looked_through
from monazite.results.charts.imports import leading_partners, values
from monazite.results.charts.reliance import reliance
from monazite.results.charts.revisions import revisions
from monazite.results.charts.risk import intervals, places
from monazite.results.charts.sankey import sankey
from monazite.results.charts.sources_map import sources_map
from monazite.results.charts.stress import (
    calendar,
    cover,
    drivers,
    economy,
    industries,
    prices,
    shortages,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monazite.results.charts.style import Spec
    from monazite.results.result import Result

    Draw = Callable[..., Spec | None]

CHARTS: dict[str, Draw] = {
    "reliance": reliance,
    "sources_map": sources_map,
    "concentration": concentration,
    "revisions": revisions,
}
IMPORTS: dict[str, Draw] = {"leading_partners": leading_partners, "values": values}
EXPOSURE: dict[str, Draw] = {"looked_through": looked_through}
TRACE: dict[str, Draw] = {"sankey": sankey}
RISK: dict[str, Draw] = {"places": places, "intervals": intervals}
STRESS: dict[str, Draw] = {
    "shortages": shortages,
    "prices": prices,
    "calendar": calendar,
    "industries": industries,
    "economy": economy,
    "cover": cover,
    "drivers": drivers,
}
BY_TABLE = {
    "dependence": CHARTS,
    "imports": IMPORTS,
    "exposure": EXPOSURE,
    "trace": TRACE,
    "risk": RISK,
    "stress": STRESS,
}
"""What draws an answer, by the name of its table."""


def charts(
    result: Result, *, narrow: bool = False, draws: Mapping[str, Draw] | None = None
) -> Mapping[str, Spec]:
    """Every chart that the result has figures for, by name.

    Parameters
    ----------
    result
        The answer to draw; nothing is looked up beyond it.
    narrow
        Whether to draw for a telephone's width instead of a page's.
    draws
        The functions that draw, by name; by default those of the answer's table.

    Returns
    -------
    Mapping
        Vega-Lite specifications. Each carries its message as title and its source line as the
        last line of its subtitle; a chart without a figure to draw is left out.
    """
    by_name = BY_TABLE.get(result.table.table.name, {}) if draws is None else draws
    drawn = {name: draw(result, narrow=narrow) for name, draw in by_name.items()}
    return {name: drawing for name, drawing in drawn.items() if drawing is not None}
