"""Imports of a group of goods as a terminal shows them: what fits, the most important columns first."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monazite.interfaces.cli.bars import bar
from monazite.interfaces.cli.table import Shown, fitted
from monazite.results import shown
from monazite.results.files import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from monazite.results.result import Result

    Row = Mapping[str, Any]

_GAP = 1
UNION = "european-union"
_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def group_parts(result: Result, columns: int) -> list[RenderableType]:
    """What ``monazite assess --group`` prints: title, table, findings, notes, sources."""
    rows = list(result.table)
    parts: list[RenderableType] = [Text(result.title, style="bold"), _table(result, rows, columns), Text()]
    return [*parts, *_findings(result), *_notes(result)]


def _table(result: Result, rows: Sequence[Row], columns: int) -> Table:
    """One line per product, a rule between kinds of goods."""
    table = Table(
        box=SIMPLE_HEAD, show_edge=False, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold"
    )
    every = _columns(result)
    widths = fitted(every, {one: _natural(one, rows) for one in every}, columns)
    for one, width in widths.items():
        table.add_column(one.heading, justify=one.justify, no_wrap=True, overflow="ellipsis", width=width)
    ends = [one["kind"] != other["kind"] for one, other in pairwise(rows)]
    for row, end in zip(rows, [*ends, False], strict=True):
        table.add_row(*(one.cell(row) for one in widths), end_section=end)
    return table


def _columns(result: Result) -> tuple[Shown, ...]:
    """The columns, those of high rank left out first."""
    weight = result.parameters["by"] == "weight"

    def amount(row: Row) -> str:
        stem = "mass" if weight else "value"
        return shown.told(result.table.table, row, stem) + (" t" if weight else "")

    return (
        Shown("Goods", itemgetter("name"), 0, 22),
        Shown("Imports", amount, 0, justify="right"),
        Shown("Leading partner", _leader, 0, 17),
        Shown("0 ─ 100%", lambda row: bar(row["leading_share_low"], row["leading_share_high"]), 3),
        Shown("HHI", lambda row: shown.told(result.table.table, row, "hhi"), 1, justify="right"),
        Shown("Partners", lambda row: str(row["partners"]), 4, justify="right"),
        Shown("Codes", _codes, 2),
    )


def _leader(row: Row) -> str:
    """The leading partner with its share in front, so that a long name loses letters, not figures."""
    if not row["leading_partner_name"]:
        return ""
    if (row["leading_share_low"], row["leading_share_high"]) == (0, 1):
        return shown.UNKNOWN
    share = printed.share(row["leading_share_low"], row["leading_share_high"])
    who = "EU" if row["leading_partner"] == UNION else row["leading_partner_name"]
    return f"{share:>6} {who}"


def _codes(row: Row) -> str:
    """The one code; of several the subheading, and how many more of those there are.

    >>> _codes({"codes": "8505110070"}), _codes({"codes": "8507100030; 8507100060; 8507208041"})
    ('8505110070', '8507.10 +1')
    """
    codes = [one for one in (row["codes"] or "").split("; ") if one]
    if len(codes) == 1:
        return codes[0]
    found = list(dict.fromkeys(one[:6] for one in codes))
    more = f" +{len(found) - 1}" if len(found) > 1 else ""
    return f"{found[0][:4]}.{found[0][4:]}{more}" if found else ""


def _natural(column: Shown, rows: Iterable[Row]) -> int:
    """How wide a column would be if nothing were in its way."""
    return max(len(column.heading), *(len(column.cell(row)) for row in rows))


def _findings(result: Result) -> list[RenderableType]:
    """What was found, the gravest first, under the name of what it is about."""
    names = {row["product"]: row["name"] for row in result.table}
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for one in sorted(result.findings, key=lambda told: list(_STYLES).index(told.severity)):
        told = Text.assemble((names.get(one.subject, one.subject), "bold"), f": {one.found}")
        grid.add_row(Text(one.rule, style=_STYLES[one.severity]), told)
    return [Padding(grid, (0, 0, 1, 0))] if result.findings else []


def _notes(result: Result) -> list[RenderableType]:
    """What to know before reading the figures, and where they come from."""
    sources = "; ".join(f"{one.publisher}, {one.title}, {one.as_of}" for one in result.sources)
    notes: list[RenderableType] = [Text(note) for note in result.notes]
    return [*notes, Text(f"Source: {sources}.", style="dim")] if sources else notes
