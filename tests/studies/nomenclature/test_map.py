"""The map shows material, stage, code and health, and what has no code."""

from __future__ import annotations

import pytest

from monazite.codes.material_codes import material_codes
from monazite.errors import UnknownCodeError
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.store import shipped
from monazite.studies.nomenclature.materials_map import STAGES, materials_map
from monazite.studies.nomenclature.standing import unchanged_since, verdict
from monazite.studies.nomenclature.us_imports import imports


def test_every_current_row_of_the_map_is_shown_once() -> None:
    current = [row for row in material_codes() if row.nomenclature in ("HS2022", "HTS2025")]
    assert len(materials_map().table) == len(current)


def test_the_stages_of_a_material_stand_in_order() -> None:
    places = [STAGES.index(row["stage"]) for row in materials_map("gallium").table]
    assert places == sorted(places)


def test_every_stage_of_the_map_has_its_place() -> None:
    assert {row.stage for row in material_codes()} <= set(STAGES)


def test_what_has_no_code_is_a_finding() -> None:
    answer = materials_map("yttrium")
    rules = {one.rule for one in answer.findings}
    assert {"code-missing", "coverage-partial"} <= rules
    assert any("oxide" in one.subject for one in answer.findings if one.rule == "code-missing")


def test_a_group_stands_for_its_members() -> None:
    names = {row["name"] for row in materials_map("rare earths").table}
    assert {"neodymium", "dysprosium", "yttrium"} <= names


def test_products_are_in_the_map() -> None:
    rows = materials_map(["heparin", "lithium-ion batteries"]).table
    assert {row["code"] for row in rows} >= {"3001900190", "8507600010"}


def test_imports_are_of_all_the_code_holds() -> None:
    rows = [row for row in materials_map(["gallium", "germanium"]).table if row["code"] == "811292"]
    assert len({row["value_usd"] for row in rows}) == 1


def test_codes_are_counted_by_material() -> None:
    row = materials_map("gallium").details["materials"].rows[0]
    assert row["own"] >= 3
    assert row["none"] == 1


@pytest.mark.parametrize(
    ("code", "year"),
    [
        ("850760", 2012),
        ("811292", 2022),
        ("283691", 1992),
        ("284690", 1992),
        ("810610", 2022),
        ("811230", None),
    ],
)
def test_a_code_is_unchanged_since_the_revision_that_last_touched_it(code: str, year: int | None) -> None:
    assert unchanged_since(code) == year


@pytest.mark.parametrize(
    ("nomenclature", "code", "told"),
    [
        ("HS2022", "", "no code"),
        ("HS2002", "811230", "dead since 2007"),
        ("HS2022", "283691", "sound"),
        ("HS2022", "250410", "sound"),
        ("HTS2025", "8112921000", "six digits changed 2022"),
        ("HTS2025", "2846908090", "basket of 15"),
    ],
)
def test_the_verdict_on_a_code(nomenclature: str, code: str, told: str) -> None:
    assert verdict(nomenclature, code) == told


def test_waste_of_2022_does_not_make_magnets_or_cells_new() -> None:
    assert unchanged_since("850511") in range(int(HS_EDITIONS[0][2:]), 2022)
    assert unchanged_since("850760") == 2012


def imports_by_hand(code: str) -> int:
    """Value of all partners but the listed member, which the union counts."""
    (row,) = shipped.query(
        "SELECT sum(value_usd)::BIGINT AS value FROM us_import WHERE code LIKE ? AND partner <> 'SVK'",
        [f"{code}%"],
    )
    return int(row["value"])


def test_the_european_union_and_its_member_are_counted_once() -> None:
    (under,) = imports(["850760"]).values()
    assert under.value_usd == sum(one.value_usd for one in under.sent)
    assert under.value_usd == imports_by_hand("850760")
    assert under.hhi is not None
    assert under.hhi.low < under.hhi.high


def test_chinas_share_of_lithium_ion_batteries_by_value() -> None:
    (under,) = imports(["850760"]).values()
    assert under.leading is not None
    assert under.leading.partner == "CHN"
    assert under.leading_share == pytest.approx(0.705, abs=0.0005)


def test_every_edition_has_the_codes_of_every_material_and_product() -> None:
    table = materials_map(every_edition=True).table
    now = {row["material"] for row in table if row["nomenclature"] == "HS2022" and row["code"]}
    for edition in HS_EDITIONS[:-1]:
        assert now - {row["material"] for row in table if row["nomenclature"] == edition} == set()
    keys = [tuple(row[k] for k in ("material", "stage", "form", "nomenclature", "code")) for row in table]
    assert len(set(keys)) == len(keys)


def test_what_is_derived_says_so_is_computed_at_best_and_names_its_way() -> None:
    table = materials_map("lithium", every_edition=True).table
    derived = [row for row in table if row["known"] == "derived"]
    assert {row["tag"] for row in derived} <= {"C", "S", "U"}
    assert all(row["comment"].startswith("carried from HS") for row in derived)
    carbonate = next(r for r in derived if (r["nomenclature"], r["code"]) == ("HS1992", "283691"))
    assert (carbonate["share_low"], carbonate["comment"]) == (1, "carried from HS2022 283691")
    older = materials_map("germanium", every_edition=True).table.where(nomenclature="HS1992")
    assert "carried from HS2022 282739 > HS2002 282733" in set(older.column("comment"))


def test_germanium_was_in_no_other_code_of_8112_while_it_had_its_own() -> None:
    rows = materials_map("germanium", every_edition=True).table
    for edition in ("HS1992", "HS1996", "HS2002"):
        held = [r for r in rows if r["nomenclature"] == edition and r["code"].startswith("8112")]
        assert [(r["code"], r["known"]) for r in held] == [("811230", "text")]


def test_a_code_of_an_earlier_edition_has_no_imports_and_its_own_basket() -> None:
    rows = materials_map("neodymium", every_edition=True).table
    (magnet,) = (
        r for r in rows if (r["nomenclature"], r["code"]) == ("HS2007", "850511") and "NdFeB" in r["form"]
    )
    assert magnet["value_usd"] is None
    assert magnet["health"].startswith("basket of")


def test_a_material_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match="material or product"):
        materials_map("kryptonite")
