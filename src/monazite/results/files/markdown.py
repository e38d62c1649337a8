"""Markdown: the main columns as a GitHub table, with findings, notes and citation beneath."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.results import shown
from monazite.results.files import printed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.results.result import Result
    from monazite.schema.findings import Finding

_DEPENDENCE = "dependence"
_HEAD = ("Material", "Net import reliance", "Leading source", "HHI of sources", "World leader", "Findings")
_MEANT = re.compile(r"([\\`*_\[\]<>|#~&])")


def markdown_bytes(result: Result) -> bytes:
    """The result as a page of GitHub Markdown."""
    table = _dependence(result) if result.study == _DEPENDENCE else _plain(result)
    parts = [f"# {escaped(result.title)}", escaped(result.question), table]
    parts.append(_section("Findings", _findings(result.findings)))
    parts.append(_section("Notes", [result.method, *result.notes]))
    parts.append(_section("How to cite", [result.cite()]))
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8")


def escaped(text: str) -> str:
    r"""A text that Markdown shows as it is, on one line.

    >>> escaped("a|b <i>")
    'a\\|b \\<i\\>'
    """
    return _MEANT.sub(r"\\\1", " ".join(text.split()))


def _plain(result: Result) -> str:
    """One line per row, in the columns the answer is shown in."""
    heads = [one.heading for one in shown.columns(result.table)]
    rows = [[escaped(cell) for cell in row] for row in shown.lines(result.table)]
    return "\n".join(_line(cells) for cells in [heads, ["---"] * len(heads), *rows])


def _dependence(result: Result) -> str:
    """One line per row, the columns a reader looks at first."""
    lines = [_line(_HEAD), _line("---" for _ in _HEAD)]
    for label, row in zip(printed.labels(result.table), result.table, strict=True):
        reliance = printed.reliance(row) + (f": {row['reason']}" if row["reason"] else "")
        told = (
            label,
            reliance,
            printed.supplier(row, "leading_source"),
            printed.index(row["source_hhi_low"], row["source_hhi_high"]),
            printed.supplier(row, "world_leader"),
            ", ".join(printed.rules(row)),
        )
        lines.append(_line(escaped(cell) for cell in told))
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |"


def _findings(findings: Iterable[Finding]) -> list[str]:
    """One line per finding."""
    return [
        f"{one.severity}, {one.rule}, {one.subject}: {one.found}; expected {one.expected}" for one in findings
    ]


def _section(heading: str, lines: Iterable[str]) -> str:
    """A heading and a list; nothing when the list is empty."""
    told = [f"- {escaped(line)}" for line in lines if line]
    return "\n".join([f"## {heading}", "", *told]) if told else ""
