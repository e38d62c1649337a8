"""A mapping file says what is wrong with itself: where, what came, what is expected, what is near."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import UsageError
from monazite.sources.own import read_mapping, source_for
from monazite.sources.own.kinds import TARGETS

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
mapping: 1
table: trade
as_of: 2025-06
licence: {name: Licensed from a vendor, redistribution: unclear}
file: {sheet: Imports, header: [3, 4], decimal: ","}
columns:
  period: {from: [Jahr, Monat]}
  reporter: {value: USA}
  flow: {from: Richtung, codes: {E: import, A: export}}
  partner: {from: Land, scheme: name}
  code: {from: HTS, digits: 10}
  value_usd: {from: Wert, unit: thousand USD, missing: ["-", n/a], withheld: [W]}
  mass_t: {at: F, unit: kg, zero_is: missing}
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_mapping_is_read(mapping: Path) -> None:
    found = read_mapping(mapping)
    assert found.table is TARGETS["trade"]
    assert (found.as_of, found.form.sheet, found.form.header) == ("2025-06", "Imports", (3, 4))
    assert found.columns["period"].headers == ("Jahr", "Monat")
    assert found.columns["mass_t"].at == 5
    assert found.columns["value_usd"].missing == {"-", "n/a"}
    assert found.licence.redistribution == "unclear"


def test_rows_may_not_be_passed_on_unless_the_mapping_says_so(mapping: Path) -> None:
    mapping.write_text(GOOD.replace("licence: {name: Licensed from a vendor, redistribution: unclear}\n", ""))
    assert source_for(read_mapping(mapping)).licence.redistribution == "forbidden"


def test_norway_and_a_month_stay_words(mapping: Path) -> None:
    mapping.write_text(GOOD.replace("value: USA", "value: NO"))
    found = read_mapping(mapping)
    assert (found.columns["reporter"].value, found.as_of) == ("NO", "2025-06")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("table: trade", "table: trad", r"line 2, column 8: found 'trad', expected a table.*nearest: trade"),
        ("columns:", "colums:", r"line 6, column 1: found 'colums'.*nearest: columns"),
        ("unit: kg", "unit: kgs.", r"line 13, .*found 'kgs\.', expected a unit of mass; nearest: kg"),
        ("unit: kg", "unit: USD", r"line 13, .*found 'USD', expected a unit of mass"),
        ("thousand USD", "thousand EUR", r"line 12, .*'thousand EUR', expected US dollars: convert"),
        (
            "digits: 10",
            "unit: kg",
            r"line 11, .*'unit', expected one of .*digits: code holds a code of goods",
        ),
        ("partner:", "partnr:", r"line 10, column 3: .*nearest: partner"),
        ("as_of: 2025-06\n", "", r"found no as_of:"),
        ("mapping: 1", "mapping: 2", r"line 1, .*expected mapping: 1"),
        ("{value: USA}", "{value: USA, from: Land}", r"line 8, column 3: found from and value"),
        ("{value: USA}", "{}", r"line 8, column 3: found nothing, expected one of from, at, across, value"),
        ("reporter", "snapshot", r"line 8, .*'snapshot', expected it above the columns"),
        ("[3, 4]", "[3, 9]", r"line 5, .*'3, 9', expected a row such as 1"),
        ("scheme: name", "scheme: nam", r"line 10, .*nearest: name"),
        ("at: F", "at: 6", r"line 13, .*'6', expected a column's letters"),
        ('decimal: ","', 'decimal: ",", thousands: ","', r"line 5, .*another sign between thousands"),
        ("{from: [Jahr, Monat]}", "{from: Jahr, date: HH:MM}", r"line 7, .*with yyyy or yy in it"),
        ("redistribution: unclear", "redistribution: yes", r"line 4, .*'yes', expected one of free"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(mapping: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    mapping.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_mapping(mapping)
    assert re.search(told, str(error.value)), str(error.value)
    assert str(error.value).startswith("mine.yaml, line ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x 1\nb: *x\n", "anchor"),
        ("a: *x\n", "alias"),
        ("a: !!python/object/apply:os.system [ls]\n", "tag"),
        ("[" * 100_000, "levels"),
        ("- " * 100_000, "levels"),
        ("a: 1\na: 2\n", "second time"),
        ("a: 1\n---\nb: 2\n", "second document"),
        ("x" * 300_000, "bytes"),
        ("a: '\n", "YAML"),
        ('a: "\\ud800"\n', "half a character"),
        ('a: "\\UFFFFFFFF"\n', "YAML"),
        ("", "empty"),
        ("a\0b", "YAML"),
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_tricks_are_refused(mapping: Path, text: str, told: str) -> None:
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_mapping(mapping)


def test_bytes_that_are_no_utf_8_are_refused_with_their_line(mapping: Path) -> None:
    mapping.write_bytes(b"mapping: 1\ntitle: M\xfcller\n")
    with pytest.raises(UsageError, match=r"line 2, column 9: found byte 0xfc"):
        read_mapping(mapping)


def test_tables_of_provenance_and_manifests_are_no_targets() -> None:
    assert {"snapshot", "finding", "reject", "manifest_shipper"}.isdisjoint(TARGETS)
    assert {"trade", "indicator", "mineral_statistic"} <= TARGETS.keys()


@pytest.mark.parametrize(
    ("gone", "needs"),
    [
        ("  flow: {from: Richtung, codes: {E: import, A: export}}\n", "needs flow"),
        ("  partner: {from: Land, scheme: name}\n", "needs importer, exporter"),
        ("  reporter: {value: USA}\n", "needs reporter"),
        ("  period: {from: [Jahr, Monat]}\n", "needs year"),
    ],
)
def test_a_source_says_which_columns_are_lacking(mapping: Path, gone: str, needs: str) -> None:
    mapping.write_text(GOOD.replace(gone, ""), encoding="utf-8")
    with pytest.raises(UsageError, match=needs):
        source_for(read_mapping(mapping))


def test_the_source_is_the_users_own(mapping: Path) -> None:
    source = source_for(read_mapping(mapping))
    assert (source.id, source.tables) == ("own", (TARGETS["trade"],))
    assert source.edition(None) == "2025-06"  # type: ignore[arg-type]


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_whatever_follows_only_a_usage_error_comes(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(GOOD[: len(text) * 7 % len(GOOD)] + text, encoding="utf-8")
    try:
        read_mapping(path)
    except UsageError:
        return
