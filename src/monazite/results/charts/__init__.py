"""A result's charts, as Vega-Lite specifications in plain dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.charts.concentration import concentration
from monazite.results.charts.reliance import reliance
from monazite.results.charts.revisions import revisions
from monazite.results.charts.sources_map import sources_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.results.charts.style import Spec
    from monazite.results.result import Result

CHARTS = {
    "reliance": reliance,
    "sources_map": sources_map,
    "concentration": concentration,
    "revisions": revisions,
}


def charts(result: Result, *, narrow: bool = False) -> Mapping[str, Spec]:
    """Every chart that the result has figures for, by name.

    Parameters
    ----------
    result
        The answer to draw; nothing is looked up beyond it.
    narrow
        Whether to draw for a telephone's width instead of a page's.

    Returns
    -------
    Mapping
        Vega-Lite specifications. Each carries its message as title and its source line as the
        last line of its subtitle; a chart without a figure to draw is left out.
    """
    drawn = {name: draw(result, narrow=narrow) for name, draw in CHARTS.items()}
    return {name: drawing for name, drawing in drawn.items() if drawing is not None}
