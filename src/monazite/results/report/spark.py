"""Small drawings inside a card: the reliance of each year, edition by edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from monazite.results.words import edition, published_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.results.frame import Row

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 260, 96, 34, 8, 20
MARK = Markup('<circle cx="{x}" cy="{y}" r="3" class="{style}"><title>{told}</title></circle>')
BAND = Markup(
    '<rect x="{x}" y="{y}" width="6" height="{height}" rx="3" class="{style}"><title>{told}</title></rect>'
)
LINE = Markup('<polyline points="{points}" class="{style}"/>')
GRID = Markup(
    '<line x1="{left}" x2="{right}" y1="{y}" y2="{y}" class="grid"/><text x="0" y="{text_y}">{text}</text>'
)
YEAR = Markup('<text x="{x}" y="{y}" text-anchor="{anchor}">{year}</text>')
FRAME = Markup(
    '<svg class="spark" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{inside}</svg>'
)


def spark(editions: Sequence[tuple[str, Sequence[Row]]]) -> Markup:
    """Reliance by year, one line for each edition; an interval is a band, not a point.

    ``editions`` holds (edition, rows of the series); the last is the one to read.
    """
    years = sorted({row["year"] for _, rows in editions for row in rows})
    if not any(known(row) for _, rows in editions for row in rows):
        return Markup()
    inside = Markup().join(
        [*grid(), *ticks(years), *(drawn(n, editions, years) for n in range(len(editions)))]
    )
    return FRAME.format(width=WIDTH, height=HEIGHT, label=told(editions), inside=inside)


def known(row: Row) -> bool:
    """Whether the year has a figure or an interval."""
    return row["low"] is not None or row["high"] is not None


def drawn(which: int, editions: Sequence[tuple[str, Sequence[Row]]], years: Sequence[int]) -> Markup:
    """One edition: its exact figures joined year by year, its intervals as bands."""
    as_of, rows = editions[which]
    style = "this" if which == len(editions) - 1 else "earlier"
    marks = [mark(row, years, style, as_of) for row in rows]
    lines = [LINE.format(points=points, style=style) for points in runs(rows, years)]
    return Markup().join([*lines, *marks])


def mark(row: Row, years: Sequence[int], style: str, as_of: str) -> Markup:
    """One figure."""
    words = f"{row['year']}, {edition(as_of)}: {published_percent(row['published'], row['obs_status'])}"
    low, high = row["low"], row["high"]
    if not known(row):
        return Markup()
    if low == high:
        return MARK.format(x=across(row["year"], years), y=up(low), style=style, told=words)
    top, bottom = up(1 if high is None else high), up(low or 0)
    height = round(max(3, bottom - top), 1)
    return BAND.format(x=across(row["year"], years) - 3, y=top, height=height, style=style, told=words)


def runs(rows: Sequence[Row], years: Sequence[int]) -> list[str]:
    """Points of lines through exact figures of years that follow one another."""
    exact = {row["year"]: row["low"] for row in rows if row["low"] is not None and row["low"] == row["high"]}
    found: list[list[str]] = []
    for year in sorted(exact):
        if year - 1 not in exact:
            found.append([])
        found[-1].append(f"{across(year, years)},{up(exact[year])}")
    return [" ".join(points) for points in found if len(points) > 1]


def across(year: int, years: Sequence[int]) -> float:
    """Where a year stands."""
    span = max(1, years[-1] - years[0])
    return round(LEFT + 6 + (WIDTH - LEFT - 14) * (year - years[0]) / span, 1)


def up(share: float) -> float:
    """Where a share stands; below nothing is drawn at nothing."""
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * max(0, share), 1)


def grid() -> list[Markup]:
    """Lines at nothing, half and all."""
    return [
        GRID.format(left=LEFT, right=WIDTH, y=up(share), text_y=up(share) + 4, text=text)
        for share, text in ((0, "0"), (0.5, "50"), (1, "100%"))
    ]


def ticks(years: Sequence[int]) -> list[Markup]:
    """The first and the last year."""
    ends = dict.fromkeys((years[0], years[-1]))
    anchors = ("start", "end") if len(ends) > 1 else ("start",)
    shift = {"start": -6, "end": 8}
    return [
        YEAR.format(x=across(year, years) + shift[anchor], y=HEIGHT - 4, anchor=anchor, year=year)
        for year, anchor in zip(ends, anchors, strict=True)
    ]


def told(editions: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """The drawing in words."""
    parts = [
        f"{edition(as_of)}: "
        + ", ".join(f"{row['year']} {published_percent(row['published'], row['obs_status'])}" for row in rows)
        for as_of, rows in editions
    ]
    return "Net import reliance by year. " + "; ".join(parts)
