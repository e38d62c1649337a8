"""Headings of MCS 2025 that do not say what their figures are: found by comparing with MCS 2026."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources.usgs_mcs import rules

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs import Reading

YEARS = (2021, 2022, 2023)
Figures = dict[int, tuple[Any, ...]]
SOLD_OR_MADE = {
    "Beryllium | USprod_Shipments_t",
    "Gypsum | Products_msqft",
    "Perlite | Prod_Processed_kt",
    "Sand and Gravel (Construction) | USprod_mmt",
    "Stone (Crushed) | Recycled_mmt",
    "Stone (Crushed) | USprod_mmt",
}
"""What is shipped or sold counts as output; the two editions file it differently, and mean the same."""
LABELS = {"Production, byproduct and secondary": "Production"}
EXACT = {
    "Lead | USprod_Refinery_Primary_kt",
    "Lead | USprod_Refinery_Secondary_kt",
    "Lead | USprod_Concentrates_kt",
    "Lead | Imports_Metal_kt",
    "Lead | Imports_Concentrates_kt",
    "Lead | Exports_Metal_kt",
    "Lead | Exports_kt",
    "Lead | Consump_North_American_kt",
    "Lead | Price_LME_ctslb",
    "Iron Ore | Price_Apparent_dt",
    "Kyanite and Related Minerals | Price_FOB_dt",
    "Magnesium Metal | Price_dt",
    "Mercury | Imports_Secondary_t",
    "Mercury | USprod_Mine_t",
}
REVISED = {
    "Iron Ore | Consump_Reported_kt": 0.02,
    "Iron and Steel | Stocks_Semifinished_mmt": 0.2,
    "Magnesium Metal | Price_European_dlb": 0.06,
}


def series(reading: Reading, chapter: str) -> dict[str, Figures]:
    """Figures of 2021–23 of every series of the United States in a chapter."""
    found: defaultdict[str, Figures] = defaultdict(dict)
    for row in reading.statistics:
        here = row["chapter"].casefold() == chapter.casefold() and row["section"] == "salient"
        if here and row["year"] in YEARS:
            found[row["series"]][row["year"]] = (row["low"], row["high"], row["obs_status"], row["unit"])
    return found


def twin(readings: dict[str, Reading], rule: dict[str, str]) -> tuple[Figures, Figures]:
    """Figures under the mislabelled heading, and under the label of MCS 2026 that fits them."""
    old = series(readings["mcs2025"], rule["chapter"])[rule["series"]]
    new = series(readings["mcs2026"], rule["chapter"])
    (name,) = [held for held in new if held.partition(" | ")[2] == LABELS.get(rule["means"], rule["means"])]
    return old, new[name]


def ruled() -> dict[str, dict[str, str]]:
    """The reviewed rules, by series."""
    return {row["series"]: row for row in rules.rows("headers")}


def test_every_rule_is_tested() -> None:
    assert set(ruled()) == EXACT | set(REVISED)


@pytest.mark.parametrize("name", sorted(EXACT))
def test_figures_agree_with_another_label(name: str, readings: dict[str, Reading]) -> None:
    old, new = twin(readings, ruled()[name])
    assert set(old) == set(YEARS)
    assert old == new


@pytest.mark.parametrize("name", sorted(REVISED))
def test_revised_figures_agree_with_another_label(name: str, readings: dict[str, Reading]) -> None:
    old, new = twin(readings, ruled()[name])
    for year in YEARS:
        assert old[year][0] == pytest.approx(new[year][0], rel=REVISED[name])


def test_iron_ore_under_reported_consumption_closes_as_apparent(readings: dict[str, Reading]) -> None:
    """Production + imports − exports + what was taken from stocks: apparent, not reported."""
    held = {
        (row["series"].partition(" | ")[2], row["year"]): row["value"]
        for row in readings["mcs2025"].statistics
        if row["chapter"] == "Iron Ore" and row["section"] == "salient"
    }
    for year in (2022, 2023):
        taken = held["Stocks_kt", year - 1] - held["Stocks_kt", year]
        ours = held["USprod_Ore_kt", year] + held["Imports_kt", year] - held["Exports_kt", year] + taken
        assert held["Consump_Reported_kt", year] == pytest.approx(ours, abs=100_000)


def test_a_mislabelled_heading_is_told_where_it_stands(specimens: dict[str, Reading]) -> None:
    told = [each for each in specimens["mcs2025"].findings if each.rule == "header-mislabelled"]
    assert len(told) == 11
    (imports,) = [each for each in told if "Imports_Concentrates_kt" in each.found]
    file = "Salient_Commodity.zip/mcs2025-lead_salient.csv"
    assert imports.where == f"{file}, line 1, column Imports_Concentrates_kt"
    assert imports.expected.startswith(
        "Imports for consumption: Refined metal, unwrought (MCS 2026 gives 614"
    )


def test_every_rule_meets_its_heading(readings: dict[str, Reading]) -> None:
    told = [each for each in readings["mcs2025"].findings if each.rule == "header-mislabelled"]
    assert len(told) == len(ruled()) == 17


def test_no_other_heading_contradicts_its_figures(readings: dict[str, Reading]) -> None:
    """Three years that are equal, informative and unique to one label of another kind: all are known."""
    found = set()
    for chapter in sorted({row["chapter"] for row in readings["mcs2025"].statistics}):
        measures = {
            row["series"]: row["measure"] for reading in readings.values() for row in reading.statistics
        }
        new = series(readings["mcs2026"], chapter)
        for name, figures in series(readings["mcs2025"], chapter).items():
            equal = [held for held, theirs in new.items() if theirs == figures and informative(figures)]
            if equal and measures[name] not in {measures[held] for held in equal}:
                found.add(name)
    assert found == SOLD_OR_MADE


def informative(figures: Figures) -> bool:
    """Whether figures can tell one series from another."""
    lows = {low for low, _, _, _ in figures.values()}
    return len(figures) == len(YEARS) and None not in lows and len(lows) > 1
