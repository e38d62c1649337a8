"""The annual series of one row: a line per term and edition, a column per year, short enough to fit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.table import Table
from rich.text import Text

from monazite.interfaces.cli.table import short_price
from monazite.results import words
from monazite.results.files import printed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    Row = Mapping[str, Any]

MARKS = {  # as the publisher prints them, where it does
    "net-exporter": "E",
    "withheld": "W",
    "below-half-unit": "s",
    "not-available": "n.a.",
    "not-collected": "n.c.",
    "not-applicable": "XX",
    "described": "…",
    "unreadable": "?",
}
WORDS = words.MISSING | {"net-exporter": "net exporter"}
_HEADING = "By year and edition"
_GAP = 2
_THOUSAND, _MILLION = 1_000, 1_000_000
_COUNTED = {1: "", _THOUSAND: "1,000 ", _MILLION: "million "}


class Line(NamedTuple):
    """One line of the table: what is measured, by which edition, and the figure of each year."""

    label: str
    edition: str
    figures: Mapping[int, str]


def series_parts(rows: Sequence[Row], shown: Row, columns: int) -> list[RenderableType]:
    """The series behind one row, and what its marks mean.

    Where words are too wide, marks stand for them; then quantities are given in thousands; then
    the earliest years are left out. The edition is always whole.
    """
    if not rows:
        return []
    years = sorted({row["year"] for row in rows})
    for marked, scaled in ((False, False), (True, False), (True, True)):
        lines = _lines(rows, shown, marked=marked, scaled=scaled)
        if _taken(lines, years) <= columns:
            return [_drawn(lines, years, columns), *_legend(rows, years, years, marked=marked)]
    kept = next((years[at:] for at in range(len(years)) if _taken(lines, years[at:]) <= columns), years[-1:])
    return [_drawn(lines, kept, columns), *_legend(rows, kept, years, marked=True)]


def _lines(rows: Sequence[Row], shown: Row, *, marked: bool, scaled: bool) -> list[Line]:
    """The lines in the order of the terms, then of the editions."""
    by_line: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        by_line.setdefault((row["term"], row["unit"], row["as_of"]), []).append(row)
    terms = list(dict.fromkeys(row["term"] for row in rows))
    return [
        _line(by_line[key], shown, _factor(rows, key[0], key[1], scaled=scaled), marked=marked)
        for key in sorted(by_line, key=lambda key: (terms.index(key[0]), key[2], key[1]))
    ]


def _line(rows: Sequence[Row], shown: Row, factor: int, *, marked: bool) -> Line:
    """One line; a price of the edition that is shown stands as published, in the unit it was given in."""
    term, unit, edition = rows[0]["term"], rows[0]["unit"], rows[0]["as_of"]
    name = words.sentence(term.replace("-", " "))
    if term == "price" and shown["price_unit"] and edition == shown["as_of"]:
        figures = {row["year"]: _mark(row, marked=marked) or _as_published(row["published"]) for row in rows}
        return Line(f"{name}, {short_price(shown['price_unit'])}", words.edition(edition), figures)
    figures = {row["year"]: _mark(row, marked=marked) or _figure(row, factor) for row in rows}
    label = name if unit == "1" else f"{name}, {_COUNTED[factor]}{unit}"
    return Line(label, words.edition(edition), figures)


def _factor(rows: Sequence[Row], term: str, unit: str, *, scaled: bool) -> int:
    """What a term's figures are counted in: millions where they are long, thousands where room is short."""
    ends = (
        end for row in rows if (row["term"], row["unit"]) == (term, unit) for end in (row["low"], row["high"])
    )
    largest = max((abs(end) for end in ends if end is not None), default=0)
    if largest >= 10 * _MILLION:
        return _MILLION
    return _THOUSAND if scaled and largest >= 10 * _THOUSAND else 1


def _mark(row: Row, *, marked: bool) -> str:
    """Why there is no figure, in words or as a mark; empty where there is one."""
    status = row["obs_status"]
    if status == "below-half-unit" and row["high"] is not None:
        return ""
    return (MARKS if marked else WORDS).get(status, "")


def _figure(row: Row, factor: int) -> str:
    """One figure of a series; a reliance as published, a quantity as a number or its bounds."""
    if row["unit"] == "1":
        return printed.percent(row["published"], row["obs_status"])
    low, high = (None if end is None else words.number(end / factor) for end in (row["low"], row["high"]))
    if low is None or high is None or row["obs_status"] == "below-half-unit":
        return f">{low}" if high is None and low is not None else f"<{high}" if high is not None else "–"
    return low if low == high else f"{low}–{high}"


def _as_published(text: str) -> str:
    """A price as published, with its thousands separated; a range as it is.

    >>> _as_published("2110"), _as_published("1.10"), _as_published("890–1,000")
    ('2,110', '1.10', '890–1,000')
    """
    return f"{Decimal(text):,f}" if text.replace(".", "", 1).isdecimal() else text


def _width(lines: Sequence[Line], year: int) -> int:
    """How wide a year's column is."""
    return max(len(str(year)), *(len(one.figures.get(year, "")) for one in lines))


def _taken(lines: Sequence[Line], years: Sequence[int]) -> int:
    """Columns of the terminal the table takes."""
    fixed = max(len(_HEADING), *(len(one.label) for one in lines)) + _GAP + _edition(lines)
    return fixed + sum(_GAP + _width(lines, year) for year in years)


def _edition(lines: Sequence[Line]) -> int:
    """How wide the column of editions is."""
    return max(len(one.edition) for one in lines)


def _drawn(lines: Sequence[Line], years: Sequence[int], columns: int) -> Table:
    """The table; where even one year is too much, the label is folded."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, _GAP, 0, 0))
    label = max(len(_HEADING), *(len(one.label) for one in lines))
    spare = label + columns - _taken(lines, years)
    table.add_column(_HEADING, width=max(min(label, spare), 1))
    table.add_column("", no_wrap=True, style="dim", width=_edition(lines))
    for year in years:
        table.add_column(str(year), justify="right", no_wrap=True, width=_width(lines, year))
    for one in lines:
        table.add_row(one.label, one.edition, *(one.figures.get(year, "") for year in years))
    return table


def _legend(rows: Sequence[Row], kept: Sequence[int], years: Sequence[int], *, marked: bool) -> list[Text]:
    """What the marks mean, and which years are left out for want of room."""
    used = {row["obs_status"] for row in rows if row["year"] in kept and _mark(row, marked=True)}
    told = [f"{mark} {WORDS[status]}" for status, mark in MARKS.items() if marked and status in used]
    if len(kept) < len(years):
        told.append(f"{words.listed(map(str, years[: -len(kept)]))} left out for want of room")
    return [Text("; ".join(told), style="dim")] if told else []
