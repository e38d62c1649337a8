"""Cargo manifests: every form becomes its table; the copy that is kept reads the same."""

from __future__ import annotations

import gzip
import re
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MonaziteError, SourceError
from monazite.schema import catalogue, manifests
from monazite.sources import SOURCES
from monazite.sources.load import load, read_file, recognised
from monazite.sources.manifests import SOURCE, redact
from monazite.sources.manifests.layouts import FORMS
from monazite.sources.manifests.streams import tables
from monazite.sources.source import Account, Given, Rows, Sample
from monazite.store.home import Store

if TYPE_CHECKING:
    from monazite.sources.load import Reading

FOLDER = Path(__file__).parents[2] / "specimens/manifests"
SPECIMENS = sorted(FOLDER.iterdir())
TARIFF = FOLDER / "ams__tariff_2018__201901010000.csv"
HEADER = FOLDER / "ams__header_2018__201901010000.csv"
CARGO = FOLDER / "ams__cargodesc_2018__201901010000.csv"
Row = dict[str, Any]


@cache
def made_up(path: Path) -> Reading:
    """Reading of a specimen, once for all tests."""
    return read_file(SOURCE, path)


def rows_of(reading: Reading) -> list[Row]:
    (rows,) = reading.tables.values()
    return rows


def tariff(folder: Path, *lines: str) -> Reading:
    path = folder / "tariff.csv"
    header = TARIFF.read_text(encoding="utf-8").splitlines()[0]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return read_file(SOURCE, path)


def test_there_is_a_specimen_of_every_table() -> None:
    held = {table for path in SPECIMENS for table in made_up(path).tables}
    assert held == {table.name for table in manifests.TABLES}
    assert set(manifests.TABLES) <= set(catalogue.TABLES)


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_every_specimen_closes(path: Path) -> None:
    reading = made_up(path)
    assert reading.records == len(rows_of(reading)) >= 3
    assert not reading.refused
    assert recognised(path, SOURCES).id == ("hts" if path.stem == "tariff_schedule" else "manifests")


def test_a_record_is_named_by_its_place_because_bills_repeat() -> None:
    rows = rows_of(made_up(TARIFF))
    assert [row["row"] for row in rows] == [1, 2, 3, 4]
    assert {row["identifier"] for row in rows[:3]} == {"2018010212345"}
    assert manifests.TARIFF.key == ("source", "as_of", "snapshot", "row")


@pytest.mark.parametrize(
    ("published", "code"),
    [("8451.0", "8451"), ("37.0", "37"), ("84122981.0", "84122981"), ("8507600020", "8507600020"),
     ("901110.0", "901110"), ("90111.0", "090111"), ("9.0", "09"), ("", None)],
)  # fmt: skip
def test_a_code_of_goods_is_a_text_with_its_zeros(tmp_path: Path, published: str, code: str | None) -> None:
    reading = tariff(tmp_path, f"2018010212345,NC,1,{published},,5,")
    assert [row["harmonized_number"] for row in rows_of(reading)] == [code]
    shortened = [one.rows for one in reading.findings if one.rule == "code-shortened"]
    assert shortened == ([1] if code and code.startswith("0") else [])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2018010212345,NC,1,0.0,,5,", "harmonized_number"),
        ("2018010212345,NC,1,84.51,,5,", "harmonized_number"),
        ("2018010212345,NC,1,85076000201,,5,", "harmonized_number"),
        ("2018010212345,NC,1,8451.0,1e999,5,", "harmonized_value"),
        ("2018010212345,NC,1,8451.0,nan,5,", "harmonized_value"),
        ("2018010212345,NC,1,8451.0,5,-5,", "harmonized_weight"),
        ("2018010212345,NC,1,8451.0,5,5551230123,", "harmonized_weight"),
        ("2018010212345,NC,one,8451.0,5,5,", "description_sequence_number"),
        (",NC,1,8451.0,5,5,", "identifier"),
        ("123456789,NC,1,8451.0,5,5,", "identifier"),
        ("JANE ROE,NC,1,8451.0,5,5,", "identifier"),
    ],
)
def test_a_cell_that_is_not_what_its_column_holds_is_kept_aside_by_its_shape(
    tmp_path: Path, line: str, column: str
) -> None:
    reading = tariff(tmp_path, line, "2018010212345,NC,1,8451.0,5,5,")
    assert (reading.records, len(rows_of(reading))) == (2, 1)
    (refused,) = reading.refused
    assert (refused["column"], refused["line"]) == (column, 2)
    assert not any(digit in refused["found"] for digit in "123456789")
    assert "JANE" not in str(refused)


def test_weights_become_tonnes_where_their_unit_is_one_of_mass() -> None:
    rows = rows_of(made_up(HEADER))
    assert [(row["weight_unit"], row["weight_t"]) for row in rows] == [
        ("Kilograms", 12.345), ("Kilograms", 8.0), ("Pounds", pytest.approx(131_704 * 0.00045359237)),
    ]  # fmt: skip


