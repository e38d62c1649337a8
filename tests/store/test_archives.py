"""Archives from outside are refused before they are unpacked, whatever they say of themselves."""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError
from monazite.store import archives

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def written(
    path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    """A zip archive of members."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, compress_type=method)
    return path


def link(name: str) -> zipfile.ZipInfo:
    """A member that is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.zip"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "unpacked"
    path.mkdir()
    return path


def test_members_are_named_and_unpacked_one_by_one(path: Path, folder: Path) -> None:
    written(path, ("b.csv", b"2"), ("deep/a.csv", b"1"), ("deep/", b""))
    assert archives.checked(path) == ("b.csv", "deep/a.csv")
    assert archives.unpacked(path, "deep/a.csv", folder) == folder / "a.csv"
    assert [file.read_bytes() for file in archives.each(path, folder)] == [b"2", b"1"]
    assert list(folder.iterdir()) == []


def test_a_member_that_is_not_there_is_named(path: Path, folder: Path) -> None:
    with pytest.raises(SourceError, match=r"a\.zip: found no such member, expected c\.csv"):
        archives.unpacked(written(path, ("b.csv", b"2")), "c.csv", folder)


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "a/../../b.csv",
        "/etc/passwd",
        "C:\\a.csv",
        "..\\a.csv",
        "\\\\host\\share\\a",
        "//a/b",
        "a/..",
    ],
)
def test_a_name_that_leads_out_is_refused(path: Path, name: str) -> None:
    written(path, ("good.csv", b"1"), (name, b"2"))
    with pytest.raises(SourceError, match="a name inside the archive"):
        archives.checked(path)


def test_a_link_is_refused(path: Path) -> None:
    with pytest.raises(SourceError, match="a link named 'passwd'"):
        archives.checked(written(path, (link("passwd"), b"/etc/passwd")))


def test_two_members_of_one_name_are_refused(path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        written(path, ("a.csv", b"1"), ("a.csv", b"2"))
    with pytest.raises(SourceError, match=r"2 members named 'a\.csv'"):
        archives.checked(path)


def test_an_encrypted_member_is_refused(path: Path) -> None:
    content = bytearray(written(path, ("a.csv", b"1")).read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(SourceError, match="an encrypted member"):
        archives.checked(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_packed_in_an_unusual_way_is_refused(path: Path, method: int) -> None:
    with pytest.raises(SourceError, match="members stored or deflated"):
        archives.checked(written(path, ("a.csv", b"1"), method=method))


# ── bombs ─────────────────────────────────────────────────────────────────────────────────────


def test_a_member_that_unpacks_to_much_more_than_a_table_does_is_refused(path: Path) -> None:
    with pytest.raises(SourceError, match="at most 100 times the packed size"):
        archives.checked(written(path, ("a.csv", bytes(20 * 2**20))))


def test_many_small_members_that_unpack_to_much_together_are_refused(path: Path) -> None:
    members = [(f"{number}.csv", bytes(2 * 2**20)) for number in range(10)]
    with pytest.raises(SourceError, match=r"20,971,520 bytes when unpacked, expected at most 16,777,216"):
        archives.checked(written(path, *members))


def test_an_archive_larger_than_the_limit_is_refused(path: Path) -> None:
    written(path, ("a.csv", b"1" * 1000), ("b.csv", b"1" * 1000))
    assert archives.checked(path, limit=2000) == ("a.csv", "b.csv")
    with pytest.raises(SourceError, match="2,000 bytes when unpacked, expected at most 1,999"):
        archives.checked(path, limit=1999)


def directory(members: int, *, packed: int, size: int, content: bytes) -> bytes:
    """An archive whose members all are the same bytes: its directory points to one place again and again."""
    out, crc = io.BytesIO(), zlib.crc32(content)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kernel.csv", content)
    raw = out.getvalue()
    kernel = raw[: raw.index(b"PK\1\2")]
    entries = b"".join(
        struct.pack(
            "<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 8, 0, 33, crc, packed, size, 10, 0, 0, 0, 0, 0, 0
        )
        + b"%06d.csv" % number
        for number in range(members)
    )
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, members & 0xFFFF, members & 0xFFFF, len(entries), len(kernel), 0
    )
    return kernel + entries + end


@pytest.mark.parametrize("size", [2**20, 100, 0])
def test_members_that_overlap_are_refused_whatever_size_they_claim(path: Path, size: int) -> None:
    content = os.urandom(2**15) + bytes(2**20)
    path.write_bytes(directory(100, packed=2**15, size=size, content=content))
    with pytest.raises(SourceError, match="members that do not overlap"):
        archives.checked(path)


def test_a_member_longer_than_its_header_says_is_refused(path: Path, folder: Path) -> None:
    content = written(path, ("a.csv", b"1" * 5_000_000)).read_bytes()
    path.write_bytes(content.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 5_000)))
    with pytest.raises(SourceError):
        archives.unpacked(path, "a.csv", folder)
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 5_000


