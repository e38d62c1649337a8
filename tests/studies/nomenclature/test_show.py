"""One code on one page."""

from __future__ import annotations

import pytest

from monazite.errors import UnknownCodeError
from monazite.studies.imports import imports
from monazite.studies.nomenclature.show import show


def test_a_basket_shows_its_materials_its_lines_and_its_trade() -> None:
    answer = show("8112.92")
    row = answer.table.rows[0]
    assert (row["code"], row["health"], row["unchanged_since"]) == (
        "811292",
        "basket of 5; changed 2022",
        2022,
    )
    below = [each["code"] for each in answer.details["place"].where(place="below")]
    assert below[:3] == ["81129207", "81129210", "81129230"]
    assert {each["name"] for each in answer.details["materials"]} >= {"gallium", "germanium", "indium"}
    assert (
        sum(each["value_usd"] or 0 for each in answer.details["place"].where(place="below"))
        == row["value_usd"]
    )


def test_the_same_code_with_and_without_dots() -> None:
    assert show("8507.60.00.10").table.rows == show("8507600010").table.rows


def test_a_dead_code_is_read_in_the_last_edition_that_had_it() -> None:
    row = show("811230").table.rows[0]
    assert (row["nomenclature"], row["health"]) == ("HS2002", "dead since 2007")
    assert "8112.92" in row["after"]


def test_where_goods_were_before_their_code_is_told() -> None:
    assert show("850760").table.rows[0]["before"] == "HS2007: 8507.80"


def test_no_partner_is_counted_twice() -> None:
    answer = show("850760")
    partners = answer.details["partners"]
    assert sum(partners.column("value_usd")) == answer.table.rows[0]["value_usd"]
    assert sum(partners.column("share")) == pytest.approx(1)
    assert {"SVK", "european-union"} <= set(partners.column("partner"))


def test_a_code_has_as_many_partners_and_the_same_index_wherever_it_is_asked() -> None:
    shown = show("850760").table.rows[0]
    assessed = imports("batteries").table.one(product="lithium_ion_batteries")
    assert shown["partners"] == assessed["partners"] == 32
    for end in ("hhi_low", "hhi_high"):
        assert shown[end] == pytest.approx(assessed[end])


@pytest.mark.parametrize(
    ("code", "least"), [("293719", 0.036), ("300241", 0.035), ("81129265", 0.038), ("2937110000", 1 / 26)]
)
def test_the_rest_of_the_union_is_no_more_than_its_members(code: str, least: float) -> None:
    row = show(code).table.rows[0]
    assert row["hhi_low"] == pytest.approx(least, abs=0.0006)
    assert row["hhi_low"] < row["hhi_high"] <= 1


def test_a_code_of_another_nomenclature_is_shown_without_a_verdict() -> None:
    row = show("68998", nomenclature="SITC4").table.rows[0]
    assert row["health"].startswith("not judged: no code of the Harmonized System")
    assert row["editions"] is None


@pytest.mark.parametrize(
    ("code", "nomenclature"),
    [("281", "SITC4"), ("8110100000", "ScheduleB2022"), ("850780", "HS1992"), ("811292", "HS2007"),
     ("8507", "HS2017")],
)  # fmt: skip
def test_no_trade_is_shown_under_digits_that_mean_other_goods(code: str, nomenclature: str) -> None:
    answer = show(code, nomenclature=nomenclature)
    assert answer.table.rows[0]["value_usd"] is None
    assert len(answer.details["partners"]) == 0
    assert answer.details["place"].where(place="itself").rows[0]["value_usd"] is None
    assert any("Imports" in note for note in answer.notes)


@pytest.mark.parametrize(("code", "nomenclature"), [("850760", "HS2012"), ("283691", "HS1992")])
def test_an_early_code_of_the_same_goods_has_the_trade_and_text_of_today(
    code: str, nomenclature: str
) -> None:
    early, today = (show(code, nomenclature=one).table.rows[0] for one in (nomenclature, "HTS2025"))
    assert early["value_usd"] == today["value_usd"] > 0
    assert early["description"] == today["description"]


@pytest.mark.parametrize(
    ("code", "told", "now"),
    [
        ("3801105000", "split 2025", "HTS2025: 3801.10.50.10 and 3801.10.50.90"),
        ("8507600020", "split 2026", "HTS2026: 8507.60.00.30 and 8507.60.00.90"),
        ("2825600000", "split 2025", "HTS2025: 2825.60.00.10, 2825.60.00.20 and 2825.60.00.50"),
    ],
)
def test_a_split_of_the_nation_is_told(code: str, told: str, now: str) -> None:
    answer = show(code)
    row = answer.table.rows[0]
    assert row["health"].endswith(told)
    assert row["after"] == now
    assert now.split(": ")[1] in answer.notes[0]


def test_a_change_of_the_unit_is_told_and_is_no_split() -> None:
    answer = show("8505110070")
    assert "unit" not in answer.table.rows[0]["health"]
    assert "2019, unit" in answer.notes[0]


@pytest.mark.parametrize(
    ("code", "told"), [("8549", "not judged: a heading"), ("85", "not judged: a chapter")]
)
def test_headings_and_chapters_are_not_judged(code: str, told: str) -> None:
    assert show(code).table.rows[0]["health"].startswith(told)


def test_headings_have_the_text_of_the_tariff() -> None:
    below = show("28").details["place"].where(place="below")
    assert all(below.column("description"))


def test_a_dead_code_says_since_when_what_took_over_and_what_to_ask() -> None:
    (note,) = show("811230").notes
    assert "HS2007" in note
    assert "8112.92" in note
    assert "monazite codes check 811230" in note


def test_early_headings_do_not_speak_with_the_text_of_today() -> None:
    place = show("8507", nomenclature="HS2007").details["place"]
    assert place.where(place="itself").rows[0]["description"] is None
    assert place.one(code="850720")["description"] == "Other lead-acid storage batteries"


@pytest.mark.parametrize("code", ["123456789", "gallium", ""])
def test_a_code_nobody_has_is_refused_with_what_to_do(code: str) -> None:
    with pytest.raises(UnknownCodeError, match="search"):
        show(code)


def test_a_code_that_stands_elsewhere_says_where() -> None:
    with pytest.raises(UnknownCodeError, match="HTS2025"):
        show("8112921000", nomenclature="SITC4")
