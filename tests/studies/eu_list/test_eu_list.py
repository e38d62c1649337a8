"""The European list: reproduced from published figures, and what is wrong with a table is told."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError
from monazite.studies.eu_list import eu_list
from monazite.studies.eu_list.entries import OFFICIAL

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {
    "supply risk SR": "SR",
    "economic importance EI": "EI",
    "stage used (E extraction, P processing)": "stage",
    "substitution index SI_EI": "SI_EI",
    "substitution index SI_SR": "SI_SR",
    "import reliance, extraction": "IR_primary",
    "import reliance, processing": "IR_refined",
    "EoL-RIR": "EoL_RIR",
}
LISTED = {
    "Aluminium (bauxite)", "Antimony", "Arsenic", "Baryte", "Beryllium", "Bismuth", "Boron", "Coking coal",
    "Copper", "Feldspar", "Fluorspar", "Germanium", "HREE", "Hafnium", "Helium", "LREE", "Lithium",
    "Manganese", "Nickel", "Niobium", "PGM", "Phosphate rock", "Phosphorus", "Scandium", "Silicon metal",
    "Strontium", "Tantalum", "Titanium metal",
}  # fmt: skip
ELSEWHERE = {
    "Cobalt": (2.8, 6.8),
    "Vanadium": (2.3, 3.9),
    "Natural graphite": (1.8, 3.4),
    "Tungsten": (1.2, 8.7),
}
"""Entries whose figures are printed in the study's text (methods.md 3.3) and not in the table at hand."""
NOT_AT_HAND = {"Gallium", "Magnesium"}
"""Entries of the official list of which neither has figures."""


