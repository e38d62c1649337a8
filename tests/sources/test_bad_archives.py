"""Damaged zips give an error that says where, what came and what was expected; nothing is unpacked."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MonaziteError, SourceError
from monazite.sources import usgs_mcs
from monazite.sources.usgs_mcs.archive import MEMBER_LIMIT, members

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.conftest import ReadScraps, Slice

    from monazite.sources.usgs_mcs import Reading

SALIENT, WORLD, TRENDS = "Salient_Commodity.zip", "World_Data.zip", "Industry_Trends.zip"
LEAD = "mcs2025-lead_salient.csv"
WORLD_DATA = "MCS2025_World_Data.csv"
FIGURE_2 = "MCS2025_Fig2_Net_Import_Reliance.csv"
Change = tuple[bytes, bytes]


@pytest.fixture
def refuse(read_scraps: ReadScraps, scraps: dict[str, Slice]) -> Callable[..., SourceError]:
    """Read scraps with one member damaged; give the error."""

    def read(file: str, member: str, damage: Callable[[bytes], bytes]) -> SourceError:
        held = scraps["mcs2025"]
        whole = held.members[file][member]
        damaged = damage(whole)
        assert damaged != whole
        with pytest.raises(SourceError) as caught:
            read_scraps("mcs2025", held.changed(file, member, damaged))
        assert caught.value.file == f"{file}/{member}"
        return caught.value

    return read


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """A damage: the first of some bytes become others."""
    return lambda content: content.replace(old, new, 1)


@pytest.mark.parametrize(
    ("where", "change", "told"),
    [
        ((SALIENT, LEAD), (b"MCS2025,Lead,2021", b"MCS2026,Lead,2021"), (3, "DataSource", "'MCS2026'")),
        ((SALIENT, LEAD), (b"Lead,2021", b"Lead,2019"), (3, "Year", "'2019'")),
        ((SALIENT, LEAD), (b"Lead,2021", b"Lead,202\x1c"), (3, "Year", r"'202\x1c'")),
        ((SALIENT, LEAD), (b"Lead,2021", b"Lead,2022"), (6, "Year", "2020, 2022, 2022, 2023, 2024")),
        ((SALIENT, LEAD), (b"DataSource", b"Data"), (1, "DataSource", "'Data'")),
        ((SALIENT, LEAD), (b"NIR_Metal_pct", b"Metal_pct"), (1, "Metal_pct", "'Metal_pct'")),
        ((SALIENT, LEAD), (b"MCS2025,Lead,2021,", b"MCS2025,Lead,2021,,"), (3, None, "15 cells")),
        ((SALIENT, LEAD), (b"MCS2025,Lead,2021,", b"MCS2025,Lead,2021"), (3, None, "13 cells")),
        ((SALIENT, LEAD), (b"Lead,2021", b"\xff\xfead,2021"), (3, None, "byte 0xff")),
        ((SALIENT, LEAD), (b"Lead,2021", b"L\0ad,2021"), (3, None, "a NUL byte")),
        (
            (WORLD, WORLD_DATA),
            (b"PROD_EST_ 2024", b"PROD_EST_2024"),
            (1, "PROD_EST_ 2024", "'PROD_EST_2024'"),
        ),
        ((WORLD, WORLD_DATA), (b"\r\nMCS2025", b"\r\nMCS2024"), (2, "SOURCE", "'MCS2024'")),
        ((TRENDS, FIGURE_2), (b"Notes", b"Note"), (1, "Notes", "'Note'")),
        ((TRENDS, FIGURE_2), (b"MCS2025,1,", b"MCS2024,1,"), (2, "Source", "'MCS2024'")),
    ],
)
def test_a_damaged_member_is_named_with_its_place(
    where: tuple[str, str],
    change: Change,
    told: tuple[int, str | None, str],
    refuse: Callable[..., SourceError],
) -> None:
    error = refuse(*where, swapped(*change))
    assert (error.line, error.column, error.found) == told


@pytest.mark.parametrize(("file", "member"), [(SALIENT, LEAD), (WORLD, WORLD_DATA), (TRENDS, FIGURE_2)])
def test_an_empty_or_cut_member(file: str, member: str, refuse: Callable[..., SourceError]) -> None:
    assert refuse(file, member, lambda _: b"").found == "an empty file"
    assert refuse(file, member, lambda content: content[: len(content) // 2]).line is not None


def test_a_year_missing(refuse: Callable[..., SourceError]) -> None:
    told = refuse(SALIENT, LEAD, lambda content: content[: content.index(b"MCS2025,Lead,2024")])
    assert (told.column, told.found) == ("Year", "2020, 2021, 2022, 2023")


@pytest.mark.parametrize(("file", "member"), [(SALIENT, LEAD), (WORLD, WORLD_DATA), (TRENDS, FIGURE_2)])
def test_a_member_missing(file: str, member: str, read_scraps: ReadScraps, scraps: dict[str, Slice]) -> None:
    held = scraps["mcs2025"]
    others = {name: content for name, content in held.members[file].items() if name != member}
    kept = held._replace(members={**held.members, file: {**others, "README.txt": b"nothing"}})
    with pytest.raises(SourceError, match="no series") as caught:
        read_scraps("mcs2025", kept.changed(file, "README.txt", b"nothing"))
    assert re.search(r"rules/terms_mcs2025\.csv line \d+", caught.value.expected)


def test_every_table_of_the_whole_zip_is_missed_when_it_is_gone(real_data: Path) -> None:
    """Each of the 85 tables holds a series that a rule names, so that none can be lost in silence."""
    named = {row["chapter"] for row in usgs_mcs.rules.rows("terms_mcs2025")}
    zipped = (real_data / "usgs/mcs2025" / SALIENT).read_bytes()
    tables = [content.decode("utf-8-sig").splitlines()[1] for _, content in members(SALIENT, zipped)]
    assert len(tables) == 85
    assert {line.split(",")[1].strip() for line in tables} <= named


def test_a_file_missing(read_scraps: ReadScraps, scraps: dict[str, Slice]) -> None:
    files = {name: content for name, content in scraps["mcs2025"].files.items() if name != WORLD}
    with pytest.raises(SourceError, match=r"https://doi\.org/10\.5066/P13XCP3R") as caught:
        read_scraps("mcs2025", files)
    assert (caught.value.found, caught.value.expected) == ("no such file", f"a file named {WORLD}")


def test_two_files_of_one_name(read_scraps: ReadScraps, scraps: dict[str, Slice]) -> None:
    files = scraps["mcs2025"].files
    with pytest.raises(SourceError, match="one file named World_Data"):
        read_scraps("mcs2025", {**files, f"old_{WORLD}": files[WORLD]})


def test_a_name_in_another_case_is_found(read_scraps: ReadScraps, scraps: dict[str, Slice]) -> None:
    files = {f"copy_{name.upper()}": content for name, content in scraps["mcs2025"].files.items()}
    assert {row["file"] for row in read_scraps("mcs2025", files).snapshots} == set(files)


@pytest.mark.parametrize("damaged", [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + bytes(18)])
def test_no_zip(damaged: bytes, read_scraps: ReadScraps, scraps: dict[str, Slice]) -> None:
    with pytest.raises(SourceError, match=SALIENT):
        read_scraps("mcs2025", {**scraps["mcs2025"].files, SALIENT: damaged})


def test_a_cut_zip(read_scraps: ReadScraps, scraps: dict[str, Slice]) -> None:
    files = scraps["mcs2025"].files
    for part in (0.2, 0.9, 0.999):
        cut = files[WORLD][: int(part * len(files[WORLD]))]
        with pytest.raises(SourceError, match="a whole zip archive"):
            read_scraps("mcs2025", {**files, WORLD: cut})


def account(read: Callable[[], Reading]) -> str | None:
    """What a reading of damaged files is refused with; nothing where every figure is accounted for."""
    try:
        reading = read()
    except MonaziteError as error:
        return str(error)
    out = len(reading.statistics) + len(reading.import_sources) + reading.cells_explained
    return None if reading.cells_in == out else "the account is open"


@given(
    place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), file=st.sampled_from([SALIENT, WORLD])
)
def test_one_byte_of_a_zip_changed(
    place: float, byte: int, file: str, read_scraps: ReadScraps, scraps: dict[str, Slice]
) -> None:
    files = scraps["mcs2025"].files
    damaged = with_byte(files[file], place, byte)
    told = account(lambda: read_scraps("mcs2025", {**files, file: damaged}))
    assert told is None or ".zip" in told


@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), member=st.data())
def test_one_byte_of_a_table_changed(
    place: float, byte: int, member: st.DataObject, read_scraps: ReadScraps, scraps: dict[str, Slice]
) -> None:
    held = scraps["mcs2025"]
    file = member.draw(st.sampled_from(sorted(held.members)))
    name = member.draw(st.sampled_from(sorted(held.members[file])))
    damaged = with_byte(held.members[file][name], place, byte)
    told = account(lambda: read_scraps("mcs2025", held.changed(file, name, damaged)))
    assert told is None or name in told or "rules/" in told


def with_byte(content: bytes, place: float, byte: int) -> bytes:
    """The content with one byte changed, so far along."""
    at = int(place * len(content))
    return content[:at] + bytes([byte]) + content[at + 1 :]


def zipped(*named: tuple[str, bytes]) -> bytes:
    """A zip of members, whose names may be anything."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.parametrize(
    "name", ["../x_salient.csv", "/x_salient.csv", "a/b_salient.csv", "..\\x_salient.csv"]
)
def test_a_member_with_a_folder_in_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match="a name without a folder"):
        list(members("x.zip", zipped((name, b"x"))))
    assert list(tmp_path.parent.glob("*salient*")) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_two_members_of_one_name() -> None:
    with pytest.raises(SourceError, match=r"2 members named 'a\.csv'"):
        list(members("x.zip", zipped(("a.csv", b"1"), ("a.csv", b"2"))))


def test_more_than_the_limit_is_not_unpacked() -> None:
    with pytest.raises(SourceError, match=r"at most 67,108,864"):
        list(members("x.zip", zipped(("a.csv", bytes(MEMBER_LIMIT)), ("b.csv", b"x"))))


def test_what_is_not_asked_for_does_not_count() -> None:
    assert list(members("x.zip", zipped(("a.csv", b"x"), ("b.xml", bytes(MEMBER_LIMIT + 1))))) == [
        ("a.csv", b"x")
    ]


def test_a_member_that_declares_less_than_it_holds() -> None:
    """The bomb whose headers lie: no more is read than declared, and then its checksum is wrong."""
    size = 8 * 2**20
    lying = zipped(("a.csv", bytes(size))).replace(struct.pack("<L", size), struct.pack("<L", 10))
    tracemalloc.start()
    with pytest.raises(SourceError, match="a whole zip archive"):
        list(members("x.zip", lying))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < size / 4


def test_an_encrypted_member() -> None:
    plain = bytearray(zipped(("a.csv", b"x")))
    plain[6] |= 1
    plain[plain.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SourceError, match="encrypted"):
        list(members("x.zip", bytes(plain)))
