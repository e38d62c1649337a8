"""Materials resolve from what people call them, and the lists are the published ones."""

from __future__ import annotations

import csv
import re
from itertools import chain
from typing import TYPE_CHECKING, cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.codes.materials import Kind, aliases, listed, material, materials, members
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from monazite.codes.materials import Edition, Material

ADDED_2025 = "boron copper lead metallurgical_coal phosphate potash rhenium silicon silver uranium"
LIGHT = "La Ce Pr Nd Pm Sm Eu Gd"
HEAVY = "Tb Dy Ho Er Tm Yb Lu"
IDS = [m.id for m in materials()]
NAMES = [(name, m.id) for m in materials() for name in (m.id, m.name, *aliases(m.id))]
MCS_2026 = "usgs/mcs2026/usgs_mcs2026_commodities_data.csv"


def folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def symbols(ids: tuple[str, ...]) -> set[str]:
    return {material(i).symbol for i in ids}


def mcs_rows(real_data: Path) -> list[dict[str, str]]:
    with (real_data / MCS_2026).open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file))


# ── The table is whole ───────────────────────────────────────────────────────────────────────


def test_ids_are_unique_sorted_snake_case() -> None:
    assert sorted(set(IDS)) == IDS
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", i) for i in IDS)


def test_kinds_rare_earths_and_groups_are_from_their_lists() -> None:
    groups = {m.id for m in materials() if m.kind == "group"}
    assert {m.kind for m in materials()} == set(get_args(Kind))
    assert {m.rare_earth for m in materials()} == {"light", "heavy", ""}
    assert {m.group for m in materials()} - {""} <= groups
    assert all(members(g) for g in groups)


def test_elements_and_only_elements_have_a_symbol_and_a_number() -> None:
    elements = [m for m in materials() if m.kind == "element"]
    assert all(m.symbol and m.atomic_number for m in elements)
    assert all(not m.symbol and m.atomic_number is None for m in materials() if m.kind != "element")
    assert len({m.symbol for m in elements}) == len({m.atomic_number for m in elements}) == len(elements)


def test_lanthanides_are_numbered_in_their_order() -> None:
    by_number = sorted(
        (m.atomic_number, m.symbol) for m in members("rare_earths") if m.group != "rare_earths"
    )
    assert by_number == list(enumerate((LIGHT + " " + HEAVY).split(), start=57))


def test_what_no_chapter_holds_says_why() -> None:
    outside = {m.id for m in materials() if not m.mcs_chapters}
    assert outside == {"metallurgical_coal", "promethium", "rare_earths_light", "uranium"}
    assert all(material(i).note for i in outside)


# ── The lists ────────────────────────────────────────────────────────────────────────────────


def test_the_lists_hold_50_and_60() -> None:
    assert (len(listed(2022)), len(listed(2025))) == (50, 60)


def test_ten_were_added_and_none_removed() -> None:
    before, after = ({m.id for m in listed(edition)} for edition in (2022, 2025))
    assert after - before == set(ADDED_2025.split())
    assert not before - after


@pytest.mark.parametrize("edition", [2022, 2025])
def test_listed_materials_have_a_listed_name_and_a_tagged_source(edition: Edition) -> None:
    for m in materials():
        name, source = getattr(m, f"list_name_{edition}"), getattr(m, f"source_{edition}")
        assert bool(name) is bool(source) is (m in listed(edition))
        assert not name or material(name) is m
        assert not source or re.search(r"\[(V1|V2|S)\]$", source)


def test_an_edition_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match=r"'2021'.*2022"):
        listed(cast("Edition", 2021))


def test_promethium_and_osmium_are_on_no_list() -> None:
    assert not {"promethium", "osmium"} & {m.id for m in chain(listed(2022), listed(2025))}


# ── Groups ───────────────────────────────────────────────────────────────────────────────────


def test_seventeen_rare_earths_light_heavy_and_scandium() -> None:
    rare = members("rare_earths")
    assert len(rare) == 17
    assert {m.symbol for m in rare if m.rare_earth == "light"} == set(LIGHT.split())
    assert {m.symbol for m in rare if m.rare_earth == "heavy"} == {*HEAVY.split(), "Y"}
    assert [m.symbol for m in rare if not m.rare_earth] == ["Sc"]


def test_the_heavy_group_is_the_one_usgs_counts_without_yttrium() -> None:
    assert {m.symbol for m in members("rare_earths_heavy")} == set(HEAVY.split())
    assert material("yttrium").rare_earth == "heavy"


def test_members_take_a_material_or_its_name_and_a_leaf_has_none() -> None:
    assert members(material("PGM")) == members("platinum-group metals")
    assert len(members("PGM")) == 6
    assert members("cobalt") == ()


# ── Resolving names ──────────────────────────────────────────────────────────────────────────


def test_no_name_leads_to_two_materials() -> None:
    owners: dict[str, set[str]] = {}
    for name, owner in NAMES:
        owners.setdefault(folded(name), set()).add(owner)
    assert {name: o for name, o in owners.items() if len(o) > 1} == {}


