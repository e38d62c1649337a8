"""Where things are fetched, and what is checked before an answer is believed."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from monazite.errors import SourceError, UnknownCodeError, UsageError
from monazite.sources.census import SOURCE, locate

if TYPE_CHECKING:
    from pathlib import Path

INVALID = (
    "<html><head><title>Invalid Key</title></head><body>A valid <em>key</em> must be included.</body></html>"
)


def asked(url: str) -> dict[str, list[str]]:
    """Parameters of an address."""
    return parse_qs(urlsplit(url).query)


def test_a_question_names_flags_units_and_partner_and_leaves_groups_out() -> None:
    (request,) = locate({"time": "2024-12", "commodity": "2846*", "country": "China"})
    query = asked(request.url)
    assert request.url.startswith("https://api.census.gov/data/timeseries/intltrade/imports/hs?")
    got = query.pop("get")[0].split(",")
    assert {
        "CON_VAL_MO",
        "GEN_VAL_MO",
        "CAL_DUT_MO",
        "UNIT_QY1",
        "CON_QY1_MO_FLAG",
        "GEN_QY1_MO_FLAG",
    } <= set(got)
    assert not [name for name in got if "_YR" in name]
    assert query == {
        "I_COMMODITY": ["2846*"], "COMM_LVL": ["HS10"], "time": ["2024-12"], "CTY_CODE": ["5700"],
        "SUMMARY_LVL": ["DET"],
    }  # fmt: skip
    assert (request.key_in, request.empty, request.accepts) == ("query:key", (204,), ("application/json",))
    assert "key" not in query


def test_exports_by_district_over_months_ask_for_domestic_and_foreign() -> None:
    (request,) = locate(
        {
            "time": "2023-01/2024-06",
            "flow": "exports",
            "commodity": "8505110070",
            "district": "*",
            "groupings": "yes",
        }
    )
    query = asked(request.url)
    assert {"DF", "DISTRICT", "CTY_CODE", "QTY_1_MO_FLAG"} <= set(query["get"][0].split(","))
    assert query["time"] == ["from 2023-01 to 2024-06"]
    assert "SUMMARY_LVL" not in query


def test_all_goods_are_asked_for_by_chapter_and_month_large_chapters_in_tenths() -> None:
    requests = locate({"time": "2024-01/2024-02"})
    goods = [asked(request.url)["I_COMMODITY"][0] for request in requests]
    assert len(requests) == 2 * (98 - 10 + 100)
    assert {"01*", "840*", "849*", "99*"} <= set(goods)
    assert not {"84*", "77*", "*"} & set(goods)
    assert len({request.file for request in requests}) == len(requests)


def test_headings_come_in_one_question_for_all_months() -> None:
    assert len(locate({"time": "2015/2024", "commodity": "2846*,850511"})) == 2
    assert len(locate({"time": "2024", "level": "HS2"})) == 1
    assert len(locate({"time": "2024", "commodity": "28*"})) == 12


def test_names_of_files_differ_where_the_question_does_however_long() -> None:
    many = ",".join(
        ["1220", "2010", "4120", "4280", "5330", "5700", "5800", "5880", "4419", "4759", "4210"] * 3
    )
    first, second = (
        locate({"time": time, "commodity": "2846*", "country": many})[0] for time in ("2023", "2024")
    )
    assert first.file != second.file
    assert len(first.file) < 120


def test_bulk_files_lie_at_one_address_a_month_and_need_no_key() -> None:
    requests = [*locate({"time": "2024-11/2025-01", "form": "bulk"}),
                *locate({"time": "2024-12", "form": "ports", "flow": "exports"})]  # fmt: skip
    assert [request.url.removeprefix("https://www.census.gov/trade/downloads/") for request in requests] == [
        "2024/Merch/im_m/IMDB2411.ZIP", "2024/Merch/im_m/IMDB2412.ZIP", "2025/Merch/im_m/IMDB2501.ZIP",
        "2024/Port/ex_hs6_m/PORTHS6XM2412.ZIP",
    ]  # fmt: skip
    assert {request.key_in for request in requests} == {""}
    assert {urlsplit(request.url).hostname for request in requests} <= set(SOURCE.hosts)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"time": "last year"}, UsageError),
        ({"time": "2024-06/2024-01"}, UsageError),
        ({"time": "2024", "commodity": "284"}, UsageError),
        ({"time": "2024", "commodity": "28&key=x"}, UsageError),
        ({"time": "2024", "flow": "sideways"}, UsageError),
        ({"time": "2024", "commodity": "2846*", "country": "Atlantis"}, UnknownCodeError),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is_fetched(
    given: dict[str, str], error: type[UsageError]
) -> None:
    with pytest.raises(error):
        locate(given)


def test_a_whole_answer_is_believed_and_any_other_is_not(tmp_path: Path) -> None:
    (request,) = locate({"time": "2024-12", "commodity": "2846*"})
    path = tmp_path / "answer.json"
    columns = [*asked(request.url)["get"][0].split(","), "I_COMMODITY", "COMM_LVL", "time", "SUMMARY_LVL"]
    whole = json.dumps([columns, ["1"] * len(columns)])
    path.write_text(whole)
    request.check(path)
    wrong = {
        whole[:-1]: "the end of the file",
        json.dumps([columns, ["1"]]): "1 cells",
        json.dumps([[one for one in columns if one != "UNIT_QY1"]]): "no such column",
        INVALID: "the key was not accepted",
        "<html><title>502 Bad Gateway</title></html>": "502 Bad Gateway",
        "error: unknown variable 'X'": "unknown variable",
        "": "an empty answer",
    }
    for content, told in wrong.items():
        path.write_text(content)
        with pytest.raises(SourceError, match=told):
            request.check(path)


def test_a_zip_without_records_is_not_believed(tmp_path: Path) -> None:
    (request,) = locate({"time": "2024-12", "form": "bulk"})
    path = tmp_path / request.file
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("README.TXT", "nothing")
    for content in (path.read_bytes(), b"<html>", path.read_bytes()[:-20]):
        path.write_bytes(content)
        with pytest.raises(SourceError):
            request.check(path)


def test_every_parameter_says_what_it_means_and_its_example_can_be_asked() -> None:
    for one in SOURCE.parameters:
        assert one.meaning.endswith(".")
        given = {"time": "2024-12", "commodity": "2846*"} | {one.name: one.example}
        assert locate(given)
