"""A file that is not what it says is refused with its place; nothing malformed raises anything else."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monazite.errors import MonaziteError, SourceError
from monazite.sources.comtrade import SOURCE, survey
from monazite.sources.comtrade.answers import check_answer
from monazite.sources.source import Account, Given, Rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.comtrade.conftest import Files

SPECIMENS = (
    "answer.json",
    "COMTRADE-FINAL-CA8422022H6[2023-06-01].txt",
    "TradeData.csv",
    "china_exports_monthly.csv",
)


def refusals(files: Files, path: Path) -> list[tuple[Any, ...]]:
    """Line, column, found and expected of what was refused."""
    return [(one["line"], one["column"], one["found"], one["expected"]) for one in files.read(path).refused]


# ── answers ───────────────────────────────────────────────────────────────────────────────────


def test_an_answer_with_an_error_is_refused_with_its_words(files: Files) -> None:
    with pytest.raises(SourceError, match="column 'error': found 'Too many periods'"):
        files.read(files.answer([], error="Too many periods"))


def test_an_answer_of_the_gate_is_refused(files: Files) -> None:
    path = files.raw(json.dumps({"statusCode": 401, "message": "Access denied"}).encode(), "denied.json")
    with pytest.raises(SourceError, match="Access denied"):
        check_answer(path)


@pytest.mark.parametrize("count", [0, 2, None, "1", True])
def test_an_answer_holds_as_many_records_as_it_says(files: Files, count: object) -> None:
    with pytest.raises(SourceError, match="column 'count'"):
        files.read(files.answer([files.record()], count=count))


def test_an_answer_without_rows_is_whole(files: Files) -> None:
    assert files.read(files.answer([])).records == 0
    check_answer(files.raw(b'{"elapsedTime":"1","count":0,"data":null,"error":null}', "empty.json"))


@pytest.mark.parametrize("count", [499, 500])
def test_an_answer_as_long_as_the_limit_is_told(files: Files, count: int) -> None:
    records = [files.record(cmdCode=f"{number:06d}") for number in range(count)]
    told = {one.rule: one.severity for one in files.read(files.answer(records)).findings}
    assert told == ({"answer-capped": "error"} if count == 500 else {})


def test_a_page_given_twice_is_stored_once(files: Files) -> None:
    page = [files.record(partnerCode=code) for code in (156, 392)]
    reading = files.read(files.answer([*page, *page]))
    assert (reading.records, len(reading.tables["trade"])) == (4, 2)
    assert [(one["line"], one["rule"]) for one in reading.refused] == [(3, "key-unique"), (4, "key-unique")]


def test_an_answer_cut_short_is_never_whole(files: Files, samples: Path) -> None:
    whole = (samples / "answer.json").read_bytes()
    check_answer(files.raw(whole, "whole.json"))
    for length in range(1, len(whole.rstrip()), 401):
        with pytest.raises(SourceError):
            check_answer(files.raw(whole[:length], "cut.json"))


@pytest.mark.parametrize(
    "content",
    [
        b'{"data":' + b"[" * 100_000,
        b'{"count":1,"data":[{"qty":' + b"9" * 5_000 + b'}],"error":""}',
        b'{"count":1,"data":[{"qty":NaN}],"error":""}',
        b'{"count":1,"data":[{"a":"' + b"x" * 2_000_000,
        b'{"count":0,"data":[],"error":""} {}',
        b'{"count":0,"data":{},"error":""}',
        b'{"count":0,"data":[],"error":"", "\xff": 1}',
        b"{" + b",".join(b'"%d":0' % number for number in range(200)) + b"}",
        b"{ " + b" " * 3_000_000,
        b"<html>Service unavailable</html>",
        b"",
    ],
)
def test_what_is_no_answer_is_refused(files: Files, content: bytes) -> None:
    with pytest.raises(SourceError):
        check_answer(files.raw(content, "answer.json"))


@pytest.mark.parametrize(
    ("changes", "column", "expected"),
    [
        ({"typeCode": "S"}, "typeCode", "C (goods)"),
        ({"cmdCode": "28469"}, "cmdCode", "2, 4 or 6 digits; a leading zero may be lost"),
        ({"primaryValue": 10**400}, "primaryValue", "a number"),
        ({"qty": "1,000"}, "qty", "a number"),
        ({"refYear": 2021}, "refYear", "the year of the period, 2022"),
        ({"freqCode": "M"}, "freqCode", "A, as the period 2022 says"),
        ({"period": None}, "period", "a year or a month such as 202404"),
        ({"partnerCode": [1]}, "partnerCode", "the number of a country"),
        (
            {"classificationCode": "EB10"},
            "classificationCode",
            "a nomenclature of goods, H0 to H6 or S1 to S4",
        ),
        ({"flowCode": "\ud800\0"}, "flowCode", "the letters of a flow"),
    ],
)
def test_a_record_that_cannot_be_is_kept_aside(
    files: Files, changes: dict[str, Any], column: str, expected: str
) -> None:
    ((line, found_in, _, wanted),) = refusals(files, files.answer([files.record(**changes)]))
    assert (line, found_in, wanted) == (1, column, expected)


def test_what_is_no_record_is_kept_aside(files: Files) -> None:
    assert [one[2] for one in refusals(files, files.answer([7, None, "x", [{}]]))] == [
        "'7'",
        "''",
        "'x'",
        "'[{}]'",
    ]


def test_an_infinite_figure_is_kept_aside(files: Files) -> None:
    path = files.answer([files.record()])
    path.write_text(path.read_text().replace("5000.0", "1e999"))
    assert [one[1] for one in refusals(files, path)] == ["cifvalue"]


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def test_a_table_shifted_by_a_column_is_refused(files: Files, samples: Path) -> None:
    with pytest.raises(SourceError, match=r"column 'typeCode': found 'A', expected C \(goods\)") as raised:
        files.read(samples / "TradeData_shifted.csv")
    assert "stand beside their headings" in str(raised.value)


@pytest.mark.parametrize("name", ["TradeData.csv", "COMTRADE-FINAL-CA8422022H6[2023-06-01].txt"])
def test_a_column_taken_out_of_every_row_is_noticed_wherever_it_stood(
    files: Files, samples: Path, name: str
) -> None:
    comma = "\t" if name.endswith(".txt") else ","
    header, *lines = (samples / name).read_text().splitlines()
    for gone in range(len(header.split(comma)) - 24):
        shifted = [line.split(comma) for line in lines]
        told = [comma.join([*cells[:gone], *cells[gone + 1 :], ""]) for cells in shifted]
        path = files.raw("\r\n".join([header, *told, ""]).encode(), name.replace("[2023-06-01]", ""))
        with pytest.raises(SourceError):
            files.read(path)


@pytest.mark.parametrize("form", ["bulk", "saved"])
def test_a_line_of_another_width_is_kept_aside(files: Files, form: str) -> None:
    path = getattr(files, form)([files.record(partnerCode=code) for code in (0, 156, 392)])
    content = gzip.decompress(path.read_bytes()) if form == "bulk" else path.read_bytes()
    lines = content.split(b"\r\n")
    lines[2] = lines[2][:40]
    again = files.raw(b"\r\n".join(lines), path.name)
    ((line, _, found, expected),) = refusals(files, again)
    assert (line, bool(re.fullmatch(r"\d+ cells", found)), expected) == (3, True, "34 cells")
    assert len(files.read(again).tables["trade"]) == 2


@pytest.mark.parametrize("form", ["bulk", "saved"])
@pytest.mark.parametrize("column", ["period", "cmdCode"])
def test_a_table_without_a_column_is_refused(files: Files, form: str, column: str) -> None:
    path = getattr(files, form)([files.record()])
    content = gzip.decompress(path.read_bytes()) if form == "bulk" else path.read_bytes()
    again = files.raw(content.replace(column.encode(), b"other", 1), path.name)
    with pytest.raises(SourceError, match=f"line 1, column '{column}': found no such column"):
        files.read(again)


@pytest.mark.parametrize("form", ["bulk", "saved"])
def test_a_table_cut_short_is_refused(files: Files, form: str) -> None:
    path = getattr(files, form)([files.record()])
    content = gzip.decompress(path.read_bytes()) if form == "bulk" else path.read_bytes()
    with pytest.raises(SourceError, match="inside a line"):
        files.read(files.raw(content[:-3], path.name))


@pytest.mark.parametrize("cut", [5, 30, -1, -6])
def test_a_gzip_cut_short_is_refused(files: Files, cut: int) -> None:
    path = files.bulk([files.record()])
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(SourceError):
        files.read(path)


def test_a_gzip_bomb_is_refused(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "SMALL", 1_000)
    lines = gzip.decompress(files.bulk([files.record()]).read_bytes())
    with pytest.raises(SourceError, match="times the packed size"):
        files.read(files.raw(lines + b"\r\n".join([b"0" * 1_000] * 20_000), "bomb.txt.gz"))


@pytest.mark.parametrize("name", ["TradeData.csv", "bulk.txt"])
def test_a_line_without_end_is_refused(files: Files, name: str) -> None:
    path = files.saved([files.record()]) if name == "TradeData.csv" else files.bulk([files.record()], name)
    with pytest.raises(SourceError, match="a line of 1,048,576"):
        files.read(files.raw(path.read_bytes() + b"x" * 3_000_000 + b"\n", name))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\n\n", b"a,b\n", b"a\tb\n", b"\0\n", b"period_dt,partner_name\n"]
)
@pytest.mark.parametrize("name", ["TradeData.csv", "bulk.txt.gz"])
def test_what_is_no_table_is_refused(files: Files, content: bytes, name: str) -> None:
    with pytest.raises(SourceError):
        files.read(files.raw(content, name))


# ── a third party's monthly table ─────────────────────────────────────────────────────────────


def test_a_table_that_does_not_say_who_reported_is_refused(files: Files, samples: Path) -> None:
    content = (samples / "china_exports_monthly.csv").read_bytes()
    path = files.raw(content, "monthly.csv")
    with pytest.raises(SourceError, match="no column that says who reported"):
        files.read(path)
    reading = files.read(path, reporter="JPN", flow="import")
    assert {(row["importer"], row["flow"]) for row in reading.tables["trade"]} == {("JPN", "import")}


def test_a_unit_value_that_is_not_the_quotient_is_kept_aside(files: Files) -> None:
    table = (
        b"period_dt,partner_name,hs6,val,qty,uv\n"
        b"2021-01-01,USA,250410,10.0,5.0,3.0\n"
        b"2021-01-01,USA,380110,10.0,5.0,2.0\n"
    )
    assert refusals(files, files.raw(table, "china_exports.csv")) == [
        (2, "uv", "'3.0'", "val / qty, 10.0 / 5.0")
    ]


# ── anything ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SPECIMENS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_raises_nothing_else(name: str, files: Files, samples: Path, data: st.DataObject) -> None:
    content = bytearray((samples / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = files.raw(bytes(content), name)
    account = Account()
    try:
        for batch in SOURCE.read(Given(path, name, "0" * 16, files.day, files.folder), account):
            rows = sum(1 for _ in batch.rows) if isinstance(batch, Rows) else 0
            assert not isinstance(batch, Rows) or account.records == rows + len(account.refused)
    except MonaziteError:
        pass
