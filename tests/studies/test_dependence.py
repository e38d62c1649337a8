"""The dependence study on the shipped figures: what the publisher prints, and laws every row keeps."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import monazite as mz
from monazite.codes.materials import listed
from monazite.schema.findings import RULES
from monazite.store.shipped import query

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.results.result import Result

Row = dict[str, Any]
HEAVY = ("terbium", "dysprosium", "holmium", "erbium", "thulium", "ytterbium", "lutetium")
LIGHT = ("lanthanum", "cerium", "praseodymium", "neodymium", "samarium", "europium", "gadolinium")
EVERY_YEAR = [("mcs2025", year) for year in range(2020, 2025)] + [
    ("mcs2026", year) for year in range(2021, 2026)
]
RARE_EARTHS = "rare_earths.compounds_metals"


@cache
def everything(as_of: str = "mcs2026", year: int = 2025) -> Result:
    """Every commodity of an edition in one year."""
    return mz.dependence("all", as_of=as_of, year=year)


def row(item: str, as_of: str = "mcs2026", year: int = 2025) -> Row:
    """One row of it."""
    return everything(as_of, year).table.one(item=item)


def rules(of: Row) -> list[str]:
    """Rules of the findings on a row."""
    return of["findings"].split("; ") if of["findings"] else []


def reliance(of: Row) -> tuple[float | None, float | None]:
    """Both ends of a row's reliance."""
    return of["reliance_low"], of["reliance_high"]


# ── What the publisher prints ────────────────────────────────────────────────────────────────


def test_every_mineral_of_the_2025_list_has_a_value_an_interval_or_a_reason() -> None:
    table = mz.dependence().table
    assert {held.id for held in listed(2025)} == set(table.column("material"))
    assert len(set(table.column("material"))) == 60
    told = [each for each in table if reliance(each) != (None, None) or each["reason"]]
    assert len(told) == len(table)


def test_rare_earths_67_in_2025() -> None:
    assert reliance(row(RARE_EARTHS)) == (0.67, 0.67)


def test_rare_earths_of_2024_have_two_values_by_edition() -> None:
    before, after = row(RARE_EARTHS, "mcs2025", 2024), row(RARE_EARTHS, "mcs2026", 2024)
    assert (reliance(before), reliance(after)) == ((0.80, 0.80), (0.53, 0.53))
    assert "vintage-revised" in rules(before)
    assert "vintage-revised" in rules(after)
    assert (after["previous_published"], after["revised_published"]) == ("80", "53")
    assert after["revision"] == pytest.approx(-0.27)


def test_cobalt_is_open_in_2025_and_in_no_other_year_of_either_edition() -> None:
    fired = [
        (as_of, year)
        for as_of, year in EVERY_YEAR
        if "identity-open" in rules(row("cobalt.refined", as_of, year))
    ]
    assert fired == [("mcs2026", 2025)]
    (told,) = [
        each
        for each in everything().findings
        if (each.rule, each.subject) == ("identity-open", "cobalt.refined")
    ]
    assert "10,956" in told.found
    assert "9,600" in told.expected
    assert row("cobalt.refined")["identity_gap"] == pytest.approx((10_956 - 9_600) / 9_600)


def test_cobalt_of_other_years_closes_where_the_definition_can_be_checked() -> None:
    """In 2021 and 2022 it also counts Government stock changes, which no edition prints for cobalt."""
    gaps = {(as_of, year): row("cobalt.refined", as_of, year)["identity_gap"] for as_of, year in EVERY_YEAR}
    known = {when: value for when, value in gaps.items() if value is not None and when != ("mcs2026", 2025)}
    assert known.keys() >= {("mcs2025", 2023), ("mcs2025", 2024), ("mcs2026", 2023), ("mcs2026", 2024)}
    assert all(abs(value) < 0.05 for value in known.values())


def test_the_first_year_opens_with_the_stock_of_the_earlier_edition() -> None:
    """P + I − E + stock of 2020 (MCS 2025) − stock of 2021 (MCS 2026), against published consumption."""
    by_definition = (
        "SELECT item FROM balance_item WHERE stock_rule = 'industry' AND trade_rule = 'imports-exports'"
    )
    checked = [each["item"] for each in query(by_definition)]
    found = [row(item, year=2021) for item in checked if row(item, year=2021)["identity_gap"] is not None]
    assert len(found) > 8
    for each in found:
        parts = each["production"] + each["imports"] - (each["exports"] or 0)
        total = parts + opening_stock(each["item"]) - each["stocks"]
        assert each["identity_gap"] == pytest.approx(total / each["consumption"] - 1, abs=1e-6), each["item"]


