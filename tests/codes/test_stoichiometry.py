"""Mass fractions are those that others computed, and formulas are read or refused."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.codes import reviewed
from monazite.codes.stoichiometry import (
    atomic_weights,
    atoms,
    compounds,
    equivalent,
    formula_weight,
    mass_fraction,
)
from monazite.errors import MethodError, UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path

SYMBOLS = st.sampled_from(sorted(atomic_weights()))
COUNTS = st.integers(min_value=1, max_value=30)
UNITS = st.lists(st.tuples(SYMBOLS, COUNTS), min_size=1, max_size=5)


def written(unit: list[tuple[str, int]]) -> str:
    return "".join(f"{symbol}{count if count > 1 else ''}" for symbol, count in unit)


# ── Numbers that others published ────────────────────────────────────────────────────────────


@pytest.mark.needs("golden")
def test_every_published_content_factor_is_ours_to_four_digits(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] == "CONTENT_FACTOR" and row[7].endswith("[C]")]
    assert len(rows) == 60
    differing = [
        (row[1], row[5], ours)
        for row in rows
        if (ours := round(mass_fraction(row[1], row[4].rsplit(" ", 1)[1]), 4)) != float(row[5])
    ]
    assert differing == []


def test_what_usgs_assumes_for_dioxide_and_perrhenate_is_stoichiometry() -> None:
    """MCS 2026 converts germanium dioxide at 69 percent and ammonium perrhenate at 69.42."""
    assert round(mass_fraction("GeO2", "Ge"), 2) == 0.69
    assert round(mass_fraction("NH4ReO4", "Re"), 4) == 0.6942


def test_lithium_hydroxide_counts_as_carbonate_as_markets_count_it() -> None:
    assert round(equivalent("LiOH.H2O", "Li2CO3", "Li"), 4) == 0.8804


# ── Formulas ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Nd2Fe14B", {"Nd": 2, "Fe": 14, "B": 1}),
        ("CoSO4.7H2O", {"Co": 1, "S": 1, "O": 11, "H": 14}),
        ("CoSO4·7H2O", {"Co": 1, "S": 1, "O": 11, "H": 14}),
        ("(NH4)10W12O41.5H2O", {"N": 10, "H": 50, "W": 12, "O": 46}),
        ("K(Al(SO4)2)2", {"K": 1, "Al": 2, "S": 4, "O": 16}),
        ("LiNi0.8Co0.1Mn0.1O2", {"Li": 1, "Ni": 0.8, "Co": 0.1, "Mn": 0.1, "O": 2}),
        ("Na2B4O7.10H2O", {"Na": 2, "B": 4, "O": 17, "H": 20}),
    ],
)
def test_brackets_water_and_decimals_are_read(formula: str, expected: dict[str, float]) -> None:
    assert atoms(formula) == pytest.approx(expected)


@pytest.mark.parametrize(
    "formula",
    ["", "li", "Li2CO3.", ".H2O", "H2O..H2O", "(OH", "OH)", "()2", "Co()", "C(OH)o", "Co (OH)2", "2", "O0"],
)
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(MethodError, match=r"cannot read .* expected one such as Li2CO3"):
        atoms(formula)


def test_an_element_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match="no element with a standard atomic weight named 'Xx'"):
        mass_fraction("XxO2", "O")
    with pytest.raises(UnknownCodeError, match="'Pm'"):
        mass_fraction("Pm2O3", "Pm")


def test_a_basis_without_the_element_is_refused() -> None:
    with pytest.raises(MethodError, match="K2O holds no Li"):
        equivalent("Li2CO3", "K2O", "Li")


def test_an_element_that_is_not_there_has_fraction_zero() -> None:
    assert mass_fraction("Li2CO3", "Co") == 0


# ── Laws ─────────────────────────────────────────────────────────────────────────────────────


@given(UNITS)
def test_the_fractions_of_all_elements_add_to_one(unit: list[tuple[str, int]]) -> None:
    formula = written(unit)
    assert math.fsum(mass_fraction(formula, symbol) for symbol in atoms(formula)) == pytest.approx(1)


@given(UNITS, COUNTS)
def test_a_bracket_multiplies_and_water_adds(unit: list[tuple[str, int]], times: int) -> None:
    formula = written(unit)
    assert formula_weight(f"({formula}){times}") == pytest.approx(times * formula_weight(formula))
    assert formula_weight(f"{formula}.{times}H2O") == pytest.approx(
        formula_weight(formula) + times * formula_weight("H2O")
    )


@given(UNITS, COUNTS)
def test_fractions_do_not_depend_on_how_many_units_are_written(
    unit: list[tuple[str, int]], times: int
) -> None:
    formula, symbol = written(unit), unit[0][0]
    assert mass_fraction(f"({formula}){times}", symbol) == pytest.approx(mass_fraction(formula, symbol))


# ── The tables ───────────────────────────────────────────────────────────────────────────────


def test_atomic_weights_rise_but_for_the_known_four_and_say_where_they_are_from() -> None:
    rows = reviewed.rows("atomic_weights.csv")
    weights = [float(row["weight"]) for row in rows]
    falls = [rows[i]["element"] for i in range(len(rows) - 1) if weights[i] > weights[i + 1]]
    assert falls == ["Ar", "Co", "Te", "Th"]
    assert all("10.1515/pac-2019-0603" in row["source"] and row["tag"] == "S" for row in rows)
    assert {row["basis"] for row in rows} == {"standard", "abridged"}
    assert [int(row["atomic_number"]) for row in rows] == sorted({int(row["atomic_number"]) for row in rows})


def test_every_compound_holds_its_element_and_is_named_once() -> None:
    assert [c.formula for c in compounds() if mass_fraction(c.formula, c.element) == 0] == []
    assert all(c.meaning for c in compounds())
    assert len({(c.formula, c.element) for c in compounds()}) == len(compounds())
