"""Imports by value against the publisher's own rows, added up here a second time."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import DataMissingError, UnknownCodeError
from monazite.schema.group_imports import GROUPS
from monazite.store import shipped
from monazite.studies.imports import imports

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer

EU, SLOVAKIA, CHINA = "0003", "4359", "5700"
Values = dict[str, dict[str, int]]


@pytest.fixture(scope="module")
def published(real_data: Path) -> Values:
    """Customs values by code and Schedule C partner, as the file has them."""
    path = real_data / "census/us_imports_2024_hts10_critical_subset.csv"
    found: Values = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["I_COMMODITY"]][row["CTY_CODE"]] = int(row["CON_VAL_YR"])
    return found


@cache
def answer_on(group: str) -> Answer:
    """The answer on a group, asked once."""
    return imports(group)


@pytest.fixture(scope="module")
def batteries() -> Answer:
    return answer_on("batteries")


def once(values: Values, *codes: str) -> dict[str, int]:
    """Values by partner over codes, with Slovakia's taken out of the European Union."""
    summed: dict[str, int] = defaultdict(int)
    for code in codes:
        for partner, value in values[code].items():
            summed[partner] += value
            summed[EU] -= value if partner == SLOVAKIA else 0
    return summed


def test_lithium_ion_batteries_and_chinas_share_are_those_of_the_file(
    batteries: Answer, published: Values
) -> None:
    values = once(published, *(code for code in published if code.startswith("850760")))
    total = sum(values.values())
    row = batteries.table.one(product="lithium_ion_batteries")
    assert row["value_low_usd"] == row["value_high_usd"] == total == 22_200_062_481
    assert row["leading_partner"] == "CHN"
    assert row["leading_share_low"] == row["leading_share_high"] == pytest.approx(values[CHINA] / total)
    assert round(row["leading_share_low"], 4) == 0.7052
    squares = [(value / total) ** 2 for partner, value in values.items() if partner != EU]
    assert row["hhi_low"] == pytest.approx(sum(squares) + (values[EU] / total) ** 2 / 26)
    assert row["hhi_high"] == pytest.approx(sum(squares) + (values[EU] / total) ** 2)


@pytest.mark.parametrize(
    ("product", "least"), [("polypeptide_hormones", 0.036), ("vaccines", 0.035), ("somatotropin", 1 / 26)]
)
def test_the_rest_of_the_union_is_no_more_than_its_members(product: str, least: float) -> None:
    row = answer_on("pharmaceuticals").table.one(product=product)
    assert row["hhi_low"] == pytest.approx(least, abs=0.0005)


def test_each_kind_of_lithium_ion_battery_is_told_by_code(batteries: Answer, published: Values) -> None:
    codes = batteries.details["codes"].where(product="lithium_ion_batteries")
    for row in codes:
        values = once(published, row["code"])
        assert row["value_usd"] == sum(values.values())
        assert row["leading_share"] == pytest.approx(values[CHINA] / sum(values.values()))
    assert [round(row["leading_share"], 3) for row in codes] == [0.651, 0.716]


def test_the_union_is_counted_without_the_member_listed_beside_it(
    batteries: Answer, published: Values
) -> None:
    partners = batteries.details["partners"].where(product="lithium_ion_batteries")
    values = published["8507600010"].get(EU, 0) + published["8507600020"][EU]
    union = partners.one(partner="european-union")
    slovakia = partners.one(partner="SVK")
    assert slovakia["value_low_usd"] == published["8507600020"][SLOVAKIA]
    assert union["value_low_usd"] == values - slovakia["value_low_usd"]
    assert (union["aggregate"], union["name"]) == (True, "European Union without Slovakia")
    (told,) = [one for one in batteries.findings if one.rule == "double-count"]
    assert "Slovakia" in told.found
    assert "$2.39 M" in told.found


def test_no_member_sends_more_than_its_union() -> None:
    assert (
        shipped.query(
            "SELECT one.code FROM us_import one LEFT JOIN us_import eu ON eu.code = one.code"
            " AND eu.year = one.year AND eu.partner = 'european-union' WHERE one.partner = 'SVK'"
            " AND coalesce(eu.value_usd, 0) < one.value_usd"
        )
        == []
    )


@pytest.mark.parametrize("group", GROUPS)
def test_the_partners_of_every_product_sum_to_it(group: str) -> None:
    answer = answer_on(group)
    for row in answer.table:
        parts = answer.details["partners"].where(product=row["product"])
        for end in ("value_low_usd", "value_high_usd"):
            assert sum(parts.column(end)) == pytest.approx(row[end])
        assert sum(parts.column("share_low")) <= 1 + 1e-9
        assert row["partners"] == len(parts)
        if len(parts):
            assert sum(parts.column("share_high")) >= 1 - 1e-9
            assert row["hhi_low"] <= row["hhi_high"]


def test_medicines_are_told_by_code(published: Values) -> None:
    answer = answer_on("pharmaceuticals")
    behind = {(row["product"], row["code"]): row for row in answer.details["codes"]}
    for product, code in {
        "penicillins": "2941105000", "tetracyclines": "2941300000", "heparin": "3001900190",
        "hydrocortisone": "2937210020", "vitamin_c": "2936270000", "vitamin_b12": "2936260000",
        "penicillin_doses": "3004105065", "ibuprofen_doses": "3004909229",
        "acetaminophen_doses": "3004909232",
    }.items():  # fmt: skip
        assert behind[product, code]["value_usd"] == sum(once(published, code).values()), product
    assert ("ibuprofen", "2916391500") in behind
    assert ("acetaminophen", "2924296210") in behind


