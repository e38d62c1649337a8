"""Cells as people write them: numbers, periods, countries, codes, units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sources.own.conftest import Kept

    Reader = Callable[..., Kept]


def one(kept: Kept) -> dict[str, object]:
    """The one row of a reading that refused nothing."""
    assert kept.closed
    assert kept.refused == []
    (row,) = kept.rows
    return dict(row)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1234.5", 1234.5),
        ('"1,234.50"', 1234.5),
        ("(12)", -12.0),
        ("12-", -12.0),
        ("$ 7", 7.0),
        ("1 234", 1234.0),
        ("1'234", 1234.0),
        ("1.2E+03", 1200.0),
        ("−5", -5.0),
        (".5", 0.5),
        ("USD 9", 9.0),
        ("1\u202f234", 1234.0),
    ],
)
def test_a_number_is_read(read_text: Reader, trade: str, written: str, value: float) -> None:
    told = trade + "  value_usd: Value\nfile: {decimal: '.', thousands: ','}\n"
    row = one(read_text(f"Year,Country,Code,Value\n2024,China,280530,{written}\n", told))
    assert (row["value_usd"], row["value_status"]) == (value, "normal")


@pytest.mark.parametrize(
    "written",
    [
        "12,5",
        "1.2.3",
        "abc",
        "1e999",
        "9" * 50,
        "0x10",
        "12 kg",
        "€5",
        "--5",
        "1,23,456",
        "5%",
        "-",
        "inf",
        "TRUE",
    ],
)
def test_what_is_no_number_is_refused_with_its_place(read_text: Reader, trade: str, written: str) -> None:
    told = trade + "  value_usd: Value\nfile: {decimal: '.', thousands: ','}\n"
    kept = read_text(f'Year,Country,Code,Value\n2024,China,280530,"{written}"\n', told)
    (refused,) = kept.account.refused
    assert kept.closed
    assert (refused.line, refused.column, refused.rule) == (2, "Value", "value_usd-unreadable")
    assert refused.expected.startswith("a number")


@pytest.mark.parametrize(
    ("written", "value", "status"),
    [
        ("", None, "not-available"),
        ("n/a", None, "not-available"),
        ("-", None, "not-available"),
        ("W", None, "withheld"),
        ("nil", 0.0, "normal"),
        ("0", None, "not-available"),
        ("0.00", None, "not-available"),
    ],
)
def test_missing_withheld_and_zero_are_told_apart(
    read_text: Reader, trade: str, written: str, value: float | None, status: str
) -> None:
    told = trade + '  mass_t: {from: Mass, missing: ["-"], zero: [nil], withheld: [W], zero_is: missing}\n'
    row = one(read_text(f"Year,Country,Code,Mass\n2024,China,280530,{written}\n", told))
    assert (row["mass_t"], row["mass_status"]) == (value, status)


def test_a_zero_is_a_zero_unless_the_mapping_says_otherwise(read_text: Reader, trade: str) -> None:
    row = one(read_text("Year,Country,Code,Mass\n2024,China,280530,0\n", trade + "  mass_t: Mass\n"))
    assert (row["mass_t"], row["mass_status"]) == (0.0, "normal")


@pytest.mark.parametrize(
    ("column", "unit", "value"),
    [
        ("mass_t", "kg", 0.0015),
        ("mass_t", "kt", 1500.0),
        ("mass_t", "lb", 0.000680388555),
        ("value_usd", "thousand USD", 1500.0),
        ("value_usd", "USD mn", 1_500_000.0),
        ("value_usd", "USD bn", 1.5e9),
    ],
)
def test_units_are_converted_at_the_door(
    read_text: Reader, trade: str, column: str, unit: str, value: float
) -> None:
    told = trade + f"  {column}: {{from: Figure, unit: {unit}}}\n"
    assert one(read_text("Year,Country,Code,Figure\n2024,China,280530,1.5\n", told))[column] == value


def test_a_percentage_becomes_a_share(read_text: Reader) -> None:
    told = (
        "mapping: 1\ntable: indicator\nas_of: a\ncolumns:\n  indicator: {value: share}\n"
        "  country: C\n  year: Y\n  value: {from: V, unit: percent}\n"
    )
    kept = read_text("C,Y,V\nCHN,2023,45\nUSA,2023,45%\n", told)
    assert [(row["value"], row["unit"]) for row in kept.rows] == [(0.45, "1"), (0.45, "1")]


def test_a_unit_beside_each_row_is_followed(read_text: Reader, trade: str) -> None:
    told = trade + "  quantity: Qty\n  quantity_unit: Unit\n"
    lines = ("Year,Country,Code,Qty,Unit", "2024,China,280530,5,KG", "2024,Japan,280530,5,thousand kg")
    kept = read_text("\n".join((*lines, "2024,Peru,280530,7,NO\n")), told)
    assert [(row["quantity"], row["quantity_unit"], row.get("mass_t")) for row in kept.rows] == [
        (5.0, "kg", 0.005),
        (5000.0, "kg", 5.0),
        (7.0, "number", None),
    ]


def test_bounds_and_ranges_become_intervals(read_text: Reader) -> None:
    told = (
        "mapping: 1\ntable: mineral_statistic\nas_of: a\ncolumns:\n  chapter: {value: GALLIUM}\n"
        "  country: C\n  year: Y\n  measure: {value: production}\n  value: {from: V, unit: kg}\n"
    )
    kept = read_text("C,Y,V\nCHN,2023,>5000\nUSA,2023,1000–3000\nJPN,2023,2000\n", told)
    assert kept.refused == []
    assert [(row["value"], row["low"], row["high"], row["obs_status"], row["unit"]) for row in kept.rows] == [
        (None, 5.0, None, "censored", "t"),
        (None, 1.0, 3.0, "range", "t"),
        (2.0, 2.0, 2.0, "normal", "t"),
    ]


@pytest.mark.parametrize(
    ("written", "date", "period"),
    [
        ("2024", "", "2024"),
        ("2024-04", "", "2024-04"),
        ("2024M04", "", "2024-04"),
        ("Apr-24", "", "2024-04"),
        ("15.04.2024", "", "2024-04"),
        ("03-04-2024", "dd-mm-yyyy", "2024-04"),
        ("03/04/2024", "mm/dd/yyyy", "2024-03"),
        ("45383", "excel", "2024-04"),
        ("202404", "", "2024-04"),
        ("2024Q2", "", "2024-04/2024-06"),
        ("avril 2024", "", "2024-04"),
        ("04.24", "mm.yy", "2024-04"),
        ("2024/4", "%Y/%m", "2024-04"),
    ],
)
def test_a_period_is_read(read_text: Reader, trade: str, written: str, date: str, period: str) -> None:
    entry = f"{{from: Year, date: '{date}'}}" if date else "{from: Year}"
    row = one(
        read_text(
            f"Year,Country,Code\n{written},China,280530\n",
            trade.replace("  year: Year", f"  period: {entry}"),
        )
    )
    assert (row["period"], row["year"]) == (period, 2024)


@pytest.mark.parametrize(
    "written", ["03/04/2024", "2024-13", "1066", "45383", "30.02.2024", "next year", "24"]
)
def test_a_date_that_can_be_read_two_ways_or_none_is_refused(
    read_text: Reader, trade: str, written: str
) -> None:
    told = trade.replace("  year: Year", "  period: Year")
    assert read_text(f"Year,Country,Code\n{written},China,280530\n", told).refused == [
        (2, "period-unreadable")
    ]


@pytest.mark.parametrize(
    ("scheme", "cell", "country"),
    [
        ("comtrade", "842", "USA"),
        ("census", "5700", "CHN"),
        ("iso3", "NAM", "NAM"),
        ("iso2", "NA", "NAM"),
        ("m49", "840", "USA"),
        ("name", "Korea, South", "KOR"),
        ("name", "Türkiye", "TUR"),
        ("any", "World", "WLD"),
        ("name", "Other countries", "OTH"),
    ],
)
def test_a_country_is_found_in_its_scheme(
    read_text: Reader, trade: str, scheme: str, cell: str, country: str
) -> None:
    told = trade.replace("scheme: name", f"scheme: {scheme}")
    row = one(read_text(f'Year,Country,Code\n2024,"{cell}",280530\n', told))
    assert (row["exporter"], row["importer"], row["reporter"]) == (country, "USA", "USA")
    assert row["aggregate"] is (country == "WLD")


def test_a_country_nobody_knows_is_kept_and_told(read_text: Reader, trade: str) -> None:
    kept = read_text("Year,Country,Code\n2024,Atlantis,280530\n2023,Atlantis,280530\n", trade)
    assert [row["exporter"] for row in kept.rows] == ["Atlantis", "Atlantis"]
    (told,) = kept.account.findings
    assert (told.rule, told.subject, told.rows) == ("country-unknown", "Atlantis", 2)


def test_words_of_ones_own_stand_for_countries_and_codes(read_text: Reader, trade: str) -> None:
    told = trade.replace("scheme: name}", "scheme: name, codes: {Österreich: AUT}}").replace(
        "{value: import}", "{from: Flow, codes: {Zugang: import}}"
    )
    kept = read_text(
        "Year,Country,Code,Flow\n2024,Österreich,280530,ZUGANG\n2024,Japan,280530,Exports\n", told
    )
    assert [(row["importer"], row["exporter"], row["flow"]) for row in kept.rows] == [
        ("USA", "AUT", "import"),
        ("JPN", "USA", "export"),
    ]


def test_the_flow_says_who_imports(read_text: Reader, trade: str) -> None:
    row = one(
        read_text(
            "Year,Country,Code\n2024,China,280530\n", trade.replace("{value: import}", "{value: re-export}")
        )
    )
    assert (row["reporter"], row["exporter"], row["importer"]) == ("USA", "USA", "CHN")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2805.30", "280530"),
        ("280530.0", "280530"),
        ("'280530", "280530"),
        ("HS 280530", "280530"),
        ("Total", "TOTAL"),
    ],
)
def test_a_code_is_read(read_text: Reader, trade: str, written: str, code: str) -> None:
    assert one(read_text(f"Year,Country,Code\n2024,China,{written}\n", trade))["code"] == code


def test_lost_zeros_come_back_where_the_mapping_says_how_many_digits(read_text: Reader, trade: str) -> None:
    kept = read_text(
        "Year,Country,Code\n2024,China,10111\n", trade.replace("code: Code", "code: {from: Code, digits: 6}")
    )
    assert kept.rows[0]["code"] == "010111"
    assert kept.found == {"code-shortened"}


def test_without_a_word_lost_zeros_are_told_and_the_code_stays(read_text: Reader, trade: str) -> None:
    kept = read_text("Year,Country,Code\n2024,China,10111\n", trade)
    assert kept.rows[0]["code"] == "10111"
    assert kept.found == {"code-shortened"}


@pytest.mark.parametrize("written", ["8.50511E+09", "2805", "28053000", "abc-def"])
def test_a_code_of_other_digits_is_refused(read_text: Reader, trade: str, written: str) -> None:
    told = trade.replace("code: Code", "code: {from: Code, digits: 6}")
    assert read_text(f"Year,Country,Code\n2024,China,{written}\n", told).refused[0][1] in {
        "code-digits",
        "code-unreadable",
    }
