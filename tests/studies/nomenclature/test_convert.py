"""A file is carried whole: totals to the cent, what is open in bounds, what is lost by its reason."""

from __future__ import annotations

import csv
import gzip
import random
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from monazite.errors import OutputError, SourceError, UnknownCodeError, UsageError
from monazite.studies.nomenclature.convert import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from monazite.studies.nomenclature.answer import Answer

    Make = Callable[..., Path]

HEADER = "year,reporter,code,value_usd"


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(rows: Iterable[str], header: str = HEADER, name: str = "trade.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return made


def carried(
    path: Path,
    start: str = "HS2012",
    end: str = "HS2022",
    **asked: Any,  # noqa: ANN401 - whatever convert takes
) -> tuple[Answer, list[dict[str, str]]]:
    output = path.parent / "out.csv"
    result = convert(path, start, end, output, **asked)
    with output.open(encoding="utf-8") as stream:
        return result, list(csv.DictReader(stream))


def test_cells_and_magnets_arrive_whole_and_split_codes_in_bounds(make: Make) -> None:
    _, rows = carried(make(["2016,USA,850760,1000.01", "2016,USA,850511,2", "2016,USA,810600,33.33"]))
    found = {row["code"]: row for row in rows}
    assert found.keys() == {"850760", "850511", "810610", "810690"}
    assert (found["850760"]["value_usd"], found["850760"]["value_usd_high"], found["850760"]["way"]) == (
        "1000.01", "", "exact",
    )  # fmt: skip
    bismuth = found["810610"]
    assert (bismuth["value_usd"], bismuth["value_usd_low"], bismuth["value_usd_high"], bismuth["way"]) == (
        "", "0", "33.33", "bounds",
    )  # fmt: skip


def test_families_sum_codes_that_are_tied_together(make: Make) -> None:
    result, rows = carried(
        make(["2006,USA,811230,1.10", "2006,USA,811240,2.20", "2006,DEU,811292,4"]),
        "HS2002",
        "HS2007",
        by="families",
    )
    assert [(row["reporter"], row["code"], row["value_usd"], row["way"]) for row in rows] == [
        ("DEU", "F811292", "4", "family"), ("USA", "F811292", "3.3", "family"),
    ]  # fmt: skip
    members = {(row["nomenclature"], row["code"]) for row in result.details["families"]}
    assert {("HS2002", "811230"), ("HS2007", "811292"), ("HS2007", "811299")} <= members


def test_weights_split_to_the_cent(make: Make, tmp_path: Path) -> None:
    weights = tmp_path / "w.csv"
    weights.write_text(
        "code,target,weight,low,high\n810600,810610,0.333333333,0.2,0.5\n810600,810690,0.666666667,0.5,0.8\n"
    )
    _, rows = carried(make(["2016,USA,810600,100.01"]), weights=str(weights), start="HS2017")
    parts = {row["code"]: Decimal(row["value_usd"]) for row in rows}
    assert parts == {"810610": Decimal("33.34"), "810690": Decimal("66.67")}
    assert [(row["value_usd_low"], row["value_usd_high"], row["way"]) for row in rows] == [
        ("20", "50.01", "weights"), ("50", "80.01", "weights"),
    ]  # fmt: skip


def test_the_totals_read_are_the_totals_carried_and_not_carried(make: Make) -> None:
    rows = [
        "2016,USA,850760,1000",
        "2016,USA,810600,33.33",
        "2016,USA,300210,5",
        "2016,USA,123456,7",
        "2016,USA,TOTAL,9",
    ]
    result, _ = carried(make(rows))
    row = result.table.one(column="value_usd")
    assert row["total_read"] == row["total_carried"] + row["total_bounds"] + row["total_not_carried"]
    assert (row["total_carried"], row["total_bounds"], row["total_not_carried"]) == (1000, 38.33, 16)
    assert {one["outcome"]: one["total"] for one in result.details["outcomes"]} == {
        "exact": 1000, "bounds": 38.33, "level": 9, "unknown": 7,
    }  # fmt: skip


def test_a_missing_amount_is_not_zero_in_a_sum(make: Make) -> None:
    rows = ["2006,USA,811231,5", "2006,USA,811241,", "2006,USA,811299,NA"]
    _, found = carried(make(rows), "HS2022", "HS2017")
    by_code = {row["code"]: row for row in found}
    assert (by_code["811292"]["value_usd"], by_code["811292"]["value_usd_low"]) == ("", "5")
    assert by_code["811292"]["value_usd_high"] == ""
    assert by_code["811299"]["value_usd"] == ""


def test_codes_are_repaired_only_when_asked_and_each_repair_is_listed(make: Make) -> None:
    rows = [
        "2016,USA,10121,1",
        "2016,USA,8507.60,2",
        "2016,USA,850760.0,3",
        "2016,USA,85076000,4",
        "2016,USA,850511,9",
    ]
    plain, found = carried(make(rows))
    assert [row["code"] for row in found] == ["850511"]
    assert {one.rule for one in plain.findings} == {"code-shortened", "code-misread"}
    mended, found = carried(make(rows), repair=True)
    assert {row["code"]: row["value_usd"] for row in found} == {"010121": "1", "850760": "9", "850511": "9"}
    repairs = {row["text"]: row["code"] for row in mended.details["codes"] if row["repaired"]}
    assert repairs == {"10121": "010121", "8507.60": "850760", "850760.0": "850760", "85076000": "850760"}
    assert all(row["rows"] == 1 for row in mended.details["codes"])


def test_an_edition_that_does_not_match_is_told(make: Make) -> None:
    rows = [f"2016,USA,{code},1" for code in ("854231", "850760", "810600", "811292", "382490")]
    result, _ = carried(make(rows), "HS2022", "HS2017")
    found = next(one for one in result.findings if "HS2012" in one.found)
    assert (found.rule, found.found) == ("code-unknown", "100% of the codes are in HS2012, 60% in HS2022")
    with pytest.raises(UsageError, match="none of its 2 codes can be carried from HS2022"):
        carried(make(["2016,USA,810600,1", "2016,USA,382490,1"]), "HS2022", "HS2017")


def test_refusing_stops_at_what_is_not_single(make: Make) -> None:
    with pytest.raises(UsageError, match="no single rule HS2017 → HS2022 for 810600"):
        carried(make(["2016,USA,810600,1"]), by="refuse")
    with pytest.raises(UsageError, match="'10121': leading zero lost"):
        carried(make(["2016,USA,10121,1", "2016,USA,850760,1"]), by="refuse")
    _, rows = carried(make(["2016,USA,811292,1"]), by="refuse")
    assert [(row["code"], row["value_usd"]) for row in rows] == [("811292", "1")]


def test_keys_stay_as_they_are_written(make: Make) -> None:
    rows = ["2016,004,NA,850760,1", '2016,"a,b",08,850511,2']
    _, found = carried(make(rows, "year,m49,partner,hs6,value"))
    assert [(row["m49"], row["partner"]) for row in found] == [("004", "NA"), ("a,b", "08")]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_other_signs_and_line_ends_are_read(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "trade.csv.gz"
    lines = [HEADER, '2016,"a b",850760,1.5', "2016,USA,850511,2"]
    with gzip.open(path, "wt", encoding="utf-8-sig", newline="") as stream:
        stream.write("\r\n".join(line.replace(",", sign) for line in lines))
    _, found = carried(path)
    assert [(row["reporter"], row["value_usd"]) for row in found] == [("a b", "1.5"), ("USA", "2")]


def test_the_column_of_codes_is_found_by_its_name_or_by_what_it_holds(make: Make) -> None:
    result, _ = carried(make(["850760,1"], "Commodity Code,value"))
    assert result.notes[0].startswith("Code in Commodity Code;")
    result, _ = carried(make(["850760,x,1", "850511,y,1"], "what,who,value"))
    assert result.notes[0].startswith("Code in what;")
    with pytest.raises(UsageError, match="hs6, code may be the column of codes; name it with --code"):
        carried(make(["850760,850511,1"], "hs6,code,value"))
    with pytest.raises(UsageError, match="none looks like the column of codes"):
        carried(make(["x,y,1"], "what,who,value"))


def test_numbers_are_not_carried_silently(make: Make) -> None:
    path = make(["850760,1,0.5"], "code,value,price")
    with pytest.raises(UsageError, match=r"price holds numbers\. Is it an amount, to be split and summed"):
        carried(path)
    assert carried(path, keep=["price"])[1][0]["price"] == "0.5"
    assert carried(path, values=["value", "price"])[1][0]["price_low"] == ""
    with pytest.raises(UsageError, match="no column of amounts found"):
        carried(make(["850760,x"], "code,who"))
    with pytest.raises(UnknownCodeError, match="no column named 'weight'"):
        carried(path, values=["weight"])
    with pytest.raises(UsageError, match="'value_low' has the name of one convert adds"):
        carried(make(["850760,1,2"], "code,value,value_low"), keep=["value_low"])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            ["2016,USA,850760,1", "2016,USA,850511,abc"],
            "line 3, column 'value_usd': found 'abc', expected a number",
        ),
        (["2016,USA,850760,1", "2016,USA,850511"], "line 3"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(make: Make, rows: list[str], told: str) -> None:
    path = make(rows)
    with pytest.raises(SourceError) as error:
        carried(path)
    assert told in str(error.value)
    assert not list(path.parent.glob(".monazite-*"))
    assert not (path.parent / "out.csv").exists()


def test_what_cannot_be_read_or_written_is_told(make: Make, tmp_path: Path) -> None:
    path = make(["2016,USA,850760,1"])
    with pytest.raises(UsageError, match="there is no such file"):
        convert(tmp_path / "none.csv", "HS2012", "HS2022", tmp_path / "o.csv")
    with pytest.raises(UsageError, match="convert reads"):
        convert(make(["1"], name="a.xlsx"), "HS2012", "HS2022", tmp_path / "o.csv")
    with pytest.raises(UsageError, match="convert writes"):
        convert(path, "HS2012", "HS2022", tmp_path / "o.xlsx")
    with pytest.raises(OutputError, match="there is no folder"):
        convert(path, "HS2012", "HS2022", tmp_path / "no" / "o.csv")


def test_parquet_goes_in_and_out_with_codes_that_are_numbers(tmp_path: Path) -> None:
    given, output = tmp_path / "trade [1].parquet", tmp_path / "out.parquet"
    frame = pl.DataFrame({"t": [2010, 2010], "k": [10121, 850760], "v": [1.5, 2.0], "q": ["None", "3"]})
    frame.write_parquet(given)
    convert(given, "HS2012", "HS2022", output, repair=True)
    found = pl.read_parquet(output).sort("k")
    assert found["k"].to_list() == ["010121", "850760"]
    assert found["q"].to_list() == [None, 3.0]
    assert found["t"].dtype == pl.Int64


def test_a_tariff_is_carried_by_its_first_six_digits(make: Make) -> None:
    rows = ["8507600010,1", "8507600020,2", "8112921000,4"]
    _, found = carried(make(rows, "hts10,value"), "HTS2024", "HS2017")
    assert {row["hts10"]: row["value"] for row in found} == {"850760": "3", "811292": "4"}


def test_many_rows_of_made_up_trade_keep_their_totals(make: Make) -> None:
    drawn = random.Random(4)  # noqa: S311 - made-up trade
    codes = ["811292", "850760", "854140", "382490", "810600", "851770", "300219", "010121"]
    rows = [f"2016,R{n % 7},{drawn.choice(codes)},{drawn.randrange(10**7) / 1000}" for n in range(3000)]
    result, found = carried(make(rows), by="families")
    assert sum(Decimal(row["value_usd"]) for row in found) == Decimal(
        str(result.table.rows[0]["total_carried"])
    )
    _, bounded = carried(make(rows))
    known = sum(Decimal(row["value_usd"] or 0) for row in bounded)
    low = known + sum(Decimal(row["value_usd_low"]) for row in bounded if not row["value_usd"])
    high = known + sum(Decimal(row["value_usd_high"]) for row in bounded if not row["value_usd"])
    total = result.table.rows[0]["total_read"]
    assert low <= Decimal(str(total)) <= high
