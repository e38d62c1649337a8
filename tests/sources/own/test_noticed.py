"""What is odd about a file is named: each trap in a file that has it, and silence in one that has not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sources.own.conftest import Kept

    Reader = Callable[..., Kept]

HEAD = "Year,Country,Code,Value,Mass\n"
CLEAN = "".join(f"20{number:02},China,280530,{1000 + number},{5 + number}\n" for number in range(10, 20))
FIGURES = "  value_usd: Value\n  mass_t: {from: Mass, unit: t}\n"


def test_a_clean_file_is_read_without_a_word(read_text: Reader, trade: str) -> None:
    kept = read_text(HEAD + CLEAN, trade + FIGURES)
    assert (len(kept.rows), kept.refused, kept.found) == (10, [], set())
    assert kept.closed


def test_a_file_shifted_by_one_column_is_refused_as_a_whole(read_text: Reader, trade: str) -> None:
    shifted = "".join(f"{line_number},{line}\n" for line_number, line in enumerate(CLEAN.splitlines()))
    kept = read_text("Year,Country,Code,Value,Mass,Note\n" + shifted, trade + FIGURES)
    assert kept.rows == []
    assert {rule for _, rule in kept.refused} == {"column-shifted"}
    assert kept.rows_of("column-shifted") == 10
    assert kept.closed


def test_a_single_shifted_row_is_refused_and_the_others_are_kept(read_text: Reader, trade: str) -> None:
    kept = read_text(HEAD + CLEAN + ",2024,China,280530,7\n", trade + FIGURES)
    assert len(kept.rows) == 10
    assert kept.refused == [(12, "column-shifted")]
    assert kept.rows_of("column-shifted") == 1


def test_a_row_of_another_width_is_refused(read_text: Reader, trade: str) -> None:
    kept = read_text(HEAD + CLEAN + "2024,China,280530,1,234,5\n2024,China,280530\n", trade + FIGURES)
    assert kept.refused == [(12, "row-torn"), (13, "row-torn")]
    assert kept.account.refused[0].found == "6 cells"


@pytest.mark.parametrize("cell", ["2-Jan", "Oct-46", "2846-10-01", "1/2/2024", "2846-10-01 00:00:00"])
@pytest.mark.parametrize("place", [2, 3])
def test_a_date_where_a_code_or_a_number_belongs_is_refused(
    read_text: Reader, trade: str, cell: str, place: int
) -> None:
    cells = ["2024", "China", "280530", "5", "5"]
    cells[place] = cell
    kept = read_text(HEAD + CLEAN + ",".join(cells) + "\n", trade + FIGURES)
    assert kept.refused == [(12, "date-mangled")]
    assert kept.found == {"date-mangled"}


def test_a_true_date_of_a_workbook_is_no_code(read_sheet: Reader, trade: str) -> None:
    day = datetime(2846, 10, 1)  # noqa: DTZ001 - a day in a spreadsheet has no zone
    rows = [["Year", "Country", "Code"], [2024, "China", day], [2024, "Japan", "2846.10"]]
    kept = read_sheet(rows, trade)
    assert [row["code"] for row in kept.rows] == ["284610"]
    assert kept.refused == [(2, "date-mangled")]


def test_numbers_that_can_be_read_two_ways_are_told(read_text: Reader, trade: str) -> None:
    doubtful = "Year;Country;Code;Value;Mass\n2024;China;280530;1.234;5\n2023;China;280530;2.345;5\n"
    kept = read_text(doubtful, trade + FIGURES)
    assert [row["value_usd"] for row in kept.rows] == [1.234, 2.345]
    assert kept.found == {"separator-ambiguous"}
    assert "'1.234'" in kept.account.findings[0].found


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ("2022;China;280530;1.234,5;5\n", 1234.0),
        ("2022;China;280530;0.5;5\n", 1.234),
        ("2022;China;280530;5;2,75\n", 1234.0),
    ],
)
def test_one_certain_number_decides_for_its_column_or_the_file(
    read_text: Reader, trade: str, more: str, value: float
) -> None:
    kept = read_text("Year;Country;Code;Value;Mass\n2024;China;280530;1.234;5\n" + more, trade + FIGURES)
    assert kept.rows[0]["value_usd"] == value
    assert kept.found == set()


def test_in_a_column_of_both_writings_only_what_is_certain_is_read(read_text: Reader, trade: str) -> None:
    content = "Year;Country;Code;Value;Mass\n2024;China;280530;1.234,5;5\n2023;China;280530;1,234.5;5\n"
    kept = read_text(content + "2022;China;280530;1.234;5\n", trade + FIGURES)
    assert [row["value_usd"] for row in kept.rows] == [1234.5, 1234.5]
    assert kept.refused == [(4, "value_usd-unreadable")]
    assert kept.found == {"separator-ambiguous"}


def test_what_the_mapping_says_of_separators_is_not_doubted(read_text: Reader, trade: str) -> None:
    content = "Year;Country;Code;Value;Mass\n2024;China;280530;1.234;5\n"
    kept = read_text(content, trade + FIGURES + "file: {decimal: ','}\n")
    assert (kept.rows[0]["value_usd"], kept.found) == (1234.0, set())


def test_a_line_of_latin_1_in_a_utf_8_file_is_told(read_text: Reader, trade: str) -> None:
    lines = [
        HEAD.encode(),
        "2024,Türkiye,280530,5,5\n".encode(),
        "2023,Côte d'Ivoire,280530,5,5\n".encode("cp1252"),
    ]
    kept = read_text(b"".join(lines), trade + FIGURES)
    assert [row["exporter"] for row in kept.rows] == ["TUR", "CIV"]
    (told,) = kept.account.findings
    assert (told.rule, told.rows) == ("encoding-mixed", 1)
    assert "line 3" in told.where


def test_a_file_wholly_of_windows_1252_is_not_mixed(read_text: Reader, trade: str) -> None:
    content = (HEAD + "2024,Türkiye,280530,5,5\n").encode("cp1252")
    kept = read_text(content, trade + FIGURES)
    assert (kept.rows[0]["exporter"], kept.found) == ("TUR", set())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac-roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_understood(
    read_text: Reader, trade: str, encoding: str, end: str
) -> None:
    content = (HEAD + "2024,Türkiye,280530,5,5\n").replace("\n", end).encode(encoding)
    told = trade + FIGURES + ("file: {encoding: mac-roman}\n" if encoding == "mac-roman" else "")
    assert [row["exporter"] for row in read_text(content, told).rows] == ["TUR"]


def test_kilograms_called_tonnes_are_told_by_their_price(read_text: Reader, trade: str) -> None:
    odd = "2020,China,280530,1000,9000\n"
    kept = read_text(HEAD + CLEAN + odd, trade + FIGURES)
    assert len(kept.rows) == 11
    (told,) = kept.account.findings
    assert (told.rule, told.subject, told.rows) == ("unit-doubtful", "280530", 1)
    assert "line 12" in told.where


def test_a_file_that_is_all_too_cheap_is_told(read_text: Reader, trade: str) -> None:
    kept = read_text(HEAD + CLEAN.replace(",5", ",5000").replace(",1", ",1000"), trade + FIGURES)
    assert kept.found <= {"unit-doubtful"}
    cheap = "".join(
        f"20{number:02},China,280530,{1000 + number},{5000 + number}\n" for number in range(10, 20)
    )
    assert read_text(HEAD + cheap, trade + FIGURES).found == {"unit-doubtful"}


def test_a_header_that_says_kilograms_while_the_mapping_says_tonnes_is_told(
    read_text: Reader, trade: str
) -> None:
    told = trade + "  value_usd: Value\n  mass_t: {from: Mass (kg), unit: t}\n"
    kept = read_text(HEAD.replace("Mass", "Mass (kg)") + CLEAN, told)
    (found,) = kept.account.findings
    assert (found.rule, found.found) == ("unit-doubtful", "kg in the header")


@pytest.mark.parametrize(
    "line",
    [
        "Total,,,10145,195\n",
        "Grand total,,,1,1\n",
        ",China Total,,10145,195\n",
        ",,Summe,5,5\n",
        "2024,All countries,280530,5,5\n",
        ",,,10145,195\n",
    ],
)
def test_totals_are_kept_aside(read_text: Reader, trade: str, line: str) -> None:
    kept = read_text(HEAD + CLEAN + line, trade + FIGURES)
    assert kept.refused == [(12, "total-row")]
    assert (len(kept.rows), kept.found) == (10, {"total-row"})


def test_a_row_without_labels_that_adds_nothing_up_is_told_as_what_it_lacks(
    read_text: Reader, trade: str
) -> None:
    assert read_text(HEAD + CLEAN + ",,,7,7\n", trade + FIGURES).refused == [(12, "year-present")]


def test_the_world_as_partner_is_no_total(read_text: Reader, trade: str) -> None:
    kept = read_text(HEAD + "2024,World,280530,5,5\n", trade + FIGURES)
    assert (kept.rows[0]["exporter"], kept.rows[0]["aggregate"], kept.refused) == ("WLD", True, [])


@pytest.mark.parametrize("line", ["Source: own records\n", '"* estimated",,,,\n', HEAD, ",,Note,,\n"])
def test_remarks_and_repeated_headers_are_kept_aside(read_text: Reader, trade: str, line: str) -> None:
    kept = read_text(HEAD + CLEAN + line, trade + FIGURES)
    assert kept.refused == [(12, "remark-row")]
    assert kept.found == {"remark-row"}


def test_blank_lines_are_counted_and_are_no_records(read_text: Reader, trade: str) -> None:
    kept = read_text(HEAD + ",,,,\n" + CLEAN + "\n\n", trade + FIGURES)
    assert (kept.account.records, kept.found, kept.rows_of("row-empty")) == (10, {"row-empty"}, 3)


def test_a_label_said_once_for_its_group_is_carried_down(read_text: Reader, trade: str) -> None:
    told = trade.replace("scheme: name}", "scheme: name, fill: down}") + FIGURES
    kept = read_text(HEAD + "2024,China,280530,5,5\n2023,,280530,5,5\n2022,Japan,280530,5,5\n", told)
    assert [row["exporter"] for row in kept.rows] == ["CHN", "CHN", "JPN"]


def test_a_missing_header_names_the_nearest(read_text: Reader, trade: str) -> None:
    with pytest.raises(
        Exception, match=r"mine\.csv, line 1, column 'Value': found no such column.*Nearest: Values"
    ):
        read_text(HEAD.replace("Value", "Values") + CLEAN, trade + FIGURES)


def test_two_columns_of_one_name_are_told_apart_by_their_letters(read_text: Reader, trade: str) -> None:
    content = "Year,Country,Code,Value,Value\n2024,China,280530,5,7\n"
    with pytest.raises(Exception, match="2 columns of that name"):
        read_text(content, trade + "  value_usd: Value\n")
    assert read_text(content, trade + "  value_usd: {at: E}\n").rows[0]["value_usd"] == 7.0


def test_a_file_without_a_header_is_read_by_letters(read_text: Reader) -> None:
    told = (
        "mapping: 1\ntable: trade\nas_of: a\nfile: {header: none}\ncolumns:\n  year: {at: A}\n"
        "  exporter: {at: B}\n  importer: {value: USA}\n  flow: {value: import}\n  code: {at: C}\n"
    )
    assert [row["code"] for row in read_text("2024,China,280530\n", told).rows] == ["280530"]


def test_many_unknown_names_are_told_together(read_text: Reader, trade: str) -> None:
    rows = "".join(f"2024,Nowhere {number},280530,5,5\n" for number in range(200))
    kept = read_text(HEAD + rows, trade + FIGURES)
    told = [one for one in kept.account.findings if one.rule == "country-unknown"]
    assert (len(told), sum(one.rows for one in told)) == (51, 200)
