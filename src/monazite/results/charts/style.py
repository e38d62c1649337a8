"""The look every chart shares, and the colours that a page may swap for its own theme."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from monazite.results.words import edition

if TYPE_CHECKING:
    from collections.abc import Collection

    from monazite.results.result import Result

Spec = dict[str, Any]

# One colour, one name: a page replaces each by the variable of that name, so no two may be equal.
COLOURS = {
    "ink": "#16202a",
    "muted": "#56616c",
    "rule": "#dde2e7",
    "paper": "#fefefe",
    "accent": "#1d5e8b",
    "pale": "#a6c8e0",
    "warn": "#b3470e",
    "zone": "#f3f6f8",
    "land": "#e8ebee",
    "map1": "#d3e3ee",
    "map2": "#9bc2dc",
    "map3": "#4e92bf",
    "map4": "#1c5c88",
}
FONT = "system-ui, sans-serif"
SIZE = 12
# Letters of a subtitle's line, where a chart stands alone.
LINE = 120


def spec(source: str, title: str, subtitle: str, **body: Any) -> Spec:  # noqa: ANN401 - Vega-Lite's own terms
    """A Vega-Lite specification with the message as its title and the sources under it."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": title, "subtitle": [*textwrap.wrap(subtitle, LINE), f"Source: {source}."]},
        "description": f"{title}. {subtitle}",
        "background": None,
        "padding": {"left": 2, "right": 24, "top": 2, "bottom": 6},
        **body,
        "config": config(),
    }


def one_edition(result: Result) -> str:
    """The source line of a chart that draws one edition: the one the answer is given as of."""
    return source_line(result, {row["as_of"] for row in result.table})


def source_line(result: Result, editions: Collection[str] = ()) -> str:
    """Which editions, all unless some are named, stand behind a chart, with their identifiers."""
    return "; ".join(
        f"{source.publisher}, {source.title} ({edition(source.as_of)})"
        + (f", doi:{source.doi}" if source.doi else "")
        for source in result.sources
        if not editions or source.as_of in editions
    )


def config() -> Spec:
    """Fonts, axes and marks of every chart."""
    ink, muted, rule = COLOURS["ink"], COLOURS["muted"], COLOURS["rule"]
    return {
        "font": FONT,
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "color": ink, "fontSize": 16, "subtitleColor": muted, "subtitleFontSize": SIZE,
            "offset": 12,
        },
        "axis": {
            "domain": False, "ticks": False, "gridColor": rule, "labelColor": muted, "labelFontSize": SIZE,
            "labelPadding": 6, "titleColor": muted, "titleFontSize": SIZE, "titleFontWeight": "normal",
        },
        "header": {"labelColor": ink, "labelFontSize": SIZE, "titleColor": ink},
        "text": {"color": ink, "fontSize": SIZE},
    }  # fmt: skip


def value(colour: str) -> Spec:
    """A constant colour, by its name."""
    return {"value": COLOURS[colour]}
