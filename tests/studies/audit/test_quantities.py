"""Single flows: wrong quantities, changes of trade, other records, values that stand still.

Every case is one code of its own in one store: twelve calm flows at about 1,000 dollars a tonne, and
one to Canada that is told apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.studies.audit import audit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.audit import Audit

    Flow = Callable[..., dict[str, Any]]
    MadeUp = Callable[[Path], Callable[..., Store]]
    Rows = Callable[[str, str], list[Row]]

YEARS = range(2010, 2021)
MONTHS = tuple(f"{year}-{month:02}" for year in (2019, 2020) for month in range(1, 13))
PEERS = ("DEU", "FRA", "ITA", "JPN", "KOR", "MEX", "BRA", "IND", "CHL", "AUS", "NLD", "BEL")
USUAL = (2e6, 2000.0)
SIXTH = {2015: (2e6, 333.0)}
CASES: dict[str, dict[int, tuple[float, float]]] = {
    "a sixth at the same value": SIXTH,
    "a sixth of both": {2020: (2e5, 200.0)},
    "too much, then usual": {2015: (2e6, 40000.0)},
    "nothing at all": {2015: (2e6, 0.0)},
    "seen as usual by the partner": SIXTH,
    "seen as a fall by the partner": SIXTH,
    "seen as a fall by a reconciliation": SIXTH,
    "seen as usual under the heading": SIXTH,
}
CODES = {name: f"28{place:02}10" for place, name in enumerate(CASES)}
OTHERS = {"six times the price": "300110", "small": "300210", "new": "300310", "always far off": "300410",
          "world": "300510", "few": "300810", "months": "300610", "frozen": "300710"}  # fmt: skip


def market(flow: Flow, code: str, times: float = 1) -> list[Row]:
    """Twelve calm flows of a code; ``times`` what they cost in 2015."""
    return [
        flow(
            year,
            2e6 * (1 + 0.02 * (year % 3)) * (times if year == 2015 else 1),
            2000.0 + 13 * place,
            importer=peer,
            code=code,
        )
        for place, peer in enumerate(PEERS)
        for year in YEARS
    ]


def rest(flow: Flow) -> list[Row]:
    """Cases that are not the one flow to Canada with some years of its own."""
    code = OTHERS
    rows = market(flow, code["six times the price"], times=6)
    rows += [flow(y, 12e6 if y == 2015 else 2e6, 2000.0, code=code["six times the price"]) for y in YEARS]
    rows += [row for name in ("small", "new", "always far off", "world") for row in market(flow, code[name])]
    rows += [flow(y, 9e4, 0.01 if y == 2015 else 90.0, code=code["small"]) for y in YEARS]
    rows += [flow(2015, 2e6, 2.0, code=code["new"])]
    rows += [flow(2015, 2e6, 2000.0, importer=peer, code=code["few"]) for peer in PEERS[:8]]
    rows += [flow(2015, 2e6, 2.0, code=code["few"])]
    rows += [flow(y, 6e6, 20.0, code=code["always far off"]) for y in YEARS]
    world = {"importer": "WLD", "aggregate": True, "code": code["world"]}
    rows += [flow(y, 3e7, 3.0 if y == 2015 else 3e4, **world) for y in YEARS]
    rows += [
        flow(m, 2e6, 2.0 if (peer, m) == ("DEU", "2020-02") else 2000.0, importer=peer, code=code["months"])
        for peer in PEERS
        for m in MONTHS
    ]
    rows += [flow(y, 1e6 + (2012 if y == 2013 else y), 900.0, code=code["frozen"]) for y in YEARS]
    return rows


def partners(flow: Flow) -> list[Row]:
    """What another source says of four flows."""
    told = {"reporter": "CAN", "flow": "import"}
    fall = [350.0 if year == 2015 else 2100.0 for year in YEARS]
    seen = {
        "seen as usual by the partner": ([2100.0] * len(YEARS), told),
        "seen as a fall by the partner": (fall, told),
        "seen as a fall by a reconciliation": (fall, {"reporter": "", "flow": "reconciled"}),
        "seen as usual under the heading": ([2500.0] * len(YEARS), told),
    }
    finer = [
        flow(year, 1e3, 5.0, code=f"{CODES['seen as usual by the partner']}0010", **told) for year in YEARS
    ]
    return finer + [
        flow(year, 2.2e6, mass, code=CODES[name][: 4 if "heading" in name else 6], **whose)
        for name, (masses, whose) in seen.items()
        for year, mass in zip(YEARS, masses, strict=True)
    ]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, made_up: MadeUp, flow: Flow) -> Store:
    """A store with all cases, and with the partners' records of some."""
    keep = made_up(tmp_path_factory.mktemp("cases"))
    rows = [row for name in CASES for row in market(flow, CODES[name])]
    rows += [
        flow(year, *told.get(year, USUAL), code=CODES[name]) for name, told in CASES.items() for year in YEARS
    ]
    keep(*rows, *rest(flow))
    return keep(*partners(flow), by="mirror")


@pytest.fixture(scope="module")
def result(cases: Store) -> Audit:
    """One audit of all cases; the partners' records bear witness and are not audited themselves."""
    return audit("made", store=cases, rows=1000)