def opening_stock(item: str) -> float:
    """Year-end stocks of 2020, which only the earlier edition holds."""
    held = everything().details["series"].where(item=item, term="stocks", as_of="mcs2025", year=2020)
    return float(sum(each["low"] for each in held))


@pytest.mark.parametrize("item", ["beryllium.all", "chromium.all"])
def test_government_stocks_count_to_2022_and_not_after(item: str) -> None:
    """What the stockpile shipped is supply in 2022; in 2023 it is not, and the definition closes without."""
    for year, shipped in ((2022, stockpile_shipments(item, 2022)), (2023, 0.0)):
        held = {when: row(item, year=when) for when in (year - 1, year)}
        now = held[year]
        parts = now["production"] + now["imports"] - now["exports"]
        total = parts + held[year - 1]["stocks"] - now["stocks"] + shipped
        assert now["identity_gap"] == pytest.approx(total / now["consumption"] - 1, abs=1e-6), year


def stockpile_shipments(item: str, year: int) -> float:
    """What the Government stockpile shipped; above zero, or the test would say nothing."""
    found = query(
        "SELECT s.value FROM mineral_statistic AS s JOIN balance_term AS t"
        " ON t.as_of = s.as_of AND t.chapter = s.chapter AND t.series = s.series"
        " WHERE t.item = ? AND t.term = 'government-shipments' AND s.as_of = 'mcs2026' AND s.year = ?",
        [item, year],
    )
    shipped = float(sum(each["value"] for each in found))
    assert shipped > 0
    return shipped


def test_germanium_is_an_interval_above_one_half() -> None:
    germanium = row("germanium.all")
    assert (*reliance(germanium), germanium["reliance_status"]) == (0.5, 1.0, "censored")
    assert "censored" in rules(germanium)
    (stored,) = query(
        "SELECT s.low_open, s.high_open FROM mineral_statistic AS s JOIN balance_term AS t"
        " ON t.as_of = s.as_of AND t.chapter = s.chapter AND t.series = s.series"
        " WHERE t.item = 'germanium.all' AND t.term = 'net-import-reliance' AND s.as_of = 'mcs2026'"
        " AND s.year = 2025"
    )
    assert stored == {"low_open": True, "high_open": False}


def test_nickel_41() -> None:
    assert reliance(row("nickel.all")) == (0.41, 0.41)


def sources(item: str) -> list[tuple[str, str]]:
    """Import sources of an item with their shares as published."""
    found = everything().details["sources"].where(item=item)
    return [(each["partner"], each["published"]) for each in found if each["partner"] != "OTH"]


def test_antimony_sources() -> None:
    assert sources("antimony.metal_oxide") == [("CHN", "55"), ("BEL", "12"), ("THA", "8"), ("IND", "6")]
    assert row("antimony.metal_oxide")["leading_source_low"] == 0.55
    assert row("antimony.metal_oxide")["single_source"] is False


def test_a_single_source_sends_nearly_everything() -> None:
    shares = {each["leading_source_low"] for each in everything().table if each["single_source"]}
    others = {each["leading_source_low"] for each in everything().table if each["single_source"] is False}
    assert {each["material"] for each in everything().table if each["single_source"]} >= {
        "holmium",
        "terbium",
    }
    rounding = 0.005
    assert min(shares) - rounding >= 0.9 > max(others) - rounding


def test_germanium_combined_is_neither_its_metal_nor_its_dioxide() -> None:
    """Added up, Belgium leads; of metal alone it is China: one share hides the other."""
    found = query(
        "SELECT series, partner, value FROM import_source WHERE as_of = 'mcs2026' AND chapter = 'GERMANIUM'"
        " AND rank = 1 ORDER BY series"
    )
    leaders = {
        each["series"].removeprefix("Germanium | "): (each["partner"], each["value"]) for each in found
    }
    assert leaders == {
        "Combined total": ("BEL", 0.41),
        "Germanium dioxide (Ge content)": ("BEL", 0.57),
        "Germanium metal": ("CHN", 0.41),
    }
    assert sources("germanium.all") == [("BEL", "41"), ("CHN", "23"), ("CAN", "17"), ("DEU", "14")]


