"""What is missing, doubled, does not add up or was changed: one source a case, one audit of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.studies.audit import audit
from monazite.studies.audit.groups import belongs
from monazite.studies.audit.slips import outliers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.results.frame import Row
    from monazite.store.home import Store
    from monazite.studies.audit import Audit

    Make = Callable[..., dict[str, Any]]
    Keep = Callable[..., Store]
    MadeUp = Callable[[Path], Keep]
    Rows = Callable[[str, str], list[Row]]

YEARS = range(2010, 2021)
OTHER_YEARS = [year for year in YEARS if year != 2016]


def named(source: str, rows: list[Row]) -> list[Row]:
    """Rows as those of a source."""
    return [{**row, "source": source} for row in rows]


def gaps(flow: Make) -> list[Row]:
    """A dead code, one with a hole, a year without records, an empty one; quantities missing and made up."""
    years = [year for year in YEARS if year != 2012]
    rows = [flow(y, 5e6, 100.0, code="100110") for y in years]
    rows += [flow(y, 8e6 if y < 2016 else 1e5, 100.0, code="811230") for y in years if y != 2019]
    rows += [flow(y, 2e6, 100.0, code="200110") for y in years if y not in (2014, 2015)]
    rows += [flow(2021, 0.0, 0.0, code=code) for code in ("100110", "811230")]
    rows += [flow(y, 1e6, None, code="300110", quantity_unit="kg") for y in (2010, 2011)]
    rows += [flow(y, 1e6, 50.0, code="300110", estimated=True) for y in (2013, 2014, 2015, 2016)]
    return named("gaps", rows)


def sums(flow: Make) -> list[Row]:
    """World rows, codes of three lengths, an aggregate beside its members."""
    partners = {"CAN": 6e6, "MEX": 3e6}
    rows = [flow(2020, v, 9.0, importer=p, code="100110") for p, v in partners.items()]
    rows += [flow(2020, 9e6, 9.0, importer="WLD", aggregate=True, code="100110")]
    rows += [flow(2020, v, 9.0, importer=p, code="100120") for p, v in partners.items()]
    rows += [flow(2020, 8e6, 9.0, importer="WLD", aggregate=True, code="100120")]
    rows += [flow(2020, 5e6, 9.0, importer="CAN", code="100130")]
    rows += [flow(2020, 5e7, 9.0, importer="WLD", aggregate=True, code="100130")]
    found = named("world", rows)
    rows = [flow(2020, v, None, code=code) for code, v in {"28": 1e7, "2846": 6e6, "2805": 4e6}.items()]
    rows += [
        flow(2020, v, None, code=code) for code, v in {"284610": 2e6, "284690": 5e6, "280530": 1e6}.items()
    ]
    found += named("levels", rows)
    rows = [
        flow(y, 1e6, None, importer=p, code="100110") for y in (2015, 2024) for p in ("SVK", "CHN", "GBR")
    ]
    rows += [
        flow(y, 9e6, None, importer="european-union", aggregate=True, code="100110") for y in (2015, 2024)
    ]
    found += named("union", rows)
    members = ("european-union", "SVK")
    return found + named("unmarked", [flow(2020, 1e6, None, importer=one, code="1") for one in members])


def units(flow: Make) -> list[Row]:
    """A code whose unit changes, one whose units only trade places a little, one too small to tell."""
    rows = [
        flow(y, 4e6, 90.0 if y >= 2015 else None, code="8505", quantity_unit="kg" if y >= 2015 else "")
        for y in YEARS
    ]
    for year in YEARS:
        value = 2e6 + 1e5 * (year - 2015)
        rows += [flow(year, value, 9.0, code="8506", breakdown="unit=kg")]
        rows += [flow(year, 4e6 - value, None, code="8506", breakdown="unit=number", quantity_unit="number")]
    rows += [flow(y, 100.0, None, code="8507", quantity_unit="kg" if y > 2015 else "number") for y in YEARS]
    return named("units", rows)


def pairs(flow: Make) -> list[Row]:
    """Both sides of some flows, by reporters of which one is late and one left out a year others have."""
    rows = []
    for year in OTHER_YEARS:
        here = {"exporter": "USA", "importer": "CAN"}
        rows += [flow(year, 1e6, None, code="100110", **here)]
        rows += [
            flow(year, 2.1e6, None, code="100110", reporter="CAN", flow="import", valuation="cif", **here)
        ]
        rows += [flow(year, 1e6, None, code="100120", **here)]
        rows += [
            flow(year, 2.13e6, None, code="100120", reporter="CAN", flow="import", valuation="cif", **here)
        ]
        if year < 2019:
            rows += [flow(year, 1e6, None, reporter="MEX", exporter="MEX", importer="USA", code="100130")]
        if year != 2013:
            rows += [flow(year, 1e6, None, reporter="FRA", exporter="FRA", importer="USA", code="100130")]
    return named("pairs", rows)


def editions(keep: Keep, flow: Make) -> None:
    """The same year in two editions, and one record in two files of an edition."""
    keep(flow(2020, 1e6, 10.0), flow(2020, 2e6, 10.0, code="250490"), by="editions", as_of="2021")
    keep(flow(2020, 1.2e6, None), flow(2020, 2e6, 10.0, code="250490"), by="editions", as_of="2022")
    keep(flow(2020, 1e6, 10.0), flow(2020, 7e6, 1.0, importer="MEX"), by="twice")
    keep(flow(2020, 3e6, 10.0), flow(2020, 7e6, 1.0, importer="BRA"), by="twice")


def statistics(keep: Keep, figure: Make) -> None:
    """Phosphate, a closing mine, an estimate carried on, a hole, a missed total; two editions; a score."""
    phosphate = {2018: 195720, 2019: 165750, 2020: 215700, 2021: 170, 2022: 150, 2023: 520390, 2024: 498420}
    rows = [figure(y, float(v)) for y, v in phosphate.items()]
    rows += [
        figure(y, v, country="GBR")
        for y, v in zip(range(2018, 2025), [8e5, 7e5, 5e5, 3e5, 2e5, 1e5, 270.0], strict=True)
    ]
    rows += [figure(y, 100.0, country="KGZ") for y in range(2018, 2023)]
    rows += [figure(y, None if y == 2020 else 300.0 + y, country="CHN") for y in range(2018, 2023)]
    rows += [figure(2024, 498690.0, country="WLD"), figure(2023, 600_000.0, country="WLD")]
    keep(*rows, by="minerals", as_of="2025", table="mineral_statistic")
    keep(figure(2019, 180000.0), by="minerals", as_of="2026", table="mineral_statistic")
    scores = [
        {"indicator": "calm", "country": c, "year": y, "value": 0.1, "unit": "1", "obs_status": "normal"}
        for c in ("USA", "CHN")
        for y in (1996, 1998, 2000, 2002, 2003, 2004)
        if (c, y) != ("CHN", 2003)
    ]
    keep(*scores, by="scores", table="indicator")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory, made_up: MadeUp, flow: Make, figure: Make) -> Audit:
    """One audit of all of it."""
    folder = tmp_path_factory.mktemp("checks")
    keep = made_up(folder)
    keep(*gaps(flow), *sums(flow), *units(flow), *pairs(flow))
    editions(keep, flow)
    statistics(keep, figure)
    return audit(store=folder / "store", rows=1000)


@pytest.fixture
def rows(result: Audit) -> Rows:
    """Rows of a rule and source."""
    return lambda rule, source: list(result.details["rows"].where(rule=rule, source=source))


def test_a_code_that_fell_to_next_to_nothing_for_good_is_dead(rows: Rows) -> None:
    row = next(row for row in rows("code-dead", "gaps") if row["code"] == "811230")
    assert row["year"] == 2016
    assert "$8 M in the year before, $100,000 in 2016" in row["found"]


def test_years_without_records_and_years_without_a_code_are_gaps(rows: Rows) -> None:
    found = {(row["kind"], row["code"]): row["found"] for row in rows("period-missing", "gaps")}
    assert found["source", None] == "no records in 2012"
    assert found["code", "200110"] == "no trade in 2014, 2015"
    assert found.keys() == {("source", None), ("code", "200110"), ("code", "811230")}


def test_a_year_of_zeros_is_empty(rows: Rows) -> None:
    (row,) = rows("period-empty", "gaps")
    assert (row["period"], row["found"]) == ("2021", "2 records, all zero or missing")


def test_missing_and_estimated_quantities_are_counted_by_code_and_year(rows: Rows) -> None:
    by = {row["subject"]: row["found"] for row in rows("quantity-missing", "gaps")}
    assert by["HS2017 300110"] == "2 of 6 records without a quantity (33%)"
    assert by["2010"] == "1 of 4 records without a quantity (25%)"
    assert "2013" not in by
    by = {row["subject"]: row["found"] for row in rows("quantity-estimated", "gaps")}
    assert by["HS2017 300110"] == "4 of 6 records with an estimated quantity (67%)"


def test_partners_are_held_to_the_world_row(rows: Rows, result: Audit) -> None:
    (row,) = rows("total-mismatch", "world")
    assert (row["code"], row["found"], row["kind"]) == ("100120", "2 partners sum to $9 M, 12% more", "over")
    told = result.table.one(rule="total-mismatch", source="world")
    assert told["examined"] == 3
    assert "1 have too few partners to tell" in told["told"]


def test_longer_codes_are_held_to_the_shorter(rows: Rows, result: Audit) -> None:
    (row,) = rows("levels-mismatch", "levels")
    assert (row["code"], row["found"]) == ("2846", "2 codes of 6 digits sum to $7 M, 17% more")
    assert result.table.one(rule="levels-mismatch", source="levels")["examined"] == 3


def test_an_aggregate_beside_its_member_is_counted_twice(rows: Rows, result: Audit) -> None:
    found = {row["year"]: row["found"] for row in rows("double-count", "union")}
    assert found == {2015: "1 rows, $9 M, beside GBR, SVK", 2024: "1 rows, $9 M, beside SVK"}
    assert result.table.one(rule="quantity-missing", source="union")["examined"] == 6  # without the aggregate
    (row,) = rows("double-count", "unmarked")
    assert "not marked as an aggregate" in row["found"]


@pytest.mark.parametrize(
    ("country", "group", "year", "inside"),
    [
        ("HRV", "european-union", 2010, True),  # a member today: publishers revise the group's past
        ("GBR", "european-union", 2019, True),
        ("GBR", "european-union", 2020, False),
        ("CHE", "european-union", 2020, False),
        ("CHE", "europe", 2020, True),
        ("CAN", "nafta", 2020, True),
        ("NOR", "opec", 2020, True),  # members not listed: anyone may be one
        ("WLD", "opec", 2020, False),
    ],
)
def test_membership(country: str, group: str, year: int, inside: bool) -> None:  # noqa: FBT001 - the expected answer
    assert belongs(country, group, year) is inside


def test_a_unit_that_takes_over_is_another_regime(rows: Rows) -> None:
    (row,) = rows("unit-regime", "units")
    assert (row["code"], row["year"]) == ("8505", 2015)
    assert row["found"] == "no quantity collected (100% of the value) in 2014, kg (100% of the value) in 2015"


def test_two_sides_that_differ_more_than_twofold_are_a_gap(rows: Rows, result: Audit) -> None:
    """Freight allowed for, 2.10 M is 1.98 M and 2.13 M is 2.01 M."""
    found = rows("mirror-gap", "pairs")
    assert {row["code"] for row in found} == {"100120"}
    assert len(found) == len(OTHER_YEARS)
    assert result.table.one(rule="mirror-gap", source="pairs")["examined"] == 2 * len(OTHER_YEARS)


def test_late_reporters_and_years_left_out(rows: Rows) -> None:
    (late,) = rows("reporter-late", "pairs")
    assert (late["reporter"], late["found"]) == ("MEX", "nothing after 2018; others to 2020")
    (missing,) = rows("reporter-missing", "pairs")
    assert (missing["reporter"], missing["found"]) == ("FRA", "nothing in 2013, 1 of 10 periods")


def test_another_edition_of_the_same_record(rows: Rows, result: Audit) -> None:
    (row,) = rows("vintage-revised", "editions")
    assert (row["code"], row["kind"], row["value_usd"]) == ("250410", "value", 1.2e6)
    assert row["expected"] == "$1 M and 10 t as in 2021"
    told = result.table.one(rule="quantity-missing", source="editions")
    assert (told["found"], told["examined"]) == (1, 2)  # of the latest edition only


def test_a_record_in_two_files_of_one_edition(rows: Rows) -> None:
    (row,) = rows("record-repeated", "twice")
    assert (row["importer"], row["kind"]) == ("CAN", "other figures")
    assert row["found"] == "2 times in 2 files, $1 M to $3 M"


def test_a_figure_between_usual_ones_is_a_slip(rows: Rows) -> None:
    first, second, *others = rows("figure-implausible", "minerals")
    assert {first["year"], second["year"]} == {2021, 2022}
    assert first["kind"] == second["kind"] == "inside the series"
    assert "a slip of 3 decimal places" in first["found"]
    assert [(row["subject"].split(", ")[2], row["kind"]) for row in others] == [("GBR", "at its end")]


def test_a_mine_that_grew_long_ago_is_no_outlier() -> None:
    grown = {year: 100.0 if year < 2000 else 1e5 for year in range(1990, 2020)}
    assert outliers(grown) == {}
    assert set(outliers({**grown, 2010: 100.0})) == {2010}


def test_figures_carried_on_missing_or_not_adding_up(rows: Rows) -> None:
    (still,) = rows("figures-frozen", "minerals")
    assert still["found"] == "100 t in each of 5 years from 2018"
    (hole,) = rows("period-missing", "minerals")
    assert hole["found"] == "no figure in 2020"
    (total,) = rows("total-mismatch", "minerals")
    assert (total["year"], total["found"]) == (2023, "2 countries sum to 620,390 t, 3.4% more")


def test_a_figure_another_edition_gives_otherwise(rows: Rows) -> None:
    (row,) = rows("vintage-revised", "minerals")
    assert (row["year"], row["found"], row["expected"]) == (2019, "180,000 t in 2026", "165,750 t as in 2025")


def test_years_an_indicator_skips(rows: Rows) -> None:
    found = {row["subject"]: row["found"] for row in rows("period-missing", "scores")}
    assert found == {
        "calm, all countries": "no figure in 1997, 1999, 2001",
        "calm, CHN": "no figure in 2003",
    }
