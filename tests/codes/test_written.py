"""What stands in a code column is recognised, and repaired only where it has one meaning."""

from __future__ import annotations

import pytest

from monazite.codes.written import PROBLEMS, read_code, shares
from monazite.schema.findings import rule

HS = frozenset({"01", "0101", "010121", "2501", "250100", "8451", "845110", "8507", "850760", "811292"})
HTS = frozenset({"0101210010", "850760", "85076000", "8507600020", "8112921000", "28256000"})


@pytest.mark.parametrize(
    ("text", "problem", "repaired"),
    [
        ("10121", "shortened", "010121"),
        ("101", "shortened", "0101"),
        ("1", "shortened", "01"),
        ("8507.60", "dotted", "850760"),
        ("8507.60.00", "longer", "850760"),
        ("8507.60.0020", "longer", "850760"),
        ("850760 ", "spaced", "850760"),
        ("8507 60", "spaced", "850760"),
        ("'850760", "quoted", "850760"),
        ('="850760"', "quoted", "850760"),
        ("8451.0", "decimal", "8451"),
        ("850760.0", "decimal", "850760"),
        ("10121.0", "decimal", "010121"),
        ("8507.6", "decimal", "850760"),
        ("101.21", "decimal", "010121"),
        ("2501.0", "decimal", ""),  # the heading 2501, or 2501.00 which has lost a zero
        ("8.5076e5", "scientific", "850760"),
        ("8.51E+05", "scientific", ""),
        ("85076000", "longer", "850760"),
        ("8507600020", "longer", "850760"),
        ("1012100", "shortened", "010121"),  # a tariff line of eight digits without its zero
        ("101210010", "shortened", "010121"),
        ("85076000201", "too-long", ""),
        ("811230", "unknown", ""),
        ("TOTAL", "total", ""),
        ("Germanium", "text", ""),
        ("phone 555", "text", ""),
        ("NA", "blank", ""),
        ("", "blank", ""),
    ],
)
def test_a_code_of_the_harmonized_system_is_recognised(text: str, problem: str, repaired: str) -> None:
    read = read_code(text, "HS2022", HS)
    assert (read.text, read.code, read.problem, read.repaired) == (text, "", problem, repaired)


@pytest.mark.parametrize(
    ("text", "problem", "repaired"),
    [
        ("8507.60.0020", "dotted", "8507600020"),
        ("101210010", "shortened", "0101210010"),
        ("8507609999", "foreign", ""),
        ("9999999999", "unknown", ""),
        ("84122981.0", "decimal", ""),
        ("28256000.0", "decimal", "28256000"),
    ],
)
def test_a_code_of_the_tariff_is_recognised(text: str, problem: str, repaired: str) -> None:
    read = read_code(text, "HTS2025", HTS)
    assert (read.code, read.problem, read.repaired) == ("", problem, repaired)


@pytest.mark.parametrize("code", ["850760", "8507", "01", "010121"])
def test_a_code_as_its_nomenclature_writes_it_is_left_alone(code: str) -> None:
    read = read_code(code, "HS2022", HS)
    assert (read.code, read.problem, read.repaired, read.rule, read.told) == (code, "", "", "", "")


def test_without_a_list_of_codes_only_the_form_is_judged() -> None:
    assert read_code("123456", "HS2022").code == "123456"
    assert read_code("12345", "HS2022").repaired == "012345"
    assert read_code("8.5076e5", "HS2022").repaired == ""


def test_other_nomenclatures_are_read_by_their_lists() -> None:
    assert read_code("111CA", "BEA", frozenset({"111CA"})).code == "111CA"
    assert read_code("001.51", "SITC3", frozenset({"00151"})).repaired == "00151"
    assert read_code("151", "SITC3", frozenset({"00151"})).repaired == "00151"
    assert read_code("99999", "NAICS", frozenset({"111110"})).problem == "unknown"


def test_every_problem_has_a_rule_and_words() -> None:
    assert all(rule(identifier).meaning and told for identifier, told in PROBLEMS.values())


def test_the_edition_that_knows_most_of_the_codes_stands_first() -> None:
    found = shares(["811230", "850780", "x"], {"HS2007": {"850780"}, "HS2002": {"811230", "850780"}})
    assert list(found) == ["HS2002", "HS2007"]
    assert found["HS2002"] == pytest.approx(2 / 3)
    assert shares([], {"HS2007": {"850780"}}) == {}