@pytest.mark.parametrize("material", HEAVY)
def test_a_heavy_rare_earth_shows_its_groups_100(material: str) -> None:
    (found,) = everything().table.where(material=material)
    assert reliance(found) == (1.0, 1.0)
    assert found["group_value"] == "rare_earths_heavy"
    assert "group-value" in rules(found)
    assert "heavy rare earths" in found["reason"]


@pytest.mark.parametrize("material", LIGHT)
def test_a_light_rare_earth_shows_the_figure_of_all(material: str) -> None:
    (found,) = everything().table.where(material=material)
    assert (*reliance(found), found["group_value"]) == (0.67, 0.67, "rare_earths")


@pytest.mark.parametrize("material", ["yttrium", "scandium"])
def test_yttrium_and_scandium_have_their_own(material: str) -> None:
    (found,) = everything().table.where(material=material)
    assert (*reliance(found), found["group_value"]) == (1.0, 1.0, None)


def test_sources_the_publisher_disclaims_are_not_shown() -> None:
    """The note beside rubidium's one cell says that no data on its origin have been available since 1988."""
    for as_of, year in (("mcs2025", 2024), ("mcs2026", 2025)):
        rubidium = row("rubidium.all", as_of, year)
        assert (rubidium["leading_source"], rubidium["single_source"], rubidium["source_hhi_low"]) == (
            None,
            None,
            None,
        )
    (cell,) = query("SELECT partner FROM import_source WHERE as_of = 'mcs2026' AND chapter = 'RUBIDIUM'")
    assert cell == {"partner": "CHN+DEU+RUS"}


@pytest.mark.parametrize(
    ("material", "year", "counted"),
    [
        ("neon", 2024, "0 of 1"),
        ("neon", 2025, "1 of 1"),
        ("germanium", 2025, "1 of 1"),
        ("zinc", 2025, "1 of 1"),
    ],
)
def test_headline_counts_more_than_half(material: str, year: int, counted: str) -> None:
    """50 is not more than half, 52 and >50 are; zinc is by its metal, though its ore is exported."""
    assert mz.dependence(material, year=year).headlines[0].value == counted


def test_minerals_outside_the_publication_say_so() -> None:
    told = {
        each["material"]: each["reason"] for each in mz.dependence(["uranium", "hafnium", "iridium"]).table
    }
    assert "Energy Information Administration" in told["uranium"]
    assert "NA" in told["hafnium"]
    assert "publishes no net import reliance" in told["iridium"]


def test_figure_2_as_others_read_it(golden: Path) -> None:
    """All 68 commodities; talc is 22 in the figure and 23 in the chapter."""
    with golden.open(encoding="utf-8", newline="") as file:
        printed = {
            each["material"]: each["value"]
            for each in csv.DictReader(file)
            if each["method"] == "NIR" and each["quantity"] == "net import reliance (vintage MCS2026)"
        }
    names = query("SELECT item, figure_2 FROM balance_item WHERE figure_2 IS NOT NULL")
    ours = {each["figure_2"]: row(each["item"])["reliance_published"] for each in names}
    assert len(printed) == 68
    assert {name for name in printed | ours if printed.get(name) != ours.get(name)} == {"TALC"}


def test_leading_sources_of_figure_2_as_others_read_them(golden: Path) -> None:
    """The first country named in the figure is the leading source of the row."""
    with golden.open(encoding="utf-8", newline="") as file:
        printed = {
            each["material"]: each["value"].split(",")[0].strip()
            for each in csv.DictReader(file)
            if each["method"] == "NIR"
            and each["quantity"] == "major import sources, descending (vintage MCS2026)"
        }
    names = query("SELECT item, figure_2 FROM balance_item WHERE figure_2 IS NOT NULL")
    ours = {each["figure_2"]: row(each["item"])["leading_source_name"] for each in names}
    compared = {name: (ours[name], leader) for name, leader in printed.items() if ours[name]}
    assert len(compared) > 55
    assert {name: pair for name, pair in compared.items() if not same_country(*pair)} == {}


def same_country(ours: str, printed: str) -> bool:
    """Whether two spellings name one country, by the table of countries."""
    return ours == printed or mz.country(printed, "name").name == ours


# ── Laws ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("as_of", "year"), EVERY_YEAR)
def test_ends_are_in_order_and_shares_are_shares(as_of: str, year: int) -> None:
    ordered = [
        (each["item"], name)
        for each in everything(as_of, year).table
        for name in (
            "reliance",
            "computed",
            "leading_source",
            "source_hhi",
            "world_leader",
            "world_hhi",
            "price",
        )
        if not in_order(each[f"{name}_low"], each[f"{name}_high"])
    ]
    assert ordered == []
    shares = (
        "leading_source_low",
        "leading_source_high",
        "world_leader_low",
        "source_hhi_low",
        "world_hhi_high",
    )
    assert all(
        0 <= each[name] <= 1
        for each in everything(as_of, year).table
        for name in shares
        if each[name] is not None
    )


