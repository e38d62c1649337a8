"""Hostile files, loaded as a user loads them: refused at once, in little memory, and nothing is stored."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping

    from tests.faults.conftest import Writer

    from monazite.store.home import Store

SPECIMENS = Path(__file__).parents[1] / "specimens"
MANY = 10**6
YEAR = b"t,i,j,k,v,q\n2022,4,8,10121,1,1\n"
ARCHIVE, WORKBOOK = "BACI_HS92_V202699.zip", "wgidataset-2024.xlsx"
BULK, MANIFESTS = "COMTRADE-FINAL-CA8422022H6[2023-06-01].txt", "ams__tariff_2018__201901010000.csv"


def packed(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, mode: int = 0) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content, method)
    return target.getvalue()


def overlapping(members: int, size: int) -> bytes:
    """An archive whose directory points to one deflated megabyte again and again."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = kernel.compress(bytes(2**20)) + kernel.flush()
    crc, out = zlib.crc32(bytes(2**20)), io.BytesIO()
    name = b"BACI_HS92_Y2022_V202699.csv"
    out.write(
        struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(content), size, len(name), 0) + name
    )
    out.write(content)
    begin = out.tell()
    for number in range(members):
        each = b"BACI_HS92_Y%04d_V202699.csv" % number
        head = (b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(content), size, len(each), 0, 0, 0, 0, 0, 0)
        out.write(struct.pack("<4s6H3L5H2L", *head) + each)
    length = out.tell() - begin
    out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, members, members, length, begin, 0))
    return out.getvalue()


def workbook(changed: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The specimen of a workbook, each member changed, with more members."""
    with zipfile.ZipFile(SPECIMENS / "wgi" / WORKBOOK) as archive:
        members = {name: changed(name, archive.read(name)) for name in archive.namelist()}
    return packed({**members, **more})


def with_entities(name: str, content: bytes) -> bytes:
    """Ten levels of entities, each ten times the one below: a billion laughs."""
    if "sharedStrings" not in name and "sheet1" not in name:
        return content
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head, mark, rest = content.partition(b"?>")
    begun = head + mark + f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]>'.encode() + rest
    return begun.replace(b"<t>", b"<t>&e9;").replace(b"<v>", b"<v>&e9;", 1)


def with_a_far_cell(name: str, content: bytes) -> bytes:
    """A cell in the last place of a sheet."""
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return content.replace(b"</sheetData>", far) if "sheet1" in name else content


def with_blanks(name: str, content: bytes) -> bytes:
    """A hundred megabytes of blanks."""
    return (
        content.replace(b"<sheetData>", b"<sheetData>" + b" " * 100 * MANY) if "sheet1" in name else content
    )


def swollen(specimen: str) -> bytes:
    """A gzip file of a table whose last line comes again and again, for two gigabytes."""
    content = (SPECIMENS / specimen).read_bytes()
    last = content.rstrip(b"\n").rpartition(b"\n")[2] + b"\n"
    return gzip.compress(content) + gzip.compress(last * (2**20 // len(last))) * 2000


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive."""
    content = packed({"BACI_HS92_Y2022_V202699.csv": YEAR})
    for level in range(depth):
        content = packed({f"BACI_{level}.zip": content}, method=zipfile.ZIP_STORED)
    return content


HOSTILE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "zip slip": ("baci", ARCHIVE, lambda: packed({"../../BACI_HS92_Y2022_V202699.csv": YEAR})),
    "absolute path": ("baci", ARCHIVE, lambda: packed({"/tmp/BACI_HS92_Y2022_V202699.csv": YEAR})),  # noqa: S108
    "path of Windows": ("baci", ARCHIVE, lambda: packed({"C:\\BACI_HS92_Y2022_V202699.csv": YEAR})),
    "link": ("baci", ARCHIVE, lambda: packed({"BACI.csv": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777)),
    "zip bomb": ("baci", ARCHIVE, lambda: packed({"BACI_HS92_Y2022_V202699.csv": YEAR + bytes(200 * MANY)})),
    "many small bombs": (
        "baci", ARCHIVE, lambda: packed({f"BACI_HS92_Y{n}_V202699.csv": bytes(15 * MANY) for n in range(9)}),
    ),
    "overlapping members": ("baci", ARCHIVE, lambda: overlapping(9000, 2**20)),
    "overlapping members that say they are small": ("baci", ARCHIVE, lambda: overlapping(9000, 1000)),
    "too many members": ("baci", ARCHIVE, lambda: packed({f"{n}.csv": b"" for n in range(10_001)})),
    "archives in archives": ("baci", ARCHIVE, lambda: nested(50)),
    "LZMA": ("baci", ARCHIVE, lambda: packed({"BACI_HS92_Y2022_V202699.csv": YEAR}, method=zipfile.ZIP_LZMA)),
    "lines of nothing": ("baci", "BACI_HS92_Y2022_V202699.csv", lambda: YEAR + b"x\n" * 2 * MANY),
    "one line again and again": ("baci", "BACI_HS92_Y2022_V202699.csv", lambda: YEAR + YEAR[12:] * MANY),
    "one endless line": ("baci", "BACI_HS92_Y2022_V202699.csv", lambda: YEAR + b"2" * 50 * MANY),
    "an open quote": ("baci", "BACI_HS92_Y2022_V202699.csv", lambda: YEAR + b'"' + b"2022,4,8,1,1\n" * MANY),
    "entities in a workbook": ("wgi", WORKBOOK, lambda: workbook(with_entities)),
    "a cell far away": ("wgi", WORKBOOK, lambda: workbook(with_a_far_cell)),
    "blanks in a workbook": ("wgi", WORKBOOK, lambda: workbook(with_blanks)),
    "a bomb beside the sheets": (
        "wgi", WORKBOOK, lambda: workbook(lambda _, held: held, **{"xl/a.bin": bytes(99 * MANY)}),
    ),
    "gzip bomb": ("comtrade", f"{BULK}.gz", lambda: swollen(f"comtrade/{BULK}")),
    "gzip bomb of manifests": ("manifests", f"{MANIFESTS}.gz", lambda: swollen(f"manifests/{MANIFESTS}")),
    "brackets without end": ("census", "answer.json", lambda: b'[["GEN_VAL_MO"],' + b"[" * MANY),
    "objects without end": ("comtrade", "answer.json", lambda: b'{"data":' * MANY),
    "a long number": ("comtrade", "answer.json", lambda: b'{"count":1,"data":[' + b"9" * MANY + b"]}"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_at_once(
    what: str, store: Store, writer: Writer, tmp_path: Path, counts: Counter[str]
) -> None:
    source, name, content = HOSTILE[what]
    path = tmp_path / name
    path.write_bytes(content())
    answer = writer(store, files=[(source, str(path), "2026")], cpu_s=5)
    assert not answer["killed"], answer
    assert "crash" not in answer, answer
    assert "error" in answer, answer
    assert answer["error"][0] in {"SourceError", "UsageError"}, answer
    assert answer["peak_mb"] < 1000, answer
    assert store.tables() == ()
    assert [
        one for one in tmp_path.rglob("*") if one.is_file() and one.name not in {name, "writer.lock"}
    ] == []
    counts["hostile files"] += 1
