"""One material on one screen: stage by stage, then findings and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.columns import Columns
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monazite.codes.countries import OTHER, WORLD
from monazite.interfaces.cli.bars import bar
from monazite.interfaces.cli.findings import finding_parts
from monazite.interfaces.cli.series import series_parts
from monazite.results import words
from monazite.results.files import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from monazite.results.result import Result

    Row = Mapping[str, Any]

_INDENT, _APART = 2, 4
_LEADING = 6


def profile_parts(result: Result, columns: int) -> list[RenderableType]:
    """What ``monazite show`` prints."""
    parts: list[RenderableType] = [Text(result.title, style="bold"), Text()]
    for row, label in zip(result.table, printed.labels(result.table), strict=True):
        series = series_parts(_of(result, "series", row), row, columns - _INDENT)
        parts += [_heading(row, label), _indented(_facts(row)), Text()]
        parts += [*(_indented(one) for one in series), Text()] if series else []
        parts += _suppliers(result, row, columns - _INDENT)
    return [*parts, *finding_parts(result.findings), Text(), Text(result.cite(), style="dim")]


def _indented(part: RenderableType) -> Padding:
    """A part of a material's section, moved to the right."""
    return Padding(part, (0, 0, 0, _INDENT))


def _of(result: Result, name: str, row: Row) -> list[Row]:
    """The detail rows that stand behind one row of the table."""
    return [one for one in result.details[name] if one["item"] == row["item"]]


def _heading(row: Row, label: str) -> Text:
    """Material, symbol, what is counted, and the lists it is on."""
    lists = [str(year) for year in (2022, 2025) if row[f"list_{year}"]]
    listed = (
        f"on the critical minerals list of {words.listed(lists)}" if lists else "on no critical minerals list"
    )
    stage = row["stage"] if label != printed.material(row) and row["stage"] != "all" else ""
    form = row["form"] if (row["form"] or "").casefold() not in label.casefold() else ""
    told = [row["symbol"], stage, form, listed]
    return Text.assemble((label, "bold cyan"), f"  {' · '.join(one for one in told if one)}")


def _facts(row: Row) -> Table:
    """The figures of the year, one to a line; a line without a figure is left out."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    for label, told in _told(row):
        if told:
            grid.add_row(label, told)
    return grid


def _told(row: Row) -> Iterable[tuple[str, Text | str | None]]:
    """Labels and figures of the year."""
    reliance = Text.assemble(
        (printed.reliance(row), "bold"), "  ", bar(row["reliance_low"], row["reliance_high"])
    )
    yield f"Net import reliance {row['year']}", reliance
    yield "", row["reason"]
    yield "Earlier edition", printed.revision(row)
    source = printed.supplier(row, "leading_source")
    yield "Leading source", f"{source} {_described(row['sources_form'])}" if source else ""
    yield "HHI of sources", printed.index(row["source_hhi_low"], row["source_hhi_high"])
    leader = printed.supplier(row, "world_leader")
    apart = ", without withheld United States output" if printed.without_home(row) else ""
    measure = f" of {printed.produced(row)}, {row['world_year']}{apart}"
    yield "World leader", leader and f"{leader}{measure}"
    yield "HHI of world production", printed.index(row["world_hhi_low"], row["world_hhi_high"])
    yield "Price", " ".join(one for one in (printed.price(row), _described(row["price_series"])) if one)
    yield "Uses", row["uses"]


def _described(text: str | None) -> str:
    """A remark in brackets."""
    return f"({text})" if text else ""


def _suppliers(result: Result, row: Row, columns: int) -> Iterable[RenderableType]:
    """Sources of imports and producers, beside each other where both fit."""
    both = (_sources(_of(result, "sources", row)), _producers(_of(result, "producers", row)))
    tables = [one for one in both if one]
    console = Console(width=columns)
    beside = sum(console.measure(one).maximum for one in tables) + _APART <= columns
    groups = [Columns(tables, padding=(0, _APART))] if beside else tables
    return [part for one in groups if tables for part in (_indented(one), Text())]


def _sources(rows: Sequence[Row]) -> Table | None:
    """Leading sources of imports as small bars."""
    if not rows:
        return None
    title = f"Sources of imports {rows[0]['period']}"
    return _bars(title, [(one["name"], printed.share(one["low"], one["high"]), one) for one in rows])


def _producers(rows: Sequence[Row]) -> Table | None:
    """Leading producers of the latest year as small bars."""
    latest = max((row["year"] for row in rows), default=None)
    named = [
        row for row in rows if row["year"] == latest and row["country"] not in (OTHER, WORLD) and row["value"]
    ]
    if not named:
        return None
    leading = sorted(named, key=lambda row: -row["value"])[:_LEADING]
    told = [(one["name"], printed.share(one["low"], one["high"]), one) for one in leading]
    return _bars(f"World production {latest}", told)


def _bars(title: str, told: Sequence[tuple[str, str, Row]]) -> Table:
    """A small table of names, shares and bars under a title."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(title, no_wrap=True)
    table.add_column("", justify="right", no_wrap=True, min_width=max(len(share) for _, share, _ in told))
    table.add_column("", no_wrap=True)
    for name, share, row in told:
        table.add_row(name, share, bar(row["low"], row["high"]))
    return table
