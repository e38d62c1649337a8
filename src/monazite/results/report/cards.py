"""Cards: everything known of one material, stage by stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.countries import WORLD
from monazite.results.charts.subjects import by_group, group_name
from monazite.results.report.figures import figures
from monazite.results.report.found import by_subject
from monazite.results.report.price import price
from monazite.results.report.ranking import anchor, ranked
from monazite.results.report.spark import spark
from monazite.results.words import (
    edition,
    figure,
    imports_meant,
    item_name,
    percent,
    percent_range,
    sentence,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from monazite.results.frame import Row
    from monazite.results.report.figures import Figures
    from monazite.results.report.price import Price
    from monazite.results.report.ranking import Ranked
    from monazite.results.result import Result
    from monazite.schema.findings import Finding

RELIANCE = "net-import-reliance"
PRODUCERS_SHOWN = 6
HALF_A_PERCENT = 0.005


class Share(NamedTuple):
    """A country's share, as a bar and in words."""

    name: str
    text: str
    certain: float
    possible: float


class Item(NamedTuple):
    """One stage or form of a material."""

    head: Ranked
    name: str
    short: str
    line: Markup
    definition: tuple[str, ...]
    figures: Figures
    price: Price | None
    sources: list[Share]
    sources_note: str
    producers: list[Share]
    producers_note: str
    findings: list[Finding]


class Card(NamedTuple):
    """One material."""

    anchor: str
    name: str
    symbol: str
    uses: str
    items: list[Item]


class Details(NamedTuple):
    """The tables behind the answer, item by item."""

    series: Mapping[str, Sequence[Row]]
    sources: Mapping[str, Sequence[Row]]
    producers: Mapping[str, Sequence[Row]]
    findings: Mapping[str, list[Finding]]


def cards(result: Result) -> list[Card]:
    """A card for every material, by name."""
    rows: dict[str, list[Row]] = {}
    for row in result.table:
        rows.setdefault(row["material"], []).append(row)
    behind = details(result)
    drawn = [card(stages, behind) for stages in rows.values()]
    return sorted(drawn, key=lambda one: one.name.casefold())


def details(result: Result) -> Details:
    """The result's detail tables, gathered by item."""
    series, sources, producers = (gathered(result, name) for name in ("series", "sources", "producers"))
    return Details(series, sources, producers, by_subject(result))


def gathered(result: Result, name: str) -> dict[str, list[Row]]:
    """Rows of one detail table by item."""
    found: dict[str, list[Row]] = {}
    for row in result.details.get(name, ()):
        found.setdefault(row["item"], []).append(row)
    return found


def card(stages: list[Row], behind: Details) -> Card:
    """One material from its rows."""
    first = stages[0]
    uses = next((row["uses"] for row in stages if row["uses"]), "")
    items = [item(row, behind) for row in stages]
    return Card(anchor(first["material"]), sentence(first["name"]), first["symbol"] or "", uses, items)


def item(row: Row, behind: Details) -> Item:
    """One stage or form."""
    series = behind.series.get(row["item"], ())
    producers = behind.producers.get(row["item"], ())
    sources = behind.sources.get(row["item"], ())
    about = dict.fromkeys((row["item"], row["material"], row["name"]))
    return Item(
        head=ranked(row),
        name=item_name(row),
        short=sentence(row["form"] or row["stage"] or row["name"]),
        line=spark(lines(row, series)),
        definition=(*definition(row), *hollow(row, series)),
        figures=figures(series, row["as_of"], row["price_unit"] or ""),
        price=price(row),
        sources=[share(source) for source in sources],
        sources_note=sources_note(row),
        producers=leading(producers),
        producers_note=note(row, producers),
        findings=[found for subject in about for found in behind.findings.get(subject, ())],
    )


