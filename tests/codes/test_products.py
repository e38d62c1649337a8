"""The products: each has a source, codes that exist, and shares that can be."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from monazite.codes import reviewed
from monazite.codes.material_codes import codes_of
from monazite.codes.products import groups, national_codes, of_group, product, products
from monazite.errors import UnknownCodeError
from monazite.schema.group_imports import GROUPS, KNOWN

if TYPE_CHECKING:
    from pathlib import Path

ROWS = reviewed.rows("product_codes.csv")
WASTE = "8549"


@pytest.fixture(scope="module")
def tariff(real_data: Path) -> dict[str, str]:
    """Ten-digit codes of the tariff of 2025 with their texts, from the publisher's own file."""
    with (real_data / "codes/hts/hts_2025_basic_edition.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [(row["HTS Number"].replace(".", ""), row["Description"]) for row in csv.DictReader(file)]
    return {code: text for code, text in lines if len(code) == 10}


def test_every_group_is_declared_and_every_product_has_a_code() -> None:
    assert set(groups()) == set(GROUPS)
    assert len({one.id for one in products()}) == len(products())
    assert [one.id for one in products() if not national_codes(one.id)] == []
    assert {row["material"] for row in ROWS} == {one.id for one in products()}


def test_every_row_has_a_source_and_judgement_is_tagged() -> None:
    assert [row for row in ROWS if not (row["source"] and row["date"])] == []
    assert {row["known"] for row in ROWS} <= set(KNOWN)
    assert [row for row in ROWS if (row["known"] == "judgement") != (row["tag"] == "U")] == []
    assert {row["tag"] for row in ROWS} <= {"V1", "C", "U"}


def test_a_share_is_whole_only_where_the_code_is_for_the_product_alone() -> None:
    for row in ROWS:
        low, high = float(row["share_low"]), float(row["share_high"])
        assert 0 <= low <= high <= 1
        assert (low == 1) == (row["known"] in ("text", "breakout") or row["code"] == "850760"), row


def test_no_code_is_more_than_whole() -> None:
    for group in groups():
        taken: dict[str, float] = defaultdict(float)
        for one in of_group(group):
            for row in national_codes(one.id):
                taken[row.code] += row.share_low or 0
        assert [code for code, share in taken.items() if share > 1] == []


def test_every_code_of_the_tariff_of_2025_is_in_it(tariff: dict[str, str]) -> None:
    codes = {row["code"] for row in ROWS if row["nomenclature"] == "HTS2025"}
    assert len(codes) > 190
    assert codes - tariff.keys() == set()


def test_what_is_said_to_be_named_by_the_text_is(tariff: dict[str, str]) -> None:
    named = {
        "ibuprofen": "ibuprofen", "acetaminophen": "acetaminophen", "hydrocortisone": "hydrocortisone",
        "aspirin": "aspirin", "caffeine": "caffeine", "insulin": "insulin", "guaifenesin": "guaifenesin",
        "lithium_hexafluorophosphate": "lithium hexafluorophosphate", "erythromycin": "erythromycin",
        "neodymium_magnets": "neodymium-iron-boron", "samarium_cobalt_magnets": "samarium-cobalt",
        "vitamin_c": "vitamin c", "vitamin_e": "vitamin e", "vaccines": "vaccines for human medicine",
    }  # fmt: skip
    for identifier, word in named.items():
        texts = [tariff[row.code] for row in codes_of(identifier) if row.nomenclature == "HTS2025"]
        assert any(word in text.casefold() for text in texts), identifier


def test_the_medicines_the_sources_name_are_there() -> None:
    ids = {one.id for one in of_group("pharmaceuticals")}
    assert {"penicillins", "tetracyclines", "streptomycins", "chloramphenicol", "erythromycin"} <= ids
    assert {"heparin", "ibuprofen", "acetaminophen", "hydrocortisone", "vitamin_c", "vitamin_b12"} <= ids


def test_lithium_ion_had_no_code_of_its_own_before_2012() -> None:
    held = {row.nomenclature: row for row in codes_of("lithium_ion_batteries") if len(row.code) == 6}
    for edition in ("HS1992", "HS1996", "HS2002", "HS2007"):
        assert (held[edition].code, held[edition].share_low, held[edition].share_high) == ("850780", 0, 1)
    for edition in ("HS2012", "HS2017", "HS2022"):
        assert (held[edition].code, held[edition].share_low) == ("850760", 1)


def test_waste_is_no_product() -> None:
    assert [row for row in ROWS if row["code"].startswith(WASTE)] == []


def test_six_digits_are_whole_only_if_all_their_lines_are(tariff: dict[str, str]) -> None:
    for one in products():
        own = {row.code for row in codes_of(one.id) if row.nomenclature == "HTS2025" and row.share_low == 1}
        for row in codes_of(one.id):
            if row.nomenclature == "HS2022":
                lines = {code for code in tariff if code.startswith(row.code)}
                assert (row.share_low == 1) == (lines <= own), (one.id, row.code)


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="lithium_ion_batteries"):
        product("lithium_batteries")
    with pytest.raises(UnknownCodeError, match="batteries"):
        of_group("battery")