def test_a_weight_repeated_for_every_container_is_told() -> None:
    told = [one for one in made_up(TARIFF).findings if one.rule == "weight-repeated"]
    assert [(one.subject, one.rows) for one in told] == [("manifest_tariff", 1)]


def test_days_are_read_in_their_writings() -> None:
    rows = rows_of(made_up(FOLDER / "ams__billgen_2018__201901010000.csv"))
    assert {row["run_date"] for row in rows} == {date(2018, 1, 11)}


def test_countries_are_ours_and_an_unknown_one_stays_as_published() -> None:
    reading = made_up(FOLDER / "ams__consignee_2018__201901010000.csv")
    assert [row["country"] for row in rows_of(reading)] == ["USA", "CHN", "XQ"]
    assert [one.subject for one in reading.findings if one.rule == "country-unknown"] == ["XQ"]


def test_what_was_redacted_is_counted_by_column() -> None:
    told = {one.subject: one.rows for one in made_up(CARGO).findings}
    assert told == {"description_text": 2}
    assert [row["description_text"] for row in rows_of(made_up(CARGO))] == [
        "1200 CTNS LITHIUM ION BATTERIES HS CODE 8507.60.0020 PO 12345",
        "800 CTNS PERMANENT MAGNETS, CALL JOHN AT [redacted] OR [redacted]",
        "USED HOUSEHOLD GOODS SSN [redacted] DOB [redacted]",
    ]


def test_contacts_have_no_column() -> None:
    names = {name for table in manifests.TABLES for name in table.names}
    assert not [name for name in names if name != "hazmat_contact" and re.search("contact|comm_number", name)]


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("ams__header_2018__201901010000.csv", "ams-2018-20190101"),
        ("ams__header_2020__202009291500_part_0.csv.gz", "ams-2020-20200929"),
        ("ams_2020_202001201500_ams__cargodesc_2020__202001201500.csv", "ams-2020-20200120"),
        ("bill_of_lading_summary.csv", "ams-2026-01-05"),
    ],
)
def test_the_edition_is_what_the_name_says(name: str, edition: str) -> None:
    assert SOURCE.edition(Given(HEADER, name, "", date(2026, 1, 5), HEADER)) == edition


def test_the_tariff_schedule_is_read_whole(real_data: Path) -> None:
    reading = read_file(SOURCE, real_data / "codes/hts/hts_2025_basic_edition.csv")
    rows = reading.tables["manifest_tariff_schedule"]
    assert reading.records == len(rows) == 35_859
    assert not reading.refused
    assert sum(row["harmonized_number"] is None for row in rows) == 6017
    assert sum("[redacted]" in str(row["description"]) for row in rows) < 10


def test_both_names_of_the_flat_forms_description_are_known(tmp_path: Path) -> None:
    path = tmp_path / "flat.csv"
    text = (FOLDER / "bill_of_lading_summary.csv").read_text(encoding="utf-8")
    path.write_text(text.replace(",text,", ",description_text,", 1), encoding="utf-8")
    assert rows_of(read_file(SOURCE, path))[0]["description_text"].startswith("1200 CTNS")