def in_order(low: float | None, high: float | None) -> bool:
    """Whether an interval's ends do not cross, where both are known."""
    return low is None or high is None or low <= high


@pytest.mark.parametrize(("as_of", "year"), EVERY_YEAR)
def test_reliance_is_at_most_one_and_exporters_are_not_above_zero(as_of: str, year: int) -> None:
    for each in everything(as_of, year).table:
        low, high = reliance(each)
        assert high is None or high <= 1
        assert not each["net_exporter"] or (low or 0) <= 0
        if each["reliance_status"] == "normal":
            assert low == high == pytest.approx(float(each["reliance_published"].replace("—", "0")) / 100)


def test_import_shares_sum_to_one_within_rounding() -> None:
    by_item: dict[str, list[Row]] = {}
    for each in everything().details["sources"]:
        by_item.setdefault(each["item"], []).append(each)
    known = {item: held for item, held in by_item.items() if all(each["low"] is not None for each in held)}
    assert len(known) > 60
    for item, held in known.items():
        low, high = (sum(each[end] for each in held) for end in ("low", "high"))
        slack = 0.005 * len(held)
        assert low - slack <= 1 + 1e-9, item
        assert high + slack >= 1 - 1e-9, item


def test_source_hhi_lies_between_the_leaders_square_and_the_leader() -> None:
    """s² ≤ H ≤ s for the largest share s, allowing half a point of rounding."""
    held = [each for each in everything().table if each["source_hhi_low"] is not None]
    assert len(held) > 60
    for each in held:
        largest = max(each["leading_source_high"], unnamed(each["item"])) + 0.005
        assert each["source_hhi_high"] <= largest + 1e-9, each["item"]
        assert each["source_hhi_low"] >= (each["leading_source_low"] - 0.005) ** 2 - 1e-9, each["item"]


def unnamed(item: str) -> float:
    """Share of the countries that are not named."""
    rest = everything().details["sources"].where(item=item, partner="OTH")
    return max((each["high"] for each in rest if each["high"] is not None), default=0.0)


def test_revision_is_this_edition_less_the_earlier_one() -> None:
    revised = [each for each in everything().table if each["revision"] is not None]
    assert len(revised) > 40
    for each in revised:
        before, after = (float(each[f"{when}_published"]) / 100 for when in ("previous", "revised"))
        assert each["revision"] == pytest.approx(after - before), each["item"]
        assert ("vintage-revised" in rules(each)) == (each["revision"] != 0), each["item"]


def test_both_editions_agree_on_which_years_were_revised() -> None:
    """80 → 53 seen from one side is 53 ← 80 seen from the other."""
    ours = everything("mcs2026", 2024).table
    theirs = {each["item"]: each for each in everything("mcs2025", 2024).table}
    for each in ours:
        other = theirs.get(each["item"])
        if other and each["previous_year"] == 2024 and not each["group_value"] and not other["group_value"]:
            assert each["previous_published"] == other["reliance_published"], each["item"]
            assert ("vintage-revised" in rules(each)) == ("vintage-revised" in rules(other)), each["item"]


def test_findings_on_rows_are_the_findings_of_the_result() -> None:
    answer = everything()
    on_rows = {(each["item"], rule) for each in answer.table for rule in rules(each)}
    assert on_rows == {(told.subject, told.rule) for told in answer.findings}
    assert {told.rule for told in answer.findings} <= {rule.id for rule in RULES}


def test_items_are_unique_and_details_belong_to_them() -> None:
    answer = everything()
    items = answer.table.column("item")
    assert len(items) == len(set(items))
    for name, frame in answer.details.items():
        assert set(frame.column("item")) <= set(items), name


def test_the_same_question_has_the_same_answer() -> None:
    first, second = (mz.dependence(["cobalt", "rare earths"], sort="name") for _ in range(2))
    assert first == second
    assert first.cite() == second.cite()


def test_one_material_alone_is_its_row_among_all() -> None:
    """No row depends on what else was asked, but for stages compared beside each other."""
    for material in ("cobalt", "antimony", "lithium", "germanium"):
        (alone,) = mz.dependence(material).table
        assert alone == everything().table.one(item=alone["item"])
