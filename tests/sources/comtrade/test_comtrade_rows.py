"""A record becomes a row in our words, whatever file it came in."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources.comtrade.vocabulary import FLOWS, NOMENCLATURES

if TYPE_CHECKING:
    from tests.sources.comtrade.conftest import Files

    from monazite.sources.load import Reading


def test_an_import_comes_from_the_partner_and_an_export_goes_to_it(files: Files) -> None:
    came, went = files.row(flowCode="M"), files.row(flowCode="X")
    assert (came["reporter"], came["exporter"], came["importer"], came["flow"]) == (
        "USA",
        "CHN",
        "USA",
        "import",
    )
    assert (went["reporter"], went["exporter"], went["importer"], went["flow"]) == (
        "USA",
        "USA",
        "CHN",
        "export",
    )


def test_the_world_is_an_aggregate_and_a_rest_is_none(files: Files) -> None:
    assert [files.row(partnerCode=code)["aggregate"] for code in (0, 97, 899, 490)] == [
        True,
        True,
        False,
        False,
    ]
    assert [files.row(partnerCode=code)["exporter"] for code in (0, 490)] == ["WLD", "TWN"]


def test_a_code_means_the_country_of_its_time(files: Files) -> None:
    then = files.row(partnerCode=58, period="1997", refYear=1997)
    assert then["exporter"] == "belgium-luxembourg"


def test_a_month_is_written_as_iso_does(files: Files) -> None:
    row = files.row(period="202204", freqCode="M", refMonth=4)
    assert (row["period"], row["year"]) == ("2022-04", 2022)


@pytest.mark.parametrize(
    ("changes", "breakdown"),
    [
        ({}, ""),
        ({"motCode": 2100}, "mot=2100"),
        ({"customsCode": "C06", "partner2Code": 344}, "customs=C06;partner2=HKG"),
        ({"flowCode": "MIP", "mosCode": "1"}, "flow=MIP;mos=1"),
        ({"customsCode": None, "motCode": None, "partner2Code": None}, ""),
    ],
)
def test_totals_say_nothing_and_parts_are_told(files: Files, changes: dict[str, Any], breakdown: str) -> None:
    assert files.row(**changes)["breakdown"] == breakdown


@pytest.mark.parametrize(
    ("changes", "value", "valuation"),
    [
        ({"cifvalue": 9.0, "primaryValue": 9.0}, 9.0, "cif"),
        ({"cifvalue": 0.0, "fobvalue": 8.0, "primaryValue": 8.0}, 8.0, "fob"),
        ({"cifvalue": 9.0, "fobvalue": 8.0, "primaryValue": None}, 9.0, "cif"),
        ({"cifvalue": 9.0, "fobvalue": 8.0, "primaryValue": 7.0}, 7.0, ""),
        ({"cifvalue": None, "primaryValue": None}, None, ""),
    ],
)
def test_the_value_says_what_it_includes(
    files: Files, changes: dict[str, Any], value: float | None, valuation: str
) -> None:
    row = files.row(**changes)
    assert (row["value_usd"], row["valuation"]) == (value, valuation)
    assert row["value_status"] == ("normal" if value is not None else "not-available")


@pytest.mark.parametrize(
    ("changes", "quantity", "unit", "mass"),
    [
        ({}, 1000.0, "kg", 1.0),
        ({"qty": 0.0, "netWgt": 0}, None, "kg", None),
        ({"qty": 0.0, "netWgt": 0, "cifvalue": 0, "primaryValue": 0}, 0.0, "kg", 0.0),
        ({"qty": 2500, "qtyUnitCode": 15, "netWgt": None}, 2500.0, "g", 0.0025),
        ({"qty": 3, "qtyUnitCode": 21, "netWgt": None}, 3.0, "t", 3.0),
        ({"qty": 7, "qtyUnitCode": 5, "netWgt": None}, 7.0, "number", None),
        ({"qty": 0, "qtyUnitCode": -1, "netWgt": 4}, None, "", 0.004),
        ({"qty": 7, "qtyUnitCode": 77}, 7.0, "unit 77", 1.0),
    ],
)
def test_a_zero_beside_a_value_is_no_quantity(
    files: Files, changes: dict[str, Any], quantity: float | None, unit: str, mass: float | None
) -> None:
    row = files.row(**changes)
    assert (row["quantity"], row["quantity_unit"], row["mass_t"]) == (quantity, unit, mass)
    assert row["quantity_status"] == ("normal" if quantity is not None else "not-available")
    assert row["mass_status"] == ("normal" if mass is not None else "not-available")


@pytest.mark.parametrize(
    ("changes", "estimated"),
    [
        ({}, False),
        ({"isQtyEstimated": True}, True),
        ({"isNetWgtEstimated": True}, True),
        ({"legacyEstimationFlag": 6}, True),
        ({"isGrossWgtEstimated": True}, False),
    ],
)
def test_estimates_are_marked(files: Files, changes: dict[str, Any], estimated: bool) -> None:  # noqa: FBT001
    assert files.row(**changes)["estimated"] is estimated


def test_the_edition_of_the_harmonized_system_is_kept(files: Files) -> None:
    assert [files.row(classificationCode=code)["nomenclature"] for code in ("H0", "H6", "S1", "HS")] == [
        "HS1992", "HS2022", "SITC1", "HS",
    ]  # fmt: skip


def any_record(files: Files, chance: random.Random) -> dict[str, Any]:
    """A record with anything in it that may be."""
    year, month, pick = chance.randint(1988, 2024), chance.choice([None, 1, 12]), chance.choice
    value = pick([0, 1.0, 99.5, 1e9, None])
    return files.record(
        period=f"{year}{month:02d}" if month else str(year),
        freqCode="M" if month else "A",
        refYear=year,
        refMonth=month or 52,
        reporterCode=pick([842, 156, 97, 58, 999]),
        partnerCode=pick([0, 4, 490, 899, 891, 975, 7]),
        partner2Code=pick([0, 344, None]),
        flowCode=pick(list(FLOWS)),
        classificationCode=pick(list(NOMENCLATURES)),
        cmdCode=pick(["TOTAL", "28", "2846", "284610", "28461", "9999AA"]),
        customsCode=pick(["C00", "C01", None]),
        motCode=pick([0, 2100]),
        qtyUnitCode=pick([-1, 8, 21, 15, 5, 77]),
        qty=pick([None, 0, 5, 123.456, 1e6]),
        altQtyUnitCode=pick([-1, 8]),
        altQty=pick([None, 0, 3.5]),
        netWgt=pick([None, 0, 12.0, 1e-3]),
        cifvalue=pick([None, 0, value, 7]),
        fobvalue=pick([None, 0, value]),
        primaryValue=pick([value, None, -3, "x"]),
        legacyEstimationFlag=pick([0, 6]),
        isReported=pick([True, False]),
    )


def comparable(reading: Reading) -> list[str]:
    """Rows without the mark of their file."""
    rows = ({**row, "snapshot": ""} for row in reading.tables["trade"])
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def test_every_form_gives_the_same_rows_and_refuses_the_same(files: Files) -> None:
    chance = random.Random(2846)  # noqa: S311 - made-up figures
    records = [any_record(files, chance) for _ in range(200)]
    answer, bulk, saved = (
        files.read(files.answer(records)),
        files.read(files.bulk(records)),
        files.read(files.saved(records)),
    )
    assert comparable(answer) == comparable(bulk) == comparable(saved)
    assert len(comparable(answer)) > 80
    why = [
        sorted((one["line"] - shift, one["rule"], one["column"], one["found"]) for one in reading.refused)
        for reading, shift in ((answer, 0), (bulk, 1), (saved, 1))
    ]
    assert why[0] == why[1] == why[2]
    assert len(why[0]) + len(comparable(answer)) == answer.records == bulk.records == saved.records == 200


def test_a_bulk_file_of_one_year_gives_the_same_rows(files: Files) -> None:
    records = [files.record(partnerCode=code) for code in (0, 156, 392)]
    assert comparable(files.read(files.bulk(records))) == comparable(files.read(files.answer(records)))