def test_what_shares_a_code_is_an_interval(published: Values) -> None:
    row = answer_on("pharmaceuticals").table.one(product="heparin")
    assert (row["value_low_usd"], row["value_high_usd"]) == (0, sum(once(published, "3001900190").values()))
    assert (row["leading_share_low"], row["leading_share_high"]) == (0, 1)
    assert row["leading_share_of_codes"] == pytest.approx(
        published["3001900190"][CHINA] / row["value_high_usd"]
    )
    assert "code-basket" in row["findings"]


def test_a_code_that_was_cut_since_is_told_and_counted_as_an_interval(batteries: Answer) -> None:
    changed = {one.subject: one for one in batteries.findings if one.rule == "code-changed"}
    assert set(changed) == {"battery_separators", "cathode_materials", "lithium_hexafluorophosphate"}
    assert "2826909000 in 2024" in changed["lithium_hexafluorophosphate"].found
    assert "2826909010" in changed["lithium_hexafluorophosphate"].expected
    row = batteries.table.one(product="lithium_hexafluorophosphate")
    assert (row["codes"], row["value_low_usd"]) == ("2826909000", 0)
    assert row["value_high_usd"] > 0


def test_a_code_two_products_share_is_in_the_group_once(batteries: Answer) -> None:
    codes = {(row["code"]): row["value_usd"] for row in batteries.details["codes"]}
    whole = batteries.table.one(product="batteries")
    assert whole["value_high_usd"] == pytest.approx(sum(codes.values()))


def test_which_partners_are_listed_is_told(batteries: Answer) -> None:
    (told,) = [one for one in batteries.findings if one.rule == "coverage-partial"]
    assert told.found.startswith("50 countries and the European Union; not DR Congo, Kazakhstan, Bolivia")
    assert "the most that the share of all imports can be" in " ".join(batteries.notes)


@pytest.mark.parametrize("group", GROUPS)
def test_it_is_import_dependence_by_value_and_never_net_import_reliance(group: str) -> None:
    answer = answer_on(group)
    assert answer.title.endswith("import dependence by value")
    said = " ".join([answer.title, answer.question, *(one.label + one.detail for one in answer.headlines)])
    assert "reliance" not in said
    for text in (answer.method, *answer.notes):
        for sentence in text.split("."):
            assert "reliance" not in sentence or "not" in sentence or "never" in sentence


def test_the_answer_cites_the_files_of_the_census_bureau(batteries: Answer) -> None:
    (source,) = batteries.sources
    assert source.publisher == "U.S. Census Bureau"
    assert len(source.snapshots) == 51
    assert batteries.cite().endswith("U.S. Census Bureau, International Trade Data, 2024 (51 files).")


def test_what_is_not_shipped_is_refused() -> None:
    with pytest.raises(DataMissingError, match="values of 2019 are not shipped; there are those of 2024"):
        imports("batteries", year=2019)
    with pytest.raises(UnknownCodeError, match="pharmaceuticals"):
        imports("pharma")
    with pytest.raises(UnknownCodeError, match="basis"):
        imports("batteries", by="dose")


# ── by weight ────────────────────────────────────────────────────────────────────────────────


def test_weight_needs_quantities_that_are_loaded(stored: Callable[..., Store]) -> None:
    with pytest.raises(DataMissingError, match="monazite fetch census"):
        imports("batteries", by="weight", store=stored({"mass_t": None, "mass_status": "not-collected"}))


def test_shares_by_weight_are_of_the_masses_loaded(stored: Callable[..., Store]) -> None:
    store = stored({"mass_t": 30.0}, {"exporter": "KOR", "mass_t": 10.0}, {"exporter": "JPN", "mass_t": None})
    answer = imports("batteries", by="weight", store=store)
    row = answer.table.one(product="lithium_ion_batteries")
    assert (row["mass_low_t"], row["value_low_usd"], row["basis"]) == (40, None, "weight")
    assert (row["leading_partner"], row["leading_share_low"]) == ("CHN", 0.75)
    (told,) = [one for one in answer.findings if one.rule == "quantity-missing"]
    assert told.rows == 1
    assert answer.title == "United States imports of batteries, 2023: import dependence by weight"
    assert answer.sources[0].title == "Made up trade"


@pytest.mark.parametrize(
    "other",
    [
        {"regime": "general"},
        {"period": "2023-01"},
        {"flow": "export", "exporter": "USA", "importer": "CHN"},
        {"year": 2022, "period": "2022"},
        {"breakdown": "district=10"},
    ],
)
def test_what_would_count_twice_is_left_out(other: dict[str, Any], stored: Callable[..., Store]) -> None:
    answer = imports("batteries", by="weight", store=stored({"mass_t": 30.0}, {"mass_t": 7.0, **other}))
    assert answer.table.one(product="lithium_ion_batteries")["mass_low_t"] == 30


def test_months_are_summed_where_there_is_no_year(stored: Callable[..., Store]) -> None:
    months = [{"period": f"2023-{month:02d}", "mass_t": 2.0} for month in range(1, 13)]
    answer = imports("batteries", by="weight", store=stored(*months))
    assert answer.table.one(product="lithium_ion_batteries")["mass_low_t"] == 24


def test_a_total_that_the_partners_reach_says_that_none_is_missing(stored: Callable[..., Store]) -> None:
    world = {"exporter": "WLD", "aggregate": True}
    whole = imports("batteries", by="weight", store=stored({"mass_t": 30.0}, {"mass_t": 30.0, **world}))
    assert "coverage-partial" not in {one.rule for one in whole.findings}
    assert whole.table.one(product="batteries")["mass_low_t"] == 30
