"""Baskets: shares that are declared under ten digits, and shares split by unit values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pytest

from monazite.codes.material_codes import material_codes
from monazite.errors import UsageError
from monazite.schema.baskets import BASKET_SHARE, DECLARED_SHARE, OTHER
from monazite.schema.tables import checks, ddl
from monazite.schema.trade import TRADE
from monazite.store.home import Store
from monazite.studies.nomenclature.baskets import Line, Price, basket, declared_shares, lines_in
from monazite.studies.nomenclature.baskets.declared import imports_under, shares_of
from monazite.studies.nomenclature.baskets.held import Held
from monazite.studies.nomenclature.baskets.lines import LINES
from monazite.studies.nomenclature.baskets.prices import price, prices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monazite.studies.nomenclature.baskets import Basket, DeclaredShare

NIOBIUM, GERMANIUM = Price(5e4, 0.3, "made up"), Price(2e6, 0.3, "made up")
STAGES = {"niobium": "refined", "germanium": "refined"}


def declared(material: str, low: float, high: float) -> DeclaredShare:
    """A declared share of 811292."""
    rest = Held("gallium", "8112921000", 1 - low, 1 - low)
    one = Held(material, "8112921000", low, low)
    (found,) = (
        each for each in shares_of("811292", {"8112921000": 100}, [one, rest]) if each.material == material
    )
    return type(found)(**{**found.row(), "share_high": high})


def lines(year: int = 2023, importer: str = "JPN", times: int = 10) -> list[Line]:
    """Lines of which six tenths are niobium and four germanium, by value."""
    pairs = [(9.8e6, 200.0), (2.3e6, 45.0), (7.2e6, 3.6), (0.6e6, 0.3)] * times
    return [Line(year, importer, "CHN", value, mass) for value, mass in pairs]


def split(given: list[Line], *told: DeclaredShare) -> Basket:
    return basket(
        "811292", "HS2022", given, materials=STAGES,
        priced={"niobium": NIOBIUM, "germanium": GERMANIUM}, declared=told,
    )  # fmt: skip


def by_code(code: str) -> Mapping[str, DeclaredShare]:
    return {each.material: each for each in declared_shares(code)}


# ── declared shares ───────────────────────────────────────────────────────────────────────────


def test_shares_declared_of_8112_92_are_those_of_the_ten_digits_and_scrap_may_be_of_any() -> None:
    found = by_code("811292")
    scrap = 21_700_343 / found["gallium"].of_usd
    assert found["gallium"].share_low == pytest.approx(4_823_436 / 263_731_323)
    assert found["niobium"].share_low == pytest.approx(138_319_845 / 263_731_323)
    for material in ("gallium", "germanium", "indium", "niobium", "vanadium"):
        assert found[material].share_high == pytest.approx(found[material].share_low + scrap)
    assert sum(each.share for each in found.values()) == pytest.approx(1)


def test_an_aggregate_and_its_member_are_not_counted_twice(real_data: Path) -> None:
    file = real_data / "census/us_imports_2024_hts10_critical_subset.csv"
    rows = duckdb.execute(
        "SELECT CTY_NAME, CON_VAL_YR FROM read_csv(?, all_varchar = true) WHERE I_COMMODITY = '8112921000'",
        [str(file)],
    ).fetchall()
    values = {name: int(value) for name, value in rows}
    assert {"EUROPEAN UNION", "SLOVAKIA"} <= values.keys()
    expected = sum(values.values()) - values["SLOVAKIA"]
    assert imports_under("8112921000") == {"8112921000": (expected, True)}


def test_a_code_of_one_ten_digit_line_that_is_shared_is_not_known() -> None:
    found = by_code("282560")
    assert {each.share_low for each in found.values()} == {0}
    assert {each.share_high for each in found.values()} == {1}


def test_what_a_material_has_at_least_no_other_can_have() -> None:
    held = [Held("gallium", "1", 0.3, 0.9), Held("indium", "1", 0.4, 0.8)]
    found = {each.material: each for each in shares_of("0", {"1": 100}, held)}
    assert (found["gallium"].share_low, found["gallium"].share_high) == pytest.approx((0.3, 0.6))
    assert (found["indium"].share_low, found["indium"].share_high) == pytest.approx((0.4, 0.7))
    assert (found[OTHER].share_low, found[OTHER].share_high) == pytest.approx((0, 0.3))
    assert not found["gallium"].together


def test_under_ten_digits_that_the_tariff_no_longer_has_everything_may_be() -> None:
    held = [Held("gallium", "1", 1, 1)]
    gallium, other = shares_of("0", {"1": 50, "2": 50}, held, gone={"2"})
    assert (gallium.share_low, gallium.share_high) == (0.5, 1)
    assert (other.share_low, other.share_high) == (0, 0.5)
    gallium, other = shares_of("0", {"1": 50, "2": 50}, held)
    assert (gallium.share_high, other.share_low) == (0.5, 0.5)


def test_goods_that_hold_materials_together_are_not_shared_out() -> None:
    found = by_code("850511")
    assert found["neodymium"].together
    assert found["boron"].share_low == pytest.approx(found["neodymium_magnets"].share_low)


def test_a_code_nothing_is_declared_of_has_no_shares() -> None:
    assert declared_shares("010121") == ()
    assert declared_shares("999999") == ()


def test_every_mapped_code_gives_rows_of_the_declared_table() -> None:
    codes = {row.code[:6] for row in material_codes() if row.nomenclature == "HTS2025" and row.code}
    rows = [each for code in codes for each in declared_shares(code)]
    assert len(rows) > 1000
    assert {tuple(each.row()) for each in rows} == {DECLARED_SHARE.names}
    for each in rows:
        assert 0 <= each.share_low <= each.share <= each.share_high <= 1


# ── prices ────────────────────────────────────────────────────────────────────────────────────


def test_a_published_price_is_read_in_dollars_a_tonne() -> None:
    found = price("indium", "refined", 2024)
    assert found is not None
    assert found.usd_per_t == pytest.approx((311_000 * 351_000) ** 0.5)
    assert found.source.startswith("mcs2026, 2024: Indium")


def test_the_price_of_the_stage_is_taken() -> None:
    metal, dioxide = price("germanium", "refined", 2024), price("germanium", "intermediate", 2024)
    assert metal is not None
    assert dioxide is not None
    assert (metal.usd_per_t, dioxide.usd_per_t) == pytest.approx((1_991_000, 1_281_000))


def test_another_form_and_another_year_widen_a_price() -> None:
    near, far = price("gallium", "refined", 2025), price("gallium", "refined", 2034)
    assert near is not None
    assert far is not None
    assert far.deviation == pytest.approx(np.hypot(near.deviation, 0.9))
    ferroniobium = price("niobium", "refined", 2024)
    assert ferroniobium is not None
    assert ferroniobium.deviation > 2 * near.deviation


def test_laboratory_prices_by_the_gram_are_no_prices() -> None:
    assert price("cesium", "refined", 2025) is None
    assert price("no such material", "refined", 2025) is None


def test_a_material_without_a_price_is_anywhere_around_the_others() -> None:
    found = prices([("gallium", "refined"), ("cesium", "refined")], 2024, 1.0)
    assert found["cesium"].usd_per_t == pytest.approx(found["gallium"].usd_per_t)
    assert found["cesium"].deviation == 2
    assert prices([("cesium", "refined")], 2024, 77.0)["cesium"].usd_per_t == pytest.approx(77)


# ── lines of a store ──────────────────────────────────────────────────────────────────────────


def trade(**told: object) -> str:
    """A row of trade as VALUES, with what is told of it."""
    row = {
        "year": 2022, "period": "2022", "source": "baci", "as_of": "b", "reporter": "", "flow": "reconciled",
        "importer": "USA", "exporter": "CHN", "nomenclature": "HS2022", "code": "811292", "regime": "",
        "breakdown": "", "value_usd": 100.0, "valuation": "fob", "value_status": "normal", "duty_usd": None,
        "quantity": None, "quantity_unit": None, "quantity_status": "not-available", "quantity_2": None,
        "quantity_2_unit": None, "mass_t": 2.0, "mass_status": "normal", "estimated": False,
        "aggregate": False, "snapshot": "s",
    } | told  # fmt: skip
    return ", ".join("NULL" if row[name] is None else repr(row[name]) for name in TRADE.names)


def read(*rows: str) -> list[Line]:
    connection = duckdb.connect()
    connection.execute(ddl(TRADE))
    for row in rows:
        connection.execute(f"INSERT INTO trade VALUES ({row})")  # noqa: S608 - rows of the test
    return [Line(*row) for row in connection.execute(LINES, ["HS2022", "811292"]).fetchall()]


def test_lines_are_those_of_the_code_in_its_edition() -> None:
    wanted = trade()
    others = (trade(code="811299"), trade(nomenclature="HS1992"), trade(value_usd=0.0))
    assert read(wanted, *others) == [Line(2022, "USA", "CHN", 100.0, 2.0)]


def test_two_records_of_one_flow_are_no_two_lines() -> None:
    exports = [trade(flow="export", reporter="CHN", source="comtrade", value_usd=90.0)]
    imports = [trade(flow="import", reporter="USA", source="comtrade", value_usd=110.0)]
    monthly = [trade(flow="import", source="comtrade", period=f"2022-{m:02}", value_usd=9.0) for m in (1, 2)]
    whole = [trade(exporter="WLD", aggregate=True, value_usd=1e6), trade(breakdown="mot=1", value_usd=1e6)]
    assert read(*exports, *imports, *monthly, *whole) == [Line(2022, "USA", "CHN", 110.0, 2.0)]


def test_an_estimated_quantity_is_no_quantity() -> None:
    assert read(trade(estimated=True)) == [Line(2022, "USA", "CHN", 100.0, None)]


def test_a_store_of_nothing_has_no_lines(tmp_path: Path) -> None:
    assert lines_in(Store(tmp_path / "store"), "HS2022", "811292") == ()


# ── the split ─────────────────────────────────────────────────────────────────────────────────


def test_a_basket_is_split_by_value_and_mass_and_told() -> None:
    found = split(lines())
    niobium = found.table.one(material="niobium", share_of="value")
    assert niobium["share_low"] < 12.1 / 19.9 < niobium["share_high"]
    assert (niobium["lines"], niobium["lines_with_quantity"], niobium["how"]) == (40, 40, "unit values")
    assert found.table.one(material="germanium", share_of="mass")["share"] < 0.2
    (told,) = found.findings
    assert told.rule == "code-basket"
    assert told.found.startswith("2 materials; by value niobium ")


def test_each_year_is_split_by_itself() -> None:
    found = split([*lines(2022), *lines(2023)[:2], Line(2021, "JPN", "CHN", 0.0, 5.0)])
    assert sorted(set(found.table.column("year"))) == [2022, 2023]
    assert found.table.one(year=2023, material="niobium", share_of="value")["lines"] == 2


def test_what_the_united_states_declared_binds_its_own_imports_of_that_year_only() -> None:
    told = (declared("niobium", 0.5, 0.55), declared("germanium", 0.45, 0.5))
    own = split(lines(2024, "USA"), *told).table.one(material="niobium", share_of="value")
    assert (own["share_low"], own["share_high"]) == pytest.approx((0.5, 0.55), abs=0.03)
    assert own["share_low"] >= 0.5 - 1e-9
    assert (own["declared_low"], own["how"]) == (0.5, "unit values and declared")
    others = split(lines(2024, "JPN"), *told).table.one(material="niobium", share_of="value")
    assert others["share_high"] > 0.56


def test_a_contradiction_is_told_and_the_interval_holds_both() -> None:
    told = (declared("niobium", 0.01, 0.02), declared("germanium", 0.98, 0.99))
    cheap = [Line(2024, "USA", "BRA", 1e6, 20.0)] * 40
    found = split(cheap, *told)
    niobium = found.table.one(material="niobium", share_of="value")
    assert niobium["how"] == "contradiction"
    assert niobium["share_low"] == 0.01
    assert niobium["share_high"] > 0.9
    assert [each.subject for each in found.findings][1:] == [
        "HS2022 811292, niobium",
        "HS2022 811292, germanium",
    ]
    assert found.findings[1].expected == "the declared 1–2%"


def test_without_quantities_only_what_is_declared_is_known() -> None:
    blind = [Line(2024, "USA", "BRA", 1e6, None)] * 5
    assert set(split(blind).table.column("how")) == {"not known"}
    told = split(blind, declared("niobium", 0.5, 0.55), declared("germanium", 0.45, 0.5))
    niobium = told.table.one(material="niobium", share_of="value")
    assert niobium["how"] == "declared"
    assert (niobium["share_low"], niobium["share_high"]) == pytest.approx((0.5, 0.55), abs=1e-6)
    assert niobium["price_found_usd_per_t"] is None


def test_one_material_is_all_of_its_code() -> None:
    found = basket("811221", "HS2022", lines(), materials={"chromium": "refined"}, declared=())
    assert found.table.column("share_low") == [1, 1]
    assert set(found.table.column("how")) == {"one material"}
    assert found.findings == ()


def test_the_materials_and_prices_of_a_mapped_code_are_found() -> None:
    found = basket("811292", "HS2022", lines())
    assert set(found.table.column("material")) == {"gallium", "germanium", "indium", "niobium", "vanadium"}
    for row in found.table:
        assert set(row) == set(BASKET_SHARE.names)
        assert row["price_low_usd_per_t"] < row["price_high_usd_per_t"]
    sql = " AND ".join(f"({rule.condition})" for rule in checks(BASKET_SHARE))
    rows = duckdb.connect().register("rows", found.table.to_arrow())
    assert rows.execute(f"SELECT bool_and({sql}), count(*) FROM rows").fetchall() == [(True, 10)]  # noqa: S608 - declared rules


def test_a_basket_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="no material is known for HS2022 010121"):
        basket("010121", "HS2022", lines())
    with pytest.raises(UsageError, match="no line under HS2022 811292 has a value"):
        basket("811292", "HS2022", [])


def test_real_lines_of_three_metals_poured_together_are_told_apart(real_data: Path) -> None:
    file = real_data / "baci/BACI_HS92_Y2022_V202401b.csv"
    held = {"760110": "aluminum", "810510": "cobalt", "711011": "platinum"}
    rows = duckdb.execute(
        "SELECT lpad(k::VARCHAR, 6, '0') AS code, v * 1000.0, try_cast(q AS DOUBLE) FROM read_csv(?, types ="
        " {'q': 'VARCHAR'}) WHERE code IN ('760110', '810510', '711011') AND (i + j) % 7 = 0",
        [str(file)],
    ).fetchall()
    scale = {"760110": 1.0, "810510": 5.0, "711011": 2.0}
    poured = [Line(2022, "X", "Y", v * scale[k], q and q * scale[k]) for k, v, q in rows]
    found = basket("000000", "own", poured, materials=dict.fromkeys(held.values(), "refined"), declared=())
    total = sum(line.value_usd for line in poured)
    for code, material in held.items():
        truth = sum(v * scale[k] for k, v, _ in rows if k == code) / total
        row = found.table.one(material=material, share_of="value")
        assert row["share_low"] <= truth <= row["share_high"]
    platinum = found.table.one(material="platinum", share_of="mass")
    assert platinum["share_high"] < 0.001
