"""Every number of the Mineral Commodity Summaries that others printed is the number shipped."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources.usgs_mcs.places import place
from monazite.store.shipped import query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Row = dict[str, Any]
Printed = dict[str, str]
CHAPTER_TABLE = "USGS MCS 2026 data release (Commodities_Data, chapter table) [V1]"
FIGURE_2 = {
    "USGS MCS 2025 data release 10.5066/P13XCP3R (Fig.2) [V1]": ("mcs2025", 2024),
    "USGS MCS 2026 data release (Fig.2) [V1]": ("mcs2026", 2025),
}
COUNTS = {"PRICE": 799, "NIR": 527, "APPARENT_CONSUMPTION": 460, "IMPORT_SHARE": 720}
POUND_T, OUNCE_T, SHORT_TON_T = 0.45359237e-3, 31.1034768e-6, 0.90718474
OURS = {
    "metric tons": 1,
    "thousand metric tons": 1e3,
    "thousand metric dry tons": 1e3,
    "million metric tons": 1e6,
    "kilograms": 1e-3,
    "million carats": 1e6,
    "million cubic meters": 1e6,
    "million liters": 1e3,
    "million dollars": 1e6,
    "percent": 0.01,
    "dollars per metric ton": 1,
    "dollars per ton": 1,
    "dollars per short ton": 1 / SHORT_TON_T,
    "dollars per dry metric ton unit": 100,
    "dollars per kilogram": 1e3,
    "dollars per gram": 1e6,
    "dollars per 10-grams": 1e5,
    "dollars per 25 grams": 4e4,
    "dollars per 50 grams": 2e4,
    "dollars per 100 milliliters": 1e4,
    "dollars per 100 mililiters": 1e4,
    "dollars per pound": 1 / POUND_T,
    "cents per pound": 0.01 / POUND_T,
    "dollars per troy ounce": 1 / OUNCE_T,
    "dollars per carat": 1,
    "index": 1,
}
"""Our units in one of each printed unit, written down here a second time."""
OTHER_UNIT = "Price, average, manganese content, cost, insurance, and freight, China"
"""Printed as dollars per metric ton; its label says per metric ton unit."""

NOT_THE_CHAPTERS = {("mcs2026", "TALC"): ("22", "23")}
"""Figure 2 and the chapter's table disagree in the publication itself."""
NOT_IN_ORDER = {
    "CESIUM": "the chapter gives no shares",
    "XENON": "not available",
    "KRYPTON": "not available",
    "NEON": "not available",
    "RUBIDIUM": "one cell names the three together",
    "STRONTIUM": "the chapter counts China among the others",
    "STONE (DIMENSION)": "the figure's order is not that of the chapter's shares",
    "RARE EARTHS, compounds and metals": "Estonia and Japan have 5 percent each",
    "LEAD, refined": "the figure leaves out Mexico and Australia",
}


@pytest.fixture(scope="module")
def printed(golden: Path) -> list[Printed]:
    with golden.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(label: str) -> str:
    """A label without hard blanks and without what tells twins apart."""
    label = " ".join(label.replace("\xa0", " ").split())
    label = re.sub(r"(?<=\d)\?(?=[a-z])", "-", label)  # a hyphen the encoding lost
    label = re.sub(r" \((?:sheet|scrap and flake)\)$", "", label)
    return re.sub(r"NIR % of|Net import reliance ?as a percentage of", "NIR, percentage of", label)


def label_of(row: Printed) -> tuple[str, str]:
    """Chapter and label under which a number is printed."""
    chapter, _, label = row["material"].partition(" | ")
    return chapter, plain(label or row["quantity"])


def shipped_salient() -> dict[tuple[str, str, int], list[Row]]:
    """Shipped rows of MCS 2026 for the United States, by chapter, label and year."""
    rows = query("FROM mineral_statistic WHERE as_of = 'mcs2026' AND section = 'salient'")
    held: defaultdict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for row in rows:
        held[row["chapter"], plain(row["series"].partition(" | ")[2]), row["year"]].append(row)
    return held


def taken(rows: list[Row], published: str) -> Row | None:
    """Take a row that says so out of the list: twins match twins."""
    for row in rows:
        if row["published"] == published:
            rows.remove(row)
            return row
    return None


def chapter_rows(printed: Iterable[Printed]) -> list[Printed]:
    """Numbers printed from the chapters' tables of figures by year."""
    return [row for row in printed if row["source"] == CHAPTER_TABLE and row["method"] in COUNTS]


def half_a_digit(number: str) -> Decimal:
    """Half of the last printed digit."""
    exponent = Decimal(number.replace(",", "")).as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)


