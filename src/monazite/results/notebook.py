"""A result as a notebook shows it: title, headlines, table, findings, citation; no script, no drawing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from markupsafe import Markup

from monazite.results import shown
from monazite.results.report.ranking import ranking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.results.report.ranking import Ranked
    from monazite.results.result import Headline, Result

DEPENDENCE = "dependence"
SHOWN = 25
COLUMNS = ("Material", "Net import reliance", "Leading source", "Source HHI", "World leader", "Findings")
CELL = 'style="text-align:left;vertical-align:top"'
FIGURE = Markup("<li>{label}: <b>{value}</b>, {detail}</li>")
PAGE = Markup(
    "<section><h3>{title}</h3><p>{question}</p><ul>{headlines}</ul>"
    "<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    "<p>{more}</p><p>Findings: {findings}.</p><p><small>{citation}</small></p></section>"
)


def notebook_html(result: Result) -> Markup:
    """The result as HTML for a notebook's output; every text is escaped.

    The first rows are shown, the others counted; ``write("report.html")`` makes the whole report.
    """
    known = result.study == DEPENDENCE
    heads = COLUMNS if known else [one.heading for one in shown.columns(result.table)]
    rows = [texts(row) for row in ranking(result)] if known else shown.lines(result.table)
    return PAGE.format(
        title=result.title,
        question=result.question,
        headlines=Markup().join(map(headline, result.headlines)),
        head=cells(heads, "th"),
        body=Markup().join(map(line, rows[:SHOWN])),
        more=more(len(result.table)),
        findings=found(result),
        citation=result.cite(),
    )


def headline(told: Headline) -> Markup:
    """One headline figure."""
    return FIGURE.format(label=told.label, value=told.value, detail=told.detail)


def cells(texts: Iterable[str], tag: str) -> Markup:
    """Cells of a row."""
    return Markup().join(Markup(f"<{tag} {CELL}>{{}}</{tag}>").format(text) for text in texts)  # noqa: S704 - constants


def line(texts: Iterable[str]) -> Markup:
    """One row of the table."""
    return Markup("<tr>{}</tr>").format(cells(texts, "td"))


def texts(row: Ranked) -> tuple[str, ...]:
    """One row of the dependence table; where there is no figure, the reason stands in its place."""
    reliance = ", ".join(filter(None, (row.reliance.text, row.reliance.under)))
    source = ", ".join(filter(None, (row.source.text, row.source.under)))
    leader = ", ".join(filter(None, (row.leader.text, row.leader.under)))
    return (row.name.text, reliance, source, row.source_index.text, leader, ", ".join(row.rules) or "none")


def more(rows: int) -> str:
    """How many rows are not shown."""
    return f"{rows - SHOWN} more rows: see .table, or write a report." if rows > SHOWN else f"{rows} rows."


def found(result: Result) -> str:
    """How many findings there are under each rule."""
    counts = Counter(finding.rule for finding in result.findings)
    return ", ".join(f"{rule} ({count})" for rule, count in counts.most_common()) or "none"
