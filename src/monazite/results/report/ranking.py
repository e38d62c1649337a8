"""Rows of the ranking table, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.countries import WORLD
from monazite.results.charts.subjects import by_group
from monazite.results.reliance import known
from monazite.results.words import (
    imports_meant,
    index_range,
    item_name,
    percent_range,
    published_percent,
    sentence,
)

if TYPE_CHECKING:
    from monazite.results.frame import Row
    from monazite.results.result import Result

GROUP = "the group’s"
UNNAMED = "countries not named make more than any that is"


class Cell(NamedTuple):
    """What a cell says, what stands under it, and the key it is sorted by; an empty key goes last."""

    text: str
    under: str
    key: str


class Bar(NamedTuple):
    """A share as a bar: percent that is certain, and percent up to which it may go."""

    certain: float
    possible: float


class Ranked(NamedTuple):
    """One row of the ranking."""

    anchor: str
    name: Cell
    symbol: str
    reliance: Cell
    bar: Bar | None
    source: Cell
    source_index: Cell
    leader: Cell
    lists: Cell
    flags: tuple[str, ...]
    rules: tuple[str, ...]


def ranking(result: Result) -> list[Ranked]:
    """Every row of the answer, in its order."""
    named = {row["item"] for row in result.details.get("producers", ()) if row["country"] != WORLD}
    shares = {row["item"] for row in result.details.get("producers", ()) if row["low"] is not None}
    return [ranked(row, counted=row["item"] in named, shared=row["item"] in shares) for row in result.table]


def ranked(row: Row, *, counted: bool = False, shared: bool = False) -> Ranked:
    """One row in words; whether countries are counted, and with shares, although none of them leads."""
    return Ranked(
        anchor(row["material"]), name(row), row["symbol"] or "", reliance(row), bar(row), source(row),
        source_index(row), leader(row, counted=counted, shared=shared), lists(row), flags(row), rules(row),
    )  # fmt: skip


def anchor(text: str) -> str:
    """A name that a link can point at.

    >>> anchor("rare earths: <heavy>")
    'm-rare-earths-heavy'
    """
    return "m-" + re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def key(number: float | None) -> str:
    """A number as a sort key."""
    return "" if number is None else f"{number:.6g}"


def name(row: Row) -> Cell:
    """The material, and what exactly is counted."""
    stage = "" if row["stage"] == "all" else row["stage"]
    counts = ": ".join(filter(None, (stage, row["form"])))
    return Cell(sentence(row["name"]), sentence(counts), item_name(row).casefold())


def reliance(row: Row) -> Cell:
    """The figure as published; where there is none, why."""
    if not known(row):
        status = published_percent(row["reliance_published"], row["reliance_status"])
        return Cell("no figure" if status == "not published" else status, row["reason"] or "", "")
    low = -1 if row["reliance_low"] is None else row["reliance_low"]
    high = row["reliance_high"] if row["reliance_high"] is not None else 1
    figure = published_percent(row["reliance_published"], row["reliance_status"])
    if figure == "not published":
        figure = percent_range(row["reliance_low"], row["reliance_high"])
    return Cell(figure, row["reason"] or "", f"{low + high / 1000:.6f}")


def bar(row: Row) -> Bar | None:
    """The reliance as a bar; none for a net exporter or a row without a figure."""
    if not known(row) or row["reliance_status"] == "net-exporter":
        return None
    low, high = row["reliance_low"] or 0, row["reliance_high"]
    return Bar(max(0, 100 * low), max(0, 100 * (1 if high is None else high)))


def source(row: Row) -> Cell:
    """The leading source of imports with its share, of which imports, and whether it is the group's."""
    if not row["leading_source_name"]:
        return Cell("not published", "", "")
    low, high = row["leading_source_low"], row["leading_source_high"]
    share = percent_range(low, high) if low is not None or high is not None else "largest part"
    told = f"{share} of {imports_meant(row['sources_form'], row['name'])}"
    return Cell(
        row["leading_source_name"], of_group(told, by_group(row)), row["leading_source_name"].casefold()
    )


def source_index(row: Row) -> Cell:
    """Concentration of import sources, and whether it is the group's."""
    told = index_range(row["source_hhi_low"], row["source_hhi_high"])
    known_index = row["source_hhi_low"] is not None
    return Cell(told, of_group("", known_index and by_group(row)), key(row["source_hhi_low"]))


def of_group(told: str, holds: object) -> str:
    """The words, marked where what they tell is the group's."""
    return ", ".join(filter(None, (told, GROUP if holds else "")))


def leader(row: Row, *, counted: bool = False, shared: bool = False) -> Cell:
    """The leading producer in the world with its share, and what is counted; or why none is named."""
    if not row["world_leader_name"]:
        if not counted:
            return Cell("not published", "", "")
        return Cell("not known", UNNAMED if shared else "the countries’ shares are not published", "")
    share = percent_range(row["world_leader_low"], row["world_leader_high"])
    measure = (row["world_measure"] or "").rstrip(".")
    told = f"{share} of {measure[:1].lower()}{measure[1:]}" if measure else share
    return Cell(
        row["world_leader_name"], of_group(told, row["group_value"]), row["world_leader_name"].casefold()
    )


def lists(row: Row) -> Cell:
    """Which lists of critical minerals it is on."""
    years = [year for year in ("2022", "2025") if row[f"list_{year}"]]
    return Cell(", ".join(years) or "not listed", "", " ".join(reversed(years)))


def flags(row: Row) -> tuple[str, ...]:
    """What to know before reading the row, in a word or two each."""
    told = {
        "single source": row["single_source"],
        "net exporter": row["net_exporter"] and row["reliance_status"] != "net-exporter",
    }
    return tuple(flag for flag, holds in told.items() if holds)


def rules(row: Row) -> tuple[str, ...]:
    """Rules of the findings on the row."""
    return tuple(re.findall(r"[^\s,;]+", row["findings"] or ""))