@pytest.fixture
def rows(result: Audit) -> Rows:
    """Rows under a rule for a case."""

    def found(case: str, rule: str = "quantity-implausible") -> list[Row]:
        code = {**CODES, **OTHERS}[case]
        return [row for row in result.details["rows"].where(rule=rule) if row["code"] == code]

    return found


def test_tonnes_that_fall_to_a_sixth_at_the_same_dollars_are_wrong(rows: Rows) -> None:
    (row,) = rows("a sixth at the same value", "quantity-implausible")
    assert (row["importer"], row["year"], row["amount"]) == ("CAN", 2015, 333.0)
    assert row["expected_low"] < 2000 < row["expected_high"]
    assert row["factor"] == pytest.approx(6, rel=0.1)
    assert "too small" in row["found"]
    assert rows("a sixth at the same value", "trade-fell") == []


def test_a_fall_of_both_is_a_fall_of_trade(rows: Rows) -> None:
    assert rows("a sixth of both", "quantity-implausible") == []
    (row,) = rows("a sixth of both", "trade-fell")
    assert (row["importer"], row["year"]) == ("CAN", 2020)
    assert "2,000 → 200 t and $2 M → $200,000" in row["found"]


def test_the_year_accused_is_the_one_off_the_flows_own_level(rows: Rows) -> None:
    """The tonnes fall in 2016 because those of 2015 were wrong."""
    (row,) = rows("too much, then usual", "quantity-implausible")
    assert row["year"] == 2015
    assert "too large" in row["found"]


def test_a_price_that_moves_for_all_is_no_fault(rows: Rows) -> None:
    assert rows("six times the price", "quantity-implausible") == []


def test_small_flows_are_not_judged(rows: Rows) -> None:
    assert rows("small", "quantity-implausible") == []


def test_a_flow_without_history_is_held_to_its_code(rows: Rows) -> None:
    (row,) = rows("new", "quantity-implausible")
    assert row["kind"] == "code"
    assert row["expected_amount"] == pytest.approx(2000, rel=0.1)


def test_a_code_of_few_flows_is_no_measure(rows: Rows) -> None:
    assert rows("few", "quantity-implausible") == []


def test_later_years_only_if_asked(cases: Store) -> None:
    told = audit("made", store=cases, rules=["quantity-implausible"], since=2019, rows=1000)
    (row,) = told.table
    years = [row["year"] for row in told.details["rows"]]
    assert row["found"] == len(years)
    assert set(years) == {2019, 2020}


def test_a_flow_always_a_hundred_times_off_is_shown_and_named_so(rows: Rows) -> None:
    found = rows("always far off", "quantity-implausible")
    assert {row["kind"] for row in found} == {"hundredfold"}
    assert len(found) == len(YEARS)


def test_another_record_that_saw_no_fall_contradicts(rows: Rows) -> None:
    (row,) = rows("seen as usual by the partner", "quantity-implausible")
    told = f"mirror (CAN import, {row['code']}) contradicts: 2,100 t against 333 t here, 2,100"
    told += " against 2,000 the year before"
    assert row["evidence"].startswith(told)


def test_another_record_that_saw_the_same_confirms_and_the_quantity_is_believed(
    rows: Rows, result: Audit
) -> None:
    assert rows("seen as a fall by the partner", "quantity-implausible") == []
    told = {(row["verdict"], row["direction"]): row["changes"] for row in result.details["changes"]}
    assert told["confirmed", "fall"] == told["confirmed", "rise"] == 1


def test_a_reconciled_record_is_no_witness_for_what_it_is_made_of(rows: Rows) -> None:
    (row,) = rows("seen as a fall by a reconciliation", "quantity-implausible")
    assert "mirror (reconciled, " in row["evidence"]
    assert "agrees" in row["evidence"]


def test_headings_bear_witness_for_subheadings(rows: Rows) -> None:
    (row,) = rows("seen as usual under the heading", "quantity-implausible")
    assert f"(CAN import, {row['code'][:4]}) contradicts: 2,500 t against 333 t here" in row["evidence"]


def test_months_are_series_of_their_own(rows: Rows) -> None:
    (row,) = rows("months", "quantity-implausible")
    assert (row["importer"], row["period"]) == ("DEU", "2020-02")


def test_sums_of_countries_are_not_judged(rows: Rows) -> None:
    assert rows("world", "quantity-implausible") == []


def test_a_value_that_stands_still_is_told(rows: Rows) -> None:
    (row,) = rows("frozen", "figures-frozen")
    assert row["year"] == 2013
    assert "again, to the dollar" in row["found"]


def test_a_zero_quantity_is_no_unit_value(rows: Rows) -> None:
    assert rows("nothing at all", "quantity-implausible") == []


def test_the_count_is_of_all_and_the_rows_are_the_worst(result: Audit, rows: Rows) -> None:
    told = result.table.one(rule="quantity-implausible", source="made")
    assert told["found"] == sum(len(rows(case, "quantity-implausible")) for case in (*CASES, *OTHERS))
    assert told["examined"] > told["found"]
