"""The coded definitions of net import reliance say what each chapter's notes say."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from monazite.sources import usgs_mcs

if TYPE_CHECKING:
    from pathlib import Path

FILE = "usgs/mcs2026/usgs_mcs2026_commodities_data.csv"
SILENT = {
    "cesium.all": "one sentence, no definition",
    "wollastonite.all": "one sentence, no definition",
    "rubidium.all": "stated in a note of the import sources",
}


def _notes(real_data: Path) -> dict[str, str]:
    """Notes of every net-import-reliance series, by item, from the publisher's file."""
    with (real_data / FILE).open(encoding="cp1252", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Statistics"] == "Net import reliance"]
    told: dict[tuple[str, str], str] = {}
    for row in rows:
        label = row["Statistics_detail"].replace("\xa0", " ").strip()
        key = (row["MCS chapter"], f"{row['Commodity'].strip()} | {label}")
        told[key] = f"{told.get(key, '')} {row['Notes']}"
    terms = [row for row in usgs_mcs.rules.rows("terms_mcs2026") if row["term"] == "net-import-reliance"]
    plain = re.compile(r" \((?:sheet|scrap and flake)\)$")
    return {row["item"]: told.get((row["chapter"], plain.sub("", row["series"])), "") for row in terms}


def _stock_rule(note: str) -> str:
    """Which stock changes a note says are counted."""
    if "adjustments for Government and industry" in note:
        steady = "Beginning in 2023, Government stock changes no longer included" not in note
        return "industry+government" if steady else "industry+government-to-2022"
    if "adjustments for Government stock" in note:
        return "government-to-2022"
    return "industry" if re.search(r"adjustments for .*stock changes", note) else "none"


def test_stock_rules_follow_the_notes(real_data: Path) -> None:
    """Every item counts the stock changes its chapter's note names, and no others."""
    notes, coded = _notes(real_data), {row["item"]: row for row in usgs_mcs.items()}
    differing = {
        item: (coded[item]["stock_rule"], _stock_rule(note))
        for item, note in notes.items()
        if item not in SILENT and coded[item]["stock_rule"] != _stock_rule(note)
    }
    assert differing == {}


def test_trade_rules_follow_the_notes(real_data: Path) -> None:
    """Items that count imports only are those whose note names no exports."""
    notes, coded = _notes(real_data), {row["item"]: row for row in usgs_mcs.items()}
    for item, note in notes.items():
        if item in SILENT:
            continue
        expected = "imports-exports" if "exports" in note else "imports"
        assert (item, coded[item]["trade_rule"]) == (item, expected), note


def test_every_reliance_series_has_an_item(real_data: Path) -> None:
    """No net-import-reliance series of the file is left without a balance."""
    with (real_data / FILE).open(encoding="cp1252", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Statistics"] == "Net import reliance"]
    held = {
        row["chapter"] for row in usgs_mcs.rules.rows("terms_mcs2026") if row["term"] == "net-import-reliance"
    }
    assert {row["MCS chapter"] for row in rows} - held == set()


def test_consumption_basis_follows_the_label(real_data: Path) -> None:
    """What reliance is a share of stands in its label, where the label says it."""
    del real_data
    coded = {row["item"]: row for row in usgs_mcs.items()}
    for row in usgs_mcs.rules.rows("terms_mcs2026"):
        named = re.search(
            r"percentage of (?:total )?(apparent|reported|estimated) consumption", row["series"]
        )
        if row["term"] == "net-import-reliance" and named and row["item"] != "mercury.metal":
            assert (row["item"], coded[row["item"]]["consumption_basis"]) == (row["item"], named[1])