@pytest.mark.parametrize("members", [archives.MEMBERS + 1, 160_000])
def test_too_many_members_are_refused_before_a_long_directory_is_read(path: Path, members: int) -> None:
    path.write_bytes(directory(members, packed=0, size=0, content=b""))
    with pytest.raises(SourceError, match=r"10,001 members|a directory of 8,960,000 bytes"):
        archives.checked(path)


# ── damage ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cut", [0, 1, 21, 22, 60, -1, -22])
def test_an_archive_cut_short_is_told(path: Path, cut: int) -> None:
    whole = written(path, ("a.csv", b"1,2\n" * 100)).read_bytes()
    path.write_bytes(whole[:cut])
    with pytest.raises(SourceError, match=r"a\.zip: found .*, expected a whole zip archive"):
        archives.checked(path)


def test_a_damaged_byte_anywhere_is_told_or_does_no_harm(path: Path, folder: Path) -> None:
    whole = written(path, ("a.csv", b"1,2\n" * 100)).read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            for file in archives.each(path, folder):
                assert file.stat().st_size <= 400
        except SourceError as error:
            assert "\n" not in str(error)  # noqa: PT017 - most damage is told, the rest is harmless


def test_a_full_disk_is_not_taken_for_a_damaged_archive(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archives, "_copied", full)
    with pytest.raises(OSError, match="No space left on device"):
        archives.unpacked(written(path, ("a.csv", b"1")), "a.csv", folder)


# ── gzip ──────────────────────────────────────────────────────────────────────────────────────


def test_a_gzip_file_is_unpacked_beside(tmp_path: Path, folder: Path) -> None:
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(b"1,2\n"))
    plain = archives.gunzipped(packed, folder)
    assert (plain.name, plain.read_bytes()) == ("a.csv", b"1,2\n")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda whole: whole[:-5], "Compressed file ended"),
        (lambda whole: whole[:-8] + b"\0" * 8, "CRC check failed"),
        (lambda whole: b"PK" + whole[2:], "Not a gzipped file"),
        (lambda whole: whole[:12] + b"\xff" * 8 + whole[20:], "invalid|Error"),
    ],
)
def test_a_damaged_gzip_file_is_told(
    tmp_path: Path, folder: Path, damage: Callable[[bytes], bytes], told: str
) -> None:
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(damage(gzip.compress(os.urandom(1000))))
    with pytest.raises(SourceError, match=rf"a\.csv\.gz: found .*(?:{told}).*expected a whole gzip file"):
        archives.gunzipped(packed, folder)


def test_a_gzip_bomb_is_refused_after_no_more_than_its_limit(tmp_path: Path, folder: Path) -> None:
    packed = tmp_path / "bomb.csv.gz"
    packed.write_bytes(gzip.compress(bytes(2**20)) * 64)
    with pytest.raises(SourceError, match="more than 16,777,216 bytes"):
        archives.gunzipped(packed, folder)
    assert (folder / "bomb.csv").stat().st_size <= archives.SMALL
