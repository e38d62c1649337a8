"""The map is whole, says where each row is from, and keeps to the tariff, the trade and chemistry."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.codes.carried_codes import carried, own_first
from monazite.codes.material_codes import codes_of, content_of, material_codes, materials_of
from monazite.codes.materials import aliases, listed, material, materials
from monazite.codes.stoichiometry import compounds, mass_fraction
from monazite.errors import MethodError
from monazite.schema.material_map import KNOWN, MATERIAL_CODE, SHARES_OF, TAGS
from monazite.schema.minerals import STAGES
from monazite.store import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.codes.material_codes import MaterialCode

MINERALS = {one.id for one in materials()}
ALL = material_codes()
ROWS = [row for row in ALL if row.material in MINERALS]
SAME_GOODS = "in the same goods"
"""What the comment of a row says whose goods hold other materials too: their shares do not add up."""
ROUNDED = 0.00005
OTHER_WORDS = {
    "aluminum": ("alnico",),
    "arsenic": ("arsenide",),
    "barite": ("barytes", "barium"),
    "boron": ("boric", "borax", "borate", "boride"),
    "chromium": ("chrom",),
    "cobalt": ("alnico",),
    "fluorspar": ("calcium fluoride",),
    "manganese": ("permanganate",),
    "nickel": ("alnico",),
    "phosphate": ("phosph",),
    "potash": ("potass",),
    "rhenium": ("perrhenate",),
    "silver": ("precious metal",),
    "tin": ("stannate",),
    "vanadium": ("vanadate",),
}
"""How else a tariff names them; groups by what the members have in common."""
OF_GROUP = {"rare_earths": "rare-earth", "platinum_group_metals": ("precious metal", "platinum")}
LINKS_2017 = [
    ("811231", "811292", "n:1"),
    ("811241", "811292", "n:1"),
    ("811292", "811292", "n:1"),
    ("811239", "811299", "n:1"),
    ("811249", "811299", "n:1"),
    ("811299", "811299", "n:1"),
]
"""Links of HS 2022 to 2017, as the UN draws them."""


def row_of(material_id: str, code: str) -> MaterialCode:
    found = [row for row in codes_of(material_id) if row.code == code]
    assert len(found) == 1
    return found[0]


def a_row(material_id: str, code: str, share: tuple[float, float], form: str = "metal") -> MaterialCode:
    return replace(
        row_of("gallium", "8112921000"),
        material=material_id,
        form=form,
        nomenclature="HS2022",
        code=code,
        share_low=share[0],
        share_high=share[1],
    )


# ── The table is whole ───────────────────────────────────────────────────────────────────────


def test_every_mineral_of_the_list_of_2025_has_codes() -> None:
    assert [one.id for one in listed(2025) if not any(row.code for row in codes_of(one.id))] == []


def test_every_mineral_has_more_than_one_stage_of_its_chain() -> None:
    assert [one.id for one in listed(2025) if len({row.stage for row in codes_of(one.id)}) < 2] == []


def test_every_row_has_a_source_a_tag_and_a_date() -> None:
    assert [row for row in ALL if not (row.source and row.tag in TAGS)] == []
    assert all(date.fromisoformat(row.date) for row in ALL)


def test_every_value_is_one_the_declared_table_allows() -> None:
    assert MATERIAL_CODE.names == tuple(field.name for field in fields(ALL[0]))
    assert {row.stage for row in ROWS} == set(STAGES)
    assert {row.known for row in ALL} <= set(KNOWN) - {"derived"}
    assert {row.share_of for row in ALL} <= set(SHARES_OF)


def test_judgement_is_tagged_as_judgement() -> None:
    assert [row for row in ROWS if row.known == "judgement" and row.tag != "U"] == []
    assert [row for row in ROWS if row.source == "judgement" and row.tag != "U"] == []


def test_shares_and_contents_are_ordered_intervals_between_nothing_and_all() -> None:
    for row in ALL:
        for low, high in ((row.share_low, row.share_high), (row.content_low, row.content_high)):
            assert (low is None) == (high is None), row
            assert low is None or high is None or 0 <= low <= high <= 1, row


def test_no_row_is_there_twice() -> None:
    keys = Counter((r.material, r.stage, r.form, r.nomenclature, r.code) for r in ALL)
    assert [key for key, times in keys.items() if times > 1] == []


def test_where_no_code_exists_the_row_says_why() -> None:
    without = [row for row in ROWS if not row.code]
    assert {row.known for row in without} == {"no-code"}
    assert all(row.comment and row.share_low is None for row in without)
    assert {"yttrium", "scandium", "cesium", "rubidium", "lithium"} <= {row.material for row in without}


def test_yttrium_says_what_exists_where() -> None:
    (told,) = (row for row in codes_of("yttrium") if row.known == "no-code" and row.stage == "intermediate")
    assert all(part in told.comment for part in ("2846.90.40.00", "Schedule B 2846.90.2015", "284690"))
    alone = [row.code for row in codes_of("yttrium") if row.share_low == 1]
    assert alone == ["2846904000"]


def test_the_page_of_the_decision_counts_the_rows_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs/decisions/material-codes.md").read_text(encoding="utf-8")
    told = {
        known: int(n) for known, n in re.findall(r"^\| `([a-z-]+)` \| .* \| (\d+) \|$", page, re.MULTILINE)
    }
    assert told == Counter(row.known for row in ROWS)


def test_every_mineral_of_the_list_has_scrap_or_a_row_that_says_where_it_is() -> None:
    told = {row.material for row in ROWS if row.stage == "scrap" or "scrap" in f"{row.form} {row.comment}"}
    assert {one.id for one in listed(2025)} - told == set()


def test_what_stands_in_for_natural_graphite_says_so() -> None:
    forms = {row.form for row in codes_of("graphite") if "electrode" in row.form or "synthetic" in row.form}
    assert forms - {"colloidal graphite, natural or synthetic"} == {
        f"substitute: {one}"
        for one in ("electrode", "other electrode", "synthetic graphite", "synthetic spherical graphite")
    }


def test_zinc_peroxide_and_phosphorus_pentaoxide_are_what_their_code_names() -> None:
    zinc = [row for row in codes_of("zinc") if row.code in {"281700", "2817000000"}]
    assert {(row.content_low, row.content_high) for row in zinc} == {(0.671404, 0.803401)}
    assert zinc[0].content_low == pytest.approx(mass_fraction("ZnO2", "Zn"), abs=1e-6)
    assert {row.form for row in codes_of("phosphate") if row.code in {"280910", "2809100000"}} == {
        "diphosphorus pentaoxide"
    }


# ── The codes are the tariff's ───────────────────────────────────────────────────────────────


def test_every_code_is_one_under_which_trade_is_recorded_in_its_edition() -> None:
    rows = shipped.query("SELECT nomenclature, code FROM nomenclature_code WHERE leaf")
    leaves = {(row["nomenclature"], row["code"]) for row in rows}
    assert [row for row in ROWS if row.code and (row.nomenclature, row.code) not in leaves] == []


def test_codes_are_six_digits_in_the_harmonized_system_and_ten_in_the_hts() -> None:
    digits = {"HS": 6, "HT": 10}
    assert all(re.fullmatch(rf"\d{{{digits[r.nomenclature[:2]]}}}", r.code) for r in ROWS if r.code)


def test_the_six_digits_of_a_ten_digit_row_have_a_row_of_the_same_goods() -> None:
    six = {(r.material, r.stage, r.form, r.code) for r in ROWS if r.nomenclature == "HS2022"}
    ten = {(r.material, r.stage, r.form, r.code[:6]) for r in ROWS if r.nomenclature == "HTS2025"}
    assert ten - six == set()


def test_where_the_words_decide_they_name_the_material() -> None:
    rows = shipped.query("SELECT code, description FROM nomenclature_code WHERE nomenclature = 'HTS2025'")
    words = {row["code"]: row["description"].casefold() for row in rows if row["description"]}
    told = [r for r in ROWS if r.nomenclature == "HTS2025" and r.known in {"text", "text-shared"}]
    assert len(told) > 700
    assert [r for r in told if not any(name in words[r.code] for name in names_of(r.material))] == []


def names_of(material_id: str) -> list[str]:
    one = material(material_id)
    group = one.group.replace("_heavy", "").replace("_light", "")
    common = OF_GROUP.get(group, ())
    return [
        one.name.casefold(),
        one.id.replace("_", " "),
        *(alias.casefold() for alias in aliases(one.id)),
        *OTHER_WORDS.get(one.id, ()),
        *((common,) if isinstance(common, str) else common),
    ]


# ── Shares ───────────────────────────────────────────────────────────────────────────────────


def test_different_goods_of_one_code_are_no_more_than_the_whole() -> None:
    known: dict[tuple[str, str], float] = defaultdict(float)
    for row in ROWS:
        if row.code and SAME_GOODS not in row.comment:
            known[row.nomenclature, row.code] += row.share_low or 0
    assert {place: low for place, low in known.items() if low > 1 + 10 * ROUNDED} == {}


def test_breakouts_are_those_of_united_states_imports_in_2024() -> None:
    """The European Union is one partner, so Slovakia is left out."""
    values = by_six(
        "SELECT code, sum(value_usd) AS value FROM us_import"
        " WHERE year = 2024 AND partner <> 'SVK' GROUP BY code"
    )
    lines = by_six(
        "SELECT code, 0 AS value FROM nomenclature_code WHERE nomenclature = 'HTS2025' AND level = 10"
    )
    checked = [row for row in ROWS if row.known == "breakout"]
    assert len(checked) > 300
    for row in checked:
        low, high = breakout(row, values[row.code], set(lines[row.code]))
        assert row.share_low == pytest.approx(low, abs=ROUNDED), row
        assert row.share_high == pytest.approx(high, abs=ROUNDED), row


def test_what_was_not_counted_is_no_breakout() -> None:
    counted = [row for row in ALL if row.known == "breakout"]
    assert [row for row in counted if row.share_high == 0 or (row.share_low, row.share_high) == (0, 1)] == []
    assert [row for row in counted if len(row.code) > 6] == []


def test_goods_of_several_materials_say_so() -> None:
    magnets = [row for row in ROWS if row.code == "8505110070"]
    assert len(magnets) > 6
    assert all(SAME_GOODS in row.comment for row in magnets)


def by_six(query: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in shipped.query(query):
        found[row["code"][:6]][row["code"]] = int(row["value"])
    return found


def breakout(row: MaterialCode, traded: dict[str, int], lines: set[str]) -> tuple[float, float]:
    """Share of the goods in the trade of six digits, from the shares of its lines.

    A line of 2024 that is gone stands for those lines of 2025 with its first eight digits that had no
    trade in 2024.
    """
    mine = {
        r.code: (r.share_low or 0.0, r.share_high or 0.0)
        for r in codes_of(row.material)
        if (r.stage, r.form, r.nomenclature) == (row.stage, row.form, "HTS2025")
    }
    low = high = 0.0
    for code, value in traded.items():
        now = [code] if code in lines else [n for n in lines - traded.keys() if n[:8] == code[:8]]
        shares = [mine.get(line, (0.0, 0.0)) for line in now]
        low += value * min(share[0] for share in shares)
        high += value * max(share[1] for share in shares)
    return low / sum(traded.values()), high / sum(traded.values())


def test_gallium_is_two_percent_of_its_basket_and_neodymium_magnets_half_of_theirs() -> None:
    metal = next(r for r in codes_of("gallium") if r.code == "811292" and r.stage == "refined")
    assert (metal.share_low, metal.share_high) == (0.0183, 0.0183)
    magnets = next(r for r in codes_of("neodymium") if r.code == "850511" and r.form == "NdFeB magnet")
    assert magnets.share_low == 0.5262


# ── Content ──────────────────────────────────────────────────────────────────────────────────


def test_content_is_that_of_the_formula_to_four_digits() -> None:
    checked = [row for row in ROWS if row.formula]
    assert len(checked) > 250
    for row in checked:
        assert row.content_high is not None
        assert round(row.content_high, 4) == round(content_of(row.material, row.formula), 4), row


def test_every_formula_of_the_map_is_a_compound_of_the_table() -> None:
    assert {row.formula for row in ROWS if row.formula} - {one.formula for one in compounds()} == set()


def test_a_material_that_no_formula_counts_is_refused() -> None:
    with pytest.raises(MethodError, match="metallurgical coal is counted by no formula"):
        content_of("metallurgical coal", "C")


# ── Asking ───────────────────────────────────────────────────────────────────────────────────


def test_a_ten_digit_line_speaks_for_itself_only() -> None:
    assert {row.material for row in materials_of("HTS2025", "8112921000")} == {"gallium"}


def test_a_line_of_the_same_tariff_without_rows_holds_none_of_what_other_lines_hold() -> None:
    assert materials_of("HTS2025", "8112929999") == ()


def test_a_line_of_another_tariff_is_spoken_for_by_its_six_digits() -> None:
    assert materials_of("ScheduleB2022", "8112926100") == materials_of("HS2022", "811292")


def test_six_digits_are_not_spoken_for_by_their_lines() -> None:
    assert {row.nomenclature for row in materials_of("HS2022", "811292")} == {"HS2022"}
    assert {"gallium", "germanium", "indium", "niobium", "vanadium"} == {
        row.material for row in materials_of("HS2022", "811292")
    }


def test_a_code_nobody_mapped_holds_nothing() -> None:
    assert materials_of("HS2022", "010121") == ()
    assert materials_of("HTS2025", "0101210010") == ()


# ── Other editions ───────────────────────────────────────────────────────────────────────────


def test_germanium_and_vanadium_had_their_own_codes_until_2007() -> None:
    named = {(row.material, row.nomenclature, row.code) for row in ROWS if row.share_low == 1}
    for edition in ("HS1992", "HS1996", "HS2002"):
        assert ("germanium", edition, "811230") in named
        assert ("vanadium", edition, "811240") in named
    assert ("germanium", "HS2007", "811230") not in named


def test_hafnium_was_a_part_of_the_basket_before_2022() -> None:
    (metal,) = (
        r
        for r in carried(of(["811231", "811241", "811292"]), LINKS_2017, "HS2017")
        if r.material == "hafnium"
    )
    assert (metal.code, metal.share_low, metal.share_high, metal.known) == ("811292", 0, 1, "derived")


def test_a_share_that_meets_other_goods_may_be_less_but_is_not_more() -> None:
    metal = next(
        r
        for r in carried(of(["811292"]), LINKS_2017, "HS2017")
        if (r.material, r.stage) == ("gallium", "refined")
    )
    assert (metal.share_low, metal.share_high) == (0, 0.0183)
    assert metal.tag == "C"
    assert metal.comment == "carried from HS2022 811292"


def test_bismuth_stays_the_whole_of_the_code_its_two_were() -> None:
    links = [("810610", "810600", "n:1"), ("810690", "810600", "n:1")]
    (metal,) = carried(of(["810610", "810690"]), links, "HS2017")
    assert (metal.code, metal.share_low, metal.share_high, metal.stage) == ("810600", 1, 1, "all")
    assert metal.form == "metal or metal, article or scrap"


def test_lithium_cells_before_2012_are_a_part_of_other_accumulators() -> None:
    cells = a_row("lithium", "850760", (1, 1), "cell")
    links = [("850750", "850780", "n:1"), ("850760", "850780", "n:1"), ("850780", "850780", "n:1")]
    (before,) = carried([cells], links, "HS2007")
    assert (before.nomenclature, before.code) == ("HS2007", "850780")
    assert (before.share_low, before.share_high) == (0, 1)


def test_waste_makes_magnets_doubtful_unless_its_links_are_left_out() -> None:
    magnet = a_row("neodymium", "850511", (0.5, 0.6), "magnet")
    own = [("850511", "850511", "n:1")]
    (kept,) = carried([magnet], own, "HS2017")
    assert (kept.share_low, kept.share_high) == (0.5, 0.6)
    (leaked,) = carried([magnet], [*own, ("854921", "850511", "n:n")], "HS2017")
    assert (leaked.share_low, leaked.share_high) == (0, 0.6)


def test_a_code_that_is_divided_may_have_left_its_material_anywhere() -> None:
    links = [("382490", "382491", "1:n"), ("382490", "382499", "1:n")]
    some = carried([a_row("lithium", "382490", (0.2, 0.3))], links, "HS2017")
    assert [(row.code, row.share_low, row.share_high) for row in some] == [
        ("382491", 0, 1),
        ("382499", 0, 1),
    ]
    whole = carried([a_row("lithium", "382490", (1, 1))], links, "HS2017")
    assert {(row.share_low, row.share_high) for row in whole} == {(1, 1)}
    none = carried([a_row("lithium", "382490", (0, 0))], links, "HS2017")
    assert {(row.share_low, row.share_high) for row in none} == {(0, 0)}


def test_a_material_spread_over_forms_is_still_the_whole() -> None:
    forms = [a_row("silicon", "720229", (low, low), form) for low, form in ((0.25, "plain"), (0.75, "alloy"))]
    same = [("720229", "720229", "1:1")]
    assert [row.share_low for row in carried(forms, same, "HS2017")] == [0.25, 0.75]
    divided = [("720229", "720221", "1:n"), ("720229", "720229", "1:n")]
    both = carried(forms, divided, "HS2017")
    assert [(row.share_low, row.form) for row in both] == [(1, "alloy or plain")] * 2


def test_in_every_edition_a_code_with_words_of_its_own_is_what_they_say() -> None:
    """The whole map, back from 2022 to 1992 over the links between editions, electronic waste left out."""
    editions = ("HS2022", "HS2017", "HS2012", "HS2007", "HS2002", "HS1996", "HS1992")
    rows: tuple[MaterialCode, ...] = tuple(r for r in ROWS if r.nomenclature == "HS2022" and r.code)
    for after, before in pairwise(editions):
        derived = carried(rows, links_between(after, before), before)
        rows = own_first(derived, (r for r in ROWS if r.nomenclature == before))
        assert all(0 <= (r.share_low or 0) <= (r.share_high or 0) <= 1 for r in rows)
        assert len({(r.material, r.stage, r.form, r.code) for r in rows}) == len(rows)
    named = {(r.material, r.share_low) for r in rows if r.code == "811230"}
    assert named == {("germanium", 1)}
    assert {("lithium", 1)} == {(r.material, r.share_low) for r in rows if r.code == "283691"}


def test_an_own_row_speaks_for_its_material_and_for_others_only_where_it_is_all_of_the_code() -> None:
    product = replace(a_row("lithium", "850760", (1, 1)), material="lithium_ion_batteries", known="publisher")
    cells = [a_row("cobalt", "850760", (0, 1)), replace(product, share_low=0.0)]
    assert own_first(cells, [product]) == (product, cells[0])
    text = replace(product, known="text")
    assert own_first(cells, [text]) == (text,)


def test_a_metal_with_its_own_code_is_in_no_other_of_the_heading() -> None:
    own = [row for row in ROWS if (row.nomenclature, row.code) == ("HS2002", "811230")]
    derived = [
        replace(own[0], code=code, stage=stage, form="metal", share_low=low, known="derived")
        for code, stage, low in (("811291", "refined", 0.0), ("811291", "ore", 0.0), ("711291", "scrap", 0.0))
    ]
    assert own_first(derived, own) == (*own, *derived[1:])


def links_between(after: str, before: str) -> list[tuple[str, str, str]]:
    rows = shipped.query(
        "SELECT code, other_code, relation FROM nomenclature_link"
        " WHERE nomenclature = ? AND other = ? AND code NOT LIKE '8549%'",
        [after, before],
    )
    return [(row["code"], row["other_code"], row["relation"]) for row in rows]


def test_judgement_stays_judgement_when_it_is_carried() -> None:
    doubtful = replace(a_row("lithium", "253090", (0, 1)), tag="U")
    (row,) = carried([doubtful], [("253090", "253090", "1:1")], "HS2017")
    assert row.tag == "U"


def test_rows_of_two_nomenclatures_are_not_carried_together() -> None:
    with pytest.raises(MethodError, match=r"found \['HS2022', 'HTS2025'\]"):
        carried([r for r in codes_of("gallium") if r.nomenclature.endswith(("22", "25"))], [], "HS2017")


@given(st.permutations(LINKS_2017))
def test_what_is_carried_does_not_depend_on_the_order_of_links(links: list[tuple[str, str, str]]) -> None:
    rows = of(["811231", "811241", "811292", "811239", "811249", "811299"])
    assert carried(rows, links, "HS2017") == carried(rows, LINKS_2017, "HS2017")


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=4),
    st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
)
def test_the_true_share_of_codes_that_merge_lies_in_the_carried_interval(
    shares: list[tuple[float, float]], sizes: list[float]
) -> None:
    """Whatever the sizes of the codes, a share inside each interval gives one inside the derived one."""
    ordered = [(min(pair), max(pair)) for pair in shares]
    rows = [a_row("lithium", f"00000{i}", pair) for i, pair in enumerate(ordered)]
    links = [(row.code, "999999", "n:1") for row in rows]
    (derived,) = carried(rows, links, "HS2017")
    weights = [size / sum(sizes[: len(rows)]) for size in sizes[: len(rows)]]
    assert derived.share_low is not None
    assert derived.share_high is not None
    for place in (0, 1):
        true = sum(weight * pair[place] for weight, pair in zip(weights, ordered, strict=True))
        assert derived.share_low - 1e-3 <= true <= derived.share_high + 1e-9


def of(codes: Iterable[str]) -> list[MaterialCode]:
    wanted = set(codes)
    return [row for row in ROWS if row.nomenclature == "HS2022" and row.code in wanted]