def test_the_schemas_of_the_publisher_are_the_forms(real_data: Path) -> None:
    forms = {frozenset(form.names): form.table.name for form in FORMS}
    found = set()
    for path in sorted((real_data / "manifests").glob("schema_*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if " non-null " in line]
        names = frozenset(line[5:].split("  ")[0].strip().casefold() for line in lines)
        found.add(forms[names])
    assert found == {table.name for table in manifests.TABLES} - {"manifest_summary"}


# ── packed files, and the copy that is kept ───────────────────────────────────────────────────


def packings(folder: Path) -> list[Path]:
    plain, packed, archive = folder / CARGO.name, folder / f"{CARGO.name}.gz", folder / "ams.zip"
    plain.write_bytes(CARGO.read_bytes())
    packed.write_bytes(gzip.compress(CARGO.read_bytes()))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("readme.pdf", b"555-010-0123")
        made.write(CARGO, CARGO.name)
        made.write(TARIFF, TARIFF.name)
    return [plain, packed, archive]


@pytest.mark.parametrize("place", range(3), ids=["plain", "gzip", "zip"])
def test_a_packed_file_and_its_copy_read_the_same(tmp_path: Path, place: int) -> None:
    path, kept, again = packings(tmp_path)[place], tmp_path / "kept", tmp_path / "again"
    redact(path, kept)
    first, second = read_file(SOURCE, path), read_file(SOURCE, kept)
    cargo = first.tables["manifest_cargo_description"]
    assert len(cargo) == 3
    assert len(first.tables.get("manifest_tariff", [])) == (4 if path.suffix == ".zip" else 0)
    own = {"snapshot", "as_of"}
    for name, rows in first.tables.items():
        assert [{key: row[key] for key in row.keys() - own} for row in rows] == [
            {key: row[key] for key in row.keys() - own} for row in second.tables[name]
        ]
    assert kept.read_bytes()[:2] == path.read_bytes()[:2]
    redact(kept, again)
    assert again.read_bytes() == kept.read_bytes()
    assert path.suffix != ".gz" or kept.read_bytes()[4:8] == bytes(4), "no time of day in it"
    assert SOURCE.recognises(Sample(path.name, b"", path))


@pytest.mark.parametrize("place", range(3), ids=["plain", "gzip", "zip"])
def test_the_copy_holds_nothing_personal(tmp_path: Path, place: int) -> None:
    kept = tmp_path / "kept"
    redact(packings(tmp_path)[place], kept)
    with tables("kept", kept) as held:
        text = repr([(name, list(records)) for name, records in held])
    assert "LITHIUM ION BATTERIES" in text
    assert not [secret for secret in ("555-010-0123", "J.DOE", "123-45-6789", "01/02/1980") if secret in text]


def test_the_store_keeps_the_copy_and_not_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as scratch:
        loaded = load(store, CARGO, SOURCE, scratch=scratch)
    assert (loaded.records, loaded.stored, loaded.refused) == (3, {"manifest_cargo_description": 3}, 0)
    kept = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert [path.name for path in kept if path.name == CARGO.name]
    secrets = (b"555-010-0123", b"J.DOE", b"123-45-6789")
    assert not [path for path in kept if any(secret in path.read_bytes() for secret in secrets)]


@pytest.mark.parametrize("cut", [10, 60, 150])
def test_a_gzip_stream_that_is_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(CARGO.read_bytes())[:cut])
    for use in (lambda: read_file(SOURCE, path), lambda: redact(path, tmp_path / "kept")):
        with pytest.raises(SourceError):
            use()
    assert not SOURCE.recognises(Sample(path.name, b"", path)) or cut == 150


def test_a_stream_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    line = b"2018010212345,NC,1,1," + b"BRICKS " * 10_000 + b"\n"
    with gzip.open(path, "wb", compresslevel=9) as packed:
        packed.write(CARGO.read_bytes().splitlines(keepends=True)[0])
        packed.writelines([line] * 300)
    assert path.stat().st_size * 300 < 16 * 2**20 < 300 * len(line)
    with pytest.raises(SourceError, match=r"more than 16,777,216 bytes"):
        read_file(SOURCE, path)


@pytest.mark.parametrize("name", ["../ams.csv", "/ams.csv", "c:\\ams.csv"])
def test_an_archive_that_leaves_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "slip.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(name, CARGO.read_bytes())
    for use in (lambda: read_file(SOURCE, path), lambda: redact(path, tmp_path / "kept")):
        with pytest.raises(SourceError):
            use()


def test_cells_in_other_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    header = CARGO.read_bytes().splitlines()[0]
    lines = [header, b"2018010212345,NC,1,1,CAF\xc9 \x96 BOIS", "2018010212345,NC,1,1,CAFÉ – BOIS".encode()]
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines) + b"\r\n")
    assert [row["description_text"] for row in rows_of(read_file(SOURCE, path))] == ["CAFÉ – BOIS"] * 2


def test_a_row_of_another_width_is_kept_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    reading = tariff(tmp_path, "2018010212345,NC,1", "2018010212345,NC,1,8451.0,5,5,")
    assert (reading.records, len(rows_of(reading)), len(reading.refused)) == (2, 1, 1)
    assert reading.refused[0]["found"] == "3 cells"


@pytest.mark.parametrize("text", ["", "identifier,name\n1,2\n", "identifier,identifier\n", "\0\0\0", '"'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")
    for use in (lambda: read_file(SOURCE, path), lambda: redact(path, tmp_path / "kept")):
        with pytest.raises(MonaziteError):
            use()
    assert not SOURCE.recognises(Sample(path.name, b"", path))


def test_a_line_without_end_is_refused_and_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(CARGO.read_bytes().splitlines(keepends=True)[0] + b"x" * 3_000_000)
    with pytest.raises(SourceError, match="characters or more"):
        read_file(SOURCE, path)


@given(
    text=st.text(alphabet=st.sampled_from('201801,NC.5"\n\r\0 @é-'), max_size=120),
    place=st.integers(0, len(FORMS) - 1),
)
def test_nothing_malformed_is_an_uncaught_error(
    tmp_path_factory: pytest.TempPathFactory, text: str, place: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    header = ",".join(field.name for field in FORMS[place].fields)
    path.write_text(f"{header}\n{text}", encoding="utf-8", newline="")
    account, rows = Account(), 0
    try:
        for batch in SOURCE.read(Given(path, path.name, "", date(2026, 1, 5), path), account):
            assert isinstance(batch, Rows)
            rows += len(list(batch.rows))
        redact(path, path.with_name("fuzz-kept"))
    except MonaziteError:
        return
    assert account.records == rows + len(account.refused)
