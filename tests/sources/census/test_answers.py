"""Answers of the API: periods, partners, regimes, quantities, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError
from monazite.sources.census import SOURCE
from monazite.sources.load import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.sources.load import Reading

CHINA_28 = "census_api_sample_imports_hs_5700_HS2_28_2013-01_2021-06.json"
MAGNETS = {
    "I_COMMODITY": "8505110070", "COMM_LVL": "HS10", "CTY_CODE": "5700", "time": "2024-12",
    "CON_VAL_MO": "1200", "CAL_DUT_MO": "25", "CON_QY1_MO": "40", "CON_QY1_MO_FLAG": "",
    "GEN_VAL_MO": "1500", "GEN_QY1_MO": "50", "GEN_QY1_MO_FLAG": "", "UNIT_QY1": "KG",
}  # fmt: skip
SHIPPED = {
    "E_COMMODITY": "2804610000", "COMM_LVL": "HS10", "CTY_CODE": "5880", "time": "2024-03",
    "ALL_VAL_MO": "900", "QTY_1_MO": "3", "UNIT_QY1": "T", "DF": "1",
}  # fmt: skip


def trade(reading: Reading) -> list[dict[str, Any]]:
    """Rows of trade, after checking that the account closes."""
    rows = reading.tables.get("trade", [])
    assert reading.records == len(rows) + len(reading.refused)
    return rows


def rules(reading: Reading) -> list[str]:
    """Rules of the findings."""
    return sorted(told.rule for told in reading.findings)


def test_the_specimen_is_read_month_by_month_without_a_loss(specimen: Path) -> None:
    rows = trade(read_file(SOURCE, specimen / CHINA_28))
    assert len(rows) == 102
    published = json.loads((specimen / CHINA_28).read_text())[1:]
    assert sum(row["value_usd"] for row in rows) == sum(int(cells[1]) for cells in published)
    january = next(row for row in rows if row["period"] == "2013-01")
    assert (january["value_usd"], january["duty_usd"]) == (122_745_611, 2_870_285)
    assert (january["nomenclature"], january["code"], january["regime"]) == ("HS", "28", "consumption")
    assert (january["exporter"], january["importer"], january["reporter"]) == ("CHN", "USA", "USA")
    assert january["quantity_status"] == january["mass_status"] == "not-available"


def test_one_answer_with_both_regimes_gives_two_rows(answered: Callable[..., Reading]) -> None:
    consumed, general = sorted(trade(answered(MAGNETS)), key=lambda row: str(row["regime"]))
    assert (consumed["regime"], consumed["value_usd"], consumed["duty_usd"]) == ("consumption", 1200, 25)
    assert (general["regime"], general["value_usd"], general["duty_usd"]) == ("general", 1500, None)
    assert (consumed["quantity"], consumed["quantity_unit"], consumed["mass_t"]) == (40, "kg", 0.04)
    assert consumed["nomenclature"] == "HTS"
    assert consumed["valuation"] == "customs"


def test_exports_are_domestic_foreign_or_both(answered: Callable[..., Reading]) -> None:
    flows = {"1": "domestic-export", "2": "re-export", "-": "export"}
    rows = trade(answered(*({**SHIPPED, "DF": origin} for origin in flows)))
    assert [row["flow"] for row in rows] == sorted(flows.values())
    assert {(row["nomenclature"], row["valuation"], row["regime"]) for row in rows} == {
        ("ScheduleB", "fas", "")
    }
    assert {(row["exporter"], row["importer"], row["mass_t"]) for row in rows} == {("USA", "JPN", 3)}


def test_a_flag_says_whether_a_zero_is_one(answered: Callable[..., Reading]) -> None:
    flags = {"AUS": "M", "CAN": "", "CHN": None, "JPN": "?"}
    codes = {"AUS": "6021", "CAN": "1220", "CHN": "5700", "JPN": "5880"}
    zero = {**SHIPPED, "QTY_1_MO": "0"}
    reading = answered(
        *({**zero, "CTY_CODE": codes[one], "QTY_1_MO_FLAG": flag} for one, flag in flags.items())
    )
    assert {
        row["importer"]: (row["quantity"], row["quantity_status"], row["mass_t"]) for row in trade(reading)
    } == {
        "AUS": (None, "not-available", None),
        "CAN": (0, "normal", 0),
        "CHN": (0, "normal", 0),
        "JPN": (None, "unreadable", None),
    }
    assert [(told.rule, told.found) for told in reading.findings] == [("value-unreadable", "the flag '?'")]


def test_without_flags_a_zero_beside_a_value_is_not_available_and_beside_none_a_zero(
    answered: Callable[..., Reading],
) -> None:
    reading = answered(
        {**SHIPPED, "QTY_1_MO": "0"}, {**SHIPPED, "QTY_1_MO": "0", "ALL_VAL_MO": "0", "CTY_CODE": "1220"}
    )
    by_partner = {row["importer"]: row for row in trade(reading)}
    assert (by_partner["JPN"]["quantity"], by_partner["JPN"]["mass_status"]) == (None, "not-available")
    assert (by_partner["CAN"]["quantity"], by_partner["CAN"]["mass_t"]) == (0, 0)
    assert [(told.rule, told.rows) for told in reading.findings] == [("quantity-missing-as-zero", 1)]


UNITS = {
    "KG": ("kg", 0.003, "normal", "normal"),
    "T": ("t", 3, "normal", "normal"),
    "GM": ("g", 3e-6, "normal", "normal"),
    "NO": ("number", None, "normal", "not-collected"),
    "CKG": ("kg content", None, "normal", "not-collected"),
    "GCT": ("g gold content", None, "normal", "not-collected"),
    "ZZZ": ("ZZZ", None, "normal", "not-collected"),
    "X": (None, None, "not-collected", "not-collected"),
    "-": (None, None, "not-available", "not-available"),
}
"""Our unit, the mass of three of them in tonnes, status of quantity and mass, by the publisher's letters."""


