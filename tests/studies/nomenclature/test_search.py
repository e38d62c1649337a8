"""A good is found by its words, however they are typed."""

from __future__ import annotations

from typing import cast

import pytest

from monazite.errors import UnknownCodeError, UsageError
from monazite.studies.nomenclature.search import search

QUESTIONS = {
    "permanent magnet": "850511",
    "permanant magnt": "850511",
    "neodymium magnets": "8505110070",
    "NdFeB": "8505110070",
    "gallium": "8112921000",
    "galium": "8112921000",
    "Ga": "8112921000",
    "germanium": "8112926000",
    "germanium oxide": "2825600000",
    "indium": "8112923000",
    "wolfram ore": "2611003000",
    "ammonium paratungstate": "2841800010",
    "cathode": "3824993910",
    "NMC": "3824993910",
    "lithium ion battery": "850760",
    "lithum carbonate": "283691",
    "heparin": "3001900190",
    "paracetamol": "2924296210",
    "ibuprofen": "2916391500",
    "aspirin": "2918221000",
    "vitamin C": "2936270000",
    "rare earth oxides": "28469020",
    "yttrium oxide": "2846904000",
    "natural graphite": "2504",
    "artifical graphite": "380110",
    "soda ash": "2836200000",
    "solar panel": "854143",
    "vanadium": "8112927000",
    "cobalt ore": "2605000000",
    "antimony metal": "8110100000",
    "magnesite": "2519100000",
    "lead-acid batteries": "850710",
    "cobalt sulphate": "2833291000",
    "aluminium": "2818",
    "aluminium oxide": "2818200000",
    "Kupfer": "7403",
    "Seltene Erden": "28469020",
    "Li₂CO₃": "283691",
    "Y2O3": "2846908090",
    "spodumene": "2530908050",
    "oestrogen": "2937230000",
}
FIRSTS = {
    "sulphate of cobalt": ["2833291000"],
    "LiPF6": ["2826909010"],
    "Nd2Fe14B": ["8505110070"],
    "As": ["2804800000"],
    "In": ["8112923000"],
    "tungsten": ["2611", "8101", "8101940000"],
    "wolfram": ["2611", "8101", "8101940000"],
    "aluminium": ["7601", "2606"],
}
NOTHING = ("black mass", "Kuppfner", "Erdbeeren", "LiPF7", "zzgallium", "lithium carbonate shampoo")
FIRST = 5


@pytest.mark.parametrize(("question", "code"), QUESTIONS.items())
def test_a_good_is_among_the_first_found(question: str, code: str) -> None:
    found = search(question, top=FIRST).table.column("code")
    assert code in found, found


def test_a_typed_word_that_no_tariff_has_is_taken_for_the_nearest() -> None:
    assert search("gallium", top=1).table.column("code") == search("galium", top=1).table.column("code")


@pytest.mark.parametrize(("question", "codes"), FIRSTS.items())
def test_what_is_wholly_the_good_comes_first(question: str, codes: list[str]) -> None:
    assert search(question, top=len(codes)).table.column("code") == codes


@pytest.mark.parametrize("question", NOTHING)
def test_what_no_tariff_says_is_not_taken_for_something_far_off(question: str) -> None:
    answer = search(question)
    assert not len(answer.table), answer.table.column("description")
    assert answer.notes


def test_a_question_that_finds_nothing_is_told_the_nearest_words() -> None:
    assert "kupfer" in search("Kupferr").notes[0]


@pytest.mark.parametrize("question", ["811292", "8112.92", " 8112 92 "])
def test_a_code_is_found_first_then_those_that_begin_so(question: str) -> None:
    first, *others = search(question, top=20).table
    assert (first["code"], first["nomenclature"]) == ("811292", "HTS2025")
    assert "HS2022" in first["also"]
    assert others
    assert all(row["code"].startswith("811292") and row["code"] > "811292" for row in others)


def test_a_code_without_texts_is_found_too() -> None:
    (row,) = search("811230").table
    assert (row["nomenclature"], row["description"]) == ("HS1992", "no text at hand")
    assert "germanium" in row["why"]


def test_equal_digits_of_two_systems_are_two_codes() -> None:
    rows = {row["nomenclature"]: row for row in search("85", top=20).table if row["code"] == "85"}
    assert rows["SITC4"]["description"] == "FOOTWEAR"
    assert "HS" not in rows["SITC4"]["also"]
    assert "HS2022" in rows["HS1992"]["also"]


def test_a_full_code_is_found() -> None:
    assert search("8507600020", top=1).table.column("code") == ["8507600020"]


def test_a_code_that_is_nowhere_is_told_with_the_nearest_above() -> None:
    answer = search("8112999999")
    assert not len(answer.table)
    assert "811299" in answer.notes[0]


def test_a_word_that_is_repeated_counts_and_is_told_once() -> None:
    assert search("gallium gallium").table == search("gallium").table


def test_a_long_question_is_read_in_its_first_words() -> None:
    answer = search(" ".join(f"gallium w{number}" for number in range(1000)))
    assert answer.notes[0].startswith("Only the first")


@pytest.mark.parametrize("question", [None, 811292, b"gallium"])
def test_what_is_no_text_is_refused(question: object) -> None:
    with pytest.raises(UsageError, match="no text"):
        search(cast("str", question))


def test_a_heading_that_names_a_metal_among_ten_comes_after_its_own_line() -> None:
    codes = search("gallium").table.column("code")
    assert codes.index("8112921000") < codes.index("8112")


def test_a_symbol_is_no_word() -> None:
    assert all("arlic" not in row["description"] for row in search("Ga").table)


def test_only_the_nomenclature_and_the_digits_asked_for() -> None:
    rows = search("gallium", nomenclatures=["HTS2025"], digits=10).table
    assert {row["nomenclature"] for row in rows} == {"HTS2025"}
    assert {len(row["code"]) for row in rows} == {10}


def test_a_code_of_an_older_tariff_is_shown_only_where_it_is_gone() -> None:
    rows = search("lithium ion battery", top=30).table
    assert not any(row["nomenclature"] == "HTS2022" and row["code"] == "8507600010" for row in rows)


def test_goods_that_are_repeated_for_duty_only_stand_behind() -> None:
    codes = search("gallium", top=20).table.column("code")
    assert [code for code in codes if code.startswith("99")] == [
        code for code in codes[-3:] if code.startswith("99")
    ]


def test_scores_fall_and_none_is_above_one() -> None:
    scores = search("rare earth", top=50).table.column("score")
    assert scores == sorted(scores, reverse=True)
    assert max(scores) <= 1


def test_every_row_says_why() -> None:
    assert all(search("lithium", top=40).table.column("why"))


@pytest.mark.parametrize("question", ["", "  ", "of the", "?!"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        search(question)


def test_nothing_found_is_an_empty_table() -> None:
    assert len(search("xqzkwvjj").table) == 0


def test_a_nomenclature_without_texts_is_refused_with_those_that_have() -> None:
    with pytest.raises(UnknownCodeError, match="HTS2025"):
        search("gallium", nomenclatures=["HS2022"])
