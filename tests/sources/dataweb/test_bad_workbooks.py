"""A workbook that was cut, changed or asked for otherwise is refused, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError
from monazite.sources.dataweb import SOURCE
from monazite.sources.load import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.sources.load import Reading

    Read = Callable[..., Reading]

HEAD = ["Data Type", "Country", "HTS Number", "Description", "Quantity Description", "2023", "2024"]
LINE = ["Customs Value", "China", "2846", "COMPOUNDS", "Value for: kilograms", 10, 20]


def sheets(*lines: list[Any], head: list[str] = HEAD) -> dict[str, list[list[Any]]]:
    return {"Customs Value": [head, *lines]}


def test_a_sheet_with_fewer_lines_than_it_says_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="1 lines, expected 474 as the sheet says"):
        read(sheets(LINE), count=474)


@pytest.mark.parametrize(
    ("step", "select", "aggregation"),
    [
        ("Countries", "Select Individual Countries", ("Country Aggregation", "Aggregate Countries")),
        ("Commodities", "Select Individual Commodities", ("Commodity Aggregation", "Aggregate Commodities")),
        ("Districts", "Select Individual Districts", ("District Aggregation", "Aggregate District")),
    ],
)
def test_a_sum_of_what_was_chosen_is_refused(
    read: Read, step: str, select: str, aggregation: tuple[str, str]
) -> None:
    chosen = [(f"Step 3: {step}", ""), ("Select Type", select), aggregation]
    with pytest.raises(SourceError, match=f"{step}: {select}, added up"):
        read(sheets(LINE), chosen)
    every = [(f"Step 3: {step}", ""), ("Select Type", f"Use All {step}"), aggregation]
    assert read(sheets(LINE), every).records == 2


def test_figures_in_thousands_are_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="Data Format 1,000"):
        read(sheets(LINE), data_format="1,000")


def test_a_trade_balance_is_no_flow(read: Read) -> None:
    with pytest.raises(SourceError, match="trade flow 'Trade Balance"):
        read(sheets(LINE), trade_flow="Trade Balance: Exports less Imports")


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ([*HEAD[:5], "2023", "2023"], "'2023' twice"),
        ([*HEAD[:5], "2023", "Share of happiness"], "'Share of happiness'"),
        ([*HEAD[:4], "HTS Number", "2023", "2024"], "'HTS Number' twice"),
        ([*HEAD[:5], "January", "February"], "periods"),
        ([*HEAD[:3], "Import Program", "CSC", "Description", "District"], "no column of figures"),
    ],
)
def test_headings_that_are_not_those_of_dataweb_are_refused(read: Read, head: list[str], found: str) -> None:
    with pytest.raises(SourceError, match=found):
        read(sheets(LINE, head=head))


def test_a_line_that_stands_twice_is_refused_once(read: Read) -> None:
    reading = read(sheets(LINE, [*LINE[:5], 11, 21]))
    assert (reading.records, len(reading.refused)) == (4, 2)
    assert [row["value_usd"] for row in reading.tables["trade"]] == [10, 20]
    assert reading.refused[0]["line"] == 5


@pytest.mark.parametrize("figure", ["1,05", "many", "1e5", "0x1", "9" * 30, True])
def test_a_figure_that_is_no_number_is_refused_with_its_place(read: Read, figure: object) -> None:
    reading = read(sheets([*LINE[:6], figure]))
    assert (reading.records, len(reading.tables["trade"])) == (2, 1)
    refused = reading.refused[0]
    assert (refused["rule"], refused["line"], refused["column"]) == ("unreadable", 4, "value")
    assert refused["found"] == str(figure)


def test_a_negative_value_is_refused_by_the_table(read: Read) -> None:
    reading = read(sheets([*LINE[:6], -5]))
    assert [one["rule"] for one in reading.refused] == ["value-not-negative"]


@pytest.mark.parametrize(("place", "text"), [(1, ""), (2, "28 46"), (2, "")])
def test_a_line_without_partner_or_code_is_refused(read: Read, place: int, text: str) -> None:
    reading = read(sheets([*LINE[:place], text, *LINE[place + 1 :]]))
    assert (reading.records, len(reading.refused)) == (2, 2)


def test_a_file_that_only_begins_like_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 100)
    with pytest.raises(SourceError, match=r"report\.xlsx"):
        read_file(SOURCE, path)


def test_a_workbook_cut_short_is_refused(workbook: Callable[..., Path]) -> None:
    path = workbook(sheets(LINE))
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(SourceError):
        read_file(SOURCE, path)