def test_units_are_ours_and_only_masses_are_weighed(answered: Callable[..., Reading]) -> None:
    rows = trade(
        answered(*({**SHIPPED, "UNIT_QY1": unit, "DISTRICT": f"{n}"} for n, unit in enumerate(UNITS, 1)))
    )
    told = {
        row["breakdown"]: (row["quantity_unit"], row["mass_t"], row["quantity_status"], row["mass_status"])
        for row in rows
    }
    assert told == {f"district={n}": expected for n, expected in enumerate(UNITS.values(), 1)}


def test_a_second_quantity_in_kilograms_gives_the_mass_of_goods_counted_in_pieces(
    answered: Callable[..., Reading],
) -> None:
    (row,) = trade(answered({**SHIPPED, "UNIT_QY1": "NO", "QTY_2_MO": "750", "UNIT_QY2": "KG"}))
    assert (row["quantity"], row["quantity_unit"], row["quantity_2"], row["quantity_2_unit"]) == (
        3,
        "number",
        750,
        "kg",
    )
    assert row["mass_t"] == 0.75


def test_quantities_without_their_unit_are_no_quantities(answered: Callable[..., Reading]) -> None:
    reading = answered({name: value for name, value in SHIPPED.items() if name != "UNIT_QY1"})
    (row,) = trade(reading)
    assert (row["quantity"], row["quantity_status"]) == (None, "not-available")
    assert rules(reading) == ["value-unreadable"]


def test_a_year_to_date_is_a_span_and_never_a_month(answered: Callable[..., Reading]) -> None:
    periods = {"2024-12": "2024", "2024-06": "2024-01/2024-06", "2024-01": "2024-01"}
    kept = {name: value for name, value in MAGNETS.items() if not name.endswith(("_MO", "_FLAG", "_QY1"))}
    rows = trade(answered(*({**kept, "time": time, "CON_VAL_YR": "14400"} for time in periods)))
    assert {row["period"] for row in rows} == set(periods.values())
    assert {(row["year"], row["value_usd"]) for row in rows} == {(2024, 14400)}


def test_a_month_beside_its_year_to_date_is_read_alone(answered: Callable[..., Reading]) -> None:
    rows = trade(answered({**SHIPPED, "ALL_VAL_YR": "99999"}))
    assert [(row["period"], row["value_usd"]) for row in rows] == [("2024-03", 900)]


def test_groups_stand_under_their_own_ids_and_beside_their_members_are_told(
    answered: Callable[..., Reading],
) -> None:
    codes = {
        "-": "WLD",
        "0003": "european-union",
        "4XXX": "europe",
        "0001": "opec",
        "4359": "SVK",
        "5170": "SAU",
    }
    reading = answered(*({**SHIPPED, "CTY_CODE": code} for code in codes))
    assert {row["importer"] for row in trade(reading)} == set(codes.values())
    assert {row["importer"] for row in trade(reading) if not row["aggregate"]} == {"SVK", "SAU"}
    told = {one.subject: one.found for one in reading.findings}
    assert told["european-union"] == "european-union beside SVK"
    assert told["europe"] == "europe beside SVK"
    assert told["WLD"] == "WLD beside SAU, SVK"
    assert set(rules(reading)) == {"double-count"}


def test_the_union_without_a_member_beside_it_is_not_told(answered: Callable[..., Reading]) -> None:
    assert answered({**SHIPPED, "CTY_CODE": "0003"}, {**SHIPPED, "CTY_CODE": "4120"}).findings == ()


def test_a_partner_nobody_knows_keeps_its_code(answered: Callable[..., Reading]) -> None:
    reading = answered({**SHIPPED, "CTY_CODE": "6666"}, {**SHIPPED, "CTY_CODE": "0099"})
    assert {row["importer"]: row["aggregate"] for row in trade(reading)} == {"6666": False, "0099": True}
    assert [told.rule for told in reading.findings if told.subject == "6666"] == ["country-unknown"]


def test_codes_that_lost_their_zero_get_it_back_and_are_told(answered: Callable[..., Reading]) -> None:
    reading = answered(
        {**SHIPPED, "E_COMMODITY": "106199100"}, {**SHIPPED, "E_COMMODITY": "28", "COMM_LVL": "HS2"}
    )
    assert {row["code"]: row["nomenclature"] for row in trade(reading)} == {
        "0106199100": "ScheduleB",
        "28": "HS",
    }
    assert rules(reading) == ["code-shortened"]


