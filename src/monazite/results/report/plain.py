"""The page of any answer: title, question, headlines, the table, charts, what stands behind, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from monazite.results import shown
from monazite.results.charts import charts as drawn_charts
from monazite.results.report.found import under_rules
from monazite.results.report.page import asset, drawings, filled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monazite.results.charts import Draw
    from monazite.results.frame import Frame
    from monazite.results.result import Result
    from monazite.results.shown import Cell, Shown

MOST = 300
"""Rows of a table behind the answer that the page holds; the files hold all."""


class Head(NamedTuple):
    """A heading; whether the largest come first when sorted by it, and whether rules stand under it."""

    text: str
    down: bool
    rules: bool


class Behind(NamedTuple):
    """A table behind the answer, its first rows as plain text."""

    title: str
    meaning: str
    heads: list[Head]
    rows: list[list[str]]
    number: int


def plain_html(
    result: Result, charts: Mapping[str, Draw] | None = None, columns: Sequence[Shown] = ()
) -> str:
    """A result as one self-contained page that loads nothing, as :func:`report_html` of its study.

    Parameters
    ----------
    result
        The answer of any study.
    charts
        Functions that draw it, by name, as in ``results.charts``; by default those declared for its
        table there. One that gives ``None`` has nothing to draw.
    columns
        The columns of the table, the name of the row first; by default those declared for the table
        in ``results.shown``, otherwise all that hold anything.

    Returns
    -------
    str
        The text of one HTML file; the same result gives the same text.
    """
    chosen = tuple(columns) or shown.columns(result.table)
    return filled(
        "plain.html.jinja",
        result,
        style=Markup(asset("report.css") + asset("plain.css")),  # noqa: S704 - our own files, no data in them
        about=result.table.table.meaning,
        heads=_heads(result.table, chosen),
        rows=_cells(result.table, chosen),
        drawings=drawings(*(drawn_charts(result, narrow=narrow, draws=charts) for narrow in (False, True))),
        behind=[_behind(name, frame) for name, frame in result.details.items() if len(frame)],
        rules=under_rules(result, _names(result.table)),
    )


def _heads(frame: Frame, chosen: Sequence[Shown]) -> list[Head]:
    """The headings of a table."""
    return [
        Head(one.heading, shown.is_number(frame.table, one.name), one.name == shown.FINDINGS)
        for one in chosen
    ]


def _cells(frame: Frame, chosen: Sequence[Shown]) -> list[list[Cell]]:
    """The cells of a table."""
    return [[shown.cell(frame, one, row) for one in chosen] for row in frame]


def _behind(name: str, frame: Frame) -> Behind:
    """One table behind the answer."""
    chosen = shown.columns(frame)
    rows = shown.lines(type(frame)(frame.table, frame.rows[:MOST]), chosen)
    title = shown.heading(name)
    return Behind(title, frame.table.meaning, _heads(frame, chosen), rows, len(frame))


def _names(frame: Frame) -> dict[Any, str]:
    """What the subject of a finding is called, where it is the key of a row that has a name."""
    if "name" not in frame.table.names or not frame.table.key:
        return {}
    return {row[frame.table.key[0]]: str(row["name"]) for row in frame}
