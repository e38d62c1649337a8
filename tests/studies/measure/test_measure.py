"""Measures of made-up years: what is counted, what is bounded, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.studies.measure.conftest import CASES, CHN, DEU, FRA, GRAPHITE, USA

from monazite.errors import DataMissingError, StoreError, UnknownCodeError, UsageError
from monazite.studies.measure import measure, measure_all
from monazite.studies.world.governance import political_stability

if TYPE_CHECKING:
    from pathlib import Path

    from tests.studies.measure.conftest import Trade

    from monazite.store.tasks import Done

CAN, OTHER = 124, 280530
YEAR = [row for row in CASES if row[2] == GRAPHITE]
Rows = list[dict[str, Any]]


def one(rows: Rows, **equal: object) -> dict[str, Any]:
    """The one row with these values."""
    (row,) = [row for row in rows if all(row[key] == value for key, value in equal.items())]
    return row


def score(country: str) -> float:
    """The World Bank's estimate of political stability of 2022, as shipped."""
    return political_stability(2022, "nowhere").scores[country]


def test_a_row_holds_total_suppliers_leader_and_indices(rows: Rows) -> None:
    row = one(rows, importer="USA", code="250410")
    assert (row["value_usd"], row["suppliers"], row["leading_exporter"]) == (100_000.0, 3, "CHN")
    assert (row["leading_share"], row["n_minus_one"]) == (0.6, pytest.approx(0.4))
    assert row["hhi_low"] == row["hhi_high"] == pytest.approx(0.46)
    world = (165**2 + 30**2 + 10**2 + 5**2) / 210**2
    assert row["export_hhi_low"] == row["export_hhi_high"] == pytest.approx(world)
    assert (row["exports_usd"], row["imports_exports_ratio"]) == (5_000.0, 20.0)
    assert (row["import_hhi_over"], row["geodep"]) == (True, True)
    assert (row["nomenclature"], row["source"], row["as_of"]) == ("HS1992", "baci", "V202401b")


def test_an_importer_without_exports_has_the_ratio_of_the_publisher(rows: Rows) -> None:
    assert one(rows, importer="FRA")["imports_exports_ratio"] == 9999.0


def test_of_equal_suppliers_the_first_in_the_alphabet_leads(rows: Rows) -> None:
    row = one(rows, code="250490")
    assert (row["leading_exporter"], row["hhi_low"]) == ("DEU", pytest.approx(1 / 3))
    assert (row["import_hhi_over"], row["geodep"]) == (False, False)


def test_partners_not_named_make_bounds_and_never_lead(rows: Rows) -> None:
    row = one(rows, code="280530")
    assert (row["suppliers"], row["unnamed_usd"], row["leading_exporter"]) == (2, 50_000.0, "CHN")
    assert (row["hhi_low"], row["hhi_high"]) == (pytest.approx(0.13), pytest.approx(0.38))
    assert row["governance_weighted_hhi_high"] - row["governance_weighted_hhi_low"] == pytest.approx(0.25)
    assert (row["import_hhi_over"], row["findings"]) == (False, "partner-unspecified; governance-missing")


def test_where_nobody_is_named_there_is_no_leader_and_the_answer_is_open(rows: Rows) -> None:
    row = one(rows, code="283030")
    assert (row["leading_exporter"], row["leading_share"], row["n_minus_one"]) == (None, None, None)
    assert (row["hhi_low"], row["hhi_high"], row["import_hhi_over"], row["geodep"]) == (0.0, 1.0, None, None)


def test_a_supplier_without_a_score_may_be_as_stable_as_any_or_not_at_all(rows: Rows) -> None:
    row = one(rows, code="284690")
    assert (row["governance_weighted_hhi_low"], row["governance_weighted_hhi_high"]) == (0.0, 1.0)
    assert row["findings"] == "governance-missing"


def test_instability_weights_the_squares(rows: Rows) -> None:
    row = one(rows, code="810520")
    assert row["hhi_low"] == 1.0
    assert row["governance_weighted_hhi_low"] == row["governance_weighted_hhi_high"]
    assert row["governance_weighted_hhi_low"] == pytest.approx((2.5 - score("CHN")) / 5, abs=1e-6)