AMISS = (
    ("E_COMMODITY", "28046100", "10 digits (HS10)"),
    ("E_COMMODITY", "2804.61", "10 digits (HS10)"),
    ("COMM_LVL", "HS8", "a code of the level it states"),
    ("ALL_VAL_MO", "-5", "a number of zero or more"),
    ("ALL_VAL_MO", "1e999", "a number of zero or more"),
    ("ALL_VAL_MO", "NaN", "a number of zero or more"),
    ("ALL_VAL_MO", "1,200", "a number of zero or more"),
    ("ALL_VAL_MO", "9" * 19, "a number of zero or more"),
    ("QTY_1_MO", "some", "a number of zero or more"),
    ("time", "2024-13", "a month, YYYY-MM"),
    ("time", "2024", "a month, YYYY-MM"),
    ("CTY_CODE", "", "a code of Schedule C"),
    ("DF", "3", "1, 2 or -"),
)
"""A column, what stands in it, what should."""


def test_what_cannot_be_read_is_refused_with_line_column_and_reason(
    answered: Callable[..., Reading],
) -> None:
    reading = answered(SHIPPED, *({**SHIPPED, column: value} for column, value, _ in AMISS))
    assert [row["importer"] for row in trade(reading)] == ["JPN"]
    assert [(one["line"], one["column"], one["expected"]) for one in reading.refused] == [
        (line, "E_COMMODITY" if column == "COMM_LVL" else column, expected)
        for line, (column, _, expected) in enumerate(AMISS, 3)
    ]


def test_a_missing_value_is_not_zero(answered: Callable[..., Reading]) -> None:
    (row,) = trade(answered({**SHIPPED, "ALL_VAL_MO": None}))
    assert (row["value_usd"], row["value_status"]) == (None, "not-available")


def test_districts_ports_and_rate_provisions_are_a_breakdown_and_a_dash_their_total(
    answered: Callable[..., Reading],
) -> None:
    reading = answered({**MAGNETS, "DISTRICT": "10", "RP": "61"}, {**MAGNETS, "DISTRICT": "-", "RP": "-"})
    assert {row["breakdown"] for row in trade(reading)} == {"district=10;rate=61", ""}


def test_a_column_asked_for_twice_is_read_once(saved: Callable[..., Reading]) -> None:
    answer = '[["E_COMMODITY","ALL_VAL_MO","CTY_CODE","time","E_COMMODITY"],["28","9","5700","2024-03","28"]]'
    (row,) = trade(saved("twice.json", answer))
    assert (row["code"], row["value_usd"]) == ("28", 9)


def test_all_goods_stand_under_total(answered: Callable[..., Reading]) -> None:
    (row,) = trade(answered({**SHIPPED, "E_COMMODITY": "-", "COMM_LVL": "-"}))
    assert (row["code"], row["nomenclature"]) == ("TOTAL", "HS")


def test_industries_are_read_with_their_letters(answered: Callable[..., Reading]) -> None:
    row = {"NAICS": "11211X", "COMM_LVL": "NA6", "CTY_NAME": "TOTAL FOR ALL COUNTRIES", "time": "2020-01"}
    (read,) = trade(answered({**row, "CON_VAL_MO": "7"}))
    assert (read["nomenclature"], read["code"], read["exporter"], read["aggregate"]) == (
        "NAICS",
        "11211X",
        "WLD",
        True,
    )


def test_rows_that_do_not_fit_their_header_are_refused(saved: Callable[..., Reading]) -> None:
    reading = saved(
        "torn.json",
        '[["E_COMMODITY","ALL_VAL_MO","CTY_CODE","time"],["28","9","5700","2024-03"],["28","9"],[[1],2,3,4],7]',
    )
    assert len(trade(reading)) == 1
    assert [(one["line"], one["found"]) for one in reading.refused] == [
        (3, "2 cells"),
        (4, "0 cells"),
        (5, "0 cells"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "", "[", "[[", '[["E_COMMODITY","ALL_VAL_MO","CTY_CODE","time"],["28","9","5700","2024-03"]',
        '[["E_COMMODITY","ALL_VAL_MO","CTY_CODE","time"],["28","9","5700","2024-0',
        '[["E_COMMODITY","ALL_VAL_MO","CTY_CODE","time"]] []', "[" * 100_000, "[[" + "9" * 5000 + "]]",
        '[["E_COMMODITY","ALL_VAL_MO","time"],["28","9","2024-03"]]', '{"error": "unknown variable"}',
        '[["E_COMMODITY","ALL_VAL_MO","CON_VAL_MO","CTY_CODE","time"],["28","9","9","5700","2024-03"]]',
    ],
)  # fmt: skip
def test_an_answer_that_is_cut_damaged_or_without_its_columns_is_an_error(
    saved: Callable[..., Reading], content: str
) -> None:
    with pytest.raises(SourceError):
        saved("bad.json", content)