def same(row: Row, number: Printed) -> bool:
    """Whether a shipped row is the printed number, in our units and to half its last digit."""
    if not re.fullmatch(r"[\d,]*\.?\d+", number["value"]):
        return row["value"] is None or number["value"] == "—"
    factor = 100 if number["quantity"].startswith(OTHER_UNIT) else OURS[number["unit"]]
    figure = float(number["value"].replace(",", ""))
    return bool(abs(row["value"] / factor - figure) <= float(half_a_digit(number["value"])))


def unmatched(rows: Iterable[Printed], find: Callable[[Printed], Row | None]) -> list[Printed]:
    """Printed numbers that no shipped row holds."""
    return [number for number in rows if (row := find(number)) is None or not same(row, number)]


def test_every_printed_number_by_year_is_shipped(printed: list[Printed]) -> None:
    held = shipped_salient()
    rows = [row for row in chapter_rows(printed) if row["method"] != "IMPORT_SHARE"]
    assert len(rows) == 799 + 527 + 460
    assert unmatched(rows, lambda row: taken(held[*label_of(row), int(row["year"])], row["value"])) == []


def test_every_printed_import_share_is_shipped(printed: list[Printed]) -> None:
    held: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in query("FROM import_source WHERE as_of = 'mcs2026'"):
        held[row["chapter"], plain(row["series"].partition(" | ")[2]), row["partner_published"]].append(row)
    rows = [row for row in chapter_rows(printed) if row["method"] == "IMPORT_SHARE"]
    assert len(rows) == 720

    def find(row: Printed) -> Row | None:
        partner = row["quantity"].removeprefix("import share from ")
        return taken(held[*label_of(row), partner], row["value"])

    assert unmatched(rows, find) == []
    assert sum(map(len, held.values())) == 0


def test_every_printed_number_was_counted(printed: list[Printed]) -> None:
    assert Counter(row["method"] for row in chapter_rows(printed)) == COUNTS


def of_figure_2(printed: Iterable[Printed], unit: str) -> list[tuple[str, str, str]]:
    """Edition, commodity and content of Figure 2, for numbers or for lists of countries."""
    rows = [row for row in printed if row["method"] == "NIR" and row["source"] in FIGURE_2]
    return [
        (FIGURE_2[row["source"]][0], row["material"], row["value"]) for row in rows if row["unit"] == unit
    ]


def series_of_figure_2(term: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Chapter and series that give a commodity of Figure 2 in an edition."""
    own = query("SELECT DISTINCT series FROM mineral_statistic WHERE chapter = 'Figure 2'")
    of_2025 = {("mcs2025", row["series"].partition(" | ")[2]): ("Figure 2", row["series"]) for row in own}
    sql = "FROM balance_term JOIN balance_item USING (item) WHERE as_of = 'mcs2026' AND term = ?"
    rows = query(f"SELECT figure_2, balance_term.chapter, series {sql} AND figure_2 IS NOT NULL", [term])
    return {**of_2025, **{("mcs2026", row["figure_2"]): (row["chapter"], row["series"]) for row in rows}}


def test_every_reliance_of_figure_2_is_shipped(printed: list[Printed]) -> None:
    where = series_of_figure_2("net-import-reliance")
    years = dict(FIGURE_2.values())
    rows = query("FROM mineral_statistic WHERE section = 'salient'")
    held = {(row["as_of"], row["chapter"], row["series"], row["year"]): row["published"] for row in rows}
    shown = of_figure_2(printed, "percent of apparent consumption")
    assert len(shown) == 68 + 64
    found = {(e, name): (value, held[e, *where[e, name], years[e]]) for e, name, value in shown}
    assert {key: pair for key, pair in found.items() if pair[0] != pair[1]} == NOT_THE_CHAPTERS


def test_every_list_of_sources_of_figure_2_is_shipped(printed: list[Printed]) -> None:
    where = series_of_figure_2("import-sources")
    held: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in query("FROM import_source ORDER BY as_of, chapter, series, rank"):
        held[row["as_of"], row["chapter"], row["series"]].append(row["partner"])
    shown = of_figure_2(printed, "text")
    assert len(shown) == 68 + 64
    other = {}
    for edition, name, value in shown:
        codes = [place(country).code for country in value.split(", ")]
        shipped = held.get((edition, *where.get((edition, name), ("", ""))), [])
        if shipped[: len(codes)] != codes:
            other[name] = (edition, value, shipped)
    assert other.keys() == NOT_IN_ORDER.keys(), other
    assert {edition for edition, _, _ in other.values()} == {"mcs2026"}
