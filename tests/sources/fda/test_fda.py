"""Drug establishments: numbers with their zeros, countries from addresses, contacts never stored."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MonaziteError, SourceError
from monazite.sources.fda import SOURCE, locate
from monazite.sources.fda.lists import PERSONAL, redact
from monazite.sources.load import read_file
from monazite.sources.source import Account, Given, Rows, Sample

if TYPE_CHECKING:
    from monazite.sources.load import Reading

SPECIMENS = Path(__file__).parents[2] / "specimens/fda"
LISTED, ARCHIVED = SPECIMENS / "fda_decrs.csv", SPECIMENS / "drls_reg.txt"
CONTACTS = ("Jane Roe", "John Doe", "jane.roe@", "john.doe@", "agent@", "555-010-0199", "Agents of Example")


def packed(folder: Path, content: bytes, name: str = "drls_reg.txt") -> Path:
    path = folder / "drls_reg.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 6, 0, 0)), content)
        archive.writestr("drls_reg.xls", b"jane.roe@example.com")
    return path


def numbers(reading: Reading) -> list[str]:
    return [row["registration"] for row in reading.tables["establishment"]]


def test_the_search_sites_form_is_read() -> None:
    reading = read_file(SOURCE, LISTED)
    rows = {row["registration"]: row for row in reading.tables["establishment"]}
    assert reading.records == len(rows) == 85
    assert rows["695293236"]["firm"] == "Kolive Cell Co., Ltd"
    assert rows["695293236"]["country"] == "KOR"
    assert any(number.startswith("0") for number in rows)


def test_an_address_without_a_code_is_read_by_its_last_part() -> None:
    rows = read_file(SOURCE, LISTED).tables["establishment"]
    assert [row["country"] for row in rows if row["address"].endswith(", Czechia")] == ["CZE"]


def test_the_archives_form_is_read_with_operations() -> None:
    reading = read_file(SOURCE, ARCHIVED)
    rows = {row["registration"]: row for row in reading.tables["establishment"]}
    assert (reading.records, len(rows), len(reading.refused)) == (6, 5, 1)
    assert rows["123456789"]["operations"] == "API MANUFACTURE; PACK"
    assert rows["123456789"]["firm"] == 'Example Pharma "East" Inc.'
    assert rows["001234567"]["country"] == "DEU"
    assert rows["FEI3001234570"]["firm"] == "Sans Numéro SA"


def test_a_number_that_stands_twice_is_numbered() -> None:
    reading = read_file(SOURCE, ARCHIVED)
    assert "123456789-2" in numbers(reading)
    told = {one.rule: one for one in reading.findings}
    assert told["key-duplicated"].rows == 2
    assert told["code-shortened"].rows == 1
    assert told["country-unknown"].subject == "UTO"


def test_a_row_without_a_number_is_kept_aside() -> None:
    (refused,) = read_file(SOURCE, ARCHIVED).refused
    assert (refused["line"], refused["target"]) == (6, "establishment")
    assert "Nowhere Labs" in refused["content"]


def test_the_whole_list_closes(real_data: Path) -> None:
    reading = read_file(SOURCE, real_data / "pharma/fda_decrs.csv")
    rows = reading.tables["establishment"]
    assert reading.records == len(rows) == 10_360
    assert not reading.refused
    assert not reading.findings
    assert sum(row["country"] == "USA" for row in rows) == 5712
    assert all(row["country"] for row in rows)


def test_the_archive_is_read_and_gives_its_day(tmp_path: Path) -> None:
    path = packed(tmp_path, ARCHIVED.read_bytes())
    reading = read_file(SOURCE, path)
    assert numbers(reading) == numbers(read_file(SOURCE, ARCHIVED))
    assert {row["as_of"] for row in reading.tables["establishment"]} == {"decrs-2026-01-05"}


def test_a_plain_list_is_of_the_day_it_came() -> None:
    assert SOURCE.edition(Given(LISTED, LISTED.name, "", date(2026, 2, 3), LISTED)) == "decrs-2026-02-03"


def test_no_contact_comes_out_of_the_reader() -> None:
    reading = read_file(SOURCE, ARCHIVED)
    told = repr((reading.tables, reading.refused, reading.findings))
    assert not [contact for contact in CONTACTS if contact in told]


@pytest.mark.parametrize("zipped", [False, True])
def test_the_copy_that_is_kept_has_no_contacts_and_reads_the_same(tmp_path: Path, *, zipped: bool) -> None:
    path, target = packed(tmp_path, ARCHIVED.read_bytes()) if zipped else ARCHIVED, tmp_path / "kept"
    redact(path, target)
    kept, original = read_file(SOURCE, target), read_file(SOURCE, path)
    assert [row | {"snapshot": ""} for row in kept.tables["establishment"]] == [
        row | {"snapshot": ""} for row in original.tables["establishment"]
    ]
    assert kept.records == original.records
    held = target.read_bytes()
    if zipped:
        with zipfile.ZipFile(target) as archive:
            assert archive.namelist() == ["drls_reg.txt"]
            held = archive.read("drls_reg.txt")
    assert not [contact for contact in CONTACTS if contact.encode() in held]
    redact(path, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == target.read_bytes()


def test_a_list_without_contacts_is_kept_byte_for_byte(tmp_path: Path) -> None:
    redact(LISTED, tmp_path / "kept")
    assert (tmp_path / "kept").read_bytes() == LISTED.read_bytes()


@given(
    column=st.sampled_from(PERSONAL), secret=st.text(st.sampled_from("XYZQxyzq@"), min_size=6, max_size=30)
)
def test_whatever_stands_in_a_column_of_persons_stays_there(
    tmp_path_factory: pytest.TempPathFactory, column: str, secret: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    lines = ARCHIVED.read_bytes().decode("cp1252").splitlines()
    place = lines[0].split("\t").index(column)
    cells = lines[1].split("\t")
    cells[place] = secret
    path = folder / "drls_reg.txt"
    path.write_text(
        "\r\n".join([lines[0], "\t".join(cells), *lines[2:]]) + "\r\n", encoding="utf-8", newline=""
    )
    account = Account()
    (batch,) = SOURCE.read(Given(path, path.name, "", date(2026, 1, 5), path), account)
    assert isinstance(batch, Rows)
    redact(path, folder / "kept")
    assert secret not in repr((list(batch.rows), account))
    assert secret not in (folder / "kept").read_text(encoding="utf-8")


def test_a_torn_row_is_refused_without_a_word_of_it(tmp_path: Path) -> None:
    path = tmp_path / "drls_reg.txt"
    path.write_bytes(ARCHIVED.read_bytes() + b"3001\tJane Roe\tjane.roe@example.com\r\n")
    with pytest.raises(SourceError) as caught:
        read_file(SOURCE, path)
    assert "Jane" not in str(caught.value)
    redact(path, tmp_path / "kept")
    assert b"Jane Roe" not in (tmp_path / "kept").read_bytes()


def test_a_column_nobody_knows_is_refused_for_it_may_be_personal(tmp_path: Path) -> None:
    path = tmp_path / "drls_reg.txt"
    path.write_bytes(ARCHIVED.read_bytes().replace(b"EXCLUSION_FLAG", b"CONTACT_PHONE"))
    for use in (lambda: read_file(SOURCE, path), lambda: redact(path, tmp_path / "kept")):
        with pytest.raises(SourceError, match="an unknown column, number 14"):
            use()
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Apology</html>",
        b"duns_number,address\n1,2\n",
        b"PK\x03\x04 not an archive",
        b"duns_number,a\0",
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(MonaziteError):
        read_file(SOURCE, path)
    assert not SOURCE.recognises(Sample("list", content, path))


def test_an_archive_without_the_list_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, b"x", "other.txt")
    with pytest.raises(SourceError, match="no list in the archive"):
        read_file(SOURCE, path)


def test_the_daily_archive_is_asked_for_and_checked(tmp_path: Path) -> None:
    (request,) = locate({})
    assert request.url == "https://www.accessdata.fda.gov/cder/drls_reg.zip"
    request.check(packed(tmp_path, ARCHIVED.read_bytes()))
    page = tmp_path / "page"
    page.write_bytes(b"<html>Apology</html>")
    with pytest.raises(SourceError):
        request.check(page)


def test_it_knows_its_files(tmp_path: Path, real_data: Path) -> None:
    zipped = packed(tmp_path, ARCHIVED.read_bytes())
    for path in (LISTED, ARCHIVED, zipped, real_data / "pharma/fda_decrs.csv"):
        assert SOURCE.recognises(Sample(path.name, path.read_bytes()[:65536], path))