def test_a_dependence_persists_in_two_years_of_three(trade: Trade) -> None:
    weak = [(CHN, USA, GRAPHITE, 1.0), (DEU, USA, GRAPHITE, 1.0), (FRA, USA, GRAPHITE, 1.0)]
    trade.years({2019: YEAR, 2020: weak, 2021: YEAR, 2022: weak, 2023: weak})
    rows = [row for row in trade.measured() if row["importer"] == "USA"]
    assert {row["year"]: row["geodep"] for row in rows} == {
        2019: True, 2020: False, 2021: True, 2022: False, 2023: False,
    }  # fmt: skip
    assert {row["year"]: row["geodep_persistent"] for row in rows} == {
        2019: None, 2020: None, 2021: True, 2022: False, 2023: False,
    }  # fmt: skip


def test_a_year_that_is_not_loaded_leaves_persistence_open(trade: Trade) -> None:
    trade.years({2020: YEAR, 2022: YEAR, 2024: [*YEAR, (USA, CAN, OTHER, 1.0)], 2025: YEAR[:2]})
    rows = trade.measured()
    assert one(rows, importer="USA", year=2022)["geodep_persistent"] is True
    assert one(rows, importer="CAN", year=2024)["geodep_persistent"] is None


def test_a_code_that_died_is_told_and_its_living_years_are_not(trade: Trade) -> None:
    trade.years(
        {
            year: [(CHN, USA, 811230, 50_000.0 if year < 2007 else 100.0), (DEU, USA, GRAPHITE, 9_000.0)]
            for year in range(2001, 2012)
        }
    )
    rows = trade.measured()
    dead = {row["year"] for row in rows if row["code"] == "811230" and row["code_status"] == "dead"}
    assert dead == set(range(2007, 2012))
    assert {row["findings"] for row in rows if row["code_status"] == "dead"} == {"code-dead"}
    assert {row["code_status"] for row in rows if row["year"] < 2007} == {"living"}


def test_with_few_years_nobody_knows_whether_a_code_lives(trade: Trade) -> None:
    trade.year(2022, [(CHN, USA, 10121, 5.0)])
    assert one(trade.measured(), code="010121")["code_status"] == "unknown"


def test_a_year_that_is_done_is_passed_over_until_its_trade_changes(trade: Trade) -> None:
    done: list[Done] = []
    trade.year(2021, YEAR)
    trade.year(2022, YEAR)
    measure_all(trade.store)
    measure_all(trade.store, done=done.append)
    assert [one.already for one in done] == [True, True]
    trade.year(2022, YEAR[1:], edition="202501")
    again = {one.key: one.already for one in measure_all(trade.store).years}
    assert again == {"2021": True, "2022": False}
    assert not any(one.already for one in measure_all(trade.store, again=True).years)
    assert all(one.already for one in measure_all(trade.store).years)


def test_a_file_that_was_cut_short_is_measured_again(trade: Trade) -> None:
    trade.year(2022, YEAR)
    (first,) = measure_all(trade.store).years
    with open(first.target, "r+b") as file:  # noqa: PTH123 - to cut it
        file.truncate(100)
    (second,) = measure_all(trade.store).years
    assert (second.already, second.digest) == (False, first.digest)


def test_the_bytes_are_the_same_for_any_number_of_workers(trade: Trade, tmp_path: Path) -> None:
    trade.years(dict.fromkeys((2019, 2020, 2021, 2022), YEAR))
    digests = {
        tuple(one.digest for one in measure_all(trade.store, folder=tmp_path / f"{n}", workers=n).years)
        for n in (1, 2, 4)
    }
    assert len(digests) == 1


def test_the_latest_vintage_counts_unless_another_is_named(trade: Trade) -> None:
    trade.year(2022, YEAR)
    trade.year(2022, [(CHN, USA, GRAPHITE, 1.0)], edition="202501")
    assert one(trade.measured(), importer="USA")["value_usd"] == 1_000.0
    assert one(trade.measured(as_of="V202401b"), importer="USA")["value_usd"] == 100_000.0
    with pytest.raises(DataMissingError, match=r"V202401b.*V202501"):
        trade.measured(as_of="V1999")


