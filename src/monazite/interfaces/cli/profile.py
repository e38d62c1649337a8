"""One material on one screen: stage by stage, then findings and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.columns import Columns
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monazite.interfaces.cli.bars import bar
from monazite.interfaces.cli.findings import finding_parts
from monazite.results import words
from monazite.results.files import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from monazite.results.result import Result

    Row = Mapping[str, Any]

_LEADING = 6
_WORLD = ("OTH", "WLD")


def profile_parts(result: Result) -> list[RenderableType]:
    """What ``monazite show`` prints."""
    parts: list[RenderableType] = [Text(result.title, style="bold"), Text()]
    for row in result.table:
        parts += [
            _heading(row),
            Padding(_facts(row), (0, 0, 1, 2)),
            Padding(_series(_of(result, "series", row)), (0, 0, 1, 2)),
        ]
        suppliers = [_sources(_of(result, "sources", row)), _producers(_of(result, "producers", row))]
        parts.append(Padding(Columns([one for one in suppliers if one], padding=(0, 6)), (0, 0, 1, 2)))
    return [*parts, *finding_parts(result.findings), Text(), Text(result.cite(), style="dim")]


def _of(result: Result, name: str, row: Row) -> list[Row]:
    """The detail rows that stand behind one row of the table."""
    return [one for one in result.details[name] if one["item"] == row["item"]]


def _heading(row: Row) -> Text:
    """Material, symbol, what is counted, and the lists it is on."""
    lists = [str(year) for year in (2022, 2025) if row[f"list_{year}"]]
    listed = (
        f"on the critical minerals list of {words.listed(lists)}" if lists else "on no critical minerals list"
    )
    told = [row["symbol"], row["form"], listed]
    return Text.assemble((printed.material(row), "bold cyan"), f"  {' · '.join(one for one in told if one)}")


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
    yield "Leading source", printed.supplier(row, "leading_source")
    yield "HHI of sources", printed.index(row["source_hhi_low"], row["source_hhi_high"])
    yield "World leader", printed.supplier(row, "world_leader")
    yield "HHI of world production", printed.index(row["world_hhi_low"], row["world_hhi_high"])
    yield "Price", " ".join(one for one in (printed.price(row), _described(row["price_series"])) if one)
    yield "Uses", row["uses"]


def _described(text: str | None) -> str:
    """A remark in brackets."""
    return f"({text})" if text else ""


def _series(rows: Sequence[Row]) -> Table:
    """The annual series, one line per term and edition, one column per year."""
    years = sorted({row["year"] for row in rows})
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("By year and edition", no_wrap=True)
    table.add_column("", no_wrap=True, style="dim")
    for year in years:
        table.add_column(str(year), justify="right", no_wrap=True)
    terms = list(dict.fromkeys(row["term"] for row in rows))
    lines: dict[tuple[int, str, str], dict[int, str]] = {}
    for row in rows:
        line = (terms.index(row["term"]), row["as_of"], row["unit"])
        lines.setdefault(line, {})[row["year"]] = _figure(row)
    for (term, edition, unit), figures in sorted(lines.items()):
        label = words.sentence(terms[term].replace("-", " ")) + ("" if unit == "1" else f", {unit}")
        table.add_row(label, words.edition(edition), *(figures.get(year, "") for year in years))
    return table


def _figure(row: Row) -> str:
    """One figure of a series."""
    if row["unit"] == "1":
        return words.published_percent(row["published"], row["obs_status"])
    return words.figure(row["low"], row["high"], row["obs_status"])


def _sources(rows: Sequence[Row]) -> Table | None:
    """Leading sources of imports as small bars."""
    if not rows:
        return None
    title = f"Sources of imports {rows[0]['period']}"
    return _bars(title, [(one["name"], printed.share(one["low"], one["high"]), one) for one in rows])


def _producers(rows: Sequence[Row]) -> Table | None:
    """Leading producers of the latest year as small bars."""
    latest = max((row["year"] for row in rows), default=None)
    named = [row for row in rows if row["year"] == latest and row["country"] not in _WORLD and row["value"]]
    if not named:
        return None
    leading = sorted(named, key=lambda row: -row["value"])[:_LEADING]
    told = [(one["name"], printed.share(one["low"], one["high"]), one) for one in leading]
    return _bars(f"World production {latest}", told)


def _bars(title: str, told: Iterable[tuple[str, str, Row]]) -> Table:
    """A small table of names, shares and bars under a title."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(title, no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for name, share, row in told:
        table.add_row(name, share, bar(row["low"], row["high"]))
    return table