@pytest.fixture(scope="module")
def table(golden: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found: dict[str, dict[str, str]] = {}
    with golden.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["method"] == "EU_CRM_2023" and row["quantity"] in COLUMNS:
                found.setdefault(row["material"], {})[COLUMNS[row["quantity"]]] = row["value"]
    path = tmp_path_factory.mktemp("eu") / "results.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.DictWriter(out, ["material", *COLUMNS.values()], restval="")
        lines.writeheader()
        lines.writerows({"material": name, **values} for name, values in found.items())
    return path


def listed(path: Path) -> set[str]:
    return {row["entry"] for row in eu_list(path).table if row["verdict"] in ("critical", "strategic")}


def test_every_entry_whose_figures_are_at_hand_is_listed_and_no_other(table: Path) -> None:
    assert listed(table) == LISTED


def test_with_the_figures_printed_elsewhere_all_but_two_of_the_list_are_there(
    table: Path, tmp_path: Path
) -> None:
    rows = [f"{name},{risk},{importance},,,,,," for name, (risk, importance) in ELSEWHERE.items()]
    whole = tmp_path / "results.csv"
    whole.write_text(table.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    found = listed(whole)
    assert found == LISTED | set(ELSEWHERE)
    assert found | NOT_AT_HAND == set(OFFICIAL)
    assert len(OFFICIAL) == 34


def test_entries_of_the_official_list_without_figures_are_named(table: Path) -> None:
    (note,) = eu_list(table).notes
    assert note.endswith("no figures of Cobalt, Gallium, Magnesium, Natural graphite, Tungsten, Vanadium.")


def test_the_blanks_of_the_published_table_are_told(table: Path) -> None:
    told = {(one.rule, one.subject, one.where.split()[-1]) for one in eu_list(table).findings}
    assert told == {
        ("value-unreadable", "Beryllium", "IR_primary"),
        ("value-unreadable", "Niobium", "IR_primary"),
        ("value-unreadable", "Silica sand", "SI_EI"),
        ("value-unreadable", "Silica sand", "SI_SR"),
    }


def test_near_misses_stay_out(table: Path) -> None:
    rows = {row["entry"]: row for row in eu_list(table).table}
    for name in ("Molybdenum", "Silver", "Tin", "Xenon", "Zirconium", "Natural rubber", "Kaolin"):
        assert rows[name]["verdict"] == "not critical"
    assert "1.7 (1.0), economic importance 2.4 (2.8)" in rows["Natural teak wood"]["reason"]
    assert rows["Copper"]["verdict"] == rows["Nickel"]["verdict"] == "strategic"


HEAD = "material,SR,EI,stage,SI_EI,SI_SR,IR_primary,IR_refined,EoL_RIR\n"


@pytest.mark.parametrize(
    ("rows", "rule", "subject"),
    [
        ("Cerium,4.0,4.9,P,.93,.97,281%,100,1\n", "figure-implausible", "Cerium"),
        ("Praseodymium,,7.0,P,.9,.9,80,,1\n", "value-unreadable", "Praseodymium"),
        ("Samarium,3.5,7.7,P,1,1,80,100,1\nPraseodymium,3.2,7,P,1,1,80,,1\n", "value-unreadable",
         "Praseodymium"),
        (2 * "Tungsten,1.2,8.7,P,.95,.96,21,80,42\n", "key-duplicated", "Tungsten"),
        ("Coking coal,E,1.0,3.1,.9,.9,66,0,0\n", "column-shifted", "Coking coal"),
        ("Magnesite,.6,3.6,.98,.9,.9,66,0,0\n", "column-shifted", "Magnesite"),
        ("Natural cork,.9,1.7,E,.91,.91,0,,8,x\n", "column-shifted", "Natural cork"),
        ("2.6,6.5,E,.98,.97,0,,0\n", "column-shifted", "line 2"),
        (",2.6,6.5,E,.98,.97,0,,0\n", "column-shifted", "line 2"),
        ('Tin,"0,9",4.5,P,.9,.92,0,73,31\n', "value-unreadable", "Tin"),
        ("Tin,-1,4.5,P,.9,.92,0,73,31\n", "figure-implausible", "Tin"),
        ("Bauxite,1,5,E,.8,.8,89,58,32\nAluminium,1,5,E,.8,.8,89,58,32\n", "record-repeated", "Aluminium"),
    ],
)  # fmt: skip
def test_defects_of_a_table_are_told(tmp_path: Path, rows: str, rule: str, subject: str) -> None:
    path = tmp_path / "results.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    assert (rule, subject) in {(one.rule, one.subject) for one in eu_list(path).findings}


def test_a_defect_is_never_repaired(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text(f"{HEAD}Coking coal,E,1.0,3.1,.9,.9,66,0,0\n", encoding="utf-8")
    (row,) = eu_list(path).table
    assert (row["verdict"], row["supply_risk"]) == ("not known", None)


def test_a_row_without_a_name_has_no_verdict_and_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text(f"{HEAD}5.6,5.6,5.6,E,1,1,0,,0\n,,,,,,,,\n", encoding="utf-8")
    (row,) = eu_list(path).table
    assert (row["entry"], row["verdict"], row["findings"]) == ("line 2", "not known", "column-shifted")


def test_a_material_with_two_figures_has_no_verdict(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("material,SR,EI\nTungsten,1.2,8.7\ntungsten,0.2,8.7\n", encoding="utf-8")
    (row,) = eu_list(path).table
    assert (row["verdict"], row["supply_risk"], row["findings"]) == ("not known", None, "key-duplicated")


def test_a_group_without_a_row_of_its_own_is_listed_if_a_member_is(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("material,SR,EI\nErbium,5.6,2.7\nYttrium,3.5,2.9\n", encoding="utf-8")
    (row,) = eu_list(path).table
    assert (row["entry"], row["verdict"], row["supply_risk"]) == ("HREE", "critical", 3.5)
    assert row["members"] == "Erbium, Yttrium"


def test_two_names_of_one_entry_of_the_official_list_are_not_missing(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("material,SR,EI\nBauxite,1.2,5.8\nNiobium,4.4,6.5\n", encoding="utf-8")
    (note,) = eu_list(path).notes
    assert "Aluminium" not in note
    assert "Niobium" not in note


def test_a_file_that_is_no_table_says_why(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    for text, told in (
        ("material,SR\n", "no column EI"),
        (HEAD, "no row"),
        ("", "no column material"),
        ("material,SR,EI,SR\n", "column 'SR'.*twice"),
        (f'{HEAD}"Tin,1', "unexpected end"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SourceError, match=told):
            eu_list(path)
    with pytest.raises(SourceError, match="No such file"):
        eu_list(tmp_path / "none.csv")