def test_several_nomenclatures_are_refused_until_one_is_named(trade: Trade) -> None:
    trade.year(2022, YEAR)
    trade.year(2022, YEAR[:3], vintage="17")
    with pytest.raises(UsageError, match="HS1992 and HS2017; name one with --nomenclature"):
        trade.measured()
    assert {row["nomenclature"] for row in trade.measured(nomenclature="HS2017")} == {"HS2017"}


def test_a_flow_in_two_files_of_an_edition_is_refused_by_name(trade: Trade) -> None:
    trade.year(2022, YEAR)
    trade.year(2022, [(CHN, USA, GRAPHITE, 61.0)], name="again_")
    with pytest.raises(StoreError, match=r"CHN to USA of 250410 stands twice in V202401b"):
        trade.measured()


def test_two_files_of_an_edition_with_different_flows_are_one_year(trade: Trade) -> None:
    trade.year(2022, YEAR[:2])
    trade.year(2022, YEAR[2:], name="rest_")
    assert one(trade.measured(), importer="USA")["suppliers"] == 3


def test_an_aggregate_among_partners_is_refused(trade: Trade) -> None:
    trade.year(2022, [*YEAR, (97, USA, GRAPHITE, 5.0)])
    with pytest.raises(StoreError, match="european-union among importers or exporters is an aggregate"):
        trade.measured()


def test_nothing_loaded_says_what_to_load(trade: Trade) -> None:
    with pytest.raises(DataMissingError, match=r"monazite fetch baci.*monazite load FILE"):
        trade.measured()
    trade.year(2022, YEAR)
    with pytest.raises(DataMissingError, match="no BACI of 1999 is loaded; there are 2022"):
        trade.measured(years=[1999])


def test_a_selection_is_what_the_whole_table_holds(trade: Trade) -> None:
    trade.years(dict.fromkeys((2020, 2021, 2022), YEAR))
    answer = measure(["United States"], ["250410"], [2021, 2022], store=trade.store)
    whole = [row for row in trade.measured() if row["importer"] == "USA" and row["year"] > 2020]
    names = answer.table.table.names
    assert list(answer.table.rows) == [{name: row[name] for name in names} for row in whole]


def test_trade_within_a_group_of_importers_is_left_out(trade: Trade) -> None:
    trade.year(2022, [*YEAR, (DEU, FRA, GRAPHITE, 1_000.0), (FRA, USA, GRAPHITE, 2.0)])
    row = measure(["EU27"], ["250410"], store=trade.store).table.one()
    assert (row["importer"], row["value_usd"], row["leading_exporter"]) == ("EU27", 110_000.0, "CHN")
    assert row["exports_usd"] == 32_000.0
    assert row["hhi_low"] == pytest.approx((105**2 + 5**2) / 110**2)


def test_a_group_may_be_a_file(trade: Trade, tmp_path: Path) -> None:
    trade.year(2022, YEAR)
    allies = tmp_path / "allies.yaml"
    allies.write_text("name: Allies\nmembers: [USA, Germany]\n")
    row = measure([str(allies)], ["250410"], store=trade.store).table.one()
    assert (row["importer"], row["value_usd"], row["suppliers"]) == ("allies", 75_000.0, 2)


def test_what_is_not_there_is_said_and_never_safe(trade: Trade) -> None:
    trade.year(2022, YEAR)
    with pytest.raises(DataMissingError, match="no trade under 850760 in any year; that is not the same"):
        measure(["USA"], ["850760"], store=trade.store)
    found = measure(["Canada", "USA"], ["250410"], store=trade.store).findings
    assert [(one.rule, one.subject) for one in found] == [("no-data", "250410")]
    assert "by Canada in 2022" in found[0].found
    with pytest.raises(UnknownCodeError):
        measure(["Atlantis"], ["250410"], store=trade.store)
    with pytest.raises(UsageError, match="name an importer or a code"):
        measure(store=trade.store)
    with pytest.raises(DataMissingError, match="no BACI of 1999 is at hand; there are 2022"):
        measure(["USA"], years=[1999], store=trade.store)


def test_without_a_store_the_shipped_slice_answers(tmp_path: Path) -> None:
    answer = measure(["USA"], ["811230"], [2024], store=tmp_path / "nowhere")
    assert [one.rule for one in answer.findings] == ["code-dead", "no-data"]
    assert not answer.table.rows
    assert "CEPII" in answer.cite()