def test_no_alias_repeats_an_id_a_name_or_another_alias() -> None:
    own = {folded(name) for m in materials() for name in (m.id, m.name)}
    other = [folded(alias) for m in materials() for alias in aliases(m.id)]
    assert len(set(other)) == len(other)
    assert not own & set(other)


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False), st.sampled_from([" ", "-", "_", ""]))
def test_any_name_resolves_in_any_case_and_spacing(case: tuple[str, str], random: Random, gap: str) -> None:
    name, owner = case
    mixed = "".join(random.choice((letter.upper(), letter.lower())) for letter in name)
    spaced = mixed.replace(" ", gap).replace("_", gap)
    if spaced not in symbols(tuple(IDS)):
        assert material(f"  {spaced} ").id == owner


@given(st.sampled_from([m for m in materials() if m.symbol]))
def test_a_symbol_resolves_only_as_chemists_write_it(m: Material) -> None:
    assert material(m.symbol) is m


@pytest.mark.parametrize("word", ["in", "as", "IN", "AS", "pm", "no", "ga", "COBALT!!x"])
def test_a_word_is_no_symbol(word: str) -> None:
    with pytest.raises(UnknownCodeError):
        material(word)


@pytest.mark.parametrize(("word", "hint"), [("as", "For arsenic, write As"), ("GA", "For gallium, write Ga")])
def test_a_symbol_in_the_wrong_case_is_explained(word: str, hint: str) -> None:
    with pytest.raises(UnknownCodeError, match=hint):
        material(word)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bauxite", "aluminum"),
        ("Alumina", "aluminum"),
        ("aluminium", "aluminum"),
        ("caesium", "cesium"),
        ("SULPHUR", "sulfur"),
        ("rare earth", "rare_earths"),
        ("Rare-Earths", "rare_earths"),
        ("ree", "rare_earths"),
        ("REEs", "rare_earths"),
        ("PGM", "platinum_group_metals"),
        ("columbium", "niobium"),
        ("graphite (natural)", "graphite"),
        ("natural graphite", "graphite"),
        ("titanium sponge", "titanium"),
        ("In", "indium"),
        ("As", "arsenic"),
        ("Pm", "promethium"),
        ("coking coal", "metallurgical_coal"),
    ],
)
def test_what_people_say(asked: str, expected: str) -> None:
    assert material(asked).id == expected


@pytest.mark.parametrize(
    ("asked", "nearest"), [("galium", "gallium"), ("columbum", "columbium"), ("rare eath", "rare earth")]
)
def test_an_unknown_name_suggests_the_nearest_aliases_included(asked: str, nearest: str) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        material(asked)
    assert nearest in caught.value.nearest


@pytest.mark.parametrize("empty", ["", "  ", "-", "()"])
def test_nothing_is_no_material(empty: str) -> None:
    with pytest.raises(UnknownCodeError):
        material(empty)


# ── Against the publishers' files ────────────────────────────────────────────────────────────


@pytest.mark.needs("real-data")
def test_every_chapter_of_mcs_2026_is_covered_and_no_other_is_named(real_data: Path) -> None:
    published = {row["MCS chapter"] for row in mcs_rows(real_data)}
    assert len(published) == 89
    assert {chapter for m in materials() for chapter in m.mcs_chapters} == published


@pytest.mark.needs("real-data")
def test_every_commodity_of_mcs_2026_resolves_into_its_chapter(real_data: Path) -> None:
    astray = {
        (row["MCS chapter"], row["Commodity"])
        for row in mcs_rows(real_data)
        if row["MCS chapter"] not in material(row["Commodity"]).mcs_chapters
    }
    assert astray == set()


@pytest.mark.needs("real-data")
def test_flags_of_mcs_2026_agree_with_the_list_of_2025(real_data: Path) -> None:
    flagged = {
        material(r["Commodity"]) for r in mcs_rows(real_data) if r["Is critical mineral 2025"] == "Yes"
    }
    single = {m.id for m in flagged if m.kind != "group"}
    outside = {"metallurgical_coal", "uranium", "thulium"}
    assert single | outside == {m.id for m in listed(2025)}
    assert all(set(members(m)) & set(listed(2025)) for m in flagged if m.kind == "group")


@pytest.mark.needs("real-data")
def test_the_list_of_2022_is_the_one_usgs_prints(real_data: Path) -> None:
    table = real_data / "usgs/mcs2025/industry_trends/MCS2025_T4_Critical_Minerals_End_Use.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        printed = {row["Critical Mineral"].strip() for row in csv.DictReader(file)}
    assert printed == {m.list_name_2022 for m in listed(2022)}


@pytest.mark.needs("golden")
def test_the_list_of_2025_is_the_one_published(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] == "US_LCM_2025"]
    assert len(rows) == 60
    assert {row[1] for row in rows} == {m.list_name_2025 for m in listed(2025)}