def lines(row: Row, series: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Reliance by edition, this one last."""
    own = [entry for entry in series if entry["term"] == RELIANCE]
    editions = sorted({entry["as_of"] for entry in own}, key=lambda as_of: (as_of == row["as_of"], as_of))
    by_year = sorted(own, key=lambda entry: entry["year"])
    return [(as_of, [entry for entry in by_year if entry["as_of"] == as_of]) for as_of in editions]


def definition(row: Row) -> tuple[str, ...]:
    """What the reliance is a share of, how it compares with the balance, and how it was revised."""
    return tuple(filter(None, (basis(row), check(row), gap(row), revision(row))))


def hollow(row: Row, series: Sequence[Row]) -> list[str]:
    """Which editions a trend shows hollow."""
    return [f"Hollow: {edition(as_of)}." for as_of, _ in lines(row, series) if as_of != row["as_of"]]


def basis(row: Row) -> str:
    """What the reliance is a share of."""
    kind = row["consumption_basis"]
    return f"Net imports as a share of {kind} consumption." if kind and kind != "none" else ""


def check(row: Row) -> str:
    """What the rounded balance gives instead."""
    if row["computed_low"] is None or row["computed_high"] is None:
        return ""
    computed = percent_range(row["computed_low"], row["computed_high"])
    return f"One less production over consumption gives {computed}."


def gap(row: Row) -> str:
    """How far the components are from the published consumption."""
    if row["identity_gap"] is None:
        return ""
    if abs(row["identity_gap"]) < HALF_A_PERCENT:
        return "The balance’s components sum to the consumption given, within half a percent."
    side = "more" if row["identity_gap"] >= 0 else "less"
    apart = percent(abs(row["identity_gap"]))
    return f"The balance’s components sum to {apart} {side} than the consumption given."


def revision(row: Row) -> str:
    """What the earlier edition gave for the same year."""
    was, now = row["previous_published"], row["revised_published"]
    if was is None or was == now:
        return ""
    then = edition(row["previous_as_of"])
    return f"For {row['previous_year']}, {then} gave {was}; {edition(row['as_of'])} gives {now}."


def sources_note(row: Row) -> str:
    """Of which imports and years the shares are, and whether they are the group's."""
    if not row["leading_source_name"]:
        return ""
    told = f"Of {imports_meant(row['sources_form'], row['name'], whole=True)}, {row['sources_period'] or ''}"
    return told.removesuffix(", ") + belongs(row, by_group(row))


def belongs(row: Row, holds: object) -> str:
    """Whose figures they are, if they are the group's."""
    return f". Given for {group_name(row['group_value'])} as a group." if holds else ""


def share(row: Row) -> Share:
    """A country's share of imports or of world production."""
    name, low, high = sentence(row["name"]), row["low"], row["high"]
    if low is None and high is None:
        return Share(name, "share not published", 0, 0)
    possible = low if high is None else high
    return Share(name, percent_range(low, high), 100 * (low or 0), 100 * min(1, possible))


def latest(producers: Sequence[Row]) -> list[Row]:
    """Countries in the last year given, the largest first; those without a share after them."""
    last = max((row["year"] for row in producers), default=0)
    countries = [row for row in producers if row["year"] == last and row["country"] != WORLD]
    return sorted(countries, key=lambda row: (row["low"] is None, -(row["low"] or 0), row["name"]))


def leading(producers: Sequence[Row]) -> list[Share]:
    """The largest producers."""
    return [share(row) for row in latest(producers)[:PRODUCERS_SHOWN]]


def note(row: Row, producers: Sequence[Row]) -> str:
    """What world production counts, of which year, how much, and who else."""
    found = latest(producers)
    if not found:
        return ""
    year = found[0]["year"]
    more = len(found) - PRODUCERS_SHOWN
    others = f"; {more} more named" if more > 0 else ""
    measure = sentence(row["world_measure"] or "production").rstrip(".")
    return f"{measure}, {year}{total(producers, year)}{others}{belongs(row, row['group_value'])}"


def total(producers: Sequence[Row], year: int) -> str:
    """World production of a year, where it is given."""
    for row in producers:
        if row["country"] == WORLD and row["year"] == year:
            return f"; world {figure(row['value'], row['value'], row['obs_status'])} {row['unit']}"
    return ""
