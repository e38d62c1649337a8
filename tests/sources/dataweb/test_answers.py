"""Answers of the report API, and what is asked of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError, UnknownCodeError, UsageError
from monazite.sources.dataweb import SOURCE
from monazite.sources.dataweb.answer import ASKED, check
from monazite.sources.load import read_file
from monazite.sources.source import Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.sources.load import Reading

    ReadAnswer = Callable[..., Reading]
    Answer = Callable[..., Path]

LABELS = ["Country", "HTS Number", "Description", "Quantity Description", "2023", "2024"]
LINE = ["China", "2846100000", "CERIUM", "Value for: kilograms", "1,234,567", "0"]
ASKED_FOR = {"flow": "import", "measure": "CONS_CUSTOMS_VALUE", "year": "2024"}


def test_an_answer_is_read_like_a_workbook(read_answer: ReadAnswer) -> None:
    reading = read_answer(LABELS, LINE)
    row = reading.tables["trade"][0]
    assert (reading.records, len(reading.tables["trade"])) == (2, 2)
    assert (row["exporter"], row["code"], row["value_usd"], row["valuation"]) == (
        "CHN", "2846100000", 1_234_567, "customs",
    )  # fmt: skip
    assert (row["regime"], row["quantity_unit"], row["quantity_status"]) == (
        "consumption", "kg", "not-available",
    )  # fmt: skip


def test_an_answer_of_months_has_a_year_in_each_row(read_answer: ReadAnswer) -> None:
    reading = read_answer(
        ["Country", "HTS Number", "Year", "January", "December"], ["China", "2846", "2020", "1", "2"]
    )
    assert {row["period"]: row["value_usd"] for row in reading.tables["trade"]} == {
        "2020-01": 1,
        "2020-12": 2,
    }


def test_a_total_in_an_answer_is_no_row(read_answer: ReadAnswer) -> None:
    reading = read_answer(LABELS, LINE, ["Total:", None, None, None, "1,234,567", "0"])
    assert (reading.records, reading.findings) == (2, ())
    wrong = read_answer(LABELS, LINE, ["Total:", None, None, None, "1,234,569", "0"])
    assert [one.rule for one in wrong.findings] == ["total-mismatch"]


def test_the_edition_of_an_answer_is_the_day_it_was_fetched(read_answer: ReadAnswer) -> None:
    assert all(row["as_of"].startswith("dataweb-20") for row in read_answer(LABELS, LINE).tables["trade"])


def test_an_answer_without_a_flow_asks_for_one(answer: Answer) -> None:
    with pytest.raises(SourceError, match="names no flow"):
        read_file(SOURCE, answer(LABELS, LINE), measure="FAS_VALUE")


def test_an_answer_is_recognised_and_other_json_is_not(answer: Answer, tmp_path: Path) -> None:
    path = answer(LABELS, LINE)
    assert SOURCE.recognises(Sample("x.json", path.read_bytes(), path))
    assert not SOURCE.recognises(Sample("x.json", b'{"data": []}', tmp_path / "x.json"))
    assert not SOURCE.recognises(Sample("x.csv", b"a,b\n1,2\n", tmp_path / "x.csv"))


def test_a_good_answer_passes_the_check(answer: Answer) -> None:
    check(answer(LABELS, LINE))


@pytest.mark.parametrize(
    ("dto", "found"),
    [
        ({"errors": ["Invalid dataToReport object selected: CONS_VAL_MO"]}, "CONS_VAL_MO"),
        ({"tables": []}, "no tables"),
        ({"tables": [{"column_groups": [], "row_groups": [{}]}]}, "without rowsNew"),
        ({"tables": [{"column_groups": [], "row_groups": [{"rowsNew": []}]}]}, "no rows"),
    ],
)
def test_an_answer_that_is_an_error_or_empty_fails_the_check(
    answer: Answer, dto: dict[str, Any], found: str
) -> None:
    with pytest.raises(SourceError, match=found):
        check(answer(LABELS, LINE, **dto))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"message": "Dataweb is in data load mode."}', "data load mode"),
        (b"<html><body>DataWeb is in Data Load Mode</body></html>", "data load mode"),
        (b"<html><body>Sign in</body></html>", "no JSON"),
        (b"[]", "found list"),
        (b'{"dto": null}', "no dto"),
        (b"[" * 100_000, "no JSON"),
        (b'{"dto": ' + b"9" * 5000 + b"}", "no JSON"),
    ],
)
def test_what_is_no_report_fails_the_check(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=found):
        check(path)


def test_an_answer_as_long_as_was_asked_for_may_be_cut(answer: Answer) -> None:
    check(answer(["Country", "2024"], *[["China", "1"]] * (ASKED - 1)))
    with pytest.raises(SourceError, match="20,000 rows"):
        check(answer(["Country", "2024"], *[["China", "1"]] * ASKED))


def test_a_row_with_a_cell_too_few_is_refused(read_answer: ReadAnswer) -> None:
    with pytest.raises(SourceError, match="5 cells"):
        read_answer(LABELS, LINE, LINE[:-1])


def test_a_lone_surrogate_in_a_name_does_no_harm(read_answer: ReadAnswer) -> None:
    reading = read_answer(LABELS, ["Chi\ud800na\x00", *LINE[1:]])
    assert reading.tables["trade"][0]["exporter"] == "Chi na"


# ── what is asked for ─────────────────────────────────────────────────────────────────────────


def body(**given: str) -> dict[str, Any]:
    """The JSON of the one request."""
    assert SOURCE.locate is not None
    (request,) = SOURCE.locate({**ASKED_FOR, **given})
    assert request.json is not None
    return json.loads(json.dumps(request.json))  # type: ignore[no-any-return]


def test_a_request_is_a_post_whose_key_stands_in_a_header() -> None:
    assert SOURCE.locate is not None
    (request,) = SOURCE.locate(ASKED_FOR)
    assert request.url == "https://datawebws.usitc.gov/dataweb/api/v2/report2/runReport"
    assert (request.key_in, SOURCE.key) == ("header:Authorization", "DATAWEB_TOKEN")
    assert request.parameters["flow"] == "import"
    assert request.file == "dataweb-import-CONS-CUSTOMS-VALUE-all-all-2024-Annual.json"


def test_a_request_has_the_parts_of_a_saved_query(real_data: Path) -> None:
    saved = json.loads((real_data / "api_formats/usitc_dataweb_runReport_request.json").read_text())
    asked = body()

    def shape(query: object) -> object:
        return {key: shape(part) for key, part in query.items()} if isinstance(query, dict) else None

    assert shape(asked) == shape({key: part for key, part in saved.items() if not key.startswith("_")})


def test_what_the_user_chooses_stands_in_the_request() -> None:
    asked = body(code="2846.10,2805", partner="CHN,JPN", year="2020-2022", digits="6", timeline="Monthly")
    options = asked["searchOptions"]
    assert options["commodities"]["commodities"] == ["284610", "2805"]
    assert options["commodities"]["granularity"] == "6"
    assert options["countries"]["countries"] == ["5700", "5880"]
    assert options["componentSettings"]["years"] == ["2020", "2021", "2022"]
    assert options["componentSettings"]["yearsTimeline"] == "Monthly"
    assert options["componentSettings"]["dataToReport"] == ["CONS_CUSTOMS_VALUE"]


@pytest.mark.parametrize(
    ("flow", "type_"), [("import", "Import"), ("general-import", "GenImp"), ("export", "TotExp")]
)
def test_flows_are_trade_types_of_dataweb(flow: str, type_: str) -> None:
    assert body(flow=flow)["reportOptions"]["tradeType"] == type_


@pytest.mark.parametrize(
    "wrong", [{"code": "284"}, {"year": "1850"}, {"year": "soon"}, {"year": "2022-2020"}]
)
def test_a_request_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        body(**wrong)
    with pytest.raises(UnknownCodeError):
        body(partner="Ruritania")
